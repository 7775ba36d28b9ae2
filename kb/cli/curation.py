"""`kb curate` and `kb curation`: decide, look, take back, take along and join."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from kb.cli.deciding import apart_command, kind_command, link_command
from kb.cli.group import corpus_option, index_option, settings_of
from kb.cli.language import language, text
from kb.curation import FILE, Event, Log, Merged, merge, new_event, read_log
from kb.curation.merging import Side
from kb.curation.state import State
from kb.errors import (
    NoIndexError,
    NoSuchFileError,
    UnknownPassageError,
    problem_sentence,
)
from kb.records import Tag
from kb.settings import Settings

_FILE = click.Path(path_type=Path)


def curated(
    settings: Settings,
    passage: str,
    theme: str,
    yes: bool,
    curator: str = "",
    note: str = "",
) -> Event:
    """Record a decision on a passage of the current index.

    Raises:
        UnknownPassageError, UnknownThemeError: one of them does not exist.
    """
    from kb.generations import open_store
    from kb.themes import load_frameworks

    frameworks = load_frameworks(settings.corpus_dir / "frameworks")
    code = frameworks.theme(theme).code
    try:
        store = open_store(settings)
    except NoIndexError:
        raise UnknownPassageError(id=passage) from None
    try:
        said = store.passage(passage).text
        tags = store.tags(passages=[passage], shown=False)
    finally:
        store.close()
    event = new_event(
        "theme",
        passage,
        "evidence" if yes else "none",
        by=curator,
        field=code,
        before=view_of(tags, code),
        note=note,
        words=said,
    )
    Log(settings.corpus_dir / FILE).add([event])
    return event


def view_of(tags: Iterable[Tag], theme: str) -> str:
    """What the tags of a passage say of a theme: evidence, mention or none."""
    for tag in tags:
        if tag.theme == theme:
            return "evidence" if tag.evidence else "mention"
    return "none"


def curate_command() -> click.Command:
    """`kb curate PASSAGE THEME yes|no`."""

    @click.command("curate", help=text("cli_curate_short"))
    @click.argument("passage")
    @click.argument("theme")
    @click.argument("decision", type=click.Choice(["yes", "no", "ja", "nee"]))
    @click.option("--curator", default="", help=text("curate_curator"))
    @click.option("--note", default="", help=text("curate_note"))
    @corpus_option
    @index_option
    def curate(
        passage: str,
        theme: str,
        decision: str,
        curator: str,
        note: str,
        corpus_dir: str | None,
        index_dir: str | None,
    ) -> None:
        settings = settings_of(corpus_dir=corpus_dir, index_dir=index_dir)
        yes = decision in ("yes", "ja")
        made = curated(settings, passage, theme, yes, curator, note)
        code = "curate_yes" if yes else "curate_no"
        click.echo(text(code, passage=made.target, theme=made.field))

    return curate


def command() -> click.Command:
    """`kb curation log|revert|export|import|merge|gold|kind|link|apart`."""
    group = click.Group("curation", help=text("cli_curation"))
    group.add_command(_log_command())
    group.add_command(_revert_command())
    group.add_command(_export_command())
    group.add_command(_import_command())
    group.add_command(_merge_command())
    group.add_command(_gold_command())
    for command_of in (kind_command, link_command, apart_command):
        group.add_command(command_of())
    return group


def log_of(corpus_dir: str | None) -> Log:
    """The log of a corpus; what is wrong in it goes to standard error."""
    log = read_log(settings_of(corpus_dir=corpus_dir).corpus_dir / FILE)
    for problem in log.problems:
        click.secho(problem_sentence(problem, language()), fg="red", err=True)
    return log


def told(event: Event) -> str:
    """One event on one line."""
    return text(
        "curation_log_line",
        id=event.id,
        time=event.time[:19],
        by=event.by or "–",
        kind=event.kind,
        target=event.target,
        field=event.field,
        before=_short(event.before),
        after=_short(event.after),
        note=f"  ({event.note})" if event.note else "",
    )


def _short(value: Any) -> str:
    if value is None:
        return "–"
    said = value if isinstance(value, str) else msgspec.json.encode(value)
    shown = said if isinstance(said, str) else said.decode()
    return shown if len(shown) <= 60 else f"{shown[:59]}…"


def _log_command() -> click.Command:
    @click.command("log", help=text("curation_log_help"))
    @click.argument("target", required=False)
    @corpus_option
    def show_log(target: str | None, corpus_dir: str | None) -> None:
        state = log_of(corpus_dir).state
        events = state.history(target) if target else state.events
        for event in events:
            click.echo(told(event))
        if not events:
            click.echo(text("curation_nothing"), err=True)

    return show_log


def _revert_command() -> click.Command:
    @click.command("revert", help=text("curation_revert_help"))
    @click.argument("event")
    @click.option("--curator", default="", help=text("curate_curator"))
    @click.option("--note", default="", help=text("curate_note"))
    @corpus_option
    def revert(
        event: str, curator: str, note: str, corpus_dir: str | None
    ) -> None:
        log = log_of(corpus_dir)
        undoing = log.state.undoing(event, curator, note)
        log.add([undoing])
        now = _short(undoing.after)
        click.echo(text("curation_reverted", id=event, after=now))

    return revert


def _export_command() -> click.Command:
    @click.command("export", help=text("curation_export_help"))
    @corpus_option
    def export(corpus_dir: str | None) -> None:
        write_out(log_of(corpus_dir).state.events)

    return export


def write_out(events: Iterable[Event]) -> None:
    """Events on standard output, one JSON object a line."""
    for event in events:
        click.echo(msgspec.json.encode(event).decode())


def _take_option() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    choices = click.Choice(["ours", "theirs"])
    return click.option("--take", type=choices, help=text("curation_take"))


def _import_command() -> click.Command:
    @click.command("import", help=text("curation_import_help"))
    @click.argument("file", type=_FILE)
    @_take_option()
    @corpus_option
    @click.pass_context
    def take_in(
        ctx: click.Context,
        file: Path,
        take: Side | None,
        corpus_dir: str | None,
    ) -> None:
        log = log_of(corpus_dir)
        found = merge(log.state.events, _events_of(file), take)
        if found.added:
            log.add(found.added)
        _report(ctx, found)

    return take_in


def _merge_command() -> click.Command:
    @click.command("merge", help=text("curation_merge_help"))
    @click.argument("ours", type=_FILE)
    @click.argument("theirs", type=_FILE)
    @_take_option()
    @click.pass_context
    def join(
        ctx: click.Context, ours: Path, theirs: Path, take: Side | None
    ) -> None:
        own = _events_of(ours)
        found = merge(own, _events_of(theirs), take)
        write_out([*own, *found.added])
        _report(ctx, found)

    return join


def _events_of(file: Path) -> Sequence[Event]:
    """The events of a file; what is wrong in it goes to standard error."""
    if not file.is_file():
        raise NoSuchFileError(path=str(file))
    log = read_log(file)
    for problem in log.problems:
        click.secho(problem_sentence(problem, language()), fg="red", err=True)
    state: State = log.state
    return state.events


def _report(ctx: click.Context, found: Merged) -> None:
    """Say what was taken over; exit 1 where something is left to choose."""
    counts = {"count": len(found.added), "conflicts": len(found.conflicts)}
    click.echo(text("curation_imported", **counts), err=True)
    for conflict in found.conflicts:
        ours, theirs = conflict.ours, conflict.theirs
        line = text(
            "curation_conflict",
            kind=ours.kind,
            target=ours.target,
            field=ours.field,
            ours=_short(ours.after),
            ours_by=ours.by or "?",
            theirs=_short(theirs.after),
            theirs_by=theirs.by or "?",
        )
        click.echo(line, err=True)
    if found.conflicts:
        click.echo(text("curation_choose"), err=True)
        ctx.exit(1)


def _gold_command() -> click.Command:
    @click.command("gold", help=text("curation_gold"))
    @click.argument("framework")
    @corpus_option
    @index_option
    def gold(
        framework: str, corpus_dir: str | None, index_dir: str | None
    ) -> None:
        from kb.curation.blind import gold_of, said_of
        from kb.generations import open_store
        from kb.themes import load_frameworks

        settings = settings_of(corpus_dir=corpus_dir, index_dir=index_dir)
        known = load_frameworks(settings.corpus_dir / "frameworks")
        themes = [
            t.code for f in known if f.key == framework for t in f.themes
        ]
        state = log_of(corpus_dir).state
        store = open_store(settings)
        try:
            said = said_of(state, framework)
            for row in gold_of(state, said, themes, store):
                click.echo(msgspec.json.encode(row).decode())
        finally:
            store.close()

    return gold
