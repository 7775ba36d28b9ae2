"""How long is a passage, and where may a text that is too long be cut?

At the ends of sentences; a sentence of unreasonable length (a text without stops, a list
that lost its signs) at a semicolon, a comma, a space, and where there is none anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.dutch import sentences

MOST = 250  # words of a passage by preference
LEAST = 40  # words below which a last part may join the one before it
_JOINED = 1.2  # times MOST that the two may come to
_LETTERS_A_WORD = 24  # a "word" longer than this counts as several
# Characters from which a "sentence" is cut: tables and lists read as one sentence, and
# texts without stops, are what is so long. A passage stays below 6,000.
LONGEST_SENTENCE = 4000
_CUTS = ("; ", ": ", ", ", " ")  # the best first
_SEARCHED = 0.5  # of a piece in which a cut is looked for, from its end


def words(text: str) -> int:
    """Words of a text; what has no spaces counts by its letters.

    >>> words("drie korte woorden"), words("x" * 2400)
    (3, 100)
    """
    return max(len(text.split()), len(text) // _LETTERS_A_WORD)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of `text`, none longer than LONGEST_SENTENCE."""
    found = []
    for start, end in sentences.spans(text):
        found += list(_cut(text, start, end))
    return found


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """One sentence in as few pieces as its length asks for."""
    while end - start > LONGEST_SENTENCE:
        until = _cut_before(text, start, start + LONGEST_SENTENCE)
        yield start, until
        start = until
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _cut_before(text: str, start: int, end: int) -> int:
    """The best place to cut in the second half of a piece, else its end."""
    earliest = start + int(_SEARCHED * (end - start))
    for sign in _CUTS:
        at = text.rfind(sign, earliest, end)
        if at >= 0:
            return at + len(sign.rstrip())
    return end


def even_parts(pieces: Sequence[str], most: int = MOST) -> list[list[str]]:
    """Sentences put together to parts of at most `most` words, about equally long.

    >>> even_parts(["Een.", "Twee.", "Drie.", "Vier."], most=2)
    [['Een.', 'Twee.'], ['Drie.', 'Vier.']]
    """
    sizes = [words(piece) for piece in pieces]
    count = -(-sum(sizes) // most)
    target = sum(sizes) / count
    parts: list[list[str]] = [[]]
    filled = 0.0
    for piece, size in zip(pieces, sizes, strict=True):
        half_over = filled + size / 2 > target and len(parts) < count
        if parts[-1] and (filled + size > most or half_over):
            parts.append([])
            filled = 0.0
        parts[-1].append(piece)
        filled += size
    return _with_short_end_joined(parts, most)


def _with_short_end_joined(
    parts: list[list[str]], most: int
) -> list[list[str]]:
    """A last part of a few words goes with the part before it, where that has room."""
    if len(parts) < 2:
        return parts
    last, before = sum(map(words, parts[-1])), sum(map(words, parts[-2]))
    if last < LEAST // 2 and last + before <= most * _JOINED:
        return [*parts[:-2], parts[-2] + parts[-1]]
    return parts
