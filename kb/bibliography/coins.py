"""How is a record said in an OpenURL? COinS, which Zotero reads from lists of works."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from kb.bibliography.csl_fields import date_parts, iso_date, people
from kb.bibliography.names import family_of, inverted
from kb.bibliography.zotero import first_and_last_page, zotero_type
from kb.records import Csl

Pair = tuple[str, str]

_BOOKS = {
    "book": "book",
    "chapter": "bookitem",
    "paper-conference": "proceeding",
} | {"report": "report"}
_JOURNALS = ("article-journal", "article-magazine", "article-newspaper")
_PARTS = ("chapter", "paper-conference")


def _format(name: str) -> Pair:
    return "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{name}"


def _genre_of(kind: str) -> str:
    """The OpenURL format of a CSL type: journal, book, dissertation, or Dublin Core."""
    if kind in _JOURNALS:
        return "journal"
    if kind in _BOOKS:
        return "book"
    return "dissertation" if kind == "thesis" else "dc"


def _titles(csl: Csl, kind: str) -> Iterator[Pair]:
    """Format, title, container and publisher, under the names of the format."""
    title, container = (
        str(csl.get("title", "")),
        str(csl.get("container-title", "")),
    )
    publisher = str(csl.get("publisher", ""))
    format_name = _genre_of(kind)
    yield _format(format_name)
    if format_name == "journal":
        yield from (
            ("rft.genre", "article"),
            ("rft.atitle", title),
            ("rft.jtitle", container),
        )
    elif format_name == "book":
        yield "rft.genre", _BOOKS[kind]
        if kind in _PARTS:
            yield from (("rft.atitle", title), ("rft.btitle", container))
        else:
            yield "rft.btitle", title
        yield "rft.pub", publisher
        yield "rft.place", str(csl.get("publisher-place", ""))
    elif format_name == "dissertation":
        yield from (("rft.title", title), ("rft.inst", publisher))
    else:
        yield from (("rft.type", zotero_type(csl)), ("rft.title", title))
        yield from (("rft.source", container), ("rft.publisher", publisher))


def _names(csl: Csl, kind: str) -> Iterator[Pair]:
    names = people(csl, "author") or (
        people(csl, "editor") if kind == "book" else []
    )
    for at, name in enumerate(names):
        if _genre_of(kind) == "dc":
            yield "rft.creator", inverted(name)
        elif name.get("literal"):
            yield "rft.aucorp", inverted(name)
        else:
            if at == 0:
                yield "rft.aufirst", str(name.get("given", ""))
                yield "rft.aulast", family_of(name)
            yield "rft.au", inverted(name)


def _numbers(csl: Csl) -> Iterator[Pair]:
    for issued in date_parts(csl, "issued")[:1]:
        yield "rft.date", iso_date(issued)
    first, last = first_and_last_page(csl)
    for name in ("volume", "issue", "edition"):
        yield f"rft.{name}", str(csl.get(name, ""))
    yield "rft.pages", str(csl.get("page", ""))
    yield "rft.spage", first
    yield "rft.epage", last
    for name in ("ISBN", "ISSN", "language"):
        yield f"rft.{name.lower()}", str(csl.get(name, ""))
    if csl.get("DOI"):
        yield "rft_id", f"info:doi/{csl['DOI']}"


def coins(csl: Csl) -> str:
    """The title attribute of an empty `<span class="Z3988">`, not yet escaped for HTML."""
    kind = str(csl.get("type", ""))
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        *_titles(csl, kind),
        *_names(csl, kind),
        *_numbers(csl),
        ("rft.identifier", str(csl.get("URL", ""))),
    ]
    return urlencode([(name, value) for name, value in pairs if value])
