"""How are these works cited together? A reading list in the style's order, namesakes and
years told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.citing.inlines import text_of
from kb.citing.pandoc import cited
from kb.citing.preparation import leading_role, prepared, with_initials
from kb.citing.style import LOCALES, prints_author, prints_initials, style_xml
from kb.citing.works import (
    CHUNK,
    cite_blocks,
    etal_of,
    forms_of,
    in_list,
    refs_of,
)
from kb.dutch.fold import fold
from kb.records import Csl, Formatted

# Works up to which one call does: telling namesakes apart costs the processor more than the
# square of a list.
TOGETHER = 60
BATCH = 40


def bibliography(
    items: Sequence[Csl],
    style: str = "apa",
    language: str = "nl",
    conventions: str = "nl",
    *,
    seconds: float = 20.0,
) -> list[Formatted]:
    """The works of one list in the style's order, with year letters and added initials.

    Args:
        items: CSL with an `id`.
        style: name of a citation style.
        language: of the list.
        conventions: nl, nl-ea or en.
        seconds: limit of one call; a long list takes several.

    Returns:
        Forms; a work the style does not list (personal communication) comes last, with an
        empty reference.

    Raises:
        UnknownStyleError, PandocError
    """
    works = list({str(csl["id"]): csl for csl in items}.values())
    if len(works) <= TOGETHER or not prints_author(style):
        return _together(
            works, style, language, conventions, seconds, alone=False
        )
    keys = {str(csl["id"]): first_name(csl, conventions) for csl in works}
    made = [
        f
        for part, alone in _parts(works, keys)
        for f in _together(
            part, style, language, conventions, seconds, alone=alone
        )
    ]
    return sorted(made, key=lambda f: (not f.reference, keys[f.work]))


def first_name(csl: Csl, conventions: str) -> str:
    """What a work is sorted by first, and all that can make two works look alike in the
    text: its first name, or its title."""
    record = prepared(csl, "", conventions)
    names = record.get(leading_role(record) or "") or [{}]
    text = (
        names[0].get("family")
        or names[0].get("literal")
        or record.get("title", "")
    )
    return re.sub(r"[\W_]+", " ", fold(str(text))).strip()


def _parts(
    works: Sequence[Csl], keys: Mapping[str, str]
) -> Iterator[tuple[list[Csl], bool]]:
    """Works whose first name no other has, to be formatted alone.

    Then those of namesakes, kept together, in batches.
    """
    groups: dict[str, list[Csl]] = {}
    for csl in works:
        groups.setdefault(keys[str(csl["id"])], []).append(csl)
    lone = [group[0] for group in groups.values() if len(group) == 1]
    yield from (
        (lone[start : start + CHUNK], True)
        for start in range(0, len(lone), CHUNK)
    )
    batch: list[Csl] = []
    for group in groups.values():
        if len(group) == 1:
            continue
        if batch and len(batch) + len(group) > BATCH:
            yield batch, False
            batch = []
        batch = [*batch, *group]
    if batch:
        yield batch, False


def _together(
    works: Sequence[Csl],
    style: str,
    language: str,
    conventions: str,
    seconds: float,
    *,
    alone: bool,
) -> list[Formatted]:
    """Works formatted in one call, in the style's order."""
    if not works:
        return []
    ids = [f"w{n}" for n in range(len(works))]
    records = [
        prepared(csl, id, conventions, language)
        for csl, id in zip(works, ids, strict=True)
    ]
    if prints_initials(style):
        records = [with_initials(record) for record in records]
    xml = style_xml(style, language, alone=alone, etal=etal_of(conventions))
    locale = LOCALES.get(language, language)
    out = cited(records, xml, locale, cite_blocks(ids), seconds=seconds)
    refs = {
        id: found
        for id, found in refs_of(out).items()
        if text_of(found).strip()
    }
    unlisted = [id for id in ids if id not in refs]
    made = []
    for id in (*refs, *unlisted):
        n = int(id.removeprefix("w"))
        forms = forms_of(out[2 * n : 2 * n + 2], refs.get(id, []), language)
        forms |= _all_named(forms, records[n], language)
        listed = {
            name: in_list(text, works, conventions)
            for name, text in forms.items()
        }
        made.append(Formatted(str(works[n]["id"]), style, language, **listed))
    return made


_LAST = {
    "nl": (", & {0}", " en {0}"),
    "en": (", & {0}", ", and {0}"),
}


def _all_named(
    forms: Mapping[str, str], record: Mapping[str, Any], language: str
) -> dict[str, str]:
    """In-text forms in which "et al." would stand for one author, with that author.

    APA 7 section 8.18: it is plural. The style has no way to say so.
    """
    names = record.get(leading_role(record) or "") or []
    families = [str(n.get("family") or n.get("literal") or "") for n in names]
    if len(families) < 3:
        return {}
    *shown, last = families
    abbreviated = re.compile(
        re.escape(", ".join(shown)) + r",? (?:et al\.|e\.a\.)"
    )
    behind = _LAST.get(language, _LAST["en"])
    found = {}
    for field, said in zip(
        ("parenthetical", "narrative"), behind, strict=True
    ):
        whole = ", ".join(shown) + said.format(last)
        instead = whole.replace("\\", r"\\")
        found[field] = abbreviated.sub(instead, forms[field], count=1)
    return found
