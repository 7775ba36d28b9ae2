"""Cues that curators reject again and again are shown with the change they ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli.learn import command
from kb.curation import FILE, new_event, write_events
from kb.pipeline import build
from kb.settings import Settings
from tests.pipeline.conftest import Here, record_of
from tests.web.curation_site import passages, person
from web import create_app

FRAMEWORK = """\
# Van ons.
key: eigen
name: {nl: "Eigen kader"}
source: "zelf"
themes:
  - code: E1
    name: {nl: "Nabijheid"}
    definition: {nl: "Of hulp dichtbij is."}
    cues: {core: [perron, drempel], plain: [wachttijd]}
"""
ROUTE = (
    "Vanaf perron {n} rijdt elk kwartier een trein naar de volgende halte. Wie de trein "
    "mist, wacht in de hal of loopt naar het busstation aan de overkant van spoor {n}."
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two reports on trains, and a framework that takes a platform for nearness."""
    made = Settings(
        corpus_dir=tmp_path / "corpus",
        index_dir=tmp_path / "index",
        workers=1,
        curation=True,
    )
    sources, own = made.corpus_dir / "sources", made.corpus_dir / "frameworks"
    sources.mkdir(parents=True)
    own.mkdir()
    (own / "eigen.yaml").write_text(FRAMEWORK, encoding="utf-8")
    for name, first in (("a", 1), ("b", 5)):
        rows = [ROUTE.format(n=n) for n in range(first, first + 4)]
        (sources / f"{name}.txt").write_text("\n\n".join(["1 Routes", *rows]))
    records = record_of("a", 2016) + record_of("b", 2018)
    (made.corpus_dir / "sources.bib").write_text(records)
    build(made, executor=Here())
    return made


def reject_all(settings: Settings) -> None:
    events = [
        new_event("theme", one.id, "none", field="E1", words=one.text)
        for one in passages(settings)
    ]
    write_events(settings.corpus_dir / FILE, events)


def test_a_curator_sees_the_proposal_and_the_diff(settings: Settings) -> None:
    app = create_app(settings)
    ans = person(app, settings, "Ans")
    assert "Nog geen voorstel" in ans.page("/redactie/aanwijzingen")
    reject_all(settings)
    page = ans.page("/redactie/aanwijzingen")
    app.extensions["kb_generation"].close()
    lines = page.splitlines()
    row = "<td>0 van 8</td><td>genoeg op zichzelf</td><td>sterk</td>"
    assert row in page
    assert "-    cues: {core: [perron, drempel], plain: [wachttijd]}" in lines
    assert (
        "+    cues: {core: [drempel], plain: [wachttijd], strong: [perron]}"
        in lines
    )


def test_the_command_line_writes_the_diff_alone(settings: Settings) -> None:
    reject_all(settings)
    given = ["--cues", "--corpus", str(settings.corpus_dir)]
    given += ["--index", str(settings.index_dir)]
    done = CliRunner().invoke(command(), given)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("--- a/")
    assert "strong: [perron]" in done.stdout
    assert "1 aanwijzing" in done.stderr
