"""What stands around the cues of a theme tells in which sense they are meant."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.records import Passage
from kb.themes import load_frameworks
from kb.themes.company import COMPANY, company_of, company_words
from kb.themes.cues.reader import CueReader
from kb.themes.features import Columns, cues_found, features_of, titles_of

READER = CueReader(load_frameworks())


def company(text: str, theme: str) -> Mapping[str, float]:
    """What the company of a theme's cues is in a text."""
    return company_of(READER.read(text))[theme]


def test_every_theme_with_company_is_one_of_the_frameworks() -> None:
    assert set(company_words().themes) <= set(load_frameworks().themes)


def test_who_acts_and_what_is_done_make_a_construction() -> None:
    there = company(
        "Medewerkers krijgen ruimte om van de regels af te wijken.", "B6"
    )
    assert there["actor_near"] > 0
    assert there["construction"] > 0


@pytest.mark.parametrize(
    ("theme", "own", "other"),
    [
        (
            "B9",
            "De besparing op de hulp valt tegen.",
            "De besparing op energie valt tegen.",
        ),
        (
            "B8",
            "Preventie helpt gezinnen vooruit.",
            "Preventie van inbraak helpt winkels vooruit.",
        ),
    ],
)
def test_words_of_another_field_tell_of_another_sense(
    theme: str, own: str, other: str
) -> None:
    assert company(own, theme)["other_sense"] == 0
    assert company(other, theme)["other_sense"] > 0
    assert company(other, theme)["other_near"] > 0


def test_a_denied_cue_is_told_apart() -> None:
    said = company("Er is hier eigen regie voor bewoners.", "B4")
    denied = company("Er is hier geen eigen regie voor bewoners.", "B4")
    assert said["denied"] == 0
    assert denied["denied"] > 0


def test_a_lone_cue_is_no_two_signs() -> None:
    alone = company("Het budget ligt vast.", "B9")
    several = company(
        "Het budget voor de zorg ligt vast. Preventie bespaart kosten.", "B9"
    )
    assert (alone["lone"], several["lone"]) == (1.0, 0.0)
    assert alone["signs"] < several["signs"]


def test_themes_without_cues_have_no_company() -> None:
    assert company_of(READER.read("De boot vaart uit.")) == {}


def columns(*texts: str) -> Columns:
    """The columns of a document of these passages, for two themes."""
    passages = [Passage(str(at), "d", it, at) for at, it in enumerate(texts)]
    found = cues_found(READER, passages)
    titles = titles_of(READER, passages)
    return features_of(passages, found, titles, {"beloften": ["B8", "B9"]})


ROADS = (
    "De gemeente legt volgend jaar nieuwe fietspaden en parkeerplaatsen aan.",
    "Het riool onder de wegen wordt vervangen, tegelijk met het water.",
)
CARE = (
    "Het wijkteam helpt mantelzorgers en vrijwilligers in de buurt.",
    "Inwoners met een hulpvraag spreken een consulent van de gemeente.",
)
MONEY = "De kosten vallen hoger uit dan in het vorige jaar was begroot."


def test_the_same_words_stand_in_another_document() -> None:
    """Money between roads is not money between help."""
    roads, care = columns(*ROADS, MONEY), columns(*CARE, MONEY)
    for name in ("document_field", "near_field"):
        assert (roads[name][2] < 0).all()
        assert (care[name][2] > 0).all()
    assert roads["lone_outside"][2].max() == 1
    assert care["lone_outside"][2].max() == 0


def test_a_document_of_one_passage_is_placed_by_itself() -> None:
    alone = columns(CARE[0])
    assert (alone["document_field"] == alone["near_field"]).all()


@given(
    st.lists(
        st.sampled_from(
            [
                "ruimte",
                "bewoners",
                "kosten",
                "niet",
                "regie",
                "als",
                "team",
                ".",
            ]
        ),
        max_size=30,
    )
)
def test_company_is_told_in_shares(words: list[str]) -> None:
    for values in company_of(READER.read(" ".join(words))).values():
        assert set(values) == set(COMPANY)
        assert all(-1e-9 <= value <= 1 + 1e-9 for value in values.values())
