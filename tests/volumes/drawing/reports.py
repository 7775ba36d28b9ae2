"""Reports of one maker that name people under headings, and are no collections."""

from __future__ import annotations

from random import Random

from tests.volumes.drawing import words
from tests.volumes.drawing.writing import Piece, marked

CHAPTERS = ("Inleiding", "Aanpak", "Resultaten", "Conclusie", "Aanbevelingen")
NAMED = (
    "portraits",
    "quoted",
    "contacts",
    "boxes",
    "annexes",
    "members",
    "cases by name",
    "interviews in one chapter",
    "sources",
    "none",
)


def report_of(seed: int) -> str:
    """A report in Markdown; people stand in it in a way drawn by chance."""
    rng = Random(seed * 104729)
    level, named = rng.choice((1, 2)), rng.choice(NAMED)
    author = _name(rng)
    blocks: list[Piece] = [
        ("h1", words.title(rng)),
        ("p", f"{author} en {_name(rng)}"),
    ]
    titles = [
        *CHAPTERS[:1],
        *(words.title(rng) for _ in range(3)),
        *CHAPTERS[2:],
    ]
    if rng.random() < 0.6:
        blocks.append((f"h{level}", "Inhoud"))
        rows = enumerate(titles, 1)
        blocks += [("li", f"{n} {title} {n * 7}") for n, title in rows]
    for number, title in enumerate(titles, 1):
        lead = f"{number} " if rng.random() < 0.5 else ""
        blocks.append((f"h{level}", lead + title))
        blocks += [
            ("p", words.paragraph(rng)) for _ in range(rng.randrange(1, 4))
        ]
        if number in (2, 3, 4):
            blocks += _people(rng, level + 1, named, number)
    blocks.append((f"h{level}", "Literatuur"))
    blocks += [("p", words.entry(rng)) for _ in range(6)]
    return marked([*blocks, *_annexes(rng, level, named)])


def _name(rng: Random) -> str:
    return f"{words.given(rng)} {words.family(rng)}"


def _people(rng: Random, level: int, named: str, number: int) -> list[Piece]:
    head, blocks = f"h{level}", list[Piece]()
    several = 4 if named == "interviews in one chapter" and number == 3 else 2
    for _ in range(several):
        name, role = _name(rng), rng.choice(words.ROLES)
        text: list[Piece] = [("p", words.paragraph(rng)) for _ in range(2)]
        blocks += {
            "portraits": [(head, words.title(rng)), ("p", name), *text],
            "quoted": [
                *text,
                ("p", f"“{words.sentence(rng)}”"),
                ("p", f"{name}, {role}"),
            ],
            "contacts": [
                (head, words.title(rng)),
                *text,
                ("p", f"Contact: {name}"),
            ],
            "boxes": [(head, f"{name}, {role}"), *text],
            "cases by name": [(head, name), *text],
            "interviews in one chapter": [
                (head, f"In gesprek met {name}"),
                ("p", role),
                *text,
            ],
            "sources": [*text, ("p", f"Bron: {name}")],
        }.get(named, text)
    return blocks


def _annexes(rng: Random, level: int, named: str) -> list[Piece]:
    if named not in ("annexes", "members"):
        return []
    head = f"h{level}"
    blocks: list[Piece] = []
    for number, title in enumerate(
        ("Respondenten", "Begeleidingscommissie"), 1
    ):
        blocks.append((head, f"Bijlage {number}. {title}"))
        blocks += [
            ("li", f"{_name(rng)}, {rng.choice(words.ROLES)}")
            for _ in range(5)
        ]
    return blocks
