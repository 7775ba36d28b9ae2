"""The sentences of a passage that answer, whole, with the words that matched marked, also
inside compounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.dutch import sentences
from kb.dutch.analysis import WORD
from kb.dutch.fold import folded_word
from kb.dutch.stem import stem
from kb.search.request import Match, Snippet

MOST_REASONS = 12  # different words that are told of a hit
LENGTH = 320  # characters, about; never cut inside a sentence unless one sentence is far longer
Known = Mapping[
    str, tuple[float, str, str]
]  # folded word -> weight, how, asked


def marks(text: str, known: Known) -> list[tuple[int, int, float]]:
    """Spans of the words that matched with their weight."""
    found = []
    for match in WORD.finditer(text):
        reason = known.get(folded_word(match.group()))
        if reason is not None:
            found.append((match.start(), match.end(), reason[0]))
    return found


def phrase_spans(
    text: str, words: Sequence[str], slop: int = 0
) -> list[tuple[int, int]]:
    """Where words stand in a row, in any of their forms.

    >>> phrase_spans("Het W-2 formulier, en W 3.", ("w", "2"))
    [(4, 7)]
    >>> phrase_spans("De hoge, te hoge werkdruk.", ("hoog", "werkdruk"))
    [(12, 25)]
    """
    found = list(WORD.finditer(text))
    stems = [stem(folded_word(word.group())) for word in found]
    wanted = [stem(word) for word in words]
    spans = []
    for first, one in enumerate(stems):
        last = None
        if one == wanted[0]:
            last = _run_end(stems, wanted, first, slop)
        if last is not None:
            spans.append((found[first].start(), found[last].end()))
    return spans


def _run_end(
    stems: Sequence[str], wanted: Sequence[str], first: int, slop: int
) -> int | None:
    """The place of the last of the stems wanted, if the others follow that at `first`."""
    at = first
    for one in wanted[1:]:
        near = range(at + 1, min(at + 2 + slop, len(stems)))
        following = next((n for n in near if stems[n] == one), None)
        if following is None:
            return None
        at = following
    return at


def snippet(
    text: str, found: Sequence[tuple[int, int, float]], length: int = LENGTH
) -> Snippet:
    """The run of whole sentences with most matched weight, at most about `length` characters."""
    spans = sentences.spans(text) or [(0, len(text))]
    best, best_value = (0, 1), -1.0
    for first in range(len(spans)):
        last = first
        while (
            last + 1 < len(spans)
            and spans[last + 1][1] - spans[first][0] <= length
        ):
            last += 1
        start, end = spans[first][0], spans[last][1]
        value = _value(text, [m for m in found if start <= m[0] < end])
        if value > best_value + 1e-9:
            best, best_value = (first, last + 1), value
    start, end = spans[best[0]][0], spans[best[1] - 1][1]
    start, end = _tighten(start, end, found, length)
    piece = text[start:end].rstrip()
    inside = tuple(
        (a - start, b - start)
        for a, b, _ in found
        if start <= a and b <= start + len(piece)
    )
    return Snippet(piece, inside, start)


def _value(text: str, found: Sequence[tuple[int, int, float]]) -> float:
    """Different words count whole, repetitions a quarter."""
    best: dict[str, float] = {}
    total = 0.0
    for start, end, weight in found:
        word = text[start:end].lower()
        total += 0.25 * weight
        best[word] = max(best.get(word, 0.0), weight)
    return total + sum(best.values())


def _tighten(
    start: int, end: int, found: Sequence[tuple[int, int, float]], length: int
) -> tuple[int, int]:
    """An endless sentence, cut to four times the length; from its first match if far in."""
    if end - start <= 4 * length:
        return start, end
    first = next((a for a, _, _ in found if a >= start), start)
    begin = first if first - start > length else start
    return begin, min(end, begin + 4 * length)


def why(
    found: Sequence[tuple[int, int, float]],
    text: str,
    known: Known,
    field: str = "text",
) -> tuple[Match, ...]:
    """A line for each different word that matched in a field, strongest first."""
    lines: dict[tuple[str, str], Match] = {}
    for start, end, _ in found:
        word = text[start:end]
        weight, how, asked = known.get(folded_word(word), (0.0, "", ""))
        if how and (asked, word.lower()) not in lines:
            lines[asked, word.lower()] = Match(
                asked, word, how, field, round(weight, 2)
            )
    strongest = sorted(lines.values(), key=lambda m: (-m.weight, m.asked))
    return tuple(strongest[:MOST_REASONS])
