"""What is a section for, and what does its document do: report a study, or decide?

Told by titles, order and voice. A section without a role of its own that follows the method
of a study reports what was found; in a document of policy it decides. See kinds.toml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kb.dutch.fold import unaccented
from kb.passages.forms import citations_in
from kb.passages.wording import rules, title_of
from kb.records import Passage

_NUMBER = re.compile(
    r"^(?:hoofdstuk |deel |bijlage )?(?:\d+[\d.]*(?:[.a-z])?\.?|[ivx]+\.)(?=\s)[\s:|]*"
)
_OWN_PART = re.compile(r"^\d+\.\d")
_CLOSING = frozenset(
    {"mixed", "recommendation", "conclusion", "appendix", "slot"}
)
_DECIDING = frozenset({None, "policy", "law", "theory", "summary", "slot"})
_TOLD = 1.4  # weight of method from which an introduction tells how a study was done
_OPENING = 12  # passages that may name a document of policy
_OPENING_TITLES = 40  # passages of which the titles may
_OPENING_READ = 400  # characters of each
_HEARD = 60  # passages, evenly spread, that are listened to
_HEARD_READ = 1500  # characters of each
_LEAST_HEARD = 4  # passages without which nothing is heard
_LEAST_SAID = 80  # characters of a passage that is listened to
# Shares of passages that decide, from which a document is policy. In 240 documents by
# others, programmes and parties' answers decide in .50 to 1.0 of theirs, agendas and
# budgets in .24 to .48, reports, articles and advice in .0 to .48; an opening that names a
# note, a programme or an agenda lowers what is needed.
_LEAST_VOICE = 0.2
_LOUD_VOICE = 0.475
# Share of passages with "ik" from which one person speaks and no body decides.
_LEAST_PERSONAL = 0.25
# Share of passages that name members and articles: acts and statutes.
_LEAST_LEGAL = 0.4
# Shares of passages that cite, and of entries of a list of literature, from which a text argues
# with others: chapters of an essay bundle have .31 to .77 and .28 to .45, a student's study .21
# and .27; of 97 documents of policy none has both above .0.
_LEAST_CITING, _LEAST_ENTRIES = 0.15, 0.1
_I = re.compile(r"\b(?:[Ii]k|mij|mijn)\b")
_DOUBT = 0.6  # more is needed of a document of which little is heard

Role = str | None


def unnumbered(title: str) -> str:
    """A title without its number; the word "bijlage" stays.

    >>> unnumbered("2.1 opzet van het onderzoek"), unnumbered("bijlage 2 vragen")
    ('opzet van het onderzoek', 'bijlage 2 vragen')
    """
    found = _NUMBER.match(title)
    if found is None or title.startswith("bijlage"):
        return title
    return title[found.end() :]


def role_of(path: Sequence[str]) -> tuple[Role, int]:
    """The role of the nearest title that has one, and its depth in the path (-1 without).

    Args:
        path: titles as `wording.title_of` gives them.
    """
    for depth in range(len(path) - 1, -1, -1):
        title = unnumbered(path[depth])
        for role, pattern in rules().roles:
            if pattern.search(title):
                return role, depth
    return None, -1


def is_policy(passages: Sequence[Passage]) -> bool:
    """Whether the document decides rather than reports, by its opening, and the share of its
    passages that speak as one who decides.
    """
    told = [p.text for p in passages if _speaks(p)]
    heard = told[:: 1 + len(told) // _HEARD]
    if len(heard) < _LEAST_HEARD:
        return False
    deciding = rules().genre["deciding"]
    voices = (
        deciding.search(unaccented(text[:_HEARD_READ])) for text in heard
    )
    share = sum(voice is not None for voice in voices) / len(heard)
    if _is_personal(heard) or _argues(heard, passages):
        return False
    if _is_legal(heard):
        return True
    named = rules().genre["opening"].search(_opening_of(passages)) is not None
    if named:
        return share >= _LEAST_VOICE
    return share >= _LOUD_VOICE + _DOUBT / len(heard)


def _is_legal(heard: Sequence[str]) -> bool:
    """Whether an act speaks, statutes or by-laws."""
    legal = rules().genre["legal"]
    voices = (legal.search(unaccented(text[:_HEARD_READ])) for text in heard)
    spoken = sum(voice is not None for voice in voices)
    return spoken >= _LEAST_LEGAL * len(heard)


def _is_personal(heard: Sequence[str]) -> bool:
    """Whether one person speaks: a blog, an essay, an interview."""
    spoken = sum(_I.search(text) is not None for text in heard)
    return spoken >= _LEAST_PERSONAL * len(heard)


def _argues(heard: Sequence[str], passages: Sequence[Passage]) -> bool:
    """Whether the text argues with what others wrote: it cites, and lists its literature."""
    citing = sum(citations_in(text) > 0 for text in heard)
    entries = sum(passage.block == "reference" for passage in passages)
    cites = citing >= _LEAST_CITING * len(heard)
    return cites and entries >= _LEAST_ENTRIES * len(passages)


def _speaks(passage: Passage) -> bool:
    text = passage.block in ("paragraph", "list")
    return text and len(passage.text) > _LEAST_SAID


def _opening_of(passages: Sequence[Passage]) -> str:
    """The first words and the first titles of a document, a line each."""
    titles = {title for p in passages[:_OPENING_TITLES] for title in p.section}
    first = [p.text[:_OPENING_READ] for p in passages[:_OPENING]]
    return unaccented(" \n ".join([*first, *titles]))


@dataclass(slots=True)
class _Study:
    """Where in the outline of a report a study is told of, while its passages go by."""

    scope: tuple[str, ...] | None = None
    found: bool = False

    def enters(self, path: tuple[str, ...], role: Role, depth: int) -> None:
        """Leave the part that the method spoke for where another begins."""
        if self.scope is None:
            return
        outside = path[: len(self.scope)] != self.scope
        if outside or (role in _CLOSING and depth <= len(self.scope)):
            self.scope = None

    def begins(self, path: tuple[str, ...], depth: int) -> None:
        """The method speaks for what its title stands directly under.

        "1.2" stands under no "1" when that has no title of its own.
        """
        if _OWN_PART.match(path[depth]):
            depth -= 1
        self.scope = path[: max(0, depth)]
        self.found = True


def implied_roles(
    passages: Iterable[Passage],
    policy: bool,
    method: Callable[[Passage], float],
) -> list[Role]:
    """For each passage the role that its place gives it over what its titles say.

    Args:
        passages: those of one document, in order.
        policy: whether the document decides (see `is_policy`).
        method: how much a passage speaks of how a study was done; an introduction that
            does opens the report too.

    Returns:
        "reported", "summary", "decided" or None for each.
    """
    if policy:
        return [_decided(passage) for passage in passages]
    study = _Study()
    found = [_reported(passage, study, method) for passage in passages]
    unread = None if study.found else "summary"
    return [None if role == unread else role for role in found]


def _decided(passage: Passage) -> Role:
    role, _ = role_of(_path_of(passage))
    return "decided" if role in _DECIDING else None


def _reported(
    passage: Passage, study: _Study, method: Callable[[Passage], float]
) -> Role:
    """The role of the next passage of a report; `study` goes along."""
    path = _path_of(passage)
    if not path:
        return None
    role, depth = role_of(path)
    study.enters(path, role, depth)
    if role == "method":
        study.begins(path, _first_depth(path, "method"))
    elif role == "front" and study.scope is None and method(passage) >= _TOLD:
        study.begins(path, len(path) - 1)
    if role == "summary":
        return "summary"
    return "reported" if study.scope is not None and role is None else None


def _path_of(passage: Passage) -> tuple[str, ...]:
    return tuple(map(title_of, passage.section))


def _first_depth(path: Sequence[str], role: str) -> int:
    """The depth of the first title that gives a role."""
    depths = range(len(path))
    return next(at for at in depths if role_of(path[: at + 1])[0] == role)
