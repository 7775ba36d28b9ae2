"""`kb curation kind|link|apart`: decisions on a passage, a mention and an entry of a list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from kb.cli.group import corpus_option, index_option, settings_of
from kb.cli.language import text
from kb.curation import FILE, Event, Log, new_event
from kb.curation.works import field_of
from kb.errors import KbError, UnknownWorkError
from kb.records import PASSAGE_KINDS, Citation
from kb.settings import Settings
from kb.store import Store

NONE = "-"  # what is typed for "no work"


class UnknownMentionError(KbError):
    """No mention in a passage reads as was typed."""

    code, status = "unknown_mention", 404


class KindOfPassage(click.Choice[str]):
    """A kind, by its code or as the site names it in Dutch."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Raises click.BadParameter."""
        from kb.search.question.fields import kind_named

        return super().convert(kind_named(value) or value, param, ctx)


@contextmanager
def _records(settings: Settings) -> Iterator[Store]:
    """The records of the index in use. Raises NoIndexError."""
    from kb.generations import open_store

    store = open_store(settings)
    try:
        yield store
    finally:
        store.close()


def of_kind(store: Store, passage: str, kind: str, by: str = "") -> Event:
    """A decision on the kind of a passage. Raises UnknownPassageError."""
    found = store.passage(passage)
    return new_event(
        "kind", passage, kind, by=by, before=found.kind, words=found.text
    )


def of_link(
    store: Store, passage: str, mention: str, work: str, by: str = ""
) -> Event:
    """A decision on the work that a mention is of.

    Args:
        store: the records.
        passage: that holds the mention.
        mention: as it is printed; the first that reads so.
        work: its id, or "" for none.
        by: the curator.

    Raises:
        UnknownPassageError, UnknownMentionError, UnknownWorkError: there is no such thing.
    """
    found = store.passage(passage)
    if work:
        store.work(work)
    citation = _mentioned(store.citations(passages=[passage]), mention)
    return new_event(
        "citation",
        passage,
        work,
        by=by,
        field=field_of(citation),
        before=citation.work,
        words=found.text,
    )


def _mentioned(citations: list[Citation], mention: str) -> Citation:
    for citation in citations:
        if citation.surface == mention:
            return citation
    said = "; ".join(dict.fromkeys(one.surface for one in citations))
    raise UnknownMentionError(mention=mention, mentions=said or NONE)


def of_entry(store: Store, entry: str, by: str = "") -> Event:
    """A decision that an entry of a list is a work of its own. Raises UnknownWorkError."""
    if not store.references(ids=[entry]):
        raise UnknownWorkError(id=entry)
    return new_event("apart", entry, True, by=by)


def _record(settings: Settings, event: Event) -> None:
    Log(settings.corpus_dir / FILE).add([event])
    click.echo(text("curation_decided", target=event.target))


def _where(command: Any) -> Any:
    """The options that all of these take."""
    by = click.option("--curator", default="", help=text("curate_curator"))
    return by(corpus_option(index_option(command)))


def kind_command() -> click.Command:
    """`kb curation kind PASSAGE KIND`."""

    @click.command("kind", help=text("curation_kind_help"))
    @click.argument("passage")
    @click.argument("kind", type=KindOfPassage(PASSAGE_KINDS))
    @_where
    def decide(
        passage: str,
        kind: str,
        curator: str,
        corpus_dir: str | None,
        index_dir: str | None,
    ) -> None:
        settings = settings_of(corpus_dir=corpus_dir, index_dir=index_dir)
        with _records(settings) as store:
            event = of_kind(store, passage, kind, curator)
        _record(settings, event)

    return decide


def link_command() -> click.Command:
    """`kb curation link PASSAGE MENTION WORK`."""

    @click.command("link", help=text("curation_link_help"))
    @click.argument("passage")
    @click.argument("mention")
    @click.argument("work")
    @_where
    def decide(
        passage: str,
        mention: str,
        work: str,
        curator: str,
        corpus_dir: str | None,
        index_dir: str | None,
    ) -> None:
        settings = settings_of(corpus_dir=corpus_dir, index_dir=index_dir)
        wanted = "" if work == NONE else work
        with _records(settings) as store:
            event = of_link(store, passage, mention, wanted, curator)
        _record(settings, event)

    return decide


def apart_command() -> click.Command:
    """`kb curation apart ENTRY`."""

    @click.command("apart", help=text("curation_apart_help"))
    @click.argument("entry")
    @_where
    def decide(
        entry: str,
        curator: str,
        corpus_dir: str | None,
        index_dir: str | None,
    ) -> None:
        settings = settings_of(corpus_dir=corpus_dir, index_dir=index_dir)
        with _records(settings) as store:
            event = of_entry(store, entry, curator)
        _record(settings, event)

    return decide
