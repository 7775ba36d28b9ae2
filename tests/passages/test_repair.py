"""Text is repaired once, on its way into passages; blocks stay as printed."""

from kb.passages.repair import repaired
from kb.records import Block


def test_repairs_are_listed_and_the_printed_text_is_kept() -> None:
    printed = "De cliént staat centraal in het werk van de wijkteams."
    found = repaired([Block("paragraph", printed)])[0]
    assert (
        found.text == "De cliënt staat centraal in het werk van de wijkteams."
    )
    assert found.raw == printed
    assert found.repairs == (("cliént", "cliënt"),)


def test_english_is_marked_and_left_as_it_is() -> None:
    text = "This shows that the teams work in an efficient way with the residents."
    found = repaired([Block("paragraph", text)])[0]
    assert (found.text, found.language, found.repairs) == (text, "en", ())


def test_references_keep_the_names_they_print() -> None:
    entry = Block("reference", "Cliéntenraad (2014). De cliént.")
    assert repaired([entry])[0].text == entry.text


def test_repairing_twice_changes_nothing_more() -> None:
    once = repaired([Block("paragraph", "lk zie de cliént in de wijk.")])
    assert repaired(once) == once


def test_cells_of_a_table_are_repaired_too() -> None:
    table = Block("table", "cliént | 12", rows=(("cliént", "12"),))
    assert repaired([table])[0].rows == (("cliënt", "12"),)
