"""BibTeX out and back in."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kb.bibliography import Entry, parse_bib
from kb.bibliography.bibtex_names import names_of
from kb.bibliography.bibtex_to_csl import bib_to_csl
from kb.bibliography.csl_to_bibtex import (
    bibtex,
    citekey,
    csl_to_entry,
    write_entries,
)
from kb.bibliography.dates import date_of

RECORD = """@techreport{teekman2016running,
  author      = {Teekman, Christel and others},
  title       = {In de {R}unning},
  institution = {Viaa \\& Hogeschool "Windesheim"},
  month       = feb,
  year        = {2016},
  x-eigen     = {  twee   spaties},
  file        = {:C\\:\\\\map\\\\x.pdf:PDF},
}"""


def test_record_of_the_corpus_comes_out_as_it_went_in_but_for_private_fields() -> (
    None
):
    (entry,) = parse_bib(RECORD)[0]
    record = {**entry.fields, "ENTRYTYPE": entry.type}
    text = bibtex([bib_to_csl(entry)], {entry.key: record})
    (again,) = parse_bib(text)[0]
    assert (again.key, again.type, again.fields) == (
        entry.key,
        entry.type,
        {
            name: value
            for name, value in entry.fields.items()
            if name != "file"
        },
    )
    assert "month = feb" in text


FIELD = st.text(
    st.characters(
        exclude_characters='{}"@#\\,=\r\x00', exclude_categories=("Cs", "Cc")
    ),
    max_size=30,
).map(str.strip)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z-]{0,8}", fullmatch=True).filter(
            lambda k: k != "month"
        ),
        FIELD,
        max_size=6,
    )
)
def test_any_fields_survive_a_round_trip(fields: dict[str, str]) -> None:
    (again,) = parse_bib(write_entries([Entry("a", "book", fields)]))[0]
    assert again.fields == fields


WORKS: list[dict[str, Any]] = [
    {
        "type": "book",
        "title": "Zorg & welzijn: 50% minder_ #1 $",
        "publisher": "Boom",
        "edition": "3",
        "ISBN": "9789088691300",
    },
    {
        "type": "report",
        "title": "R",
        "publisher": "Viaa; Windesheim",
        "language": "nl-NL",
        "number": "12",
        "publisher-place": "Ede",
    },
    {
        "type": "chapter",
        "title": "H",
        "container-title": "B",
        "page": "12-25",
        "editor": names_of("van 't Hof, P. and Stam, M. and others")[0],
    },
    {
        "type": "article-journal",
        "title": "A",
        "container-title": "J",
        "volume": "1",
        "issue": "2",
        "number": "e1",
        "DOI": "10.1/a_b",
    },
    {
        "type": "article-newspaper",
        "title": "A",
        "container-title": "de Volkskrant",
        "issued": {"date-parts": [[2015, 6, 18]]},
    },
    {
        "type": "webpage",
        "title": "W",
        "URL": "https://x.nl/a_b?c=d&e=f%20g",
        "accessed": {"date-parts": [[2016, 3, 1]]},
    },
    {
        "type": "speech",
        "title": "S",
        "genre": "Oratie",
        "event-title": "Universiteit",
        "event-place": "Utrecht",
    },
    {"type": "bill", "title": "K", "number": "33 841"},
    {
        "type": "thesis",
        "title": "T",
        "genre": "Proefschrift",
        "publisher": "UvA",
        "original-date": {"date-parts": [[1995]]},
    },
    {"type": "book", "title": "D", "issued": {"date-parts": [[2010], [2012]]}},
    {
        "type": "book",
        "title": "O",
        "author": [
            {"literal": "Peters and Zonen"},
            {"family": "Waal", "given": "V.", "non-dropping-particle": "de"},
        ],
    },
    {
        "type": "book",
        "title": "E",
        "author": names_of("Bos, Jr., Ina")[0],
        "custom": {"etal": True},
        "issued": {"date-parts": [[2017, 2]]},
    },
]


@pytest.mark.parametrize(
    "csl", WORKS, ids=lambda c: f"{c['type']}-{c['title'][:1]}"
)
def test_work_is_read_back_as_it_was(csl: dict[str, Any]) -> None:
    record = {"id": "w1", **csl}
    (entry,), problems = parse_bib(write_entries([csl_to_entry(record)]))
    assert problems == []
    assert bib_to_csl(entry) == record


@given(
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Co")
        ),
        min_size=1,
        max_size=40,
    )
)
@example("a -- b ''c'' ``d`` \\ {x} ~ $5 & 50% # _ ^ \\emph{z}")
def test_any_title_is_read_back_as_it_was(title: str) -> None:
    """But for white space, which BibTeX does not count, and Unicode's composed letters."""
    (entry,), problems = parse_bib(
        write_entries(
            [csl_to_entry({"id": "w", "type": "book", "title": title})]
        )
    )
    assert problems == []
    expected = re.sub(
        r"[ ]+", " ", unicodedata.normalize("NFC", title)
    ).strip()
    assert bib_to_csl(entry).get("title", "") == expected


def test_keys_are_made_fit_for_bibtex_and_kept_apart() -> None:
    assert citekey("a b,{c}#%") == "a-b-c"
    assert citekey("{}") == "werk"
    text = bibtex([{"id": "a b", "title": "X"}, {"id": "a-b", "title": "Y"}])
    assert [e.key for e in parse_bib(text)[0]] == ["a-b", "a-b-2"]


def test_nothing_is_an_empty_file() -> None:
    assert bibtex([]).strip() == ""


def test_every_work_of_the_apa_records_is_read_back_as_it_was() -> None:
    rows: list[dict[str, Any]] = yaml.safe_load(
        (Path(__file__).parents[1] / "citing" / "apa_nl.yaml").read_text(
            encoding="utf-8"
        )
    )
    works = []
    for number, row in enumerate(rows):
        csl = {
            k: v
            for k, v in row.items()
            if k not in ("reference", "cite", "narrative")
        } | {"id": f"w{number}"}
        csl |= {
            role: names_of(row[role])[0]
            for role in ("author", "editor", "translator")
            if role in row
        }
        csl |= {
            date: date_of(str(row[date]))
            for date in ("issued", "accessed", "original-date")
            if date in row
        }
        works.append(csl)
    entries, problems = parse_bib(bibtex(works))
    assert problems == []
    assert [bib_to_csl(entry) for entry in entries] == works
