"""Names, in the interface language, of what the records call by a code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from kb.records import Tag
from kb.themes.bands import band_of
from web.language import chosen

KINDS: Mapping[str, Any] = {
    "finding": _l("Bevinding"),
    "recommendation": _l("Aanbeveling"),
    "definition": _l("Definitie"),
    "respondent_quote": _l("Citaat van een respondent"),
    "figure": _l("Cijfer"),
    "method": _l("Onderzoeksmethode"),
    "policy": _l("Beleid"),
    "literature": _l("Literatuur"),
    "text": _l("Overige tekst"),
    "table": _l("Tabel"),
    "caption": _l("Bijschrift"),
    "footnote": _l("Voetnoot"),
    "question": _l("Vraag"),
    "contents": _l("Inhoudsopgave"),
    "colophon": _l("Colofon"),
    "reference": _l("Literatuurverwijzing"),
}

# What a kind means: in a tooltip, and on the page about the site.
MEANINGS: Mapping[str, Any] = {
    "finding": _l("Wat onderzoek of een evaluatie heeft gevonden."),
    "recommendation": _l("Wat de auteurs aanraden."),
    "definition": _l("Wat met een woord wordt bedoeld."),
    "respondent_quote": _l("Wat iemand in een gesprek of vragenlijst zei."),
    "figure": _l("Een bevinding die vooral uit getallen bestaat."),
    "method": _l("Hoe het onderzoek is gedaan."),
    "policy": _l(
        "Wat een overheid of organisatie wil, afspreekt of voorschrijft."
    ),
    "literature": _l("Wat anderen volgens dit document hebben geschreven."),
    "text": _l("Lopende tekst die niet duidelijk van een andere soort is."),
    "table": _l("Een tabel."),
    "caption": _l("De tekst bij een tabel of figuur."),
    "footnote": _l("Een noot onderaan de bladzijde of achterin."),
    "question": _l("Een onderzoeksvraag of een vraag uit een vragenlijst."),
    "contents": _l("Een inhoudsopgave."),
    "colophon": _l("Wie het document heeft gemaakt en uitgegeven."),
    "reference": _l("Een regel uit een literatuurlijst."),
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
    "document": _l("Ander document"),
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
    "figures": _l("Cijfers"),
}

# Kinds of passages that a reader looks for together.
KIND_GROUPS: Sequence[tuple[Any, tuple[str, ...]]] = (
    (_l("Bevindingen"), ("finding", "figure", "table", "caption")),
    (_l("Beleid"), ("policy", "recommendation")),
    (_l("Respondenten"), ("respondent_quote",)),
    (_l("Literatuur"), ("literature", "reference")),
    (_l("Definities"), ("definition",)),
    (_l("Onderzoeksmethode"), ("method",)),
    (
        _l("Overige tekst"),
        ("text", "footnote", "question", "contents", "colophon"),
    ),
)

SORTS: Mapping[str, Any] = {
    "relevance": _l("Relevantie"),
    "year": _l("Nieuwste"),
    "page": _l("Per document"),
    "theme": _l("Sterkste op het thema"),
}

HOW: Mapping[str, Any] = {
    "exact": _l("letterlijk"),
    "stem": _l("verbuiging"),
    "part": _l("samenstelling"),
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

GENRES: Mapping[str, Any] = {
    "law": _l("Wetten en verordeningen"),
    "news": _l("Nieuws"),
    "opinion": _l("Blogs en betogen"),
    "policy": _l("Beleid van gemeenten en rijk"),
    "practice": _l("Handreikingen en verslagen uit de praktijk"),
    "programme": _l("Programma’s van partijen"),
    "research": _l("Onderzoek"),
    "report": _l("Rapporten en jaarverslagen"),
    "student": _l("Werk van studenten"),
    "letter": _l("Brieven"),
    "other": _l("Andere teksten"),
}

ORIGINS: Mapping[str, Any] = {
    "rules": _l("aanwijzingen in de tekst"),
    "model": _l("getraind model"),
    "curator": _l("beoordeling door de redactie"),
}

# How sure a tag is.
BANDS: Mapping[str, Any] = {
    "almost_certain": _l("vrijwel zeker"),
    "probable": _l("waarschijnlijk"),
    "possible": _l("twijfel"),
    "mention": _l("noemt het kort"),
}

# What the tagger adds up.
LAYERS: Mapping[str, Any] = {
    "rules": _l("aanwijzingen"),
    "cues": _l("aanwijzingen"),
    "rivals": _l("verwante thema’s"),
    "section": _l("koppen"),
    "around": _l("passages ernaast"),
    "passage": _l("soort passage"),
    "field": _l("onderwerp en wie genoemd wordt"),
    "record": _l("hoe vaak deze aanwijzingen klopten"),
    "wording": _l("woordkeus"),
    "theme": _l("zeldzaamheid van het thema"),
    "model": _l("model"),
    "curator": _l("redactie"),
}

# What kb.citations says of a link, piece by piece.
REASONS: Mapping[str, Any] = {
    "author": _l("auteur"),
    "author, spelled differently": _l("auteur, anders gespeld"),
    "authors, in another order": _l("auteurs, in andere volgorde"),
    "one of the authors": _l("een van de auteurs"),
    "a common surname": _l("een veelvoorkomende naam"),
    "authors differ": _l("andere auteurs"),
    "no authors": _l("geen auteurs"),
    "publisher": _l("uitgever"),
    "number": _l("nummer"),
    "other number": _l("ander nummer"),
    "year": _l("jaar"),
    "no year": _l("geen jaar"),
    "year differs": _l("ander jaar"),
    "year differs by one": _l("een jaar ernaast"),
    "other letter at the year": _l("andere letter bij het jaar"),
    "title": _l("titel"),
    "title differs": _l("andere titel"),
    "literature.bib": _l("uit literature.bib"),
    "document of the corpus": _l("document in deze kennisbank"),
    "list of another document": _l("uit de lijst van een ander document"),
    "from another list of the document": _l(
        "uit een andere lijst van dit document"
    ),
    "the same as in the note before": _l("hetzelfde als in de noot ervoor"),
    "an article in this volume": _l("een artikel in deze bundel"),
    "more than one work of these authors": _l(
        "meer dan een werk van deze auteurs"
    ),
    "no entry fits": _l("geen bron past"),
    "ambiguous": _l("niet eenduidig"),
    "too weak": _l("te onzeker"),
}


def reasons(said: str) -> str:
    """Why a citation was linked, or not, in the language of the interface.

    Ids and years in brackets are left out.
    """
    parts = re.split(
        r"; |: ", re.sub(r"(ambiguous): [^;]*|\s*\(\d{4}\)", r"\1", said)
    )
    return ", ".join(name(REASONS, part) for part in parts)


# What the report card counts.
CARD: Mapping[str, Any] = {
    "pages_without_text": _l("Bladzijden zonder tekst"),
    "ocr_confidence": _l("Zekerheid van de tekstherkenning"),
    "dictionary_share": _l("Woorden die in het woordenboek staan"),
    "words": _l("Woorden"),
    "passages": _l("Passages"),
    "headings": _l("Koppen"),
    "headings_in_contents": _l("Koppen uit de inhoudsopgave teruggevonden"),
    "label_conflicts": _l("Paginanummers die terugspringen"),
    "paragraphs_without_end": _l("Alinea’s zonder einde"),
    "tables": _l("Tabellen"),
    "footnotes": _l("Voetnoten"),
    "references": _l("Literatuurverwijzingen"),
    "images": _l("Afbeeldingen"),
    "repairs": _l("Herstelde woorden"),
    "reader": _l("Lezer"),
}
SHARES = (
    "ocr_confidence",
    "dictionary_share",
    "headings_in_contents",
)  # of the card: between 0 and 1

PLACES: Mapping[str, Any] = {
    "list": _l("literatuurlijst"),
    "footnote": _l("voetnoot"),
    "figure": _l("bronregel onder een figuur"),
    "slide": _l("dia"),
    "inline": _l("in de tekst"),
    "self": _l("over zichzelf"),
}


LIKELY = (0.9, 0.7)  # scores of a citation's source


def likely(score: float) -> str:
    """How sure the source of a citation is, in words."""
    sure, probable = LIKELY
    if score >= sure:
        return name(BANDS, "almost_certain")
    return name(BANDS, "probable" if score >= probable else "possible")


def certainty(tag: Tag) -> str:
    """How sure a tag is, in words; only a trained model's score is a probability."""
    if tag.origin == "model":
        return name(BANDS, band_of(tag.score))
    return name(ORIGINS, tag.origin)


def name(names: Mapping[str, Any], code: str) -> str:
    """The name of `code`, or the code itself where it has none."""
    if code not in names:
        return code.replace("_", " ").replace("-", " ")
    key = (chosen(), id(names), code)
    if key not in _said:
        _said[key] = str(names[code])
    return _said[key]


# By language, table and code: a page of results asks for a hundred names.
_said: dict[tuple[str, int, str], str] = {}
