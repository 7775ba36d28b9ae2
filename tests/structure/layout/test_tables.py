"""Tables are found by their rules, their painted grounds, or both, and come back row by row."""

from __future__ import annotations

from collections.abc import Callable

from kb.records import Box, Line, Page
from kb.structure.layout.page.tables import tables_on
from kb.structure.layout.typography import typography_of

SetLine = Callable[..., Line]
SetColumn = Callable[..., list[Line]]
SetPage = Callable[..., Page]
ROWS = (("Wijk", "2014", "2016"), ("Noord", "12", "18"), ("Zuid", "9", "11"))


def cells(line: SetLine) -> list[Line]:
    return [
        line(text, x=100 + 100 * at, top=300 + 20 * row)
        for row, texts in enumerate(ROWS)
        for at, text in enumerate(texts)
    ]


def found(page: Page) -> list[tuple[tuple[str, ...], ...]]:
    return [
        table.rows
        for table in tables_on(page, page.lines, typography_of([page]))
    ]


def test_a_ruled_grid_gives_its_cells(line: SetLine, page: SetPage) -> None:
    across = [Box(1, 95, y, 395, y + 0.5) for y in (296, 316, 336, 356)]
    down = [Box(1, x, 296, x + 0.5, 356) for x in (95, 195, 295, 395)]
    assert found(page(cells(line), rules=[*across, *down])) == [ROWS]


def test_a_table_between_three_rules_gives_its_cells(
    line: SetLine, page: SetPage
) -> None:
    assert found(
        page(
            cells(line),
            rules=[Box(1, 95, y, 395, y + 1) for y in (296, 316, 356)],
        )
    ) == [ROWS]


def test_a_caption_between_the_rules_is_no_row(
    line: SetLine, page: SetPage
) -> None:
    rules = [Box(1, 95, y, 395, y + 1) for y in (260, 296, 316, 356)]
    caption = [
        line("Tabel 1. Wachttijd in dagen naar wijk en jaar", x=100, top=270),
        line("van de aanmelding", x=100, top=282),
    ]
    assert found(page([*caption, *cells(line)], rules=rules)) == [ROWS]


def test_a_cell_that_wraps_is_one_cell(line: SetLine, page: SetPage) -> None:
    rules = [Box(1, 75, y, 395, y + 1) for y in (296, 316, 376)]
    wrapped = [
        line("Noord en de", x=80, top=320),
        line("oude haven", x=80, top=331),
        line("12", x=200, top=320),
        line("18", x=300, top=320),
    ]
    other = [
        line(text, x=x, top=300)
        for text, x in zip(ROWS[0], (80, 200, 300), strict=True)
    ]
    last = [
        line(text, x=x, top=350)
        for text, x in zip(ROWS[2], (80, 200, 300), strict=True)
    ]
    assert found(page([*other, *wrapped, *last], rules=rules)) == [
        (ROWS[0], ("Noord en de oude haven", "12", "18"), ROWS[2])
    ]


def test_rows_painted_every_other_time_make_a_table_with_the_white_ones(
    line: SetLine, page: SetPage
) -> None:
    grounds = [Box(1, 95, y, 395, y + 20) for y in (296,)]
    extra = [
        line(text, x=100 + 100 * at, top=360)
        for at, text in enumerate(("Oost", "4", "5"))
    ]
    grounds.append(Box(1, 95, 336, 395, 356))
    assert found(page([*cells(line), *extra], rules=grounds)) == [
        (*ROWS, ("Oost", "4", "5"))
    ]


def test_a_frame_around_text_is_no_table(
    column: SetColumn, page: SetPage
) -> None:
    text = column(
        [
            "Een kader met lopende tekst over het werk van de teams",
            "in de wijk.",
        ],
        x=100,
        top=300,
    )
    assert found(page(text, rules=[Box(1, 95, 295, 400, 330)])) == []


def test_a_page_of_many_rules_is_left_in_time(
    line: SetLine, page: SetPage
) -> None:
    rules = [Box(1, 3 * at, 0, 3 * at + 1, 842) for at in range(190)] + [
        Box(1, 0, 4 * at, 595, 4 * at + 1) for at in range(200)
    ]
    assert isinstance(found(page(cells(line), rules=rules)), list)
