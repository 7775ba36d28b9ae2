"""How a question was understood is told in the language of the interface."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.cli import search
from kb.cli.language import choose_language, language
from kb.errors import LANGUAGES
from kb.search.request import FACETS, Reading


@pytest.fixture(autouse=True)
def _language_stays() -> Iterator[None]:
    before = language()
    yield
    choose_language(before)


def test_a_filter_has_its_name_in_the_language() -> None:
    read = Reading(filters={"municipality": ("Zeist",), "year": ("2015-",)})
    choose_language("nl")
    told = search._reading(read)
    assert told == "Gelezen als: met gemeente Zeist, jaar 2015-"
    choose_language("en")
    told = search._reading(read)
    assert told == "Read as: with municipality Zeist, year 2015-"


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("facet", FACETS)
def test_every_filter_has_a_name(facet: str, spoken: str) -> None:
    choose_language(spoken)
    told = search._reading(Reading(filters={facet: ("x1",)}))
    assert "cli_search" not in told
    assert facet == "figures" or told.endswith(" x1")
