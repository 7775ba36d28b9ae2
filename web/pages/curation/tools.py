"""What a curator can do with one passage, on whatever page it stands."""

from __future__ import annotations

from dataclasses import dataclass

from kb.curation import State, document_of
from kb.curation.works import field_of
from kb.dutch import sentences
from kb.records import PASSAGE_KINDS, Passage
from kb.store import Store
from web.generation import Generation
from web.pages.cards import ThemeChip, chip

NUMBERED = 9  # themes that have a key of their own


@dataclass(frozen=True, slots=True)
class ThemeTool:
    """A theme on the passage as it stands: evidence, mention or none; `key` may be ""."""

    chip: ThemeChip
    view: str
    decided_by: str
    key: str


@dataclass(frozen=True, slots=True)
class LinkTool:
    """A citation of the passage, as a decision names it."""

    surface: str
    field: str
    work: str


@dataclass(frozen=True, slots=True)
class Tools:
    """All that the tools of a passage show."""

    passage: Passage
    version: str
    themes: tuple[ThemeTool, ...]
    others: tuple[ThemeChip, ...]
    kinds: tuple[str, ...]
    sentences: tuple[tuple[int, str], ...]
    links: tuple[LinkTool, ...]
    decided: int
    mended: bool
    source: str  # the document of the file, of which headings and pages are
    source_version: str


def tools_of(generation: Generation, state: State, passage: Passage) -> Tools:
    """The tools of a passage."""
    store: Store = generation.store
    source = document_of(passage.id) or passage.document
    themes = _themes(generation, state, passage)
    shown = {tool.chip.code for tool in themes}
    codes = [c for c in generation.frameworks.themes if c not in shown]
    said = [passage.text[a:b] for a, b in sentences.spans(passage.text)]
    citations = store.citations(passages=[passage.id])
    return Tools(
        passage=passage,
        version=state.version(passage.id),
        themes=themes,
        others=tuple(chip(generation, code) for code in codes),
        kinds=PASSAGE_KINDS,
        sentences=tuple(enumerate(said, 1)),
        links=tuple(
            LinkTool(c.surface, field_of(c), c.work or "") for c in citations
        ),
        decided=len(state.history(passage.id)),
        mended=state.value("text", passage.id) is not None,
        source=source,
        source_version=state.version(source),
    )


def _themes(
    generation: Generation, state: State, passage: Passage
) -> tuple[ThemeTool, ...]:
    """Themes with a tag, then those that a curator rejected."""
    tags = generation.store.tags(passages=[passage.id], shown=False)
    views = [
        (tag.theme, "evidence" if tag.evidence else "mention") for tag in tags
    ]
    tagged = {theme for theme, _ in views}
    decided = {e.field: e for e in state.history(passage.id) if state.holds(e)}
    rejected = [
        (theme, "none")
        for theme, event in sorted(decided.items())
        if event.kind == "theme"
        and event.after == "none"
        and theme not in tagged
        and theme in generation.frameworks.themes
    ]
    return tuple(
        ThemeTool(
            chip(generation, theme),
            view,
            _decided_by(state, passage.id, theme),
            str(number) if number <= NUMBERED else "",
        )
        for number, (theme, view) in enumerate([*views, *rejected], 1)
    )


def _decided_by(state: State, passage: str, theme: str) -> str:
    """Who decided on a theme last; "" where the program's view holds."""
    for event in reversed(state.history(passage)):
        if event.kind == "theme" and event.field == theme:
            return event.by if event.after is not None else ""
    return ""
