"""The model learns from decisions, only when it gets better, and says what it changed."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("sklearn", reason="the extra train is not installed")

from kb.cli.learn import told
from kb.curation import FILE, new_event, write_events
from kb.evaluate.learning import MODEL, TooFewDecisionsError, base_model, learn
from kb.generations import create_store, new_generation, publish
from kb.records import Document, Passage
from kb.settings import Settings
from kb.themes import Tagger, load_frameworks
from kb.themes.model import load_model

# Words that the framework takes for nearness, in a sense that curators reject.
WRONG = (
    "De nabijheid van het station verlaagt de drempel voor reizigers in de buurt, "
    "en perron {n} is goed zichtbaar in de wijk."
)
RIGHT = (
    "Door de nabijheid van het wijkteam is de drempel om hulp te vragen lager, en "
    "bewoners van straat {n} vinden het zichtbaar en laagdrempelig."
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Six reports of ten passages, half about trains."""
    made = Settings(
        corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index"
    )
    made.corpus_dir.mkdir()
    folder = new_generation(made.index_dir, "one")
    store = create_store(made, folder)
    for report in "abcdef":
        passages = [
            Passage(
                f"{report}-{number:010x}",
                report,
                (WRONG if number % 2 else RIGHT).format(n=number),
                number,
            )
            for number in range(10)
        ]
        store.add([Document(report, f"{report}.txt", report)])
        store.add(passages)
    store.close()
    publish(made.index_dir, folder)
    return made


def decide(settings: Settings, reports: str) -> None:
    """Decisions on B1 of every passage of these reports: trains are no nearness."""
    events = [
        new_event(
            "theme",
            f"{report}-{number:010x}",
            "none" if number % 2 else "evidence",
            field="B1",
        )
        for report in reports
        for number in range(10)
    ]
    write_events(settings.corpus_dir / FILE, events)


def test_few_decisions_teach_nothing(settings: Settings) -> None:
    decide(settings, "a")
    with pytest.raises(TooFewDecisionsError):
        learn(settings)


def test_what_people_reject_again_and_again_is_learnt(
    settings: Settings,
) -> None:
    decide(settings, "abcde")
    found = learn(settings)
    assert found.after > found.before
    assert found.gain[1] > 0
    assert found.kept
    assert (found.decisions, found.documents) == (50, 5)
    assert any("B1" in one.gone for one in found.changed)
    model = load_model(settings.corpus_dir / MODEL)
    assert model.card["decisions"] == "50"
    unseen = Passage("f-1", "f", WRONG.format(n=99), 0)
    frameworks = load_frameworks()
    before = {t.theme: t.score for t in Tagger(frameworks).tag([unseen])}
    now = {t.theme: t.score for t in Tagger(frameworks, model).tag([unseen])}
    assert now.get("B1", 0) < before["B1"]
    assert "Beter" in "\n".join(told(found))


def test_learning_twice_counts_nothing_double(settings: Settings) -> None:
    decide(settings, "abcde")
    learn(settings)
    once = (settings.corpus_dir / MODEL).read_bytes()
    assert "decisions" not in base_model(settings.corpus_dir).card
    learn(settings)
    assert (settings.corpus_dir / MODEL).read_bytes() == once


def test_only_trying_keeps_nothing_and_one_document_is_said(
    settings: Settings,
) -> None:
    decide(settings, "a")
    events = [
        new_event("theme", f"a-{n:010x}", "none", field="K3")
        for n in range(10)
    ]
    write_events(settings.corpus_dir / FILE, events)
    found = learn(settings, keep=False)
    assert found.within
    assert not found.kept
    assert not (settings.corpus_dir / MODEL).exists()
