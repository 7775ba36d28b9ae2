"""Marks never change the text and never let markup through."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from web.citation_strings import inline_html
from web.highlighting import Mark, highlighted, marked

SPANS = st.lists(
    st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=8
)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags = "", set[str]()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        self.tags.add(tag)


def _read(html: str) -> _Text:
    parser = _Text()
    parser.feed(str(html))
    parser.close()
    return parser


@given(st.text(st.characters(exclude_categories=["C"]), max_size=60), SPANS)
def test_text_stays_the_same_under_any_marks(
    text: str, spans: list[tuple[int, int]]
) -> None:
    found = _read(highlighted(text, spans))
    assert found.text == text
    assert found.tags <= {"mark"}


def test_of_overlapping_marks_the_first_and_longest_stays() -> None:
    assert (
        highlighted("eigen kracht", [(0, 5), (0, 12), (6, 12)])
        == "<mark>eigen kracht</mark>"
    )


def test_attributes_are_escaped() -> None:
    assert (
        marked("a", [Mark(0, 1, "a", (("href", '"><b>'),))])
        == '<a href="&#34;&gt;&lt;b&gt;">a</a>'
    )


@given(st.text(st.sampled_from('<>/ aibscript"=&;:javhtp.'), max_size=80))
def test_reference_html_keeps_only_inline_type_and_web_links(
    html: str,
) -> None:
    found = str(inline_html(html))
    assert _read(found).tags <= {"i", "em", "b", "strong", "sup", "sub", "a"}
    assert "javascript:" not in "".join(
        piece for piece in found.split("<") if piece.startswith("a ")
    )


def test_reference_keeps_its_italics_and_drops_scripts() -> None:
    html = (
        "De Wit (2016). <i>Breed &amp; diep</i>. <script>x()</script><a "
        'href="javascript:x()">y</a> <a href="https://a.example">z</a>'
    )
    expected = (
        'De Wit (2016). <i>Breed &amp; diep</i>. x()y <a href="https://a.example" '
        'rel="noopener noreferrer external">z</a>'
    )
    assert inline_html(html) == expected
