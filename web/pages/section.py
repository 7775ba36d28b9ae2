"""A literature section in the making: passages on a theme, chosen and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from kb.errors import sentence
from kb.export.cited import works_cited
from kb.export.draft import (
    MANY,
    ORDERS,
    Candidate,
    best,
    candidates,
    facts,
    headed,
    overlap,
)
from kb.export.selection import Group, Selection
from kb.records import Passage
from kb.store.evidence import alike
from web import language, parameters
from web.citation_strings import short_name
from web.generation import Generation
from web.pages.cards import (
    PassageCard,
    ThemeChip,
    cards,
    chip,
    chips,
    documents,
)
from web.pages.judged import judged
from web.pages.themes import (
    TAKEN,
    address,
    evidence_of,
    found_rows,
)

NUMBERS = (5, 10, 15, 25, 40)  # offered as the length of a section
SPARE = 40  # passages shown to choose from besides those chosen
ORDER_NAMES = {"kind": "soort", "document": "document", "year": "jaar"}
EVERY = "alle"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader asked: how many, in which order, and which by hand.

    `picked` is None until the reader chose passages; `many` 0 means all.
    """

    many: int
    order: str
    picked: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Part:
    """A group as the page shows it."""

    title: str
    facts: str
    cards: tuple[PassageCard, ...]


@dataclass(frozen=True, slots=True)
class SectionPage:
    """All that the template of a section shows."""

    theme: ThemeChip
    title: str
    choice: Choice
    parts: tuple[Part, ...]
    others: tuple[PassageCard, ...]
    left: int  # candidates that are not shown
    total: int
    chosen: int
    remarks: tuple[str, ...]
    back: str
    narrowed: Mapping[str, object]
    same: Mapping[str, tuple[tuple[Passage, str], ...]]


def choice_of(args: MultiDict[str, str]) -> Choice:
    """What the form asks; another length than before gives a new choice."""
    asked = args.get("aantal", str(MANY))
    many = (
        0
        if asked == EVERY
        else parameters.number(args, "aantal", 1, TAKEN, MANY)
    )
    by_value = {value: key for key, value in ORDER_NAMES.items()}
    order = by_value.get(args.get("volgorde", ""), ORDERS[0])
    by_hand = "was" in args and args["was"] == asked
    picked = (
        tuple(parameters.clean(id) for id in args.getlist("p")[:TAKEN])
        if by_hand
        else None
    )
    return Choice(many, order, picked)


def found_candidates(
    generation: Generation, code: str, args: MultiDict[str, str]
) -> tuple[Candidate, ...]:
    """What can be quoted of the evidence that the address asks for, best first.

    Raises UnknownThemeError.
    """
    theme = generation.frameworks.theme(code)
    evidence = evidence_of(theme.code, args, generation.frameworks.themes)
    taken = found_rows(generation, evidence)[:TAKEN]
    known = judged(generation, [row.passage for row in taken])
    rows = [row for row in taken if known[row.passage].quotable]
    ids = [row.passage for row in rows]
    critical = {row.passage for row in rows if row.critical}
    return candidates(
        generation.store.passages(ids=ids),
        lambda passage: passage.id in critical,
        _same(generation, ids),
        quotable=lambda _: True,
    )


def _same(
    generation: Generation, ids: Sequence[str]
) -> Mapping[str, tuple[Passage, ...]]:
    """Passage → the other passages that say the same."""
    same = alike(generation.store, ids)
    others = {other for found in same.values() for other in found}
    known = {p.id: p for p in generation.store.passages(ids=others)}
    return {
        id: tuple(known[other] for other in found if other in known)
        for id, found in same.items()
    }


def chosen_of(
    found: Sequence[Candidate], choice: Choice
) -> tuple[Candidate, ...]:
    """The candidates of a section: by hand, or else the best."""
    if choice.picked is not None:
        picked = frozenset(choice.picked)
        return tuple(one for one in found if one.passage.id in picked)
    return best(found, choice.many or len(found))


def _remarks(
    generation: Generation, code: str, passages: Sequence[Passage]
) -> tuple[str, ...]:
    """Which other themes the passages are on too."""
    tagged = chips(
        generation, generation.store.tags(passages=[p.id for p in passages])
    )
    themes = {id: [one.code for one in found] for id, found in tagged.items()}
    said = []
    for other, n in overlap(passages, themes, code):
        named = chip(generation, other)
        values = {
            "n": n,
            "total": len(passages),
            "theme": f"{named.code} {named.name}",
        }
        key = _overlap_key(n, len(passages))
        said.append(sentence(key, values, language.chosen()))
    return tuple(said)


def _overlap_key(n: int, total: int) -> str:
    """Which sentence tells that `n` of `total` passages are on another theme."""
    if total == 1:
        return "draft_overlap_single"
    if n == total:
        return "draft_overlap_all"
    return "draft_overlap_one" if n == 1 else "draft_overlap"


def _names(
    generation: Generation, passages: Iterable[Passage]
) -> dict[str, str]:
    known = documents(generation)
    ids = {p.document for p in passages}
    return {id: short_name(generation, known[id]) for id in ids if id in known}


def section_page(
    generation: Generation, code: str, args: MultiDict[str, str]
) -> SectionPage:
    """Raises UnknownThemeError."""
    theme = generation.frameworks.theme(code)
    said, known = language.chosen(), documents(generation)
    choice = choice_of(args)
    found = found_candidates(generation, theme.code, args)
    chosen = chosen_of(found, choice)
    ids = {one.passage.id for one in chosen}
    spare = [one.passage for one in found if one.passage.id not in ids]
    passages = [one.passage for one in chosen]
    names = _names(generation, passages)
    evidence = evidence_of(theme.code, args, generation.frameworks.themes)

    def part(title: str, members: Sequence[Candidate]) -> Part:
        own = [one.passage for one in members]
        counted = facts(own, known, names, said)
        return Part(title, counted, cards(generation, own))

    return SectionPage(
        theme=chip(generation, theme.code),
        title=_title(generation, theme.code),
        choice=choice,
        parts=tuple(
            part(heading.title, heading.candidates)
            for heading in headed(chosen, choice.order, known, said)
        ),
        others=cards(generation, spare[:SPARE]),
        left=max(0, len(spare) - SPARE),
        total=len(found),
        chosen=len(chosen),
        remarks=_remarks(generation, theme.code, passages),
        back=address(evidence),
        narrowed=_narrowed(args),
        same={
            one.passage.id: tuple(
                (other, short_name(generation, known[other.document]))
                for other in one.same
                if other.document in known
            )
            for one in chosen
            if one.same
        },
    )


def _narrowed(args: MultiDict[str, str]) -> Mapping[str, object]:
    """The parameters by which the theme was narrowed, to be sent along."""
    kept = (
        "met",
        "soort",
        "document",
        "jaar",
        "gemeente",
        "tegenspraak",
        "ook",
    )
    return {
        name: parameters.clean(args[name]) for name in kept if name in args
    }


def _title(generation: Generation, code: str) -> str:
    theme = chip(generation, code)
    return f"{theme.code} {theme.name}"


def section_selection(
    generation: Generation, code: str, args: MultiDict[str, str]
) -> Selection:
    """The section as it leaves: quotations under headings, with all that they cite.

    Raises UnknownThemeError.
    """
    theme = generation.frameworks.theme(code)
    choice = choice_of(args)
    chosen = chosen_of(found_candidates(generation, theme.code, args), choice)
    passages = [one.passage for one in chosen]
    known = documents(generation)
    elsewhere = [other for one in chosen for other in one.same]
    used = dict.fromkeys(p.document for p in [*passages, *elsewhere])
    headings = headed(chosen, choice.order, known, language.chosen())
    citing, works = works_cited(generation.store, passages, used)
    return Selection(
        documents=tuple(known[id] for id in used if id in known),
        groups=tuple(
            Group(h.title, tuple(one.passage for one in h.candidates))
            for h in headings
        ),
        title=_title(generation, theme.code),
        same={one.passage.id: one.same for one in chosen if one.same},
        citing=citing,
        cited=works,
        counted=True,
        remarks=_remarks(generation, theme.code, passages),
    )
