"""REFI-QDA: no code is lost on the way out and back, and a bad file is a sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kb.exchange import (
    Code,
    Coded,
    Project,
    Selection,
    Source,
    read_project,
    write_codebook,
    write_project,
)
from kb.exchange.coding import guid
from kb.exchange.refi import ExchangeFileError, plain, read_codebook

names = st.text(min_size=1, max_size=20)
code_ids = [guid("theme", f"T{n}") for n in range(4)]
codes = st.lists(
    st.builds(
        Code,
        st.sampled_from(code_ids),
        names,
        st.text(max_size=30),
        st.just(()),
        st.booleans(),
    ),
    max_size=4,
    unique_by=lambda code: code.guid,
)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """A text with selections anywhere in it."""
    text = plain(draw(st.text(min_size=1, max_size=60)))
    spans = draw(
        st.lists(
            st.tuples(
                st.integers(0, len(text)), st.integers(0, len(text))
            ).map(sorted),
            max_size=4,
        )
    )
    selections = tuple(
        Selection(
            start,
            end,
            (Coded(draw(st.sampled_from(code_ids)), guid("user", "Ans")),),
        )
        for start, end in spans
    )
    name = draw(names)
    return Source(guid("document", name), plain(name), text, selections)


@given(
    codes,
    st.lists(sources(), max_size=3, unique_by=lambda source: source.guid),
)
def test_no_code_is_lost_on_the_way_out_and_back(
    made: list[Code], texts: list[Source]
) -> None:
    users = ((guid("user", "Ans"), "Ans"),)
    project = Project("Wijkteams", tuple(made), tuple(texts), users)
    found = read_project(write_project(project))
    assert [c.guid for c in found.codes] == [c.guid for c in made]
    assert [c.codable for c in found.codes] == [c.codable for c in made]
    assert found.users == users
    for before, after in zip(texts, found.sources, strict=True):
        assert after.text == before.text
        assert after.selections == before.selections


def test_codes_below_codes_come_back() -> None:
    below = Code(guid("mention", "B7"), "B7 zijdelings")
    theme = Code(
        guid("theme", "B7"), "B7 Vakmanschap", "Over het vak.", (below,)
    )
    top = Code(guid("framework", "b"), "Beloften", "", (theme,), codable=False)
    assert read_codebook(write_codebook([top])) == (top,)
    assert read_project(write_project(Project("x", (top,)))).codes == (top,)


def test_a_project_made_again_is_the_same_to_the_byte() -> None:
    when = datetime(2026, 11, 30, tzinfo=UTC)
    project = Project("x", sources=(Source(guid("document", "d"), "d", "é𝄞"),))
    assert write_project(project, when) == write_project(project, when)


def zipped(**content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in content.items():
            file.writestr(name.replace("_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"geen zip",
        zipped(readme_txt=b"x"),
        zipped(project_qde=b"<Project"),
        zipped(
            project_qde=b'<Project><TextSource guid="1"><PlainTextSelection '
            b'startPosition="-1" endPosition="x"/></TextSource></Project>'
        ),
    ],
)
def test_what_is_no_project_is_told(content: bytes) -> None:
    with pytest.raises(ExchangeFileError) as error:
        read_project(content)
    assert error.value.sentence("nl")


def test_entities_of_a_file_are_not_fetched() -> None:
    evil = (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        b'<Project name="x"><Users><User guid="1" name="a"/></Users>'
        b"<CodeBook><Codes><Code guid='2' name='c'><Description>&e;"
        b"</Description></Code></Codes></CodeBook></Project>"
    )
    (code,) = read_project(zipped(project_qde=evil)).codes
    assert code.description == ""


def test_what_another_program_writes_is_read() -> None:
    """Upper-case ids in braces, a byte order mark, line ends of Windows."""
    qde = (
        '<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0" name="p">'
        '<CodeBook><Codes><Code guid="{ABCD}" name="B7 Vak" isCodable="true"/>'
        "</Codes></CodeBook><Sources>"
        '<TextSource guid="{EF}" name="d" plainTextPath="internal://EF.txt">'
        '<PlainTextSelection guid="9" startPosition="0" endPosition="3">'
        '<Coding guid="8"><CodeRef targetGUID="{ABCD}"/></Coding>'
        "</PlainTextSelection></TextSource></Sources></Project>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("project.qde", qde)
        file.writestr("Sources/EF.txt", b"\xef\xbb\xbfeen\r\ntwee")
    (source,) = read_project(out.getvalue()).sources
    assert source.text == "een\ntwee"
    assert source.selections == (Selection(0, 3, (Coded("abcd"),)),)


def test_elements_stand_in_the_order_of_the_standard() -> None:
    source = Source(guid("document", "d"), "d", "tekst")
    code = Code(guid("theme", "B7"), "B7")
    made = write_project(Project("x", (code,), (source,)))
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        root = etree.fromstring(file.read("project.qde"))
    tags = [etree.QName(child).localname for child in root]
    assert tags == ["Users", "CodeBook", "Sources"]
