"""Collections of any size for measuring: sentences of a small corpus mixed anew.

Rare words and new compounds stand among them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import islice

from kb.dutch import sentences
from kb.records import Document, Passage, Tag
from kb.store import Store

PER_DOCUMENT = 400
REPLACED = 0.07  # share of words that become a rare word or a new compound
_KINDS = (
    "text",
    "text",
    "text",
    "text",
    "finding",
    "finding",
    "recommendation",
    "literature",
    "method",
    "respondent_quote",
    "reference",
)
_PLACES = (
    "Zwolle",
    "Utrecht",
    "Zeist",
    "Amersfoort",
    "Leeuwarden",
    "Eindhoven",
    "Enschede",
    "Nijmegen",
    "Groningen",
    "Almere",
)
_TYPES = ("report", "report", "article", "thesis")


def rare_words() -> list[str]:
    """Dutch words of middling and low frequency, letters only."""
    from wordfreq import top_n_list

    return [
        word
        for word in top_n_list("nl", 120_000)[5_000:]
        if word.isalpha() and len(word) > 4
    ]


class Mixer:
    """Makes passages out of given sentences; the same seed makes the same ones."""

    def __init__(
        self, texts: Sequence[str], themes: Sequence[str], seed: int = 1
    ) -> None:
        self._random = random.Random(seed)
        self._sentences = [
            s
            for text in texts
            for s in sentences.split(text)
            if 5 <= len(s.split()) <= 40
        ]
        self._random.shuffle(self._sentences)
        self._rare = rare_words()
        self._section: tuple[str, ...] = ()
        self._themes = list(themes) or ["B1"]

    def _sentence(self) -> str:
        """A sentence, early ones far more often than late ones."""
        place = int(len(self._sentences) ** self._random.random()) - 1
        return " ".join(
            self._word(word) if self._random.random() < REPLACED else word
            for word in self._sentences[place].split()
        )

    def _word(self, word: str) -> str:
        rare = self._rare[int(len(self._rare) * self._random.random() ** 2)]
        return (
            rare
            if self._random.random() < 0.8
            else word.strip(".,;:()").lower() + rare
        )

    def passage(self, document: str, position: int) -> Passage:
        """One passage of three to eight sentences."""
        text = " ".join(
            self._sentence() for _ in range(self._random.randint(3, 8))
        )
        places = (
            (self._random.choice(_PLACES),)
            if self._random.random() < 0.2
            else ()
        )
        if position % 12 == 0:
            self._section = (
                f"{1 + position // 60} Hoofdstuk",
                f"{1 + position // 60}.{1 + position // 12 % 5} {' '.join(text.split()[:4])}",
            )
        kind = self._random.choice(_KINDS)
        return Passage(
            f"{document}-{position}",
            document,
            text,
            position,
            kind,
            section=self._section,
            page=1 + position // 6,
            municipalities=places,
        )

    def tags(self, passage: Passage) -> list[Tag]:
        """None to three themes."""
        count = min(self._random.choice((0, 0, 1, 1, 2, 3)), len(self._themes))
        return [
            Tag(passage.id, theme, round(self._random.uniform(0.5, 1), 2))
            for theme in self._random.sample(self._themes, count)
        ]

    def document(self, number: int) -> Document:
        """A report with authors and a year."""
        authors = tuple(
            f"Auteur{self._random.randint(1, 300)}, A."
            for _ in range(self._random.randint(1, 3))
        )
        title = " ".join(self._sentence().split()[:7])
        return Document(
            f"doc{number:05}",
            f"doc{number:05}.txt",
            title,
            authors,
            self._random.randint(2008, 2024),
            self._random.choice(_TYPES),
        )


def fill(
    store: Store,
    texts: Sequence[str],
    passages: int,
    themes: Sequence[str] = (),
    seed: int = 1,
) -> None:
    """Fill a new store with a synthetic collection of `passages` passages."""
    mixer = Mixer(texts, themes, seed)
    for number in range(-(-passages // PER_DOCUMENT)):
        document = mixer.document(number)
        made = [
            mixer.passage(document.id, i)
            for i in range(min(PER_DOCUMENT, passages - number * PER_DOCUMENT))
        ]
        store.add([document])
        store.add(made)
        store.add(tag for passage in made for tag in mixer.tags(passage))


def questions(
    store: Store, count: int, seed: int = 2
) -> Iterator[tuple[str, str]]:
    """(kind, query) pairs of the sorts people ask, made of words that the collection has."""
    chooser = random.Random(seed)
    documents = [d.id for d in store.documents()]
    chooser.shuffle(documents)
    pool = [p for d in documents[:8] for p in store.passages(d)]

    def word() -> str:
        found = [
            w.strip(".,;:()‘’“”\"'").lower()
            for w in chooser.choice(pool).text.split()
        ]
        return chooser.choice(
            [w for w in found if len(w) > 4 and w.isalpha()] or ["wijkteam"]
        )

    def phrase() -> str:
        words = chooser.choice(pool).text.split()
        start = chooser.randrange(max(1, len(words) - 3))
        return (
            " ".join(words[start : start + 2]).strip(".,;:()").replace('"', "")
        )

    def asked() -> Iterator[tuple[str, str]]:
        while True:
            yield "term", word()
            yield "three words", f"{word()} {word()} {word()}"
            yield "and", f"{word()} EN {word()}"
            yield "phrase", f'"{phrase()}"'
            yield (
                "question",
                f"hoe gaat {word()} om met {word()} en {word()} in de {word()}?",
            )
            yield (
                "filtered",
                f"{word()} {word()} jaar:2012..2018 soort:bevinding",
            )
            yield "prefix", word()[:4] + "*"
            yield "misspelled", _misspelled(word(), chooser)

    yield from islice(asked(), count)


def _misspelled(word: str, chooser: random.Random) -> str:
    at = chooser.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
