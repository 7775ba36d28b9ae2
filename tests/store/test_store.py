"""What is written to the store comes back as it was."""

from __future__ import annotations

import errno
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.errors import (
    UnknownDocumentError,
    UnknownPassageError,
    UnknownWorkError,
)
from kb.records import (
    Box,
    Citation,
    Cue,
    Document,
    Formatted,
    Passage,
    Problem,
    Reference,
    Similar,
    Tag,
    Work,
)
from kb.store import Store, schema, sqlite_url
from kb.store.schema import TABLES

DOCUMENT = Document(
    "bos2016",
    "bos.pdf",
    "Wijkteams",
    ("Bos",),
    2016,
    csl={"type": "report", "issued": {"date-parts": [[2016]]}},
)
PASSAGES = [
    Passage(
        "bos2016-b",
        "bos2016",
        "Tweede.",
        1,
        section=("1 Inleiding",),
        boxes=(Box(1, 2.0, 3.5, 4.0, 5.0),),
        years=(2015,),
    ),
    Passage(
        "bos2016-a",
        "bos2016",
        "Eerste.",
        0,
        label="iv",
        repairs=(("cliént", "cliënt"),),
        rows=(("a", "b"),),
    ),
]
RECORDS = [
    DOCUMENT,
    *PASSAGES,
    Tag(
        "bos2016-a",
        "B1",
        0.8,
        cues=(Cue(0, 3, "Eer", "eer"),),
        layers={"cues": 0.4},
    ),
    Tag("bos2016-a", "B2", 0.3, evidence=False),
    Reference("r1", "bos2016", "Bos (2016).", {"title": "Wijkteams"}, "w1"),
    Citation(
        "bos2016-a",
        "Bos, 2016",
        0,
        9,
        ("Bos",),
        2016,
        reference="r1",
        work="w1",
    ),
    Work("w1", {"title": "Wijkteams"}, ("bos2016",), 1, "bos2016"),
    Problem("bos2016", "open_citations", 3, {"count": 2}),
    Formatted(
        "w1", "apa", "nl", "Bos.", "<i>Bos.</i>", "Bos, 2016", "Bos (2016)"
    ),
    Similar("bos2016-a", "g1", 1.0, True),
    Similar("bos2016-b", "g1", 0.9),
]


Place = tuple[str, str | None]  # URL and schema of a store
Places = Callable[[], Place]
ON_A_SERVER = pytest.param(
    "postgresql", marks=(pytest.mark.system, pytest.mark.slow)
)
numbers = count()


@pytest.fixture(scope="module", params=["sqlite", ON_A_SERVER])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Places:
    """Gives a new place for a store each time."""
    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("stores")
        return lambda: (sqlite_url(folder / f"{next(numbers)}.sqlite"), None)
    url = request.getfixturevalue("database")
    return lambda: (url, f"kb_store_{next(numbers)}")


@pytest.fixture
def store(place: Places) -> Iterator[Store]:
    store = Store.create(*place())
    for record in RECORDS:
        store.add([record])
    yield store
    store.close()


@pytest.mark.parametrize(
    "record", TABLES, ids=lambda record: str(record.__name__)
)
def test_records_come_back_as_they_were(store: Store, record: type) -> None:
    assert set(map(repr, store._select(record))) == {
        repr(r) for r in RECORDS if type(r) is record
    }


def test_passages_come_in_reading_order_or_as_asked(store: Store) -> None:
    assert [p.id for p in store.passages("bos2016")] == [
        "bos2016-a",
        "bos2016-b",
    ]
    assert [
        p.id for p in store.passages(ids=["bos2016-b", "absent", "bos2016-a"])
    ] == [
        "bos2016-b",
        "bos2016-a",
    ]


def test_mentions_are_left_out_unless_asked_for(store: Store) -> None:
    assert [t.theme for t in store.tags(["bos2016-a"])] == ["B1"]
    assert [t.theme for t in store.tags(document="bos2016", shown=False)] == [
        "B1",
        "B2",
    ]
    assert store.tags(theme="B2") == []


def test_neighbours_stand_before_and_after(store: Store) -> None:
    before, after = store.neighbours(PASSAGES[0])
    assert ([p.id for p in before], after) == (["bos2016-a"], [])


def test_group_of_a_passage_holds_all_that_say_the_same(store: Store) -> None:
    assert {s.passage for s in store.similar("bos2016-b")} == {
        "bos2016-a",
        "bos2016-b",
    }
    assert store.similar("absent") == []


def test_unknown_ids_are_named(store: Store) -> None:
    for call, error in (
        (store.document, UnknownDocumentError),
        (store.passage, UnknownPassageError),
        (store.work, UnknownWorkError),
    ):
        with pytest.raises(error, match="weg"):
            call("weg")


def test_fact_is_replaced(store: Store) -> None:
    store.put("built", "2016")
    store.put("built", {"year": 2017})
    assert (store.get("built"), store.get("absent", 3)) == ({"year": 2017}, 3)


def test_many_ids_are_asked_in_parts(store: Store) -> None:
    assert len(store.tags([f"x{n}" for n in range(2000)] + ["bos2016-a"])) == 1


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(passages=st.lists(st.tuples(TEXTS, st.none() | TEXTS), max_size=20))
@example(passages=[("\uf8f0", "\uf8f00\0")])
@example(passages=[("", None), ("\x00'\"; DROP TABLE passages --", "iv")])
@settings(max_examples=15)
def test_any_text_survives(
    place: Places, passages: list[tuple[str, str | None]]
) -> None:
    store = Store.create(*place())
    written = [
        Passage(f"p{n:02}", "d", text, n, label=label, section=(text,))
        for n, (text, label) in enumerate(passages)
    ]
    store.add(written)
    found = store.passages("d")
    store.close()
    assert found == written


DOCUMENTS = ("bos2016", "smit2018", "vos2020")


def records_of(document: str, words: list[str], theme: str) -> dict[str, Any]:
    """All that stands under a document with a passage a word."""
    passages = [
        Passage(f"{document}-{n}", document, word, n)
        for n, word in enumerate(words)
    ]
    return {
        "document": Document(document, f"{document}.pdf", " ".join(words)),
        "passages": passages,
        "tags": [Tag(p.id, theme, 0.5) for p in passages],
        "references": [Reference(f"r-{document}", document, theme)],
        "citations": [
            Citation(p.id, p.text, 0, len(p.text), work=f"w-{theme}")
            for p in passages
        ],
    }


contents = st.dictionaries(
    st.sampled_from(DOCUMENTS),
    st.tuples(
        st.lists(st.sampled_from("abc"), max_size=3), st.sampled_from("XY")
    ),
)


def everything(store: Store) -> list[object]:
    return [
        store.documents(),
        store.passages(),
        store.tags(),
        store.references(),
        store.citations(),
        store.works(),
    ]


@given(before=contents, after=contents)
@settings(max_examples=25)
def test_a_derived_store_that_was_changed_equals_a_new_one(
    place: Places,
    before: dict[str, tuple[list[str], str]],
    after: dict[str, tuple[list[str], str]],
) -> None:
    def works(told: dict[str, tuple[list[str], str]]) -> list[Work]:
        return [
            Work(f"w-{document}", {"title": t})
            for document, (_, t) in told.items()
        ]

    old, new = Store.create(*place()), Store.create(*place())
    for store, told in ((old, before), (new, after)):
        for document, (words, theme) in told.items():
            store.replace_document(**records_of(document, words, theme))
        store.add(works(told))
    kept = everything(old)
    derived = Store.derive(*place(), old)
    derived.remove(set(before) - set(after))
    for document, (words, theme) in after.items():
        if before.get(document) != (words, theme):
            derived.replace_document(**records_of(document, words, theme))
    derived.make_equal(Work, works(after))
    assert everything(derived) == everything(new)
    assert everything(old) == kept
    for store in (old, new, derived):
        store.close()


def test_one_class_of_a_document_is_replaced(store: Store) -> None:
    store.replace_of("bos2016", Tag, [Tag("bos2016-b", "B3", 0.7)])
    assert [t.theme for t in store.tags(shown=False)] == ["B3"]
    assert len(store.citations()) == 1


def test_only_differences_are_written(store: Store) -> None:
    works = [Work("w1", {"title": "Wijkteams"}, ("bos2016",), 1, "bos2016")]
    assert store.make_equal(Work, works) == 0
    assert store.make_equal(Work, [*works, Work("w2", {})]) == 1
    assert store.make_equal(Work, [Work("w2", {"title": "Nieuw"})]) == 3
    assert store.works() == [Work("w2", {"title": "Nieuw"})]
    with pytest.raises(ValueError, match="Citation"):
        store.make_equal(Citation, [])


def test_the_format_changes_with_a_column(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = schema._format()
    assert before == schema.FORMAT
    other = sa.MetaData()
    for table in schema.metadata.sorted_tables:
        table.to_metadata(other)
    monkeypatch.setattr(schema, "metadata", other)
    assert schema._format() == before
    sa.Table("works", other, sa.Column("shelf", sa.Text), extend_existing=True)
    assert schema._format() != before


def _with_room_for(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_disk_that_takes_no_more_is_said_by_the_system(
    tmp_path: Path,
) -> None:
    """A file may not grow beyond a limit, as on a full disk; in a process of its own."""
    url = sqlite_url(tmp_path / "records.sqlite")
    program = (
        "import sys\n"
        "from kb.records import Passage\n"
        "from kb.store import Store\n"
        f"store = Store.create({url!r})\n"
        "try:\n"
        "    store.add(Passage(str(n), 'd', 'tekst ' * 99, n) for n in range(9000))\n"
        "except OSError as error:\n"
        "    sys.exit(error.errno)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        preexec_fn=lambda: _with_room_for(1_000_000),
        check=False,
    )
    assert ended.returncode in (errno.ENOSPC, errno.EIO)


def test_near_duplicates_come_best_first_without_the_passage_itself(
    place: Places,
) -> None:
    store = Store.create(*place())
    store.add(
        [
            Similar("a", "g1", 0.7),
            Similar("b", "g1", 0.9),
            Similar("c", "g1", 0.9),
            Similar("alone", "g2", 1.0),
        ]
    )
    assert store.near_duplicates(["a", "c", "alone", "unknown"]) == {
        "a": ("b", "c"),
        "c": ("b", "a"),
    }
    store.close()
