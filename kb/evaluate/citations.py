"""How well are references parsed, citations found and linked? Measured on a hand-read gold.

References: per field, right among the records where gold or prediction has it (an invented
value counts as a missing one), exact or fuzzy (folded, ratio at least 0.9), and whole
records. Citations: same place, first author and year. Links: same entry.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.citations.works.similarity import core_name
from kb.dutch.fold import letters
from kb.errors import InputFileError
from kb.evaluate.align import Strip
from kb.records import Citation, Passage, Reference

FIELDS = (
    "type",
    "author",
    "editor",
    "issued",
    "title",
    "container-title",
    "volume",
    "issue",
    "page",
    "publisher",
    "publisher-place",
    "URL",
    "DOI",
    "edition",
)
_NUMBERS = frozenset({"volume", "issue", "page", "edition"})
_NAMES = frozenset({"author", "editor"})
_SAME_ENTRY = (
    0.75  # likeness of texts from which gold and reference are one entry
)

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Rates:
    """True positives, false positives and false negatives, and the rates of them."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Rates) -> Rates:
        return Rates(
            self.tp + other.tp, self.fp + other.fp, self.fn + other.fn
        )

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        return (
            2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.tp else 0.0
        )


@dataclass(frozen=True)
class ReferenceScores:
    """Shares in 0..1: per field, and of whole records (type included).

    `missed` are gold entries that no reference matches; `wrong` tells the entry, the field,
    what gold has and what was found.
    """

    records: int
    fields: Mapping[str, float]
    whole: float
    missed: tuple[str, ...] = ()
    wrong: tuple[tuple[str, str, Any, Any], ...] = ()

    @property
    def mean(self) -> float:
        """Mean over the fields that occur."""
        return (
            sum(self.fields.values()) / len(self.fields)
            if self.fields
            else 0.0
        )


def read_gold(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """(kind, rows) of a JSON Lines file; its keys tell the kind.

    Raises:
        InputFileError: a line that is none of references, intext or links.
    """
    rows = []
    for number, line in enumerate(
        path.read_text(encoding="utf-8").splitlines(), 1
    ):
        if line.strip():
            rows.append(_gold_row(path, number, line))
    kind = _kind(rows[0]) if rows else None
    return kind or "references", rows


def _gold_row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputFileError(
            path=path, line=number, reason=error.msg
        ) from None
    if _kind(row) is None:
        reason = "no key raw, citations or ref_line"
        raise InputFileError(path=path, line=number, reason=reason)
    return dict(row)


_KINDS = {"citations": "intext", "ref_line": "links", "raw": "references"}


def _kind(row: Any) -> str | None:
    keys = row if isinstance(row, dict) else {}
    return next((kind for key, kind in _KINDS.items() if key in keys), None)


# -- references


def references(
    gold: Sequence[Row], found: Mapping[str, Sequence[Reference]]
) -> ReferenceScores:
    """Scores of references against gold entries.

    Args:
        gold: the entries as read by hand.
        found: references by the name gold has for a document.
    """
    right, seen, whole = Counter[str](), Counter[str](), 0
    missed: list[str] = []
    wrong: list[tuple[str, str, Any, Any]] = []
    for row in gold:
        raw = str(row["raw"])
        reference = same_entry(raw, found.get(str(row["doc"]), ()))
        verdicts = list(_judged(row, dict(reference.csl) if reference else {}))
        for name, ok, *_ in verdicts:
            seen[name] += 1
            right[name] += ok
        faults = [
            (raw, name, want, got)
            for name, ok, want, got in verdicts
            if not ok
        ]
        whole += not faults
        if reference is None:
            missed.append(raw)
        else:
            wrong += faults
    fields = {name: right[name] / seen[name] for name in FIELDS if seen[name]}
    share = whole / max(1, len(gold))
    return ReferenceScores(
        len(gold), fields, share, tuple(missed), tuple(wrong)
    )


def same_entry(raw: str, candidates: Sequence[Reference]) -> Reference | None:
    """The reference whose printed text is most like `raw`, if alike enough."""
    wanted = letters(raw)
    best, score = None, _SAME_ENTRY
    for candidate in candidates:
        text = letters(candidate.raw)
        if text == wanted:
            return candidate
        if text and 2 * min(len(text), len(wanted)) >= max(
            len(text), len(wanted)
        ):
            ratio = difflib.SequenceMatcher(
                None, wanted, text, autojunk=False
            ).ratio()
            if ratio > score:
                best, score = candidate, ratio
    return best


def _judged(row: Row, csl: Row) -> Iterator[tuple[str, bool, Any, Any]]:
    """(field, right, gold, found) for each field that either has.

    A value that gold allows as another reading is not judged where gold has none.
    """
    for name in FIELDS:
        want, got = row.get(name), csl.get(name)
        if name == "issued":
            want, got = _year(want), _year(got)
        others = row.get("alt", {}).get(name, [])
        if _given(want):
            right = _given(got) and _any_equal(name, [want, *others], got)
            yield name, right, want, got
        elif _given(got) and not _any_equal(name, others, got):
            yield name, False, want, got


def _given(value: Any) -> bool:
    return value not in (None, "", [])


def _any_equal(name: str, values: Sequence[Any], got: Any) -> bool:
    return any(_equal(name, value, got) for value in values)


def _year(value: Any) -> int | None:
    if isinstance(value, Mapping):
        value = (value.get("date-parts") or [[None]])[0][0]
    found = re.search(r"\d{4}", str(value))
    return int(found.group()) if found else None


def _equal(name: str, want: Any, got: Any) -> bool:
    if name in _NAMES:
        return len(want) == len(got) and all(
            _same_name(a, b) for a, b in zip(want, got, strict=True)
        )
    if name in {"type", "issued"}:
        return bool(want == got)
    if name in _NUMBERS:
        return _number(want) == _number(got)
    if name in {"URL", "DOI"}:
        return _address(want) == _address(got)
    return alike(str(want), str(got))


def _number(value: Any) -> str:
    return (
        re.sub(r"[‐-―−]", "-", re.sub(r"\s+", "", str(value)))
        .lower()
        .strip(".")
    )


def _address(value: Any) -> str:
    return (
        re.sub(r"^https?://", "", str(value).strip().strip("<>"))
        .rstrip("/")
        .lower()
    )


def alike(a: str, b: str) -> bool:
    """Equal but for case, accents, punctuation and one letter in ten."""
    x, y = letters(a), letters(b)
    return (
        x == y
        or difflib.SequenceMatcher(None, x, y, autojunk=False).ratio() >= 0.9
    )


def _same_name(want: Any, got: Any) -> bool:
    """Whether two names are one: the same family name, and initials where both have."""
    gold, found = (
        {"literal": n} if isinstance(n, str) else n for n in (want, got)
    )
    family = [
        core_name(n.get("family") or n.get("literal", ""))
        for n in (gold, found)
    ]
    if not alike(*family):
        return False
    if "literal" in gold or "literal" in found or not gold.get("given"):
        return True
    return _initials(gold["given"]) == _initials(found.get("given", ""))


def _initials(given: str) -> str:
    parts = re.findall(r"[^\W\d_]+", given)
    return "".join(
        p if len(p) <= 3 and p.isupper() else p[0] for p in parts
    ).lower()


# -- in the text


@dataclass(frozen=True)
class Placed:
    """A citation at its place in a gold paragraph."""

    citation: Citation
    start: int
    end: int


@dataclass(frozen=True)
class Ground:
    """The passages of each gold document, and what is cited in them."""

    documents: Mapping[str, Sequence[Passage]]
    strips: Mapping[str, Strip]
    citations: Mapping[str, Sequence[Citation]]  # by passage, in text order

    @classmethod
    def of(
        cls,
        documents: Mapping[str, Sequence[Passage]],
        citations: Sequence[Citation],
    ) -> Ground:
        """The ground of documents, by the name gold has for them."""
        grouped: dict[str, list[Citation]] = defaultdict(list)
        for citation in sorted(citations, key=lambda c: c.start):
            grouped[citation.passage].append(citation)
        strips = {
            name: Strip.of([passage.text for passage in passages])
            for name, passages in documents.items()
        }
        return cls(documents, strips, grouped)

    def placed(self, doc: str, paragraph: str) -> list[Placed]:
        """Citations of the passages that cover a paragraph, each at its next occurrence."""
        if doc not in self.strips:
            return []
        found: list[Placed] = []
        after: dict[str, int] = {}
        for number in self.strips[doc].covering(paragraph):
            passage = self.documents[doc][number]
            for citation in self.citations.get(passage.id, ()):
                surface = citation.surface
                start = paragraph.find(surface, after.get(surface, 0))
                if start >= 0:
                    after[surface] = start + 1
                    found.append(Placed(citation, start, start + len(surface)))
        return found


def intext(
    gold: Sequence[Row],
    documents: Mapping[str, Sequence[Passage]],
    citations: Sequence[Citation],
) -> Rates:
    """Rates over the gold paragraphs; optional citations are neither missed nor wrong.

    Args:
        gold: rows with a text and its citations.
        documents: passages by the name gold has for a document.
        citations: of all those passages.
    """
    ground = Ground.of(documents, citations)
    rates = Rates()
    for row in gold:
        found = ground.placed(str(row["doc"]), row["text"])
        rates += _matched(row["citations"], found, _same_citation)
    return rates


def _same_citation(gold: Row, placed: Placed) -> bool:
    return _overlap(gold, placed) and _same_source(gold, placed.citation)


def _matched(
    gold: Sequence[Row],
    placed: Sequence[Placed],
    same: Callable[[Row, Placed], bool],
) -> Rates:
    """Rates of one paragraph: each wanted citation takes the first that is the same."""
    free = list(placed)
    wanted = [row for row in gold if not row.get("optional")]
    optional = [row for row in gold if row.get("optional")]
    hits = 0
    for row in wanted:
        hit = next((one for one in free if same(row, one)), None)
        if hit is not None:
            free.remove(hit)
            hits += 1
    wrong = [
        one for one in free if not any(_overlap(row, one) for row in optional)
    ]
    return Rates(hits, len(wrong), len(wanted) - hits)


def _overlap(gold: Row, placed: Placed) -> bool:
    return bool(gold["start"] < placed.end and placed.start < gold["end"])


def _same_source(gold: Row, citation: Citation) -> bool:
    return _same_year(gold, citation.year) and _same_first(
        gold, citation.authors
    )


def _same_year(gold: Row, year: int | None) -> bool:
    if year == gold.get("year"):
        return True
    return year is not None and year == gold.get("year_alt")


def _same_first(gold: Row, authors: Sequence[str]) -> bool:
    """Whether the first author is the same; a title may stand for one."""
    forms = [
        form for form in (gold.get("authors"), gold.get("normal")) if form
    ]
    if not forms:
        title = gold.get("title")
        return not authors or (bool(title) and alike(str(title), authors[0]))
    if not authors:
        return False
    first = core_name(authors[0])
    if any(core_name(form[0]) == first for form in forms):
        return True
    group = bool(gold.get("group"))
    return group and any(alike(form[0], authors[0]) for form in forms)


def links(
    gold: Sequence[Row],
    entries: Sequence[Row],
    paragraphs: Sequence[Row],
    documents: Mapping[str, Sequence[Passage]],
    references: Sequence[Reference],
    citations: Sequence[Citation],
) -> Rates:
    """Rates of links to the right entry.

    Args:
        gold: rows that name a paragraph (`pid`), a surface and the line of an entry.
        entries: gold references with their lines; links to others are not counted.
        paragraphs: the gold paragraphs.
        documents: passages by the name gold has for a document.
        references: found in those documents.
        citations: found in those passages.
    """
    line = _lines_of(entries, documents, references)
    ground = Ground.of(documents, citations)
    wanted: dict[str, list[Row]] = defaultdict(list)
    for row in gold:
        wanted[row["pid"]].append(row)

    def same(row: Row, placed: Placed) -> bool:
        good = [row["ref_line"], *row.get("also", [])]
        return (
            _overlap(row, placed)
            and line[str(placed.citation.reference)] in good
        )

    rates = Rates()
    for paragraph in paragraphs:
        pid, text = str(paragraph["pid"]), paragraph["text"]
        doc = str(paragraph.get("doc", pid.split(":")[0]))
        if pid in wanted and doc in ground.strips:
            every = ground.placed(doc, text)
            known = [one for one in every if one.citation.reference in line]
            spans = [_span(row, text) for row in wanted[pid]]
            rates += _matched(spans, known, same)
    return rates


def _lines_of(
    entries: Sequence[Row],
    documents: Mapping[str, Sequence[Passage]],
    references: Sequence[Reference],
) -> dict[str, Any]:
    """The line that gold gives the entry of each reference."""
    name_of = {p.document: name for name, ps in documents.items() for p in ps}
    by_name: dict[str, list[Reference]] = defaultdict(list)
    for reference in references:
        by_name[name_of.get(reference.document, reference.document)].append(
            reference
        )
    line: dict[str, Any] = {}
    for entry in entries:
        found = same_entry(
            str(entry["raw"]), by_name.get(str(entry["doc"]), ())
        )
        if found is not None:
            line.setdefault(found.id, entry["line"])
    return line


def _span(row: Row, text: str) -> Row:
    """A gold link with the place of its surface."""
    given, surface = row.get("start"), row["surface"]
    start = given if isinstance(given, int) else text.find(surface)
    return {**row, "start": start, "end": start + len(surface)}
