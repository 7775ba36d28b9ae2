"""The tagger: evidence and mentions, reasons, context, and text of any sort."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.records import Passage, Tag
from kb.themes import (
    Frameworks,
    Tagger,
    load_frameworks,
)
from kb.themes.features import LAYERS
from kb.themes.model import load_model, save_model

NEAR = (
    "Bewoners vinden de weg naar het team makkelijker nu het een inloopspreekuur houdt "
    "in de wijk. De nabijheid verlaagt de drempel "
    "om hulp te vragen, en het team is zichtbaar in de buurt."
)
CUTS = (
    "De gemeente moet bezuinigen. Een kosten-batenanalyse laat zien dat lichte hulp zich "
    "terugverdient doordat duurdere zorg uitblijft."
)
LIST = "Aan bod komen wonen, werk, preventie, schulden, vervoer en sport."
WEATHER = "Het regende die middag en de koffie was koud geworden."


@pytest.fixture(scope="module")
def frameworks() -> Frameworks:
    return load_frameworks()


@pytest.fixture(scope="module")
def tagger(frameworks: Frameworks) -> Tagger:
    return Tagger(frameworks)


def passages(*texts: str, **given: Any) -> list[Passage]:
    return [
        replace(Passage(f"p{at}", "doc", text, at), **given)
        for at, text in enumerate(texts)
    ]


def shown(tags: list[Tag], passage: str = "p0") -> set[str]:
    return {
        tag.theme for tag in tags if tag.evidence and tag.passage == passage
    }


def test_evidence_is_tagged(tagger: Tagger) -> None:
    tags = tagger.tag(passages(NEAR, CUTS, WEATHER))
    assert "B1" in shown(tags, "p0")
    assert "B9" in shown(tags, "p1")
    assert shown(tags, "p2") == set()


def test_every_tag_carries_its_cues_and_layers(tagger: Tagger) -> None:
    for tag in tagger.tag(passages(NEAR, CUTS)):
        text = NEAR if tag.passage == "p0" else CUTS
        assert tag.cues
        assert all(text[cue.start : cue.end] == cue.text for cue in tag.cues)
        told = {*LAYERS, "theme"} if tag.origin == "model" else set()
        assert set(tag.layers) == told
        assert 0 <= tag.score <= 1


def test_word_in_a_list_is_no_evidence(tagger: Tagger) -> None:
    assert "B8" not in shown(tagger.tag(passages(LIST)))


def test_title_of_the_section_counts(tagger: Tagger) -> None:
    text = "Professionals merken dat een generalist veel moet weten."
    without = {t.theme: t.score for t in tagger.tag(passages(text))}
    within = {
        t.theme: t.score
        for t in tagger.tag(
            passages(text, section=("3 Generalisten en specialisten",))
        )
    }
    assert within["B7"] > without["B7"]


def test_passages_around_count(tagger: Tagger) -> None:
    text = "Daarom telt ook het netwerk van familie."
    informal = (
        "Mantelzorgers, vrijwilligers en andere informele netwerken dragen samen met "
        "beroepskrachten de zorg."
    )
    alone = next(
        t.score
        for t in tagger.tag(passages(WEATHER, text, WEATHER))
        if t.theme == "K4"
    )
    among = next(
        t.score
        for t in tagger.tag(passages(informal, text, informal))
        if t.theme == "K4" and t.passage == "p1"
    )
    assert among > alone


def test_reference_lists_and_contents_carry_no_tags(tagger: Tagger) -> None:
    for kind in ("reference", "contents", "colophon"):
        assert tagger.tag(passages(NEAR, kind=kind)) == []


def test_framework_written_by_hand_tags(tmp_path: Path) -> None:
    (tmp_path / "weer.yaml").write_text(
        "key: weer\nname: {nl: Weer}\nsource: eigen\nthemes:\n"
        "  - {code: R1, name: {nl: Regen}, definition: {nl: Over regen.}, cues: {core: [regen*]}}\n"
        "  - {code: R2, name: {nl: Koffie}, definition: {nl: Over koffie.}, cues: "
        "{core: [koffie]}}\n"
        "  - {code: R3, name: {nl: Zon}, definition: {nl: Over zon.}, cues: {core: [zon]}}\n",
        encoding="utf-8",
    )
    tags = Tagger(load_frameworks(tmp_path)).tag(passages(WEATHER))
    assert shown(tags) == {"R1", "R2"}
    assert {tag.origin for tag in tags} == {"rules"}


def test_tagger_of_a_corpus_takes_what_its_user_put_there(
    tmp_path: Path,
) -> None:
    model = msgspec.structs.replace(load_model(), moved={"B1": -9.0})
    save_model(model, tmp_path / "themes-model.json")
    made = Tagger.of(tmp_path)
    assert made.model == model
    tags = made.tag(passages(WEATHER, NEAR))
    assert shown(tags) == set()
    assert "B1" not in shown(tags, "p1")


def test_what_is_shown_can_be_set(frameworks: Frameworks) -> None:
    all_tags = Tagger(frameworks, shown=0.0).tag(passages(NEAR, CUTS))
    none = Tagger(frameworks, shown=1.01).tag(passages(NEAR, CUTS))
    assert [tag.score for tag in all_tags] == [tag.score for tag in none]
    assert all(tag.evidence for tag in all_tags)
    assert not any(tag.evidence for tag in none)


def test_nothing_gives_nothing(tagger: Tagger) -> None:
    assert tagger.tag([]) == []
    assert tagger.tag(passages("", " ", "😀", "\x00", "...")) == []


def test_english_and_turkish_are_left_alone_or_tagged_without_error(
    tagger: Tagger,
) -> None:
    tags = tagger.tag(
        passages(
            "The weather was fine and the coffee was cold.",
            "Hava güzeldi ve kahve soğuktu; İstanbul'da yağmur yağdı.",
        )
    )
    assert tags == []


def test_passage_of_200000_characters_is_tagged_without_delay(
    tagger: Tagger,
) -> None:
    tagger.tag(passages(NEAR))
    start = time.process_time()
    tags = tagger.tag(
        passages(
            NEAR * (200_000 // len(NEAR)),
            "a" * 200_000,
            "(" * 200_000,
            "😀" * 200_000,
            "a.b," * 50_000,
        )
    )
    assert time.process_time() - start < 2
    assert "B1" in shown(tags)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=200), max_size=4))
def test_any_text_is_tagged_or_left_alone(texts: list[str]) -> None:
    tags = (
        Tagger(load_frameworks()).tag(passages(*texts))
        if not texts
        else _shared().tag(passages(*texts))
    )
    assert all(0 <= tag.score <= 1 and tag.cues for tag in tags)


def _shared() -> Tagger:
    if not _CACHE:
        _CACHE.append(Tagger(load_frameworks()))
    return _CACHE[0]


_CACHE: list[Tagger] = []
