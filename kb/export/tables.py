"""How does a table leave the house? Rows with a heading as CSV or as an Excel workbook."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

TABLE_FORMATS = ("csv", "xlsx")
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A cell that begins so is run as a formula by Excel and LibreOffice (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 60  # characters of a column
MOST_TEXT = 32_000  # characters of a cell; Excel holds 32,767
SHEET_NAME = 31  # characters, by Excel's own limit
_NOT_IN_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Columns with their names, rows of plain values, and remarks that stand below.

    A share is a number from 0 to 1; `shares` names the columns that hold them, by
    place from 0.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    shares: frozenset[int] = frozenset()
    remarks: tuple[str, ...] = field(default=())


def table_bytes(table: Table, format: str) -> bytes:
    """The table as a file: "csv" or "xlsx"."""
    return as_xlsx(table) if format == "xlsx" else as_csv(table)


def as_csv(table: Table) -> bytes:
    """Comma-separated, with the mark by which Excel knows UTF-8.

    Text that a spreadsheet would run as a formula gets an apostrophe in front.
    Remarks come last, each in a row of its own.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_harmless(name) for name in table.columns])
    for row in table.rows:
        writer.writerow([_harmless(value) for value in row])
    for remark in table.remarks:
        writer.writerow([_harmless(remark)])
    return out.getvalue().encode("utf-8-sig", "replace")


def _harmless(value: Value) -> Value:
    """
    >>> _harmless("=1+1"), _harmless("Zwolle"), _harmless(-3)
    ("'=1+1", 'Zwolle', -3)
    """
    risky = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if risky else value


def as_xlsx(table: Table) -> bytes:
    """A workbook of one sheet: the heading stays in sight and can be filtered by."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    sheet = book.add_worksheet(_sheet_name(table.title))
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    plain = book.add_format({"valign": "top"})
    share = book.add_format({"num_format": "0.0%", "valign": "top"})
    for at, name in enumerate(table.columns):
        sheet.write_string(0, at, name[:MOST_TEXT], bold)
        sheet.set_column(at, at, _width(table, at))
    for down, row in enumerate(table.rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(down, at, value[:MOST_TEXT], wrapped)
            elif value is not None:
                number = share if at in table.shares else plain
                sheet.write_number(down, at, value, number)
    last = len(table.rows)
    sheet.freeze_panes(1, 1)
    if table.columns:
        sheet.autofilter(0, 0, last, len(table.columns) - 1)
    for below, remark in enumerate(table.remarks, last + 2):
        sheet.write_string(below, 0, remark)
    book.close()
    return out.getvalue()


def _width(table: Table, at: int) -> int:
    """Characters of the widest value of a column, up to the widest allowed."""
    values = [table.columns[at], *(row[at] for row in table.rows)]
    longest = max(len(str(value)) for value in values if value is not None)
    return min(longest + 2, WIDEST)


def _sheet_name(title: str) -> str:
    """
    >>> _sheet_name("B7: wat is gevonden?")
    'B7  wat is gevonden'
    """
    return title.translate(_NOT_IN_NAME)[:SHEET_NAME].strip() or "kb"
