"""REFI-QDA 1.5: `.qdc` is a codebook in XML, `.qdpx` a zip with a project and its texts.

Positions count characters (Unicode code points) of the text as it stands in the zip, in
UTF-8 with single line feeds.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from kb.errors import KbError
from kb.exchange.coding import Code, Coded, Project, Selection, Source, guid

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
_QDE, _FOLDER = "project.qde", "sources"
_PATH = re.compile(r"internal://(?:.*/)?([^/]+)")
# What XML cannot hold, and line ends that another program would count otherwise.
_NOT_XML = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
)
LARGEST = (
    500_000_000  # bytes of one unpacked file; more is no project of texts
)
_DATED = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # of files in the zip: the same project, the same bytes


class ExchangeFileError(KbError):
    code = "exchange_file"


def plain(text: str) -> str:
    """Text as it can stand in an exchange file: as many characters, or fewer line ends.

    >>> plain("een\\r\\ntwee\\x00")
    'een\\ntwee '
    """
    return _NOT_XML.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _unprefixed(namespace: str) -> Any:
    """The namespace of elements without a prefix; lxml's types know prefixes only."""
    return {None: namespace}


def write_codebook(codes: Iterable[Code]) -> bytes:
    """A `.qdc` file."""
    root = etree.Element(
        f"{{{CODEBOOK}}}CodeBook", nsmap=_unprefixed(CODEBOOK), origin="kb"
    )
    listed = etree.SubElement(root, f"{{{CODEBOOK}}}Codes")
    for code in codes:
        _add_code(listed, code, CODEBOOK)
    return _bytes(root)


def write_project(project: Project, when: datetime | None = None) -> bytes:
    """A `.qdpx` file.

    Args:
        project: what to write.
        when: the time it bears; by default now.
    """
    out = io.BytesIO()
    time = (when or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        _put(file, _QDE, _project_xml(project, time))
        for source in project.sources:
            text = plain(source.text).encode()
            _put(file, f"{_FOLDER}/{source.guid}.txt", text)
    return out.getvalue()


def _put(file: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _DATED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    file.writestr(entry, content)


def _project_xml(project: Project, time: str) -> bytes:
    users = project.users or ((guid("user", "kb"), "kb"),)
    maker = users[0][0]
    root = etree.Element(
        f"{{{PROJECT}}}Project",
        nsmap=_unprefixed(PROJECT),
        name=plain(project.name),
        origin="kb",
        creatingUserGUID=maker,
        creationDateTime=time,
    )
    people = _sub(root, "Users")
    for id, name in users:
        _sub(people, "User", guid=id, name=plain(name))
    if project.codes:
        listed = _sub(_sub(root, "CodeBook"), "Codes")
        for code in project.codes:
            _add_code(listed, code, PROJECT)
    if project.sources:
        sources = _sub(root, "Sources")
        for source in project.sources:
            _add_source(sources, source, maker, time)
    return _bytes(root)


def _sub(parent: etree._Element, tag: str, **values: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{PROJECT}}}{tag}", values)


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(
        root, xml_declaration=True, encoding="utf-8", pretty_print=True
    )


def _add_code(parent: etree._Element, code: Code, space: str) -> None:
    made = etree.SubElement(
        parent,
        f"{{{space}}}Code",
        guid=code.guid,
        name=plain(code.name),
        isCodable="true" if code.codable else "false",
    )
    if code.description:
        told = etree.SubElement(made, f"{{{space}}}Description")
        told.text = plain(code.description)
    for below in code.codes:
        _add_code(made, below, space)


def _add_source(
    parent: etree._Element, source: Source, maker: str, time: str
) -> None:
    made = _sub(
        parent,
        "TextSource",
        guid=source.guid,
        name=plain(source.name),
        plainTextPath=f"internal://{source.guid}.txt",
        creatingUser=maker,
        creationDateTime=time,
    )
    for at, selection in enumerate(source.selections):
        own = guid("selection", f"{source.guid}:{at}")
        chosen = _sub(
            made,
            "PlainTextSelection",
            guid=own,
            name=plain(source.text[selection.start : selection.end])[:80],
            startPosition=str(selection.start),
            endPosition=str(selection.end),
            creatingUser=maker,
            creationDateTime=time,
        )
        for coded in selection.codings:
            coding = _sub(
                chosen,
                "Coding",
                guid=guid("coding", f"{own}:{coded.code}:{coded.by}"),
                creatingUser=coded.by or maker,
                creationDateTime=time,
            )
            _sub(coding, "CodeRef", targetGUID=coded.code)


def read_codebook(content: bytes) -> tuple[Code, ...]:
    """The codes of a `.qdc` file. Raises ExchangeFileError."""
    return _codes_below(_parsed(content, "qdc"))


def read_project(content: bytes) -> Project:
    """The project of a `.qdpx` file, made here or by another program.

    Raises:
        ExchangeFileError: it is none, or cannot be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            names = {name.lower(): name for name in file.namelist()}
            if _QDE not in names:
                raise ExchangeFileError(detail=_QDE)
            root = _parsed(_unpacked(file, names[_QDE]), _QDE)
            texts = _texts(file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise ExchangeFileError(detail=str(error)) from None
    users = tuple(
        (_id(user), user.get("name", "")) for user in _all(root, "User")
    )
    sources = tuple(
        _source(found, texts) for found in _all(root, "TextSource")
    )
    return Project(root.get("name", ""), _codes_below(root), sources, users)


def _unpacked(file: zipfile.ZipFile, name: str) -> bytes:
    if file.getinfo(name).file_size > LARGEST:
        raise ExchangeFileError(detail=name)
    with file.open(name) as opened:
        found = opened.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise ExchangeFileError(detail=name)
    return found


def _texts(file: zipfile.ZipFile) -> Mapping[str, str]:
    """The plain texts of a project by bare name."""
    found = {}
    for name in file.namelist():
        if name.lower().endswith(".txt"):
            text = _unpacked(file, name).decode("utf-8-sig", "replace")
            own = name.rsplit("/", 1)[-1].lower()
            found[own] = text.replace("\r\n", "\n").replace("\r", "\n")
    return found


def _parsed(content: bytes, name: str) -> etree._Element:
    """XML without entities from elsewhere. Raises ExchangeFileError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ExchangeFileError(detail=f"{name}: {error}") from None


def _all(root: etree._Element, tag: str) -> list[etree._Element]:
    """Every element of a name, in whatever namespace."""
    return list(root.iter(f"{{*}}{tag}"))


def _id(element: etree._Element, name: str = "guid") -> str:
    return element.get(name, "").strip("{}").lower()


def _codes_below(root: etree._Element) -> tuple[Code, ...]:
    for listed in root.iter("{*}Codes"):
        return tuple(_code(code) for code in listed.iterchildren("{*}Code"))
    return ()


def _code(element: etree._Element) -> Code:
    told = element.findtext("{*}Description") or ""
    below = element.iterchildren("{*}Code")
    return Code(
        _id(element),
        element.get("name", ""),
        told,
        tuple(_code(code) for code in below),
        element.get("isCodable", "true") in ("true", "1"),
    )


def _source(element: etree._Element, texts: Mapping[str, str]) -> Source:
    path = _PATH.match(element.get("plainTextPath", ""))
    own = texts.get(path.group(1).lower(), "") if path else ""
    text = own or element.findtext("{*}PlainTextContent") or ""
    chosen = element.iterchildren("{*}PlainTextSelection")
    return Source(
        _id(element),
        element.get("name", ""),
        text,
        tuple(_selection(one) for one in chosen),
    )


def _selection(element: etree._Element) -> Selection:
    codings = tuple(
        Coded(_id(ref, "targetGUID"), _id(coding, "creatingUser"))
        for coding in element.iterchildren("{*}Coding")
        for ref in coding.iterchildren("{*}CodeRef")
    )
    start, end = (
        element.get("startPosition", ""),
        element.get("endPosition", ""),
    )
    if not (start.isdecimal() and end.isdecimal()):
        raise ExchangeFileError(detail=f"{start}–{end}")
    return Selection(int(start), int(end), codings)
