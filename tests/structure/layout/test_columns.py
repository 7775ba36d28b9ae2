"""The order of reading.

Columns one after the other, full lines in between, and every line exactly once.
"""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from kb.records import Line
from kb.structure.layout.page.columns import ordered

SetLine = Callable[..., Line]
SetColumn = Callable[..., list[Line]]


def test_three_ragged_columns_with_a_line_across(
    line: SetLine, column: SetColumn
) -> None:
    columns = [
        column(
            [f"kolom {name} regel {n} met tekst" for n in range(6)],
            x=x,
            top=120,
        )
        for name, x in (("a", 50), ("b", 230), ("c", 410))
    ]
    across = line(
        "Een lange regel over alle kolommen heen, van de ene kant tot de andere kant van het blad",
        x=50,
        top=200,
    )
    below = [
        column(
            [f"onder {name} regel {n} met tekst" for n in range(4)],
            x=x,
            top=220,
        )
        for name, x in (("a", 50), ("b", 230), ("c", 410))
    ]
    shuffled = sorted(
        [piece for part in [*columns, [across], *below] for piece in part],
        key=lambda piece: (piece.top, -piece.x0),
    )
    expected = [
        piece.text for part in [*columns, [across], *below] for piece in part
    ]
    assert [piece.text for piece, _ in ordered(shuffled, 10)] == expected


def test_items_and_their_bullets_are_no_columns(line: SetLine) -> None:
    lines = [
        piece
        for n in range(6)
        for piece in (
            line("•", x=60, top=100 + 14 * n),
            line(f"punt {n} van de lijst met tekst", x=90, top=100 + 14 * n),
        )
    ]
    assert [piece.text for piece, _ in ordered(lines, 10)][:3] == [
        "•",
        "punt 0 van de lijst met tekst",
        "•",
    ]


def test_a_line_that_ran_on_over_the_gutter_is_cut(
    line: SetLine, column: SetColumn
) -> None:
    left = column(["links staat een regel tekst"] * 6, x=50)
    right = column(["rechts staat een regel tekst"] * 6, x=202)
    joined = Line(
        f"{left[5].text} {right[5].text}",
        50,
        left[5].top,
        right[5].x1,
        left[5].bottom,
        10,
        words=left[5].words + right[5].words,
    )
    texts = [
        piece.text for piece, _ in ordered([*left[:5], *right[:5], joined], 10)
    ]
    assert texts == [piece.text for piece in [*left, *right]]


@given(
    st.lists(
        st.tuples(
            st.floats(0, 500),
            st.floats(0, 800),
            st.floats(1, 300),
            st.integers(1, 60),
        ),
        max_size=40,
    )
)
def test_every_line_comes_back_once(
    places: list[tuple[float, float, float, int]],
) -> None:
    lines = [
        Line("x" * length, x, top, x + width, top + 10, 10)
        for x, top, width, length in places
    ]
    assert sorted(id(piece) for piece, _ in ordered(lines, 10)) == sorted(
        id(piece) for piece in lines
    )
