"""What a document says of itself: title, authors, year, publisher, ISBN, DOI, from its first pages, its colophon and its file.

Only used where no record exists, and marked there as found. Silence is better than a guess: what is not stated is left out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from kb.dutch.language import main_language
from kb.records import Block, Extraction

_FIRST_PAGES = 4
_FIRST_BLOCKS = 60
_LAST_BLOCKS = 25
_ISBN = re.compile(r"ISBN(?:-1[03])?\s*:?\s*([\dXx][\dXx\s–-]{8,20}[\dXx])")
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>\]]+)")
_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d)")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:\D{0,40}?)(19[5-9]\d|20[0-4]\d)", re.IGNORECASE
)
_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|pptx?|xlsx?|odt|rtf|txt)$|^microsoft word - ", re.IGNORECASE
)
_INITIALS = re.compile(r"(?:[A-Z][a-z]?\.\s*-?)+")


@cache
def _words(name: str) -> tuple[str, ...]:
    data: dict[str, list[str]] = tomllib.loads(
        files("kb.structure").joinpath("metadata.toml").read_text(encoding="utf-8")
    )
    return tuple(data[name])


def found_metadata(blocks: Sequence[Block], extraction: Extraction) -> dict[str, Any]:
    """CSL fields that the document or its file states of itself; only those that were found."""
    front = front_matter(blocks)
    lines = [
        line.strip()
        for block in front
        for line in (block.raw or block.text).split("\n")
        if line.strip()
    ]
    given = extraction.metadata
    found: dict[str, Any] = {
        "title": _title(blocks, given),
        "author": _authors(lines, given),
        "editor": _labelled_names(lines, _words("editor_labels")),
        "issued": _issued(lines, given),
        "publisher": _publisher(lines, given),
        "ISBN": _isbn(lines) or str(given.get("ISBN", "")),
        "DOI": _doi(lines) or str(given.get("DOI", "")),
        "language": main_language(
            block.text
            for block in blocks
            if block.kind in ("paragraph", "list", "quote")
        )
        if blocks
        else "",
    }
    if {name.get("family") for name in found["author"]} == {
        name.get("family") for name in found["editor"]
    }:
        found["author"] = []
    return {name: value for name, value in found.items() if value}


def front_matter(blocks: Sequence[Block]) -> list[Block]:
    """Title pages and colophon: the first blocks, and the last, which is where some colophons stand; no references."""
    first = [block for block in blocks[:_FIRST_BLOCKS] if block.page <= _FIRST_PAGES]
    last = list(blocks[max(len(first), len(blocks) - _LAST_BLOCKS) :])
    return [
        block
        for block in (*first, *last)
        if block.kind not in ("reference", "table", "footnote", "toc")
    ]


# -- title


def _title(blocks: Sequence[Block], given: Mapping[str, Any]) -> str:
    printed = next((b.text for b in blocks if b.kind == "heading" and b.level == 0), "")
    declared = " ".join(str(given.get("title", "")).split())
    if printed:
        return printed.rstrip(" .")
    if declared and is_title(declared):
        return re.split(r"\s+[|·–]\s+", declared)[0] if len(declared) > 40 else declared
    first = next((b for b in blocks[:6] if b.kind == "heading"), None)
    return (
        first.text
        if first is not None
        and first.page == 1
        and (first.level or 1) == 1
        and is_title(first.text)
        and len(first.text) > 12
        else ""
    )


def is_title(text: str) -> bool:
    """Whether a text can be the title of a document rather than the name of a file or a program's default."""
    small = text.lower().strip()
    if (
        _FILE_NAME.search(text)
        or re.match(r"\d{1,2}(?:\.\d+)*\.?\s", text)
        or small in _words("not_titles")
        or not 4 <= len(text) <= 250
    ):
        return False
    return (
        len(re.findall(r"[^\W\d_]{2,}", text)) >= 1
        and "_" not in text
        and small
        not in (
            "inleiding",
            "samenvatting",
            "voorwoord",
            "woord vooraf",
            "inhoud",
            "inhoudsopgave",
        )
    )


# -- people


def _authors(lines: Sequence[str], given: Mapping[str, Any]) -> list[dict[str, str]]:
    labels = [
        label
        for label in _words("author_labels")
        if label not in ("redactie", "eindredactie")
    ]
    if printed := _labelled_names(lines, labels):
        return printed
    declared = given.get("author") or []
    values = [declared] if isinstance(declared, str) else list(declared)
    known = [
        str(value)
        for value in values
        if str(value).strip().lower() not in _words("not_authors")
    ]
    return [name for value in known for name in names_of(value)]


def _labelled_names(
    lines: Sequence[str], labels: Iterable[str]
) -> list[dict[str, str]]:
    """The names behind a label such as "Auteurs:", or on the line below a label that stands alone."""
    wanted = "|".join(
        sorted((re.escape(label) for label in labels), key=len, reverse=True)
    )
    pattern = re.compile(
        rf"(?:{wanted})\s*(?::\s*(?P<names>.+)|(?P<alone>:?))$", re.IGNORECASE
    )
    for at, line in enumerate(lines):
        match = pattern.match(line)
        if match is None:
            continue
        names = match.group("names") or (lines[at + 1] if at + 1 < len(lines) else "")
        if (
            len(names) <= 250
            and (found := names_of(names))
            and all(_is_person(name) for name in found)
        ):
            return found
    return []


def _is_person(name: Mapping[str, str]) -> bool:
    return (
        "family" in name
        and len(name.get("given", "")) <= 30
        and not re.search(r"\d|[:@/]", " ".join(name.values()))
    )


def names_of(text: str) -> list[dict[str, str]]:
    """The CSL names in "Jansen, Erik; de Boer, A." or "A. de Boer, Erik Jansen & dr. X. Smit"."""
    text = _without_titles(re.sub(r"\s+", " ", text).strip())
    if (
        any(
            word.lower() in _words("organisations")
            for word in re.split(r"[\s,]+", text)
        )
        and ";" not in text
    ):
        return [{"literal": text.strip(" .")}]
    if ";" in text:
        parts = text.split(";")
    elif (
        re.fullmatch(r"[^,&]+,\s*(?:[A-Z]\S*\s*){1,3}(?:(?:van|de|der|den)\s*)*", text)
        and not re.search(r"\s(?:en|and)\s", text)
        and len(text.split(",")[0].split()) == 1
    ):
        parts = [text]
    else:
        parts = re.split(r"\s*,\s*|\s+(?:en|and|&)\s+|\s*&\s*", text)
    return [name for part in parts if (name := _name(part))]


def _without_titles(text: str) -> str:
    titles = "|".join(_words("titles_of_people"))
    return re.sub(
        rf"(?<!\w)(?:{titles})(?:\.|(?=[\s,)]|$))\s*", "", text, flags=re.IGNORECASE
    ).strip()


def _name(text: str) -> dict[str, str] | None:
    text = _without_titles(text).strip(" ,()")
    text = text if re.search(r"[A-Z]\.$", text) else text.strip(" .")
    if not text or not re.search(r"[^\W\d_]{2}", text):
        return None
    if "," in text:
        family, given = (part.strip() for part in text.split(",", 1))
        behind = re.search(r"\s((?:(?:van|de|der|den|ten|ter|te|het)\s?)+)$", given)
        if behind:
            family, given = (
                f"{behind.group(1).strip()} {family}",
                given[: behind.start()],
            )
    else:
        words = text.split()
        at = next(
            (
                i
                for i, word in enumerate(words)
                if i and word.lower() in _words("particles")
            ),
            len(words) - 1,
        )
        if at == 0:
            return {"literal": text}
        family, given = " ".join(words[at:]), " ".join(words[:at])
    if any(word.lower() in _words("organisations") for word in text.split()):
        return {"literal": text}
    return _with_particle(family, given)


def _with_particle(family: str, given: str) -> dict[str, str]:
    words = family.split()
    at = 0
    while at < len(words) - 1 and words[at].lower() in _words("particles"):
        at += 1
    name = {"family": " ".join(words[at:]), "given": _spaced_initials(given)}
    if at:
        name["non-dropping-particle"] = " ".join(words[:at]).lower()
    return {key: value for key, value in name.items() if value}


def _spaced_initials(given: str) -> str:
    return re.sub(r"\.(?=[A-Z])", ". ", given) if _INITIALS.fullmatch(given) else given


# -- date, publisher, numbers


def _issued(lines: Sequence[str], given: Mapping[str, Any]) -> dict[str, Any]:
    months = "|".join((*_words("months"), *_words("seasons")))
    dated = re.compile(
        rf"^(?:[A-Z][\w\s'’-]{{2,30}},\s*)?(?:(\d{{1,2}})\s+)?({months})\s+(19[5-9]\d|20[0-4]\d)$",
        re.IGNORECASE,
    )
    labels = "|".join(map(re.escape, _words("date_labels")))
    labelled = re.compile(
        rf"^(?:{labels})\s*:?\s*(?:\D*)(19[5-9]\d|20[0-4]\d)", re.IGNORECASE
    )
    for at, line in enumerate(lines):
        if match := dated.match(line.strip(" .")):
            return _date(match.group(3), match.group(2), match.group(1))
        if match := labelled.match(line):
            return _date(match.group(1))
        if (
            line.lower().rstrip(":") in _words("date_labels")
            and at + 1 < len(lines)
            and (match := _YEAR.search(lines[at + 1]))
        ):
            return _date(match.group(1))
    for line in lines:
        if match := _COPYRIGHT.search(line):
            return _date(match.group(1))
    declared = str(given.get("issued") or given.get("created") or "")
    year = _YEAR.search(declared.replace("D:", "")[:4] + " " + declared)
    return _date(year.group(1)) if year else {}


def _date(
    year: str, month: str | None = None, day: str | None = None
) -> dict[str, Any]:
    parts = [int(year)]
    if month and month.lower() in _words("months"):
        parts.append(_words("months").index(month.lower()) + 1)
        if day:
            parts.append(int(day))
    return {"date-parts": [parts]}


def _publisher(lines: Sequence[str], given: Mapping[str, Any]) -> str:
    labels = "|".join(
        sorted(
            (re.escape(label) for label in _words("publisher_labels")),
            key=len,
            reverse=True,
        )
    )
    pattern = re.compile(
        rf"(?:{labels})\s*:?\s+(?P<name>[A-ZÀ-Þ][^.;\n]{{2,80}})$", re.IGNORECASE
    )
    for line in lines:
        match = pattern.match(line.strip(" ."))
        if match and match.group("name")[0].isupper():
            return match.group("name").strip()
    return str(given.get("publisher", "")).strip()


def _isbn(lines: Sequence[str]) -> str:
    for line in lines:
        for match in _ISBN.finditer(line):
            digits = re.sub(r"[^\dXx]", "", match.group(1)).upper()
            if is_isbn(digits):
                return digits
    return ""


def is_isbn(digits: str) -> bool:
    """Whether the check digit of an ISBN-10 or ISBN-13 is right."""
    if re.fullmatch(r"97[89]\d{10}", digits):
        return (
            sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(digits)) % 10 == 0
        )
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return (
            sum((10 if d == "X" else int(d)) * (10 - at) for at, d in enumerate(digits))
            % 11
            == 0
        )
    return False


def _doi(lines: Sequence[str]) -> str:
    return next(
        (
            match.group(1).rstrip(".,;)")
            for line in lines
            if (match := _DOI.search(line))
        ),
        "",
    )
