"""Front matter is metadata, or text where a site keeps its text there."""

from collections.abc import Callable

import pytest

from kb.extract.markup.markdown import prepared_text
from kb.records import Extraction

Read = Callable[[str, bytes], Extraction]
LONG = "Het team bezoekt elk gezin in de eerste maand en maakt dan samen een plan."


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitel: Samen sterk\nauteurs:\n  - naam: A. Vermeer\n  - J. Smit\n---\n",
        '+++\ntitle = "Samen sterk"\nauthor = ["A. Vermeer", "J. Smit"]\n+++\n',
    ],
)
def test_front_matter_is_metadata_and_no_text(front: str) -> None:
    found = prepared_text(f"{front}\n{LONG}\n".encode())
    assert found.metadata == {
        "title": "Samen sterk",
        "author": ["A. Vermeer", "J. Smit"],
    }
    assert found.data.decode().strip() == LONG


def test_front_matter_with_a_fault_still_gives_its_title(read: Read) -> None:
    text = f'---\ntitle: "Samen"\nkop: [onaf\n---\n\n{LONG}\n'
    found = read("stuk.md", text.encode())
    assert found.metadata["title"] == "Samen"
    assert [b.text for b in found.blocks or ()] == [LONG]


def test_text_kept_in_fields_is_read_under_the_title_beside_it(
    read: Read,
) -> None:
    text = (
        "---\nlayout: pagina\ntitle: Zorg\nonderdelen:\n  - title: Wie helpt?\n"
        f"    tekst: |\n      {LONG}\n\n      - bel het team\n  - title: Leeg\n---\n"
    )
    found = read("stuk.md", text.encode())
    assert [(b.kind, b.text) for b in found.blocks or ()] == [
        ("heading", "Wie helpt?"),
        ("paragraph", LONG),
        ("list", "bel het team"),
    ]


def test_a_line_of_dashes_in_a_text_is_no_front_matter(read: Read) -> None:
    found = read("stuk.md", f"{LONG}\n\n---\n\ntitel: nee\n\n---\n".encode())
    assert [b.text for b in found.blocks or ()] == [LONG, "titel: nee"]


def test_struck_words_are_not_read(read: Read) -> None:
    found = read("stuk.md", b"Het budget is ~~twee~~ drie miljoen euro.")
    assert [b.text for b in found.blocks or ()] == [
        "Het budget is drie miljoen euro."
    ]


def test_a_summary_is_text_only_where_there_is_no_other(read: Read) -> None:
    front = f"---\ntitle: Zorg\nsummary: Kort gezegd, {LONG.lower()}\n---\n"
    alone = read("kort.md", front.encode()).blocks or ()
    beside = (
        read("lang.md", f"{front}\n{LONG} {LONG} {LONG}\n".encode()).blocks
        or ()
    )
    assert [b.text for b in alone] == [f"Kort gezegd, {LONG.lower()}"]
    assert [b.text for b in beside] == [f"{LONG} {LONG} {LONG}"]


def test_calls_of_the_program_of_a_site_are_not_read(read: Read) -> None:
    text = (
        f"{{{{< knop url='/x' >}}}}\n\n{LONG}\n\n{{% include kaart.html %}}\n"
    )
    assert [b.text for b in read("s.md", text.encode()).blocks or ()] == [LONG]
