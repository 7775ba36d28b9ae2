"""Reading lists: order, letters, namesakes."""

from __future__ import annotations

from typing import Any

import pytest

from kb.bibliography.bibtex_names import names_of
from kb.citing import bibliography


def _book(
    id: str, title: str, author: str, year: int | None
) -> dict[str, Any]:
    return {
        "id": id,
        "type": "book",
        "title": title,
        "author": names_of(author)[0],
    } | ({"issued": {"date-parts": [[year]]}} if year else {})


def test_same_author_and_year_get_letters_in_order_of_title() -> None:
    made = bibliography(
        [
            _book("b", "Zorg", "de Boer, Nico", 2015),
            _book("a", "Aandacht", "de Boer, Nico", 2015),
        ]
    )
    assert [(f.work, f.parenthetical) for f in made] == [
        ("a", "De Boer, 2015a"),
        ("b", "De Boer, 2015b"),
    ]
    assert made[0].reference == "De Boer, N. (2015a). Aandacht."


def test_namesakes_get_initials_and_a_small_particle() -> None:
    made = bibliography(
        [
            _book("a", "Een", "de Boer, Nico", 2015),
            _book("b", "Twee", "de Boer, Anna", 2012),
        ]
    )
    assert [f.parenthetical for f in made] == [
        "A. de Boer, 2012",
        "N. de Boer, 2015",
    ]
    assert [f.narrative for f in made] == [
        "A. de Boer (2012)",
        "N. de Boer (2015)",
    ]
    assert made[1].reference == "De Boer, N. (2015). Een."


def test_full_name_and_initials_are_one_person() -> None:
    made = bibliography(
        [
            _book("a", "Een", "de Waal, V.", 2014),
            _book("b", "Twee", "de Waal, Vincent", 2013),
        ]
    )
    assert [f.parenthetical for f in made] == [
        "De Waal, 2013",
        "De Waal, 2014",
    ]


def test_works_without_a_date_come_first() -> None:
    made = bibliography(
        [
            _book("a", "Een", "Bos, A.", 2014),
            _book("b", "Twee", "Bos, A.", None),
        ]
    )
    assert [f.parenthetical for f in made] == ["Bos, z.d.", "Bos, 2014"]


def test_personal_communication_is_cited_but_not_listed() -> None:
    talk = {
        "id": "i",
        "type": "personal_communication",
        "author": names_of("Bos, Ina")[0],
        "issued": {"date-parts": [[2016, 2, 3]]},
    }
    made = bibliography([talk, _book("a", "Een", "Cox, A.", 2014)])
    assert [(f.work, f.reference) for f in made] == [
        ("a", "Cox, A. (2014). Een."),
        ("i", ""),
    ]


def test_a_work_given_twice_is_listed_once() -> None:
    assert len(bibliography([_book("a", "Een", "Bos, A.", 2014)] * 2)) == 1


def test_empty_list() -> None:
    assert bibliography([]) == []


def test_first_names_in_full_keep_the_particle_small_behind_them() -> None:
    works = [_book("a", "Een", "de Waal, Vincent and van der Lans, Jos", 2014)]
    (made,) = bibliography(works, style="chicago-author-date")
    assert (
        made.reference == "De Waal, Vincent, en Jos van der Lans. 2014. Een."
    )


def test_a_long_list_is_as_a_short_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Cut into several calls, the list has the same order, letters and initials."""
    names = [
        "de Boer, N.",
        "de Boer, A.",
        "Boerma, C.",
        "Émile, D.",
        "Emmen, E.",
        "{Raad voor X}",
        "de Boer, N.",
        "'t Hart, P.",
        "Hartman, B.",
        "Zand, Q.",
    ]
    works = [
        _book(str(n), f"Titel {n}", name, 2010 + n % 3)
        for n, name in enumerate(names * 3)
    ]
    works.append(
        {
            "id": "t",
            "type": "report",
            "title": "Krachten gebundeld",
            "issued": {"date-parts": [[2016]]},
        }
    )
    whole = bibliography(works)
    monkeypatch.setattr("kb.citing.reading_list.TOGETHER", 5)
    monkeypatch.setattr("kb.citing.reading_list.BATCH", 4)
    assert bibliography(works) == whole
