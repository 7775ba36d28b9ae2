"""What is kept comes back as it was, or counts as absent."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kb.pipeline.document.products import Mentions, Tags
from kb.pipeline.kept import Kept
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
