"""Exact APA forms of hand-made records, in Dutch and in English."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kb.bibliography.bibtex_names import names_of
from kb.bibliography.dates import date_of
from kb.citing import format_works
from kb.records import Formatted

HERE = Path(__file__).parent


def _csl(record: dict[str, Any], id: str) -> dict[str, Any]:
    csl = {
        k: v
        for k, v in record.items()
        if k not in ("reference", "cite", "narrative")
    } | {"id": id}
    for role in ("author", "editor", "translator"):
        if role in csl:
            people, etal = names_of(csl[role])
            csl |= {role: people} | (
                {"custom": {"etal": True}} if etal else {}
            )
    for date in ("issued", "accessed", "original-date"):
        if date in csl:
            csl[date] = date_of(str(csl[date]))
    return csl


def _records(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(
        (HERE / name).read_text(encoding="utf-8")
    )
    return loaded


def _html(reference: str) -> str:
    """HTML that goes with a reference in which *…* is italic."""
    linked = re.sub(
        r"https?://\S+",
        lambda m: f'<a href="{m[0]}">{m[0]}</a>',
        html.escape(reference, quote=False),
    )
    return re.sub(r"\*([^*]+)\*", r"<i>\1</i>", linked)


@pytest.mark.parametrize("name", sorted(p.stem for p in HERE.glob("*.yaml")))
def test_forms_are_exact(name: str) -> None:
    """A file is named by its style and language, with what is special behind them."""
    style, language = name.split("_")[:2]
    records = _records(f"{name}.yaml")
    wrong: list[tuple[str, str]] = []
    for record, made in zip(
        records,
        format_works(
            [_csl(r, str(n)) for n, r in enumerate(records)],
            style,
            language,
        ),
        strict=True,
    ):
        text = record["reference"]
        expected = (
            text.replace("*", ""),
            _html(text),
            record["cite"],
            record["narrative"],
        )
        wrong += [
            (w, m)
            for w, m in zip(expected, _told(made), strict=True)
            if w != m
        ]
    assert wrong == []


def _told(made: Formatted) -> tuple[str, ...]:
    return (
        made.reference,
        made.reference_html,
        made.parenthetical,
        made.narrative,
    )


def _book(
    id: str, title: str, author: str, year: int, **more: Any
) -> dict[str, Any]:
    return {
        "id": id,
        "type": "book",
        "title": title,
        "author": names_of(author)[0],
        "issued": {"date-parts": [[year]]},
    } | more


def test_stored_forms_have_no_year_letters() -> None:
    names = ("de Boer, N.", "de Boer, N.", "de Boer, A.")
    made = format_works(
        [
            _book(str(n), f"Titel {n}", name, 2015)
            for n, name in enumerate(names)
        ]
    )
    assert [f.parenthetical for f in made] == ["De Boer, 2015"] * 3


def test_american_conventions_leave_particles_small() -> None:
    (made,) = format_works(
        [_book("a", "Een", "de Boer, N.", 2015)],
        language="en",
        conventions="en",
    )
    assert (made.reference, made.parenthetical) == (
        "de Boer, N. (2015). Een.",
        "de Boer, 2015",
    )


def test_dutch_et_al_by_convention() -> None:
    (made,) = format_works(
        [_book("a", "Een", "Aa, B. and Cc, D. and Ee, F.", 2015)],
        conventions="nl-ea",
    )
    assert made.parenthetical == "Aa e.a., 2015"


def test_ampersand_of_a_name_is_no_and() -> None:
    (made,) = format_works(
        [_book("a", "Jip & Janneke", "{Peters & Zonen} and de Wit, A.", 2015)]
    )
    assert made.narrative == "Peters & Zonen en De Wit (2015)"
    assert "<i>Jip &amp; Janneke</i>" in made.reference_html


def test_markup_of_others_does_no_harm() -> None:
    (made,) = format_works(
        [_book("a", "<script>alert(1)</script> $x$ *y* `z`", "Aa, B.", 2015)]
    )
    assert "<script>" not in made.reference_html
    assert "*y*" in made.reference


@pytest.mark.parametrize(
    "csl",
    [
        {"id": "x"},
        {"id": "x", "type": "onzin", "title": ""},
        {
            "id": "x",
            "type": "book",
            "author": [{}],
            "issued": {"date-parts": [[]]},
        },
        {
            "id": "x",
            "type": "book",
            "title": "T",
            "author": [{"given": "Piet"}],
            "issued": {"raw": "vorig jaar"},
        },
        {
            "id": "x",
            "type": "book",
            "title": ["T"],
            "author": "Jan Bos",
            "issued": "2015",
            "volume": {"a": 1},
            "DOI": 3,
            "page": None,
        },
        {
            "id": "x",
            "type": 7,
            "title": "a\x00b\ud800",
            "editor": [{"family": ["x"]}, 3],
            "issued": {"date-parts": "2015"},
        },
        {
            "id": "x",
            "type": "chapter",
            "title": "T" * 10_000,
            "editor": [{"literal": "others"}],
            "custom": {"etal": True},
        },
    ],
)
def test_poor_records_are_formatted_all_the_same(csl: dict[str, Any]) -> None:
    (made,) = format_works([csl])
    assert made.work == "x"
    assert made.parenthetical


def test_forms_are_remembered_by_contents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = format_works(
        [_book("a", "Een", "Aa, B.", 2015)], cache_dir=tmp_path
    )

    def unused(*_: object, **__: object) -> None:
        raise AssertionError("pandoc was called")

    monkeypatch.setattr("kb.citing.works.cited", unused)
    again = format_works(
        [_book("andere-id", "Een", "Aa, B.", 2015)], cache_dir=tmp_path
    )
    assert (again[0].reference, again[0].work) == (
        first[0].reference,
        "andere-id",
    )


def test_a_damaged_memory_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "apa-nl-nl.json").write_text(
        '{"x": {"reference": 3}', encoding="utf-8"
    )
    assert (
        format_works([_book("a", "Een", "Aa, B.", 2015)], cache_dir=tmp_path)[
            0
        ].reference
        == "Aa, B. (2015). Een."
    )


def test_equal_works_are_formatted_once_and_given_twice() -> None:
    made = format_works(
        [_book("a", "Een", "Aa, B.", 2015), _book("b", "Een", "Aa, B.", 2015)]
    )
    assert [(f.work, f.reference) for f in made] == [
        ("a", "Aa, B. (2015). Een."),
        ("b", "Aa, B. (2015). Een."),
    ]


def test_no_works_give_no_forms() -> None:
    assert format_works([]) == []


def test_one_refused_work_does_not_take_the_others_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from kb.citing import works
    from kb.citing.pandoc import PandocError, cited

    def refusing(records: Any, *rest: Any, **more: Any) -> Any:
        if any("geweigerd" in r.get("title", "").lower() for r in records):
            raise PandocError(detail="nee")
        return cited(records, *rest, **more)

    monkeypatch.setattr(works, "cited", refusing)
    made = format_works(
        [
            _book("a", "Een", "Aa, B.", 2015),
            _book("b", "<Geweigerd>", "Cc, D.", 2015),
            _book("c", "Drie", "Ee, F.", 2015),
        ]
    )
    assert [f.reference for f in made] == [
        "Aa, B. (2015). Een.",
        "<Geweigerd>.",
        "Ee, F. (2015). Drie.",
    ]
    assert made[1].reference_html == "&lt;Geweigerd&gt;."


def test_failing_pandoc_is_an_error_and_no_list_of_titles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from kb.citing import PandocError, works

    def failing(*_: Any, **__: Any) -> Any:
        raise PandocError(detail="weg")

    monkeypatch.setattr(works, "cited", failing)
    with pytest.raises(PandocError):
        format_works([_book("a", "Een", "Aa, B.", 2015)])
