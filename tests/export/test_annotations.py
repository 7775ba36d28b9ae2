"""Quotations and notes in the files of reference managers."""

from __future__ import annotations

import json

from kb.bibliography import parse_bib
from kb.bibliography.bibtex_names import names_of
from kb.bibliography.latex import to_text
from kb.bibliography.ris_to_csl import parse_ris
from kb.export import render
from kb.export.selection import Group, Selection
from kb.records import Document, Passage

WORDS = "De 40 % die {nooit} belt & zelden mailt, komt wel langs."
BUYS = Document(
    "buys2017deur",
    "buys2017deur.pdf",
    "Aan de deur",
    ("Buys, Nora",),
    2017,
    csl={
        "type": "report",
        "title": "Aan de deur",
        "author": names_of("Buys, Nora")[0],
        "issued": {"date-parts": [[2017]]},
    },
    bib={"ENTRYTYPE": "report", "title": "Aan de deur", "year": "2017"},
)


def _passage(n: int, text: str) -> Passage:
    return Passage(
        f"buys2017deur-{n}",
        "buys2017deur",
        text,
        n,
        label=str(n),
        label_origin="printed",
    )


SELECTION = Selection(
    documents=(BUYS,),
    groups=(Group("", (_passage(1, WORDS), _passage(2, "Zij bellen niet."))),),
    notes={"buys2017deur-1": "Voor de inleiding."},
)


def test_ris_has_a_note_for_each_quotation() -> None:
    lines = render("ris", SELECTION).decode().splitlines()
    notes = [line[6:] for line in lines if line.startswith("N1  - ")]
    assert notes == [
        f"“{WORDS[:-1]}” (Buys, 2017, p. 1). Notitie: Voor de inleiding.",
        "“Zij bellen niet” (Buys, 2017, p. 2).",
    ]
    (record,), problems = parse_ris("\n".join(lines))
    assert not problems
    assert record["title"] == "Aan de deur"


def test_csl_json_has_them_in_its_note() -> None:
    (record,) = json.loads(render("csl-json", SELECTION))
    assert "(Buys, 2017, p. 1)" in record["note"]
    assert record["note"].endswith("“Zij bellen niet” (Buys, 2017, p. 2).")


def test_bibtex_is_annotated_and_can_be_read_back() -> None:
    entries, problems = parse_bib(render("bibtex", SELECTION).decode())
    assert not problems
    (entry,) = entries
    assert entry.fields["title"] == "Aan de deur"
    note = to_text(entry.fields["annote"])
    assert WORDS[:-1] in note
    assert "Notitie: Voor de inleiding." in note


def test_records_without_quotations_have_no_notes() -> None:
    plain = Selection(documents=(BUYS,))
    assert "N1  -" not in render("ris", plain).decode()
    assert "annote" not in render("bibtex", plain).decode()
    assert "note" not in json.loads(render("csl-json", plain))[0]


def test_what_the_owner_says_of_all_texts_is_in_every_format() -> None:
    told = Selection(documents=(BUYS,), notice="Alles hier is verzonnen.")
    for format in ("ris", "bibtex", "csl-json", "apa", "markdown"):
        assert "Alles hier is verzonnen." in render(format, told).decode()
