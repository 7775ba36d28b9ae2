"""`kb learn`: let the theme model learn from what curators decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.group import corpus_option, index_option, settings_of
from kb.cli.language import text
from kb.errors import KbError
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.evaluate.learning import Learnt

LISTED = 20  # changed passages that are named


class NoTrainingLibraryError(KbError):
    code, exit_code = "no_training_library", 1


def told(found: Learnt) -> Iterator[str]:
    """What was learnt, in sentences."""
    low, mean, high = found.gain
    yield text(
        "learn_measured",
        decisions=found.decisions,
        documents=found.documents,
        before=f"{found.before:.3f}",
        after=f"{found.after:.3f}",
        gain=f"{mean:+.3f}",
        low=f"{low:+.3f}",
        high=f"{high:+.3f}",
    )
    if found.within:
        yield text("learn_within")
    yield text("learn_kept" if found.kept else "learn_not_kept")
    for one in found.changed[:LISTED]:
        gone = [f"−{theme}" for theme in one.gone]
        new = [f"+{theme}" for theme in one.new]
        yield f"  {one.passage}  {' '.join([*gone, *new])}"
    if found.changed:
        yield text("learn_changed", count=len(found.changed))


def show_cues(settings: Settings) -> None:
    """The diffs that decisions propose on standard output, what they say beside it."""
    from kb.curation import FILE, read_log
    from kb.evaluate.decided import cues_proposed
    from kb.generations import open_store
    from kb.themes import load_frameworks

    frameworks = load_frameworks(settings.corpus_dir / "frameworks")
    state = read_log(settings.corpus_dir / FILE).state
    store = open_store(settings)
    try:
        found = list(cues_proposed(settings, frameworks, state, store))
    finally:
        store.close()
    for file in found:
        click.echo(file.diff, nl=False)
        for change in file.left:
            click.echo(
                text("learn_cue_left", path=file.path, **asdict(change)),
                err=True,
            )
    count = sum(len(file.made) for file in found)
    click.echo(text("learn_cues_told", count=count), err=True)


def command() -> click.Command:
    """`kb learn [--gold FILE] [--try] [--cues]`."""

    @click.command("learn", help=text("cli_learn"))
    @click.option(
        "--gold",
        type=click.Path(path_type=Path),
        help=text("learn_gold"),
    )
    @click.option("--try", "only_try", is_flag=True, help=text("learn_try"))
    @click.option("--cues", is_flag=True, help=text("learn_cues"))
    @corpus_option
    @index_option
    def learn(
        gold: Path | None,
        only_try: bool,
        cues: bool,
        corpus_dir: str | None,
        index_dir: str | None,
    ) -> None:
        settings = settings_of(corpus_dir=corpus_dir, index_dir=index_dir)
        if cues:
            show_cues(settings)
            return
        try:
            from kb.evaluate.learning import learn as learnt_from
        except ModuleNotFoundError as error:
            raise NoTrainingLibraryError(name=error.name) from None
        for line in told(learnt_from(settings, gold, not only_try)):
            click.echo(line)

    return learn
