"""How well are references parsed, citations found and linked? The measures of a hand-read gold set.

References: per field, right among the records where gold or prediction has it (an invented value counts as a missing one), exact
or fuzzy (folded, ratio at least 0.9), and whole records. Citations: same place, first author and year. Links: same entry.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.citations.works.similarity import core_name
from kb.dutch.fold import letters
from kb.errors import InputFileError
from kb.evaluate.align import Strip
from kb.records import Citation, Passage, Reference

FIELDS = (
    "type", "author", "editor", "issued", "title", "container-title", "volume", "issue", "page",
    "publisher", "publisher-place", "URL", "DOI", "edition",
)  # fmt: skip
_NUMBERS = frozenset({"volume", "issue", "page", "edition"})
_NAMES = frozenset({"author", "editor"})
_SAME_ENTRY = (
    0.75  # likeness of printed texts from which gold and reference are one entry
)

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Rates:
    """True positives, false positives and false negatives, and the rates of them."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.tp else 0.0


@dataclass(frozen=True)
class ReferenceScores:
    """Shares in 0..1: per field, and of whole records (type included); `missed` are gold entries that no reference matches."""

    records: int
    fields: Mapping[str, float]
    whole: float
    missed: tuple[str, ...] = ()
    wrong: tuple[tuple[str, str, Any, Any], ...] = field(
        default=()
    )  # (entry, field, gold, found)

    @property
    def mean(self) -> float:
        """Mean over the fields that occur."""
        return sum(self.fields.values()) / len(self.fields) if self.fields else 0.0


def read_gold(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """(kind, rows) of a JSON Lines file: references, intext or links, told by its keys. Raises InputFileError with the line."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise InputFileError(path=path, line=number, reason=error.msg) from None
            rows.append(row)
            if _kind(row) is None:
                raise InputFileError(
                    path=path, line=number, reason="no key raw, citations or ref_line"
                )
    return (_kind(rows[0]) or "references") if rows else "references", rows


def _kind(row: Any) -> str | None:
    if not isinstance(row, dict):
        return None
    return next(
        (
            kind
            for key, kind in (
                ("citations", "intext"),
                ("ref_line", "links"),
                ("raw", "references"),
            )
            if key in row
        ),
        None,
    )


# -- references


def references(
    gold: Sequence[Row], found: Mapping[str, Sequence[Reference]]
) -> ReferenceScores:
    """Scores of the references of each document (by the name gold has for it) against gold entries."""
    right, seen, whole = Counter[str](), Counter[str](), 0
    missed: list[str] = []
    wrong: list[tuple[str, str, Any, Any]] = []
    for row in gold:
        reference = same_entry(str(row["raw"]), found.get(str(row["doc"]), ()))
        if reference is None:
            missed.append(str(row["raw"]))
        csl = dict(reference.csl) if reference else {}
        faults = [(name, *pair) for name, ok, *pair in _judged(row, csl) if not ok]
        for name, ok, *_ in _judged(row, csl):
            seen[name] += 1
            right[name] += ok
        whole += not faults
        wrong += [(str(row["raw"]), *fault) for fault in faults] if reference else []
    fields = {name: right[name] / seen[name] for name in FIELDS if seen[name]}
    return ReferenceScores(
        len(gold), fields, whole / max(1, len(gold)), tuple(missed), tuple(wrong)
    )


def same_entry(raw: str, candidates: Sequence[Reference]) -> Reference | None:
    """The reference whose printed text is most like `raw`, if alike enough."""
    wanted = letters(raw)
    best, score = None, _SAME_ENTRY
    for candidate in candidates:
        text = letters(candidate.raw)
        if text == wanted:
            return candidate
        if text and 2 * min(len(text), len(wanted)) >= max(len(text), len(wanted)):
            ratio = difflib.SequenceMatcher(None, wanted, text, autojunk=False).ratio()
            if ratio > score:
                best, score = candidate, ratio
    return best


def _judged(row: Row, csl: Row) -> Iterator[tuple[str, bool, Any, Any]]:
    """(field, right, gold, found) for each field that either has; a value that gold allows as another reading is not judged."""
    for name in FIELDS:
        want, got = row.get(name), csl.get(name)
        if name == "issued":
            want, got = _year(want), _year(got)
        others = row.get("alt", {}).get(name, [])
        if want in (None, "", []):
            if got not in (None, "", []) and not any(
                _equal(name, other, got) for other in others
            ):
                yield name, False, want, got
            continue
        yield (
            name,
            got not in (None, "", [])
            and any(_equal(name, value, got) for value in [want, *others]),
            want,
            got,
        )


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
    return re.sub(r"[‐-―−]", "-", re.sub(r"\s+", "", str(value))).lower().strip(".")


def _address(value: Any) -> str:
    return re.sub(r"^https?://", "", str(value).strip().strip("<>")).rstrip("/").lower()


def alike(a: str, b: str) -> bool:
    """Equal but for case, accents, punctuation and one letter in ten."""
    x, y = letters(a), letters(b)
    return x == y or difflib.SequenceMatcher(None, x, y, autojunk=False).ratio() >= 0.9


def _same_name(want: Any, got: Any) -> bool:
    a, b = ({"literal": n} if isinstance(n, str) else n for n in (want, got))
    if not alike(
        core_name(a.get("family") or a.get("literal", "")),
        core_name(b.get("family") or b.get("literal", "")),
    ):
        return False
    return (
        "literal" in a
        or "literal" in b
        or not a.get("given")
        or _initials(a["given"]) == _initials(b.get("given", ""))
    )


def _initials(given: str) -> str:
    parts = re.findall(r"[^\W\d_]+", given)
    return "".join(p if len(p) <= 3 and p.isupper() else p[0] for p in parts).lower()


# -- in the text


@dataclass(frozen=True)
class Placed:
    """A citation at its place in a gold paragraph."""

    citation: Citation
    start: int
    end: int


def place(
    paragraph: str,
    passages: Sequence[Passage],
    citations: Mapping[str, Sequence[Citation]],
    strip: Strip,
) -> list[Placed]:
    """Citations of the passages that cover `paragraph`, each at the next occurrence of its surface."""
    found: list[Placed] = []
    after: dict[str, int] = {}
    for number in strip.covering(paragraph):
        for citation in sorted(
            citations.get(passages[number].id, ()), key=lambda c: c.start
        ):
            start = paragraph.find(citation.surface, after.get(citation.surface, 0))
            if start >= 0:
                after[citation.surface] = start + 1
                found.append(Placed(citation, start, start + len(citation.surface)))
    return found


def _by_passage(citations: Sequence[Citation]) -> dict[str, list[Citation]]:
    grouped: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        grouped[citation.passage].append(citation)
    return grouped


def intext(
    gold: Sequence[Row],
    documents: Mapping[str, Sequence[Passage]],
    citations: Sequence[Citation],
) -> Rates:
    """Rates over the gold paragraphs; `documents` by the name gold has for them. Optional citations are neither missed nor wrong."""
    strips = {
        name: Strip.of([p.text for p in passages])
        for name, passages in documents.items()
    }
    grouped = _by_passage(citations)
    tp = fp = fn = 0
    for row in gold:
        doc = str(row["doc"])
        found = (
            place(row["text"], documents[doc], grouped, strips[doc])
            if doc in strips
            else []
        )
        want = [c for c in row["citations"] if not c.get("optional")]
        free = list(found)
        for wanted in want:
            hit = next(
                (
                    p
                    for p in free
                    if _overlap(wanted, p) and _same_source(wanted, p.citation)
                ),
                None,
            )
            if hit is None:
                fn += 1
            else:
                free.remove(hit)
                tp += 1
        optional = [c for c in row["citations"] if c.get("optional")]
        fp += sum(not any(_overlap(o, p) for o in optional) for p in free)
    return Rates(tp, fp, fn)


def _overlap(gold: Row, placed: Placed) -> bool:
    return bool(gold["start"] < placed.end and placed.start < gold["end"])


def _same_source(gold: Row, citation: Citation) -> bool:
    if citation.year != gold.get("year") and (
        citation.year is None or citation.year != gold.get("year_alt")
    ):
        return False
    forms = [form for form in (gold.get("authors"), gold.get("normal")) if form]
    if not forms:
        return not citation.authors or (
            bool(gold.get("title")) and alike(gold["title"], citation.authors[0])
        )
    if not citation.authors:
        return False
    first = core_name(citation.authors[0])
    return any(
        core_name(f[0]) == first
        or (bool(gold.get("group")) and alike(f[0], citation.authors[0]))
        for f in forms
    )


def links(
    gold: Sequence[Row],
    entries: Sequence[Row],
    paragraphs: Sequence[Row],
    documents: Mapping[str, Sequence[Passage]],
    references: Sequence[Reference],
    citations: Sequence[Citation],
) -> Rates:
    """Rates of links to the right entry. `gold` rows name a paragraph (`pid`), a surface and a line; `entries` are gold references with
    their lines, `paragraphs` the gold paragraphs. Links to entries without a line in `entries` are not counted."""
    of_document: dict[str, list[Reference]] = defaultdict(list)
    sources = {
        p.document: name for name, passages in documents.items() for p in passages
    }
    for reference in references:
        of_document[sources.get(reference.document, reference.document)].append(
            reference
        )
    line: dict[str, Any] = {}
    for entry in entries:
        if (
            found := same_entry(
                str(entry["raw"]), of_document.get(str(entry["doc"]), ())
            )
        ) is not None:
            line.setdefault(found.id, entry["line"])
    strips = {
        name: Strip.of([p.text for p in passages])
        for name, passages in documents.items()
    }
    grouped, wanted = _by_passage(citations), defaultdict(list)
    for row in gold:
        wanted[row["pid"]].append(row)
    tp = fp = fn = 0
    for paragraph in paragraphs:
        rows = wanted.get(paragraph["pid"])
        doc = str(paragraph.get("doc", str(paragraph["pid"]).split(":")[0]))
        if not rows or doc not in strips:
            continue
        placed = [
            p
            for p in place(paragraph["text"], documents[doc], grouped, strips[doc])
            if p.citation.reference in line
        ]
        a, b, c = _link_counts(rows, placed, line, paragraph["text"])
        tp, fp, fn = tp + a, fp + b, fn + c
    return Rates(tp, fp, fn)


def _link_counts(
    rows: Sequence[Row], placed: Sequence[Placed], line: Mapping[str, Any], text: str
) -> tuple[int, int, int]:
    spans = []
    for row in rows:
        start = (
            row["start"]
            if isinstance(row.get("start"), int)
            else text.find(row["surface"])
        )
        spans.append({**row, "start": start, "end": start + len(row["surface"])})
    free = list(placed)
    tp = fn = 0
    for row in (s for s in spans if not s.get("optional")):
        good = [row["ref_line"], *row.get("also", [])]
        hit = next(
            (
                p
                for p in free
                if _overlap(row, p) and line[str(p.citation.reference)] in good
            ),
            None,
        )
        if hit is None:
            fn += 1
        else:
            free.remove(hit)
            tp += 1
    fp = sum(not any(s.get("optional") and _overlap(s, p) for s in spans) for p in free)
    return tp, fp, fn
