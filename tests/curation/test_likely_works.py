"""Which known works does a mention offer to be one with?"""

from __future__ import annotations

from typing import Any

import pytest

from kb.curation.queues import candidates
from kb.records import Work


def work(id: str, year: int, *names: str, **more: Any) -> Work:
    csl = {
        "author": [{"family": name} for name in names],
        "issued": {"date-parts": [[year]]},
        **more,
    }
    return Work(id, csl, origin=more.pop("origin", "reference"))


KNOWN = [
    work("hoek2014", 2014, "Van der Hoek", "Terpstra"),
    work("waard2014", 2014, "De Waard", "Binnema", "Schel"),
    work("hoeks2009", 2009, "Hoeks"),
    work("scp2014", 2014, "Planbureau", title="Eigen wegen"),
]


@pytest.mark.parametrize(
    ("year", "names", "expected"),
    [
        (2014, ("Hoek", "Terpstra"), ["hoek2014"]),
        (2015, ("van der Hoek",), ["hoek2014", "hoeks2009"]),
        (2014, ("Hoekk",), ["hoek2014", "hoeks2009"]),
        (2015, ("Hillema", "Van der Land"), []),
        (2014, ("Brandsma", "Terpstra"), ["hoek2014"]),
        (2001, ("Brandsma", "Terpstra"), []),
    ],
)
def test_a_mention_offers_works_of_people_with_its_names(
    year: int, names: tuple[str, ...], expected: list[str]
) -> None:
    asked = work("genoemd", year, *names)
    assert [other.id for other in candidates(asked, KNOWN)] == expected


def test_a_mention_without_names_offers_works_with_its_title() -> None:
    asked = Work("eigen", {"title": "eigen wegen"}, origin="mention")
    assert [other.id for other in candidates(asked, KNOWN)] == ["scp2014"]
