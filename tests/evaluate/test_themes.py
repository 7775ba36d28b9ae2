"""Scores of themes: what counts, what does not, agreement, calibration, bootstrap.

And the alignment with gold.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sklearn")
from hypothesis import given
from hypothesis import strategies as st

from kb.evaluate.align import Strip
from kb.evaluate.themes import (
    Judged,
    bootstrap,
    calibration,
    calibration_by_chance,
    confusions,
    count,
    judge,
    kappa,
    score,
    scored_pairs,
    worst,
)
from kb.evaluate.training import World, measured_on, read_labelled
from kb.records import Passage, Tag
from kb.themes import load_frameworks
from kb.themes.labelled import GoldRow
from kb.themes.measured import Counted
from kb.themes.training.validation import LeftOut

CODES = ("B1", "B2")


def judged(evidence: str, ignore: str, said: str, pid: str = "p") -> Judged:
    row = GoldRow(
        pid,
        "d",
        f"tekst {pid}",
        tuple(evidence.split()),
        tuple(ignore.split()),
    )
    return Judged(
        row, frozenset(said.split()), {code: 0.9 for code in said.split()}
    )


def test_passing_mentions_count_neither_way() -> None:
    items = [
        judged("B1", "", "B1"),
        judged("", "B1", "B1"),
        judged("", "", "B1"),
        judged("B1", "", ""),
    ]
    counts, mentions = count(items, "B1")
    assert (counts.tp, counts.fp, counts.fn, mentions) == (1, 1, 1, 1)
    scores = score(items, CODES)
    assert scores.micro.f1 == pytest.approx(0.5)
    assert scores.macro == pytest.approx(
        0.5
    )  # B2 has no gold and does not enter
    assert scores.strict == pytest.approx(2 / 5)


def test_kappa_is_one_when_all_agree_and_none_when_nothing_is_judged() -> None:
    assert kappa(
        [judged("B1", "", "B1"), judged("B2", "", "B2")], CODES
    ) == pytest.approx(1.0)
    assert kappa([], CODES) == 0.0


def test_confusions_name_what_was_tagged_instead() -> None:
    assert confusions(
        [
            judged("B1", "", "B2"),
            judged("B1", "", "B2"),
            judged("B1", "B2", "B2 K9"),
        ],
        CODES,
    ) == [("B1", "B2", 2)]


def test_worst_errors_come_first() -> None:
    items = [
        judged("", "", "B1", "sure"),
        Judged(GoldRow("near", "d", "t", ("B2",)), frozenset(), {"B2": 0.39}),
    ]
    assert [(m.kind, m.row.pid) for m in worst(items, CODES)] == [
        ("false", "sure"),
        ("missed", "near"),
    ]


def test_calibration_error_is_the_distance_of_scores_from_truth() -> None:
    error, bins = calibration(
        np.array([0.9, 0.9, 0.1, 0.1]), np.array([True, False, False, False])
    )
    assert error == pytest.approx((2 * 0.4 + 2 * 0.1) / 4)
    assert [b.number for b in bins] == [2, 2]
    assert len(scored_pairs([judged("B1", "B2", "B1 B2")], CODES)[0]) == 1


def test_scores_that_come_true_show_the_error_of_their_number() -> None:
    """Perfect scores on few pairs err like labels drawn by them do, not like none."""
    scores = np.tile([0.15, 0.35, 0.55, 0.75, 0.95], 20)
    drawn = np.random.default_rng(8).random(len(scores)) < scores
    expected = calibration_by_chance(scores)
    assert 0.02 < expected < 0.12
    assert calibration(scores, drawn)[0] < 2 * expected
    assert calibration(scores, scores < 0.5)[0] > 4 * expected


def test_bootstrap_of_the_same_tags_is_zero() -> None:
    items = [judged("B1", "", "B1"), judged("B2", "", "")]
    assert bootstrap(items, items, CODES, rounds=50) == (0.0, 0.0, 0.0)


def test_gold_is_lined_up_whatever_the_segmentation() -> None:
    first, second = (
        (
            "De nabijheid van het team in de wijk verlaagt de drempel, en wie hulp zoekt "
            "hoeft de straat maar uit te lopen."
        ),
        "Bewoners weten het team te vinden en bellen aan.",
    )
    passages = [
        Passage("a", "x", first[:30], 0),
        Passage("b", "x", first[30:] + " " + second, 1),
    ]
    gold = [
        GoldRow("1", "x", first.upper(), ("B1",)),
        GoldRow("2", "x", "Dit staat er niet in, nergens in dit hele stuk."),
    ]
    lined = judge(
        gold,
        {"x": passages},
        [Tag("b", "B1", 0.8), Tag("a", "B2", 0.2, evidence=False)],
    )
    assert lined[0].said == {"B1"}
    assert lined[0].scores == {"B1": 0.8, "B2": 0.2}
    assert [item.covered for item in lined] == [True, False]


@given(
    st.lists(
        st.text(alphabet="abcdefghij ", min_size=30, max_size=80),
        min_size=1,
        max_size=5,
    )
)
def test_a_passage_covers_itself(texts: list[str]) -> None:
    whole = "".join(texts).replace(" ", "")
    if whole:
        assert Strip.of([whole]).covering(whole) == [0]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text(
        "\n".join(json.dumps(row) for row in rows), encoding="utf-8"
    )
    return path


def test_coded_files_become_worlds(tmp_path: Path) -> None:
    row = {
        "pid": "1",
        "doc": "d",
        "text": "De nabijheid van team 1.",
        "evidence": ["B1"],
    }
    other = {**row, "pid": "2", "doc": "e", "group": "samen", "ignore": ["K1"]}
    worlds = [
        World(
            "een", write(tmp_path / "g", [row]), write(tmp_path / "p", [row])
        ),
        World("twee", write(tmp_path / "h", [other])),
    ]
    labelled = read_labelled(load_frameworks(), worlds)
    assert labelled.codes == ("B1",)
    assert labelled.examples.evidence.all()
    assert labelled.examples.worlds.tolist() == ["een", "twee"]
    assert labelled.examples.groups.tolist() == ["d", "samen"]


def test_measured_worlds_count_more_and_their_tags_are_counted(
    tmp_path: Path,
) -> None:
    about = "De nabijheid van het team verlaagt de drempel in de buurt."
    rows: list[dict[str, Any]] = [
        {"pid": "1", "doc": "d", "text": about, "evidence": ["B1"]},
        {"pid": "2", "doc": "e", "text": about, "evidence": []},
        {"pid": "3", "doc": "f", "text": about, "ignore": ["B1"]},
        {"pid": "4", "doc": "f", "text": "Het regent in het bos."},
    ]
    for row in rows:
        row["genre"] = "news"
    worlds = [
        World("een", write(tmp_path / "g", rows)),
        World("twee", write(tmp_path / "h", [{**rows[0], "pid": "5"}])),
    ]
    labelled = read_labelled(load_frameworks(), worlds, measured=["een"])
    weights = dict(
        zip(labelled.examples.ids, labelled.examples.weights, strict=True)
    )
    assert weights["1"] > weights["5"]
    everything = np.ones(labelled.examples.evidence.shape)
    left_out = LeftOut(everything, everything, everything[:, 0] > 0)
    found = measured_on(labelled, left_out, ["een"])
    # A passing mention counts neither way, and nothing is shown without a cue.
    assert found.themes["B1"] == Counted(right=1, shown=2)
    assert found.genres == {"news": Counted(right=1, shown=2)}
    assert (found.documents, found.passages) == (3, 4)
