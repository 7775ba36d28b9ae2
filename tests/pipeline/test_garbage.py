"""Between stages a build forgets words, not what it loaded."""

from __future__ import annotations

import gc

from kb.citations.works.similarity import core_name
from kb.datafiles import table
from kb.pipeline.garbage import collecting_rarely, forget_remembered


def test_words_are_forgotten_and_tables_are_not() -> None:
    core_name("Van der Wiel")
    held = table.cache_info().currsize
    forget_remembered()
    assert core_name.cache_info().currsize == 0
    assert table.cache_info().currsize == held
    assert core_name("Van der Wiel") == "wiel"


def test_circles_are_looked_for_as_before_when_a_build_ends() -> None:
    before = gc.get_threshold()
    with collecting_rarely():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
