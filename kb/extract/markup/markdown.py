"""Markdown made ready for pandoc: what its front matter says becomes metadata and text.

Some sites keep whole pages in the fields of the front matter, with no text below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kb.extract.characters import visible
from kb.extract.markup import marks
from kb.extract.markup.prepared import Prepared
from kb.extract.plain_text import clean, decode

_FRONT = re.compile(
    r"\s*(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL
)
# Calls of a site's own program within its text (Hugo, Jekyll).
_SHORTCODE = re.compile(r"\{\{[<%].*?[%>]\}\}|\{%.*?%\}", re.DOTALL)
_LINE = re.compile(r"^([A-Za-z][\w-]{1,30}):[ \t]+(\S.*)$", re.MULTILINE)
# From the names of fields, Dutch and English, to those of CSL.
_FIELDS = {
    "title": "title",
    "titel": "title",
    "subtitle": "subtitle",
    "ondertitel": "subtitle",
    "author": "author",
    "authors": "author",
    "auteur": "author",
    "auteurs": "author",
    "date": "issued",
    "datum": "issued",
    "published": "issued",
    "publicatiedatum": "issued",
    "publisher": "publisher",
    "uitgever": "publisher",
    "organisatie": "publisher",
    "lang": "language",
    "language": "language",
    "taal": "language",
}
_HEADS = frozenset(
    (
        "title",
        "titel",
        "heading",
        "kop",
        "name",
        "naam",
        "label",
        "question",
        "vraag",
    )
)
# A summary stands beside the text of a page; where there is text it says it twice.
_SUMMARIES = frozenset(
    (
        "summary",
        "description",
        "excerpt",
        "samenvatting",
        "omschrijving",
        "teaser",
    )
)
_LEAST_BODY = 40  # words of a text that needs no summary
_LEAST_WORDS = 8  # of a field that is text rather than a setting
_DEEPEST = 8


def prepared_markdown(path: Path) -> Prepared:
    """The file at `path` made ready.

    Raises:
        OSError: it cannot be read.
    """
    return prepared_text(path.read_bytes())


def prepared_text(data: bytes) -> Prepared:
    """The same, of the bytes of a file."""
    text = marks.without(clean(decode(data)[0])).replace("\f", "\n\n")
    fields, text = _front_matter(_SHORTCODE.sub("", text))
    metadata = _metadata(fields)
    if len(text.split()) >= _LEAST_BODY:
        fields = {
            k: v for k, v in fields.items() if str(k).lower() not in _SUMMARIES
        }
    parts = [*_texts(fields), text]
    return Prepared("markdown", "\n\n".join(parts).encode(), metadata=metadata)


def _front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """The fields at the front of a text, and what stands below them."""
    match = _FRONT.match(text)
    if match is None:
        return {}, text
    fields = _fields(match.group(2), toml=match.group(1) == "+++")
    return (fields, text[match.end() :]) if fields else ({}, text)


def _fields(written: str, toml: bool) -> Mapping[str, Any]:
    """What the front matter says; of one with a fault, the lines that can be read."""
    import tomllib

    import yaml

    try:
        found = tomllib.loads(written) if toml else yaml.safe_load(written)
    except (
        tomllib.TOMLDecodeError,
        yaml.YAMLError,
        ValueError,
        RecursionError,
    ):
        found = {
            name.lower(): text.strip("\"'")
            for name, text in _LINE.findall(written)
        }
    return found if isinstance(found, dict) else {}


def _metadata(fields: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in fields.items():
        key = _FIELDS.get(str(name).lower())
        if key is None or not value or isinstance(value, dict):
            continue
        values = value if isinstance(value, list) else [value]
        texts = [visible(_name(item)).strip() for item in values]
        texts = [text for text in texts if text]
        if texts:
            found.setdefault(key, texts if key == "author" else texts[0])
    return found


def _name(item: Any) -> str:
    """A value as text; of a person described by fields, the name."""
    if isinstance(item, dict):
        return str(item.get("name") or item.get("naam") or "")
    return str(item)


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    """The text kept in fields, in their order, under headings that stand beside it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _texts(item, depth + 1)
    elif isinstance(value, dict):
        inner = list(_inner_texts(value, depth))
        head = next(
            (str(v) for k, v in value.items() if str(k).lower() in _HEADS), ""
        )
        if inner and head and depth:
            yield f"{'#' * min(6, depth + 1)} {' '.join(head.split())}"
        yield from inner
    elif isinstance(value, str) and _is_text(value):
        yield value


def _inner_texts(value: Mapping[Any, Any], depth: int) -> Iterator[str]:
    for key, inner in value.items():
        if str(key).lower() not in _HEADS:
            yield from _texts(inner, depth + 1)


def _is_text(value: str) -> bool:
    return len(value.split()) >= _LEAST_WORDS
