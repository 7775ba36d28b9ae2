"""The reading list lives with the reader; the server stores nothing.

A cookie of this corpus holds the ids, so that every page works without scripts. Notes
stay in the form of the list page, which every button sends along, and with scripts in
the storage of the browser. An address can hold both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Flask, Response, current_app, request
from werkzeug.datastructures import MultiDict

from kb.settings import Settings
from web.language import cookie_path
from web.parameters import clean, clean_lines

MAX_ITEMS, MAX_NOTE = 100, 2000  # characters of a note
MAX_COOKIE = 3800  # bytes; browsers keep 4096 with name and attributes
MAX_FORM = 1_500_000  # bytes: a hundred notes of 2,000 characters, each sent as %XX%XX
NOTE_FIELD = "n:"  # before the key of the item in the name of a form's field


@dataclass(frozen=True, slots=True)
class Item:
    """A saved passage ("p:ID") or work ("w:ID") with the reader's note."""

    key: str
    note: str = ""

    @property
    def kind(self) -> str:
        """ "p" or "w"."""
        return self.key[:1]

    @property
    def id(self) -> str:
        """The id of the passage or work."""
        return self.key[2:]


Items = tuple[Item, ...]


def is_key(key: str) -> bool:
    """Whether `key` can name an item."""
    return key[:2] in ("p:", "w:") and len(key) > 2


def _distinct(items: Sequence[Item]) -> Items:
    """Each item once, where it first stood, with the note it first had."""
    seen = {item.key: item for item in reversed(items)}
    keys = dict.fromkeys(item.key for item in items)
    return tuple(seen[key] for key in keys)[:MAX_ITEMS]


def from_pairs(pairs: Sequence[tuple[str, str]]) -> Items:
    """Items from address parameters: `i` begins an item, an `n` after it is its note."""
    found: list[Item] = []
    for name, value in pairs[: MAX_ITEMS * 2]:
        if name == "i" and is_key(value):
            found.append(Item(clean(value)))
        elif name == "n" and found and not found[-1].note:
            found[-1] = Item(found[-1].key, clean_lines(value, MAX_NOTE))
    return _distinct(found)


def to_pairs(items: Items) -> list[tuple[str, str]]:
    """The address parameters of `items`; `from_pairs` reads them back."""
    pairs = []
    for item in items:
        pairs.append(("i", item.key))
        if item.note:
            pairs.append(("n", item.note))
    return pairs


def to_query(items: Items) -> str:
    """The list as the query of an address."""
    return urlencode(to_pairs(items))


def from_query(query: str) -> Items:
    """The list in the query of an address; of any text some list."""
    return from_pairs(parse_qsl(query[:MAX_FORM], keep_blank_values=False))


def corpus_id(settings: Settings) -> str:
    """Tells the lists of two corpora on one host apart."""
    return sha256(str(settings.corpus_dir.resolve()).encode()).hexdigest()[:8]


def cookie_name() -> str:
    """The name of the cookie of this corpus."""
    return f"leeslijst-{current_app.extensions['kb_corpus_id']}"


def own() -> Items:
    """The reader's own list, from the cookie: without notes."""
    return from_query(request.cookies.get(cookie_name(), ""))


def shared() -> Items | None:
    """The list in the address, None when the address has none."""
    if "i" not in request.args:
        return None
    return from_query(request.query_string.decode("utf-8", "replace"))


def with_notes(items: Items, notes: Mapping[str, str]) -> Items:
    """`items` with the notes of a form."""
    return tuple(
        replace(item, note=notes.get(item.key, item.note)) for item in items
    )


def without_notes(items: Items) -> Items:
    """The ids alone."""
    return tuple(Item(item.key) for item in items)


def notes_of(form: MultiDict[str, str]) -> dict[str, str]:
    """Item key → the note that was typed for it."""
    found: dict[str, str] = {}
    for name in form:
        if name.startswith(NOTE_FIELD) and len(found) < MAX_ITEMS:
            found[name.removeprefix(NOTE_FIELD)] = clean_lines(
                form[name], MAX_NOTE
            )
    return found


def change(items: Items, action: str, keys: Sequence[str]) -> Items:
    """A list after one action.

    Args:
        items: the list as it was.
        action: voegtoe, verwijder, omhoog, omlaag, or orden (the keys in their new
            order); any other leaves the list as it is.
        keys: of the items it is about.
    """
    if action == "voegtoe":
        return _distinct([*items, *(Item(key) for key in keys if is_key(key))])
    if action == "verwijder":
        return tuple(item for item in items if item.key not in keys)
    if action == "orden":
        return _ordered(items, keys)
    if action in ("omhoog", "omlaag") and keys:
        return _moved(items, keys[0], -1 if action == "omhoog" else 1)
    return items


def _ordered(items: Items, keys: Iterable[str]) -> Items:
    """`items` in the order of `keys`; those that are not named come last."""
    place = {key: at for at, key in enumerate(keys)}
    return tuple(
        sorted(items, key=lambda item: place.get(item.key, len(place)))
    )


def _moved(items: Items, key: str, step: int) -> Items:
    """`items` with one of them a place higher (-1) or lower (1)."""
    keys = [item.key for item in items]
    if key not in keys:
        return items
    at = keys.index(key)
    moved = [item for item in items if item.key != key]
    moved.insert(max(0, at + step), items[at])
    return tuple(moved)


def fits(items: Items) -> bool:
    """Whether the ids of the list can be kept in the cookie."""
    return len(items) <= MAX_ITEMS and len(_cookie(items)) <= MAX_COOKIE


def _cookie(items: Items) -> str:
    return to_query(without_notes(items))


def keep(response: Response, items: Items) -> Response:
    """Put the ids in the reader's cookie, or take it away when the list is empty."""
    if items:
        response.set_cookie(
            cookie_name(),
            _cookie(items),
            max_age=31_536_000,
            path=cookie_path(),
            samesite="Lax",
            httponly=True,
            secure=request.is_secure,
        )
    else:
        response.delete_cookie(
            cookie_name(),
            path=cookie_path(),
            samesite="Lax",
            httponly=True,
            secure=request.is_secure,
        )
    return response


def same_site() -> bool:
    """Whether a form was sent from our own pages: others may not change a list."""
    site, origin = (
        request.headers.get("Sec-Fetch-Site"),
        request.headers.get("Origin"),
    )
    if site is not None:
        return site in ("same-origin", "none")
    return origin is None or origin.split("//")[-1] == request.host


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks: an action, the items it is about, and the list after it."""

    action: str
    keys: tuple[str, ...]
    items: Items


def asked_for(form: MultiDict[str, str]) -> Asked:
    """The reader's list after what the form asks, with the notes in the form.

    A button of the list page names action and item in one value: "omhoog p:abc".
    """
    action, _, key = clean(form.get("doe", "")).partition(" ")
    keys = (
        (key,)
        if key
        else tuple(clean(k) for k in form.getlist("i")[:MAX_ITEMS])
    )
    if action == "overneem":
        items = from_query(form.get("lijst", ""))
        return Asked(action, tuple(item.key for item in items), items)
    items = with_notes(own(), notes_of(form))
    return Asked(action, keys, change(items, action, keys))


def init_app(app: Flask, settings: Settings) -> None:
    """Tell every page what is on the list."""
    app.extensions["kb_corpus_id"] = corpus_id(settings)

    def frame() -> dict[str, Any]:
        items = own()
        return {
            "saved": frozenset(item.key for item in items),
            "saved_count": len(items),
            "corpus_id": app.extensions["kb_corpus_id"],
        }

    app.context_processor(frame)
