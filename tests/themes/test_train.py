"""Training: what is learnt from labels, and how a curator's decisions move the model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kb.errors import InputFileError, NoSuchFileError
from kb.records import Passage
from kb.themes import Decision, Tagger, load_frameworks
from kb.themes.labelled import (
    documents_of_own,
    labels_of_decisions,
    labels_of_gold,
    read_gold,
    read_own,
    read_paragraphs,
)
from kb.themes.model import load_model, save_model
from kb.themes.train import (
    adjust,
    best_f1,
    calibrate,
    cross_validate,
    examples_of,
    recalibrate,
    train,
    with_card,
)

ABOUT = {
    "B1": "De nabijheid van het team verlaagt de drempel; het is zichtbaar in de buurt.",
    "B9": "De bezuiniging dwingt tot lagere kosten en een kosten-batenanalyse van dure zorg.",
    "K7": "De monitor meet effecten en evalueert resultaten met indicatoren.",
}


def documents(names: str = "abc") -> dict[str, list[Passage]]:
    texts = [text for text in ABOUT.values() for _ in range(3)]
    return {
        n: [
            Passage(f"{n}{at}", n, f"{text} Nummer {at}.", at)
            for at, text in enumerate(texts)
        ]
        for n in names
    }


def labels(names: str = "abc") -> dict[str, dict[str, bool]]:
    return {
        f"{n}{at}": {code: code == list(ABOUT)[at // 3] for code in ABOUT}
        for n in names
        for at in range(9)
    }


def test_model_learns_what_was_labelled() -> None:
    examples = examples_of(load_frameworks(), documents(), labels(), list(ABOUT))
    result = cross_validate(examples)
    assert (result.tagged == examples.labels).mean() > 0.9
    assert set(result.thresholds) == {"a", "b", "c"}


def test_unsaid_labels_do_not_train() -> None:
    said = {id: {"B1": given["B1"]} for id, given in labels().items()}
    examples = examples_of(load_frameworks(), documents(), said, list(ABOUT))
    assert examples.said.sum() == 27
    assert not examples.said[:, examples.codes.index("B9")].any()


def test_model_survives_its_file(tmp_path: Path) -> None:
    examples = examples_of(load_frameworks(), documents(), labels(), list(ABOUT))
    model = with_card(train(examples), examples, "2026-11-24")
    save_model(model, tmp_path / "model.json")
    assert load_model(tmp_path / "model.json") == model
    assert (
        model.card["labelled"]
        == "81 labels (27 of evidence) on 27 passages of 3 documents"
    )


def test_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text('{"features": []}', encoding="utf-8")
    with pytest.raises(InputFileError):
        load_model(tmp_path / "model.json")


def test_decisions_of_a_curator_move_the_scores() -> None:
    frameworks, corpus = load_frameworks(), {"a": documents("a")["a"]}
    base = load_model()
    refused = [Decision(f"a{at}", "B9", False) for at in range(3, 6)]
    moved = adjust(
        base,
        examples_of(
            frameworks, corpus, labels_of_decisions(refused), list(frameworks.themes)
        ),
    )
    before, after = (
        {
            (t.passage, t.theme): sum(t.layers.values())
            for t in Tagger(frameworks, model=model).tag(corpus["a"])
        }
        for model in (base, moved)
    )
    lost = {key: before[key] - after.get(key, 0.0) for key in before}
    assert lost["a4", "B9"] > 0.5
    assert lost["a4", "B9"] > 2 * lost["a0", "B1"]


def test_no_decisions_leave_the_model_as_it_was() -> None:
    frameworks, base = load_frameworks(), load_model()
    assert (
        adjust(
            base, examples_of(frameworks, documents("a"), {}, list(frameworks.themes))
        )
        == base
    )


def test_calibration_turns_overconfident_odds_down() -> None:
    random = np.random.default_rng(0)
    truth = random.random(2000) < 0.5
    odds = np.where(truth, 3.0, -3.0) * random.choice([1, -1], 2000, p=[0.8, 0.2])
    slope, shift = calibrate(odds, truth)
    assert 1 / (1 + np.exp(-(slope * 3 + shift))) == pytest.approx(0.8, abs=0.05)


def test_best_f1_is_of_the_best_threshold() -> None:
    assert best_f1(
        np.array([0.9, 0.8, 0.1]), np.array([True, False, True])
    ) == pytest.approx(0.8)
    assert best_f1(np.array([]), np.array([], dtype=bool)) == 0.0


def test_shipped_model_holds_numbers_of_features_only() -> None:
    model = load_model()
    assert set(model.themes) == {
        *(f"B{n}" for n in range(1, 11)),
        *(f"K{n}" for n in range(1, 8)),
    }
    assert 0.25 < model.threshold < 0.5
    assert "37 documents" in model.card["labelled"]


def test_examples_beside_each_other_keep_their_documents_or_folds() -> None:
    first = examples_of(load_frameworks(), documents("a"), labels("a"), list(ABOUT))
    other = examples_of(load_frameworks(), documents("bcd"), labels("bcd"), list(ABOUT))
    both = first.beside(other)
    assert both.ids == first.ids + other.ids
    assert set(both.documents) == {"a", "b", "c", "d"}
    assert len(set(other.in_folds(2).documents)) == 2
    assert first.beside(None) is first


def test_recalibrated_scores_are_as_often_right_as_they_say() -> None:
    model = load_model()
    scores, right = np.full(1000, 0.9), np.arange(1000) % 2 == 0
    moved = recalibrate(
        model,
        np.concatenate([scores, np.full(1000, 0.1)]),
        np.concatenate([right, np.zeros(1000, dtype=bool)]),
        0.3,
    )
    slope, shift = moved.calibration
    odds = (np.log(9) - model.calibration[1]) / model.calibration[0]
    assert 1 / (1 + np.exp(-(slope * odds + shift))) == pytest.approx(0.5, abs=0.05)
    assert moved.threshold == 0.3


def test_own_passages_are_read_in_order_under_their_titles(tmp_path: Path) -> None:
    (tmp_path / "1.jsonl").write_text(
        '{"pid": "1", "doc": "d", "text": "Het team zit dichtbij.", "section": "Nabij", "evidence": ["B1"], "ignore": ["K1"]}\n',
        encoding="utf-8",
    )
    rows = read_own(tmp_path)
    assert documents_of_own(rows)["d"][0].section == ("Nabij",)
    assert labels_of_gold(rows, ["B1", "K1", "B9"]) == {"1": {"B1": True, "B9": False}}
    with pytest.raises(NoSuchFileError):
        read_own(tmp_path / "none")


def test_labelled_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text(
        '{"pid": "1", "doc": "d", "text": "2.1 Nabijheid"}\n{"pid": "2", "doc": "d", "text": "Het team zit dichtbij."}\n',
        encoding="utf-8",
    )
    (tmp_path / "g.jsonl").write_text(
        '{"pid": "2", "doc": "d", "text": "Het team zit dichtbij.", "evidence": ["B1"], "ignore": ["K1"]}\n'
    )
    passages = read_paragraphs(tmp_path / "p.jsonl")["d"]
    assert passages[1].section == ("2.1 Nabijheid",)
    assert read_gold(tmp_path / "g.jsonl")[0].evidence == ("B1",)
    (tmp_path / "g.jsonl").write_text("{}\n")
    with pytest.raises(InputFileError):
        read_gold(tmp_path / "g.jsonl")


def test_silent_kinds_give_no_features() -> None:
    corpus = {"a": [replace(p, kind="reference") for p in documents("a")["a"]]}
    examples = examples_of(load_frameworks(), corpus, labels("a"), list(ABOUT))
    assert not examples.has_cue.any()
