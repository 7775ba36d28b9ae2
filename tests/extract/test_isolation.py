"""A reader that hangs, dies or eats memory loses its own file and nothing else."""

import os
import sys
import time
from pathlib import Path

import pytest

from kb.extract.cache import ReadingCache, reader_version
from kb.extract.isolation import extract_all, read_isolated
from kb.extract.limits import Limits, limits_of
from kb.records import Extraction, Line, Page, Problem
from kb.settings import Settings


def misbehaving(path: Path, limits: Limits) -> Extraction:
    """A reader that does what the file is called after."""
    if path.stem == "hangt":
        time.sleep(600)
    if path.stem == "sterft":
        os._exit(3)
    if path.stem == "eet":
        return Extraction(metadata={"size": len(bytearray(3_000_000_000))})
    if path.stem == "faalt":
        raise LookupError("kapot")
    return Extraction(pages=(Page(1, lines=(Line(path.stem),)),))


def counted(path: Path, limits: Limits) -> Extraction:
    """A reader that leaves a mark beside the file each time it runs."""
    with path.with_suffix(".gelezen").open("a", encoding="utf-8") as handle:
        handle.write("x")
    return Extraction(
        pages=(Page(1, lines=(Line(path.read_text(encoding="utf-8")),)),),
        problems=(Problem(path.name, "no_text"),),
    )


def _silent(done: int, total: int, name: str) -> None:
    pass


@pytest.mark.slow
def test_hanging_dying_and_greedy_readers_each_leave_one_problem(
    tmp_path: Path,
) -> None:
    names = ["hangt", "sterft", "faalt", "goed"] + (
        ["eet"] if sys.platform == "linux" else []
    )
    paths = [tmp_path / f"{name}.txt" for name in names]
    for path in paths:
        path.write_text("tekst", encoding="utf-8")
    settings = Settings(workers=2, seconds_per_file=1, memory_mb=500)
    found = {
        path.stem: value
        for path, value in read_isolated(misbehaving, paths, settings, _silent)
    }
    assert isinstance(found["goed"], Extraction)
    problems = {
        name: value.code for name, value in found.items() if isinstance(value, Problem)
    }
    expected = {
        "hangt": "reader_timeout",
        "sterft": "reader_crashed",
        "faalt": "reader_failed",
    }
    assert problems == expected | (
        {"eet": "reader_memory"} if sys.platform == "linux" else {}
    )


def test_progress_counts_every_file_once(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.txt" for name in ("een", "twee", "drie")]
    for path in paths:
        path.write_text("Tekst over de wijk.", encoding="utf-8")
    seen: list[tuple[int, int, str]] = []
    found = dict(extract_all(paths, Settings(workers=1), lambda *now: seen.append(now)))
    assert set(found) == set(paths)
    assert [(done, total) for done, total, _ in seen] == [(1, 3), (2, 3), (3, 3)]
    assert {name for _, _, name in seen} == {path.name for path in paths}


def test_a_file_is_read_again_only_when_its_content_changes(tmp_path: Path) -> None:
    path = tmp_path / "stuk.txt"
    cache = ReadingCache(tmp_path / "cache", Extraction)
    settings = Settings(workers=1)
    texts = []
    for content in ("eerste", "eerste", "tweede"):
        path.write_text(content, encoding="utf-8")
        ((_, found),) = read_isolated(counted, [path], settings, _silent, cache)
        assert isinstance(found, Extraction)
        texts.append(found.pages[0].lines[0].text)
        assert found.problems[0].code == "no_text"
    assert texts == ["eerste", "eerste", "tweede"]
    assert path.with_suffix(".gelezen").read_text(encoding="utf-8") == "xx"


def test_a_damaged_cache_file_counts_as_absent(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path, Extraction)
    path = tmp_path / "a.txt"
    path.write_text("x", encoding="utf-8")
    key = cache.key(path, Limits())
    cache.put(key, Extraction(reader="text"))
    assert cache.get(key) == Extraction(reader="text")
    next(tmp_path.glob("*.reading")).write_bytes(b"kapot")
    assert cache.get(key) is None


def test_the_cache_forgets_what_no_source_asks_for(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path, Extraction)
    cache.put("oud", Extraction())
    cache.put("nieuw", Extraction())
    cache.keep_only({"nieuw"})
    assert (cache.get("oud"), cache.get("nieuw")) == (None, Extraction())


def test_limits_follow_the_settings() -> None:
    limits = limits_of(Settings(max_file_mb=3, seconds_per_file=7, ocr=False))
    assert (limits.max_bytes, limits.seconds, limits.ocr) == (
        3 * 1024 * 1024,
        7.0,
        False,
    )


def test_reader_version_is_short_and_stable() -> None:
    assert reader_version() == reader_version()
    assert len(reader_version()) == 16
