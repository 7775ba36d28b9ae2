"""The coding of this corpus as a project, and a project as decisions on this corpus.

A document is a text of its passages with an empty line between; evidence on a theme is a
selection with the code of that theme, a passing mention one with the code below it. What
comes back is compared with what stands: every difference is a decision, by who coded it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.curation import Event, new_event
from kb.exchange.coding import Code, Coded, Project, Selection, Source, guid
from kb.exchange.refi import plain
from kb.records import Document, Passage, Tag
from kb.store import Store
from kb.themes import Frameworks

BETWEEN = "\n\n"
MENTION = {"nl": "zijdelings", "en": "in passing"}
USER = "kb"


def codes_of(frameworks: Frameworks, language: str = "nl") -> tuple[Code, ...]:
    """Frameworks with their themes, and below each theme its passing mention."""
    return tuple(
        Code(
            guid("framework", framework.key),
            framework.name.say(language),
            framework.source,
            tuple(_theme(theme, language) for theme in framework.themes),
            codable=False,
        )
        for framework in frameworks
    )


def _theme(theme: Any, language: str) -> Code:
    name = f"{theme.code} {theme.name.say(language)}"
    passing = Code(
        guid("mention", theme.code),
        f"{theme.code} {MENTION.get(language, MENTION['en'])}",
    )
    return Code(
        guid("theme", theme.code),
        name,
        theme.definition.say(language),
        (passing,),
    )


def project_of(
    store: Store,
    frameworks: Frameworks,
    name: str,
    documents: Iterable[str] = (),
    language: str = "nl",
) -> Project:
    """The coding of documents as a project; of all when none is named."""
    wanted = set(documents)
    listed = [d for d in store.documents() if not wanted or d.id in wanted]
    return Project(
        name,
        codes_of(frameworks, language),
        tuple(_source(store, document) for document in listed),
        ((guid("user", USER), USER),),
    )


def _source(store: Store, document: Document) -> Source:
    passages = store.passages(document.id)
    views: dict[str, list[Tag]] = defaultdict(list)
    for tag in store.tags(document=document.id, shown=False):
        if tag.evidence or tag.origin == "curator":
            views[tag.passage].append(tag)
    text, places = text_of(passages)
    selections = tuple(
        Selection(*places[p.id], _codings(views[p.id]))
        for p in passages
        if views[p.id]
    )
    own = guid("document", document.id)
    return Source(own, document.id, text, selections)


def _codings(tags: Iterable[Tag]) -> tuple[Coded, ...]:
    user = guid("user", USER)
    found = []
    for tag in sorted(tags, key=lambda tag: tag.theme):
        kind = "theme" if tag.evidence else "mention"
        found.append(Coded(guid(kind, tag.theme), user))
    return tuple(found)


def text_of(
    passages: Sequence[Passage],
) -> tuple[str, Mapping[str, tuple[int, int]]]:
    """(the text of a document, where each passage stands in it)."""
    places = {}
    texts: list[str] = []
    at = 0
    for passage in passages:
        text = plain(passage.text)
        places[passage.id] = (at, at + len(text))
        texts.append(text)
        at += len(text) + len(BETWEEN)
    return BETWEEN.join(texts), places


@dataclass(frozen=True, slots=True)
class Decided:
    """What a project says otherwise than the corpus.

    Attributes:
        events: the decisions that follow.
        strange_codes: codes that are no themes here.
        strange_sources: texts that are no documents here, or not as they were.
    """

    events: tuple[Event, ...] = ()
    strange_codes: tuple[str, ...] = ()
    strange_sources: tuple[str, ...] = ()


def decisions_of(
    project: Project, store: Store, frameworks: Frameworks
) -> Decided:
    """What a project that comes back decides.

    Only themes that the project's codes name, and documents that it holds, are looked at.
    """
    views = _views_by_code(project, frameworks)
    names = {code.guid: code.name for code in _flat(project.codes)}
    used = {
        coded.code
        for source in project.sources
        for selection in source.selections
        for coded in selection.codings
    }
    strange = sorted(names.get(id, id) for id in used - views.keys())
    known = {guid("document", id): id for id in store.document_ids()}
    known |= {id: id for id in known.values()}
    users = dict(project.users)
    events: list[Event] = []
    unread = []
    themes = {theme for theme, _ in views.values()}
    for source in project.sources:
        document = known.get(source.guid) or known.get(source.name)
        if document is None:
            unread.append(source.name)
            continue
        coded = _coded(source, store.passages(document), views, users)
        if coded is None:
            unread.append(source.name)
        else:
            events += _differences(store, document, coded, themes)
    return Decided(tuple(events), tuple(strange), tuple(unread))


def _flat(codes: Iterable[Code]) -> Iterator[Code]:
    for code in codes:
        yield code
        yield from _flat(code.codes)


def _views_by_code(
    project: Project, frameworks: Frameworks
) -> Mapping[str, tuple[str, str]]:
    """Code → (theme, evidence or mention): by its id, or else by how its name begins."""
    ours = {
        guid(kind, theme): (theme, view)
        for theme in frameworks.themes
        for kind, view in (("theme", "evidence"), ("mention", "mention"))
    }
    found = {}
    for code in _flat(project.codes):
        begin, _, rest = code.name.partition(" ")
        if code.guid in ours:
            found[code.guid] = ours[code.guid]
        elif begin in frameworks.themes:
            passing = rest.strip() in MENTION.values()
            found[code.guid] = (begin, "mention" if passing else "evidence")
    return found


Views = dict[str, dict[str, tuple[str, str]]]  # passage → theme → view, by


def _coded(
    source: Source,
    passages: Sequence[Passage],
    views: Mapping[str, tuple[str, str]],
    users: Mapping[str, str],
) -> Views | None:
    """What a source says of each passage; None where its text is not that of now."""
    text, places = text_of(passages)
    if plain(source.text).strip() != text.strip():
        return None
    found: Views = defaultdict(dict)
    for selection in source.selections:
        for passage in _touched(selection, passages, places):
            for coded in selection.codings:
                if coded.code not in views:
                    continue
                theme, view = views[coded.code]
                by = users.get(coded.by, "")
                before = found[passage.id].get(theme)
                if before is None or view == "evidence":
                    found[passage.id][theme] = (view, by)
    return found


def _touched(
    selection: Selection,
    passages: Sequence[Passage],
    places: Mapping[str, tuple[int, int]],
) -> Iterator[Passage]:
    """The passages of which a selection takes a part."""
    for passage in passages:
        start, end = places[passage.id]
        if selection.start < end and selection.end > start:
            yield passage


def _differences(
    store: Store, document: str, coded: Views, themes: Iterable[str]
) -> Iterator[Event]:
    """A decision for each theme that stands otherwise than it was coded."""
    standing: dict[str, dict[str, Tag]] = defaultdict(dict)
    for tag in store.tags(document=document, shown=False):
        standing[tag.passage][tag.theme] = tag
    looked_at = set(themes)
    for passage in store.passages(document):
        here, said = standing[passage.id], coded.get(passage.id, {})
        for theme in sorted(looked_at & (here.keys() | said.keys())):
            view, by = said.get(theme, ("none", ""))
            before = _standing(here.get(theme))
            if before is not None and view != before:
                yield new_event(
                    "theme",
                    passage.id,
                    view,
                    by=by if by != USER else "",
                    field=theme,
                    before=before,
                    words=passage.text,
                )


def _standing(tag: Tag | None) -> str | None:
    """What was written out of a tag; None for what was not, a mention by the program."""
    if tag is None:
        return "none"
    if tag.evidence:
        return "evidence"
    return "mention" if tag.origin == "curator" else "none"
