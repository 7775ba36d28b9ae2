"""A product is made anew when any source changes that it is made with."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kb.pipeline import versions
from kb.pipeline.document import STAGES, Stage
from kb.pipeline.versions import KB, version_of
from kb.pipeline.whole import duplicates, formatting, indexing, linking

# What decides nothing in a product: sentences, settings by name, and the other end of doors.
LEAVES = (
    "errors.py",
    "settings.py",
    "whole_files.py",
    "__init__.py",
    "messages",
)
START = {
    "read": ["pipeline/document/reading.py"],
    "passages": ["pipeline/document/passages.py"],
    "outline": ["pipeline/document/passages.py"],
    "themes": ["pipeline/document/themes.py"],
    "mentions": ["pipeline/document/mentions.py"],
}
# A stage is called with its job; what a job is decides no product.
JOB = "pipeline/document/work.py"


@cache
def _imports(path: Path) -> frozenset[Path]:
    """The modules of kb that a module imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for name in _names(node):
            parts = name.split(".")[1:]
            module = KB.joinpath(*parts)
            if module.with_suffix(".py").is_file():
                found.add(module.with_suffix(".py"))
            elif (module / "__init__.py").is_file():
                found.add(module / "__init__.py")
    return frozenset(found)


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (
            item.name for item in node.names if item.name.startswith("kb.")
        )
    elif (
        isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] == "kb"
    ):
        yield str(node.module)
        yield from (f"{node.module}.{item.name}" for item in node.names)


def _needed(starts: list[str]) -> set[str]:
    """Everything that modules import, near and far, as paths below kb/."""
    waiting = [KB / start for start in starts]
    seen: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in seen and path != KB / JOB:
            seen.add(path)
            waiting += _imports(path)
    return {path.relative_to(KB).as_posix() for path in seen}


def _covered(path: str, rooms: tuple[str, ...]) -> bool:
    return any(path == room or path.startswith(f"{room}/") for room in rooms)


def _missing(starts: list[str], rooms: tuple[str, ...]) -> list[str]:
    wanted = (path for path in _needed(starts) if not _covered(path, LEAVES))
    return sorted(path for path in wanted if not _covered(path, rooms))


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_every_room_that_a_stage_uses_is_in_its_version(stage: Stage) -> None:
    assert _missing(START[stage.name], stage.rooms) == []


@pytest.mark.parametrize(
    ("starts", "rooms"),
    [
        (["search/index/building.py"], indexing.ROOMS),
        (
            ["citations/__init__.py", "bibliography/literature.py"],
            linking.ROOMS,
        ),
        (["citing/works.py"], formatting.ROOMS),
        (["passages/duplicates.py"], (*duplicates.ROOMS, "passages")),
    ],
)
def test_every_room_that_the_whole_uses_is_in_its_version(
    starts: list[str], rooms: tuple[str, ...]
) -> None:
    assert _missing(starts, (*rooms, "store")) == []


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_rooms_of_a_stage_exist(stage: Stage) -> None:
    assert [room for room in stage.rooms if not (KB / room).exists()] == []


def test_version_changes_with_a_line_a_name_and_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "KB", tmp_path)
    (tmp_path / "room").mkdir()
    seen = []
    for name, text in (
        ("a.py", "x = 1"),
        ("a.py", "x = 2"),
        ("b.toml", ""),
        ("c.pyc", ""),
    ):
        (tmp_path / "room" / name).write_text(text, encoding="utf-8")
        version_of.cache_clear()
        seen.append(version_of(("room",)))
    version_of.cache_clear()
    assert len(set(seen)) == 3
    assert seen[2] == seen[3]
