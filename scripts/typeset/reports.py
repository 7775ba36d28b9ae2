"""What a document says, piece by piece, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.typeset.layouts import LATER, Layout
from scripts.typeset.texts import Piece, Writer

_SECTIONS = {"letter": (2, 3), "slides": (5, 8), "regulation": (7, 11)}


def report(layout: Layout) -> list[Piece]:
    """The pieces of the document that `layout` describes."""
    writer = Writer(layout.number)
    return list(_Maker(layout, writer).pieces())


_NARROW = 3  # cells of a row that a column of text holds
_ROMAN = [
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
]
_NUMBERED = {
    "letter": "{letter}.",
    "roman": "{roman}.",
    "dotted": "{number}.",
    "opener": "Hoofdstuk {number}",
}


class _Maker:
    def __init__(self, layout: Layout, writer: Writer) -> None:
        self.layout = layout
        self.writer = writer
        self.chance = writer.chance
        self.captions = 0

    def pieces(self) -> Iterator[Piece]:
        genre = self.layout.genre
        if genre == "letter":
            yield from self._letterhead()
        else:
            yield Piece("heading", self.writer.name(), level=0)
        sections = self._sections()
        if self.layout.shape == "interview":
            opening = self.writer.paragraph(2, 3)
            yield Piece("paragraph", opening, mark="intro")
        if self.layout.toc:
            yield from self._contents(sections)
        for number, title in enumerate(sections, 1):
            yield from self._section(number, title)
        if genre == "article":
            yield from self._references()

    def _letterhead(self) -> Iterator[Piece]:
        place = self.writer.one("places")
        yield Piece(
            "paragraph",
            f"Gemeente {place}, Postbus {self.chance.randint(1, 999)}",
        )
        yield Piece("paragraph", "Aan de leden van de gemeenteraad")
        yield Piece(
            "paragraph", f"Onderwerp: {self.writer.heading().rstrip('?')}"
        )
        yield Piece("paragraph", "Geachte leden van de raad,")

    def _sections(self) -> list[str]:
        least, most = _SECTIONS.get(self.layout.genre, (4, 7))
        count = self.chance.randint(least, most)
        found: list[str] = []
        while len(found) < count:
            title = self.writer.heading()
            if title not in found:
                found.append(title)
        return found

    def _contents(self, sections: list[str]) -> Iterator[Piece]:
        yield Piece("heading", "Inhoud")
        page = 3
        for number, title in enumerate(sections, 1):
            yield Piece("toc", self._numbered(number, title), mark=str(page))
            page += self.chance.randint(1, 4)

    def _numbered(self, number: int, title: str) -> str:
        if self.layout.genre == "regulation":
            return f"Artikel {number} {title}"
        if self.layout.numbers == "decimal":
            return f"{number} {title}"
        if self.layout.numbers == "chapter":
            return f"Hoofdstuk {number} {title}"
        form = _NUMBERED.get(self.layout.numbers)
        signs = {
            "number": number,
            "letter": "ABCDEFGHIJKL"[number - 1],
            "roman": _ROMAN[number - 1],
        }
        return f"{form.format(**signs)} {title}" if form else title

    def _section(self, number: int, title: str) -> Iterator[Piece]:
        if self.layout.shape == "interview":
            title = f"{self.writer.sentence()[:-1]}?"
        mark = "opener" if self.layout.numbers == "opener" else ""
        yield Piece("heading", self._numbered(number, title), mark=mark)
        if self.layout.genre == "slides":
            yield from self._slide()
            return
        if self.layout.genre == "regulation":
            yield from self._article()
            return
        yield from self._texts(number == 1)
        yield from self._extras()
        if (
            self.layout.genre in ("report", "article")
            and self.chance.random() < 0.5
        ):
            under = self.writer.heading()
            form = {"decimal": "{}.1 {}", "dotted": "{}.1. {}"}
            deep = form.get(self.layout.numbers, "{1}")
            yield Piece("heading", deep.format(number, under), level=2)
            yield from self._texts(False)

    def _texts(self, first: bool) -> Iterator[Piece]:
        for at in range(self.chance.randint(2, 4)):
            piece = Piece("paragraph", self.writer.paragraph())
            if first and at == 0 and self.layout.drop_cap:
                piece.mark = "drop"
            elif self.layout.run_in and self.chance.random() < 0.3:
                piece.lead = (
                    self.writer.heading().rstrip("?") + self.layout.end
                )
            elif self.layout.opening and at == 0:
                piece.mark = "opening"
            if self.layout.notes and self.chance.random() < 0.35:
                piece.note = self.writer.note()
            yield piece

    def _extras(self) -> Iterator[Piece]:
        kinds = ["list", "list", "table", "none"]
        kinds += ["quote"] * self.layout.quotes
        kinds += ["side"] * self.layout.side_notes
        kinds += ["box"] * self.layout.boxes
        for kind in self.chance.sample(kinds, 2):
            yield from self._extra(kind)

    def _extra(self, kind: str) -> Iterator[Piece]:
        if kind == "list":
            yield Piece("paragraph", self.writer.sentence()[:-1] + ":")
            yield from self._items()
            yield Piece("paragraph", self.writer.paragraph())
        elif kind == "table":
            yield from self._table()
        elif kind == "quote":
            yield Piece("quote", f"‘{self.writer.sentence()}’")
            yield Piece("paragraph", self.writer.paragraph())
        elif kind == "side":
            yield Piece("margin", self.writer.heading())
            yield Piece("paragraph", self.writer.paragraph(4, 6))
        elif kind == "box":
            inside = [Piece("heading", self.writer.heading(), level=3)]
            inside += [
                Piece("paragraph", self.writer.paragraph(2, 3))
                for _ in range(self.chance.randint(1, 2))
            ]
            yield Piece("box", "", inside=inside)
            yield Piece("paragraph", self.writer.paragraph())

    def _items(self) -> Iterator[Piece]:
        counted = self.chance.random() < 0.4
        for at in range(self.chance.randint(2, 6)):
            mark = self._ordinal(at) if counted else self.layout.bullet
            yield Piece("list", self.writer.item(), mark=mark)
            if self.layout.nested and self.chance.random() < 0.3:
                for _ in range(2):
                    yield Piece("list", self.writer.item(), mark="–", depth=1)

    def _ordinal(self, at: int) -> str:
        form = self.layout.ordinal
        return form.replace("1", str(at + 1)).replace("a", "abcdefgh"[at])

    def _table(self) -> Iterator[Piece]:
        self.captions += 1
        text = f"Tabel {self.captions} {self.writer.heading().rstrip('?')}"
        rows = self.writer.table()
        if self.layout.number >= LATER and self.layout.columns > 1:
            rows = [row[:_NARROW] for row in rows]
        yield Piece("caption", text)
        yield Piece(
            "table", "\n".join(" ".join(row) for row in rows), rows=rows
        )
        yield Piece("paragraph", self.writer.paragraph())

    def _slide(self) -> Iterator[Piece]:
        if self.chance.random() < 0.5:
            yield Piece("paragraph", self.writer.sentence())
        for _ in range(self.chance.randint(2, 4)):
            text = self.writer.filled(self.writer.one("items"))
            yield Piece("list", text, mark=self.layout.bullet)

    def _article(self) -> Iterator[Piece]:
        yield Piece("paragraph", self.writer.paragraph(1, 3))
        if self.chance.random() < 0.6:
            yield from self._items()

    def _references(self) -> Iterator[Piece]:
        yield Piece("heading", "Literatuur")
        entries = {
            self.writer.work().entry().replace("*", "") for _ in range(8)
        }
        for entry in sorted(entries):
            yield Piece("reference", entry)
