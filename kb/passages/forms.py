"""Kinds that the form of a text settles: contents, entries, colophon, notes, quotes, questions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kb.passages.wording import READ, form, rules, words_of
from kb.records import Passage

# Roles where quotation marks hold what was written: an author's words, a question put.
_WRITTEN = frozenset({"theory", "method"})
_QUOTE = (
    0.45  # share of a text within quotation marks from which it can be a quote
)
_NAMED_QUOTE = (
    0.6  # the same, where nobody speaks in the first person but one is named
)
_ONLY_QUOTE = (
    0.75  # the same, where the text does not begin and end with the marks
)
_ENTRY = 400  # characters below which one entry makes a reference
_NOTE = 200
_QUESTIONS = 900  # characters above which a text is no list of questions
_CONTACT = 70  # words of a contact block
_SIGNS_OF_A_WAY = re.compile(r"[@\d]|www\.|https?:")
_WORDS_OF_A_WAY = ("tel", "mail", "adres", "contactpersoon")
_WORDS_A_WAY = 16  # words of it for each way to reach someone


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage as the rules see it: its text, its words, and the role of its section."""

    passage: Passage
    text: str
    low: str
    role: str | None = None

    @classmethod
    def of(cls, passage: Passage, role: str | None = None) -> Seen:
        """What is looked at of a passage."""
        text = passage.text[:READ]
        return cls(passage, text, words_of(text), role)


def kind_by_form(seen: Seen) -> str | None:
    """The kind where the form of the text settles it; the first of the table counts."""
    return next((kind for kind, holds in _FORMS if holds(seen)), None)


def quoted_share(text: str) -> float:
    """How much of the text stands between quotation marks, 0..1."""
    quoted = sum(len(match.group()) for match in form("quoted").finditer(text))
    return quoted / max(1, len(text))


def citations_in(text: str) -> int:
    """How many works the text seems to cite."""
    return (
        len(form("cited").findall(text)) if form("dated").search(text) else 0
    )


def is_signpost(seen: Seen) -> bool:
    """Whether a text says what the text is going to do."""
    if form("signpost").search(seen.low):
        return True
    return form("self_reference").search(seen.low) is not None


def _is_contents(seen: Seen) -> bool:
    dotted = "...." in seen.text or "……" in seen.text
    if dotted and len(form("leaders").findall(seen.text)) >= 2:
        return True
    return seen.text.count("■") >= 4


def _is_reference(seen: Seen) -> bool:
    if len(form("entry").findall(seen.text)) >= 2:
        return True
    return (
        len(seen.text) < _ENTRY and form("entry").match(seen.text) is not None
    )


def _is_colophon(seen: Seen) -> bool:
    if form("biography").match(seen.text):
        return True
    said = {match.group() for match in rules().colophon.finditer(seen.low)}
    return len(said) >= 2


def _is_contact(seen: Seen) -> bool:
    """A block that says how to reach someone, and little else."""
    words = len(seen.text.split())
    if words > _CONTACT or not _may_reach(seen):
        return False
    ways = len(form("contact").findall(seen.text))
    enough = ways >= 2 or (ways and "@" in seen.text)
    return bool(enough) and words <= _WORDS_A_WAY * ways


def _may_reach(seen: Seen) -> bool:
    """Whether a text has what every way to reach someone has; asked first, as it is quick."""
    if _SIGNS_OF_A_WAY.search(seen.text):
        return True
    return any(word in seen.low for word in _WORDS_OF_A_WAY)


def _is_note(seen: Seen) -> bool:
    return len(seen.text) < _NOTE and form("note").match(seen.text) is not None


def _is_respondent_quote(seen: Seen) -> bool:
    """Whether the passage is (almost) wholly what someone said, not what someone wrote."""
    text = seen.text
    in_quote = seen.passage.block == "quote"
    share = 1.0 if in_quote else quoted_share(text)
    if share < _QUOTE or citations_in(text):
        return False
    named = _is_named(text)
    if not named and _is_written(seen):
        return False
    spoken = form("first_person").search(text) is not None
    return spoken if in_quote else _is_said(text, share, named, spoken)


def _is_named(text: str) -> bool:
    """Whether it is told who speaks: at the end, or in the middle."""
    return any(form(name).search(text) for name in ("speaker", "said_behind"))


def _is_said(text: str, share: float, named: bool, spoken: bool) -> bool:
    """Whether a text with quotation marks in it is speech and hardly anything else."""
    closed = named or form("quote_ends").search(text) is not None
    if closed and form("quote_opens").match(text):
        return bool(spoken or (named and share >= _NAMED_QUOTE))
    whole = share >= _ONLY_QUOTE or _is_introduced(text)
    return spoken and whole


def _is_written(seen: Seen) -> bool:
    """Whether a quotation is of an author, a contract, a law or an agreement."""
    words = {
        match.group().lower() for match in form("written").finditer(seen.text)
    }
    return seen.role in _WRITTEN or len(words) >= 2


def _is_introduced(text: str) -> bool:
    return form("introduced").match(text) is not None


def _is_question(seen: Seen) -> bool:
    """Whether all, or all but one, of its sentences ask."""
    if "?" not in seen.text or len(seen.text) > _QUESTIONS:
        return False
    sentences: list[str] = [
        sentence
        for sentence in re.split(r"(?<=[.!?:])\s+|\n", seen.text.strip())
        if re.search(r"\w{3}", sentence) and not form("label").match(sentence)
    ]
    asked = sum(sentence.rstrip().endswith("?") for sentence in sentences)
    return asked == len(sentences) or asked == max(3, len(sentences) - 1)


_FORMS: tuple[tuple[str, Callable[[Seen], bool]], ...] = (
    ("contents", _is_contents),
    ("reference", _is_reference),
    ("colophon", _is_colophon),
    ("colophon", _is_contact),
    ("footnote", _is_note),
    ("respondent_quote", _is_respondent_quote),
    ("question", _is_question),
)
