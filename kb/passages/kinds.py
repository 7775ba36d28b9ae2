"""What is a passage to a reader: a finding, a definition, a respondent's words?

The layout settles tables, captions, footnotes and references; then come the title of the
section and the form of the text; then the kind whose wording, with what the section
promises, weighs most. The rules stand in kinds.toml and forms.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from kb.passages.forms import (
    Seen,
    citations_in,
    is_signpost,
    kind_by_form,
    quoted_share,
)
from kb.passages.roles import implied_roles, is_policy, role_of, unnumbered
from kb.passages.wording import form, rules, title_of
from kb.records import Passage

__all__ = ["kind_of", "quoted_share", "with_kinds"]

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
# Numbers, and characters for each, of a passage that consists of figures. From two, one in
# 250, a fifth of what was called so (22 labelled passages) was; news with a sum or a date.
_FIGURES, _DENSE = 3, 110
_SENTENCE_END = re.compile(r"\w{2}[)”’\"']*[.!?…]")


def with_kinds(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages of one document, in order, each with its kind."""
    listed = list(passages)
    places = implied_roles(listed, is_policy(listed), _method_weight)
    return tuple(
        replace(passage, kind=kind_of(passage, place=place))
        for passage, place in zip(listed, places, strict=True)
    )


def kind_of(
    passage: Passage,
    section: Sequence[str] | None = None,
    place: str | None = None,
) -> str:
    """The kind of a passage, one of `PASSAGE_KINDS`.

    Args:
        passage: the passage.
        section: its section path; by default its own.
        place: the role its place in the document gives where no title does: "reported"
            (what a study found), "decided" (a document of policy), "summary" or None.
    """
    path = tuple(passage.section if section is None else section)
    kind, role = _settled(path)
    if kind is not None:
        return kind
    if passage.block in rules().blocks:
        return rules().blocks[passage.block]
    seen = Seen.of(passage, role)
    return kind_by_form(seen) or _by_weight(
        replace(seen, role=place or role), policy=place == "decided"
    )


@lru_cache(maxsize=4096)
def _settled(section: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The kind that a section's titles settle, and else the role they give."""
    path = [title_of(title) for title in section]
    for kind, pattern in rules().sections:
        if any(pattern.search(unnumbered(title)) for title in path):
            return kind, None
    return None, role_of(path)[0]


# -- by weight


def _by_weight(seen: Seen, policy: bool) -> str:
    """The kind that weighs most, unless numbers or citations are the point."""
    statement = _is_statement(seen)
    kind = _heaviest(_scores(seen, statement))
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


def _heaviest(scores: dict[str, float]) -> str:
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] >= _LEAST else "text"


def _scores(seen: Seen, statement: bool) -> dict[str, float]:
    """What each kind weighs: what the role promises to a statement, and the wording."""
    told = _imperatives(seen.text)
    promised = _promises(seen, told) if statement else {}
    scores: dict[str, float] = {}
    for kind, patterns in rules().kinds:
        weight = promised.get(kind, 0.0)
        for pattern, worth in patterns:
            if found := pattern.search(seen.low):
                again = pattern.search(seen.low, found.end()) is not None
                weight += worth * (_TWICE if again else 1.0)
        scores[kind] = weight
    # A programme that says "Stop" or "Investeer" decides; a report recommends.
    urges = "policy" if seen.role == "decided" else "recommendation"
    scores[urges] += rules().imperative * min(_MOST_TOLD, told) ** 0.5
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


def _imperatives(text: str) -> int:
    """How many sentences and items begin by telling someone what to do."""
    if rules().imperatives.isdisjoint(text.split()) or form("pointer").search(
        text
    ):
        return 0
    openings = form("item").finditer(text)
    return sum(match.group(1) in rules().imperatives for match in openings)


def _method_weight(passage: Passage) -> float:
    return _scores(Seen.of(passage), statement=False)["method"]


def _is_statement(seen: Seen) -> bool:
    """A sentence rather than a label, a heading or what is left of a chart."""
    if len(seen.text.split()) < _STATEMENT:
        return False
    return seen.passage.block != "paragraph" or bool(
        _SENTENCE_END.search(seen.text)
    )


def _counts(low: str) -> bool:
    """Whether numbers are what a passage consists of."""
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
