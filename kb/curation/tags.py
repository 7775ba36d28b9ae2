"""The themes of passages as curators want them: they always win."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from kb.curation.attaching import attach
from kb.curation.events import Event
from kb.curation.state import State
from kb.records import Passage, Tag

Views = Mapping[str, Mapping[str, str]]


def themes_decided(state: State) -> Views:
    """What was decided: passage → theme → evidence, mention or none."""
    return views_of(state.holding("theme"))


def views_of(events: Iterable[Event]) -> Views:
    """The same of some events, the last one on a thing holding."""
    found: dict[str, dict[str, str]] = {}
    for event in events:
        found.setdefault(event.target, {})[event.field] = event.after
    return found


def decided_tags(
    tags: Sequence[Tag],
    passages: Sequence[Passage],
    events: Sequence[Event],
    known: Collection[str],
) -> list[Tag]:
    """The tags of one document after the decisions on its passages.

    Args:
        tags: what the program found.
        passages: those of the document as they are now.
        events: decisions of kind "theme" on them.
        known: the themes there are; a decision on another has no effect.

    >>> found = [Tag("p1", "B1", 0.9), Tag("p1", "K3", 0.4, evidence=False)]
    >>> no = Event("1", "", "", "theme", "p1", "K3", after="none")
    >>> decided_tags(found, [Passage("p1", "d", "Tekst", 0)], [no], ["K3"]) == found[:1]
    True
    """
    if not events:
        return list(tags)
    views = views_of(attach(events, passages).events)
    found: dict[str, list[Tag]] = {}
    for tag in tags:
        found.setdefault(tag.passage, []).append(tag)
    for passage, decisions in sorted(views.items()):
        of_known = {t: view for t, view in decisions.items() if t in known}
        found[passage] = _decided(passage, found.get(passage, ()), of_known)
    return [tag for its_own in found.values() for tag in its_own]


def _decided(
    passage: str, tags: Sequence[Tag], views: Mapping[str, str]
) -> list[Tag]:
    """The tags of one passage, with those that curators alone saw behind."""
    tagged = {tag.theme for tag in tags}
    new = [Tag(passage, theme, 0.0) for theme in sorted(views.keys() - tagged)]
    return [
        _with_view(tag, views[tag.theme]) if tag.theme in views else tag
        for tag in (*tags, *new)
        if views.get(tag.theme) != "none"
    ]


def _with_view(tag: Tag, view: str) -> Tag:
    evidence = view == "evidence"
    layers = {**tag.layers, "curator": float(evidence)}
    return replace(
        tag,
        evidence=evidence,
        score=float(evidence),
        origin="curator",
        layers=layers,
    )
