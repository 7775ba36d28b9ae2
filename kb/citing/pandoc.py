"""How is pandoc asked? A document of citations in, formatted inlines out.

One process, with a time limit.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kb.errors import KbError

Ast = dict[str, Any]
SECONDS = 120


class PandocError(KbError):
    """pandoc is missing, took too long or refused; `detail` is its own first line."""

    code, exit_code, status = "pandoc_failed", 1, 500


@cache
def binary() -> str:
    """Path of the pandoc that pypandoc-binary brings. Raises PandocError."""
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as error:
        raise PandocError(detail=f"pandoc: {error}".splitlines()[0]) from None


def _run(
    arguments: Sequence[str], text: str, seconds: float, folder: Path | None
) -> bytes:
    command = [binary(), "--quiet", *arguments]
    try:
        done = subprocess.run(
            command,
            input=text.encode(),
            capture_output=True,
            timeout=seconds,
            check=True,
            cwd=folder,
        )
    except subprocess.TimeoutExpired:
        raise PandocError(detail=f"> {seconds:.0f} s") from None
    except subprocess.CalledProcessError as error:
        raise PandocError(
            detail=(
                error.stderr.decode(errors="replace").strip() or "?"
            ).splitlines()[0]
        ) from None
    except OSError as error:
        raise PandocError(detail=str(error)) from None
    return done.stdout


def run(
    arguments: Sequence[str],
    text: str,
    *,
    seconds: float = SECONDS,
    folder: Path | None = None,
) -> str:
    """What pandoc makes of `text`. Raises PandocError."""
    return _run(arguments, text, seconds, folder).decode()


def run_to_file(
    arguments: Callable[[Path], Sequence[str]],
    text: str,
    name: str,
    *,
    seconds: float = SECONDS,
) -> bytes:
    """The file `name` that pandoc writes.

    `arguments` may first put files of its own in the folder. Raises PandocError.
    """
    with tempfile.TemporaryDirectory(prefix="kb-pandoc-") as at:
        folder = Path(at)
        _run([*arguments(folder), f"--output={name}"], text, seconds, folder)
        return (folder / name).read_bytes()


def template(name: str) -> bytes:
    """A data file of pandoc's own, e.g. "reference.docx". Raises PandocError."""
    return _run([f"--print-default-data-file={name}"], "", SECONDS, None)


def cite(ids: Sequence[str], *, narrative: bool = False) -> Ast:
    """A citation of works as pandoc's document tree has it."""
    mode = "AuthorInText" if narrative else "NormalCitation"
    citations = [
        {
            "citationId": id,
            "citationPrefix": [],
            "citationSuffix": [],
            "citationMode": {"t": mode},
            "citationNoteNum": 1,
            "citationHash": 0,
        }
        for id in ids
    ]
    return {"t": "Cite", "c": [citations, [{"t": "Str", "c": "?"}]]}


@cache
def api_version() -> list[int]:
    version: list[int] = json.loads(run(["-f", "markdown", "-t", "json"], ""))[
        "pandoc-api-version"
    ]
    return version


def cited(
    records: Sequence[Mapping[str, Any]],
    style: str,
    locale: str,
    blocks: Sequence[Ast],
    *,
    seconds: float = SECONDS,
) -> list[Ast]:
    """`blocks` with their citations formatted by the CSL text `style`, then a Div
    "refs". Raises PandocError."""
    document = {
        "pandoc-api-version": api_version(),
        "meta": {},
        "blocks": list(blocks),
    }
    with tempfile.TemporaryDirectory(prefix="kb-citing-") as folder:
        Path(folder, "style.csl").write_text(style, encoding="utf-8")
        Path(folder, "works.json").write_text(
            json.dumps(list(records), ensure_ascii=False), encoding="utf-8"
        )
        arguments = [
            "-f",
            "json",
            "-t",
            "json",
            "--citeproc",
            "--csl=style.csl",
            "--bibliography=works.json",
            f"--metadata=lang:{locale}",
        ]
        out = run(
            [*arguments, "--metadata=link-citations:false"],
            json.dumps(document),
            seconds=seconds,
            folder=Path(folder),
        )
    found: list[Ast] = json.loads(out)["blocks"]
    return found
