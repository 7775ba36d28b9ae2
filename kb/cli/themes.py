"""`kb themes` and `kb explain`: see, check and start frameworks; see why a tag stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from kb.cli.group import corpus_option, index_option, settings_of
from kb.cli.language import language, text
from kb.errors import (
    FrameworkError,
    NoIndexError,
)
from kb.settings import Settings
from kb.themes.frameworks import Frameworks, Theme, load_frameworks
from kb.themes.weak_cues import MOSTLY_WRONG

TEMPLATE = """\
# Een eigen kader: pas aan en bewaar in corpus/frameworks/. Daarna: kb themes check, kb build.
# A framework of your own: change it and save it in corpus/frameworks/.
# Then: kb themes check, kb build.
key: {key}
name: {{nl: "{key}", en: "{key}"}}
source: "auteur (jaar), titel"
themes:
  - code: {code}1
    name: {{nl: "Wachttijd", en: "Waiting time"}}
    definition:
      nl: "Hoe lang mensen op hulp wachten en wat dat met hen doet."
      en: "How long people wait for help and what that does to them."
    cues:
      core: # een enkele is al bewijs / one alone is evidence
        - wachttijd*
        - wachtlijst*
      strong: # twee samen / two together
        - lang wachten
        - wachten & <hulp>|<team>
      plain: # tellen mee / add up
        - wachten
    masks: # zinsneden waarin aanwijzingen niet tellen / phrases in which cues do not count
      - staat te wachten
"""


def frameworks_of(settings: Settings) -> Frameworks:
    """The project's frameworks and the user's. Raises FrameworkError."""
    return load_frameworks(settings.corpus_dir / "frameworks")


def listed(settings: Settings) -> Iterator[str]:
    """A line for each framework and theme."""
    for framework in frameworks_of(settings):
        yield f"{framework.name.say(language())} ({framework.key})"
        for theme in framework.themes:
            yield f"  {theme.code:5} {theme.name.say(language())}"


def shown(
    settings: Settings, code: str, since: int | None = None
) -> Iterator[str]:
    """Definition, cues and recurrence of a theme. Raises UnknownThemeError."""
    frameworks = frameworks_of(settings)
    theme = frameworks.theme(code)
    framework = frameworks.framework_of(code)
    yield f"{theme.code} {theme.name.say(language())} · {framework.name.say(language())}"
    yield theme.definition.say(language())
    for key, about in (
        ("themes_includes", theme.includes),
        ("themes_excludes", theme.excludes),
    ):
        if about is not None:
            yield f"{text(key)}: {about.say(language())}"
    for strength in ("core", "strong", "plain", "weak"):
        cues = getattr(theme.cues, strength)
        if cues:
            yield f"{text(f'themes_{strength}')}: {'; '.join(cues)}"
    yield f"{text('themes_source')}: {framework.source}"
    yield from _recurring(settings, theme, since)


def _recurring(
    settings: Settings, theme: Theme, since: int | None
) -> Iterator[str]:
    from kb.generations import open_store
    from kb.search.index.store_rows import similar_rows
    from kb.themes.recurring import recurrence

    try:
        store = open_store(settings)
    except NoIndexError:
        return
    tags = store.tags(theme=theme.code)
    passages = {
        p.id: p for p in store.passages(ids=[tag.passage for tag in tags])
    }
    found = recurrence(
        theme.code,
        tags,
        passages,
        store.documents(),
        dict(similar_rows(store)),
        since,
    )
    yield text(
        "themes_recurs",
        passages=found.passages,
        statements=found.statements,
        documents=len(found.documents),
        years=len(found.years),
        municipalities=len(found.municipalities),
    )
    if since is not None:
        yield text("themes_new", number=len(found.new), year=since)


def template(key: str) -> str:
    """The text of a new framework file."""
    letters = "".join(c for c in key if c.isalnum()) or "x"
    return TEMPLATE.format(key=key, code=letters[:2].upper())


def explained(settings: Settings, id: str) -> Iterator[str]:
    """Text and tags of a passage with cues and layers. Raises UnknownPassageError."""
    from kb.generations import open_store

    store = open_store(settings)
    passage = store.passage(id)
    frameworks = frameworks_of(settings)
    yield passage.text
    tags = store.tags(passages=[id], shown=False)
    if not tags:
        yield text("explain_nothing")
    for tag in tags:
        name = (
            frameworks.themes[tag.theme].name.say(language())
            if tag.theme in frameworks.themes
            else ""
        )
        weight = text(
            "explain_evidence" if tag.evidence else "explain_mention"
        )
        yield f"\n{tag.theme} {name}: {tag.score:.2f} ({weight}, {text(f'explain_{tag.origin}')})"
        for cue in tag.cues:
            yield f"    {cue.weight:+.1f}  “{cue.text}”  ← {cue.pattern}"
        for layer, value in tag.layers.items():
            yield f"    {value:+.2f}  {text(f'layer_{layer}')}"


def _echo(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)


def command() -> click.Command:
    """`kb themes list|show|check|cues|new`."""
    group = click.Group("themes", help=text("cli_themes_short"))
    group.add_command(_list_command())
    group.add_command(_show_command())
    group.add_command(_check_command())
    group.add_command(_cues_command())
    group.add_command(_new_command())
    return group


def _list_command() -> click.Command:
    @click.command("list", help=text("themes_list"))
    @click.option("--json", "as_json", is_flag=True, help=text("themes_json"))
    @corpus_option
    def list_themes(corpus_dir: str | None, as_json: bool) -> None:
        settings = settings_of(corpus_dir=corpus_dir)
        if not as_json:
            _echo(listed(settings))
            return
        for framework in frameworks_of(settings):
            for theme in framework.themes:
                row = {
                    "code": theme.code,
                    "framework": framework.key,
                    "name": theme.name.say(language()),
                    "definition": theme.definition.say(language()),
                }
                click.echo(json.dumps(row, ensure_ascii=False))

    return list_themes


def _show_command() -> click.Command:
    @click.command("show", help=text("themes_show"))
    @click.argument("code")
    @click.option(
        "--since", type=int, metavar="YEAR", help=text("themes_since")
    )
    @corpus_option
    @index_option
    def show(
        code: str,
        since: int | None,
        corpus_dir: str | None,
        index_dir: str | None,
    ) -> None:
        _echo(
            shown(
                settings_of(corpus_dir=corpus_dir, index_dir=index_dir),
                code,
                since,
            )
        )

    return show


def _check_command() -> click.Command:
    @click.command("check", help=text("themes_check"))
    @click.argument("file", type=click.Path(path_type=Path), required=False)
    @corpus_option
    @click.pass_context
    def check(
        ctx: click.Context, file: Path | None, corpus_dir: str | None
    ) -> None:
        settings = settings_of(corpus_dir=corpus_dir)
        try:
            frameworks = load_frameworks(
                settings.corpus_dir / "frameworks", (file,) if file else ()
            )
        except FrameworkError as error:
            click.secho(error.sentence(language()), fg="red", err=True)
            ctx.exit(1)
        click.secho(
            text(
                "themes_fine",
                frameworks=len(frameworks.frameworks),
                themes=len(frameworks.themes),
            ),
            fg="green",
        )

    return check


def cue_lines(
    settings: Settings, theme: str | None, below: float
) -> Iterator[str]:
    """A line for each cue that is mostly wrong. Raises UnknownThemeError."""
    from kb.themes.model import load_model
    from kb.themes.weak_cues import weak_cues

    frameworks = frameworks_of(settings)
    if theme is not None:
        frameworks.theme(theme)
    weak = weak_cues(frameworks, load_model(), below)
    wanted = [cue for cue in weak if theme in (None, cue.theme)]
    for cue in wanted:
        yield text(
            "themes_cue",
            theme=cue.theme,
            cue=cue.cue,
            right=round(cue.right),
            seen=round(cue.seen),
        )
    yield text("themes_cues_weak", number=len(wanted), share=f"{below:.0%}")


def _cues_command() -> click.Command:
    @click.command("cues", help=text("themes_cues"))
    @click.argument("code", required=False)
    @click.option(
        "--below",
        type=click.FloatRange(0.0, 1.0),
        default=MOSTLY_WRONG,
        show_default=True,
        help=text("themes_cues_below"),
    )
    @corpus_option
    def cues(code: str | None, below: float, corpus_dir: str | None) -> None:
        settings = settings_of(corpus_dir=corpus_dir)
        _echo(cue_lines(settings, code, below))

    return cues


def _new_command() -> click.Command:
    @click.command("new", help=text("themes_new_help"))
    @click.argument("key")
    def new(key: str) -> None:
        click.echo(template(key), nl=False)

    return new


def explain_command() -> click.Command:
    """`kb explain PASSAGE`."""

    @click.command("explain", help=text("cli_explain_short"))
    @click.argument("passage")
    @corpus_option
    @index_option
    def explain(
        passage: str, corpus_dir: str | None, index_dir: str | None
    ) -> None:
        _echo(
            explained(
                settings_of(corpus_dir=corpus_dir, index_dir=index_dir),
                passage,
            )
        )

    return explain
