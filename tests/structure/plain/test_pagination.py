"""Segments of a text are shared out over pages as the printed numbers ask."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.limits import Limits
from kb.extract.plain_text import pages_of
from kb.passages import passages_of
from kb.records import Extraction
from kb.structure.plain import plain_blocks
from kb.structure.plain.furniture import longest_rising
from kb.structure.plain.page_sharing import Segment, paginate
from kb.structure.plain.rows import shows_space_starts


def test_each_segment_is_a_page_when_the_numbers_say_so() -> None:
    pages, labels = paginate([Segment(90)] * 5, {0: 3, 4: 7})
    assert pages == [1, 2, 3, 4, 5]
    assert labels == {1: "3", 2: "4", 3: "5", 4: "6", 5: "7"}


def test_two_columns_share_a_page() -> None:
    """Six columns between the numbers 10 and 13: two columns a page."""
    columns = [Segment(80), *[Segment(40)] * 6]
    pages, labels = paginate(columns, {0: 10, 6: 13})
    assert [labels[page] for page in pages] == [
        "10",
        "11",
        "11",
        "12",
        "12",
        "13",
        "13",
    ]


def test_numbers_are_passed_over_before_an_appendix_when_pages_are_missing() -> (
    None
):
    segments = [
        Segment(90),
        Segment(90),
        Segment(90, certain=True, opens="appendix"),
        Segment(90),
    ]
    pages, labels = paginate(segments, {0: 20, 1: 21, 3: 30})
    assert pages == [1, 2, 3, 4]
    assert [labels[page] for page in pages] == ["20", "21", "29", "30"]


@given(
    sizes=st.lists(st.integers(0, 90), max_size=12),
    numbers=st.lists(st.integers(1, 60), max_size=4),
    dice=st.randoms(use_true_random=False),
)
def test_any_sizes_and_numbers_give_rising_pages(
    sizes: list[int], numbers: list[int], dice: random.Random
) -> None:
    places = sorted(
        dice.sample(range(len(sizes)), min(len(numbers), len(sizes)))
    )
    anchors = dict(zip(places, sorted(numbers), strict=False))
    pages, labels = paginate([Segment(size) for size in sizes], anchors)
    assert len(pages) == len(sizes)
    assert pages == sorted(pages)
    assert set(labels) <= set(pages)


def test_numbers_far_too_few_are_no_pages_of_this_text() -> None:
    """As where a damaged file says the same many times."""
    pages, _labels = paginate([Segment(1)] * 100, {0: 1, 99: 2})
    assert pages == list(range(1, 101))


def test_running_titles_keep_to_their_side() -> None:
    """A figure cut one page in two; the title on the right-hand page tells which."""
    segments = [
        Segment(90),
        Segment(50),
        Segment(40),
        Segment(90, side=1),
        Segment(90),
    ]
    pages, labels = paginate(segments, {0: 11, 4: 14})
    assert [labels[page] for page in pages] == ["11", "12", "12", "13", "14"]


def test_without_numbers_every_segment_is_a_page_without_label() -> None:
    assert paginate([Segment(10)] * 3, {}) == ([1, 2, 3], {})
    assert paginate([Segment(10)] * 3, {1: 8}) == ([1, 2, 3], {2: "8"})


@given(
    st.lists(
        st.tuples(st.integers(0, 100), st.booleans()), min_size=1, max_size=30
    ),
    st.dictionaries(st.integers(0, 29), st.integers(1, 60), max_size=6),
)
def test_pages_rise_and_known_numbers_are_kept(
    sizes: list[tuple[int, bool]], numbers: dict[int, int]
) -> None:
    segments = [Segment(size, certain) for size, certain in sizes]
    anchors = dict(
        longest_rising(
            sorted(
                (at, number)
                for at, number in numbers.items()
                if at < len(segments)
            )
        )
    )
    pages, labels = paginate(segments, anchors)
    assert len(pages) == len(segments)
    assert pages[0] == 1
    assert all(0 <= b - a <= 1 for a, b in pairwise(pages))
    assert set(labels) <= set(pages)


def test_longest_rising_run_leaves_out_strangers() -> None:
    found = longest_rising(
        [(0, 10), (3, 50), (5, 11), (8, 12), (9, 3), (12, 14)]
    )
    assert found == [(0, 10), (5, 11), (8, 12), (12, 14)]


def test_space_starts_need_to_be_few_and_apart() -> None:
    body = ["een regel tekst"] * 12
    assert shows_space_starts(
        [" begin", *body, " volgende", *body, " derde", *body]
    )
    assert not shows_space_starts([" een", " twee", " drie", " vier"] * 5)
    assert not shows_space_starts(
        [" begin", *body, "    ingesprongen", *body, " een", *body, " twee"]
    )


@pytest.mark.parametrize(
    "footer",
    [
        "{0}   Begroting 2026 - 2030",
        "Begroting 2026 - 2030   {0}",
        "{0} | Jaarplan 2027",
        "Jaarplan 2027 | {0}",
        "Koers 2030\n{0}",
    ],
)
def test_a_year_in_a_footer_is_no_page_number(footer: str) -> None:
    bodies = ["noord", "oost", "zuid", "west", "midden"]
    text = "\f".join(
        f"Een alinea over wijk {body}, lang genoeg om als gewone tekst te tellen.\n\n"
        + footer.format(number)
        for number, body in enumerate(bodies, 6)
    )
    found = plain_blocks(Extraction(pages=pages_of(text, Limits())))
    assert [block.label for block in found] == ["6", "7", "8", "9", "10"]


def test_a_label_that_was_worked_out_is_never_called_printed() -> None:
    """Pages 2 and 3 bear no number; 12 and 13 fit between 11 and 14."""
    bodies = ["noord", "oost", "zuid", "west", "midden"]
    numbers = ["11", "", "", "14", "15"]
    text = "\f".join(
        f"Een alinea over wijk {body}, lang genoeg om als gewone tekst te tellen, en "
        "met genoeg woorden om alleen te staan."
        f"\n\n{number}"
        for number, body in zip(numbers, bodies, strict=True)
    )
    found = plain_blocks(Extraction(pages=pages_of(text, Limits())))
    assert [(b.label, b.label_origin, b.label_between) for b in found] == [
        ("11", "printed", (None, None)),
        ("12", "between", ("11", "14")),
        ("13", "between", ("11", "14")),
        ("14", "printed", (None, None)),
        ("15", "printed", (None, None)),
    ]
    passages = passages_of("d", found)
    assert [p.label_origin for p in passages] == [
        b.label_origin for b in found
    ]
