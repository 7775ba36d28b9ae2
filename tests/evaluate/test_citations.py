"""The measures of references, citations and links.

The figures on the shared gold where it lies beside the project.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from kb.citations.entries.parse import parse_entry
from kb.citations.mentions.passages import citations_of
from kb.errors import InputFileError
from kb.evaluate.citations import intext, links, read_gold, references
from kb.records import Passage, Reference

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
RAW = "Vos, K. de (2014). Werken in de wijk. Utrecht: Movisie."
ENTRY = {
    "doc": "a",
    "line": 3,
    "raw": RAW,
    "type": "report",
    "author": [
        {"family": "Vos", "given": "K.", "non-dropping-particle": "de"}
    ],
    "issued": 2014,
    "title": "Werken in de wijk",
    "publisher": "Movisie",
    "publisher-place": "Utrecht",
}
TEXT = (
    "Professionals leren van elkaar en dat gaat niet vanzelf (De Vos, 2014), zo blijkt "
    "(Bos, 2010)."
)


def reference(raw: str = RAW) -> Reference:
    return Reference("r1", "a", raw, csl=parse_entry(raw))


def test_a_right_record_scores_one_in_every_field() -> None:
    scores = references([ENTRY], {"a": [reference()]})
    assert (scores.whole, scores.mean, scores.missed, scores.wrong) == (
        1.0,
        1.0,
        (),
        (),
    )


def test_an_invented_value_costs_as_much_as_a_missing_one() -> None:
    invented = Reference(
        "r1", "a", RAW, csl=parse_entry(RAW) | {"volume": "3"}
    )
    scores = references([ENTRY], {"a": [invented]})
    assert (scores.fields["volume"], scores.whole) == (0.0, 0.0)
    assert references([ENTRY], {}).missed == (RAW,)


def test_other_readings_that_gold_allows_are_right() -> None:
    book = Reference("r1", "a", RAW, csl=parse_entry(RAW) | {"type": "book"})
    assert (
        references([ENTRY | {"alt": {"type": ["book"]}}], {"a": [book]}).whole
        == 1.0
    )


def test_citations_are_counted_by_place_author_and_year() -> None:
    passage = Passage("p1", "a", TEXT, 0)
    first = {
        "surface": "De Vos, 2014",
        "start": 57,
        "end": 69,
        "authors": ["Vos"],
        "year": 2014,
    }
    missed = first | {"surface": "leren", "start": 14, "end": 19}
    gold = [
        {"pid": "a:1", "doc": "a", "text": TEXT, "citations": [first, missed]}
    ]
    rates = intext(gold, {"a": [passage]}, citations_of(passage))
    assert (rates.tp, rates.fp, rates.fn) == (1, 1, 1)
    assert rates.f1 == pytest.approx(0.5)


def test_links_are_counted_by_entry() -> None:
    passage = Passage("p1", "a", TEXT, 0)
    linked = [
        citation for citation in citations_of(passage) if citation.year == 2014
    ]
    linked = [
        type(c)(
            passage=c.passage,
            surface=c.surface,
            start=c.start,
            end=c.end,
            authors=c.authors,
            year=c.year,
            reference="r1",
        )
        for c in linked
    ]
    gold = [
        {"pid": "a:1", "surface": "De Vos, 2014", "start": 57, "ref_line": 3}
    ]
    rates = links(
        gold,
        [ENTRY],
        [{"pid": "a:1", "doc": "a", "text": TEXT}],
        {"a": [passage]},
        [reference()],
        linked,
    )
    assert (rates.tp, rates.fp, rates.fn) == (1, 0, 0)


def test_a_broken_gold_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(ENTRY) + "\n{not json}\n", encoding="utf-8")
    with pytest.raises(InputFileError, match="line 2"):
        read_gold(path)


@pytest.mark.shared
def test_references_of_the_shared_gold_reach_their_figures() -> None:
    _, gold = read_gold(GOLD / "references.dev.jsonl")
    found = defaultdict(list)
    for number, row in enumerate(gold):
        found[row["doc"]].append(
            Reference(
                str(number),
                row["doc"],
                row["raw"],
                csl=parse_entry(row["raw"]),
            )
        )
    scores = references(gold, found)
    assert scores.mean >= 0.93
    assert min(scores.fields.values()) >= 0.93
    assert scores.whole >= 0.75


@pytest.mark.shared
def test_citations_of_the_shared_gold_reach_their_figure() -> None:
    _, gold = read_gold(GOLD / "intext.dev.jsonl")
    passages = defaultdict(list)
    for position, row in enumerate(gold):
        passages[row["doc"]].append(
            Passage(row["pid"], row["doc"], row["text"], position)
        )
    found = [
        c
        for group in passages.values()
        for p in group
        for c in citations_of(p)
    ]
    assert intext(gold, passages, found).f1 >= 0.93
