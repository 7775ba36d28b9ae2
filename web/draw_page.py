"""Draw one page of a PDF as PNG.

Run as a program of its own, so that a hostile file can at most end this process.

python web/draw_page.py SOURCE NUMBER TARGET WIDTH MEMORY_MB
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path


def draw(source: str, number: int, target: Path, width: int) -> bool:
    """Write page `number` (from 1) as PNG, `width` pixels wide.

    Its size in points goes to TARGET.size first; width 0 leaves it at that. False when
    there is no such page.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError:
        return False
    try:
        if not 1 <= number <= len(pdf):
            return False
        wide, high = pdf.get_page_size(number - 1)
        target.with_suffix(".size").write_text(
            f"{wide} {high}", encoding="ascii"
        )
        if not width:
            return True
        page = pdf[number - 1]
        scale = min(width / max(wide, 1), 3 * width / max(high, 1), 6)
        image = page.render(scale=scale).to_pil().convert("RGB").quantize(64)
    except pypdfium2.PdfiumError:
        return False
    finally:
        pdf.close()
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    image.save(aside, format="PNG")
    aside.replace(target)
    return True


def main(arguments: list[str]) -> int:
    """0 when the page was drawn, 1 when it could not be."""
    source, number, target, width, memory = arguments
    resource.setrlimit(
        resource.RLIMIT_AS, (int(memory) << 20, int(memory) << 20)
    )
    return 0 if draw(source, int(number), Path(target), int(width)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
