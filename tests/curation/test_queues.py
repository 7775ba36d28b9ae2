"""What waits for a curator, and in what order."""

from __future__ import annotations

from pathlib import Path

from kb.curation.queues import Asked, waiting
from kb.records import Document, Passage, Tag
from kb.store import Store, sqlite_url


def test_doubt_of_the_model_comes_before_a_rule_that_just_fires(
    tmp_path: Path,
) -> None:
    """A theme without training stands at the bar with one core cue: that is no doubt."""
    store = Store.create(sqlite_url(tmp_path / "records.sqlite"))
    store.add([Document("a", "a.txt", "A")])
    store.add(
        [Passage("a-1", "a", "Tekst.", 0), Passage("a-2", "a", "Meer.", 1)]
    )
    store.add(
        [
            Tag("a-1", "W8", 0.6, origin="rules"),
            Tag("a-1", "B1", 0.3, evidence=False, origin="model"),
            Tag("a-2", "B1", 0.55, evidence=False, origin="model"),
        ]
    )
    found = waiting(store, Asked(), 0.6, 10)
    assert found == [("a-2", "B1"), ("a-1", "B1"), ("a-1", "W8")]
    store.close()
