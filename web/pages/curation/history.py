"""What was decided: of one thing with its present state, and of all, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import url_for
from flask_babel import gettext as _

from kb.curation import Event, Log, State, document_of
from kb.curation.lost import lost_decisions
from kb.curation.records import shown
from kb.records import Problem
from kb.store import Store
from web import words
from web.generation import Generation
from web.pages.curation.document import labels
from web.pages.pager import Pager, pager, within

PER_PAGE = 50
SHORT = 160  # characters of a value in a list
OF_CUT = 40  # characters that show where a passage was cut
OF_NAME = 80  # characters of a passage that tell which it is
OF_WORK = ("author", "title", "issued")


@dataclass(frozen=True, slots=True)
class Row:
    """An event for a reader: what it was about, from what to what, and whether it holds."""

    event: Event
    what: str
    before: str
    after: str
    holds: bool
    address: str
    name: str  # of what it was about, short: a passage goes by its document


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Every decision on one thing, newest first."""

    target: str
    name: str  # the beginning of a passage, the title of what has one
    rows: tuple[Row, ...]
    address: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of all decisions, and those that hang on nothing."""

    rows: tuple[Row, ...]
    total: int
    pager: Pager
    lost: tuple[Row, ...]
    problems: tuple[Problem, ...]


def kinds() -> Mapping[str, str]:
    """The kinds of decisions as people call them."""
    return {
        "theme": _("thema"),
        "kind": _("soort passage"),
        "text": _("tekst"),
        "part": _("in stukken"),
        "join": _("samengevoegd met de volgende"),
        "heading": _("kop"),
        "label": _("paginanummer"),
        "out": _("passage niet tonen"),
        "withdraw": _("document niet tonen"),
        "record": _("gegeven van het document"),
        "source": _("document toegevoegd"),
        "volume": _("deel van een bundel"),
        "citation": _("verwijzing"),
        "work": _("gegevens van een werk"),
        "merge": _("hetzelfde werk als"),
        "apart": _("een eigen werk"),
        "code": _("blind gecodeerd"),
        "settle": _("vastgesteld"),
    }


def _views() -> Mapping[str, str]:
    return {
        "evidence": _("bewijs"),
        "mention": _("noemt het kort"),
        "none": _("hoort er niet bij"),
    }


def value_in_words(event: Event, value: Any) -> str:
    """A value for a reader; "–" where the program's own view holds."""
    if value is None:
        return "–"
    if value is True:
        return str(_("ja"))
    say = _SAYS.get(event.kind, _as_written)
    return say(event, value) or "–"


def _view(_event: Event, value: Any) -> str:
    return _views().get(str(value), str(value))


def _kind(_event: Event, value: Any) -> str:
    return str(words.name(words.KINDS, str(value)))


def _source(event: Event, value: Any) -> str:
    is_file = isinstance(value, dict)
    return str(value.get("file", "")) if is_file else _as_written(event, value)


def _field(event: Event, value: Any) -> str:
    return shown(event.field, value)


def _record(event: Event, value: Any) -> str:
    if not isinstance(value, dict):
        return _as_written(event, value)
    told = (shown(name, value.get(name)) for name in OF_WORK)
    return ". ".join(text for text in told if text)


def _cuts(event: Event, places: Iterable[int]) -> str:
    """The words at which new passages begin, as the passage was when it was cut."""
    begins = (event.words[at : at + OF_CUT].strip() for at in places)
    return "; ".join(_("vóór “%(words)s…”", words=words) for words in begins)


def _as_written(_event: Event, value: Any) -> str:
    text = value if isinstance(value, str) else msgspec.json.encode(value)
    return text if isinstance(text, str) else text.decode()


_SAYS: Mapping[str, Callable[[Event, Any], str]] = {
    **dict.fromkeys(("theme", "code", "settle"), _view),
    "kind": _kind,
    "source": _source,
    "record": _field,
    "part": _cuts,
    "work": _record,
}


def what_of(event: Event) -> str:
    """What an event was about, in words: "thema B7", "Titel (gegeven van het document)"."""
    name = str(kinds().get(event.kind, event.kind))
    if not event.field:
        return name
    if event.kind == "citation":
        return f"{name} “{event.field.partition(':')[2]}”"
    label = labels().get(event.field)
    return f"{label} ({name})" if label else f"{name} {event.field}"


def row_of(state: State, event: Event) -> Row:
    """An event as a row of a list."""
    return Row(
        event,
        what_of(event),
        value_in_words(event, event.before)[:SHORT],
        value_in_words(event, event.after)[:SHORT],
        state.holds(event),
        url_for("curation.history", target=event.target),
        document_of(event.target) if event.words else event.target,
    )


def _open(events: Iterable[Event], reader: str) -> list[Event]:
    """Events without what others coded blind, newest first."""
    seen = [e for e in events if e.kind != "code" or e.by == reader]
    return seen[::-1]


def history_page(
    generation: Generation, state: State, target: str, reader: str
) -> HistoryPage:
    """Every decision on a passage, document or work that `reader` may see."""
    events = _open(state.history(target), reader)
    name, address = _found(generation.store, target)
    said_then = next((e.words for e in events if e.words), "")
    return HistoryPage(
        target,
        name or shortened(said_then) or target,
        tuple(row_of(state, event) for event in events),
        address,
    )


def _found(store: Store, target: str) -> tuple[str, str]:
    """What was decided on, and where a reader sees it; twice "" where it is not shown."""
    if passages := store.passages(ids=[target]):
        address = url_for("passages.passage", id=target)
        return shortened(passages[0].text), address
    if target in store.document_ids():
        address = url_for("documents.document", id=target)
        return store.document(target).title, address
    if works := store.works([target]):
        address = url_for("works.work", id=target)
        return str(works[0].csl.get("title", "")), address
    return "", ""


def shortened(text: str) -> str:
    """The beginning of a text, in whole words."""
    if len(text) <= OF_NAME:
        return text
    return text[:OF_NAME].rpartition(" ")[0] + "…"


def log_page(
    generation: Generation, log: Log, number: int, reader: str
) -> LogPage:
    """A page of the decisions, newest first."""
    state = log.follow()
    newest = _open(state.events, reader)
    total = len(newest)
    page = within(number, total, PER_PAGE)
    here = newest[(page - 1) * PER_PAGE : page * PER_PAGE]
    lost = generation.once(
        "lost", lambda: lost_decisions(state, generation.store)
    )
    return LogPage(
        tuple(row_of(state, event) for event in here),
        total,
        pager(
            page,
            total,
            PER_PAGE,
            lambda n: url_for("curation.log_book", pagina=n),
        ),
        tuple(row_of(state, event) for event in lost),
        tuple(log.problems),
    )
