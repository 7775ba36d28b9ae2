"""What is nearest to something that was sought by an id that does not exist?"""

from __future__ import annotations

from rapidfuzz import fuzz, process

from web.citation_strings import short_name
from web.generation import Generation
from web.pages.cards import chip, documents
from web.pages.works import most_cited, work_title

Nearest = tuple[tuple[str, str, str], ...]


def _best(wanted: str, names: dict[str, str], limit: int = 5) -> list[str]:
    found = process.extract(
        wanted.lower(),
        {k: v.lower() for k, v in names.items()},
        scorer=fuzz.WRatio,
        limit=limit,
        score_cutoff=50,
    )
    return [key for _, _, key in found]


def nearest(generation: Generation, code: str, wanted: str) -> Nearest:
    """(kind, id, name) of what is nearest to the `wanted` id; `code` is the error's."""
    if code == "unknown_theme":
        names = {
            c: f"{c} {chip(generation, c).name}" for c in generation.frameworks.themes
        }
        return tuple(("theme", c, names[c]) for c in _best(wanted, names))
    if code in ("unknown_document", "unknown_passage"):
        names = {d.id: f"{d.id} {d.title}" for d in documents(generation).values()}
        return tuple(
            (
                "document",
                d,
                f"{short_name(generation, documents(generation)[d])}. {documents(generation)[d].title}",
            )
            for d in _best(wanted, names)
        )
    if code == "unknown_work":
        names = {w.id: f"{w.id} {work_title(w)}" for w in most_cited(generation)[:2000]}
        titles = {w.id: work_title(w) for w in most_cited(generation)[:2000]}
        return tuple(("work", w, titles[w]) for w in _best(wanted, names))
    return ()
