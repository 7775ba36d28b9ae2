"""What is nearest to something that was sought by an id that does not exist?"""

from __future__ import annotations

from rapidfuzz import fuzz, process

from web.citation_strings import short_name
from web.generation import Generation
from web.pages.cards import chip, documents
from web.pages.works import most_cited, work_title

Nearest = tuple[tuple[str, str, str], ...]  # kind, id, name

MOST = 5
LIKE_ENOUGH = 50  # of 100; below it the names have little in common
WORKS_COMPARED = 2000  # the most cited ones: an error page must be quick


def _best(wanted: str, names: dict[str, str]) -> list[str]:
    """Ids whose names are most like `wanted`."""
    found = process.extract(
        wanted.lower(),
        {id: name.lower() for id, name in names.items()},
        scorer=fuzz.WRatio,
        limit=MOST,
        score_cutoff=LIKE_ENOUGH,
    )
    return [id for _, _, id in found]


def _themes(generation: Generation, wanted: str) -> Nearest:
    codes = generation.frameworks.themes
    names = {code: f"{code} {chip(generation, code).name}" for code in codes}
    return tuple(("theme", code, names[code]) for code in _best(wanted, names))


def _documents(generation: Generation, wanted: str) -> Nearest:
    known = documents(generation)
    names = {id: f"{id} {document.title}" for id, document in known.items()}
    found = []
    for id in _best(wanted, names):
        short = short_name(generation, known[id])
        found.append(("document", id, f"{short}. {known[id].title}"))
    return tuple(found)


def _works(generation: Generation, wanted: str) -> Nearest:
    works = most_cited(generation)[:WORKS_COMPARED]
    titles = {work.id: work_title(work) for work in works}
    names = {id: f"{id} {title}" for id, title in titles.items()}
    return tuple(("work", id, titles[id]) for id in _best(wanted, names))


_SOUGHT = {
    "unknown_theme": _themes,
    "unknown_document": _documents,
    "unknown_passage": _documents,
    "unknown_work": _works,
}


def nearest(generation: Generation, code: str, wanted: str) -> Nearest:
    """What is nearest to the `wanted` id; `code` is that of the error."""
    find = _SOUGHT.get(code)
    return find(generation, wanted) if find else ()
