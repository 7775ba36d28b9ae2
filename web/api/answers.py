"""From the records of a generation to the answers of the API."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import url_for

from kb import records
from kb.citing.quotation import quotation
from kb.search.request import FACETS, Hit, SearchRequest
from kb.store.evidence import Evidence
from web.api import types
from web.citation_strings import formatted, strings_of
from web.generation import Generation
from web.pages.addresses import public
from web.pages.cards import documents, elsewhere
from web.pages.home import per_theme
from web.pages.query_summary import said_back
from web.pages.themes import found_rows
from web.pages.works import found_works


def _document(generation: Generation, d: records.Document) -> types.Document:
    return types.Document(
        id=d.id,
        title=d.title,
        authors=list(d.authors),
        year=d.year,
        type=d.type,
        source=d.source,
        pages=d.pages,
        language=d.language,
        keywords=list(d.keywords),
        municipalities=list(d.municipalities),
        reference=strings_of(generation, d).reference,
        csl=dict(d.csl),
        url=public(url_for("documents.document", id=d.id)),
    )


def list_documents(
    generation: Generation, given: types.ListParameters
) -> types.Documents:
    """Documents, newest first."""
    every = sorted(
        documents(generation).values(), key=lambda d: (-(d.year or 0), d.id)
    )
    shown = _cut(every, given.page, given.per_page)
    return types.Documents(
        len(every),
        given.page,
        given.per_page,
        [_document(generation, d) for d in shown],
    )


def one_document(
    generation: Generation, id: str, given: types.ItemParameters
) -> types.Document:
    """A document by its citekey."""
    return _document(generation, generation.store.document(id))


def document_passages(
    generation: Generation, id: str, given: types.ListParameters
) -> types.Passages:
    """The passages of a document, in reading order."""
    generation.store.document(id)
    every = generation.store.passages(document=id)
    return types.Passages(
        len(every),
        given.page,
        given.per_page,
        _passages(generation, _cut(every, given.page, given.per_page)),
    )


def _cut(items: Sequence[Any], page: int, per_page: int) -> Sequence[Any]:
    return items[(page - 1) * per_page : page * per_page]


def _tag(tag: records.Tag) -> types.Tag:
    return types.Tag(
        tag.theme,
        tag.score,
        tag.evidence,
        tag.origin,
        [(c.start, c.end) for c in tag.cues],
    )


def _fields(
    generation: Generation, p: records.Passage, tags: Iterable[records.Tag]
) -> dict[str, Any]:
    document = documents(generation)[p.document]
    q = quotation(p, document, strings_of(generation, document))
    return {
        "id": p.id,
        "document": p.document,
        "text": p.text,
        "kind": p.kind,
        "section": list(p.section),
        "page": p.page,
        "label": p.label,
        "label_origin": p.label_origin,
        "page_end": p.page_end,
        "label_end": p.label_end,
        "language": p.language,
        "tags": [_tag(tag) for tag in tags],
        "quotation": types.Quoted(
            q.text, q.parenthetical, q.narrative, q.reference
        ),
        "url": public(url_for("passages.passage", id=p.id)),
    }


def _passages(
    generation: Generation, found: Iterable[records.Passage]
) -> list[types.Passage]:
    listed = [elsewhere(generation, passage) for passage in found]
    tags: dict[str, list[records.Tag]] = {}
    for tag in generation.store.tags(passages=[p.id for p in listed]):
        tags.setdefault(tag.passage, []).append(tag)
    return [
        types.Passage(**_fields(generation, p, tags.get(p.id, [])))
        for p in listed
    ]


def one_passage(
    generation: Generation, id: str, given: types.ItemParameters
) -> types.PassageInFull:
    """A passage by its id."""
    store = generation.store
    passage = store.passage(id)
    before, after = store.neighbours(passage, 1, 1)
    return types.PassageInFull(
        **_fields(generation, passage, store.tags(passages=[id], shown=False)),
        citations=[
            types.Cited(c.surface, c.start, c.end, c.work)
            for c in store.citations(passages=[id])
        ],
        before=[p.id for p in before],
        after=[p.id for p in after],
    )


def _hit(hit: Hit, passage: types.Passage) -> types.Hit:
    """A hit; where its passage may not be shown here, the snippet is what it says."""
    is_shown = hit.snippet.text.strip() in passage.text
    reasons = [
        types.Why(
            match.asked,
            match.found,
            match.how,
            match.field,
            float(match.weight),
        )
        for match in hit.explain
    ]
    return types.Hit(
        passage=passage,
        score=float(hit.score),
        snippet=hit.snippet.text if is_shown else passage.text,
        marks=list(hit.snippet.marks) if is_shown else [],
        explain=reasons,
        also_in=list(hit.also_in),
    )


def search(
    generation: Generation, given: types.SearchParameters
) -> types.SearchAnswer:
    """Search the passages."""
    filters = {
        name: getattr(given, name) for name in FACETS if getattr(given, name)
    }
    wanted = SearchRequest(
        given.q,
        filters,
        given.sort,
        given.page,
        given.per_page,
        given.per_document,
    )
    results = generation.searcher.search(wanted)
    found = generation.store.passages(
        ids=[hit.passage for hit in results.hits]
    )
    made = {passage.id: passage for passage in _passages(generation, found)}
    items = [
        _hit(hit, made[hit.passage])
        for hit in results.hits
        if hit.passage in made
    ]
    counted = {
        name: [types.Count(v.value, v.count) for v in values[:100]]
        for name, values in results.facets.items()
    }
    return types.SearchAnswer(
        results.total,
        given.page,
        given.per_page,
        said_back(generation, results.reading),
        results.did_you_mean,
        counted,
        items,
    )


def _theme(
    generation: Generation, framework: Any, theme: Any, said: str
) -> types.Theme:
    n = per_theme(generation).get(theme.code, 0)
    return types.Theme(
        theme.code,
        theme.name.say(said),
        theme.definition.say(said),
        framework.key,
        n,
        public(url_for("themes.theme", code=theme.code)),
    )


def list_themes(
    generation: Generation, given: types.ItemParameters
) -> types.Frameworks:
    """Every framework with its themes."""
    listed = []
    for framework in generation.frameworks:
        themes = [
            _theme(generation, framework, t, given.lang)
            for t in framework.themes
        ]
        name = framework.name.say(given.lang)
        listed.append(
            types.Framework(framework.key, name, framework.source, themes)
        )
    return types.Frameworks(listed)


def one_theme(
    generation: Generation, code: str, given: types.ItemParameters
) -> types.Theme:
    """A theme by its code."""
    theme = generation.frameworks.theme(code)
    return _theme(
        generation, generation.frameworks.framework_of(code), theme, given.lang
    )


def theme_passages(
    generation: Generation, code: str, given: types.ListParameters
) -> types.Passages:
    """Evidence on a theme, strongest first."""
    evidence = Evidence(generation.frameworks.theme(code).code)
    ids = [row.passage for row in found_rows(generation, evidence)]
    shown = generation.store.passages(
        ids=_cut(ids, given.page, given.per_page)
    )
    return types.Passages(
        len(ids), given.page, given.per_page, _passages(generation, shown)
    )


def _works(
    generation: Generation, works: Sequence[records.Work]
) -> list[types.Work]:
    strings = formatted(generation, [w.id for w in works])
    return [
        types.Work(
            id=w.id,
            csl=dict(w.csl),
            reference=strings[w.id].reference if w.id in strings else "",
            cited_by=list(w.cited_by),
            mentions=w.mentions,
            document=w.document,
            url=public(url_for("works.work", id=w.id)),
        )
        for w in works
    ]


def list_works(
    generation: Generation, given: types.WorkParameters
) -> types.Works:
    """Works, most cited first."""
    every = found_works(generation, given.q)
    return types.Works(
        len(every),
        given.page,
        given.per_page,
        _works(generation, _cut(every, given.page, given.per_page)),
    )


def one_work(
    generation: Generation, id: str, given: types.ItemParameters
) -> types.Work:
    """A work by its id."""
    return _works(generation, [generation.store.work(id)])[0]
