"""How does it leave the house? A selection of documents, works and passages in a format
of others."""

from __future__ import annotations

from kb.bibliography import bibtex, csl_json, ris
from kb.bibliography.tables import format_tables
from kb.errors import UnknownFormatError
from kb.export.annotations import notes_of
from kb.export.choosing import choose
from kb.export.selection import Group, Selection

FORMATS = ("bibtex", "ris", "csl-json", "apa", "docx", "markdown")


def media_type(format: str) -> str:
    """Media type of a format; text is UTF-8. Raises UnknownFormatError."""
    return str(_media(format)[0])


def suffix(format: str) -> str:
    """File suffix of a format, e.g. ".bib". Raises UnknownFormatError."""
    return str(_media(format)[1])


def _media(format: str) -> list[str]:
    if format not in FORMATS:
        raise UnknownFormatError(format=format, known=", ".join(FORMATS))
    found: list[str] = format_tables()["media"][format]
    return found


def render(
    format: str,
    selection: Selection,
    style: str = "apa",
    language: str = "nl",
    conventions: str = "nl",
    personal: bool = False,
) -> bytes:
    """The selection in a format, as the bytes of a file.

    Args:
        format: one of FORMATS.
        selection: what is exported.
        style: a CSL style.
        language: of headings and connecting words.
        conventions: for particles and et al.
        personal: whether passages with names or addresses of persons keep their words.

    Raises UnknownFormatError, UnknownStyleError, PandocError.
    """
    _media(format)
    if not personal:
        selection = selection.away_from_home(language)
    if format == "bibtex":
        records = {
            document.id: document.bib for document in selection.documents
        }
        notes = notes_of(selection, style, language, conventions)
        text = bibtex(selection.items(), records, notes)
        return text.encode("utf-8", "replace")
    plain = {"ris": ris, "csl-json": csl_json}.get(format)
    if plain:
        notes = notes_of(selection, style, language, conventions)
        return plain(selection.items(), notes).encode("utf-8", "replace")
    from kb.export import section

    if format == "docx":
        return section.docx(selection, style, language, conventions)
    made = section.apa if format == "apa" else section.markdown
    return made(selection, style, language, conventions).encode(
        "utf-8", "replace"
    )


__all__ = [
    "FORMATS",
    "Group",
    "Selection",
    "choose",
    "media_type",
    "render",
    "suffix",
]
