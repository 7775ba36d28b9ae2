"""The record of a document as a form, and what else is decided on a whole document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from kb.curation import State
from kb.curation.records import FIELDS, shown
from kb.errors import UnknownDocumentError
from kb.records import Document
from web.generation import Generation
from web.pages.cards import documents

HEADINGS = 200  # of a document that are offered to mend


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """All that the form of a document shows; `document` is None where it was withdrawn."""

    id: str
    document: Document | None
    fields: tuple[tuple[str, str, str], ...]  # name, label, value
    headings: tuple[str, ...]
    articles: tuple[tuple[Document, str], ...]  # with what was decided: "", …
    version: str
    decided: int


def labels() -> Mapping[str, str]:
    """The fields of a record as people call them."""
    return {
        "type": _("Soort document"),
        "title": _("Titel"),
        "author": _("Auteurs (Achternaam, Voornaam; …)"),
        "issued": _("Jaar of datum"),
        "publisher": _("Uitgever of instelling"),
        "publisher-place": _("Plaats"),
        "container-title": _("Tijdschrift of bundel"),
        "page": _("Pagina’s"),
        "volume": _("Jaargang"),
        "issue": _("Nummer"),
        "DOI": "DOI",
        "ISBN": "ISBN",
        "URL": "URL",
        "language": _("Taal"),
        "keyword": _("Trefwoorden"),
        "abstract": _("Samenvatting"),
    }


def document_form(
    generation: Generation, state: State, id: str
) -> DocumentForm:
    """The form of a document. Raises UnknownDocumentError."""
    known = documents(generation)
    document = known.get(id)
    if document is None and state.value("withdraw", id) is None:
        raise UnknownDocumentError(id=id)
    csl = document.csl if document else {}
    names = labels()
    passages = generation.store.passages(id) if document else []
    headings = dict.fromkeys(s for p in passages for s in p.section)
    articles = [d for d in known.values() if d.volume == id]
    return DocumentForm(
        id=id,
        document=document,
        fields=tuple(
            (name, names[name], shown(name, csl.get(name))) for name in FIELDS
        ),
        headings=tuple(headings)[:HEADINGS],
        articles=tuple(
            (d, state.value("volume", id, d.id) or "") for d in articles
        ),
        version=state.version(id),
        decided=len(state.history(id)),
    )
