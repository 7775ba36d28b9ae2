"""A text without what a kind of source needs holds no source of that kind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.citations.official.papers import _kinds, papers_in

KINDS = [kind for kind in _kinds() if kind.needs]


@pytest.mark.parametrize(
    "kind", KINDS, ids=[kind.identifier for kind in KINDS]
)
@settings(
    max_examples=60,
    suppress_health_check=[
        HealthCheck.filter_too_much,
        HealthCheck.too_slow,
    ],
)
@given(data=st.data())
def test_what_a_pattern_finds_has_what_it_needs(
    kind: Any, data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(kind.pattern))
    found = kind.pattern.search(text)
    assert found is not None
    assert any(need in found.group() for need in kind.needs)


@pytest.mark.parametrize(
    "text", ["COM(2011) 144 def.", "COM 2011-144", "COM (2011) 144 final"]
)
def test_a_paper_of_the_commission_is_one_work(text: str) -> None:
    (paper,) = papers_in(f"Zie de mededeling ({text}).")
    assert paper.title == "COM(2011) 144"
    assert paper.identifier == "commission:COM-2011-144"
