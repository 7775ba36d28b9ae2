"""The numbers that Word prints before list items, articles and headings.

They stand nowhere in the text: word/numbering.xml says how each level counts, styles.xml
which styles count, and Word counts while it prints. Bullets are left to pandoc.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.extract.markup.number_formats import numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


def value(element: Any, path: str, name: str = "val") -> str | None:
    """The attribute `w:name` of the first element on a path such as "w:pPr/w:pStyle"."""
    steps = path.replace("w:", W)
    found = element.find(steps) if element is not None else None
    return None if found is None else found.get(W + name)


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and what it prints, with %1 for its first level."""

    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    style: str | None = None

    @property
    def prints_number(self) -> bool:
        """Whether it is more than a bullet."""
        return self.form != "bullet" and bool(_PLACE.search(self.text))


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph or character style says of numbers, headings and what is unseen."""

    name: str = ""
    based_on: str | None = None
    number: str | None = None  # w:numId
    level: str | None = None  # w:ilvl
    outline: str | None = None
    hidden: bool | None = None
    struck: bool | None = None


def is_on(element: Any, path: str) -> bool | None:
    """Whether a switch such as w:vanish is on; None when it is not mentioned."""
    found = (
        element.find(path.replace("w:", W)) if element is not None else None
    )
    if found is None:
        return None
    return found.get(W + "val") not in ("0", "false", "off", "none")


def styles_of(root: Any) -> dict[str, Style]:
    """The styles of styles.xml by id, each with what it has of the styles it is based on."""
    own: dict[str, Style] = {}
    for style in root.iter(f"{W}style") if root is not None else ():
        own[style.get(f"{W}styleId", "")] = Style(
            name=(value(style, "w:name") or "").lower(),
            based_on=value(style, "w:basedOn"),
            number=value(style, "w:pPr/w:numPr/w:numId"),
            level=value(style, "w:pPr/w:numPr/w:ilvl"),
            outline=value(style, "w:pPr/w:outlineLvl"),
            hidden=is_on(style, "w:rPr/w:vanish"),
            struck=is_on(style, "w:rPr/w:strike"),
        )
    return {name: _inherited(name, own) for name in own}


def _inherited(name: str, own: Mapping[str, Style]) -> Style:
    values = {key: getattr(own[name], key) for key in Style.__slots__}
    seen: set[str | None] = {name, None}
    above = own[name].based_on
    while above not in seen and (style := own.get(above or "")) is not None:
        seen.add(above)
        for key, value in values.items():
            values[key] = getattr(style, key) if value is None else value
        above = style.based_on
    return Style(**values)


@dataclass(slots=True)
class Numbering:
    """Counts along with Word, paragraph by paragraph in the order of the document."""

    lists: Mapping[str, tuple[str, Mapping[int, Level]]]  # by w:numId
    restarts: Mapping[str, Mapping[int, int]]
    _counts: dict[str, dict[int, int]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    _begun: set[str] = field(default_factory=set)

    def is_numbered(self, number: str, level: int) -> bool:
        """Whether a paragraph of this list and level has a printed number."""
        found = self.lists.get(number, ("", {}))[1].get(level)
        return found is not None and found.prints_number

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level of a list that is tied to a style."""
        levels = self.lists.get(number, ("", {}))[1]
        return next(
            (at for at, level in levels.items() if level.style == style), None
        )

    def next_label(self, number: str, level: int) -> str | None:
        """What is printed before the next paragraph of a list; None for a bullet."""
        if number not in self.lists:
            return None
        shared, levels = self.lists[number]
        counts = self._counts[shared]
        if number not in self._begun:
            self._begun.add(number)
            for at, start in self.restarts.get(number, {}).items():
                counts[at] = start - 1
        start = levels[level].start if level in levels else 1
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        if level not in levels or not levels[level].prints_number:
            return None
        return _PLACE.sub(
            lambda place: self._numeral(
                levels, counts, int(place.group(1)) - 1
            ),
            levels[level].text,
        ).strip()

    @staticmethod
    def _numeral(
        levels: Mapping[int, Level], counts: Mapping[int, int], at: int
    ) -> str:
        level = levels.get(at, Level())
        return numeral(counts.get(at, level.start), level.form)


def numbering_of(root: Any) -> Numbering:
    """The lists of word/numbering.xml; None has no lists."""
    if root is None:
        return Numbering({}, {})
    abstract = {
        element.get(f"{W}abstractNumId", ""): element
        for element in root.iter(f"{W}abstractNum")
    }
    linked = {value(e, "w:styleLink"): key for key, e in abstract.items()}
    lists, restarts = {}, {}
    for element in root.iter(f"{W}num"):
        number = element.get(f"{W}numId", "")
        key = value(element, "w:abstractNumId") or ""
        link = value(abstract.get(key), "w:numStyleLink")
        key = linked.get(link, key) if link else key
        levels = _levels(abstract[key]) if key in abstract else {}
        restarts[number] = _restarts(element)
        for override in element.iter(f"{W}lvlOverride"):
            levels |= _levels(override)
        lists[number] = (key, levels)
    return Numbering(lists, restarts)


def _levels(parent: Any) -> dict[int, Level]:
    found = {}
    for element in parent.iter(f"{W}lvl"):
        found[_number(element.get(f"{W}ilvl"))] = Level(
            start=_number(value(element, "w:start"), 1),
            form=value(element, "w:numFmt") or "decimal",
            text=value(element, "w:lvlText") or "",
            style=value(element, "w:pStyle"),
        )
    return found


def _restarts(element: Any) -> dict[int, int]:
    found = {}
    for override in element.iter(f"{W}lvlOverride"):
        start = value(override, "w:startOverride")
        if start is not None:
            found[_number(override.get(f"{W}ilvl"))] = _number(start, 1)
    return found


def _number(text: str | None, default: int = 0) -> int:
    return min(int(text), 30_000) if text and text.isdecimal() else default
