"""Which documents would look alike in the text, and how does APA tell them apart?

"Jansen et al., 2017" may stand for a collection, its essay and an article. APA adds names
where they differ ("Jansen, Veldboer, & Verharen, 2017") and letters where they do not
("2017a"). The letters are those of the whole corpus, so that a citation copied today and a
list exported tomorrow agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from kb.bibliography.csl_fields import families_of, people, year_of
from kb.citing.reading_list import bibliography
from kb.dutch.fold import fold
from kb.records import Csl, Formatted

Key = tuple[str, int | None]


def told_apart(
    alone: Sequence[Formatted],
    items: Sequence[Csl],
    style: str,
    language: str,
    conventions: str,
) -> list[Formatted]:
    """The strings of documents, with names or letters added where two look alike.

    Args:
        alone: the strings of each by itself.
        items: their CSL, in the same order, each with its `id`.
        style: name of a citation style.
        language: of the strings.
        conventions: nl, nl-ea or en.

    Raises:
        UnknownStyleError, PandocError
    """
    groups: dict[str, list[Csl]] = defaultdict(list)
    for form, csl in zip(alone, items, strict=True):
        groups[form.parenthetical].append(csl)
    alike = [
        csl for group in groups.values() if len(group) > 1 for csl in group
    ]
    if not alike:
        return list(alone)
    seconds = 30.0 + len(alike)
    made = bibliography(alike, style, language, conventions, seconds=seconds)
    apart = {form.work: form for form in made if form.reference}
    return [
        replace(apart[form.work], work=form.work)
        if form.work in apart
        else form
        for form in alone
    ]


def alike_key(csl: Csl) -> Key:
    """What two works share that may look alike: first author and year."""
    families = families_of(csl)
    literals = [
        str(n["literal"])
        for role in ("author", "editor")
        for n in people(csl, role)
        if n.get("literal")
    ]
    first = next(iter((*families, *literals)), str(csl.get("title", "")))
    return fold(first), year_of(csl)


def beside(
    chosen: Iterable[Csl], known: Iterable[Csl]
) -> list[dict[str, Any]]:
    """Those of `known` that are to be told apart from one of `chosen`, which are not in it."""
    items = list(chosen)
    ids = {str(csl["id"]) for csl in items}
    keys = {alike_key(csl) for csl in items}
    return [
        dict(csl)
        for csl in known
        if str(csl["id"]) not in ids and alike_key(csl) in keys
    ]
