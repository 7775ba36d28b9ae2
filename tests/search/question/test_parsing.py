"""What is typed becomes a tree of our own, in the words of both languages."""

from __future__ import annotations

import pytest

from kb.search import Searcher, SearchRequest
from kb.search.query_tree import And, Must, Node, Not, Or, Phrase, Prefix, Term
from kb.search.question.parsing import _cut, read


def word(text: str) -> Term:
    return Term("text", text)


EITHER = Or((word("schulden"), word("werkdruk")))
BOTH = And((word("schulden"), word("werkdruk")))
FIRST = And((word("schulden"), Not(word("werkdruk"))))


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("schulden OF werkdruk", EITHER),
        ("schulden OR werkdruk", EITHER),
        ("schulden EN werkdruk", BOTH),
        ("schulden AND werkdruk", BOTH),
        ("schulden NIET werkdruk", FIRST),
        ("schulden NOT werkdruk", FIRST),
        ("(schulden OF werkdruk) EN hulp", And((EITHER, word("hulp")))),
        ("mandaat*", Prefix("mandaat")),
        ('"de eigen kracht"', Phrase("text", ("de", "eigen", "kracht"))),
    ],
)
def test_operators_are_read_in_dutch_and_english(
    typed: str, tree: Node
) -> None:
    query = read(typed)
    assert (query.tree, query.typed, query.literal) == (tree, True, False)


@pytest.mark.parametrize("typed", ["schulden of werkdruk", "team en buurt"])
def test_small_words_are_words(typed: str) -> None:
    assert read(typed).tree == Or(tuple(map(word, typed.split())))


@pytest.mark.parametrize(
    ("typed", "is_typed"),
    [("", False), ("  \n", False), ("\x00", True), ("EN", True)],
)
def test_nothing_typed_is_known_from_nothing_meant(
    typed: str, is_typed: bool
) -> None:
    assert read(typed).typed is is_typed


@pytest.mark.parametrize(
    ("filter", "facet", "value"),
    [
        ("auteur:smit", "author", "smit"),
        ("jaar:2016", "year", "2016"),
        ("soort:finding", "kind", "finding"),
    ],
)
def test_filters_are_taken_out_and_their_contrary_too(
    filter: str, facet: str, value: str
) -> None:
    wanted = read(f"werkdruk {filter}")
    assert wanted.filters == {facet: (value,)}
    assert wanted.excluded_filters == {}
    unwanted = read(f"werkdruk -{filter}")
    assert unwanted.excluded_filters == {facet: (value,)}
    assert unwanted.filters == {}


def test_a_misspelled_word_is_told_and_a_short_or_numbered_one_let_be(
    searcher: Searcher,
) -> None:
    told = searcher.search(SearchRequest("werkdrk")).reading
    assert "query_corrected" in told.notes
    for let_be in ("wer", "werkdruk2", "w3rkdruk"):
        reading = searcher.search(SearchRequest(let_be)).reading
        assert "query_corrected" not in reading.notes


@pytest.mark.parametrize(
    "typed", ["-volgens Jansen", "jaar:2012 volgens Jansen"]
)
def test_somebody_is_named_in_plain_words_alone(
    searcher: Searcher, typed: str
) -> None:
    """No author is called Jansen; a passage names him."""
    named = searcher.implied.named("werkdruk volgens Jansen")
    assert named is not None
    assert named.name == "Jansen"
    as_words = searcher.implied.named("werkdruk volgens Jansen", ["author"])
    assert as_words is None
    assert searcher.implied.named("werkdruk volgens Pietersma") is None
    assert searcher.implied.named(typed) is None


def test_a_compound_found_in_two_words_is_no_other_word(
    searcher: Searcher,
) -> None:
    """What is said back are words that stand for it, not its own parts in a row."""
    said = searcher.search(SearchRequest("wijkteam")).reading.expansions
    others = {word for words in said.values() for word in words}
    assert "wijk team" not in others


@pytest.mark.parametrize(
    ("typed", "tree", "wanted", "unwanted"),
    [
        ("+schulden jaar:2016", word("schulden"), {"year": ("2016",)}, {}),
        ("+jaar:2016 hulp", word("hulp"), {"year": ("2016",)}, {}),
        (
            "+schulden hulp soort:finding",
            Must(word("schulden"), word("hulp")),
            {"kind": ("finding",)},
            {},
        ),
        (
            "+schulden -soort:finding hulp",
            Must(word("schulden"), word("hulp")),
            {},
            {"kind": ("finding",)},
        ),
    ],
)
def test_filters_beside_what_must_be_there_are_filters(
    typed: str,
    tree: Node,
    wanted: dict[str, tuple[str, ...]],
    unwanted: dict[str, tuple[str, ...]],
) -> None:
    query = read(typed)
    assert query.tree == tree
    assert (query.filters, query.excluded_filters) == (wanted, unwanted)


@pytest.mark.parametrize(
    ("most", "left"), [(13, "een twee drie"), (12, "een twee"), (8, "een")]
)
def test_a_text_is_cut_at_a_word_where_it_is_too_long(
    most: int, left: str
) -> None:
    assert _cut("een twee drie", most) == left


def test_one_word_between_quotes_is_a_word() -> None:
    assert read('"mandaat"').tree == word("mandaat")
