"""Who waits while a decision is taken in, and what is opened where there is none."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from flask import Flask

from kb.curation import FILE, Event, State, new_event, write_events
from kb.errors import DamagedIndexError
from kb.generations import current
from kb.pipeline import build
from kb.pipeline.live import LiveRecords
from kb.settings import Settings
from kb.store import Store
from tests.pipeline.conftest import Here
from tests.web.curation_site import built, passages
from web import ahead, create_app
from web.generation import Preparation, Shelf
from web.opened import Generation

SECONDS = 20.0  # nothing takes as long


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return built(tmp_path)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["kb_generation"].close()


def _decide(settings: Settings) -> None:
    event = new_event("theme", passages(settings)[0].id, "none", field="B7")
    write_events(settings.corpus_dir / FILE, [event])


class Held:
    """Taking in a decision lasts until it is let go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.released = threading.Event(), threading.Event()
        follow = LiveRecords.follow

        def slowly(records: LiveRecords, state: State) -> Store | None:
            self.begun.set()
            self.released.wait(SECONDS)
            return follow(records, state)

        monkeypatch.setattr(LiveRecords, "follow", slowly)


def test_readers_do_not_wait_while_a_decision_is_taken_in(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf: Shelf = app.extensions["kb_generation"]
    assert app.test_client().get("/").status_code == 200
    _decide(settings)
    held = Held(monkeypatch)
    first = threading.Thread(target=app.test_client().get, args=("/",))
    first.start()
    assert held.begun.wait(SECONDS)
    for page in ("/", "/documenten/a", "/themas/B7"):
        assert app.test_client().get(page).status_code == 200
    assert shelf.now(waits=False).decisions == 0
    assert not held.released.is_set()
    held.released.set()
    first.join()
    assert shelf.now(waits=False).decisions == 1


def test_who_waits_sees_the_decision(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf: Shelf = app.extensions["kb_generation"]
    _decide(settings)
    held = Held(monkeypatch)
    first = threading.Thread(target=shelf.now)
    first.start()
    assert held.begun.wait(SECONDS)
    threading.Timer(0.1, held.released.set).start()
    assert shelf.now().decisions == 1
    first.join()


class Counting:
    """Counting ahead lasts until it is let go on."""

    def __init__(self) -> None:
        self.counted: list[int] = []
        self.begun, self.released = threading.Event(), threading.Event()

    def __call__(self, generation: Generation) -> None:
        self.counted.append(generation.decisions)
        ahead.count(generation, lambda: None)
        if generation.decisions:
            self.begun.set()
            self.released.wait(SECONDS)


@pytest.fixture
def counting(app: Flask) -> Counting:
    """A site whose counts of a generation with decisions take long."""
    made = Counting()
    shelf: Shelf = app.extensions["kb_generation"]
    shelf.warm(Preparation(ahead.open_search, made, lambda generation: None))
    shelf.settle()
    return made


PAGES = (
    "/",
    "/themas/",
    "/themas/B7",
    "/themas/B1",
    "/documenten/a",
    "/documenten/",
    "/werken/",
    "/zoeken?q=wijkteam",
    "/over",
)


def test_a_lone_decision_is_seen_by_all_at_once(
    app: Flask, settings: Settings, counting: Counting
) -> None:
    shelf: Shelf = app.extensions["kb_generation"]
    _decide(settings)
    assert shelf.now(waits=False).decisions == 1
    assert counting.begun.wait(SECONDS)
    assert shelf.now(waits=False).decisions == 1
    counting.released.set()


def test_readers_go_on_with_what_was_counted_while_decisions_follow(
    app: Flask, settings: Settings, counting: Counting
) -> None:
    """Every page holds with counts of before; who decides sees what was decided."""
    shelf: Shelf = app.extensions["kb_generation"]
    _decide(settings)
    assert shelf.now(waits=False).decisions == 1
    assert counting.begun.wait(SECONDS)
    for passage in passages(settings):
        for theme in ("B1", "B7"):
            event = new_event("theme", passage.id, "none", field=theme)
            write_events(settings.corpus_dir / FILE, [event])
    made = 1 + 2 * len(passages(settings))
    assert shelf.now().decisions == made
    for page in PAGES:
        assert app.test_client().get(page).status_code == 200
    assert shelf.now(waits=False).decisions == 1
    counting.released.set()
    shelf.settle()
    assert shelf.now(waits=False).decisions == made
    assert counting.counted == [0, 1, made]


def _at_random(dice: random.Random, settings: Settings) -> list[Event]:
    """Decisions on themes by chance, on a passage that states nothing too."""
    ids = [passage.id for passage in passages(settings)]
    return [
        new_event(
            "theme",
            dice.choice(ids),
            dice.choice(("evidence", "mention", "none", None)),
            field=dice.choice(("B1", "B7", "B9", "K3")),
        )
        for _ in range(dice.randrange(1, 4))
    ]


def _show_the_same(one: Flask, other: Flask, pages: Sequence[str]) -> None:
    for page in pages:
        texts = [app.test_client().get(page).text for app in (one, other)]
        assert texts[0] == texts[1], page


@pytest.mark.parametrize("seed", range(4))
def test_what_is_handed_on_is_what_a_site_that_starts_now_counts(
    app: Flask, settings: Settings, seed: int
) -> None:
    """Only what decisions on themes leave as it is may be handed on."""
    dice = random.Random(seed)
    shelf: Shelf = app.extensions["kb_generation"]
    edit = new_event("withdraw", "b", True)
    rounds = [_at_random(dice, settings) for _ in range(5)]
    rounds.insert(dice.randrange(5), [edit])
    for events in rounds:
        write_events(settings.corpus_dir / FILE, events)
        now = shelf.now()
        ahead.count(now, lambda: None)
        ahead.read(now, lambda: None)
    anew = create_app(settings)
    for site in (app, anew):
        site.extensions["kb_generation"].now()
        site.extensions["kb_generation"].settle()
    _show_the_same(app, anew, (*PAGES, "/themas/B7/cijfers", "/themas/B9"))
    anew.extensions["kb_generation"].close()


def test_a_log_that_was_replaced_hands_nothing_on(
    app: Flask, settings: Settings
) -> None:
    log = settings.corpus_dir / FILE
    shelf: Shelf = app.extensions["kb_generation"]
    first = passages(settings)[0].id
    for theme in ("B7", "B1"):
        write_events(log, [new_event("theme", first, "none", field=theme)])
        ahead.count(shelf.now(), lambda: None)
    log.unlink()
    write_events(
        log,
        [
            new_event("theme", first, "evidence", field="K3"),
            new_event("theme", first, "evidence", field="K4"),
            new_event("theme", first, "evidence", field="B10"),
        ],
    )
    anew = create_app(settings)
    _show_the_same(app, anew, ("/", "/themas/B7", "/themas/B1", "/themas/K3"))
    anew.extensions["kb_generation"].close()


def test_who_reads_in_the_generation_before_reads_on(
    app: Flask, settings: Settings
) -> None:
    """A build follows, with a decision after it: the copy of before is not yet gone."""
    shelf: Shelf = app.extensions["kb_generation"]
    _decide(settings)
    before = shelf.now()
    build(settings, executor=Here())
    _decide(settings)
    assert shelf.now().folder != before.folder
    assert before.store.passages() == passages(settings)
    ahead.count(before, lambda: None)


def test_copies_of_generations_long_gone_go(settings: Settings) -> None:
    for _ in range(4):
        _decide(settings)
        shelf = create_app(settings).extensions["kb_generation"]
        shelf.now()
        shelf.close()
        build(settings, executor=Here())
    assert len(list((settings.index_dir / "live").glob("*.sqlite"))) == 2


def test_what_removes_passages_is_seen_by_all_at_once(
    app: Flask, settings: Settings, counting: Counting
) -> None:
    shelf: Shelf = app.extensions["kb_generation"]
    _decide(settings)
    shelf.now()
    assert counting.begun.wait(SECONDS)
    event = new_event("withdraw", "b", True)
    write_events(settings.corpus_dir / FILE, [event])
    assert shelf.now(waits=False).decisions == 2
    assert app.test_client().get("/documenten/b").status_code in (404, 410)
    for page in PAGES:
        assert app.test_client().get(page).status_code == 200
    counting.released.set()


def test_counts_that_fail_leave_readers_with_the_newest(
    app: Flask, settings: Settings, counting: Counting
) -> None:
    shelf: Shelf = app.extensions["kb_generation"]

    def fails(generation: Generation) -> None:
        raise DamagedIndexError(path="x")

    shelf.warm(Preparation(ahead.open_search, fails, fails))
    for number in (1, 2):
        _decide(settings)
        assert shelf.now(waits=False).decisions == number
        shelf.settle()


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _flipped(content: bytes) -> bytes:
    return bytes(
        b ^ 255 if at % 997 == 3 else b for at, b in enumerate(content)
    )


@pytest.mark.parametrize("harm", [_cut, _flipped, lambda content: b""])
def test_a_spoilt_copy_of_the_records_is_made_anew(
    settings: Settings, harm: Callable[[bytes], bytes]
) -> None:
    _decide(settings)
    before = create_app(settings).extensions["kb_generation"]
    before.now()
    before.close()
    (copy,) = (settings.index_dir / "live").glob("*.sqlite")
    copy.write_bytes(harm(copy.read_bytes()))
    app = create_app(settings)
    assert app.test_client().get("/documenten/a").status_code == 200
    assert app.extensions["kb_generation"].now().decisions == 1
    app.extensions["kb_generation"].close()


@pytest.mark.parametrize("harm", [_cut, _flipped, lambda content: b""])
def test_files_of_search_that_cannot_be_read_end_in_advice(
    app: Flask, settings: Settings, harm: Callable[[bytes], bytes]
) -> None:
    engine = current(settings.index_dir) / "engine"
    for path in engine.rglob("*"):
        if path.is_file() and path.suffix in (".seg", ".npy"):
            path.write_bytes(harm(path.read_bytes()))
    answer = app.test_client().get("/zoeken?q=wijkteam")
    assert answer.status_code == 503
    assert "kb build" in answer.text


def test_a_generation_with_all_decisions_is_asked_once_what_it_lacks(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _decide(settings)
    build(settings, executor=Here())
    asked: list[int] = []
    follow = LiveRecords.follow

    def counted(records: LiveRecords, state: State) -> Store | None:
        asked.append(len(state.events))
        return follow(records, state)

    monkeypatch.setattr(LiveRecords, "follow", counted)
    for page in ("/", "/over", "/documenten/a"):
        assert app.test_client().get(page).status_code == 200
    assert asked == [1]
    _decide(settings)
    app.test_client().get("/")
    assert asked == [1, 2]
