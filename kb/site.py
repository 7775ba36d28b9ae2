"""How does the site of a corpus present itself? Read from `site.toml` in the corpus folder.

The file belongs to the corpus and not to the machine: a corpus without one gets a
plain site of its own, never the words of another.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from kb.records import Problem

FILE = "site.toml"
LOGO_SUFFIXES = (".svg", ".png", ".jpg", ".webp")
PAPER = "#fbfaf6"  # the background of pages in light mode
CONTRAST = 4.5
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def _text(about: str) -> Any:
    return field(default="", metadata={"about": about})


def _list(about: str) -> Any:
    return field(default=(), metadata={"about": about})


@dataclass(frozen=True, slots=True)
class Site:
    """What an owner says of the site; empty is what the corpus itself gives."""

    name: str = _text(
        "Name of the site, in the header and the titles of pages."
    )
    question: str = _text("Heading of the home page.")
    description: str = _text(
        "One sentence for search engines and the about page."
    )
    examples: tuple[str, ...] = _list(
        "Example questions on the home page; empty: the most frequent themes."
    )
    frameworks: tuple[str, ...] = _list(
        "Keys of the frameworks on the home page, in order; empty: the first two."
    )
    notice: str = _text(
        "A sentence on every page, quotation card and export, such as a warning."
    )
    contact: str = _text("Whom to write to, in the footer.")
    licence: str = _text(
        "Under which terms the texts may be used, in the footer."
    )
    colour: str = _text(
        "Accent colour, #rrggbb, in light mode; too pale a one is refused."
    )
    logo: str = _text("A picture in the corpus folder (SVG, PNG, JPEG, WebP).")


def read_site(corpus_dir: Path) -> tuple[Site, tuple[Problem, ...]]:
    """The site settings of a corpus.

    Returns:
        What could be read, and a problem for each line that could not: a wrong value
        costs that value only.
    """
    path = corpus_dir / FILE
    if not path.is_file():
        return Site(), ()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Site(), (_problem("site_unreadable", detail=str(error)),)
    return _checked(given, corpus_dir)


def _problem(code: str, **values: object) -> Problem:
    return Problem(FILE, code, values=values, severity="warning")


def _checked(
    given: Mapping[str, Any], corpus_dir: Path
) -> tuple[Site, tuple[Problem, ...]]:
    known = {f.name: f.default for f in fields(Site)}
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        if name not in known:
            names = ", ".join(known)
            problems.append(_problem("site_unknown", name=name, known=names))
            continue
        read = _value(name, value, known[name], corpus_dir)
        if read is None:
            problems.append(_problem("site_value", name=name, value=value))
        else:
            values[name] = read
    return Site(**values), tuple(problems)


def _value(name: str, value: Any, default: Any, corpus_dir: Path) -> Any:
    """The value of a setting; None where it cannot be used."""
    if isinstance(default, tuple):
        usable = isinstance(value, list) and all(
            isinstance(v, str) for v in value
        )
        return tuple(value) if usable else None
    if not isinstance(value, str):
        return None
    if name == "colour" and not _legible(value):
        return None
    if name == "logo" and logo_path(corpus_dir, value) is None:
        return None
    return value.strip()


def _legible(colour: str) -> bool:
    """Whether links in this colour can be read on our paper (WCAG 2.2, 1.4.3).

    >>> _legible("#14505c"), _legible("#ffcc00"), _legible("blue")
    (True, False, False)
    """
    if not _COLOUR.fullmatch(colour):
        return False
    lighter, darker = _luminance(PAPER), _luminance(colour)
    return (lighter + 0.05) / (darker + 0.05) >= CONTRAST


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it, 0 to 1."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in channels
    ]
    return sum(
        w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def logo_path(corpus_dir: Path, name: str) -> Path | None:
    """The picture of the owner inside the corpus folder; None where there is none."""
    folder = corpus_dir.resolve()
    path = (folder / name).resolve()
    inside = (
        path.is_relative_to(folder) and path.suffix.lower() in LOGO_SUFFIXES
    )
    return path if name and inside and path.is_file() else None
