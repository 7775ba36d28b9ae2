"""From a form to decisions: what is asked, on what, and what stands there now."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from kb.curation import Event, State, new_event
from kb.curation.events import LONGEST_TEXT
from kb.curation.records import FIELDS, typed
from kb.curation.works import field_of
from kb.dutch import sentences
from kb.errors import (
    UnknownDocumentError,
    UnknownPassageError,
    UnknownWorkError,
)
from kb.records import Citation, Passage, Work
from kb.store import Store
from web.parameters import clean, clean_lines

OF_PASSAGE = ("theme", "kind", "text", "part", "join", "out", "citation")
TELLING = ("title", "DOI", "ISBN", "URL")  # one tells which work is meant
_SHORT = 500  # characters of a heading, a label, a field of a record
_YES = ("join", "out", "withdraw", "apart")
_NONE = (
    "-"  # what a form sends to take a decision back to the program's own view
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks: decisions of one kind on one thing."""

    kind: str
    target: str
    values: Mapping[str, Any]  # by field


def asked_for(form: MultiDict[str, str]) -> Asked:
    """What a button, or a form with fields, says.

    A button names kind, field and value at once, as JSON: ["theme", "B7", "none"]; what
    it leaves out is typed in `veld` and `waarde`.

    Raises:
        ValueError: it says nothing that can be.
    """
    said = json.loads(form.get("doe", "[]"))
    if not isinstance(said, list) or not said:
        raise ValueError("doe")
    parts = [str(part) for part in said[:3]]
    kind, target = parts[0], clean(form.get("doel", ""), _SHORT)
    if kind in ("record", "work") and len(parts) == 1:
        return Asked(kind, target, _record(kind, form))
    field = parts[1] if len(parts) > 1 else clean(form.get("veld", ""), _SHORT)
    if len(parts) > 2:
        return Asked(kind, target, {field: _value(kind, parts[2])})
    if kind == "part":
        return Asked(kind, target, {field: _numbers(form)})
    return Asked(kind, target, {field: _value(kind, form.get("waarde", ""))})


def _value(kind: str, said: str) -> Any:
    if said == _NONE:
        return None
    if kind in _YES:
        return True if said else None
    if kind == "text":
        return clean_lines(said, LONGEST_TEXT)
    return clean(said, _SHORT)


def _numbers(form: MultiDict[str, str]) -> tuple[int, ...]:
    """The sentences, counted from 1, at which a new passage begins."""
    said = form.getlist("zin")[:200]
    return tuple(sorted({int(n) for n in said if n.isdecimal()}))


def _record(kind: str, form: MultiDict[str, str]) -> dict[str, Any]:
    """The fields of a record that were typed: by field, or one record of a work."""
    found = {
        name: typed(name, form[f"r:{name}"][: _SHORT * 8])
        for name in FIELDS
        if f"r:{name}" in form
    }
    if kind == "record":
        return found
    if not any(found.get(name) for name in TELLING):
        raise ValueError(_("de titel ontbreekt"))
    return {"": {k: v for k, v in found.items() if v not in ("", [])}}


def events_of(
    store: Store, state: State, asked: Asked, by: str, note: str
) -> list[Event]:
    """The events of a decision; none where it changes nothing.

    Raises:
        UnknownPassageError, UnknownDocumentError, UnknownWorkError: it is on nothing.
        ValueError: a value that its kind cannot have.
    """
    passage = _checked(store, state, asked)
    events = []
    for field, after in asked.values.items():
        before = standing(store, asked.kind, asked.target, field)
        decided = state.value(asked.kind, asked.target, field)
        made = _offsets(passage, after) if asked.kind == "part" else after
        if _says_nothing(asked.kind, made, decided, before):
            continue
        event = new_event(
            asked.kind,
            asked.target,
            made,
            by=by,
            field=field,
            before=before,
            note=note,
            words=passage.text[:LONGEST_TEXT] if passage else "",
        )
        events.append(event)
    return events


def _says_nothing(kind: str, made: Any, decided: Any, before: Any) -> bool:
    """Whether a decision changes nothing; to confirm a theme is a decision too."""
    confirms = kind != "theme" and decided is None and made == before
    return bool(made == decided or confirms)


def _checked(store: Store, state: State, asked: Asked) -> Passage | None:
    """The passage that a decision is on; that other things exist."""
    known_to_log = bool(state.history(asked.target))
    try:
        return _CHECKS.get(asked.kind, _document)(store, asked)
    except (UnknownPassageError, UnknownDocumentError, UnknownWorkError):
        # What was kept out, joined or merged is not shown, and can still be decided on.
        if known_to_log:
            return None
        raise


def _passage(store: Store, asked: Asked) -> Passage:
    return store.passage(asked.target)


def _document(store: Store, asked: Asked) -> None:
    store.document(asked.target)


def _work(store: Store, asked: Asked) -> None:
    store.work(asked.target)
    into = asked.values.get("")
    if asked.kind == "merge" and isinstance(into, str):
        store.work(into)


def _entry(store: Store, asked: Asked) -> None:
    if not store.references(ids=[asked.target]):
        raise UnknownWorkError(id=asked.target)


_Check = Callable[[Store, Asked], Passage | None]
_CHECKS: Mapping[str, _Check] = {
    **dict.fromkeys((*OF_PASSAGE, "code", "settle"), _passage),
    "work": _work,
    "merge": _work,
    "apart": _entry,
}


def _offsets(passage: Passage | None, numbers: Sequence[int]) -> list[int]:
    """Where the sentences of these numbers begin."""
    spans = sentences.spans(passage.text) if passage else []
    return [spans[n - 1][0] for n in numbers if 2 <= n <= len(spans)]


def standing(store: Store, kind: str, target: str, field: str) -> Any:
    """What stands there now in the eyes of a reader, for the history of it."""
    reader = _STANDING.get(kind)
    try:
        return reader(store, target, field) if reader else None
    except (UnknownPassageError, UnknownDocumentError, UnknownWorkError):
        return None


def _theme(store: Store, target: str, field: str) -> str:
    for tag in store.tags(passages=[target], shown=False):
        if tag.theme == field:
            return "evidence" if tag.evidence else "mention"
    return "none"


def cited(store: Store, target: str, field: str) -> Citation | None:
    """The citation that a decision names."""
    for citation in store.citations(passages=[target]):
        if field_of(citation) == field:
            return citation
    return None


def _link(store: Store, target: str, field: str) -> str | None:
    found = cited(store, target, field)
    return found.work if found else None


def _field(store: Store, target: str, field: str) -> Any:
    return store.document(target).csl.get(field, "")


def _record_of(store: Store, target: str, field: str) -> Any:
    work: Work = store.work(target)
    return dict(work.csl)


_STANDING: Mapping[str, Callable[[Store, str, str], Any]] = {
    "theme": _theme,
    "kind": lambda store, target, field: store.passage(target).kind,
    "text": lambda store, target, field: store.passage(target).text,
    "citation": _link,
    "record": _field,
    "heading": lambda store, target, field: field,
    "work": _record_of,
}
