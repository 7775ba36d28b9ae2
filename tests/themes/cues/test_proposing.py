"""Cues that people reject or confirm again and again are proposed for another strength."""

from __future__ import annotations

import pytest

from kb.records import Passage
from kb.themes.cues.proposing import CueChange, proposed
from kb.themes.framework_files import parse
from kb.themes.frameworks import Frameworks

FRAMEWORK = """\
key: reizen
name: {nl: "Reizen"}
source: "zelf bedacht"
themes:
  - code: R1
    name: {nl: "Nabijheid"}
    definition: {nl: "Of hulp dichtbij is."}
    cues:
      core: [nabijheid, drempel]
      plain: [perron]
"""


@pytest.fixture
def frameworks() -> Frameworks:
    return Frameworks((parse(FRAMEWORK, "reizen.yaml").framework,))


def passages(text: str, number: int, documents: int = 2) -> list[Passage]:
    return [
        Passage(f"d{n % documents}-{n}", f"d{n % documents}", text, n)
        for n in range(number)
    ]


def views(found: list[Passage], view: str) -> dict[str, dict[str, str]]:
    return {passage.id: {"R1": view} for passage in found}


def test_a_core_cue_that_is_always_rejected_becomes_strong(
    frameworks: Frameworks,
) -> None:
    found = passages("De nabijheid van het station.", 6)
    changes = proposed(frameworks, found, views(found, "none"))
    assert changes == [CueChange("R1", "nabijheid", "core", "strong", 0, 6)]


def test_a_plain_cue_that_is_always_confirmed_becomes_strong(
    frameworks: Frameworks,
) -> None:
    found = passages("Op het perron is hulp.", 6)
    changes = proposed(frameworks, found, views(found, "evidence"))
    assert changes == [CueChange("R1", "perron", "plain", "strong", 6, 6)]


def test_a_light_cue_beside_a_heavy_one_is_not_judged(
    frameworks: Frameworks,
) -> None:
    found = passages("De nabijheid van het perron.", 30)
    changes = proposed(frameworks, found, views(found, "none"))
    assert [change.cue for change in changes] == ["nabijheid"]


@pytest.mark.parametrize(
    ("number", "documents", "view"),
    [(4, 2, "none"), (9, 1, "none"), (9, 2, "mention"), (9, 2, "evidence")],
)
def test_few_decisions_one_document_and_passing_mentions_say_nothing(
    frameworks: Frameworks, number: int, documents: int, view: str
) -> None:
    """A core cue that is confirmed stands where it should."""
    found = passages("De nabijheid van het station.", number, documents)
    assert not proposed(frameworks, found, views(found, view))


def test_decisions_on_a_theme_that_is_gone_do_no_harm(
    frameworks: Frameworks,
) -> None:
    found = passages("De nabijheid van het station.", 9)
    gone = {passage.id: {"X9": "none"} for passage in found}
    assert not proposed(frameworks, found, gone)
