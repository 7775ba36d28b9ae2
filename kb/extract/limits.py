"""How much one file may ask for.

Every reader holds itself to these; `isolation` enforces time and memory from outside.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.settings import Settings

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one file. Sizes in bytes unless the name says otherwise."""

    max_bytes: int = 200 * MEGABYTE
    max_unpacked: int = 400 * MEGABYTE  # a zipped format when unpacked
    max_markup: int = (
        20 * MEGABYTE
    )  # HTML, Markdown and the XML inside a zipped format
    max_characters: int = 20_000_000  # of text
    max_line: int = 1_000_000  # characters of one line of text
    max_pages: int = 3000
    # Of what one stage makes of a document. The builder takes it in whole, at some five
    # times its size. An estimate: 3,000 full pages give 25 MB and 25,000 passages.
    max_product: int = 64 * MEGABYTE
    max_passages: int = 50_000
    seconds: float = 300.0
    memory_mb: int = 2048
    ocr: bool = True


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings ask for."""
    return Limits(
        max_bytes=settings.max_file_mb * MEGABYTE,
        max_pages=settings.max_pages,
        seconds=float(settings.seconds_per_file),
        memory_mb=settings.memory_mb,
        ocr=settings.ocr,
    )
