"""Kept documents of the last generation and documents read anew, as one collection.

Numbers are alphabetical, so the outcome is what reading all documents anew would give; it
is only made in a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Collection as Container
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kb.search.index.collection import Collection
from kb.search.index.expressions import Expressions
from kb.search.index.forward_index import Rows, joined
from kb.search.index.lexicon import Ints, Lexicon
from kb.search.index.numbering import only, united, used_in
from kb.search.index.reading import ALONE, frequencies
from kb.search.index.sources import Names

Mask = npt.NDArray[np.bool_]


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
    both = _Both(old[0], new[0], gone)
    return both.collection(), both.expressions(old[1], new[1])


class _Both:
    """Two collections one after another, and which of their documents are wanted.

    Attributes:
        documents: numbers of the wanted documents, those of the second counted on behind
            those of the first; in order of their id.
        spans: of each the first row, and the row behind its last, counted on likewise.
        rows: all these rows in one array.
    """

    def __init__(
        self, old: Collection, new: Collection, gone: Container[str]
    ) -> None:
        self.old, self.new = old, new
        self.sources = [*old.names.sources, *new.names.sources]
        known = len(old.names.sources)
        left_out = {source.id for source in new.names.sources} | set(gone)
        self.removed = [
            number
            for number, source in enumerate(old.names.sources)
            if source.id in left_out
        ]
        wanted = set(range(len(self.sources))) - set(self.removed)
        ordered = sorted(wanted, key=lambda number: self.sources[number].id)
        self.documents = np.array(ordered, np.int64)
        starts = [
            *old.document_starts[:known],
            *(new.document_starts + len(old)),
        ]
        self.spans = [(int(starts[n]), int(starts[n + 1])) for n in ordered]
        rows = [np.arange(first, last) for first, last in self.spans]
        self.rows = np.concatenate([np.zeros(0, np.int64), *rows])

    def collection(self) -> Collection:
        """The joined collection; near-duplicates are not yet told."""
        kinds, kind = self._column("kind", "kinds")
        paths, section = self._column("section", "sections")
        themes, theme_rows = self._lists("themes")
        places, place_rows = self._lists("municipalities")
        bodies, sections, titles, lexicon = self._in_words(paths)
        ids = [*self.old.ids, *self.new.ids]
        sources = [self.sources[number] for number in self.documents.tolist()]
        lengths = [last - first for first, last in self.spans]
        columns: dict[str, Ints] = {
            "document": np.repeat(
                np.arange(len(sources), dtype=np.int32), lengths
            ),
            "kind": kind,
            "page": self._values("page")[self.rows],
            "section": section,
            "figures": self._values("figures")[self.rows],
            "group": np.full(len(self.rows), ALONE, np.int32),
        }
        return Collection(
            [ids[row] for row in self.rows.tolist()],
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
        rows = _one_after_another([old.rows, new.rows], numbers).take(
            self.documents
        )
        names, rows = _with_used(names, rows)
        return Expressions(names, rows, new.halvings)

    def _values(self, name: str) -> Ints:
        """A column of both."""
        return np.concatenate([self.old.columns[name], self.new.columns[name]])

    def _column(self, name: str, what: str) -> tuple[list[str], Ints]:
        """The names that a column uses, and the column."""
        old, new = getattr(self.old.names, what), getattr(self.new.names, what)
        names, first, second = united(old, new)
        of_both = [
            first[self.old.columns[name]],
            second[self.new.columns[name]],
        ]
        column = np.concatenate(of_both)[self.rows]
        names, final = only(names, used_in(len(names), [column]))
        return names, final[column]

    def _lists(self, name: str) -> tuple[list[str], Rows]:
        """The names that lists by row use, and the lists."""
        old, new = getattr(self.old.names, name), getattr(self.new.names, name)
        names, *numbers = united(old, new)
        rows = self._renumbered(name, numbers).take(self.rows)
        return _with_used(names, rows)

    def _renumbered(self, name: str, numbers: Sequence[Ints]) -> Rows:
        """Rows of both in common numbers."""
        rows = [getattr(self.old, name), getattr(self.new, name)]
        return _one_after_another(rows, numbers)

    def _theme_scores(self) -> np.ndarray:
        tagged = joined([self.old.themes, self.new.themes])
        scores = np.concatenate([self.old.theme_scores, self.new.theme_scores])
        found: np.ndarray = scores[tagged.places(self.rows)]
        return found

    def _in_words(
        self, paths: Sequence[str]
    ) -> tuple[Rows, Rows, Rows, Lexicon]:
        """All that is told in word numbers: bodies, sections, titles, and the lexicon."""
        words, *numbers = united(
            self.old.lexicon.words, self.new.lexicon.words
        )
        titles = self._renumbered("titles", numbers).take(self.documents)
        sections = self._sections(paths, numbers)
        counts, df = self._frequencies(len(words), numbers)
        in_heads = used_in(len(words), [titles.words, sections.words])
        used = (counts > 0) | in_heads
        _, final = only(words, used)
        bodies = self._bodies([final[number] for number in numbers])
        lexicon = self._lexicon(words, numbers, used, counts, df)
        return (
            bodies,
            sections.renumbered(final),
            titles.renumbered(final),
            lexicon,
        )

    def _bodies(self, numbers: Sequence[Ints]) -> Rows:
        """The words of all rows, document by document: they are far the most."""
        behind = len(self.old)
        # One array of the places of all words would be twice the size of the words.
        parts = []
        for first, last in self.spans:
            if first < behind:
                part = self.old.bodies.between(first, last).renumbered(
                    numbers[0]
                )
            else:
                part = self.new.bodies.between(first - behind, last - behind)
                part = part.renumbered(numbers[1])
            parts.append(part)
        return joined(parts)

    def _sections(self, paths: Sequence[str], numbers: Sequence[Ints]) -> Rows:
        """The words of every section path, from whichever side knows it."""
        both = [*self.old.names.sections, *self.new.names.sections]
        place = {path: number for number, path in enumerate(both)}
        wanted = np.array([place[path] for path in paths], np.int64)
        return self._renumbered("sections", numbers).take(wanted)

    def _frequencies(
        self, size: int, numbers: Sequence[Ints]
    ) -> tuple[Ints, Ints]:
        """Counts and passages of every word: those of both sides less what goes."""
        starts = self.old.document_starts.tolist()
        going = [
            self.old.bodies.between(starts[n], starts[n + 1])
            for n in self.removed
        ]
        lost = frequencies(joined(going), len(self.old.lexicon.words))
        counts, df = np.zeros(size, np.int32), np.zeros(size, np.int32)
        for side, number in zip((self.old, self.new), numbers, strict=True):
            counts[number] += side.lexicon.word_count
            df[number] += side.lexicon.word_df
        # Counts are whole numbers, so that taking away leaves no trace of what was there.
        counts[numbers[0]] -= lost[0]
        df[numbers[0]] -= lost[1]
        return counts, df

    def _lexicon(
        self,
        words: Sequence[str],
        numbers: Sequence[Ints],
        used: Mask,
        counts: Ints,
        df: Ints,
    ) -> Lexicon:
        """The lexicon of the words that are used; stems and parts are known already.

        Args:
            words: of both sides.
            numbers: of each side's words among them.
            used: which of them occur.
            counts: how often.
            df: in how many passages.
        """
        old, new = self.old.lexicon, self.new.lexicon
        # Where each word stands when both lexicons stand in a row; of a word in both, the
        # old one: they say the same, for stem and parts follow from the word alone.
        place = np.empty(len(words), np.int64)
        place[numbers[1]] = np.arange(len(new.words)) + len(old.words)
        place[numbers[0]] = np.arange(len(old.words))
        place = place[used]
        stems, first, second = united(old.stems, new.stems)
        of_both = [first[old.word_stem], second[new.word_stem]]
        stem_of = np.concatenate(of_both)[place]
        split = [
            Rows(side.part_starts, side.part_stems) for side in (old, new)
        ]
        parts = _one_after_another(split, [first, second]).take(place)
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


def _one_after_another(rows: Sequence[Rows], numbers: Sequence[Ints]) -> Rows:
    """Rows of both sides, each with its numbers changed into common ones."""
    pairs = zip(rows, numbers, strict=True)
    return joined([side.renumbered(number) for side, number in pairs])


def _with_used(names: Sequence[str], rows: Rows) -> tuple[list[str], Rows]:
    """The names that occur in rows, and the rows in their numbers."""
    used, final = only(names, used_in(len(names), [rows.words]))
    return used, rows.renumbered(final)
