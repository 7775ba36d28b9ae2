"""The text of a web page: all that a reader can see, and no more."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.markup.html_text import make_ready
from kb.extract.markup.web_page import parsed_html
from kb.records import Block, Extraction
from kb.structure.markup import marked_blocks

Read = Callable[[str, bytes], Extraction]
LONG = "Het team bezoekt elk gezin in de eerste maand en maakt dan samen een plan."


def _page(read: Read, body: str) -> list[tuple[str, str]]:
    data = f"<!doctype html><html><body>{body}</body></html>".encode()
    return [(b.kind, b.text) for b in read("pagina.html", data).blocks or ()]


@pytest.mark.parametrize(
    "unseen",
    [
        '<p style="display: none">weg</p>',
        '<div style="visibility:hidden"><p>weg</p></div>',
        '<span style="font-size:0">weg</span>',
        "<p hidden>weg</p>",
        "<p><s>weg</s></p>",
        "<template><p>weg</p></template>",
        '<div class="meer-nieuws"><p>weg</p></div>',
        '<ul class="related-links"><li>weg</li></ul>',
        '<section id="reacties"><p>weg</p></section>',
        '<div role="dialog"><p>weg</p></div>',
        "<aside><a href='/x'>weg</a></aside>",
    ],
)
def test_what_nobody_sees_or_stands_around_the_text_is_not_read(
    read: Read, unseen: str
) -> None:
    found = _page(read, f"<main><p>{LONG}</p>{unseen}<p>{LONG}</p></main>")
    assert found == [("paragraph", LONG), ("paragraph", LONG)]


@pytest.mark.parametrize(
    "kept",
    [
        '<div class="accordion-panel" style="display:none"><p>{}</p></div>',
        '<div role="tabpanel" hidden><p>{}</p></div>',
        "<details><p>{}</p></details>",
        "<form><h2>Kop</h2><p>{}</p></form>",
        "<article><aside class='kader'><p>{}</p></aside></article>",
    ],
)
def test_panels_boxes_and_forms_with_text_are_read(
    read: Read, kept: str
) -> None:
    text = f"{LONG} En dat helpt veel mensen in de buurt."
    found = _page(read, f"<main><p>{LONG}</p>{kept.format(text)}</main>")
    assert ("paragraph", text) in found


def test_the_heading_of_a_panel_stays_when_it_is_a_button(read: Read) -> None:
    found = _page(
        read, f"<main><h3><button>Wie helpt?</button></h3><p>{LONG}</p></main>"
    )
    assert found[0] == ("heading", "Wie helpt?")


def test_teasers_above_the_only_main_heading_go(read: Read) -> None:
    found = _page(
        read,
        '<div><div><a href="/a">Gemeente opent een loket</a></div>'
        f"<div><h1>Besluit</h1><p>{LONG}</p></div></div>",
    )
    assert found == [("heading", "Besluit"), ("paragraph", LONG)]


def test_empty_lines_part_paragraphs_and_single_breaks_do_not(
    read: Read,
) -> None:
    found = _page(
        read,
        f"<div>Eerste regel<br>gaat door.<br/> <br/><i>Tweede</i> alinea.<br><br>"
        f"<ul><li>punt</li></ul>{LONG}</div>",
    )
    assert found == [
        ("paragraph", "Eerste regel gaat door."),
        ("paragraph", "Tweede alinea."),
        ("list", "punt"),
        ("paragraph", LONG),
    ]


def test_notes_stand_after_their_paragraph_with_the_printed_mark(
    read: Read,
) -> None:
    data = (
        f"<article><p>De kosten stegen.<sup><a href='#n7'>7</a></sup> {LONG}</p>"
        f"<p>{LONG}</p><p><a name='n7'></a>7. Bron: de begroting. "
        "<a href='#t7'>terug</a></p></article>"
    )
    blocks = (
        read("p.html", f"<html><body>{data}</body></html>".encode()).blocks
        or ()
    )
    assert [(b.kind, b.mark, b.text) for b in blocks] == [
        ("paragraph", None, f"De kosten stegen. {LONG}"),
        ("footnote", "7", "Bron: de begroting."),
        ("paragraph", None, LONG),
    ]


def test_a_link_to_a_place_in_the_text_is_no_note(read: Read) -> None:
    found = _page(
        read,
        f"<p>Zie <a href='#kop'>hoofdstuk 2</a>.</p><h2 id='kop'>Twee</h2><p>{LONG}</p>",
    )
    assert found[0] == ("paragraph", "Zie hoofdstuk 2.")
    assert found[1] == ("heading", "Twee")


def _items(blocks: tuple[Block, ...] | None) -> list[tuple[str | None, str]]:
    return [(b.mark, b.text) for b in blocks or () if b.kind == "list"]


def test_items_have_the_numbers_a_browser_prints(read: Read) -> None:
    lists = (
        "<ol type='I' start='3'><li>drie</li><li>vier</li></ol>"
        "<ol reversed><li>twee</li><li>een</li></ol>"
        "<ol><li value='5'>vijf</li><li>zes</li></ol>"
    )
    found = read("p.html", f"<html><body>{lists}</body></html>".encode())
    assert _items(found.blocks) == [
        ("III.", "drie"),
        ("IV.", "vier"),
        ("2.", "twee"),
        ("1.", "een"),
        ("5.", "vijf"),
        ("6.", "zes"),
    ]


def test_spanned_cells_fill_their_places_over_head_and_body(
    read: Read,
) -> None:
    table = (
        "<table><thead><tr><th rowspan=2>Wijk</th><th colspan=2>Jaar</th></tr></thead>"
        "<tbody><tr><td>2018</td><td>2019</td></tr><tr><td>Oost</td><td>3</td><td>4</td>"
        "</tr></tbody></table>"
    )
    blocks = (
        read("p.html", f"<html><body>{table}</body></html>".encode()).blocks
        or ()
    )
    assert blocks[0].rows == (
        ("Wijk", "Jaar", "Jaar"),
        ("Wijk", "2018", "2019"),
        ("Oost", "3", "4"),
    )


def test_a_table_that_only_places_text_is_read_as_text(read: Read) -> None:
    found = _page(
        read,
        f"<table><tr><td><h2>Links</h2><p>{LONG}</p></td><td><p>{LONG}</p></td></tr></table>",
    )
    assert found == [
        ("heading", "Links"),
        ("paragraph", LONG),
        ("paragraph", LONG),
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_a_page_in_any_encoding_is_read(read: Read, encoding: str) -> None:
    page = f"<!DOCTYPE html><html><body><p>De coördinator ziet één cliënt. {LONG}</p>"
    found = read("p.html", page.encode(encoding)).blocks or ()
    assert found[0].text == f"De coördinator ziet één cliënt. {LONG}"


_WORDS = st.text(alphabet="abcé ", min_size=1, max_size=12)
_PIECES = st.recursive(
    _WORDS,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{'<br><br>'.join(parts)}</{tag}>",
        st.sampled_from(["p", "div", "b", "li", "td", "section"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


@given(_PIECES)
def test_breaking_up_paragraphs_keeps_every_letter_in_order(
    piece: str,
) -> None:
    page = parsed_html(f"<html><body>{piece}</body></html>")
    before = "".join(page.text_content().split())
    make_ready(page)
    assert "".join(page.text_content().split()) == before


def test_a_button_that_opens_a_panel_is_its_title(read: Read) -> None:
    found = _page(
        read,
        f"<main><p>{LONG}</p><button aria-expanded='false'>Wat kost het?</button>"
        f"<div class='panel' hidden><p>{LONG}</p></div><button>Deel</button></main>",
    )
    assert [text for _, text in found] == [LONG, "Wat kost het?", LONG]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            f"<b>Aanleiding.</b> {LONG}",
            [("heading", "Aanleiding"), ("paragraph", LONG)],
        ),
        (f"<b>Dat werkt.</b> {LONG}", [("paragraph", f"Dat werkt. {LONG}")]),
        (f"<b>Let op:</b> {LONG}", [("paragraph", f"Let op: {LONG}")]),
        (
            f"<b>De gemeente</b> zegt: {LONG}",
            [("paragraph", f"De gemeente zegt: {LONG}")],
        ),
    ],
)
def test_a_title_at_the_front_of_its_paragraph_is_parted_from_it(
    read: Read, body: str, expected: list[tuple[str, str]]
) -> None:
    page = f"<html><body><h1>Kop</h1><p>{body}</p></body></html>".encode()
    found = marked_blocks(read("p.html", page).blocks or ())
    assert [(b.kind, b.text) for b in found][1:] == expected


def test_style_rules_of_the_page_hide_by_class_and_id(read: Read) -> None:
    rules = (
        "<style>p { color: red } .weg { display: none; } #ook{visibility:hidden}"
        "@media print { .wel { display: none } }</style>"
    )
    page = (
        f"<html><head>{rules}</head><body><p class='weg'>a</p><p class='wel'>{LONG}</p>"
        "<div id='ook'><p>b</p></div></body></html>"
    )
    found = read("p.html", page.encode()).blocks or ()
    assert [b.text for b in found] == [LONG]
