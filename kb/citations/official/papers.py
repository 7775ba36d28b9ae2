"""Papers, gazettes and rulings, each kind by the pattern in official.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kb.datafiles import table

# Everything official has a number: most passages need no look at seven patterns.
_DIGIT = re.compile(r"\d")
_CHAMBERS = {"TK": "II", "Tweede Kamer": "II", "EK": "I", "Eerste Kamer": "I"}
_AND_NUMBER = re.compile(
    r"(?:,|,?\sen|\st/m|\stot\sen\smet)\s(?P<number>\d{1,4})(?![\d\s/]*\d|\w)"
)
_PAGES = re.compile(
    r"\s?,?\s(?:pp?|blz|pag)\s?\.?\s(?P<p>\d{1,5}(?:\s?[-–]\s?\d{1,5})?(?:\s(?:e\.v|en\s\d+))?)"
)


@dataclass(frozen=True, slots=True)
class Official:
    """One mention: `text[start:end]` is it, with article or page.

    `title` is how Dutch practice writes the source, `locator` the place in it.
    """

    start: int
    end: int
    title: str
    identifier: str
    type: str
    year: int | None = None
    locator: str = ""
    pages: str = ""

    def csl(self) -> dict[str, Any]:
        """What the mention says of the source, and nothing else.

        The year of a gazette stands in its title: "Stb. 2014, 280".
        """
        return {
            "type": self.type,
            "title": self.title,
            "custom": {"identifier": self.identifier},
        }


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of source is written, and strings of which one stands in each."""

    pattern: re.Pattern[str]
    needs: Sequence[str]
    title: Sequence[str]
    identifier: str
    type: str


@cache
def _kinds() -> tuple[_Kind, ...]:
    rows = table("kb.citations.official", "official.toml")["kind"]
    return tuple(
        _Kind(
            re.compile(row["pattern"], re.VERBOSE),
            row.get("needs", ()),
            row["title"],
            row["identifier"],
            row["type"],
        )
        for row in rows
    )


def papers_in(text: str, document: str = "") -> list[Official]:
    """Papers, gazettes and rulings in `text`, kind by kind.

    >>> [p.title for p in papers_in("Zie TK 2013-2014, 33 841, nr. 3, p. 4.")]
    ['Kamerstukken II 2013/14, 33841, nr. 3']
    """
    if not _DIGIT.search(text):
        return []
    found: list[Official] = []
    for kind in _kinds():
        if kind.needs and not any(need in text for need in kind.needs):
            continue
        for match in kind.pattern.finditer(text):
            if not any(
                match.start() < other.end and other.start < match.end()
                for other in found
            ):
                found.append(_official(kind, match, document))
                found += _further(kind, match)
    return found


def _further(kind: _Kind, match: re.Match[str]) -> Iterator[Official]:
    """More papers of the same dossier: "31 839, nrs. 12, 15 en 18".

    >>> [p.title for p in papers_in("(31 839, nrs. 12 en 15)")]
    ['Kamerstukken 31839, nr. 12', 'Kamerstukken 31839, nr. 15']
    """
    facts = _facts(match.groupdict())
    if "dossier" not in facts or "nrs" not in match.group():
        return
    end = match.end()
    while other := _AND_NUMBER.match(match.string, end):
        end = other.end()
        more = facts | {"number": other["number"], "document": ""}
        yield Official(
            start=other.start("number"),
            end=end,
            title=_written(kind.title, more),
            identifier=_identifier(kind.identifier, more),
            type=kind.type,
        )


def paper_at_start(text: str, document: str = "") -> Official | None:
    """The paper, gazette or ruling that `text` begins with."""
    at = len(text) - len(text.lstrip(" ([-•*"))
    for kind in _kinds():
        if match := kind.pattern.match(text, at):
            return _official(kind, match, document)
    return None


def _official(kind: _Kind, match: re.Match[str], document: str) -> Official:
    facts = _facts(match.groupdict()) | {"document": document}
    pages = _PAGES.match(match.string, match.end())
    return Official(
        start=match.start(),
        end=pages.end() if pages else match.end(),
        title=_written(kind.title, facts),
        identifier=_identifier(kind.identifier, facts),
        type=kind.type,
        year=int(facts["year"]) if facts.get("year") else None,
        pages=re.sub(r"\s?[-–]\s?", "-", pages.group("p")) if pages else "",
    )


def _facts(groups: Mapping[str, str | None]) -> dict[str, str]:
    """The groups that matched, written in one way: "33 841" is 33841."""
    facts = {
        name.rstrip("2"): value.strip()
        for name, value in groups.items()
        if value
    }
    if "dutch" in facts:
        facts["number"] = f"ECLI:NL:{facts.pop('dutch')}"
    if "dossier" in facts:
        facts["dossier"] = re.sub(r"\s", "", facts["dossier"])
    if "session" in facts:
        facts["session"] = _session(facts["session"])
    if "chamber" in facts:
        facts["chamber"] = _CHAMBERS.get(facts["chamber"], facts["chamber"])
    if "what" in facts:
        facts["what"] = facts["what"][0].upper() + facts["what"][1:]
    return facts


def _session(text: str) -> str:
    """A parliamentary year.

    >>> _session("2013-2014"), _session("1999/2000")
    ('2013/14', '1999/2000')
    """
    first, last = re.split(r"\s?[-–/]\s?", text)
    return f"{first}/{last if first[:2] != last[:2] and len(last) == 4 else last[-2:]}"


def _written(parts: Sequence[str], facts: Mapping[str, str]) -> str:
    """The parts of a title whose facts are known: a first part always is.

    A first part that ends in an unknown fact needs no comma: "Kamerstukken 33841".
    """
    written = [_part(part, facts) for part in parts]
    head, *rest = written
    known = [part for part, whole in rest if whole]
    gap = ", " if head[1] else " "
    return gap.join([head[0], ", ".join(known)]) if known else head[0]


def _part(part: str, facts: Mapping[str, str]) -> tuple[str, bool]:
    """A part of a title with its facts, and whether the first of a part's facts is known."""
    names = re.findall(r"\{(\w+)\}", part)
    text = part.format(**{name: facts.get(name, "") for name in names})
    telling = "session" if "session" in names else names[0]
    return " ".join(text.split()), bool(facts.get(telling))


def _identifier(template: str, facts: Mapping[str, str]) -> str:
    names = re.findall(r"\{(\w+)\}", template)
    return template.format(**{name: facts.get(name, "") for name in names})
