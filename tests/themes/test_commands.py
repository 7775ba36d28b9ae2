"""`kb themes` and `kb explain` from the command line, on an index of one passage."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli.themes import (
    command,
    cue_lines,
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
from kb.themes.model import load_model
from kb.themes.weak_cues import weak_cues

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
        "1 passage " in line and "1 document," in line for line in lines
    )
    assert lines[-1] == "Nieuw sinds 2015: 1 passage."


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


def test_cues_that_are_mostly_wrong_are_listed_with_their_counts() -> None:
    frameworks, model = load_frameworks(), load_model()
    weak = list(weak_cues(frameworks, model, below=0.2))
    assert all(cue.right < 0.2 * cue.seen for cue in weak)
    shares = [cue.right / cue.seen for cue in weak]
    assert shares == sorted(shares)
    told = {(cue.theme, cue.cue) for cue in weak}
    core = {
        (t.code, c) for t in frameworks.themes.values() for c in t.cues.core
    }
    assert (
        len(told & core) < len(told) / 4
    )  # the surest cues are seldom among them


def test_the_list_of_weak_cues_can_be_of_one_theme(settings: Settings) -> None:
    *lines, summary = cue_lines(settings, "K1", below=0.3)
    assert lines
    assert all(line.startswith("K1 ") for line in lines)
    assert str(len(lines)) in summary
    assert list(cue_lines(settings, "K1", below=0.0))[:-1] == []
