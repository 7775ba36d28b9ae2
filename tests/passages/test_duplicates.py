"""Passages that say the same are one group."""

from __future__ import annotations

from kb.passages.duplicates import near_duplicates
from kb.records import Passage

LONG = "Het team helpt bewoners die met schulden kampen en wacht daarbij niet tot zij zelf om hulp komen vragen."
OTHER = "Wie zorg nodig heeft, meldt zich bij het loket van de gemeente en krijgt daar binnen een week antwoord."


def passage(id: str, text: str) -> Passage:
    return Passage(id, "boek", text, 0)


def test_copies_and_slight_changes_are_one_group_with_the_longest_as_best() -> None:
    longer = LONG + " Dat werkt."
    found = near_duplicates(
        [
            passage("a", LONG),
            passage("b", OTHER),
            passage("c", longer),
            passage("d", LONG.replace("team", "TEAM")),
        ]
    )
    assert {(s.passage, s.group, s.best) for s in found} == {
        ("a", "c", False),
        ("c", "c", True),
        ("d", "c", False),
    }
    assert all(0.7 <= s.score <= 1 for s in found)


def test_different_passages_stand_alone() -> None:
    assert near_duplicates([passage("a", LONG), passage("b", OTHER)]) == []


def test_short_passages_and_headings_are_left_alone() -> None:
    assert (
        near_duplicates(
            [
                passage("a", "Samenwerking in de wijk"),
                passage("b", "Samenwerking in de wijk"),
                passage("c", ""),
            ]
        )
        == []
    )


def test_no_passages_make_no_groups() -> None:
    assert near_duplicates([]) == []
