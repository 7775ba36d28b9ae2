"""The rules of kinds.toml, compiled once, and texts in the form in which rules read them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from kb.datafiles import table
from kb.dutch.fold import unaccented

READ = 3000  # characters of a passage that are looked at
_GROUP = re.compile(r"\([^()]*\)")
_APART = re.compile(r"[^\w\s.:;,?!…%€=©-]+")
Weighed = tuple[tuple[re.Pattern[str], float], ...]


@dataclass(frozen=True)
class Rules:
    """What kinds.toml says; patterns on titles are in order of precedence."""

    blocks: Mapping[str, str]
    sections: tuple[tuple[str, re.Pattern[str]], ...]
    roles: tuple[tuple[str, re.Pattern[str]], ...]
    promises: Mapping[str, Mapping[str, float]]
    kinds: tuple[tuple[str, Weighed], ...]
    genre: Mapping[str, re.Pattern[str]]
    forms: Mapping[str, re.Pattern[str]]
    colophon: re.Pattern[str]
    urging: re.Pattern[str]
    imperatives: frozenset[str]
    imperative: float


@cache
def rules() -> Rules:
    """The rules, ready for use."""
    data: dict[str, Any] = table("kb.passages", "kinds.toml")
    return Rules(
        blocks=data["blocks"],
        sections=tuple(_any_of(data["sections"]).items()),
        roles=tuple(_any_of(data["roles"]).items()),
        promises=data["promises"],
        kinds=tuple(
            (
                kind,
                tuple(
                    (on_words(text), weight) for text, weight in rule["words"]
                ),
            )
            for kind, rule in data["kinds"].items()
        ),
        genre=_any_of(data["genre"]),
        forms=_forms(),
        colophon=on_words("|".join(data["colophon"]["words"])),
        urging=on_words(data["imperatives"]["urging"]),
        imperatives=frozenset(data["imperatives"]["verbs"]),
        imperative=data["imperatives"]["weight"],
    )


def _any_of(lists: Mapping[str, list[str]]) -> dict[str, re.Pattern[str]]:
    """One pattern for each list, which matches what any of the list does."""
    return {name: re.compile(_any(texts)) for name, texts in lists.items()}


def _any(texts: Sequence[str]) -> str:
    r"""A pattern for any of `texts`; where a word begins is looked at once for all.

    >>> _any([r"\bwijk", "(?<!de )team", r"\bbuurt(en)?"])
    '\\b(?:wijk|buurt(en)?)|(?<!de )team'
    """
    words = [text[2:] for text in texts if _is_one_word_on(text)]
    others = [text for text in texts if not _is_one_word_on(text)]
    begun = [rf"\b(?:{'|'.join(words)})"] if words else []
    return "|".join(begun + others)


def _is_one_word_on(text: str) -> bool:
    """Whether a pattern begins with a word and has no alternative to its whole."""
    within = text
    while (simpler := _GROUP.sub("", within)) != within:
        within = simpler
    return text.startswith(r"\b") and "|" not in within


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    """The patterns of forms.toml, of which a part in braces stands for another."""
    written: dict[str, str] = table("kb.passages", "forms.toml")
    parts = {f"{{{name}}}": text for name, text in written.items()}
    found = {}
    for name, text in written.items():
        for part, value in parts.items():
            text = text.replace(part, value)
        found[name] = re.compile(text)
    return found


def form(name: str) -> re.Pattern[str]:
    """A pattern of forms.toml, on the text as it is printed."""
    return _forms()[name]


def on_words(written: str) -> re.Pattern[str]:
    r"""A pattern on `words_of`: a word begins after a space, found faster than \b.

    >>> on_words(r"\bwijk|^team").pattern
    ' wijk|^ ?team'
    """
    spaced = re.sub(r"(?<!\[)\^ ?", "^ ?", written)
    return re.compile(re.sub(r"(^|\|)\\b", r"\1 ", spaced))


def words_of(text: str) -> str:
    """Lower case without accents, one space before each word, only stops between.

    >>> words_of("De *cliënt*: 5 %!")
    ' de client : 5 %!'
    """
    return " " + " ".join(_APART.sub(" ", unaccented(text)).split())


@lru_cache(maxsize=4096)
def title_of(heading: str) -> str:
    """A heading in the form in which rules on titles read it, its number kept."""
    return unaccented(heading).strip()
