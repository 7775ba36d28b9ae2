"""Corpora of any size for measuring the build: Markdown reports made of the demo
documents' sentences.

Report number n is the same in a corpus of any size, so that sizes can be compared.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kb.dutch import sentences
from scripts.synthetic import rare_words

TEXTS = Path(__file__).parent / "demo" / "texts"
PARAGRAPHS = 220
PER_SECTION = 11
REFERENCES = (25, 45)  # entries of one list
WORKS_PER_REPORT = (
    12  # works that exist for each report: lists share about two thirds
)
CITED = 0.35  # share of paragraphs with a citation
REPLACED = 0.07  # share of words that become a rare word

_FAMILIES = (
    "Aalders",
    "Bosma",
    "Claassen",
    "Dekkers",
    "Eerens",
    "Faber",
    "Groothuis",
    "Hendriksen",
    "Idema",
    "Joosten",
    "Kamphuis",
    "Lindeboom",
    "Muller",
    "Noordam",
    "Oostveen",
    "Plantinga",
    "Querido",
    "Roelofs",
    "Stegeman",
    "Tuinstra",
    "Uiterwijk",
    "Verhagen",
    "Wieringa",
    "Zijlstra",
)
_PREFIXES = ("", "", "", "Van ", "De ", "Van der ")
_PUBLISHERS = (
    "Utrecht: Movisie",
    "Den Haag: SCP",
    "Assen: Van Gorcum",
    "Bussum: Coutinho",
)
_JOURNALS = (
    "Sociaal Bestek",
    "Journal of Social Intervention",
    "Maatwerk",
    "Beleid en Maatschappij",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A work that reports list and cite."""

    names: tuple[str, ...]
    year: int
    title: str
    rest: str

    def entry(self) -> str:
        """As it stands in a list."""
        initials = [f"{name}, {name[0]}." for name in self.names]
        who = " & ".join(
            filter(None, [", ".join(initials[:-1]), initials[-1]])
        )
        return f"{who} ({self.year}). {self.title}. {self.rest}."

    def mention(self) -> str:
        """As it stands in a text."""
        who = self.names[0] if len(self.names) > 2 else " & ".join(self.names)
        return f"({who}{' e.a.' if len(self.names) > 2 else ''}, {self.year})"


@cache
def _sentences() -> tuple[str, ...]:
    """Plain sentences of the demo documents."""
    found = []
    for path in sorted(TEXTS.glob("*.md")):
        body = path.read_text(encoding="utf-8").split("---", 2)[-1]
        for line in body.split("\n"):
            if re.match(r"[A-Z‘]", line) and not re.search(r"[(\[*|]", line):
                found += [
                    s
                    for s in sentences.split(line)
                    if 6 <= len(s.split()) <= 40
                ]
    return tuple(found)


@cache
def _rare() -> tuple[str, ...]:
    return tuple(rare_words())


def sentence(chance: random.Random) -> str:
    words = chance.choice(_sentences()).split()
    rare = _rare()
    return " ".join(
        rare[int(len(rare) * chance.random() ** 2)]
        if word.islower() and word.isalpha() and chance.random() < REPLACED
        else word
        for word in words
    )


def work(number: int) -> Listed:
    chance = random.Random(f"work {number}")
    names = tuple(
        chance.choice(_PREFIXES) + chance.choice(_FAMILIES)
        for _ in range(chance.choice((1, 2, 2, 3)))
    )
    words = [
        _rare()[int(len(_rare()) * chance.random() ** 2)]
        for _ in range(chance.randint(3, 7))
    ]
    title = " ".join(["De", *words, "in de wijk"])
    rest = chance.choice(_PUBLISHERS)
    if chance.random() < 0.4:
        first = chance.randint(1, 80)
        rest = (
            f"*{chance.choice(_JOURNALS)}, {chance.randint(1, 40)}*({chance.randint(1, 6)}), "
            f"{first}-{first + 14}"
        )
    return Listed(names, chance.randint(1995, 2019), title, rest)


def report(number: int) -> str:
    """The Markdown of report `number`."""
    chance = random.Random(f"report {number}")
    newest = WORKS_PER_REPORT * (number + 3)
    listed = [
        work(n)
        for n in sorted(
            {
                chance.randrange(newest)
                for _ in range(chance.randint(*REFERENCES))
            }
        )
    ]
    lines = [f"# Wijkteams onderzocht, deel {number + 1}", ""]
    for place in range(PARAGRAPHS):
        if place % PER_SECTION == 0:
            title = " ".join(sentence(chance).split()[:4]).strip(",.:;")
            lines += [f"## {1 + place // PER_SECTION} {title}", ""]
        text = " ".join(sentence(chance) for _ in range(chance.randint(3, 7)))
        if chance.random() < CITED:
            text = f"{text[:-1]} {chance.choice(listed).mention()}."
        lines += [text, ""]
    lines += ["## Literatuur", ""]
    for entry in sorted(listed, key=lambda w: w.names):
        lines += [entry.entry(), ""]
    return "\n".join(lines)


def record(number: int) -> str:
    """The BibTeX of report `number`."""
    chance = random.Random(f"record {number}")
    people = " and ".join(
        f"{chance.choice(_FAMILIES)}, {chance.choice('ABCD')}."
        for _ in range(2)
    )
    return (
        f"@techreport{{gen{number:04}, author={{{people}}}, "
        f"title={{Wijkteams onderzocht, deel {number + 1}}}, "
        f"institution={{Bureau {chance.choice(_FAMILIES)}}}, "
        f"year={{{chance.randint(2012, 2020)}}}, "
        f"file={{gen{number:04}.md}}}}\n"
    )


def write(corpus: Path, reports: int) -> None:
    """A corpus folder with `reports` reports and their records."""
    sources = corpus / "sources"
    sources.mkdir(parents=True, exist_ok=True)
    for number in range(reports):
        (sources / f"gen{number:04}.md").write_text(
            report(number), encoding="utf-8"
        )
    bib = "".join(record(number) for number in range(reports))
    (corpus / "sources.bib").write_text(bib, encoding="utf-8")
