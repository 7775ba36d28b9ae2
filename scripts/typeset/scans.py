"""Typeset documents as a scanner leaves them: `python -m scripts.typeset.scans FROM TO NAME...`.

Turned a little, grey, noisy, blurred, with the other side of the sheet shining through.
"""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

_DPI = (150, 200, 200, 300)
_TURN = 0.8  # degrees, at most
_NOISE = (0.0, 6.0, 12.0)  # grey values
_BLUR = (0.0, 0.5, 0.9)  # pixels at 200 dpi
_THROUGH = (0.0, 0.0, 0.08)  # of the ink of the other side
_PAPER = (245, 252)


def scan(source: Path, target: Path) -> None:
    """Write `source`, a PDF, as one of pictures."""
    chance = random.Random(f"scan {source.stem}")
    dpi = chance.choice(_DPI)
    pages = [
        page.render(scale=dpi / 72).to_pil().convert("L")
        for page in pypdfium2.PdfDocument(source)
    ]
    noise, blur = chance.choice(_NOISE), chance.choice(_BLUR) * dpi / 200
    through = chance.choice(_THROUGH)
    sheets = [
        _sheet(
            page,
            pages[at ^ 1 if at ^ 1 < len(pages) else at],
            chance,
            noise,
            blur,
            through,
        )
        for at, page in enumerate(pages)
    ]
    sheets[0].save(
        target,
        save_all=True,
        append_images=sheets[1:],
        resolution=dpi,
        quality=chance.choice((45, 70, 90)),
    )


def _sheet(
    page: Image.Image,
    back: Image.Image,
    chance: random.Random,
    noise: float,
    blur: float,
    through: float,
) -> Image.Image:
    """One page as it lies on the glass."""
    paper = chance.randint(*_PAPER)
    turn = chance.uniform(-_TURN, _TURN)
    flat = page.rotate(turn, Image.Resampling.BICUBIC, fillcolor=255)
    ink = 255.0 - np.asarray(flat, dtype=np.float32)
    if through and back.size == page.size:
        ink += through * (255.0 - np.asarray(back, dtype=np.float32)[:, ::-1])
    grey = np.random.default_rng(chance.randrange(1 << 30))
    shade = paper - 0.93 * ink + grey.normal(0.0, noise, ink.shape)
    picture = Image.fromarray(np.clip(shade, 0, 255).astype(np.uint8))
    return picture.filter(ImageFilter.GaussianBlur(blur)) if blur else picture


def main(arguments: list[str]) -> None:
    """The named documents of one folder as scans in another, with their truth."""
    source, target = (Path(name) for name in arguments[:2])
    target.mkdir(parents=True, exist_ok=True)
    for name in arguments[2:]:
        scan(source / f"{name}.pdf", target / f"{name}.pdf")
        shutil.copy(source / f"{name}.json", target / f"{name}.json")


if __name__ == "__main__":
    main(sys.argv[1:])
