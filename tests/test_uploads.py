"""Documents that curators add: taken in under our own names, or refused with a sentence."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kb import uploads as uploading
from kb.check import check
from kb.curation import FILE, read_log
from kb.errors import KbError
from kb.generations import open_store
from kb.settings import Settings
from kb.uploads import (
    ASIDE,
    DONE,
    FAILED,
    NICENESS,
    Upload,
    UploadEmptyError,
    UploadFormatError,
    UploadKnownError,
    UploadTooLargeError,
    build_with,
    gently,
    receive,
    resume,
    uploads,
)

TEXT = (
    "# Wijkteams in Ede\n\nDe wijkteams in Ede spreken elke week met de huisarts "
    "over gezinnen die zorg mijden. Dat scheelt dubbel werk.\n"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(
        corpus_dir=tmp_path / "corpus",
        index_dir=tmp_path / "index",
        upload_mb=1,
        workers=1,
    )
    (made.corpus_dir / "sources").mkdir(parents=True)
    return made


def send(
    settings: Settings, name: str = "Ede.md", content: bytes | str = TEXT
) -> Upload:
    data = content.encode() if isinstance(content, str) else content
    record = {"title": "Wijkteams in Ede", "DOI": ""}
    return receive(settings, io.BytesIO(data), name, record, "Ans")


def files(settings: Settings) -> list[str]:
    """Every file of the corpus but for the log, by path."""
    found = (p for p in settings.corpus_dir.rglob("*") if p.is_file())
    names = sorted(
        p.relative_to(settings.corpus_dir).as_posix() for p in found
    )
    return [n for n in names if not n.startswith((FILE, f".{FILE}"))]


def test_a_record_that_was_typed_is_not_asked_for_again(
    settings: Settings,
) -> None:
    taken = send(settings)
    (settings.corpus_dir / "sources" / "zwolle.md").write_text(TEXT + "Zo.")
    build_with(settings, taken)
    store = open_store(settings)
    built = [p.document for p in store.problems() if p.code == "no_record"]
    store.close()
    assert built == ["zwolle"]
    told = [p.document for p in check(settings) if p.code == "no_record"]
    assert told == ["zwolle"]


def test_a_document_comes_in_with_its_record(settings: Settings) -> None:
    taken = send(settings)
    assert files(settings) == ["sources/ede.md"]
    events = read_log(settings.corpus_dir / FILE).state.events
    assert [(e.kind, e.target, e.field) for e in events] == [
        ("source", "ede", ""),
        ("record", "ede", "title"),
    ]
    assert [u.id for u in uploads(settings)] == [taken.id]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.md",
        "..\\..\\x.md",
        "/tmp/x.md",
        "C:\\x\\y.md",
        "a/b/../../c.md",
        "‮dm.md",
        "-rf.md",
        "x" * 300 + ".md",
        "con.md",
        "<script>.md",
    ],
)
def test_whatever_a_name_says_the_file_lies_in_sources(
    settings: Settings, name: str
) -> None:
    send(settings, name)
    (found,) = files(settings)
    folder, _, own = found.partition("/")
    assert folder == "sources"
    assert "/" not in own
    assert not own.startswith((".", "-"))
    assert own.isascii()


@hypothesis_settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=st.text(max_size=60))
def test_any_name_is_a_file_in_sources_or_a_sentence(
    settings: Settings, name: str
) -> None:
    before = len(files(settings))
    told = ""
    try:
        send(settings, f"{name}.md", TEXT + name)
    except KbError as error:
        told = error.sentence("nl")
    assert len(files(settings)) - before == (0 if told else 1)
    outside = settings.corpus_dir.parent
    assert {p.name for p in outside.iterdir()} <= {"corpus", "index"}


def test_corpus_and_index_may_lie_on_two_disks(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rename(source: Path, target: Path) -> None:
        parts = [
            settings.index_dir in Path(p).parents for p in (source, target)
        ]
        if parts[0] != parts[1]:
            raise OSError(errno.EXDEV, "other disk")
        Path(source).rename(target)

    monkeypatch.setattr(os, "replace", rename)
    send(settings)
    assert files(settings) == ["sources/ede.md"]


def test_what_a_killed_site_left_under_way_goes_on(settings: Settings) -> None:
    taken = send(settings)
    old = settings.corpus_dir / ASIDE / "a.part"
    old.write_bytes(b"half")
    os.utime(old, (0, 0))
    for thread in resume(settings):
        thread.join()
    assert [(u.id, u.state) for u in uploads(settings)] == [(taken.id, DONE)]
    assert not old.exists()
    assert resume(settings) == []


def test_one_build_takes_in_all_that_waits(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    builds = []
    build = uploading._built

    def counted(given: Settings) -> str | None:
        builds.append(given)
        return build(given)

    monkeypatch.setattr(uploading, "_built", counted)
    for number in range(3):
        send(settings, f"v{number}.md", f"{TEXT}Ronde {number}.")
    for thread in resume(settings):
        thread.join()
    assert [u.state for u in uploads(settings)] == [DONE] * 3
    assert len(builds) == 1


def test_two_processes_that_go_on_with_one_upload_tell_once(
    settings: Settings,
) -> None:
    bad = send(settings, "leeg.pdf", b"%PDF-1.4 niets")
    first, second = (build_with(settings, bad) for _ in range(2))
    assert first.state == FAILED
    assert second == first
    log = read_log(settings.corpus_dir / FILE).state
    undone = [(e.kind, e.field) for e in log.events if e.after is None]
    assert undone == [("source", ""), ("record", "title")]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("x.exe", b"MZ", UploadFormatError),
        ("x", b"tekst", UploadFormatError),
        (".md", b"tekst", UploadFormatError),
        ("x.md", b"", UploadEmptyError),
        ("x.md", b"x" * 1_000_001, UploadTooLargeError),
    ],
)
def test_what_cannot_be_taken_is_refused_and_leaves_nothing(
    settings: Settings, name: str, content: bytes, error: type[KbError]
) -> None:
    with pytest.raises(error) as raised:
        send(settings, name, content)
    assert raised.value.sentence("nl")
    assert files(settings) == []
    assert list(settings.corpus_dir.rglob("*.part")) == []


def test_the_same_file_twice_is_told_and_the_same_name_is_numbered(
    settings: Settings,
) -> None:
    send(settings)
    with pytest.raises(UploadKnownError, match=r"ede\.md"):
        send(settings, "anders.md")
    send(settings, "EDE.md", TEXT + "Meer.")
    assert files(settings) == ["sources/ede-2.md", "sources/ede.md"]


@pytest.mark.skipif(not hasattr(os, "nice"), reason="there is no niceness")
def test_a_build_that_the_site_begins_stands_behind_its_readers() -> None:
    command = [sys.executable, "-c", "import os; print(os.nice(0))"]
    done = subprocess.run(
        gently(command), capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == min(19, os.nice(0) + NICENESS)


@pytest.mark.slow
def test_a_build_takes_it_in_and_puts_a_bomb_out_again(
    settings: Settings,
) -> None:
    good = build_with(settings, send(settings))
    assert (good.state, good.told) == (DONE, "")
    store = open_store(settings)
    assert store.document("ede").title == "Wijkteams in Ede"
    store.close()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", b" " * 900_000_000)
    bad = build_with(settings, send(settings, "bom.docx", bomb.getvalue()))
    assert bad.state == FAILED
    assert bad.told
    assert files(settings) == ["sources/ede.md"]
    state = read_log(settings.corpus_dir / FILE).state
    assert next(iter(state.holding("source"))).target == "ede"
    assert state.value("record", "bom", "title") is None
