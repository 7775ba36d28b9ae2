"""What is a passage to a reader: a finding, a definition, a respondent's words? By section, wording, quotation marks and numbers.

The rules stand in kinds.toml. The layout settles tables, captions, footnotes and references; then come contents, colophon,
questions and quotations; then the kind whose patterns weigh most.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from kb.records import Passage

_READ = 4000  # characters that are looked at
_LEAST = 1.0  # weight from which a kind is given
_QUOTED = re.compile(r"[“\"„‘'«]([^“”\"„«»]{12,}?)[”\"’'»](?!\w)")
_OPENING = re.compile(r"^\W{0,3}[“\"„‘'«]")
_FIRST_PERSON = re.compile(r"\b(ik|we|wij|mij|me|mijn|ons|onze|jij|je|jou|hun|i|my)\b", re.I)
_SPEAKER = re.compile(r"[”\"’'] ?,? ?(?:\([^()\d]{3,40}\)|(?:aldus|zegt|vertelt|zei) [^.]{3,60})\.?\W*$")
_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)?\s?(?:%|procent\b|procentpunt)|\b(?:een (?:derde|kwart|vijfde)|tweederde|twee derde|de helft|"
    r"driekwart)\b|\bn\s?=\s?\d+|€\s?\d|\b\d+(?:[.,]\d+)? (?:miljoen|miljard|euro)\b",
    re.I,
)
_CITED = re.compile(
    r"\(\s?(?:zie\s|o\.?a\.?\s)?[A-Z][^()]{2,80}?\b(?:19|20)\d{2}[a-z]?\b[^()]{0,60}\)|"
    r"\b[A-Z][\w’'-]+(?: (?:e\.? ?a\.?|et al\.|en|&) ?[\w’' -]{0,25})? \((?:19|20)\d{2}[a-z]?\)"
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
_COLOPHON = re.compile(
    r"\bISBN\b|\bISSN\b|©|\bcopyright\b|\ball(?:e)? rights? (?:reserved|voorbehouden)|\bDrukwerk\b|\bVormgeving\b|"
    r"\bOplage\b|\bEindredactie\b",
    re.I,
)


@dataclass(frozen=True)
class _Rules:
    blocks: dict[str, str]
    sections: tuple[tuple[str, re.Pattern[str]], ...]
    kinds: tuple[tuple[str, tuple[tuple[re.Pattern[str], float], ...], tuple[tuple[re.Pattern[str], float], ...]], ...]


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


@cache
def _rules() -> _Rules:
    data = tomllib.loads(files("kb.passages").joinpath("kinds.toml").read_text(encoding="utf-8"))

    def weighed(rows: Sequence[tuple[str, float]]) -> tuple[tuple[re.Pattern[str], float], ...]:
        return tuple((re.compile(pattern), weight) for pattern, weight in rows)

    return _Rules(
        data["blocks"],
        tuple((kind, re.compile(pattern)) for kind, patterns in data["sections"].items() for pattern in patterns),
        tuple((kind, weighed(rule["section"]), weighed(rule["words"])) for kind, rule in data["kinds"].items()),
    )


def quoted_share(text: str) -> float:
    """How much of the text stands between quotation marks, 0..1."""
    return sum(len(m.group()) for m in _QUOTED.finditer(text)) / max(1, len(text))


def _is_respondent_quote(passage: Passage, text: str) -> bool:
    if _CITED.search(text):
        return False
    spoken = bool(_FIRST_PERSON.search(text))
    if passage.block == "quote":
        return spoken
    share = quoted_share(text)
    opened = bool(_OPENING.match(text))
    return (share >= 0.6 and (spoken or bool(_SPEAKER.search(text)))) or (spoken and share >= 0.35 and opened)


def _is_question(text: str) -> bool:
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", text.strip()) if s]
    return bool(sentences) and len(text) < 600 and all(s.endswith("?") for s in sentences)


def _section_weight(path: Sequence[str], rules: Sequence[tuple[re.Pattern[str], float]]) -> float:
    """The nearest title counts whole, those above it half."""
    return sum(w * (1.0 if pattern.search(path[-1]) else 0.5) for pattern, w in rules if any(pattern.search(title) for title in path))


def _by_weight(text: str, path: Sequence[str]) -> str:
    scores: dict[str, float] = {}
    for kind, section_rules, word_rules in _rules().kinds:
        scores[kind] = _section_weight(path, section_rules)
        scores[kind] += sum(w * min(2, len(pattern.findall(text))) ** 0.5 for pattern, w in word_rules if pattern.search(text))
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] >= _LEAST else "text"


def kind_of(passage: Passage, section: Sequence[str] | None = None) -> str:
    """The kind of a passage, one of `PASSAGE_KINDS`. `section` is its section path, the passage's own by default."""
    path = [_plain(title).strip() for title in (passage.section if section is None else section)]
    rules = _rules()
    for kind, pattern in rules.sections:
        if any(pattern.search(re.sub(r"^[\d.]+\s*", "", title)) for title in path):
            return kind
    if passage.block in rules.blocks:
        return rules.blocks[passage.block]
    text = passage.text[:_READ]
    if len(_LEADERS.findall(text)) >= 2 or text.count("■") >= 4:
        return "contents"
    if len(_ENTRY.findall(text)) >= 2 or (_ENTRY.match(text) and len(text) < 400):
        return "reference"
    if _BIOGRAPHY.match(text):
        return "colophon"
    if len(set(m.lower() for m in _COLOPHON.findall(text))) >= 2:
        return "colophon"
    if _is_respondent_quote(passage, text):
        return "respondent_quote"
    if _is_question(text):
        return "question"
    return _weigh(text, path)


def _weigh(text: str, path: Sequence[str]) -> str:
    kind = _by_weight(_plain(text), path)
    numbers, cited = len(_NUMBER.findall(text)), len(_CITED.findall(text))
    if kind in ("text", "finding") and numbers >= 2 and numbers * 250 >= len(text):
        return "figure"
    if kind in ("text", "policy", "finding") and cited and cited * 700 >= len(text) and not (kind == "finding" and cited < 2):
        return "literature"
    return kind


def with_kinds(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages, each with its kind."""
    return tuple(replace(p, kind=kind_of(p)) for p in passages)
