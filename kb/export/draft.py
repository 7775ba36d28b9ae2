"""How does a literature section begin? Passages chosen, ordered and put under headings.

A reader gets a start, no heap: the strongest of each part, near-duplicates once, and
above each group a sentence that counts what the records say. No sentence about the
subject is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.errors import sentence
from kb.passages.statements import is_quotable
from kb.records import Document, Passage

ORDERS = ("kind", "document", "year")
MANY = 15  # passages of a draft when the reader does not say
# What stands together in a section, in the order of a section.
PARTS: Mapping[str, tuple[str, ...]] = {
    "definition": ("definition",),
    "finding": ("finding", "figure", "table"),
    "policy": ("policy",),
    "recommendation": ("recommendation",),
    "respondent": ("respondent_quote",),
    "setback": (),
    "literature": ("literature",),
    "other": ("text", "method"),
}
# Kinds that report a setback where their words say so.
_MAY_BE_SETBACK = frozenset({"finding", "figure", "text"})
_NAMED = 5  # documents and municipalities named in a sentence of facts


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that can be quoted on a theme.

    `critical` when its words report a setback; `same` are the passages elsewhere that
    say the same.
    """

    passage: Passage
    critical: bool = False
    same: tuple[Passage, ...] = ()

    @property
    def part(self) -> str:
        """The part of a section that it belongs to."""
        return part_of(self.passage.kind, self.critical)


@dataclass(frozen=True, slots=True)
class Heading:
    """A group of a draft: its title and the candidates under it."""

    title: str
    candidates: tuple[Candidate, ...]


def part_of(kind: str, critical: bool = False) -> str:
    """The part of a section in which passages of a kind stand.

    Args:
        kind: of a passage.
        critical: whether its words report a setback.

    >>> part_of("figure"), part_of("figure", critical=True), part_of("footnote")
    ('finding', 'setback', 'other')
    """
    if critical and kind in _MAY_BE_SETBACK:
        return "setback"
    return next((part for part in PARTS if kind in PARTS[part]), "other")


def candidates(
    passages: Iterable[Passage],
    critical: Callable[[Passage], bool],
    same: Mapping[str, Sequence[Passage]],
    quotable: Callable[[Passage], bool] = is_quotable,
) -> tuple[Candidate, ...]:
    """Passages that can be quoted, each once however many documents repeat it.

    Args:
        passages: best first; of those that say the same the first stays.
        critical: whether a passage reports a setback.
        same: passage → others that say the same.
        quotable: whether a passage can stand as a quotation.
    """
    found, said = [], set[str]()
    for passage in passages:
        if passage.id in said or not quotable(passage):
            continue
        others = tuple(same.get(passage.id, ()))
        said.update((passage.id, *(other.id for other in others)))
        elsewhere = tuple(
            other for other in others if other.document != passage.document
        )
        found.append(Candidate(passage, critical(passage), elsewhere))
    return tuple(found)


def best(
    found: Sequence[Candidate], many: int = MANY
) -> tuple[Candidate, ...]:
    """So many of the candidates, best first, with something of every part.

    The first of each part comes before the second of any, and of the second before the
    third; then the strongest that are left.
    """
    seats = 2
    rank: dict[str, int] = {}
    taken: list[tuple[int, int, Candidate]] = []
    for at, candidate in enumerate(found):
        place = rank.get(candidate.part, 0)
        rank[candidate.part] = place + 1
        # "Other" text has no seat of its own: it comes by its strength alone.
        own = place < seats and candidate.part != "other"
        taken.append((place if own else seats, at, candidate))
    chosen = sorted(taken, key=lambda one: one[:2])[:many]
    return tuple(one[2] for one in sorted(chosen, key=lambda one: one[1]))


def headed(
    chosen: Iterable[Candidate],
    order: str,
    documents: Mapping[str, Document],
    language: str = "nl",
) -> tuple[Heading, ...]:
    """The candidates under headings.

    Args:
        chosen: in any order; under a heading they stand by document and place in it.
        order: "kind" (parts of a section), "document" or "year" (oldest first).
        documents: of all candidates, by id.
        language: of the headings.
    """
    key = {"document": _by_document, "year": _by_year}.get(order, _by_part)
    groups: dict[tuple[object, ...], list[Candidate]] = {}
    for candidate in chosen:
        place = key(candidate, documents[candidate.passage.document], language)
        groups.setdefault(place, []).append(candidate)
    return tuple(
        Heading(str(place[-1]), _in_reading_order(groups[place], documents))
        for place in sorted(groups, key=lambda place: place[:-1])
    )


Place = tuple[object, ...]  # what groups are sorted by, and last the title


def _by_part(candidate: Candidate, _: Document, language: str) -> Place:
    part = candidate.part
    title = sentence(f"draft_part_{part}", {}, language)
    return list(PARTS).index(part), title


def _by_document(_: Candidate, document: Document, language: str) -> Place:
    year = document.year or 0
    return year, document.title, document.id, document.title


def _by_year(_: Candidate, document: Document, language: str) -> Place:
    undated = sentence("draft_undated", {}, language)
    return document.year or 9999, str(document.year or undated)


def _in_reading_order(
    group: Iterable[Candidate], documents: Mapping[str, Document]
) -> tuple[Candidate, ...]:
    def place(one: Candidate) -> tuple[int, str, int]:
        document = documents[one.passage.document]
        return document.year or 0, document.id, one.passage.position

    return tuple(sorted(group, key=place))


def facts(
    passages: Sequence[Passage],
    documents: Mapping[str, Document],
    short: Mapping[str, str],
    language: str = "nl",
) -> str:
    """A sentence that counts: passages, documents, years, municipalities.

    Args:
        passages: those of a group.
        documents: theirs, by id.
        short: document → how it is called ("De Wit, 2016").
        language: of the sentence.
    """
    used = list(dict.fromkeys(p.document for p in passages))
    said = [
        sentence(
            "draft_from",
            {
                "passages": len(passages),
                "documents": len(used),
                "names": _some([short.get(id, id) for id in used], language),
            },
            language,
        )
    ]
    years = sorted({y for id in used if (y := documents[id].year)})
    if len(years) > 1:
        between = {"first": years[0], "last": years[-1]}
        said.append(sentence("draft_years", between, language))
    places = list(dict.fromkeys(m for p in passages for m in p.municipalities))
    if places:
        named = {"names": _some(places, language)}
        key = "draft_places" if len(places) > 1 else "draft_place"
        said.append(sentence(key, named, language))
    return " ".join(said)


def overlap(
    chosen: Sequence[Passage],
    themes: Mapping[str, Iterable[str]],
    own: str,
) -> tuple[tuple[str, int], ...]:
    """Other themes that a third or more of the passages are evidence on too.

    Args:
        chosen: the passages of a draft.
        themes: passage → codes of its themes.
        own: the theme of the draft.

    Returns:
        (code, passages), most first.
    """
    found: dict[str, int] = {}
    for passage in chosen:
        for code in themes.get(passage.id, ()):
            found[code] = found.get(code, 0) + 1
    found.pop(own, None)
    many = [(code, n) for code, n in found.items() if n * 3 >= len(chosen)]
    return tuple(sorted(many, key=lambda pair: (-pair[1], pair[0])))


def _some(names: Sequence[str], language: str) -> str:
    """The first few names, and how many more there are."""
    if len(names) <= _NAMED + 1:
        return "; ".join(names)
    more = {"n": len(names) - _NAMED}
    return (
        f"{'; '.join(names[:_NAMED])} {sentence('draft_more', more, language)}"
    )
