"""A build knows what the one before was made of, and whether anything changed since."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kb.corpus import read_corpus
from kb.curation import FILE as DECISIONS
from kb.curation import new_event, write_events
from kb.errors import BuildRunningError
from kb.pipeline import ledger, versions
from kb.pipeline.fingerprint import fingerprint
from kb.pipeline.ledger import Ledger, Line, digest_of
from kb.pipeline.lock import only_builder
from kb.pipeline.versions import program_stamp, version_of
from kb.records import Problem, Tag
from kb.settings import Settings

MADE = {
    "a": Line({"passages": "1"}, "r", "l", ("w",), "a", "e", "v"),
    "a-1": Line({"passages": "2"}, source="a"),
    "b": Line(source="b"),
}


def test_a_ledger_comes_back_as_it_was(tmp_path: Path) -> None:
    written = Ledger(
        lines=MADE,
        whole={"search": "7"},
        linked=3,
        open_citations=[Problem("a", "open_citations", 2)],
    )
    written.save(tmp_path)
    found = Ledger.load(tmp_path)
    assert found is not None
    assert found.lines == MADE
    assert (found.whole, found.linked) == ({"search": "7"}, 3)
    assert found.open_citations == written.open_citations


def test_documents_are_known_by_the_source_they_stand_in() -> None:
    made = Ledger(lines=MADE)
    assert list(made.of_source("a")) == ["a", "a-1"]
    assert made.of_source("b") == {"b": MADE["b"]}
    assert made.of_source("c") == {}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"lines": 3}'])
def test_a_ledger_that_cannot_be_read_is_none(
    tmp_path: Path, content: bytes
) -> None:
    assert Ledger.load(tmp_path) is None
    (tmp_path / ledger.FILE).write_bytes(content)
    assert Ledger.load(tmp_path) is None


def test_rows_of_another_shape_are_not_gone_on_from(tmp_path: Path) -> None:
    Ledger(shape="of another version").save(tmp_path)
    assert Ledger.load(tmp_path) is None


def test_a_digest_changes_with_any_field_and_is_the_same_again() -> None:
    tag = Tag("a-1", "B1", 0.5)
    assert digest_of(tag) == digest_of(Tag("a-1", "B1", 0.5))
    others = [replace(tag, theme="B2"), replace(tag, evidence=False), (tag,)]
    assert len({digest_of(one) for one in [tag, *others]}) == 4
    assert len(digest_of(tag)) == 40


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of two rooms in the place of ours."""
    for room, text in (("dutch", "x = 1"), ("themes", "y = 1")):
        (tmp_path / room).mkdir()
        (tmp_path / room / "a.py").write_text(text)
    monkeypatch.setattr(versions, "KB", tmp_path)
    return tmp_path


def _version(*rooms: str, libraries: tuple[str, ...] = ()) -> str:
    version_of.cache_clear()
    return version_of(rooms, libraries)


def test_a_version_changes_with_its_rooms_alone(program: Path) -> None:
    before = _version("dutch")
    (program / "themes" / "a.py").write_text("y = 2")
    (program / "dutch" / "a.pyc").write_text("made of it")
    (program / "dutch" / "words.mo").write_text("made of it")
    assert _version("dutch") == before
    (program / "dutch" / "words.toml").write_text("a = 1")
    with_data = _version("dutch")
    (program / "dutch" / "a.py").write_text("x = 2")
    changed = _version("dutch")
    (program / "dutch" / "a.py").rename(program / "dutch" / "b.py")
    assert len({before, with_data, changed, _version("dutch")}) == 4
    assert _version("dutch/b.py") != _version("dutch")
    version_of.cache_clear()


def test_a_version_changes_with_libraries_that_are_there(
    program: Path,
) -> None:
    plain = _version("dutch")
    assert _version("dutch", libraries=("no-such-library",)) == plain
    assert _version("dutch", libraries=("msgspec",)) != plain
    version_of.cache_clear()


def test_a_program_is_told_by_sizes_and_times(program: Path) -> None:
    program_stamp.cache_clear()
    before = program_stamp()
    path = program / "dutch" / "a.py"
    os.utime(path, (1, 1))
    program_stamp.cache_clear()
    touched = program_stamp()
    path.write_text("x = 10")
    os.utime(path, (1, 1))
    program_stamp.cache_clear()
    assert len({before, touched, program_stamp()}) == 3
    program_stamp.cache_clear()


def _fingerprint(settings: Settings) -> str:
    return fingerprint(settings, read_corpus(settings.corpus_dir))


def test_all_that_a_build_hangs_on_changes_its_fingerprint(
    corpus: Settings, sources: Path
) -> None:
    seen = [_fingerprint(corpus)]
    assert _fingerprint(corpus) == seen[0]
    assert _fingerprint(replace(corpus, workers=3, port=9)) == seen[0]
    seen += [
        _fingerprint(replace(corpus, style="mla")),
        _fingerprint(replace(corpus, theme_probability=0.9)),
        _fingerprint(replace(corpus, ocr=not corpus.ocr)),
    ]
    (sources / "a.txt").write_text("1 Anders\n\nNu staat hier iets anders.\n")
    seen.append(_fingerprint(corpus))
    bib = corpus.corpus_dir / "sources.bib"
    bib.write_text(bib.read_text().replace("2016", "2017"))
    seen.append(_fingerprint(corpus))
    (sources / "a.txt").rename(sources / "c.txt")
    seen.append(_fingerprint(corpus))
    (corpus.corpus_dir / "literature.bib").write_text("@book{x, title={X}}")
    seen.append(_fingerprint(corpus))
    event = new_event("theme", "b-1", "none", field="B7")
    write_events(corpus.corpus_dir / DECISIONS, [event])
    seen.append(_fingerprint(corpus))
    assert len(set(seen)) == len(seen)


def test_one_process_builds_and_the_next_is_told_which(
    tmp_path: Path,
) -> None:
    index = tmp_path / "index"
    with only_builder(index):
        with (
            pytest.raises(BuildRunningError) as raised,
            only_builder(index),
        ):
            pass
        told = raised.value.values
        assert told == {"path": index, "pid": str(os.getpid())}
        (index / ".builder").unlink()
        with (
            pytest.raises(BuildRunningError) as unnamed,
            only_builder(index),
        ):
            pass
        assert unnamed.value.values["pid"] == "?"
    with only_builder(index):
        pass
