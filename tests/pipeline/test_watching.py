"""People see which page a long file is at; a short one is not worth a line."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from kb.extract.pages_done import page_done
from kb.pipeline import watching


def _until(holds: Callable[[], bool], seconds: float = 10.0) -> bool:
    ends = time.monotonic() + seconds
    while not holds() and time.monotonic() < ends:
        time.sleep(0.02)
    return holds()


def test_page_of_a_long_file_is_told_while_it_is_read(tmp_path: Path) -> None:
    said: list[str] = []
    folder = tmp_path / "pages"
    with (
        watching.watching(folder, said.append),
        watching.telling(folder, "Lang verslag van de gemeente.pdf"),
    ):
        time.sleep(watching.SECONDS)
        page_done(12, 300)
        assert _until(lambda: bool(said))
    assert said == ["Lang verslag van de geme p. 12/300"]
    assert list(folder.iterdir()) == []


def test_short_file_and_what_nobody_listens_to_are_not_told(
    tmp_path: Path,
) -> None:
    with watching.telling(tmp_path / "pages", "kort.pdf"):
        time.sleep(watching.SECONDS)
        page_done(3, 4)
    page_done(12, 300)
    assert not (tmp_path / "pages").exists()


def test_leftovers_of_a_killed_build_are_told_by_nobody(
    tmp_path: Path,
) -> None:
    (tmp_path / "123").write_text("1/900 dood.pdf", encoding="utf-8")
    said: list[str] = []
    with watching.watching(tmp_path, said.append):
        time.sleep(1.5 * watching.SECONDS)
    assert not said
