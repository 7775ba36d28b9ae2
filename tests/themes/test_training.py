"""Training: what is learnt from labels, and how a curator's decisions move the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kb.errors import InputFileError, NoSuchFileError
from kb.records import Passage
from kb.themes import Tagger, load_frameworks
from kb.themes.labelled import (
    documents_of,
    labels_of_gold,
    read_gold,
    read_own,
    read_paragraphs,
)
from kb.themes.model import load_model, save_model
from kb.themes.wording import BUCKETS

pytest.importorskip("sklearn")

from kb.themes.training.curators import adjust
from kb.themes.training.examples import Examples, examples_of, together
from kb.themes.training.fitting import fit
from kb.themes.training.validation import (
    answers,
    cross_validate,
    folds_of,
    train,
)

ABOUT = {
    "B1": "De nabijheid van het team verlaagt de drempel; het is zichtbaar in de buurt.",
    "B9": "De bezuiniging dwingt tot lagere kosten en een kosten-batenanalyse van zorg.",
    "K7": "De monitor meet effecten en evalueert resultaten met indicatoren.",
}
CODES = list(ABOUT)


def documents(names: str = "abcd") -> dict[str, list[Passage]]:
    """Documents of nine passages, three on each theme."""
    texts = [text for text in ABOUT.values() for _ in range(3)]
    return {
        name: [
            Passage(f"{name}{at}", name, f"{text} Nummer {at}.", at)
            for at, text in enumerate(texts)
        ]
        for name in names
    }


def labels(names: str = "abcd") -> dict[str, dict[str, str]]:
    return {
        f"{name}{at}": {
            code: "evidence" if code == CODES[at // 3] else "nothing"
            for code in CODES
        }
        for name in names
        for at in range(9)
    }


def examples(
    given: Mapping[str, Mapping[str, str]] | None = None, names: str = "abcd"
) -> Examples:
    labelled = labels(names) if given is None else given
    return examples_of(
        load_frameworks(), documents(names), labelled, CODES, "world"
    )


def test_model_learns_what_was_labelled_in_other_documents() -> None:
    learnt = examples()
    left_out = cross_validate(learnt, folds=2)
    assert left_out.tested.all()
    assert ((left_out.evidence >= 0.5) == learnt.evidence).mean() > 0.95


def test_unsaid_labels_are_not_learnt_from() -> None:
    said = {id: {"B1": given["B1"]} for id, given in labels().items()}
    learnt = examples(said)
    assert learnt.said.sum() == 36
    assert set(fit(learnt).wording.weights) == {"B1"}


def test_mentions_are_no_evidence_but_more_than_nothing() -> None:
    given = labels()
    for id, themes in given.items():
        if id.endswith(("6", "7", "8")):
            themes["B1"] = "mention"
    learnt = examples(given)
    _, named = answers(fit(learnt), learnt)
    mentions, nothing = (
        learnt.mention[:, 0],
        ~(learnt.mention | learnt.evidence)[:, 0],
    )
    assert named[mentions, 0].min() > named[nothing, 0].max()


def test_groups_are_left_out_whole_and_our_own_passages_never() -> None:
    ours = replace(examples(names="ab"), worlds=np.array(["own"] * 18))
    place = folds_of(together([ours, examples(names="cd")]), folds=2)
    assert set(place[:18]) == {-1}
    assert [set(place[18:27]), set(place[27:])] in ([{0}, {1}], [{1}, {0}])


def test_calibrated_answers_are_as_often_right_as_they_say() -> None:
    learnt = examples(names="abcdefgh")
    _, left_out = train(learnt)
    gap = left_out.evidence.mean() - learnt.evidence.mean()
    assert abs(gap) < 0.05


def test_model_survives_its_file(tmp_path: Path) -> None:
    model = fit(examples())
    save_model(model, tmp_path / "model.json")
    assert load_model(tmp_path / "model.json") == model


@pytest.mark.parametrize(
    "text", ['{"features": []}', "{", '{"features": ["kleur"]}']
)
def test_file_that_is_no_model_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "model.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputFileError):
        load_model(tmp_path / "model.json")


def test_decisions_of_a_curator_move_their_theme_and_no_other() -> None:
    frameworks, corpus = load_frameworks(), documents("a")
    refused = {f"a{at}": {"B9": False} for at in range(3, 6)}
    model = load_model()
    moved = adjust(model, frameworks, corpus, refused)
    assert set(moved.moved) == {"B9"}
    before, after = (
        {
            (t.passage, t.theme): t.score
            for t in Tagger(frameworks, model=m).tag(corpus["a"])
        }
        for m in (model, moved)
    )
    others = [key for key in before if key[1] != "B9"]
    assert others
    assert all(after[key] == before[key] for key in others)
    assert after["a4", "B9"] < before["a4", "B9"]


def test_no_decisions_leave_the_model_as_it_was() -> None:
    model = load_model()
    assert adjust(model, load_frameworks(), documents("a"), {}) == model


def test_shipped_model_holds_numbers_and_cues_of_the_frameworks_only() -> None:
    model, frameworks = load_model(), load_frameworks()
    codes = {*(f"B{n}" for n in range(1, 11)), *(f"K{n}" for n in range(1, 8))}
    assert set(model.evidence.themes) == set(model.wording.weights) == codes
    written = {
        code: {p.source for p in frameworks.theme(code).patterns}
        for code in codes
    }
    assert all(cue in written[theme] for theme, cue, *_ in model.record)
    assert {len(weights) for weights in model.wording.weights.values()} == {
        2 * BUCKETS
    }


def test_own_passages_are_read_in_order_under_their_titles(
    tmp_path: Path,
) -> None:
    (tmp_path / "1.jsonl").write_text(
        '{"pid": "1", "doc": "d", "text": "Het team zit dichtbij.", "section": "Nabij", '
        '"evidence": ["B1"], "ignore": ["K1"]}\n',
        encoding="utf-8",
    )
    rows = read_own(tmp_path)
    assert documents_of(rows)["d"][0].section == ("Nabij",)
    said = {"B1": "evidence", "K1": "mention", "B9": "nothing"}
    assert labels_of_gold(rows, ["B1", "K1", "B9"]) == {"1": said}
    with pytest.raises(NoSuchFileError):
        read_own(tmp_path / "none")


def test_labelled_files_are_read(tmp_path: Path) -> None:
    paragraphs, gold = tmp_path / "p.jsonl", tmp_path / "g.jsonl"
    paragraphs.write_text(
        '{"pid": "1", "doc": "d", "text": "2.1 Nabijheid"}\n'
        '{"pid": "2", "doc": "d", "text": "Het team zit dichtbij."}\n',
        encoding="utf-8",
    )
    gold.write_text(
        '{"pid": "2", "doc": "d", "text": "Het team zit dichtbij.", "evidence": ["B1"]}\n'
    )
    assert read_paragraphs(paragraphs)["d"][1].section == ("2.1 Nabijheid",)
    assert read_gold(gold)[0].evidence == ("B1",)
    gold.write_text("{}\n")
    with pytest.raises(InputFileError, match="1"):
        read_gold(gold)


def test_silent_kinds_have_no_cues() -> None:
    corpus = {"a": [replace(p, kind="reference") for p in documents("a")["a"]]}
    learnt = examples_of(load_frameworks(), corpus, labels("a"), CODES)
    assert not learnt.has_cue.any()
