"""The demo corpus holds evidence on every theme of both main frameworks."""

from __future__ import annotations

from collections import defaultdict

import pytest

from kb.records import Passage
from kb.themes import Tagger, load_frameworks
from scripts.demo.source import Source, read_source
from scripts.make_demo_corpus import TEXTS

THEMES = [f"B{number}" for number in range(1, 11)] + [
    f"K{number}" for number in range(1, 8)
]


def passages(source: Source) -> list[Passage]:
    """Paragraphs, quotes and list items of a demo text as passages, each under its headings."""
    found: list[Passage] = []
    above: dict[int, str] = {}
    for number, item in enumerate(source.items):
        if item.kind == "heading":
            above = {
                level: text
                for level, text in above.items()
                if level < item.level
            } | {item.level: item.text}
        elif item.kind in ("paragraph", "quote", "item", "numbered"):
            section = tuple(above[level] for level in sorted(above))
            found.append(
                Passage(
                    f"{source.name}-{number}",
                    source.name,
                    item.text.replace("*", ""),
                    number,
                    section=section,
                )
            )
    return found


@pytest.mark.slow
def test_every_theme_is_found_in_three_passages_of_two_documents() -> None:
    everything = [
        passage
        for path in sorted(TEXTS.glob("*.md"))
        for passage in passages(read_source(path))
    ]
    document = {passage.id: passage.document for passage in everything}
    evidence: dict[str, list[str]] = defaultdict(list)
    for tag in Tagger(load_frameworks()).tag(everything):
        if tag.evidence:
            evidence[tag.theme].append(document[tag.passage])
    assert [
        theme
        for theme in THEMES
        if len(evidence[theme]) < 3 or len(set(evidence[theme])) < 2
    ] == []
