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


STARRED = Or((Prefix("team"), word("raad")))


def words_in(text: str) -> Node:
    words = tuple(map(word, text.split()))
    return Or(words)


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("“eigen kracht”", Phrase("text", ("eigen", "kracht"))),
        ("hulp\x00\tteam", words_in("hulp team")),
        ("hulp OF -team", And((word("hulp"), Not(word("team"))))),
        ("−team hulp", And((word("hulp"), Not(word("team"))))),
        ("-hulp -team", And((Not(words_in("hulp team")),))),
        ("+hulp +team", And((word("hulp"), word("team")))),
        ("+(hulp raad) team", Must(words_in("hulp raad"), word("team"))),
        ("hulp + team", words_in("hulp team")),
        ("hulp/team", words_in("hulp team")),
        ("hulp W-2", Or((word("hulp"), Phrase("text", ("w", "2"))))),
        ('"hulp" W-2', Or((word("hulp"), words_in("w 2")))),
        ("C&A", Phrase("text", ("c", "a"))),
        ("NIET hulp", Or((Not(word("hulp")),))),
        ("(team*)", Prefix("team")),
        ("hulp (team* OF raad)", Or((word("hulp"), STARRED))),
        ("hulp NIET (team* OF raad)", And((word("hulp"), Not(STARRED)))),
    ],
)
def test_signs_are_read_as_people_mean_them(typed: str, tree: Node) -> None:
    query = read(typed)
    assert (query.tree, query.literal) == (tree, False)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("hulp EN", "hulp en"),
        ("OF hulp", "of hulp"),
        ("hulp NIET", "hulp niet"),
        ("(hulp", "hulp"),
        ("hulp)", "hulp"),
        (")hulp(", "hulp"),
        ('"hulp', "hulp"),
        ("hulp ( )", "hulp"),
        ("jaar:later hulp", "jaar later hulp"),
        ("(" * 13 + "hulp" + ")" * 13, "hulp"),
    ],
)
def test_what_does_not_add_up_is_searched_as_words(
    typed: str, words: str
) -> None:
    query = read(typed)
    assert (query.tree, query.literal) == (words_in(words), True)
    assert query.typed
    assert query.text == typed


def test_brackets_may_stand_twelve_deep_and_within_quotes() -> None:
    assert read("(" * 12 + "hulp" + ")" * 12).tree == word("hulp")
    assert read('"hulp ( team"').tree == Phrase("text", ("hulp", "team"))


@pytest.mark.parametrize(
    ("typed", "facet", "values"),
    [
        ('auteur:"de vries"', "author", ("de vries",)),
        ("auteur:smi*", "author", ("smi*",)),
        ("(jaar:2014 OF jaar:2016)", "year", ("2014", "2016")),
        ("jaar:2014 jaar:2016 jaar:2014", "year", ("2014", "2016")),
        ("soort:Aanbevelingen", "kind", ("recommendation",)),
        ("jaar:2014..", "year", ("2014..2200",)),
    ],
)
def test_values_of_filters_may_be_names_ranges_and_lists(
    typed: str, facet: str, values: tuple[str, ...]
) -> None:
    query = read(f"hulp {typed}")
    assert (query.tree, query.filters) == (word("hulp"), {facet: values})
    unwanted = read(f"hulp NIET ({typed})")
    assert unwanted.excluded_filters == {facet: values}
    alone = read(typed)
    assert (alone.tree, alone.typed) == (None, True)


def test_a_long_text_is_words_and_a_shorter_one_a_query() -> None:
    short, long = "(hulp) " * 29, "(hulp " * 30
    assert not read(short).literal
    tree = read(long).tree
    assert tree == Or((word("hulp"),) * 30)
    operated = read("hulp " * 29 + "EN team").tree
    assert isinstance(operated, Or)
    assert operated.parts[-1] == And((word("hulp"), word("team")))
    named = read("hulp " * 29 + "jaar:2014")
    assert named.filters == {"year": ("2014",)}


def test_what_is_too_long_is_cut_and_said_to_be() -> None:
    text = "wijkteam " * 700  # 6,299 characters
    query = read(text)
    assert query.notes == ("query_cut",)
    assert query.text == ("wijkteam " * 666).strip()
    assert isinstance(query.tree, Or)
    assert len(query.tree.parts) == 666
    whole = read("wijkteam " * 666)
    assert (whole.notes, whole.typed) == ((), True)


def test_a_query_has_so_many_words_and_characters_at_most() -> None:
    words = [f"w{n}" for n in range(65)]
    most = read('"x" ' + " ".join(words[:63]))
    assert most.notes == ()
    assert isinstance(most.tree, Or)
    assert len(most.tree.parts) == 64
    more = read('"x" ' + " ".join(words[:64]))
    assert (more.notes, more.tree) == (("query_cut",), most.tree)
    fits = read('"' + "y" * 998 + '"')
    assert fits.notes == ()
    assert read('"' + "y" * 998 + '" zorg').notes == ("query_cut",)
