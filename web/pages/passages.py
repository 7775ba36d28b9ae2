"""A passage among its neighbours.

Why each theme, who is cited, what else says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from kb.citing import secondary_citation
from kb.citing.excerpt import excerpt, sentences_of, spans_of
from kb.citing.quotation import Quotation
from kb.errors import KbError
from kb.export.cited import NOT_REPORTED
from kb.passages.source_lines import source_below
from kb.records import Citation, Document, Passage, Work
from web import words
from web.citation_strings import (
    formatted,
    quotation_of,
    short_name,
    strings_of,
)
from web.generation import Generation
from web.highlighting import Mark, marked
from web.pages.addresses import public
from web.pages.cards import (
    PassageCard,
    ThemeChip,
    cards,
    chip,
    documents,
    sheet_address,
)
from web.pages.metadata import passage_head
from web.pages.why import Why
from web.pages.why import why as why_of

# Kinds that resemble a passage by the names in them and say nothing themselves.
NO_STATEMENT = ("reference", "contents", "colophon")
SPARE = (
    3  # asked for each passage shown: many a likeness is an entry of a list
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in the passage with the work it was resolved to, or None where it stayed
    open.
    """

    citation: Citation
    work: Work | None
    reference: str

    @property
    def reason(self) -> str:
        return words.reasons(self.citation.reason)

    @property
    def certainty(self) -> str:
        return words.likely(self.citation.score)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that can be chosen for the quotation; `number` counts from 1."""

    number: int
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PassagePage:
    """All that the passage template shows."""

    passage: Passage
    document: Document
    short: str
    html: Markup
    before: tuple[Passage, ...]
    after: tuple[Passage, ...]
    why: tuple[Why, ...]
    mentions: tuple[ThemeChip, ...]
    cited: tuple[Cited, ...]
    quotation: Quotation
    secondary: str  # the citation through this document of whom the quoted words report
    sentences: tuple[
        Sentence, ...
    ]  # to choose from; none where there is but one
    same: tuple[PassageCard, ...]
    similar: tuple[PassageCard, ...]
    sheet: str
    permanent: str
    head: Markup

    @property
    def quoted_repairs(self) -> tuple[tuple[str, str], ...]:
        """(as printed, as quoted) of the words in the quotation that were repaired."""
        quoted = self.quotation.text
        return tuple(
            (was, now) for was, now in self.passage.repairs if now in quoted
        )


def _citation_mark(number: int, citation: Citation) -> Mark:
    return Mark(
        citation.start,
        citation.end,
        "a",
        (("href", f"#verwijzing-{number}"), ("class", "cite")),
    )


def _cited(
    generation: Generation, citations: list[Citation]
) -> tuple[Cited, ...]:

    ids = [c.work for c in citations if c.work]
    works, strings = (
        {w.id: w for w in generation.store.works(ids)},
        formatted(generation, ids),
    )
    return tuple(
        Cited(
            c,
            works.get(c.work or ""),
            strings[c.work].reference if c.work in strings else "",
        )
        for c in citations
    )


def _choices(
    passage: Passage, chosen: Collection[int]
) -> tuple[Sentence, ...]:
    every = sentences_of(passage)
    if len(every) < 2 or passage.rows:
        return ()
    numbered = enumerate(every, 1)
    return tuple(
        Sentence(number, text, number in chosen) for number, text in numbered
    )


def similar_to(
    generation: Generation, passage: Passage, limit: int = 5
) -> tuple[PassageCard, ...]:
    """Passages that resemble this one; none where the search engine cannot tell."""
    try:
        found = generation.searcher.similar(passage.id, limit * SPARE)
    except (
        KbError
    ):  # a page to read and cite does not wait for the search engine
        return ()
    near = generation.store.passages(ids=[id for id, _ in found])
    said = [other for other in near if other.kind not in NO_STATEMENT]
    return cards(generation, said[:limit])


def _quoted_span(
    passage: Passage, chosen: Collection[int]
) -> Callable[[int], bool]:
    """Whether a place in the text is quoted: in a chosen sentence, or anywhere.

    What the line below a list or table names is the source of every item of it.
    """
    spans = spans_of(passage)
    kept = [span for number, span in enumerate(spans, 1) if number in chosen]
    quoted = [*(kept or spans), *source_below(passage)]
    return lambda at: any(start <= at < end for start, end in quoted)


def _secondary(
    generation: Generation,
    passage: Passage,
    quotation: Quotation,
    cited: Sequence[Cited],
    chosen: Collection[int],
) -> str:
    """How the works are cited that the quoted words report; "" where they report none."""
    is_quoted = _quoted_span(passage, chosen)
    ids = [
        one.work.id
        for one in cited
        if one.work
        and is_quoted(_place_in(passage, one.citation))
        and one.work.csl.get("type") not in NOT_REPORTED
    ]
    strings = formatted(generation, ids)
    works = [strings[id] for id in dict.fromkeys(ids) if id in strings]
    document = documents(generation)[passage.document]
    if not works:
        return ""
    read_in = strings_of(generation, document)
    return secondary_citation(works, read_in, quotation.locator)


def _place_in(passage: Passage, citation: Citation) -> int:
    """Where a citation stands in a passage; one in a note, the letter before its mark."""
    if citation.passage == passage.id or citation.noted_at is None:
        return citation.start
    return max(citation.noted_at - 1, 0)


def passage_page(
    generation: Generation, id: str, chosen: Collection[int] = ()
) -> PassagePage:
    """A passage with its quotation.

    Args:
        generation: the index in use.
        id: of the passage.
        chosen: numbers of the sentences to quote, from 1; none is the whole passage.

    Raises:
        UnknownPassageError: no passage has this id.
    """
    store = generation.store
    passage = store.passage(id)
    document = documents(generation)[passage.document]
    before, after = store.neighbours(passage, 1, 1)
    tags = store.tags(passages=[id], shown=False)
    citations = store.citations(passages=[id])
    quotation = quotation_of(generation, excerpt(passage, chosen), document)
    in_notes = store.citations(noted_in=[id])
    cited = _cited(generation, [*citations, *in_notes])
    same = store.passages(
        ids=[s.passage for s in store.similar(id) if s.passage != id]
    )
    return PassagePage(
        passage=passage,
        document=document,
        short=short_name(generation, document),
        html=marked(
            passage.text,
            [_citation_mark(n, c) for n, c in enumerate(citations, 1)],
        ),
        before=tuple(before),
        after=tuple(after),
        why=tuple(
            why_of(generation, passage, tag) for tag in tags if tag.evidence
        ),
        mentions=tuple(
            chip(generation, tag.theme, tag.score)
            for tag in tags
            if not tag.evidence
        ),
        cited=cited,
        quotation=quotation,
        secondary=_secondary(generation, passage, quotation, cited, chosen),
        sentences=_choices(passage, chosen),
        same=cards(generation, same),
        similar=similar_to(generation, passage),
        sheet=sheet_address(passage, document),
        permanent=public(url_for("passages.passage", id=id)),
        head=passage_head(passage, document),
    )
