"""Typeset the demo documents of scripts/demo/texts into corpus/sources; a rerun writes
the same bytes.

python -m scripts.make_demo_corpus [FOLDER]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from scripts.demo.office import write_docx, write_html
from scripts.demo.pdf import write_report
from scripts.demo.plain import write_markdown, write_text
from scripts.demo.slides import write_slides
from scripts.demo.source import Source, read_source

ROOT = Path(__file__).parent.parent
TEXTS = ROOT / "scripts" / "demo" / "texts"
FORMS: dict[str, tuple[str, Callable[[Source, Path], None]]] = {
    "report": ("pdf", write_report),
    "slides": ("pdf", write_slides),
    "docx": ("docx", write_docx),
    "html": ("html", write_html),
    "text": ("txt", write_text),
    "markdown": ("md", write_markdown),
}


def make(folder: Path, texts: Path = TEXTS) -> list[Path]:
    """Write every demo document into `folder`; the files written, by name."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for path in sorted(texts.glob("*.md")):
        source = read_source(path)
        ending, write = FORMS[source.meta["form"]]
        target = folder / f"{source.meta.get('file', path.stem)}.{ending}"
        write(source, target)
        written.append(target)
    return written


if __name__ == "__main__":
    for made in make(
        Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus" / "sources"
    ):
        print(made)
