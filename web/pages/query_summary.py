"""The question said back in words, so that a reader sees how it was understood."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from kb.search.question.fields import FIRST_YEAR, LAST_YEAR
from kb.search.request import Reading
from web import words
from web.citation_strings import short_name
from web.generation import Generation
from web.pages.cards import chip, documents

SAID = 8  # words of a question that are said back


def listed(names: Sequence[str], last: str) -> str:
    """ "a, b of c"."""
    return (
        names[0]
        if len(names) == 1
        else f"{', '.join(names[:-1])} {last} {names[-1]}"
    )


def value_name(generation: Generation, facet: str, value: str) -> str:
    """A facet's value as a reader knows it."""
    if facet == "theme":
        found = chip(generation, value)
        return (
            f"{found.code} {found.name}"
            if found.name != found.code
            else found.code
        )
    if facet == "kind":
        return words.name(words.KINDS, value)
    if facet == "type":
        return words.name(words.TYPES, value)
    if facet == "year":
        return _years(value)
    if facet == "figures":
        return str(_("met cijfers"))
    if facet == "document" and value in documents(generation):
        return short_name(generation, documents(generation)[value])
    return value


def _years(value: str) -> str:
    """A year, or a range of years in words."""
    low, dots, high = value.partition("..")
    if not dots or low == high:
        return low
    if high == str(LAST_YEAR):
        return str(_("vanaf %(year)s", year=low))
    if low == str(FIRST_YEAR):
        return str(_("tot en met %(year)s", year=high))
    return f"{low}–{high}"


def _filter_part(
    generation: Generation, facet: str, chosen: Sequence[str]
) -> str:
    names = listed(
        [value_name(generation, facet, value) for value in chosen], _("of")
    )
    shapes = {
        "theme": _("over %(names)s", names=names),
        "kind": _("van de soort %(names)s", names=names.lower()),
        "document": _("uit %(names)s", names=names),
        "author": _("van %(names)s", names=names),
        "year": _year_part(chosen, names),
        "figures": names,
        "municipality": _("over de gemeente %(names)s", names=names),
        "type": _(
            "uit documenten van de soort %(names)s", names=names.lower()
        ),
    }
    return str(shapes.get(facet, names))


def _year_part(chosen: Sequence[str], names: str) -> str:
    """ "uit 2015", "uit 2012–2014"; "vanaf 2016" says it by itself."""
    open_ended = any(
        value.startswith(f"{FIRST_YEAR}..") or value.endswith(f"..{LAST_YEAR}")
        for value in chosen
    )
    return names if open_ended else str(_("uit %(names)s", names=names))


def _words(reading: Reading) -> str:
    """The words asked for, each once; of a long question the first."""
    quoted = list(
        dict.fromkeys(
            f"‘{word}’" for word in (*reading.phrases, *reading.words)
        )
    )
    if len(quoted) > SAID + 1:
        return str(
            _(
                "%(words)s en nog %(n)s woorden",
                words=", ".join(quoted[:SAID]),
                n=len(quoted) - SAID,
            )
        )
    return listed(quoted, str(_joining(reading.operator))) if quoted else ""


def _joining(operator: str) -> str:
    """Between two words asked: all, any of them, or the more the better."""
    joining = {"and": _("en"), "any": _("of")}
    return str(joining.get(operator, _("en/of")))


def said_back(generation: Generation, reading: Reading) -> str:
    """ "Passages met ‘mandaat’, over B3 Anti-bureaucratisch, uit 2016"."""
    words_asked = _words(reading)
    parts = [_("met %(words)s", words=words_asked)] if words_asked else []
    if reading.excluded:
        parts.append(
            _(
                "zonder %(words)s",
                words=listed(
                    [f"‘{word}’" for word in reading.excluded], _("en")
                ),
            )
        )
    parts += [
        _filter_part(generation, facet, chosen)
        for facet, chosen in reading.filters.items()
        if chosen
    ]
    return str(
        _("Passages %(parts)s", parts=", ".join(parts))
        if parts
        else _("Alle passages")
    )
