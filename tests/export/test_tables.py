"""Tables as CSV and as a workbook."""

from __future__ import annotations

import csv
import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kb.export.tables import Table, as_csv, as_xlsx

CELLS = st.one_of(st.none(), st.integers(-999, 999), st.text(max_size=30))
ROWS = st.lists(st.tuples(CELLS, CELLS), max_size=6)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _read(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def _sheet(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return etree.fromstring(book.read("xl/worksheets/sheet1.xml"))


@given(ROWS)
def test_no_cell_of_a_csv_is_run_as_a_formula(
    rows: list[tuple[str | int | None, ...]],
) -> None:
    table = Table("Thema’s", ("Naam", "Aantal"), tuple(rows))
    read = _read(as_csv(table))
    assert len(read) == len(rows) + 1
    for row, given_row in zip(read[1:], rows, strict=True):
        for cell, value in zip(row, given_row, strict=True):
            if isinstance(value, str):
                assert not cell.startswith(("=", "+", "-", "@"))
                assert cell.removeprefix("'") == value.removeprefix("'")


def test_a_csv_says_its_encoding_and_ends_with_the_remarks() -> None:
    table = Table(
        "T", ("Gemeente",), (("Súdwest-Fryslân",),), remarks=("verzonnen",)
    )
    data = as_csv(table)
    assert data.startswith(b"\xef\xbb\xbf")
    assert _read(data) == [["Gemeente"], ["Súdwest-Fryslân"], ["verzonnen"]]


def test_a_workbook_keeps_numbers_as_numbers_and_formulas_as_text() -> None:
    table = Table(
        "B7: [cijfers]",
        ("Tekst", "n", "Aandeel"),
        (("=SOM(A1)", 3, 0.25), ("Zwolle", None, 1.0)),
        shares=frozenset({2}),
    )
    sheet = _sheet(as_xlsx(table))
    assert sheet.findall(f".//{MAIN}f") == []
    numbers = [
        cell.findtext(f"{MAIN}v")
        for cell in sheet.iter(f"{MAIN}c")
        if cell.get("t") is None and len(cell)
    ]
    assert numbers == ["3", "0.25", "1"]
    assert sheet.find(f".//{MAIN}autoFilter") is not None


@given(ROWS)
def test_every_table_makes_a_workbook(
    rows: list[tuple[str | int | None, ...]],
) -> None:
    data = as_xlsx(Table("x" * 50, ("a", "b"), tuple(rows)))
    assert len(_sheet(data).findall(f".//{MAIN}row")) >= 1
