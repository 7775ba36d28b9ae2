"""What can be typed: `kb COMMAND`.

Commands are loaded when used, so that `kb --help` stays quick.
"""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> None:
    """Run the command line.

    Every error a user can mend ends here as one sentence and an exit code.
    """
    from kb.cli.group import run

    sys.exit(run(sys.argv[1:] if arguments is None else arguments))
