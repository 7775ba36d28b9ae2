"""Near-duplicates are told anew of what changed, and of all by another version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.corpus import Corpus, Source
from kb.pipeline.draft import Draft, Previous
from kb.pipeline.ledger import Ledger
from kb.pipeline.order import _Build, _sorted, _unreadable, _vanished
from kb.pipeline.report import COUNTS, silent
from kb.pipeline.whole import duplicates
from kb.pipeline.whole.duplicates import STAGE, mark_duplicates
from kb.records import Problem, Similar
from kb.settings import Settings
from kb.store import Store, sqlite_url
from tests.pipeline.conftest import Here


@pytest.mark.parametrize("version", ["now", "before", None])
def test_signatures_of_before_are_taken_where_the_version_is_the_same(
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    version: str | None,
) -> None:
    given: list[Any] = []

    def found(*asked: Any) -> list[Similar]:
        given.extend(asked)
        return [Similar("p", "g1")]

    name = "kb.passages.duplicates.near_duplicates_of"
    monkeypatch.setattr(name, found)
    monkeypatch.setattr(duplicates, "version_of", lambda rooms: "now")
    store = Store.create(sqlite_url(tmp_path / "records.sqlite"))
    before = Ledger(whole={STAGE: version} if version else {})
    previous = Previous(tmp_path / "before", before, store)
    draft = Draft(settings, tmp_path / "draft", store, previous)
    draft.changed.add("a")
    mark_duplicates(draft)
    ids, texts, written, taken, changed = given
    assert (ids, texts, changed) == ([], store.texts, {"a"})
    assert written == tmp_path / "draft" / "signatures.npz"
    same = tmp_path / "before" / "signatures.npz"
    assert taken == (same if version == "now" else None)
    assert draft.ledger.whole == {STAGE: "now"}
    assert [one.passage for one in store.similar("p")] == ["p"]
    store.close()


PROBLEMS = (
    Problem("b", "no_text"),
    Problem("a", "no_text", 2),
    Problem("a", "reader_failed"),
    Problem("a", "file_is_copy", 2),
    Problem("a", "file_is_copy", 2, {"file": "a"}),
)


def test_problems_stand_by_document_page_and_what_they_say() -> None:
    places = [PROBLEMS.index(problem) for problem in _sorted(PROBLEMS)]
    assert places == [2, 4, 3, 1, 0]
    assert _sorted(PROBLEMS[::-1]) == _sorted(PROBLEMS)


def test_a_build_of_nothing_tells_what_is_wrong(settings: Settings) -> None:
    under_way = _Build(settings, Here(), silent, problems=list(PROBLEMS))
    under_way.stages["read"] = 1.5
    sources = (Source("a", Path("/a"), "a"), Source("b", Path("/b"), "b"))
    report = under_way._nothing(Corpus(sources))
    assert report.problems == _sorted(PROBLEMS)
    assert report.counts == dict.fromkeys(COUNTS, 0) | {"sources": 2}
    assert (report.generation, report.stages) == ("", {"read": 1.5})


def test_what_no_stage_will_see_is_told_of_sources() -> None:
    broken = Problem("b", "reader_failed", severity="error")
    noted = Problem("a", "no_record", severity="note")
    sources = [
        Source("a", Path("/a"), "a", problems=(noted,)),
        Source("b", Path("/b"), "b", problems=(broken, noted)),
    ]
    assert _unreadable(sources) == [broken, noted]


def test_of_files_that_vanished_the_first_by_name_is_named() -> None:
    error = _vanished(["c.txt", "a.txt", "b.txt"])
    assert error.values == {"count": 3, "first": "a.txt"}
