"""The learned layer weighs what the rules leave open, and touches nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.passages.kinds import with_kinds
from kb.passages.kinds.columns import WEIGHED, columns_of
from kb.passages.kinds.learned import KindModel, kind_model, learned_kinds
from kb.passages.kinds.rules import all_ruled
from kb.records import PASSAGE_KINDS, Passage

TEXTS = (
    "De partij wil dat elke wijk een eigen buurthuis krijgt.",
    "Uit de gesprekken blijkt dat bewoners het team weten te vinden.",
    "Het buurthuis staat naast de oude school en heeft een grote tuin.",
    "Wie belt er aan? En wie doet er open?",
    "ISBN 978-90-0000-000-0. Vormgeving: Studio Zes. © 2016",
)


def passages(*texts: str) -> list[Passage]:
    return [Passage(str(at), "d", it, at) for at, it in enumerate(texts)]


def model(**towards: float) -> KindModel:
    """A model that looks at one column and otherwise leans to these kinds."""
    return KindModel(
        columns=("word_party",),
        mean=(0.0,),
        scale=(1.0,),
        weights=dict.fromkeys(towards, (0.0,)),
        intercepts=towards,
    )


def columns(*texts: str) -> dict[str, Sequence[float]]:
    found = all_ruled(passages(*texts))
    names, values = columns_of(found, range(len(found)))
    return dict(zip(names, values.T.tolist(), strict=True))


def test_the_layer_does_not_touch_what_layout_or_form_settles() -> None:
    found = all_ruled(passages(*TEXTS))
    kinds = learned_kinds(found, model(policy=1.0, text=0.0))
    assert kinds == ["policy", "policy", "policy", "question", "colophon"]


def test_the_heaviest_kind_is_given() -> None:
    found = all_ruled(passages(TEXTS[2]))
    assert learned_kinds(found, model(text=0.1, finding=0.2)) == ["finding"]
    assert learned_kinds(found, model(text=0.3, finding=0.2)) == ["text"]


def test_words_are_counted_a_sentence_whole_or_by_their_beginning() -> None:
    told = columns(
        "Wij vinden dit. Wij ook.",
        "De onderzoekers lazen mee.",
        "Weer niets.",
    )
    assert told["word_we"] == [1.0, 0.0, 0.0]
    assert told["word_study"] == [0.0, 1.0, 0.0]


def test_a_passage_sees_the_other_passages_and_not_itself() -> None:
    of_first, of_second, of_third = columns(TEXTS[3], TEXTS[3], TEXTS[2])[
        "others_question"
    ]
    assert of_first == of_second < of_third
    assert columns(TEXTS[3])["others_question"][0] < of_first


def test_the_model_asks_only_for_columns_that_are_made() -> None:
    assert set(kind_model().columns) <= set(columns(*TEXTS))
    assert set(kind_model().weights) <= set(WEIGHED) <= set(PASSAGE_KINDS)


def test_no_passages_have_no_kinds() -> None:
    assert with_kinds([]) == ()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            "policy",
            "Wij willen dat elke wijk een vast team krijgt en zetten daar de komende jaren op in.",
        ),
        (
            "finding",
            "Uit het onderzoek blijkt dat de teams elkaar nu beter weten te vinden.",
        ),
        (
            "definition",
            "Onder buurtzorg verstaan wij alles wat mensen in een straat voor elkaar doen.",
        ),
        ("text", "Het plein ligt achter de school."),
    ],
)
def test_plain_cases_have_the_kind_that_a_reader_gives(
    kind: str, text: str
) -> None:
    assert with_kinds(passages(text))[0].kind == kind


@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=80), max_size=6))
def test_any_document_gets_a_kind_a_passage_and_finite_numbers(
    texts: list[str],
) -> None:
    found = with_kinds(passages(*texts))
    assert [it.text for it in found] == texts
    assert {it.kind for it in found} <= set(PASSAGE_KINDS)
    if texts:
        ruled = all_ruled(passages(*texts))
        _, values = columns_of(ruled, range(len(ruled)))
        assert np.isfinite(values).all()
