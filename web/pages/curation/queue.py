"""One thing after another: a theme in doubt on a passage, a work that nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from kb.curation import State
from kb.curation.queues import (
    Asked,
    Progress,
    candidates,
    count_unknown,
    progress,
    unknown_works,
    waiting,
)
from kb.records import Citation, Passage, Tag, Work
from web.citation_strings import formatted, short_name
from web.generation import Generation
from web.highlighting import Mark, marked
from web.pages.cards import ThemeChip, chip, documents

CONTEXTS = 3  # passages that show how an unknown work is mentioned


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
    """A work known from mentions only, and what it may be."""

    work: Work | None
    name: str  # its title, or how it is mentioned
    version: str
    contexts: tuple[tuple[Passage, str], ...]
    candidates: tuple[tuple[Work, str], ...]
    left: int
    number: int


def unknown_page(
    generation: Generation, state: State, skip: int
) -> UnknownPage:
    """The next work that is known from mentions only, most mentioned first."""
    store = generation.store
    left = count_unknown(store)
    found = unknown_works(store, 1, skip)
    if not found:
        return UnknownPage(None, "", "", (), (), left, skip)
    work = found[0]
    cited = store.citations(work=work.id)
    ids = list(dict.fromkeys(c.passage for c in cited))[:CONTEXTS]
    passages = store.passages(ids=ids)
    known = documents(generation)
    likely = candidates(work, store.works())
    strings = formatted(generation, [other.id for other in likely])
    return UnknownPage(
        work=work,
        name=str(work.csl.get("title") or _mentioned(work, cited)),
        version=state.version(work.id),
        contexts=tuple(
            (p, short_name(generation, known[p.document])) for p in passages
        ),
        candidates=tuple(
            (other, strings[other.id].reference)
            for other in likely
            if other.id in strings
        ),
        left=left,
        number=skip,
    )


def _mentioned(work: Work, cited: Sequence[Citation]) -> str:
    """How a work without a title is called where it is mentioned first."""
    return cited[0].surface if cited else work.id
