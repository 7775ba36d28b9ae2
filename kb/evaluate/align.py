"""Which passages cover a gold paragraph, whatever cut the text into passages.

Texts are compared as runs of letters and digits. The gold paragraph is cut into windows; each that occurs in the document gives its
characters to the passages it falls in. A passage covers the paragraph when it got at least 45 % of the shorter of the two.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

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
        plain = [letters(text) for text in texts]
        starts, total = [], 0
        for piece in plain:
            starts.append(total)
            total += len(piece)
        return cls("".join(plain), tuple(starts), tuple(map(len, plain)))

    def covering(self, text: str) -> list[int]:
        """Numbers of the passages that cover `text`, in reading order."""
        wanted = letters(text)
        got = [0] * len(self.sizes)
        for at in range(0, max(1, len(wanted) - WINDOW + 1), WINDOW):
            window = wanted[at : at + WINDOW]
            place = self.text.find(window) if window else -1
            if place >= 0:
                self._share(place, len(window), got)
        return [
            number
            for number, count in enumerate(got)
            if count and count >= COVER * min(self.sizes[number], len(wanted))
        ]

    def _share(self, place: int, size: int, got: list[int]) -> None:
        number = bisect_right(self.starts, place) - 1
        end = place + size
        while number < len(self.starts) and self.starts[number] < end:
            low, high = (
                max(place, self.starts[number]),
                min(end, self.starts[number] + self.sizes[number]),
            )
            got[number] += max(0, high - low)
            number += 1
