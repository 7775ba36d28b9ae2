"""One theme with its evidence, narrowed as the address asks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from werkzeug.datastructures import MultiDict

from kb.store import counts
from kb.store.evidence import (
    Evidence,
    EvidenceRow,
    counted,
    evidence_twice,
    narrowed,
)
from kb.themes.bands import BANDS
from kb.themes.measured import Counted, measured
from web import language, parameters
from web.formats import LIST_FORMATS
from web.generation import Generation
from web.pages.addresses import address_of
from web.pages.cards import PassageCard, ThemeChip, cards, chip, silent
from web.pages.home import per_theme
from web.pages.pager import Pager, pager, within
from web.pages.query_summary import value_name

PER_PAGE = 15  # some 100 kB where passages are long
BARS = 30  # values of a facet
TOGETHER = 8  # themes that go with this one
TAKEN = 200  # passages in a download
FEWEST_MEASURED = 10  # tags; of fewer a share says nothing
EVIDENT = (
    "finding",
    "recommendation",
    "respondent_quote",
    "figure",
    "definition",
    "policy",
)
FACETS = {
    "kind": "soort",
    "document": "document",
    "year": "jaar",
    "municipality": "gemeente",
}


@cache
def critical_words() -> tuple[str, ...]:
    """Words by which a passage is likely to report a setback."""
    text = files("web").joinpath("critical.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["words"])


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with its count, its share of the largest, and where choosing or undoing it
    leads.
    """

    name: str
    count: int
    length: float
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ThemePage:
    """All that the theme template shows."""

    theme: ThemeChip
    framework: str
    source: str
    definition: str
    includes: str
    excludes: str
    total: int
    shown: int
    bars: tuple[tuple[str, tuple[Bar, ...]], ...]
    kinds: tuple[Bar, ...]  # the kinds that carry evidence, in that order
    critical: Bar
    possible: Bar  # passages that are less surely evidence
    together: tuple[tuple[ThemeChip, int, str], ...]
    also: ThemeChip | None
    without_also: str
    chosen: tuple[tuple[str, str], ...]
    cards: tuple[PassageCard, ...]
    pager: Pager
    previous: ThemeChip | None
    following: ThemeChip | None
    exports: tuple[tuple[str, str], ...]
    taken: int  # passages in a download
    narrowed: Mapping[str, object]
    # In how many documents, years and municipalities the theme recurs.
    spread: Mapping[str, int]
    # How often it was right on texts the model had not seen; None for a user's own theme.
    measured: Counted | None


def evidence_of(
    code: str, args: MultiDict[str, str], known: Mapping[str, Any]
) -> Evidence:
    """Which evidence the address asks for."""
    year = parameters.number(args, "jaar", 0, 2200, -1)
    also = next(
        (
            c
            for c in known
            if c.lower() == args.get("met", "").lower() and c != code
        ),
        None,
    )
    return Evidence(
        theme=code,
        also=also,
        kind=parameters.clean(args.get("soort", "")) or None,
        document=parameters.clean(args.get("document", "")) or None,
        year=None if year < 0 else year,
        municipality=parameters.clean(args.get("gemeente", "")) or None,
        critical=args.get("tegenspraak") == "1",
        possible=args.get("ook") == "mogelijk",
    )


def address(evidence: Evidence, page: int = 1) -> str:
    """The address of the passages of `evidence`."""
    given = _parameters(evidence) | ({"pagina": page} if page > 1 else {})
    return address_of("themes.theme", {"code": evidence.theme, **given})


def _parameters(evidence: Evidence) -> dict[str, object]:
    """The parameters by which an address asks this evidence."""
    given = {
        "met": evidence.also,
        "soort": evidence.kind,
        "document": evidence.document,
        "jaar": evidence.year,
        "gemeente": evidence.municipality,
        "tegenspraak": "1" if evidence.critical else None,
        "ook": "mogelijk" if evidence.possible else None,
    }
    return {name: value for name, value in given.items() if value is not None}


def _with(evidence: Evidence, facet: str, value: Any) -> Evidence:
    changes: dict[str, Any] = {facet: value}
    return replace(evidence, **changes)


def _toggle(evidence: Evidence, facet: str, value: Any) -> Evidence:
    return _with(
        evidence, facet, None if getattr(evidence, facet) == value else value
    )


def _bars(
    generation: Generation, evidence: Evidence, facet: str
) -> tuple[Bar, ...]:
    """Values of a facet among what would be found without a choice in it."""
    rows = found_rows(generation, _with(evidence, facet, None))
    found = counted(rows, facet)
    if (
        facet == "year"
    ):  # newest first; other facets keep the most frequent first
        found.sort(key=lambda item: -item[0])
    most = max((count for _, count in found), default=1)
    return tuple(
        Bar(
            name=value_name(generation, facet, str(value)),
            count=count,
            length=round(100 * count / most, 1),
            address=address(_toggle(evidence, facet, value)),
            chosen=getattr(evidence, facet) == value,
        )
        for value, count in found[:BARS]
    )


def _kinds(generation: Generation, evidence: Evidence) -> tuple[Bar, ...]:
    """The kinds that carry evidence, with their counts."""
    rows = found_rows(generation, replace(evidence, kind=None))
    found = dict(counted(rows, "kind"))
    return tuple(
        Bar(
            name=value_name(generation, "kind", kind),
            count=found[kind],
            length=0,
            address=address(_toggle(evidence, "kind", kind)),
            chosen=evidence.kind == kind,
        )
        for kind in EVIDENT
        if kind in found
    )


def _critical(generation: Generation, evidence: Evidence) -> Bar:
    """Passages that report a setback, and the way to them or back."""
    rows = found_rows(generation, replace(evidence, critical=True))
    toggled = replace(evidence, critical=not evidence.critical)
    return Bar("", len(rows), 0, address(toggled), evidence.critical)


def _possible(generation: Generation, evidence: Evidence) -> Bar:
    """Passages less surely on the theme than what is shown, and the way to or from them."""
    every = found_rows(generation, replace(evidence, possible=True))
    shown = found_rows(generation, replace(evidence, possible=False))
    toggled = replace(evidence, possible=not evidence.possible)
    return Bar(
        "", len(every) - len(shown), 0, address(toggled), evidence.possible
    )


def _chosen(
    generation: Generation, evidence: Evidence
) -> tuple[tuple[str, str], ...]:
    """(name, address without it) of each choice."""
    chosen = []
    for facet in FACETS:
        value = getattr(evidence, facet)
        if value is not None:
            name = value_name(generation, facet, str(value))
            chosen.append((name, address(_toggle(evidence, facet, value))))
    return tuple(chosen)


def together(generation: Generation) -> Mapping[tuple[str, str], int]:
    """(theme, theme) → passages on both."""
    return generation.once(
        "together",
        lambda: counts.themes_together(generation.store, silent(generation)),
    )


def _together(
    generation: Generation, code: str
) -> tuple[tuple[ThemeChip, int, str], ...]:
    """The themes that most often stand on the same passages."""
    others = [
        (-count, other)
        for (theme, other), count in together(generation).items()
        if theme == code
    ]
    return tuple(
        (
            chip(generation, other),
            -negative,
            address(Evidence(code, also=other)),
        )
        for negative, other in sorted(others)[:TOGETHER]
    )


def _beside(
    generation: Generation, code: str
) -> tuple[ThemeChip | None, ThemeChip | None]:
    """The themes before and after this one."""
    codes = list(generation.frameworks.themes)
    at = codes.index(code)
    previous = chip(generation, codes[at - 1]) if at > 0 else None
    following = (
        chip(generation, codes[at + 1]) if at + 1 < len(codes) else None
    )
    return previous, following


def rows_on(
    generation: Generation, code: str, possible: bool = False
) -> list[EvidenceRow]:
    """All evidence on a theme, strongest first."""
    shown, every = generation.lasting(
        "evidence",
        lambda: evidence_twice(
            generation.store,
            code,
            critical_words(),
            BANDS["possible"],
            silent(generation),
        ),
        theme=code,
    )
    return every if possible else shown


def found_rows(
    generation: Generation, evidence: Evidence
) -> list[EvidenceRow]:
    """The evidence asked for, strongest first."""
    also: frozenset[str] = frozenset()
    if evidence.also:
        second = evidence.also
        also = generation.once(
            ("passages", second),
            lambda: frozenset(
                row.passage for row in rows_on(generation, second)
            ),
        )
    rows = rows_on(generation, evidence.theme, evidence.possible)
    return narrowed(rows, evidence, also)


def evidence_ids(
    generation: Generation,
    code: str,
    args: MultiDict[str, str],
    limit: int = TAKEN,
) -> list[str]:
    """Ids of the strongest passages that the address asks for.

    Raises UnknownThemeError.
    """
    theme = generation.frameworks.theme(code)
    evidence = evidence_of(theme.code, args, generation.frameworks.themes)
    return [row.passage for row in found_rows(generation, evidence)[:limit]]


def _own_first(card: PassageCard, code: str) -> PassageCard:
    """The card with the theme of the page first: a list shows only three."""
    themes = sorted(card.themes, key=lambda chip: chip.code != code)
    return replace(card, themes=tuple(themes))


def _spread(generation: Generation, code: str) -> Mapping[str, int]:
    """In how many documents, years and municipalities a theme recurs."""
    rows = rows_on(generation, code)
    facets = ("document", "year", "municipality")
    return {facet: len(counted(rows, facet)) for facet in facets}


def _measured(code: str) -> Counted | None:
    """How often a theme was right, where there were enough tags to say so."""
    counted = measured().themes.get(code)
    is_enough = counted is not None and counted.shown >= FEWEST_MEASURED
    return counted if is_enough else None


def theme_page(
    generation: Generation, code: str, args: MultiDict[str, str]
) -> ThemePage:
    """Raises UnknownThemeError."""
    theme = generation.frameworks.theme(code)
    framework = generation.frameworks.framework_of(code)
    chosen = language.chosen()
    evidence = evidence_of(theme.code, args, generation.frameworks.themes)
    rows = found_rows(generation, evidence)
    page = within(parameters.number(args, "pagina"), len(rows), PER_PAGE)
    ids = [
        row.passage for row in rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    ]
    previous, following = _beside(generation, theme.code)
    made = cards(generation, generation.store.passages(ids=ids))
    return ThemePage(
        theme=chip(generation, theme.code),
        framework=framework.name.say(chosen),
        source=framework.source,
        definition=theme.definition.say(chosen),
        includes=theme.includes.say(chosen) if theme.includes else "",
        excludes=theme.excludes.say(chosen) if theme.excludes else "",
        total=per_theme(generation).get(theme.code, 0),
        shown=len(rows),
        bars=tuple(
            (facet, _bars(generation, evidence, facet)) for facet in FACETS
        ),
        kinds=_kinds(generation, evidence),
        critical=_critical(generation, evidence),
        possible=_possible(generation, evidence),
        together=_together(generation, theme.code),
        also=chip(generation, evidence.also) if evidence.also else None,
        without_also=address(replace(evidence, also=None)),
        chosen=_chosen(generation, evidence),
        cards=tuple(_own_first(card, theme.code) for card in made),
        pager=pager(page, len(rows), PER_PAGE, lambda n: address(evidence, n)),
        previous=previous,
        following=following,
        exports=LIST_FORMATS,
        taken=min(len(rows), TAKEN),
        narrowed=_parameters(evidence),
        spread=_spread(generation, theme.code),
        measured=_measured(theme.code),
    )
