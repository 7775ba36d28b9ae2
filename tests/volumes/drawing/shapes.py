"""The axes of a collection, each drawn by itself."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

KINDS = (
    "bundel",
    "tijdschrift",
    "reader",
    "congres",
    "raadsstuk",
    "proefschrift",
)
PLACES = (
    "below",
    "below",
    "below",
    "above",
    "below summary",
    "below subtitle",
    "end",
    "contents",
    "heading behind",
    "heading before",
    "biographies",
    "footnote",
)
LEADS = (
    "",
    "",
    "",
    "door ",
    "Door: ",
    "Auteurs: ",
    "Tekst: ",
    "Tekst ",
    "— ",
    "Auteur(s) ",
)
TAILS = ("", "", "", "", ", role", " (body)", "mark", "line of body")
STYLES = ("plain", "plain", "italic", "bold", "capitals", "heading")
FORMS = ("full", "full", "full", "initials", "titled", "mixed")
JOINERS = (" en ", " & ", ", ", " | ", "; ", "lines")
CONTENTS = ("none", "list", "list", "table", "dots", "two lines", "bold list")
IN_CONTENTS = ("none", "behind", "before", "under", "brackets")
NUMBERS = (
    "none",
    "none",
    "1",
    "1.",
    "Hoofdstuk 1.",
    "Hoofdstuk 1 line",
    "genre",
    "I.",
)
SECTIONS = ("none", "deeper", "deeper", "numbered", "same level")
LISTS = ("none", "own", "own", "one at the end", "notes")
INTRODUCTIONS = ("none", "nobody", "signed", "editors")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a collection looks; every field is a choice of its axis."""

    kind: str
    articles: int
    paged_text: bool  # typed text with pages, else Markdown
    level: int  # of the titles of articles
    parted: bool  # "Deel 1" above them
    place: str  # of the authors
    lead: str
    tail: str
    style: str
    form: str
    joiner: str
    subtitles: bool
    capital_titles: bool
    contents: str
    in_contents: str
    page_first: bool
    numbers: str
    sections: str
    lists: str
    introduction: str
    biographies: bool
    running_heads: bool
    summaries: bool


def draw(seed: int) -> Shape:
    """The shape of a seed; who wrote stands somewhere in each."""
    rng = Random(seed)
    place = rng.choice(PLACES)
    contents = rng.choice(CONTENTS)
    in_contents = rng.choice(IN_CONTENTS)
    if place == "contents":
        contents = rng.choice(CONTENTS[1:])
        in_contents = rng.choice(IN_CONTENTS[1:])
    parted = rng.random() < 0.2
    level = rng.choice((1, 1, 2))
    return Shape(
        kind=rng.choice(KINDS),
        articles=rng.randrange(3, 8),
        paged_text=rng.random() < 0.25,
        level=2 if parted else level,
        parted=parted,
        place=place,
        lead=rng.choice(LEADS),
        tail=rng.choice(TAILS),
        style=rng.choice(STYLES),
        form=rng.choice(FORMS),
        joiner=rng.choice(JOINERS),
        subtitles=place == "below subtitle" or rng.random() < 0.2,
        capital_titles=rng.random() < 0.15,
        contents=contents,
        in_contents=in_contents,
        page_first=rng.random() < 0.2,
        numbers=rng.choice(NUMBERS),
        sections=rng.choice(SECTIONS),
        lists=rng.choice(LISTS),
        introduction=rng.choice(INTRODUCTIONS),
        biographies=place == "biographies" or rng.random() < 0.25,
        running_heads=rng.random() < 0.5,
        summaries=place == "below summary" or rng.random() < 0.15,
    )
