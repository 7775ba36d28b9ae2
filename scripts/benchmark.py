#!/usr/bin/env python3
"""Measure speed: `benchmark.py search --help`.

Each bench_NAME.py beside this file is a subcommand NAME with `add_arguments` and `run`.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark that was named; exit code 1 where there is nothing to measure on."""
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    for path in sorted(HERE.glob("bench_*.py")):
        module = import_module(path.stem)
        command = commands.add_parser(
            path.stem.removeprefix("bench_"),
            help=(module.__doc__ or "").split("\n")[0],
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    given = parser.parse_args(arguments)
    return int(given.run(given) or 0)


if __name__ == "__main__":
    sys.exit(main())
