"""What is a section for, and what does its document do: report a study, or decide? Told by titles, order and voice.

A section without a role of its own that follows the method of a study reports what was found; in a document of policy it decides. The rules
stand in kinds.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.records import Passage

_MARKS = re.compile(r"[\u0300-\u036f]")
_NUMBER = re.compile(
    r"^(?:hoofdstuk |deel |bijlage )?(?:\d+[\d.]*(?:[.a-z])?\.?|[ivx]+\.)(?=\s)[\s:|]*"
)
_CLOSING = frozenset({"mixed", "recommendation", "conclusion", "appendix", "slot"})
_DECIDING = frozenset({None, "policy", "theory", "summary", "slot"})
_TOLD = 1.4  # weight of method from which an introduction tells how a study was done
_OPENING = 12  # passages that may name a document of policy
_HEARD = 60  # passages, evenly spread, that are listened to
_LEAST_VOICE = 0.15  # share of passages that decide, where the opening names it
_LOUD_VOICE = 0.4  # the same, where it does not


@dataclass(frozen=True)
class RoleRules:
    """Patterns on titles, in order of precedence, and on the opening and the voice of a document of policy."""

    roles: tuple[tuple[str, re.Pattern[str]], ...]
    opening: re.Pattern[str]
    deciding: re.Pattern[str]


def plain(text: str) -> str:
    """Text in lower case without accents."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.lower()))


def unnumbered(title: str) -> str:
    """A plain title without its number; the word "bijlage" stays."""
    found = _NUMBER.match(title)
    return (
        title if found is None or title.startswith("bijlage") else title[found.end() :]
    )


def role_rules(data: Mapping[str, Mapping[str, list[str]]]) -> RoleRules:
    """The rules of roles in the data of kinds.toml."""
    roles = tuple(
        (role, re.compile("|".join(patterns)))
        for role, patterns in data["roles"].items()
    )
    return RoleRules(
        roles,
        *(
            re.compile("|".join(data["genre"][part]))
            for part in ("opening", "deciding")
        ),
    )


def role_of(path: Sequence[str], rules: RoleRules) -> tuple[str | None, int]:
    """The role of the nearest title that has one, and its depth in the path (-1 without)."""
    for depth in range(len(path) - 1, -1, -1):
        title = unnumbered(path[depth])
        for role, pattern in rules.roles:
            if pattern.search(title):
                return role, depth
    return None, -1


def is_policy(passages: Sequence[Passage], rules: RoleRules) -> bool:
    """Whether the document decides rather than reports: by its opening and the share of passages that speak as one who decides."""
    told = [
        p.text
        for p in passages
        if p.block in ("paragraph", "list") and len(p.text) > 80
    ]
    texts = [plain(text[:1500]) for text in told[:: 1 + len(told) // _HEARD]]
    if len(texts) < 4:
        return False
    voice = sum(bool(rules.deciding.search(text)) for text in texts) / len(texts)
    titles = {title for p in passages[:40] for title in p.section}
    opening = " \n ".join(
        [plain(p.text[:400]) for p in passages[:_OPENING]]
        + [plain(title) for title in titles]
    )
    return voice >= (_LEAST_VOICE if rules.opening.search(opening) else _LOUD_VOICE)


def _scope(path: Sequence[str], depth: int) -> tuple[str, ...]:
    """The part of the document that a section on method speaks for: what its title stands directly under; "1.2" stands under no "1"."""
    if re.match(r"^\d+\.\d", path[depth]):
        depth -= 1
    return tuple(path[: max(0, depth)])


def implied_roles(
    passages: Iterable[Passage],
    rules: RoleRules,
    policy: bool,
    method: Callable[[Passage], float],
) -> list[str | None]:
    """For each passage the role that its place gives it over what its titles say: "reported", "decided" or None.

    `method` weighs how much a passage speaks of how a study was done; an introduction that does opens the report too.
    """
    roles: dict[tuple[str, ...], tuple[tuple[str, ...], str | None, int]] = {}
    scope: tuple[str, ...] | None = None
    study = False
    found: list[str | None] = []
    for passage in passages:
        if passage.section not in roles:
            path = tuple(plain(title).strip() for title in passage.section)
            roles[passage.section] = (path, *role_of(path, rules))
        path, role, depth = roles[passage.section]
        if policy or not path:
            found.append("decided" if policy and path and role in _DECIDING else None)
            continue
        if scope is not None and (
            path[: len(scope)] != scope or (role in _CLOSING and depth <= len(scope))
        ):
            scope = None
        if role == "method":
            scope = _scope(
                path,
                next(
                    at
                    for at in range(len(path))
                    if role_of(path[: at + 1], rules)[0] == "method"
                ),
            )
        elif role == "front" and scope is None and method(passage) >= _TOLD:
            scope = _scope(path, len(path) - 1)
        study = study or scope is not None
        found.append(
            "reported"
            if scope is not None and role is None
            else "summary"
            if role == "summary"
            else None
        )
    return [
        "reported"
        if study and role == "summary"
        else None
        if role == "summary"
        else role
        for role in found
    ]
