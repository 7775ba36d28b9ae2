"""Which passages cover a gold paragraph, whatever cut the text into passages.

Texts are compared as runs of letters and digits. The gold paragraph is cut into windows;
each that occurs in the document gives its characters to the passages it falls in. A passage
covers the paragraph when it got at least 45 % of the shorter of the two.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from kb.dutch.fold import letters

WINDOW = 24  # characters
COVER = 0.45


@dataclass(frozen=True)
class Strip:
    """The passages of one document as one run of characters."""

    text: str
    starts: tuple[int, ...]
    sizes: tuple[int, ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Strip:
        """The strip of passages in reading order."""
        plain = [letters(text) for text in texts]
        sizes = tuple(len(piece) for piece in plain)
        starts = tuple(accumulate(sizes[:-1], initial=0)) if sizes else ()
        return cls("".join(plain), starts, sizes)

    def covering(self, text: str) -> list[int]:
        """Numbers of the passages that cover `text`, in reading order.

        >>> strip = Strip.of(["Zij wonen naast elkaar.", "Hij helpt haar elke week."])
        >>> strip.covering("hij helpt haar elke week")
        [1]
        """
        wanted = letters(text)
        got = [0] * len(self.sizes)
        for at in range(0, max(1, len(wanted) - WINDOW + 1), WINDOW):
            window = wanted[at : at + WINDOW]
            place = self.text.find(window) if window else -1
            if place >= 0:
                self._share(place, place + len(window), got)
        least = [COVER * min(size, len(wanted)) for size in self.sizes]
        return [
            n for n, given in enumerate(got) if given and given >= least[n]
        ]

    def _share(self, start: int, end: int, got: list[int]) -> None:
        """Give each passage the characters from `start` to `end` that are its own."""
        number = bisect_right(self.starts, start) - 1
        while number < len(self.starts) and self.starts[number] < end:
            own_end = self.starts[number] + self.sizes[number]
            shared = min(end, own_end) - max(start, self.starts[number])
            got[number] += max(0, shared)
            number += 1
