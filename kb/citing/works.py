"""How is each work cited by itself? References and in-text forms, many works in one
call, remembered by their contents."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from kb.citing.inlines import html_of, inlines_of, text_of
from kb.citing.pandoc import Ast, PandocError, cite, cited
from kb.citing.preparation import (
    prepared,
    raised_names,
    restored,
    small_particle,
)
from kb.citing.style import LOCALES, prints_author, style_xml
from kb.records import Csl, Formatted

CHUNK = 250  # works in one pandoc process: about six seconds
_FORMAT = (
    "5"  # raise when the forms change, so that remembered ones are made anew
)
_FIELDS = ("reference", "reference_html", "parenthetical", "narrative")


def etal_of(conventions: str) -> str:
    """ "et al.", or "e.a." under the conventions "nl-ea"."""
    return "e.a." if conventions == "nl-ea" else "et al."


def refs_of(
    blocks: Sequence[Ast], *, numbered: bool = True
) -> dict[str, list[dict[str, Any]]]:
    """Inlines of each entry of the reference list, by the id of its work, in the list's
    order; with or without its number."""
    for block in blocks:
        if block["t"] == "Div" and block["c"][0][0] == "refs":
            entries = {
                str(d["c"][0][0]).removeprefix("ref-"): inlines_of(d)
                for d in block["c"][1]
                if d["t"] == "Div"
            }
            return (
                entries
                if numbered
                else {
                    id: [i for i in inlines if not _is_number(i)]
                    for id, inlines in entries.items()
                }
            )
    return {}


def _is_number(inline: dict[str, Any]) -> bool:
    return inline["t"] == "Span" and "csl-left-margin" in inline["c"][0][1]


def before_note(inlines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a note style puts in the running text, where it puts anything there."""
    return [i for i in inlines if i["t"] != "Note"] or inlines


def in_list(text: str, items: Sequence[Csl], conventions: str) -> str:
    """Particles behind a full first name back in small letters: "Nico De Boer" becomes
    "Nico de Boer"."""
    for printed, right in (
        pair for csl in items for pair in raised_names(csl, conventions)
    ):
        text = text.replace(printed, right)
    return text


def without_brackets(text: str) -> str:
    """ "(De Boer, 2015)" without its outer brackets."""
    return text[1:-1] if text[:1] + text[-1:] in ("()", "[]") else text


def in_sentence(text: str, language: str) -> str:
    """A narrative form: the style's own "&" is "en" or "and" in running text.

    One in a name stays.
    """
    return restored(
        small_particle(
            text.replace("&", {"nl": "en", "en": "and"}.get(language, "&"))
        )
    )


def narrative_of(narrative: str, parenthetical: str) -> str:
    """The narrative form; where the style has none, the one in brackets turned around:
    "Wmo 2015 (2014)"."""
    turned = re.match(r"(.+), ((?:\d|z\.d\.|n\.d\.|in )[^,]*)$", parenthetical)
    return (
        f"{turned[1]} ({turned[2]})"
        if narrative == f"({parenthetical})" and turned
        else narrative
    )


def _surely(
    items: Sequence[Csl], style: str, language: str, conventions: str
) -> list[dict[str, str]]:
    """Forms of all works; one that pandoc refuses is found by halving and gets its bare
    title and year."""
    try:
        return _formatted(items, style, language, conventions)
    except PandocError:
        if len(items) > 1:
            half = len(items) // 2
            return [
                f
                for part in (items[:half], items[half:])
                for f in _surely(part, style, language, conventions)
            ]
        _formatted(
            [], style, language, conventions
        )  # raises again where pandoc itself is what fails
        return [_bare(items[0], language)]


def _bare(csl: Csl, language: str) -> dict[str, str]:
    title = str(csl.get("title") or csl.get("id") or "–")
    year = {"nl": "z.d.", "en": "n.d."}.get(language, "n.d.")
    return dict(
        zip(
            _FIELDS,
            (
                f"{title}.",
                f"{escape(title, quote=False)}.",
                f"{title}, {year}",
                f"{title} ({year})",
            ),
            strict=True,
        )
    )


def cite_blocks(ids: Sequence[str]) -> list[Ast]:
    """Two paragraphs a work: its citation in brackets, and the one in a sentence."""
    return [
        {"t": "Para", "c": [cite([id], narrative=narrative)]}
        for id in ids
        for narrative in (False, True)
    ]


def forms_of(
    paragraphs: Sequence[Ast], reference: list[dict[str, Any]], language: str
) -> dict[str, str]:
    """All strings of a work, from its two paragraphs and its entry in the list.

    This is the one place where a citation becomes a string.
    """
    in_brackets, in_text = (inlines_of(paragraph) for paragraph in paragraphs)
    parenthetical = small_particle(without_brackets(text_of(in_brackets)))
    narrative = in_sentence(text_of(before_note(in_text)), language)
    parenthetical = restored(parenthetical)
    return {
        "reference": restored(text_of(reference)).strip(),
        "reference_html": restored(html_of(reference), "&amp;").strip(),
        "parenthetical": parenthetical,
        "narrative": narrative_of(narrative, parenthetical),
    }


def _formatted(
    items: Sequence[Csl], style: str, language: str, conventions: str
) -> list[dict[str, str]]:
    ids = [f"w{n}" for n in range(len(items))]
    records = [
        prepared(csl, id, conventions, language)
        for csl, id in zip(items, ids, strict=True)
    ]
    xml = style_xml(style, language, alone=True, etal=etal_of(conventions))
    locale = LOCALES.get(language, language)
    out = cited(
        records, xml, locale, cite_blocks(ids), seconds=60 + len(items)
    )
    refs = refs_of(out, numbered=False)
    forms = [
        forms_of(out[2 * n : 2 * n + 2], refs.get(id, []), language)
        for n, id in enumerate(ids)
    ]
    if not prints_author(style) and style != "apa":
        _take_in_text(forms, _formatted(items, "apa", language, conventions))
    return [
        {
            field: in_list(text, [csl], conventions)
            for field, text in form.items()
        }
        for form, csl in zip(forms, items, strict=True)
    ]


def _take_in_text(
    forms: list[dict[str, str]], apa: list[dict[str, str]]
) -> None:
    """In-text forms of APA for a style that prints numbers or notes there."""
    for form, other in zip(forms, apa, strict=True):
        form["parenthetical"] = other["parenthetical"]
        form["narrative"] = other["narrative"]


def content_key(csl: Csl, style: str) -> str:
    """SHA-256 of all that decides a work's forms: its record but for the id, and the
    fingerprint of the style."""
    said = {k: v for k, v in csl.items() if k != "id"}
    return hashlib.sha256(
        (style + json.dumps(said, sort_keys=True, default=str)).encode()
    ).hexdigest()


def style_key(style: str, language: str, conventions: str) -> str:
    """SHA-256 of a style as edited, with the conventions. Raises UnknownStyleError."""
    xml = style_xml(style, language, alone=True, etal=etal_of(conventions))
    return hashlib.sha256(
        "\n".join((_FORMAT, xml, conventions)).encode()
    ).hexdigest()


class _Memory:
    """Forms already made, one JSON file a style and language; an unreadable file is begun anew."""

    def __init__(self, folder: Path | None, name: str) -> None:
        self.path = folder / f"{name}.json" if folder else None
        self.forms: dict[str, dict[str, str]] = {}
        if self.path and self.path.is_file():
            try:
                loaded = json.loads(self.path.read_text(encoding="utf-8"))
                self.forms = {
                    k: v
                    for k, v in loaded.items()
                    if all(isinstance(v.get(f), str) for f in _FIELDS)
                }
            except (OSError, ValueError, AttributeError):
                self.forms = {}

    def save(self, used: set[str]) -> None:
        if self.path:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            aside = self.path.with_name(f".{self.path.name}.{os.getpid()}")
            aside.write_text(
                json.dumps(
                    {k: v for k, v in self.forms.items() if k in used},
                    ensure_ascii=False,
                ),
                encoding="utf-8",
            )
            os.replace(aside, self.path)


def format_works(
    items: Sequence[Csl],
    style: str = "apa",
    language: str = "nl",
    conventions: str = "nl",
    *,
    cache_dir: Path | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> list[Formatted]:
    """Reference and in-text forms of each work, in the order given.

    A style that prints numbers or notes gets APA's in-text forms: by itself a work has no
    number.

    Args:
        items: CSL with an `id`.
        style: name of a citation style.
        language: of the forms.
        conventions: nl, nl-ea or en.
        cache_dir: where forms are kept, and used again while a record does not change.
        on_progress: called with how many are done, and of how many.

    Raises:
        UnknownStyleError, PandocError
    """
    fingerprint = style_key(style, language, conventions)
    memory = _Memory(cache_dir, f"{style}-{language}-{conventions}")
    keys = [content_key(csl, fingerprint) for csl in items]
    fresh = {
        key: csl
        for key, csl in zip(keys, items, strict=True)
        if key not in memory.forms
    }
    waiting = list(fresh)
    for start in range(0, len(waiting), CHUNK):
        chunk = waiting[start : start + CHUNK]
        memory.forms |= zip(
            chunk,
            _surely([fresh[k] for k in chunk], style, language, conventions),
            strict=True,
        )
        if on_progress:
            on_progress(min(start + CHUNK, len(waiting)), len(waiting))
    if fresh:
        memory.save(set(keys))
    return [
        Formatted(str(csl["id"]), style, language, **memory.forms[key])
        for csl, key in zip(items, keys, strict=True)
    ]
