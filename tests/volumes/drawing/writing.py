"""A collection of a drawn shape as a file, with the truth of what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tests.volumes.drawing import words
from tests.volumes.drawing.shapes import Shape

LINE = 72  # characters of typed text
PAGE = 40  # lines of typed text
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
WHOLES = {
    "bundel": ("Bundel {n}", "Onder redactie van {e}"),
    "tijdschrift": (
        "Tijdschrift voor {n}",
        "Jaargang 4, nummer 2. Redactie: {e}",
    ),
    "reader": ("Reader {n}", "Samengesteld door {e}"),
    "congres": ("Congresbundel {n}", "Redactie: {e}"),
    "raadsstuk": ("Raadsvoorstel {n}", "Aan de raad van Rijnoord"),
    "proefschrift": ("{n}", "Proefschrift, Universiteit Oostmeer"),
}
INTRODUCED = (
    "Inleiding",
    "Ten geleide",
    "Redactioneel",
    "Voorwoord",
    "Bij dit nummer",
)
LISTED = ("Inhoud", "Inhoudsopgave", "In dit nummer", "INHOUD")


@dataclass(frozen=True, slots=True)
class Article:
    """What an article is: its title, the families of its authors, its first page."""

    title: str
    subtitle: str
    given: tuple[str, ...]
    families: tuple[str, ...]
    page: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Volume:
    """A file and what it holds; `loose` are titles of which either answer is right."""

    suffix: str
    text: str
    articles: tuple[Article, ...]
    loose: tuple[str, ...] = ()


def volume_of(seed: int, shape: Shape) -> Volume:
    """The file of a shape; the same seed gives the same file."""
    rng = Random(seed * 7919)
    articles = tuple(_articles(rng, shape))
    blocks = _front(rng, shape, articles)
    for number, article in enumerate(articles, 1):
        blocks += _written(rng, shape, article, number)
    blocks += _back(rng, shape, articles)
    heads = [article.title for article in articles]
    text = _paged(blocks, shape, heads) if shape.paged_text else marked(blocks)
    loose = INTRODUCED if shape.introduction in ("signed", "editors") else ()
    return Volume(".txt" if shape.paged_text else ".md", text, articles, loose)


def _articles(rng: Random, shape: Shape) -> list[Article]:
    page, made = rng.randrange(3, 9), []
    for _ in range(shape.articles):
        several = rng.choice((1, 1, 2, 2, 3))
        made.append(
            Article(
                title=words.title(rng),
                subtitle=words.second_title(rng) if shape.subtitles else "",
                given=tuple(words.given(rng) for _ in range(several)),
                families=tuple(words.family(rng) for _ in range(several)),
                page=page,
                roles=tuple(rng.choice(words.ROLES) for _ in range(several)),
            )
        )
        page += rng.randrange(3, 15)
    return made


# A block is (what it is, text): "h1".."h6", "p", "li", "raw".
Piece = tuple[str, str]


def _names(shape: Shape, article: Article, plain: bool = False) -> list[str]:
    """The people of an article, each as the shape writes them."""
    told = []
    pairs = zip(article.given, article.families, strict=True)
    for at, (given, family) in enumerate(pairs):
        initials = "-".join(f"{part[0]}." for part in given.split("-"))
        title = ("dr. ", "prof. dr. ", "drs. ")[at % 3]
        form = shape.form
        if form == "mixed":
            form = ("full", "titled")[at % 2]
        first = initials if form == "initials" else given
        lead = title if form == "titled" and not plain else ""
        told.append(f"{lead}{first} {family}")
    return told


def _joined(names: Sequence[str], joiner: str) -> str:
    if joiner in (" en ", " & ") and len(names) > 1:
        return f"{', '.join(names[:-1])}{joiner}{names[-1]}"
    return ("\n" if joiner == "lines" else joiner).join(names)


def _byline(shape: Shape, article: Article) -> list[Piece]:
    names, joiner = _names(shape, article), shape.joiner
    tail, below = shape.tail, ""
    if tail == "mark":
        names = [f"{name}{at}" for at, name in enumerate(names, 1)]
    if tail == ", role":
        names = [
            f"{n}, {r}" for n, r in zip(names, article.roles, strict=True)
        ]
        joiner = "; " if joiner in (" en ", " & ", ", ") else joiner
    if tail == " (body)":
        names = [f"{name} ({words.BODIES[0]})" for name in names]
    if tail == "line of body":
        below = words.BODIES[len(article.title) % len(words.BODIES)]
    line = shape.lead + _joined(names, joiner)
    if shape.style == "capitals":
        line = line.upper()
    lines = _styled(shape, line)
    return [*lines, ("p", f"*{below}*")] if below else lines


def _styled(shape: Shape, line: str) -> list[Piece]:
    mark = {"italic": "*", "bold": "**"}.get(shape.style, "")
    if shape.style == "heading":
        level = min(shape.level + 2, 6)
        return [(f"h{level}", line.replace("\n", ", "))]
    lines = [f"{mark}{part}{mark}" for part in line.split("\n")]
    return [("p", "  \n".join(lines))]


def _heading(shape: Shape, article: Article, number: int) -> list[Piece]:
    title = article.title.upper() if shape.capital_titles else article.title
    people = _joined(_names(shape, article), " en ")
    if shape.place == "heading behind":
        title = f"{title} – {people}"
    if shape.place == "heading before":
        title = f"{people}: {title}"
    level = f"h{shape.level}"
    genres = ("Essay", "Interview", "Artikel", "Column")
    before = {
        "1": f"{number} ",
        "1.": f"{number}. ",
        "Hoofdstuk 1.": f"Hoofdstuk {number}. ",
        "I.": f"{ROMAN[number - 1]}. ",
        "genre": f"{genres[number % 4]}: ",
    }.get(shape.numbers, "")
    made = [(level, before + title)]
    if shape.numbers == "Hoofdstuk 1 line":
        made = [("p", f"Hoofdstuk {number}"), (level, title)]
    if shape.kind == "raadsstuk" and shape.numbers == "none":
        made = [(level, f"Bijlage {number}. {title}")]
    if article.subtitle:
        made.append((f"h{min(shape.level + 1, 6)}", article.subtitle))
    return made


def _written(
    rng: Random, shape: Shape, article: Article, number: int
) -> list[Piece]:
    blocks: list[Piece] = []
    if shape.parted and number in (1, 1 + shape.articles // 2):
        part = 1 if number == 1 else 2
        blocks.append(("h1", f"Deel {part}. {words.title(rng)}"))
    byline = _byline(shape, article)
    blocks.append(("page", str(article.page)))
    if shape.place == "above":
        blocks += byline
    blocks += _heading(shape, article, number)
    if shape.place in ("below", "below subtitle"):
        blocks += byline
    if shape.summaries:
        blocks.append(("p", f"*{words.sentence(rng)} {words.sentence(rng)}*"))
    if shape.place == "below summary":
        blocks += byline
    if shape.place == "footnote":
        who = _joined(_names(shape, article), " en ")
        blocks.append(
            (
                "note",
                f"{who} {'zijn' if len(article.given) > 1 else 'is'} "
                f"werkzaam bij {words.BODIES[0]}.",
            )
        )
    blocks += _body(rng, shape, number)
    if shape.place == "end":
        blocks += byline
    return blocks + _own_list(rng, shape)


def _body(rng: Random, shape: Shape, number: int) -> list[Piece]:
    blocks = [("p", words.paragraph(rng)) for _ in range(rng.randrange(2, 5))]
    if shape.sections == "none":
        return blocks
    level = shape.level if shape.sections == "same level" else shape.level + 1
    titles = ["Inleiding", words.title(rng), "Conclusie"]
    for at, title in enumerate(titles, 1):
        lead = f"{number}.{at} " if shape.sections == "numbered" else ""
        blocks.append((f"h{min(level, 6)}", lead + title))
        blocks += [
            ("p", words.paragraph(rng)) for _ in range(rng.randrange(2, 4))
        ]
    return blocks


def _own_list(rng: Random, shape: Shape) -> list[Piece]:
    if shape.lists not in ("own", "notes"):
        return []
    level = f"h{min(shape.level + 1, 6)}"
    if shape.lists == "notes":
        rows = [("p", f"{n}. Zie {words.entry(rng)}") for n in (1, 2)]
        return [(level, "Noten"), *rows]
    rows = [("p", words.entry(rng)) for _ in range(rng.randrange(2, 5))]
    return [
        (level, rng.choice(("Literatuur", "Referenties", "Bronnen"))),
        *rows,
    ]


def _front(
    rng: Random, shape: Shape, articles: Sequence[Article]
) -> list[Piece]:
    name, line = WHOLES[shape.kind]
    editor = f"{words.given(rng)} {words.family(rng)}"
    blocks = [
        ("h1", name.format(n=words.title(rng))),
        ("p", line.format(e=editor)),
    ]
    if shape.contents != "none":
        blocks += _contents(rng, shape, articles)
    if shape.introduction != "none":
        top = "h1" if shape.parted else f"h{shape.level}"
        blocks.append(("page", str(articles[0].page - 2)))
        blocks.append((top, rng.choice(INTRODUCED)))
        if shape.introduction == "editors":
            blocks.append(("p", editor))
        blocks += [("p", words.paragraph(rng)) for _ in range(3)]
        if shape.introduction == "signed":
            blocks.append(("p", editor))
    return blocks


def _contents(
    rng: Random, shape: Shape, articles: Sequence[Article]
) -> list[Piece]:
    level = "h1" if shape.parted else f"h{shape.level}"
    rows = [_row(shape, n, a) for n, a in enumerate(articles, 1)]
    heading = (level, rng.choice(LISTED))
    if shape.contents == "table":
        table = ["| | |", "|---|---|"]
        table += [f"| {' '.join(text)} | {page} |" for text, page in rows]
        return [heading, ("raw", "\n".join(table))]
    made: list[Piece] = []
    for text, page in rows:
        whole = (
            "\n".join(text)
            if shape.contents == "two lines"
            else " ".join(text)
        )
        if shape.contents == "bold list":
            whole = "  \n".join([f"**{text[0].strip()}**", *text[1:]])
        if shape.page_first:
            line = f"{page} {whole}"
        elif shape.contents == "dots":
            line = f"{whole} {'.' * 12} {page}"
        else:
            line = f"{whole} {page}"
        made.append(("li" if "list" in shape.contents else "p", line))
    return [heading, *made]


def _row(shape: Shape, number: int, article: Article) -> tuple[list[str], int]:
    numbered = shape.numbers in ("1", "1.", "Hoofdstuk 1.", "Hoofdstuk 1 line")
    title = f"{number} {article.title}" if numbered else article.title
    if article.subtitle:
        title = f"{title}. {article.subtitle}"
    people = _joined(_names(shape, article, plain=True), " en ")
    pieces = {
        "none": [title],
        "behind": [title, f"– {people}"],
        "before": [f"{people} –", title],
        "under": [title, people],
        "brackets": [title, f"({people})"],
    }
    return pieces[shape.in_contents], article.page


def _back(
    rng: Random, shape: Shape, articles: Sequence[Article]
) -> list[Piece]:
    top = "h1" if shape.parted else f"h{shape.level}"
    blocks: list[Piece] = []
    if shape.lists == "one at the end":
        blocks += [
            (top, "Literatuur"),
            *(("p", words.entry(rng)) for _ in range(5)),
        ]
    if not shape.biographies:
        return blocks
    blocks.append(
        (
            top,
            rng.choice(
                (
                    "Over de auteurs",
                    "Auteurs",
                    "Over de auteurs van deze bundel",
                )
            ),
        )
    )
    for number, article in enumerate(articles, 1):
        names = _names(shape, article)
        for name, role in zip(names, article.roles, strict=True):
            wrote = f" en schreef ‘{article.title}’"
            if shape.numbers.startswith(("1", "Hoofdstuk")):
                wrote = f" en schreef hoofdstuk {number}"
            told = wrote if shape.place == "biographies" else ""
            blocks.append(("p", f"{name} is {role}{told}."))
    return blocks


def marked(blocks: Sequence[Piece]) -> str:
    """The blocks as Markdown."""
    lines: list[str] = []
    notes: list[str] = []
    for kind, text in blocks:
        if kind == "note":
            notes.append(text)
            at = max(n for n, line in enumerate(lines) if line.startswith("#"))
            lines[at] += f"[^{len(notes)}]"
        elif kind[0] == "h":
            lines.append("#" * int(kind[1]) + " " + text)
        elif kind == "li":
            lines.append("- " + text.replace("\n", "\n  "))
        elif kind != "page":
            lines.append(text)
    lines += [f"[^{n}]: {text}" for n, text in enumerate(notes, 1)]
    return "\n\n".join(lines) + "\n"


def _paged(blocks: Sequence[Piece], shape: Shape, heads: Sequence[str]) -> str:
    """The blocks as typed text: pages with numbers, and running heads where drawn."""
    pages: list[tuple[str, list[str]]] = [("", [])]
    notes: list[str] = []
    number, head = 0, ""
    for kind, text in blocks:
        bare = text.replace("*", "").replace("  \n", "\n")
        if kind == "page":
            number = int(text)
            pages.append((str(number), []))
            continue
        if kind == "note":
            notes.append(f"* {bare}")
            continue
        if kind[0] == "h":
            found = [title for title in heads if title.lower() in bare.lower()]
            head = found[0] if found else head
        lines = [part for one in bare.split("\n") for part in _wrapped(one)]
        if len(pages[-1][1]) + len(lines) > PAGE:
            pages[-1][1].extend(notes)
            notes = []
            number += 1
            pages.append((str(number) if number > 1 else "", []))
            if shape.running_heads and head:
                pages[-1][1].extend([head, ""])
        gap = ["", ""] if kind[0] == "h" else [""]
        pages[-1][1].extend([*gap[1:], *lines, ""])
    return "\f".join("\n".join([*lines, "", label]) for label, lines in pages)


def _wrapped(text: str) -> list[str]:
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= LINE:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
    return [*lines, line]
