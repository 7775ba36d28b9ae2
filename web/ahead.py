"""What is counted of a generation before its first reader comes.

Each of these is counted once and kept; whoever asks first would wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from flask import Flask

from kb.errors import LANGUAGES
from kb.search.request import SearchRequest
from web.citation_strings import strings_in, works_of_documents
from web.generation import Generation, Preparation
from web.pages.cards import newest, silent, slots, themes_per_document
from web.pages.documents import best_themes, passages_in
from web.pages.grids import per_value, themes_per_value, themes_per_year
from web.pages.home import per_theme, totals
from web.pages.judged import figures, judged
from web.pages.themes import FACETS, TAKEN, rows_on, together
from web.pages.works import most_cited

PORTION = 25  # passages read before readers go first: some 10 ms
GiveWay = Callable[[], None]


def open_search(generation: Generation) -> None:
    """Open the search engine, and ask it something. Raises NoIndexError."""
    generation.searcher.search(SearchRequest(query="wijkteam", per_page=1))


def read_templates(app: Flask) -> None:
    """Make the templates of all pages ready: the first reader of each would wait for it."""
    closed = () if "curation" in app.blueprints else ("curation/",)
    for name in app.jinja_env.list_templates():
        if not name.startswith(closed):
            app.jinja_env.get_template(name)


def count(generation: Generation, give_way: GiveWay) -> None:
    """Count all that pages ask of the whole of a generation."""
    for language in LANGUAGES:
        strings_in(generation, language)
    for known in (
        slots,
        silent,
        newest,
        totals,
        per_theme,
        together,
        works_of_documents,
        most_cited,
        passages_in,
        themes_per_document,
        themes_per_year,
        best_themes,
    ):
        give_way()
        known(generation)
    for facet in FACETS:
        give_way()
        per_value(generation, facet)
        themes_per_value(
            generation, facet
        )  # and so the evidence on each theme


def read(generation: Generation, give_way: GiveWay) -> None:
    """Look what can be taken from the passages that are evidence on a theme.

    First from those that a section begins with, then in which of all are figures.
    """
    by_theme = [
        [row.passage for row in rows_on(generation, code)]
        for code in generation.frameworks.themes
    ]
    for look, most in ((judged, TAKEN), (figures, None)):
        # Most passages are evidence on several themes: each is looked at once.
        ids = dict.fromkeys(id for found in by_theme for id in found[:most])
        for few in _parts(list(ids)):
            give_way()
            look(generation, few)


def _parts(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[at : at + PORTION] for at in range(0, len(ids), PORTION)]


def preparation(give_way: GiveWay) -> Preparation:
    """What is done with a generation before readers ask for it.

    Args:
        give_way: called between portions of work; waits while readers are answered.
    """
    counting = partial(count, give_way=give_way)
    return Preparation(open_search, counting, partial(read, give_way=give_way))
