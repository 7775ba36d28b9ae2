"""English words in Dutch, from FreeDict where it is installed (Debian: dict-freedict-nld-eng).

FreeDict is under the GPL and does not come along; without it the glossary of the field is all.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from kb.dutch.fold import folded_word, spelled
from kb.dutch.wordlist import frequency

FOLDER = Path("/usr/share/dictd")
DUTCH_ENGLISH, ENGLISH_DUTCH = (
    "freedict-nld-eng.dict.dz",
    "freedict-eng-nld.dict.dz",
)
MOST = 4  # translations of a word
_HEAD = re.compile(r"(?P<word>.+?) /.*/$")
_NUMBER = re.compile(r"^\d+\.\s*")


def translations(english: str) -> tuple[str, ...]:
    """Dutch words for a folded English one, the most usual first; () without a dictionary."""
    found = _dutch().get(english, frozenset())
    return tuple(
        sorted(found, key=lambda word: (-frequency(word), word))[:MOST]
    )


@cache
def _dutch(folder: Path = FOLDER) -> Mapping[str, frozenset[str]]:
    """Folded English words to the Dutch ones of both dictionaries, single words only."""
    found: dict[str, set[str]] = defaultdict(set)
    for dutch, english in pairs(folder / DUTCH_ENGLISH):
        found[folded_word(english)].add(dutch)
    for english, dutch in pairs(folder / ENGLISH_DUTCH):
        found[folded_word(english)].add(dutch)
    return {word: frozenset(others) for word, others in found.items()}


def pairs(file: Path) -> Iterator[tuple[str, str]]:
    """Headword and each of its translations, single words; none where the file is missing."""
    try:
        text = gzip.decompress(file.read_bytes()).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError):
        return
    head = ""
    for line in spelled(text).splitlines():
        if match := _HEAD.match(line):
            head = match["word"]
        elif head.isalpha():
            words = (word.strip() for word in _NUMBER.sub("", line).split(","))
            yield from ((head, word) for word in words if word.isalpha())
