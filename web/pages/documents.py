"""A document: its record, what stands in it, what it cites and who cites it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import format_decimal, format_percent
from markupsafe import Markup

from kb.errors import problem_sentence
from kb.records import Document, Passage, Reference, Work
from kb.store import counts
from web import language, words
from web.charts.strip import Strip, strip
from web.citing import inline_html, strings_of, works_of_documents
from web.formats import RECORD_FORMATS
from web.pages.cards import ThemeChip, chip, chips, documents, slots
from web.pages.metadata import document_head
from web.shelf import Generation
from web.sources import source_path


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the list of documents."""

    document: Document
    passages: int
    themes: tuple[ThemeChip, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Passages under one section path, with their themes; `level` counts from 1."""

    number: int
    path: tuple[str, ...]
    passages: tuple[tuple[Passage, tuple[ThemeChip, ...]], ...]

    @property
    def folded(self) -> bool:
        """Whether the section holds only what a reader skips: a table of contents, a colophon."""
        return all(p.kind in ("contents", "colophon") for p, _ in self.passages)

    @property
    def level(self) -> int:
        return min(max(len(self.path), 1), 4)


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """All that the document template shows."""

    document: Document
    reference: str
    reference_html: Markup
    sections: tuple[Section, ...]
    listed: tuple[str, ...]  # ids of passages that the list of references replaces
    strip: Strip
    themes: tuple[tuple[ThemeChip, int], ...]
    references: tuple[tuple[Reference, Work | None], ...]
    cited_by: tuple[Document, ...]
    work: Work | None
    problems: tuple[str, ...]
    card: tuple[tuple[str, str], ...]
    images: bool
    kinds: tuple[tuple[str, int], ...]
    file: str
    head: Markup
    exports: tuple[tuple[str, str], ...]


def document_rows(generation: Generation) -> tuple[DocumentRow, ...]:
    """Every document, newest first, with its strongest themes."""
    n = generation.once("per_document", lambda: counts.passages_per_document(generation.store))
    per = generation.once("themes_per_document", lambda: counts.themes_per_document(generation.store))
    best: dict[str, Counter[str]] = {}
    for (document, theme), count in per.items():
        best.setdefault(document, Counter())[theme] = count
    ordered = sorted(documents(generation).values(), key=lambda d: (-(d.year or 0), d.title))
    return tuple(
        DocumentRow(d, n.get(d.id, 0), tuple(chip(generation, code) for code, _ in best.get(d.id, Counter()).most_common(4)))
        for d in ordered
    )


def _sections(passages: list[Passage], themes: Mapping[str, tuple[ThemeChip, ...]]) -> tuple[Section, ...]:
    found: list[tuple[tuple[str, ...], list[Passage]]] = []
    for passage in passages:
        if not found or found[-1][0] != passage.section:
            found.append((passage.section, []))
        found[-1][1].append(passage)
    return tuple(
        Section(number, path, tuple((p, themes.get(p.id, ())[:3]) for p in members)) for number, (path, members) in enumerate(found, 1)
    )


def _references(generation: Generation, document: str) -> tuple[tuple[Reference, Work | None], ...]:
    listed = generation.store.references(document=document)
    works = {w.id: w for w in generation.store.works([r.work for r in listed if r.work])}
    return tuple((r, works.get(r.work or "")) for r in listed)


def _card(document: Document) -> tuple[tuple[str, str], ...]:
    """The report card in words, without what was not measured."""
    known = [(code, document.card[code]) for code in words.CARD if document.card.get(code) not in (None, "")]
    return tuple((str(words.CARD[code]), format_percent(v) if code in words.SHARES else str(v)) for code, v in known)


def _file(generation: Generation, document: Document) -> str:
    """ "PDF, 1,2 MB" of the source that may be downloaded, else ""."""
    path = source_path(generation.settings, document) if document.downloadable else None
    if path is None:
        return ""
    return f"{path.suffix.lstrip('.').upper()}, {format_decimal(max(round(path.stat().st_size / 1e6, 1), 0.1))} MB"


def document_page(generation: Generation, id: str) -> DocumentPage:
    """Raises UnknownDocumentError."""
    document = documents(generation).get(id) or generation.store.document(id)
    passages, references = generation.store.passages(document=id), _references(generation, id)
    listed = tuple(p.id for p in passages if p.kind == "reference") if references else ()
    themes = chips(generation, generation.store.tags(document=id))
    positions = counts.theme_positions(generation.store, id)
    per_theme = Counter(theme for _, theme, _ in positions)
    strings = strings_of(generation, document)
    work = works_of_documents(generation).get(id)
    order, file = slots(generation), _file(generation, document)
    return DocumentPage(
        document=document,
        reference=strings.reference,
        reference_html=inline_html(strings.reference_html),
        sections=_sections([p for p in passages if p.id not in listed], themes),
        listed=listed,
        strip=strip(generation, positions, len(passages)),
        themes=tuple(
            (chip(generation, code), n) for code, n in sorted(per_theme.items(), key=lambda item: (order.get(item[0], 9), -item[1]))
        ),
        references=references,
        cited_by=tuple(documents(generation)[d] for d in (work.cited_by if work else ()) if d in documents(generation) and d != id),
        work=work,
        problems=tuple(problem_sentence(p, language.chosen()) for p in generation.store.problems(document=id)),
        card=_card(document),
        images=document.source.lower().endswith(".pdf"),
        kinds=tuple(Counter(p.kind for p in passages).most_common()),
        file=file,
        head=document_head(document, file.startswith("PDF")),
        exports=RECORD_FORMATS,
    )
