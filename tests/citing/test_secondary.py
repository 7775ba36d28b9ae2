"""Who is read about in another work is cited through it."""

from __future__ import annotations

from kb.citing import secondary_citation
from kb.records import Formatted


def strings(parenthetical: str, language: str = "nl") -> Formatted:
    return Formatted("w", "apa", language, "", "", parenthetical, "")


def test_several_works_stand_in_one_pair_of_brackets_each_once() -> None:
    cited = [
        strings("Berg, 2014"),
        strings("Vos & Dal, 2016"),
        strings("Berg, 2014"),
    ]
    found = secondary_citation(cited[::-1], strings("Kok, 2019"), "pp. 3-4")
    assert (
        found
        == "(Berg, 2014; Vos & Dal, 2016, aangehaald in Kok, 2019, pp. 3-4)"
    )


def test_english_says_as_cited_in() -> None:
    found = secondary_citation(
        [strings("Berg, 2014")], strings("Kok, 2019", "en"), "section 2"
    )
    assert found == "(Berg, 2014, as cited in Kok, 2019, section 2)"
