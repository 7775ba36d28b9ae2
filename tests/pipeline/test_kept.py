"""What is kept comes back as it was, or counts as absent."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.pipeline.document.products import Mentions, Tags
from kb.pipeline.kept import Kept, TooLargeError
from kb.records import Cue, Tag

TAGS = Tags((Tag("a-1", "B1", 0.5, cues=(Cue(0, 4, "hulp", "hulp"),)),))


def test_product_comes_back_as_it_was(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.put("themes", "k", TAGS)
    assert kept.get("themes", "k", Tags) == TAGS
    assert kept.get("themes", "other", Tags) is None
    assert kept.get("mentions", "k", Mentions) is None


@given(cut=st.integers(0, 200), flip=st.integers(0, 255))
def test_damaged_file_counts_as_absent_or_is_whole(
    cut: int, flip: int
) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        kept = Kept(Path(folder))
        kept.put("themes", "k", TAGS)
        (path,) = Path(folder).rglob("*.kept")
        data = bytearray(path.read_bytes())
        at = cut % len(data)
        path.write_bytes(data[:at])
        assert kept.get("themes", "k", Tags) is None
        data[at] ^= flip
        path.write_bytes(data)
        assert kept.get("themes", "k", Tags) in (None, TAGS)


def test_product_of_another_version_counts_as_absent(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.put("themes", "k", {"tags": [{"theme": "B1"}]})
    assert kept.get("themes", "k", Tags) is None


def test_what_nobody_asks_for_is_forgotten_with_leftovers_of_killed_builds(
    tmp_path: Path,
) -> None:
    kept = Kept(tmp_path)
    for key in ("old", "new"):
        kept.put("themes", key, TAGS)
    (tmp_path / "themes" / "x.123.part").write_bytes(b"half")
    kept.keep_only("themes", {"new"})
    assert [path.name for path in (tmp_path / "themes").iterdir()] == [
        "new.kept"
    ]


def test_a_product_that_is_too_large_is_not_kept(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    size = len(msgspec.msgpack.encode(TAGS))
    kept.put("themes", "fits", TAGS, most=size)
    with pytest.raises(TooLargeError, match="themes"):
        kept.put("themes", "large", TAGS, most=size - 1)
    assert kept.has("themes", "fits")
    assert not kept.has("themes", "large")


def test_products_are_forgotten_by_key_and_by_stage(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    for key in ("a", "b", "c"):
        kept.put("themes", key, TAGS)
    kept.put("mentions", "a", Mentions())
    kept.forget("themes", "a")
    kept.forget("themes", "a")
    assert kept.get("themes", "a", Tags) is None
    assert kept.forget_all("themes") == 2
    assert kept.forget_all("themes") == 0
    assert kept.get("mentions", "a", Mentions) == Mentions()


def test_a_disk_that_refuses_leaves_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(tmp_path)
    kept.put("themes", "k", TAGS)

    def refuses(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refuses)
        with pytest.raises(OSError, match="full"):
            kept.put("themes", "k", Tags(()))
    assert kept.get("themes", "k", Tags) == TAGS
    assert [p.name for p in (tmp_path / "themes").iterdir()] == ["k.kept"]
