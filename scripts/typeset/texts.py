"""Reports in sentences that chance makes: the same number makes the same report."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from scripts.generated_corpus import Listed, sentence, work

_WORDS = Path(__file__).with_name("words.yaml")
_OWN_SENTENCES = (
    0.6  # share that the grammar makes; the demo texts give the others
)


@dataclass(slots=True)
class Piece:
    """A block as its maker means it; `kind` as in `kb.records.BLOCK_KINDS`.

    `note` is the text of a footnote whose mark stands behind the piece's first sentence,
    `lead` a run-in heading before the text, `depth` that of a list item.
    """

    kind: str
    text: str
    level: int = 1
    mark: str = ""
    note: str = ""
    lead: str = ""
    depth: int = 0
    rows: list[list[str]] = field(default_factory=list)
    inside: list[Piece] = field(default_factory=list)  # of a box


@cache
def _vocabulary() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load(_WORDS.read_text("utf-8"))
    return found


class Writer:
    """Says something new each time."""

    def __init__(self, number: int) -> None:
        self.chance = random.Random(f"typeset {number}")

    def one(self, name: str) -> str:
        """A word of that list, not filled in."""
        return self.chance.choice(_vocabulary()[name])

    def sentence(self) -> str:
        """One sentence with a capital and a stop."""
        if self.chance.random() > _OWN_SENTENCES:
            return sentence(self.chance)
        return self.filled(self.one("sentences"))

    def filled(self, pattern: str) -> str:
        """`pattern` with each <name> replaced by a word of that list."""
        text = pattern
        while "<" in text:
            before, _, rest = text.partition("<")
            name, _, after = rest.partition(">")
            text = before + self._value(name) + after
        return re.sub(
            r"[^\W\d_]", lambda found: found.group().upper(), text, count=1
        )

    def _value(self, name: str) -> str:
        if name == "n":
            return str(self.chance.randint(2, 97))
        if name == "year":
            return str(self.chance.randint(2008, 2025))
        return self.one(name)

    def paragraph(self, least: int = 2, most: int = 6) -> str:
        """Some sentences."""
        count = self.chance.randint(least, most)
        return " ".join(self.sentence() for _ in range(count))

    def heading(self) -> str:
        """A title of a section."""
        return self.filled(self.one("headings"))

    def item(self) -> str:
        """What an item of a list says: a few words, a sentence or two."""
        if self.chance.random() < 0.5:
            return self.filled(self.one("items"))
        return self.paragraph(1, 2)

    def note(self) -> str:
        """What a footnote says."""
        if self.chance.random() < 0.5:
            listed = self.work()
            return f"Zie {listed.entry()}".replace("*", "")
        return self.paragraph(1, 3)

    def work(self) -> Listed:
        """A work to list or cite."""
        return work(self.chance.randrange(10_000))

    def table(self) -> list[list[str]]:
        """Rows of a table with its head."""
        columns = self.chance.randint(2, 5)
        wordy = self.chance.random() < 0.4
        head = [self.one("columns").capitalize() for _ in range(columns)]
        rows = [head]
        for _ in range(self.chance.randint(3, 9)):
            row = [
                self.filled(self.one("items")) if wordy else self.one("places")
            ]
            row += [self._figure() for _ in range(columns - 1)]
            rows.append(row)
        return rows

    def _figure(self) -> str:
        tenths = self.chance.randrange(10)
        form = self.chance.choice(("{0}", "{0},{1}", "{0}%", "€ {0}.{1}00"))
        return form.format(self.chance.randint(1, 98), tenths)

    def name(self) -> str:
        """A title of a document."""
        return self.filled(self.one("titles"))
