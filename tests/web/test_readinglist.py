"""The reading list.

In the address and the cookie alike, in the reader's order, and out again in every
format.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kb.settings import Settings
from web import readinglist
from web.formats import LIST_FORMATS
from web.pages.cards import ThemeChip
from web.pages.readinglist import Entry, groups_of
from web.readinglist import Item

KEYS = st.builds(
    lambda kind, id: f"{kind}:{id}",
    st.sampled_from("pw"),
    st.text("abcdefg-0123456789", min_size=1, max_size=20),
)
NOTES = st.text(st.characters(exclude_categories=["C"]), max_size=40).map(
    str.strip
)
LISTS = st.lists(
    st.builds(Item, KEYS, NOTES), max_size=12, unique_by=lambda item: item.key
).map(tuple)
A, B, C = Item("p:a"), Item("p:b", "let op"), Item("w:c")


@given(LISTS)
def test_list_survives_the_address(items: tuple[Item, ...]) -> None:
    assert readinglist.from_query(readinglist.to_query(items)) == items


@given(st.text(max_size=300))
def test_any_address_is_some_list(query: str) -> None:
    assert all(
        item.key[:2] in ("p:", "w:") for item in readinglist.from_query(query)
    )


@given(LISTS, KEYS, st.sampled_from(["omhoog", "omlaag", "orden"]))
def test_moving_keeps_every_item(
    items: tuple[Item, ...], key: str, action: str
) -> None:
    assert sorted(
        readinglist.change(items, action, [key]), key=lambda i: i.key
    ) == sorted(items, key=lambda i: i.key)


def test_items_are_added_once_moved_and_removed() -> None:
    items = readinglist.change((A, B), "voegtoe", ["w:c"])
    assert items == (A, B, C)
    assert readinglist.change(items, "voegtoe", ["p:a", "w:c"]) == items
    assert readinglist.change(items, "omhoog", ["w:c"]) == (A, C, B)
    assert readinglist.change(items, "omlaag", ["p:a"]) == (B, A, C)
    assert readinglist.change(items, "verwijder", ["p:b"]) == (A, C)
    assert readinglist.change(items, "orden", ["w:c", "p:a"]) == (C, A, B)
    assert readinglist.change(items, "zingen", ["p:a"]) == items


def test_an_item_that_is_none_is_not_saved() -> None:
    assert readinglist.change((A,), "voegtoe", ["", "x:1", "p:", "p:b"]) == (
        A,
        Item("p:b"),
    )


def test_saved_passage_stands_on_the_list_and_in_the_count(
    client: FlaskClient,
) -> None:
    client.post(
        "/leeslijst/",
        data={"doe": "voegtoe", "i": "p:wit2016breed-a1", "terug": "/over"},
    )
    page = client.get("/leeslijst/").text
    assert "Generalisten in het wijkteam verliezen" in page
    assert '<span class="count" data-saved-count>1</span>' in page


def test_saving_by_script_answers_what_the_page_must_show(
    client: FlaskClient,
) -> None:
    form = {"doe": "voegtoe", "i": "p:wit2016breed-a1"}
    answer = client.post(
        "/leeslijst/", data=form, headers={"Accept": "application/json"}
    ).json
    assert answer is not None
    assert (answer["saved"], answer["count"], answer["full"]) == (
        True,
        1,
        False,
    )


def test_full_list_says_so_and_loses_nothing(client: FlaskClient) -> None:
    many = "&".join(f"i=p:{'x' * 150}{n}" for n in range(40))
    response = client.post(
        "/leeslijst/", data={"doe": "overneem", "lijst": many}
    )
    assert "De leeslijst is vol" in response.text
    assert "Set-Cookie" not in response.headers
    assert "De leeslijst is vol" in client.get("/leeslijst/?vol=1").text


def test_shared_list_can_be_taken_over_with_its_notes(
    client: FlaskClient,
) -> None:
    form = {"doe": "overneem", "lijst": "i=w:lipsky-1980&n=klassieker"}
    page = client.post("/leeslijst/", data=form).text
    assert ">klassieker</textarea>" in page
    assert "lipsky-1980" in client.get("/leeslijst/").text


def saved(client: FlaskClient, *keys: str) -> None:
    client.post("/leeslijst/", data={"doe": "voegtoe", "i": list(keys)})


def test_all_of_a_page_is_saved_at_once(client: FlaskClient) -> None:
    saved(
        client, "p:wit2016breed-a1", "p:wit2016breed-a2", "p:wit2016breed-a1"
    )
    page = client.get("/leeslijst/").text
    assert '<span class="count" data-saved-count>2</span>' in page


def test_notes_that_were_typed_come_back_whatever_button_was_used(
    client: FlaskClient,
) -> None:
    saved(client, "p:wit2016breed-a1", "w:lipsky-1980")
    form = {
        "lijstpagina": "1",
        "doe": "omlaag p:wit2016breed-a1",
        "n:p:wit2016breed-a1": "eerste regel\r\ntweede regel <b>",
        "n:w:lipsky-1980": "klassieker",
    }
    page = client.post("/leeslijst/", data=form).text
    assert ">eerste regel\ntweede regel &lt;b&gt;</textarea>" in page
    assert page.index("klassieker") < page.index("eerste regel")


def test_notes_go_along_in_the_export_and_the_shared_address(
    client: FlaskClient,
) -> None:
    saved(client, "p:wit2016breed-a1")
    form = {"n:p:wit2016breed-a1": "begin hiermee", "doe": "deel"}
    address = client.post("/leeslijst/", data=form).headers["Location"]
    assert "begin hiermee" in client.get(address).text
    found = client.post("/leeslijst/meenemen/csl-json", data=form)
    assert found.status_code == 200


def test_fifty_notes_of_two_thousand_characters_are_kept(
    client: FlaskClient,
) -> None:
    note = "ëen aantekening, " * 117 + "einde."
    keys = [f"p:wit2016breed-a{n}" for n in (1, 2, 3)] + [
        f"p:x{n}" for n in range(47)
    ]
    saved(client, *keys)
    form = {"lijstpagina": "1", "doe": "noteer"} | {
        f"n:{key}": note for key in keys
    }
    response = client.post("/leeslijst/", data=form)
    assert response.status_code == 200
    assert (
        response.text.count("einde.</textarea>") == 3
    )  # those that still exist


def test_two_corpora_on_a_host_keep_their_own_list(settings: Settings) -> None:
    other = replace(settings, corpus_dir=settings.corpus_dir.parent / "elders")
    assert readinglist.corpus_id(settings) != readinglist.corpus_id(other)


def test_items_that_are_gone_are_counted(client: FlaskClient) -> None:
    assert (
        "1 bewaard stuk staat niet meer"
        in client.get("/leeslijst/?i=p:weg&i=p:wit2016breed-a1").text
    )


def test_grouped_list_stands_under_its_themes(client: FlaskClient) -> None:
    page = client.get(
        "/leeslijst/?i=p:beek2018geld-b1&i=p:wit2016breed-a1&groep=thema"
    ).text
    assert page.index("<h2>B7 ") < page.index("<h2>B9 ")


def test_groups_stand_in_the_order_of_the_frameworks() -> None:
    def entry(*codes: str) -> Entry:
        chips = tuple(ThemeChip(code, "naam", 0, "") for code in codes)
        card: Any = SimpleNamespace(themes=chips)
        return Entry(key="+".join(codes), note="", passage=card, work=None)

    saved = (entry("B10"), entry(), entry("B2", "B1"), entry("B10", "K1"))
    codes = [f"B{n}" for n in range(1, 11)]
    assert [
        (heading, [one.key for one in entries])
        for heading, entries in groups_of(saved, codes)
    ] == [
        ("B2 naam", ["B2+B1"]),
        ("B10 naam", ["B10", "B10+K1"]),
        ("", [""]),
    ]


@pytest.mark.parametrize(
    "format",
    [
        format
        for format, _ in LIST_FORMATS
        if format not in ("docx", "apa", "markdown")
    ],
)
def test_records_of_a_list_leave_in_every_format(
    client: FlaskClient, format: str
) -> None:
    response = client.get(
        f"/leeslijst/meenemen/{format}?i=p:wit2016breed-a1&i=w:lipsky-1980"
    )
    assert response.status_code == 200
    assert "Street-level bureaucracy" in response.text
    assert "Breed kijken, diep weten" in response.text
    assert response.headers["Content-Disposition"].startswith(
        'attachment; filename="leeslijst.'
    )


@pytest.mark.slow
@pytest.mark.parametrize("format", ["docx", "apa", "markdown"])
def test_literature_section_leaves_through_pandoc(
    client: FlaskClient, format: str
) -> None:
    response = client.get(
        f"/leeslijst/meenemen/{format}?i=p:wit2016breed-a1&n=begin&i=w:lipsky-1980"
    )
    assert response.status_code == 200
    assert (
        response.data[:2] == b"PK"
        if format == "docx"
        else "Lipsky" in response.text
    )


@pytest.mark.parametrize("lang", ["", "?lang=en"])
def test_addresses_of_a_list_keep_every_item_in_either_language(
    client: FlaskClient, lang: str
) -> None:
    client.post(
        "/leeslijst/", data={"doe": "voegtoe", "i": "p:wit2016breed-a1"}
    )
    client.post("/leeslijst/", data={"doe": "voegtoe", "i": "w:lipsky-1980"})
    shared = client.post(f"/leeslijst/{lang}", data={"doe": "deel"}).headers[
        "Location"
    ]
    assert shared.count("?") == 1
    page = client.get(shared).text
    assert "wit2016breed-a1" in page
    assert "lipsky-1980" in page
    addresses = [
        unescape(a) for a in re.findall(r'href="(/leeslijst/[^"]+)"', page)
    ]
    assert not [a for a in addresses if a.count("?") > 1]
    bibtex = next(a for a in addresses if "/bibtex" in a)
    assert client.get(bibtex).get_data(as_text=True).count("@") == 2


def test_nothing_to_take_along_is_said(client: FlaskClient) -> None:
    empty = client.get("/leeslijst/meenemen/ris")
    assert (empty.status_code, empty.location) == (302, "/leeslijst/")
    assert (
        client.get("/leeslijst/meenemen/pdf?i=w:lipsky-1980").status_code
        == 400
    )
