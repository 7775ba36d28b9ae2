"""`kb dump`: every record as JSON lines, in the stable form of the documentation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import click
import msgspec

from kb.cli.group import index_option, settings_of
from kb.cli.language import language, text
from kb.cli.lines import write_lines
from kb.errors import problem_sentence
from kb.generations import open_store
from kb.records import Tag
from kb.store import Store

Rows = Iterator[dict[str, Any]]


def _plain(record: Any) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(record)
    return plain


def documents(store: Store) -> Rows:
    """With the number of passages, and problems as sentences."""
    passages = Counter(p.document for p in store.passages())
    problems = defaultdict(list)
    for problem in store.problems():
        problems[problem.document].append(
            problem_sentence(problem, language())
        )
    for document in store.documents():
        yield _plain(document) | {
            "passages": passages[document.id],
            "problems": problems[document.id],
        }


def _tag(tag: Tag) -> dict[str, Any]:
    return {
        key: value for key, value in _plain(tag).items() if key != "passage"
    }


def passages(store: Store) -> Rows:
    """With the tags that are shown."""
    documents = {d.id: d for d in store.documents()}
    tags = defaultdict(list)
    for tag in store.tags():
        tags[tag.passage].append(_tag(tag))
    for passage in store.passages():
        document = documents[passage.document]
        yield _plain(passage) | {
            "source": document.file_at(passage.page)[0],
            "volume": document.volume,
            "tags": tags[passage.id],
        }


def references(store: Store) -> Rows:
    sources = {d.id: d.source for d in store.documents()}
    for reference in store.references():
        yield _plain(reference) | {"source": sources[reference.document]}


def citations(store: Store) -> Rows:
    yield from map(_plain, store.citations())


def works(store: Store) -> Rows:
    yield from map(_plain, store.works())


DUMPS: dict[str, Callable[[Store], Rows]] = {
    f.__name__: f for f in (documents, passages, references, citations, works)
}


def command() -> click.Command:
    @click.command("dump", help=text("cli_dump"))
    @click.argument("what", type=click.Choice(list(DUMPS)))
    @index_option
    def dump(what: str, index_dir: str | None) -> None:
        write_lines(DUMPS[what](open_store(settings_of(index_dir=index_dir))))

    return dump
