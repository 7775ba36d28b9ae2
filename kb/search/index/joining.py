"""Kept documents of the last generation and documents read anew, as one collection.

Numbers are alphabetical, so the outcome is what reading all documents anew would give; it
is only made in a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Collection as Container
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.search.index.collection import Collection, Names, Source
from kb.search.index.expressions import Expressions
from kb.search.index.forward_index import Rows, joined
from kb.search.index.lexicon import Ints, Lexicon
from kb.search.index.numbering import only, united, used_in
from kb.search.index.reading import ALONE, frequencies

Mask = npt.NDArray[np.bool_]
_OLD, _NEW = 0, 1


@dataclass(frozen=True, slots=True)
class _Piece:
    """A document of the outcome: on which side it stands, and its number there."""

    side: int
    number: int
    source: Source


def join(
    old: tuple[Collection, Expressions],
    new: tuple[Collection, Expressions],
    gone: Container[str],
) -> tuple[Collection, Expressions]:
    """The documents of `new`, and those of `old` that are neither there nor gone.

    Args:
        old: what the last generation has.
        new: documents that were read anew.
        gone: ids of documents that the corpus has no more.
    """
    order = _Join(old[0], new[0], gone)
    return order.collection(), order.expressions(old[1], new[1])


class _Join:
    """Two collections under way to one."""

    def __init__(self, old: Collection, new: Collection, gone: Container[str]) -> None:
        self.sides = (old, new)
        left_out = {source.id for source in new.names.sources} | set(gone)
        self.removed = [
            number
            for number, source in enumerate(old.names.sources)
            if source.id in left_out
        ]
        pieces = [
            _Piece(side, number, source)
            for side, collection in enumerate(self.sides)
            for number, source in enumerate(collection.names.sources)
            if side == _NEW or source.id not in left_out
        ]
        self.pieces = sorted(pieces, key=lambda piece: piece.source.id)

    def collection(self) -> Collection:
        """The joined collection; near-duplicates are not yet told."""
        sources = [piece.source for piece in self.pieces]
        lengths = [b - a for _, a, b in self._spans()]
        numbers = np.arange(len(sources), dtype=np.int32)
        columns: dict[str, Ints] = {"document": np.repeat(numbers, lengths)}
        columns["page"] = self._by_row(lambda side: side.columns["page"])
        columns["group"] = np.full(len(columns["page"]), ALONE, np.int32)
        kinds, columns["kind"] = self._column("kind", lambda names: names.kinds)
        paths, columns["section"] = self._column("section", lambda n: n.sections)
        themes, theme_rows = self._lists("themes")
        places, place_rows = self._lists("municipalities")
        bodies, sections, titles, lexicon = self._words(paths)
        return Collection(
            self._ids(),
            Names(sources, kinds, themes, places, paths),
            columns,
            theme_rows,
            self._theme_scores(),
            place_rows,
            bodies,
            sections,
            titles,
            lexicon,
        )

    def expressions(self, old: Expressions, new: Expressions) -> Expressions:
        """The joined expressions, by document."""
        names, *numbers = united(old.names, new.names)
        parts = [
            part.rows.renumbered(number)
            for part, number in zip((old, new), numbers, strict=True)
        ]
        rows = joined(parts).take(self._documents())
        names, final = only(names, used_in(len(names), [rows.words]))
        return Expressions(names, rows.renumbered(final), new.halvings)

    def _spans(self) -> list[tuple[int, int, int]]:
        """Of every document its side, its first row there, and the row behind its last."""
        starts = [side.document_starts.tolist() for side in self.sides]
        return [
            (p.side, starts[p.side][p.number], starts[p.side][p.number + 1])
            for p in self.pieces
        ]

    def _documents(self) -> Ints:
        """The number of every document when those of both sides stand in one row."""
        behind = len(self.sides[_OLD].names.sources)
        return np.array([p.number + p.side * behind for p in self.pieces], np.int64)

    def _ids(self) -> list[str]:
        ids: list[str] = []
        for side, first, last in self._spans():
            ids += self.sides[side].ids[first:last]
        return ids

    def _by_row(self, values_of: Callable[[Collection], Ints]) -> Ints:
        """Values of the rows of all documents, from those of each side."""
        values = [values_of(side) for side in self.sides]
        found = [values[side][first:last] for side, first, last in self._spans()]
        return np.concatenate([np.zeros(0, np.int32), *found])

    def _rows(self, rows: Sequence[Rows]) -> Rows:
        """Rows of all documents, from those of each side."""
        return joined([rows[side].between(a, b) for side, a, b in self._spans()])

    def _column(
        self, name: str, names_of: Callable[[Names], list[str]]
    ) -> tuple[list[str], Ints]:
        """The names that are used in a column, and the column."""
        names, *numbers = united(*(names_of(side.names) for side in self.sides))
        renumbered = {
            id(side): number[side.columns[name]]
            for side, number in zip(self.sides, numbers, strict=True)
        }
        column = self._by_row(lambda side: renumbered[id(side)])
        names, final = only(names, used_in(len(names), [column]))
        return names, final[column]

    def _lists(self, name: str) -> tuple[list[str], Rows]:
        """The names that are used in lists by row, and the lists."""
        names, *numbers = united(*(getattr(side.names, name) for side in self.sides))
        rows = self._rows(
            [
                getattr(side, name).renumbered(number)
                for side, number in zip(self.sides, numbers, strict=True)
            ]
        )
        names, final = only(names, used_in(len(names), [rows.words]))
        return names, rows.renumbered(final)

    def _theme_scores(self) -> np.ndarray:
        found = [np.zeros(0, np.float32)]
        for side, first, last in self._spans():
            collection = self.sides[side]
            a, b = collection.themes.starts[[first, last]]
            found.append(collection.theme_scores[a:b])
        return np.concatenate(found)

    def _words(self, paths: Sequence[str]) -> tuple[Rows, Rows, Rows, Lexicon]:
        """All that is told in word numbers: bodies, sections, titles and the lexicon."""
        old, new = self.sides
        words, *numbers = united(old.lexicon.words, new.lexicon.words)
        titles = self._renumbered("titles", numbers).take(self._documents())
        sections = self._sections(paths, numbers)
        counts, df = self._frequencies(len(words), numbers)
        used = (counts > 0) | used_in(len(words), [titles.words, sections.words])
        _, final = only(words, used)
        bodies = joined(
            [
                self.sides[side].bodies.between(a, b).renumbered(final[numbers[side]])
                for side, a, b in self._spans()
            ]
        )
        lexicon = self._lexicon(words, numbers, used, counts, df)
        return bodies, sections.renumbered(final), titles.renumbered(final), lexicon

    def _renumbered(self, name: str, numbers: Sequence[Ints]) -> Rows:
        """Rows of both sides, one after another, in common numbers."""
        return joined(
            [
                getattr(side, name).renumbered(number)
                for side, number in zip(self.sides, numbers, strict=True)
            ]
        )

    def _sections(self, paths: Sequence[str], numbers: Sequence[Ints]) -> Rows:
        """The words of every section path, from whichever side knows it."""
        both = [path for side in self.sides for path in side.names.sections]
        place = {path: i for i, path in enumerate(both)}
        wanted = np.array([place[path] for path in paths], np.int64)
        return self._renumbered("sections", numbers).take(wanted)

    def _frequencies(self, size: int, numbers: Sequence[Ints]) -> tuple[Ints, Ints]:
        """Counts and passages of every word: those of both sides less what goes."""
        old = self.sides[_OLD]
        starts = old.document_starts
        going = joined(
            [old.bodies.between(starts[n], starts[n + 1]) for n in self.removed]
        )
        lost = frequencies(going, len(old.lexicon.words))
        counts, df = np.zeros(size, np.int32), np.zeros(size, np.int32)
        for side, number in zip(self.sides, numbers, strict=True):
            counts[number] += side.lexicon.word_count
            df[number] += side.lexicon.word_df
        counts[numbers[_OLD]] -= lost[0]
        df[numbers[_OLD]] -= lost[1]
        return counts, df

    def _lexicon(
        self,
        words: Sequence[str],
        numbers: Sequence[Ints],
        used: Mask,
        counts: Ints,
        df: Ints,
    ) -> Lexicon:
        """The lexicon of the words that are used; stems and parts are known already."""
        old, new = (side.lexicon for side in self.sides)
        place = np.empty(len(words), np.int64)
        place[numbers[_NEW]] = np.arange(len(new.words)) + len(old.words)
        place[numbers[_OLD]] = np.arange(len(old.words))
        place = place[used]
        stems, *stem_numbers = united(old.stems, new.stems)
        stem_of = np.concatenate(
            [
                number[side.word_stem]
                for side, number in zip((old, new), stem_numbers, strict=True)
            ]
        )[place]
        parts = joined(
            [
                Rows(side.part_starts, side.part_stems).renumbered(number)
                for side, number in zip((old, new), stem_numbers, strict=True)
            ]
        ).take(place)
        stems, final = only(stems, used_in(len(stems), [stem_of, parts.words]))
        return Lexicon(
            only(words, used)[0],
            stems,
            final[stem_of],
            counts[used],
            df[used],
            parts.starts,
            final[parts.words],
        )
