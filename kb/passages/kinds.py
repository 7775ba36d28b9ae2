"""What is a passage to a reader: a finding, a definition, a respondent's words? By section, wording, quotation marks and numbers.

The rules stand in kinds.toml. The layout settles tables, captions, footnotes and references; then come contents, colophon,
questions and quotations; then the kind whose patterns, with what the section promises, weigh most.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from kb.passages.roles import (
    RoleRules,
    implied_roles,
    is_policy,
    plain,
    role_of,
    role_rules,
    unnumbered,
)
from kb.records import Passage

_READ = 3000  # characters that are looked at
_LEAST = 1.0  # weight from which a kind is given
_QUOTED = re.compile(r"(?<![\w])[“\"„‘'«]([^“”\"„«»]{12,}?)[”\"’'»](?!\w)")
_OPENING = re.compile(r"^\W{0,3}[“\"„‘'«]")
_FIRST_PERSON = re.compile(
    r"\b(ik|we|wij|mij|me|mijn|ons|onze|jij|je|jou|hun|i|my)\b", re.I
)
_SPEAKER = re.compile(
    r"[”\"’'] ?,? ?(?:\((?![^()]*\b(?:19|20)\d\d)[^()]{3,60}\)|(?:aldus|zegt|vertelt|vertelde|zei) [^.“”‘]{3,60}|"
    r"[–—-] ?[^.“”‘]{3,60})\.?\W*$"
)
_ENDING = re.compile(r"[”\"’']\W*$")
_INTRODUCED = re.compile(
    r"^[^“”‘:.]{3,120}\b(?:zegt|zei|vertelt|vertelde|verwoordt|verwoordde|licht toe|merkt op)\b[^“”‘:.]{0,80}:\s*[“\"„‘']"
)
_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)? ?(?:%|procent\b|procentpunt|miljoen\b|miljard\b|euro\b)"
)
_AMOUNT = re.compile(
    r"€ ?\d| n ?= ?\d+| (?:een (?:derde|kwart|vijfde)|tweederde|twee derde|de helft|driekwart)\b"
)
_DATED = re.compile(r"(?:19|20)\d\d| & |olgens |ldus ")
_NAME = r"(?:(?:[Vv]an|[Dd]e|[Dd]en|[Dd]er|[Tt]er|[Tt]en) ){0,2}[A-Z][\w’'-]+"
_CITED = re.compile(
    r"\(\s?(?:zie\s|o\.?a\.?\s)?[A-Z][^()]{2,80}?\b(?:19|20)\d{2}[a-z]?\b[^()]{0,60}\)|"
    r"\b[A-Z][\w’'-]+(?: (?:e\.? ?a\.?|et al\.|en|&) ?[\w’' -]{0,25})? \((?:19|20)\d{2}[a-z]?(?:, ?[^()]{1,20})?\)|"
    rf"\b[A-Z][a-z’'-]+ & {_NAME}(?<=[a-z])|\b(?:[Vv]olgens|[Aa]ldus) {_NAME} (?:e\.? ?a\.|en {_NAME})"
)
_ENTRY = re.compile(
    r"(?:^|[-–•*■.] )[A-Z][\w’'-]+(?: [a-z]+ ?[A-Z][\w’'-]+)?,? (?:[A-Z]\.? ?){1,4},?[^()]{0,120}\((?:19|"
    r"20)\d{2}[^()]{0,20}\)[.,:]? ?\*?[A-Z‘'\"]"
)
_BIOGRAPHY = re.compile(
    r"^[A-Z][\w’'-]+(?: (?:[a-z]{2,4} ){0,2}[A-Z][\w’'-]+)+ (?:is|was|werkt|werkte) (?:als |een |"
    r"sinds \d{4} )?(?:\w+[ -]){0,4}?(?:lector|docent|hoogleraar|onderzoeker|promovend\w*|verbonden aan|directeur|"
    r"adviseur|hogeschooldocent|socioloog|zelfstandig|cum laude|afgestudeerd|werkzaam)"
)
_LEADERS = re.compile(r"\.{4,}\s*\d+|…{2,}\s*\d+")
_LABEL = re.compile(r"^\W*\w+(?: \w+){0,2}:$")
_NOTE = re.compile(r"^\d{1,3} (?:[Zz]ie |https?:|www\.)")
_SIGNPOST = re.compile(
    r"^ ?(?:in )?(?:dit|deze|het volgende|de volgende) (?:hoofdstuk|paragraaf|bijlage|deelvraag|rapport|deel)\b[^.]{0,160}?"
    r"\b(?:word(?:t|en)|beschrijven|gaan|gaat|bespreken|presenteren|behandelen|komt|komen|is (?:als volgt )?opgebouwd)\b"
)
_ITEM = re.compile(r"(?:^|(?<=[.!?:;])\s|\n)\s*(?:\d{1,2}[.)]|[•▪◦*–-])?\s*(\w+)")


_APART = re.compile(r"[^\w\s.:;,?!…%€=©-]+")
_STUDIED = frozenset(
    {"results", "conclusion", "mixed", "reported", "summary"}
)  # roles that report what was found
_WRITTEN = frozenset(
    {"theory", "method"}
)  # roles where quotation marks hold what was written: an author's words, a question put
_Weighed = tuple[tuple[re.Pattern[str], float], ...]


@dataclass(frozen=True)
class _Rules:
    blocks: dict[str, str]
    sections: tuple[tuple[str, re.Pattern[str]], ...]
    roles: RoleRules
    promises: dict[str, dict[str, float]]
    kinds: tuple[tuple[str, _Weighed], ...]
    colophon: re.Pattern[str]
    urging: re.Pattern[str]
    imperatives: frozenset[str]
    imperative: float


def _words_of(text: str) -> str:
    """Plain text with one space before each word and nothing but spaces and stops between: what the patterns on wording read."""
    return " " + " ".join(_APART.sub(" ", plain(text)).split())


def _pattern(written: str) -> re.Pattern[str]:
    """A pattern on wording: a word begins after a space, which is found faster than a boundary."""
    return re.compile(
        re.sub(r"(^|\|)\\b", r"\1 ", re.sub(r"(?<!\[)\^ ?", "^ ?", written))
    )


@cache
def _rules() -> _Rules:
    data = tomllib.loads(
        files("kb.passages").joinpath("kinds.toml").read_text(encoding="utf-8")
    )
    return _Rules(
        data["blocks"],
        tuple(
            (kind, re.compile("|".join(patterns)))
            for kind, patterns in data["sections"].items()
        ),
        role_rules(data),
        data["promises"],
        tuple(
            (
                kind,
                tuple((_pattern(pattern), weight) for pattern, weight in rule["words"]),
            )
            for kind, rule in data["kinds"].items()
        ),
        _pattern("|".join(data["colophon"]["words"])),
        _pattern(data["imperatives"]["urging"]),
        frozenset(data["imperatives"]["verbs"]),
        data["imperatives"]["weight"],
    )


def _citations(text: str) -> int:
    """How many works the text seems to cite."""
    return len(_CITED.findall(text)) if _DATED.search(text) else 0


def quoted_share(text: str) -> float:
    """How much of the text stands between quotation marks, 0..1."""
    return sum(len(m.group()) for m in _QUOTED.finditer(text)) / max(1, len(text))


def _is_respondent_quote(passage: Passage, text: str, role: str | None) -> bool:
    """Whether the passage is (almost) wholly what someone said, and not what someone wrote."""
    share = 1.0 if passage.block == "quote" else quoted_share(text)
    if share < 0.45 or _citations(text):
        return False
    spoken, named = bool(_FIRST_PERSON.search(text)), bool(_SPEAKER.search(text))
    if passage.block == "quote":
        return spoken and (named or role not in _WRITTEN)
    if role in _WRITTEN and not named:
        return False
    if bool(_OPENING.match(text)) and (named or bool(_ENDING.search(text))):
        return spoken or (named and share >= 0.6)
    return spoken and (share >= 0.75 or bool(_INTRODUCED.match(text)))


def _is_question(text: str) -> bool:
    if "?" not in text or len(text) > 900:
        return False
    sentences = [
        s
        for s in re.split(r"(?<=[.!?:])\s+|\n", text.strip())
        if re.search(r"\w{3}", s) and not _LABEL.match(s)
    ]
    asked = [s for s in sentences if s.rstrip().endswith("?")]
    return len(asked) == len(sentences) or (
        len(asked) >= 3 and len(asked) >= len(sentences) - 1
    )


def _is_statement(passage: Passage, text: str) -> bool:
    """Whether it is a sentence rather than a label, a heading or what is left of a chart."""
    return len(text.split()) >= 7 and (
        passage.block != "paragraph"
        or re.search(r"\w{2}[)”’\"']*[.!?…]", text) is not None
    )


def _imperatives(text: str, rules: _Rules) -> int:
    if rules.imperatives.isdisjoint(text.split()):
        return 0
    return sum(m.group(1) in rules.imperatives for m in _ITEM.finditer(text))


@lru_cache(maxsize=4096)
def _settled(section: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The kind that a section's titles settle, and else the role they give."""
    path = [plain(title).strip() for title in section]
    rules = _rules()
    for kind, pattern in rules.sections:
        if any(pattern.search(unnumbered(title)) for title in path):
            return kind, None
    return None, role_of(path, rules.roles)[0]


def _scores(
    passage: Passage, text: str, low: str, role: str | None, statement: bool
) -> dict[str, float]:
    """What each kind weighs: what the role promises to a statement, and the wording (`low` is the text as `_words_of` gives it)."""
    rules = _rules()
    promised = (
        rules.promises.get(role or "", {})
        if statement and not _SIGNPOST.match(low)
        else {}
    )
    told = _imperatives(text, rules)
    if "recommendation" in promised and not (
        told or passage.block == "list" or rules.urging.search(low)
    ):
        promised = {
            kind: weight
            for kind, weight in promised.items()
            if kind != "recommendation"
        }
    scores: dict[str, float] = {}
    for kind, words in rules.kinds:
        scores[kind] = promised.get(kind, 0.0)
        for pattern, weight in words:
            if found := pattern.search(low):
                scores[kind] += weight * (
                    1.41 if pattern.search(low, found.end()) else 1.0
                )
    scores["recommendation"] += rules.imperative * min(3, told) ** 0.5 if told else 0.0
    return scores


def kind_of(
    passage: Passage, section: Sequence[str] | None = None, place: str | None = None
) -> str:
    """The kind of a passage, one of `PASSAGE_KINDS`.

    `section` is its section path, the passage's own by default; `place` is the role its place in the document gives where
    no title does: "reported" (what a study found), "decided" (a document of policy) or None.
    """
    rules = _rules()
    kind, role = _settled(tuple(passage.section if section is None else section))
    if kind is not None:
        return kind
    if passage.block in rules.blocks:
        return rules.blocks[passage.block]
    text = passage.text[:_READ]
    low = _words_of(text)
    return _by_form(passage, text, low, role) or _by_weight(
        passage, text, low, place or role, place == "decided"
    )


def _by_form(passage: Passage, text: str, low: str, role: str | None) -> str | None:
    """The kind where the form of the text settles it."""
    if (
        ("...." in text or "……" in text) and len(_LEADERS.findall(text)) >= 2
    ) or text.count("■") >= 4:
        return "contents"
    if len(_ENTRY.findall(text)) >= 2 or (len(text) < 400 and _ENTRY.match(text)):
        return "reference"
    if (
        _BIOGRAPHY.match(text)
        or len({m.group() for m in _rules().colophon.finditer(low)}) >= 2
    ):
        return "colophon"
    if len(text) < 200 and _NOTE.match(text):
        return "footnote"
    if _is_respondent_quote(passage, text, role):
        return "respondent_quote"
    return "question" if _is_question(text) else None


def _by_weight(
    passage: Passage, text: str, low: str, role: str | None, policy: bool
) -> str:
    """The kind that weighs most, unless numbers or citations are the point."""
    statement = _is_statement(passage, text)
    scores = _scores(passage, text, low, role, statement)
    best = max(scores, key=lambda kind: scores[kind])
    kind = best if scores[best] >= _LEAST else "text"
    if kind not in ("text", "finding", "policy"):
        return kind
    if not statement:
        kind = "text"
    if (
        kind != "policy" or (policy and not _rules().roles.deciding.search(low))
    ) and _counts(low):
        return "figure"
    if policy or not statement:
        return kind
    cited = _citations(text)
    if passage.block == "list" and cited * 2 <= text.count("\n"):
        return kind
    needed, dense = (
        (1, 700) if kind != "finding" else (3, 250) if role in _STUDIED else (2, 700)
    )
    return "literature" if cited >= needed and cited * dense >= len(text) else kind


def _counts(low: str) -> bool:
    """Whether numbers are the point: two or more, one in 250 characters."""
    numbers = len(_NUMBER.findall(low)) + len(_AMOUNT.findall(low))
    return numbers >= 2 and numbers * 250 >= len(low)


def with_kinds(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages of one document, in order, each with its kind."""
    listed = list(passages)
    roles = _rules().roles
    places = implied_roles(
        listed,
        roles,
        is_policy(listed, roles),
        lambda p: _scores(p, p.text[:_READ], _words_of(p.text[:_READ]), None, False)[
            "method"
        ],
    )
    kinds = (kind_of(p, place=place) for p, place in zip(listed, places, strict=True))
    return tuple(
        p if p.kind == kind else replace(p, kind=kind)
        for p, kind in zip(listed, kinds, strict=True)
    )
