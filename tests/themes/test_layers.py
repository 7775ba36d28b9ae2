"""What the model adds to the cues: their record, the field, the wording, the bands."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.records import Passage
from kb.themes import Tagger, load_frameworks
from kb.themes.bands import BANDS, band_of
from kb.themes.cue_record import CueRecord, record_columns
from kb.themes.cues.reader import CuesFound
from kb.themes.cues.words import words_of
from kb.themes.field import field_counts, field_words
from kb.themes.model import by_rule, load_model
from kb.themes.wording import BUCKETS, buckets_of, counts_of

SHARE = st.tuples(st.floats(0, 20), st.floats(0, 20))


def record(*labels: tuple[str, str, float, float, float]) -> CueRecord:
    made = CueRecord()
    for one in labels:
        made.add(*one)
    return made


def test_cue_that_was_often_wrong_promises_less_than_its_like() -> None:
    known = record(
        ("B1", "loket", 3.0, 0, 12), ("B1", "buurthuis", 3.0, 9, 12)
    )
    wrong, right, unseen = (
        known.rate("B1", cue, 3.0, None)
        for cue in ("loket", "buurthuis", "steunpunt")
    )
    assert wrong < unseen < right


def test_nobody_is_judged_by_his_own_answers() -> None:
    own = record(("B1", "loket", 3.0, 5, 5))
    others = record(("B1", "loket", 3.0, 0, 5))
    both = record(("B1", "loket", 3.0, 5, 5), ("B1", "loket", 3.0, 0, 5))
    assert both.rate("B1", "loket", 3.0, own) < both.rate(
        "B1", "loket", 3.0, others
    )


@given(st.lists(SHARE, max_size=6))
def test_shares_stay_between_their_bounds(
    labels: list[tuple[float, float]],
) -> None:
    known = record(
        *(("K1", f"c{n}", 1.0, min(p), max(p)) for n, p in enumerate(labels))
    )
    for cue in ("c0", "c1", "other"):
        assert 0.01 <= known.rate("K1", cue, 1.0, None) <= 0.97


def test_theme_without_a_cue_has_no_promise() -> None:
    nothing = CuesFound((), {})
    columns = record_columns(CueRecord(), [nothing], ["B1"])
    assert columns["best_cue"][0, 0] < -3
    assert columns["together"][0, 0] == columns["number"][0, 0] == 0


def test_roads_are_outside_the_field_and_care_is_inside() -> None:
    roads = field_counts(
        words_of("Het fietspad krijgt nieuw asfalt en het verkeer rust.")
    )
    care = field_counts(
        words_of("De mantelzorger en het wijkteam delen de zorg thuis.")
    )
    assert roads.outside > roads.inside
    assert care.inside > care.outside
    there = dict(zip(field_words().actors, care.actors, strict=True))
    assert there["team"]
    assert there["vrijwilliger"]
    assert not there["gemeente"]


@given(st.text(max_size=300))
def test_any_text_has_buckets_within_their_number(text: str) -> None:
    words = words_of(text)
    buckets, often = counts_of(words)
    assert len(set(buckets.tolist())) == len(buckets) == len(often)
    assert all(0 <= bucket < BUCKETS for bucket in buckets.tolist())
    assert all(value >= 1 for value in often.tolist())


def test_forms_of_a_word_share_buckets() -> None:
    one, other = (
        set(buckets_of("hulpverlener")),
        set(buckets_of("hulpverleners")),
    )
    assert len(one & other) > 0.8 * len(one)
    assert not one & set(buckets_of("fiets"))


def test_one_word_does_not_weigh_as_a_paragraph_of_it() -> None:
    wording = load_model().wording
    short = words_of("preventie")
    text = "Met preventie voorkomen wij dat kleine zorgen uitgroeien tot zware problemen."
    long = words_of(text * 6)
    alone, said = (
        wording.scores([words], ["B8"])[0, 0] for words in (short, long)
    )
    assert alone < said


def test_theme_not_learnt_has_no_wording() -> None:
    scores = load_model().wording.scores(
        [words_of("De zorg is nabij.")], ["X1", "B1"]
    )
    assert scores[0, 0] == 0
    assert scores[0, 1] != 0


@given(st.floats(0, 1))
def test_every_score_has_a_band_and_more_is_never_less_sure(
    score: float,
) -> None:
    order = list(BANDS)
    assert order.index(band_of(min(1.0, score + 0.1))) <= order.index(
        band_of(score)
    )


@pytest.mark.parametrize(
    ("strength", "shown"), [(3.0, True), (4.0, True), (2.0, False)]
)
def test_theme_of_a_user_needs_a_core_cue_or_two_strong_ones(
    strength: float, shown: bool
) -> None:
    assert (round(by_rule(strength), 6) >= BANDS["probable"]) is shown


def test_layers_of_a_tag_add_up_to_its_score() -> None:
    text = "Het wijkteam geeft professionals de ruimte om zelf te handelen."
    tags = Tagger(load_frameworks()).tag([Passage("p", "d", text, 0)])
    learnt = [tag for tag in tags if tag.origin == "model"]
    assert learnt
    for tag in learnt:
        odds = sum(tag.layers.values())
        assert 1 / (1 + math.exp(-odds)) == pytest.approx(tag.score, abs=0.02)
