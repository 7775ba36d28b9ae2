"""The bibliographic records of the demo corpus are readable.

Complete and about the files that lie there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import bibtexparser
import pytest

from scripts.demo.source import read_source
from scripts.make_demo_corpus import TEXTS

CORPUS = Path(__file__).parents[2] / "corpus"


def records(name: str) -> dict[str, dict[str, Any]]:
    """The fields of each entry of a .bib file by citekey.

    Anything unreadable in it fails the test.
    """
    library = bibtexparser.parse_string(
        (CORPUS / name).read_text(encoding="utf-8")
    )
    assert library.failed_blocks == []
    return {
        entry.key: {field.key: field.value for field in entry.fields}
        for entry in library.entries
    }


def test_every_file_has_a_record() -> None:
    named = {fields["file"] for fields in records("sources.bib").values()}
    there = {path.name for path in (CORPUS / "sources").iterdir()}
    assert named == there


def test_every_record_of_a_source_has_people() -> None:
    for key, fields in records("sources.bib").items():
        assert fields.get("author") or fields.get("editor"), key


@pytest.mark.parametrize(
    "field",
    ["title", "year", "institution", "address", "keywords", "langid", "file"],
)
def test_every_record_of_a_source_has_this_field(field: str) -> None:
    assert [
        key
        for key, fields in records("sources.bib").items()
        if not fields.get(field)
    ] == []


def _name_of(text: Path) -> str:
    """The name of the file that a text becomes, without its ending."""
    return str(read_source(text).meta.get("file", text.stem))


def test_a_record_agrees_with_what_its_document_says() -> None:
    texts = {_name_of(path): path for path in TEXTS.glob("*.md")}
    for key, fields in records("sources.bib").items():
        meta = read_source(texts[key]).meta
        assert str(meta["year"]) == fields["year"]
        assert fields["file"].startswith(key)
        people = fields.get("author") or fields["editor"]
        assert all(name.split()[-1] in people for name in meta["authors"])


def test_literature_holds_at_least_eighty_works_with_author_title_and_year() -> (
    None
):
    works = records("literature.bib")
    assert len(works) >= 80
    assert [
        key
        for key, fields in works.items()
        if not (fields.get("author") or fields.get("editor"))
    ] == []
    assert [
        key
        for key, fields in works.items()
        if not re.fullmatch(r"(19|20)\d\d", fields["year"])
    ] == []
    assert len(
        {(fields["title"], fields["year"]) for fields in works.values()}
    ) == len(works)


def test_works_cited_by_the_essay_without_reference_list_are_in_the_literature() -> (
    None
):
    """The essay says, for example, 'Tronto (1993)' and '(Rawls, 1971.

    Lipsky, 1980)' and has no list.
    """
    body = read_source(TEXTS / "zandstra2017keukentafel.md").markdown
    assert "Literatuur" not in body
    cited = re.findall(r"([A-Z][\w]+) \((\d{4})\)|([A-Z]\w+), (\d{4})", body)
    known = [
        (
            fields.get("author", "") + fields.get("shortauthor", ""),
            fields["year"],
        )
        for fields in records("literature.bib").values()
    ]
    assert len(cited) >= 10
    for narrative, year, inside, also in cited:
        assert any(
            (narrative or inside) in names and (year or also) == when
            for names, when in known
        )
