"""Names, in the interface language, of what the records call by a code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

KINDS: Mapping[str, Any] = {
    "finding": _l("Bevinding"),
    "recommendation": _l("Aanbeveling"),
    "definition": _l("Definitie"),
    "respondent_quote": _l("Citaat van een respondent"),
    "figure": _l("Cijfer"),
    "method": _l("Onderzoeksmethode"),
    "policy": _l("Beleid"),
    "literature": _l("Literatuur"),
    "text": _l("Betoog"),
    "table": _l("Tabel"),
    "caption": _l("Bijschrift"),
    "footnote": _l("Voetnoot"),
    "question": _l("Vraag"),
    "contents": _l("Inhoudsopgave"),
    "colophon": _l("Colofon"),
    "reference": _l("Literatuurverwijzing"),
}

TYPES: Mapping[str, Any] = {
    "report": _l("Rapport"),
    "book": _l("Boek"),
    "chapter": _l("Hoofdstuk"),
    "article-journal": _l("Tijdschriftartikel"),
    "article-newspaper": _l("Krantenartikel"),
    "article-magazine": _l("Artikel"),
    "article": _l("Artikel"),
    "thesis": _l("Proefschrift of scriptie"),
    "speech": _l("Lezing"),
    "webpage": _l("Webpagina"),
    "post-weblog": _l("Weblog"),
    "legislation": _l("Wet"),
    "bill": _l("Kamerstuk"),
    "document": _l("Document"),
    "manuscript": _l("Manuscript"),
    "paper-conference": _l("Congresbijdrage"),
    "pamphlet": _l("Brochure"),
    "personal_communication": _l("Brief"),
}

FACETS: Mapping[str, Any] = {
    "theme": _l("Thema"),
    "kind": _l("Soort passage"),
    "document": _l("Document"),
    "author": _l("Auteur"),
    "year": _l("Jaar"),
    "municipality": _l("Gemeente"),
    "type": _l("Soort document"),
}

SORTS: Mapping[str, Any] = {"relevance": _l("Relevantie"), "year": _l("Jaar (nieuwste eerst)"), "page": _l("Volgorde in het document")}

HOW: Mapping[str, Any] = {
    "exact": _l("zoals gevraagd"),
    "stem": _l("zelfde stam"),
    "part": _l("deel van een samenstelling"),
    "synonym": _l("verwant woord"),
    "spelling": _l("andere spelling"),
    "phrase": _l("woorden bij elkaar"),
    "prefix": _l("begin van het woord"),
    "translation": _l("vertaling"),
}

FIELDS: Mapping[str, Any] = {
    "text": _l("in de tekst"),
    "section": _l("in de kop"),
    "title": _l("in de titel"),
    "theme": _l("in het thema"),
    "themes": _l("in het thema"),
}

ORIGINS: Mapping[str, Any] = {
    "rules": _l("aanwijzingen in de tekst"),
    "model": _l("getraind model"),
    "curator": _l("beoordeling door een curator"),
}

PLACES: Mapping[str, Any] = {
    "list": _l("literatuurlijst"),
    "footnote": _l("voetnoot"),
    "figure": _l("bronregel onder een figuur"),
    "slide": _l("dia"),
    "inline": _l("in de tekst"),
    "self": _l("over zichzelf"),
}


def name(names: Mapping[str, Any], code: str) -> str:
    """The name of `code`, or the code itself where it has none."""
    return str(names.get(code, code.replace("_", " ").replace("-", " ")))
