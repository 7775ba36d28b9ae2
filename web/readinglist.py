"""The reading list lives with the reader.

In the address, or in a cookie of at most 3.8 kB; the server stores nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Flask, Response, request
from werkzeug.datastructures import MultiDict

from kb.settings import Settings
from web.language import cookie_path
from web.parameters import clean

COOKIE = "leeslijst"
MAX_ITEMS, MAX_NOTE, MAX_COOKIE = 100, 300, 3800


@dataclass(frozen=True, slots=True)
class Item:
    """A saved passage ("p:ID") or work ("w:ID") with the reader's note."""

    key: str
    note: str = ""

    @property
    def kind(self) -> str:
        return self.key[:1]

    @property
    def id(self) -> str:
        return self.key[2:]


Items = tuple[Item, ...]


def _distinct(items: Sequence[Item]) -> Items:
    seen = {item.key: item for item in reversed(items)}
    return tuple(seen[key] for key in dict.fromkeys(item.key for item in items))[
        :MAX_ITEMS
    ]


def from_pairs(pairs: Sequence[tuple[str, str]]) -> Items:
    """Items from address parameters.

    `i` begins an item, an `n` after it is its note.
    """
    found: list[Item] = []
    for name, value in pairs[: MAX_ITEMS * 2]:
        if name == "i" and value[:2] in ("p:", "w:") and len(value) > 2:
            found.append(Item(clean(value)))
        elif name == "n" and found and not found[-1].note:
            found[-1] = Item(found[-1].key, clean(value, MAX_NOTE))
    return _distinct(found)


def to_pairs(items: Items) -> list[tuple[str, str]]:
    """The address parameters of `items`; `from_pairs` reads them back."""
    return [
        pair
        for item in items
        for pair in (("i", item.key), ("n", item.note))
        if pair[1]
    ]


def to_query(items: Items) -> str:
    return urlencode(to_pairs(items))


def from_query(query: str) -> Items:
    return from_pairs(
        parse_qsl(query[:200_000], max_num_fields=None, keep_blank_values=False)
    )


def own() -> Items:
    """The reader's own list, from the cookie."""
    return from_query(request.cookies.get(COOKIE, ""))


def shared() -> Items | None:
    """The list in the address, None when the address has none."""
    return (
        from_query(request.query_string.decode("utf-8", "replace"))
        if "i" in request.args
        else None
    )


def change(items: Items, action: str, key: str, note: str = "") -> Items:
    """`items` after adding, removing, moving or annotating the one with `key`."""
    keys = [item.key for item in items]
    if action == "voegtoe":
        return from_pairs([*to_pairs(items), ("i", key)])
    if key not in keys:
        return items
    at, rest = keys.index(key), [item for item in items if item.key != key]
    if action == "noteer":
        return tuple(
            Item(key, clean(note, MAX_NOTE)) if item.key == key else item
            for item in items
        )
    if action in ("omhoog", "omlaag"):
        rest.insert(max(0, at - 1) if action == "omhoog" else at + 1, items[at])
    return tuple(rest) if action in ("omhoog", "omlaag", "verwijder") else items


def fits(items: Items) -> bool:
    """Whether the list can be kept in the cookie."""
    return len(items) <= MAX_ITEMS and len(to_query(items)) <= MAX_COOKIE


def keep(response: Response, items: Items) -> Response:
    """Put the list in the reader's cookie.

    Or take the cookie away when the list is empty.
    """
    if items:
        response.set_cookie(
            COOKIE,
            to_query(items),
            max_age=31_536_000,
            path=cookie_path(),
            samesite="Lax",
            httponly=True,
            secure=request.is_secure,
        )
    else:
        response.delete_cookie(
            COOKIE,
            path=cookie_path(),
            samesite="Lax",
            httponly=True,
            secure=request.is_secure,
        )
    return response


def same_site() -> bool:
    """Whether a form was sent from our own pages.

    Other sites may not change a reader's list.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site in ("same-origin", "none")
    return origin is None or origin.split("//")[-1] == request.host


def asked_for(form: MultiDict[str, str]) -> tuple[Items, str]:
    """(the reader's list after what the form asks, key of the item it is about)."""
    action, key = clean(form.get("doe", "")), clean(form.get("i", ""))
    if action == "overneem":
        return from_query(form.get("lijst", "")), key
    return change(own(), action, key, form.get("n", "")), key


def init_app(app: Flask, settings: Settings) -> None:
    """Tell every page what is on the list."""

    def frame() -> dict[str, Any]:
        items = own()
        return {
            "saved": frozenset(item.key for item in items),
            "saved_count": len(items),
        }

    app.context_processor(frame)
