"""Documents, passages and themes as they appear in lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from kb.citing import has_certain_page
from kb.citing.locator import page_range
from kb.citing.quotation import Quotation
from kb.dutch import sentences
from kb.dutch.analysis import tokens
from kb.errors import LANGUAGES
from kb.passages.personal import away_from_home
from kb.records import Document, Passage, Tag
from kb.store import counts
from kb.store.evidence import silent_passages
from web import language
from web.citation_strings import quotation_of, short_name
from web.generation import Generation
from web.pages.addresses import quick

FIRST, LONG = (
    600,
    900,
)  # characters: a longer passage shows its first sentences
THEMES = 5  # on a card
COLOURS = 8  # of frameworks


@dataclass(frozen=True, slots=True)
class ThemeChip:
    """A theme on a passage; `slot` is the colour of its framework, from 0."""

    code: str
    name: str
    slot: int
    address: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class PassageCard:
    """A passage in a list, with its document, where it is printed, its strongest themes and
    how to quote it.
    """

    passage: Passage
    document: Document
    short: str
    html: Markup
    themes: tuple[ThemeChip, ...]
    quotation: Quotation
    address: str = ""
    sheet: str = ""  # address of the page image with the passage marked on it
    also_in: tuple[tuple[Passage, str], ...] = ()
    also_more: int = 0  # other places where the same is said
    rest: str = ""  # what follows `html` under "lees verder"


def page_ref(passage: Passage) -> str:
    """Where a passage stands, for a margin or a list: "p. 19", "pp. vi-vii".

    A page that was worked out is marked: "≈ p. 28". For want of a label the sheet of
    the file; "" where there is neither.
    """
    page = page_range(passage, language.chosen())
    if page:
        return page if has_certain_page(passage) else f"≈ {page}"
    return f"{_('blad')} {passage.page}" if passage.page > 1 else ""


def sheet_address(passage: Passage, document: Document) -> str:
    """Where the passage is shown on an image of its page.

    "" for files without pages to show.
    """
    file = document.file_at(passage.page)[0].lower()
    if not passage.boxes or not file.endswith(".pdf"):
        return ""
    if not document.downloadable:
        return ""
    return url_for(
        "documents.sheet",
        id=document.id,
        number=passage.page,
        passage=passage.id,
    )


def documents(generation: Generation) -> Mapping[str, Document]:
    """Every document by citekey."""
    return generation.lasting(
        "documents",
        lambda: {
            document.id: document for document in generation.store.documents()
        },
    )


def silent(generation: Generation) -> frozenset[str]:
    """Tagged passages that are evidence of nothing: captions, agendas, names alone."""
    store, personal = generation.store, generation.settings.personal_data

    def make() -> frozenset[str]:
        every = generation.lasting(
            "silent", lambda: silent_passages(store, personal)
        )
        if not generation.retagged:
            return every
        return every | silent_passages(store, personal, generation.retagged)

    return generation.once("silent", make)


def themes_per_document(
    generation: Generation,
) -> Mapping[tuple[str, str], int]:
    """(document, theme) → evidence passages."""
    return generation.once(
        "themes_per_document",
        lambda: counts.themes_per_document(
            generation.store, silent(generation)
        ),
    )


def newest(generation: Generation) -> tuple[Document, ...]:
    """Every document, newest first."""

    def rank(document: Document) -> tuple[int, str]:
        return -(document.year or 0), document.title

    def make() -> tuple[Document, ...]:
        return tuple(sorted(documents(generation).values(), key=rank))

    return generation.lasting("newest", make)


def slots(generation: Generation) -> Mapping[str, int]:
    """Theme code → colour of its framework."""

    def make() -> dict[str, int]:
        found = {}
        for slot, framework in enumerate(generation.frameworks):
            for theme in framework.themes:
                found[theme.code] = slot
        return found

    return generation.lasting("slots", make)


def chip(generation: Generation, code: str, score: float = 1.0) -> ThemeChip:
    """The theme of `code`; a code no framework has keeps its code as name."""
    theme = generation.frameworks.themes.get(code)
    name = theme.name.say(language.chosen()) if theme else code
    return ThemeChip(
        code,
        name,
        slots(generation).get(code, 0) % COLOURS,
        quick("themes.theme", "code", code),
        score,
    )


def named_themes(generation: Generation, text: str) -> tuple[ThemeChip, ...]:
    """The themes that a text names, by code or by whole name, in the order of the frameworks."""
    said = f" {_folded(text)} "
    names = generation.lasting("theme_names", lambda: _theme_names(generation))
    found = {code: None for name, code in names if f" {name} " in said}
    return tuple(chip(generation, code) for code in found)


def _theme_names(generation: Generation) -> tuple[tuple[str, str], ...]:
    """What themes are called, folded, with their codes."""
    return tuple(
        (_folded(name), theme.code)
        for theme in generation.frameworks.themes.values()
        for name in (theme.code, *map(theme.name.say, LANGUAGES))
    )


def _folded(text: str) -> str:
    """The words of a text as search compares them, with a space between."""
    return " ".join(token.folded for token in tokens(text))


def chips(
    generation: Generation, tags: Iterable[Tag]
) -> dict[str, tuple[ThemeChip, ...]]:
    """Passage id → its themes, strongest first."""
    found: dict[str, list[ThemeChip]] = {}
    for tag in tags:
        found.setdefault(tag.passage, []).append(
            chip(generation, tag.theme, tag.score)
        )
    return {
        passage: tuple(sorted(themes, key=lambda t: -t.score))
        for passage, themes in found.items()
    }


def elsewhere(generation: Generation, passage: Passage) -> Passage:
    """A passage as pages other than its own and its document's show it."""
    if generation.settings.personal_data:
        return passage
    return away_from_home(passage, language.chosen())


def parted(text: str) -> tuple[str, str]:
    """A long text in two at the end of a sentence.

    Returns:
        What is shown at once, and the rest: "" where all is shown, also when so little
        would be left that a click for it only annoys.
    """
    if len(text) <= LONG:
        return text, ""
    ends = [
        end for _start, end in sentences.spans(text) if FIRST <= end <= LONG
    ]
    at = ends[0] if ends else text.find(" ", FIRST)
    if at < 0 or len(text) - at < LONG - FIRST:
        return text, ""
    return text[:at], text[at:].lstrip()


def cards(
    generation: Generation,
    passages: Sequence[Passage],
    html: Mapping[str, Markup] | None = None,
) -> tuple[PassageCard, ...]:
    """A card for each passage, in their order; `html` replaces the text of some."""
    given = html or {}
    themes = chips(
        generation, generation.store.tags(passages=[p.id for p in passages])
    )
    known = documents(generation)

    def card(passage: Passage) -> PassageCard:
        document = known[passage.document]
        passage, told = elsewhere(generation, passage), passage.text
        if passage.id in given and passage.text == told:
            first, rest = given[passage.id], ""
        else:
            text, rest = parted(passage.text)
            first = Markup.escape(text)
        return PassageCard(
            passage=passage,
            document=document,
            short=short_name(generation, document),
            html=first,
            rest=rest,
            themes=themes.get(passage.id, ())[:THEMES],
            quotation=quotation_of(generation, passage, document),
            address=quick("passages.passage", "id", passage.id),
            sheet=sheet_address(passage, document),
        )

    return tuple(
        card(passage) for passage in passages if passage.document in known
    )
