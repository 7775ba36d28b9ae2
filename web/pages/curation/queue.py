"""One thing after another: a theme in doubt on a passage, a work that nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import url_for
from markupsafe import Markup

from kb.curation import State
from kb.curation.queues import (
    Asked,
    Progress,
    count_unknown,
    progress,
    unknown_works,
    waiting,
)
from kb.records import Citation, Passage, Tag, Work
from web.citation_strings import short_name
from web.generation import Generation
from web.highlighting import Mark, marked
from web.pages.cards import ThemeChip, chip, documents
from web.pages.curation.work import Field, fields_of, others_than

CONTEXTS = 3  # passages that show how an unknown work is mentioned
# What tells a work: more can be filled in on its own page.
FILLED = ("title", "author", "issued", "type", "publisher", "DOI", "URL")


@dataclass(frozen=True, slots=True)
class Item:
    """A theme to decide on, in the passage that it is on."""

    passage: Passage
    short: str
    theme: ThemeChip
    definition: str
    tag: Tag
    html: Markup
    version: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The next of a queue, None at its end; `here` leads to the next, `after` past this."""

    asked: Asked
    theme: ThemeChip | None
    item: Item | None
    progress: Progress
    here: str
    after: str


def queue_page(
    generation: Generation, state: State, asked: Asked, bar: float, skip: int
) -> QueuePage:
    """The next passage of a queue.

    Args:
        generation: the index in use.
        state: what was decided.
        asked: which queue.
        bar: the probability from which a theme is shown.
        skip: how many the curator passed over.
    """
    known = generation.frameworks.themes
    found = waiting(generation.store, asked, bar, 1, skip)
    item = None
    if found and found[0][1] in known:
        item = _item(generation, state, *found[0])
    return QueuePage(
        asked=asked,
        theme=chip(generation, asked.theme) if asked.theme in known else None,
        item=item,
        progress=progress(generation.store, state, asked),
        here=_address(asked, skip),
        after=_address(asked, skip + 1),
    )


def _address(asked: Asked, skip: int) -> str:
    return url_for(
        "curation.queue",
        name=asked.name,
        thema=asked.theme or None,
        document=asked.document or None,
        over=skip or None,
    )


def _item(generation: Generation, state: State, id: str, theme: str) -> Item:
    from web import language

    store = generation.store
    passage = store.passage(id)
    tags = store.tags(passages=[id], theme=theme, shown=False)
    marks = [
        Mark(c.start, c.end, "mark", (("class", "cue"),)) for c in tags[0].cues
    ]
    defined = generation.frameworks.theme(theme).definition
    return Item(
        passage=passage,
        short=short_name(generation, documents(generation)[passage.document]),
        theme=chip(generation, theme, tags[0].score),
        definition=defined.say(language.chosen()),
        tag=tags[0],
        html=marked(passage.text, marks),
        version=state.version(id),
    )


@dataclass(frozen=True, slots=True)
class UnknownPage:
    """A work known from mentions only, and what it may be.

    Attributes:
        name: its title, or how it is mentioned.
        candidates: the works that it may be one with, or that were looked for.
        fields: of its record, for a work that nothing here describes.
        here: leads to the next, once this one is decided on.
        after: leads past it.
    """

    left: int
    here: str
    after: str
    query: str = ""
    work: Work | None = None
    name: str = ""
    version: str = ""
    contexts: tuple[tuple[Passage, str], ...] = ()
    candidates: tuple[tuple[Work, str], ...] = ()
    fields: tuple[Field, ...] = ()


def unknown_page(
    generation: Generation, state: State, skip: int, query: str
) -> UnknownPage:
    """The next work that is known from mentions only, most mentioned first.

    Args:
        generation: the index in use.
        state: what was decided.
        skip: how many the curator passed over.
        query: what she looks for among known works; "" where she does not.
    """
    store = generation.store
    page = UnknownPage(
        left=count_unknown(store),
        here=url_for("curation.unknown", over=skip or None),
        after=url_for("curation.unknown", over=skip + 1),
        query=query,
    )
    found = unknown_works(store, 1, skip)
    if not found:
        return page
    work = found[0]
    cited = store.citations(work=work.id)
    ids = list(dict.fromkeys(c.passage for c in cited))[:CONTEXTS]
    passages = store.passages(ids=ids)
    known = documents(generation)
    return replace(
        page,
        work=work,
        name=str(work.csl.get("title") or _mentioned(work, cited)),
        version=state.version(work.id),
        contexts=tuple(
            (p, short_name(generation, known[p.document])) for p in passages
        ),
        candidates=others_than(generation, work, query),
        fields=fields_of(work, FILLED),
    )


def _mentioned(work: Work, cited: Sequence[Citation]) -> str:
    """How a work without a title is called where it is mentioned first."""
    return cited[0].surface if cited else work.id
