"""`kb themes` and `kb explain` from the command line, on an index of one passage."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli.themes import (
    command,
    explain_command,
    explained,
    shown,
    template,
)
from kb.generations import create_store, new_generation, publish
from kb.records import Document, Passage
from kb.settings import Settings
from kb.themes import Tagger, load_frameworks
from kb.themes.framework_files import parse

TEXT = (
    "De nabijheid van het team verlaagt de drempel om hulp te vragen; het is zichtbaar in "
    "de buurt."
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(
        corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index"
    )
    folder = new_generation(made.index_dir, "one")
    store = create_store(made, folder)
    passage = Passage("p1", "d", TEXT, 0)
    store.add([Document("d", "d.txt", "D", year=2016)])
    store.add([passage])
    store.add(Tagger(load_frameworks()).tag([passage]))
    store.close()
    publish(made.index_dir, folder)
    return made


def options(settings: Settings, index: bool = True) -> list[str]:
    corpus = ["--corpus", str(settings.corpus_dir)]
    return [*corpus, "--index", str(settings.index_dir)] if index else corpus


def test_explain_shows_cues_and_layers(settings: Settings) -> None:
    lines = "\n".join(explained(settings, "p1"))
    assert "B1 Nabijheid in de wijk" in lines
    assert "“nabijheid”  ← nabijheid" in lines
    assert "aanwijzingen in de tekst" in lines
    assert (
        CliRunner()
        .invoke(explain_command(), ["p1", *options(settings)])
        .output.startswith(TEXT)
    )


def test_show_tells_where_a_theme_recurs(settings: Settings) -> None:
    lines = list(shown(settings, "b1", since=2015))
    assert (
        lines[0]
        == "B1 Nabijheid in de wijk · Tien beloften van de decentralisaties"
    )
    assert any(
        "1 passages" in line and "1 documenten" in line for line in lines
    )
    assert lines[-1] == "Nieuw sinds 2015: 1 passages."


def test_new_framework_is_a_sound_one(tmp_path: Path) -> None:
    framework = parse(template("wachten"), "wachten.yaml").framework
    assert framework.themes[0].code == "WA1"
    assert (
        "key: wachten"
        in CliRunner().invoke(command(), ["new", "wachten"]).output
    )


def test_check_names_the_wrong_line(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "eigen.yaml"
    wrong = template("wachten").replace("wachttijd*", "'*'")
    line = 1 + next(
        n for n, row in enumerate(wrong.split("\n")) if "'*'" in row
    )
    file.write_text(wrong, encoding="utf-8")
    result = CliRunner().invoke(
        command(), ["check", str(file), *options(settings, index=False)]
    )
    assert result.exit_code == 1
    assert f"regel {line}" in result.output
    file.write_text(template("wachten"), encoding="utf-8")
    assert (
        CliRunner()
        .invoke(
            command(), ["check", str(file), *options(settings, index=False)]
        )
        .exit_code
        == 0
    )


def test_list_names_every_theme(settings: Settings) -> None:
    result = CliRunner().invoke(
        command(), ["list", "--json", *options(settings, index=False)]
    )
    assert len(result.output.splitlines()) == 53
