"""The kind of a passage by rules: layout, title, form, then the heaviest wording.

The layout settles tables, captions, footnotes and references; then come the title of the
section and the form of the text; then the kind whose wording, with what the section
promises, weighs most. The rules stand in kinds.toml and forms.toml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kb.passages.kinds.forms import (
    Seen,
    citations_in,
    is_signpost,
    kind_by_form,
)
from kb.passages.kinds.roles import (
    Role,
    implied_roles,
    is_policy,
    role_of,
    unnumbered,
)
from kb.passages.kinds.wording import form, rules, title_of
from kb.records import Passage

_LEAST = 1.0  # weight from which a kind is given
_TWICE = (
    1.41  # times the weight of a pattern that is found again: the root of two
)
_MOST_TOLD = 3  # imperatives that count
# Roles that report what was found.
_STUDIED = frozenset({"results", "conclusion", "mixed", "reported", "summary"})
# A passage is about literature from so many citations, one in so many characters.
_LITERATURE = (1, 700)
_FINDING_LITERATURE = (2, 700)
_STUDIED_LITERATURE = (3, 250)
_STATEMENT = 7  # words of a sentence rather than a label
_FIGURES, _DENSE = (
    2,
    250,
)  # numbers, and characters for each, of a passage of figures
_SENTENCE_END = re.compile(r"\w{2}[)”’\"']*[.!?…]")


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules say of a passage.

    Attributes:
        kind: one of `PASSAGE_KINDS`.
        seen: the passage as they saw it, with the role of its section or place.
        settled: layout, title or form leaves nothing to weigh.
        statement: a sentence rather than a label.
        weights: of the wording and of what the section promises, by kind.
    """

    kind: str
    seen: Seen
    settled: bool = True
    statement: bool = False
    weights: Mapping[str, float] = field(default_factory=dict)


def kind_of(
    passage: Passage,
    section: Sequence[str] | None = None,
    place: str | None = None,
) -> str:
    """The kind of a passage by the rules alone, one of `PASSAGE_KINDS`.

    Args:
        passage: the passage.
        section: its section path; by default its own.
        place: the role its place in the document gives where no title does: "reported"
            (what a study found), "decided" (a document of policy), "summary" or None.
    """
    path = passage.section if section is None else section
    return ruled(replace(passage, section=tuple(path)), place).kind


def all_ruled(passages: Sequence[Passage]) -> list[Ruled]:
    """What the rules say of each passage of one document, in order."""
    places = implied_roles(passages, is_policy(passages), _method_weight)
    return [
        ruled(passage, place)
        for passage, place in zip(passages, places, strict=True)
    ]


def ruled(passage: Passage, place: Role = None) -> Ruled:
    """What the rules say of a passage at a place of its document (see `kind_of`)."""
    kind, role = _settled(passage.section)
    if kind is None:
        kind = rules().blocks.get(passage.block)
    seen = Seen.of(passage, role)
    if kind is None:
        kind = kind_by_form(seen)
    seen = replace(seen, role=place or role)
    if kind is not None:
        return Ruled(kind, seen)
    statement = _is_statement(seen)
    weights = _weights(seen, statement)
    kind = _by_weight(seen, weights, statement, policy=place == "decided")
    return Ruled(kind, seen, False, statement, weights)


@lru_cache(maxsize=4096)
def _settled(section: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The kind that a section's titles settle, and else the role they give."""
    path = [title_of(title) for title in section]
    for kind, pattern in rules().sections:
        if any(pattern.search(unnumbered(title)) for title in path):
            return kind, None
    return None, role_of(path)[0]


# -- by weight


def _by_weight(
    seen: Seen, weights: Mapping[str, float], statement: bool, policy: bool
) -> str:
    """The kind that weighs most, unless numbers or citations are the point."""
    kind = _heaviest(weights)
    if kind not in ("text", "finding", "policy"):
        return kind
    if not statement:
        kind = "text"
    if is_signpost(seen) and kind == "finding":
        return "text"
    decides = policy and rules().genre["deciding"].search(seen.low) is not None
    if _counts(seen.low) and (kind != "policy" or (policy and not decides)):
        return "figure"
    if policy or not statement:
        return kind
    return "literature" if _cites(seen, kind) else kind


def _heaviest(weights: Mapping[str, float]) -> str:
    best = max(weights, key=lambda kind: weights[kind])
    return best if weights[best] >= _LEAST else "text"


def _weights(seen: Seen, statement: bool) -> dict[str, float]:
    """What each kind weighs: what the role promises to a statement, and the wording."""
    told = imperatives_in(seen.text)
    promised = _promises(seen, told) if statement else {}
    scores: dict[str, float] = {}
    for kind, patterns in rules().kinds:
        weight = promised.get(kind, 0.0)
        for pattern, worth in patterns:
            if found := pattern.search(seen.low):
                again = pattern.search(seen.low, found.end()) is not None
                weight += worth * (_TWICE if again else 1.0)
        scores[kind] = weight
    scores["recommendation"] += (
        rules().imperative * min(_MOST_TOLD, told) ** 0.5
    )
    return scores


def _promises(seen: Seen, told: int) -> dict[str, float]:
    """What the role of the section promises; a recommendation only where one is urged."""
    if is_signpost(seen):
        return {}
    promised = dict(rules().promises.get(seen.role or "", {}))
    urged = (
        told or seen.passage.block == "list" or rules().urging.search(seen.low)
    )
    if not urged:
        promised.pop("recommendation", None)
    return promised


def imperatives_in(text: str) -> int:
    """How many sentences and items begin by telling someone what to do."""
    if rules().imperatives.isdisjoint(text.split()) or form("pointer").search(
        text
    ):
        return 0
    openings = form("item").finditer(text)
    return sum(match.group(1) in rules().imperatives for match in openings)


def _method_weight(passage: Passage) -> float:
    return _weights(Seen.of(passage), statement=False)["method"]


def _is_statement(seen: Seen) -> bool:
    """A sentence rather than a label, a heading or what is left of a chart."""
    if len(seen.text.split()) < _STATEMENT:
        return False
    return seen.passage.block != "paragraph" or bool(
        _SENTENCE_END.search(seen.text)
    )


def _counts(low: str) -> bool:
    """Whether numbers are the point: two or more, one in 250 characters."""
    numbers = sum(
        len(form(name).findall(low))
        for name in ("number", "amount", "persons")
    )
    return numbers >= _FIGURES and numbers * _DENSE >= len(low)


def _cites(seen: Seen, kind: str) -> bool:
    """Whether what others wrote is the point; a list must cite in every other item."""
    cited = citations_in(seen.text)
    if seen.passage.block == "list" and cited * 2 <= seen.text.count("\n"):
        return False
    needed, dense = _LITERATURE
    if kind == "finding":
        studied = seen.role in _STUDIED
        needed, dense = _STUDIED_LITERATURE if studied else _FINDING_LITERATURE
    return cited >= needed and cited * dense >= len(seen.text)
