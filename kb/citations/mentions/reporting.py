"""Who speaks: the author of the document, the works it cites, or its respondents?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.citations.entries.dates import YEAR
from kb.citations.wordlists import phrase_pattern
from kb.dutch import sentences
from kb.dutch.fold import fold
from kb.records import Citation

# A passage leans on others when it cites in so much of its text.
MOST = 0.5
_QUOTED = re.compile(
    r"(?P<o>[‘“\"„])(?P<words>[^‘’“”\"„]{20,1200}?(?:’[a-z][^‘’“”\"„]{0,600}?)*)[’”\"]\s*"
    r"[.,]?\s*\((?P<who>[^()]{2,60})\)"
)
_LONGEST_SPEAKER = 7  # words
_SPEAKER = re.compile(r"(?:R|I|resp\.?|respondent)\s?\d{1,3}(?:\D.*)?", re.I)


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence, text[start:end], and the works that it reports."""

    start: int
    end: int
    citations: tuple[Citation, ...]


def cited_sentences(
    text: str, citations: Iterable[Citation]
) -> list[CitedSentence]:
    """The sentences of `text` that report works, with their citations in text order.

    Acts, papers and rulings are left out: what stands in them is not reported by a
    study. A citation that runs over a full stop belongs to the sentence it begins in.
    """
    works = [citation for citation in citations if not citation.csl]
    found = []
    for start, end in sentences.spans(text):
        inside = tuple(c for c in works if start <= c.start < end)
        if inside:
            found.append(CitedSentence(start, end, inside))
    return found


def leans_on_others(text: str, citations: Sequence[Citation]) -> bool:
    """Whether a passage does no more than report works: no finding of its own study.

    >>> from kb.citations import citations_of
    >>> from kb.records import Passage
    >>> text = "Vertrouwen kost tijd (Bos, 2014). Dat geldt ook voor teams (Prins, 2016)."
    >>> leans_on_others(text, citations_of(Passage("p", "d", text, 0)))
    True
    """
    if phrase_pattern("words", "own_study").search(fold(text)):
        return False
    cited = sum(s.end - s.start for s in cited_sentences(text, citations))
    return cited >= MOST * len(text) > 0


def respondent_words(text: str) -> list[tuple[int, int]]:
    """Spans of the words of respondents: quoted, with who or where behind them.

    >>> text = "Dat schuurt. ‘We weten niet bij wie we moeten zijn’ (wijkteam Noord)."
    >>> [text[a:b] for a, b in respondent_words(text)]
    ['‘We weten niet bij wie we moeten zijn’']
    """
    return [
        (match.start(), match.end("words") + 1)
        for match in _QUOTED.finditer(text)
        if _is_speaker(match.group("who"))
    ]


def _is_speaker(who: str) -> bool:
    """A respondent or a place, and no source: nothing with a year or an address."""
    if re.search(rf"{YEAR}|https?:|www\.|\bp\.\s?\d|\bzie\b", who):
        return bool(_SPEAKER.match(who))
    return len(who.split()) <= _LONGEST_SPEAKER and any(
        char.isalpha() for char in who
    )
