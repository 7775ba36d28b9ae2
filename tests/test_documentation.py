"""The documentation is true where a program can tell."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from kb.cli.group import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    p
    for p in ROOT.rglob("*.md")
    if not {".venv", "node_modules", "texts", "sources", "index"}
    & set(p.relative_to(ROOT).parts)
)


@pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix()
)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(
        r"\]\((?!https?:|#|mailto:)([^)#\s]+)",
        page.read_text(encoding="utf-8"),
    ):
        assert (page.parent / target).exists(), target


def test_every_command_is_documented() -> None:
    documented = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"`kb {command}" in documented, command


def test_every_room_of_the_house_is_in_the_architecture() -> None:
    told = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for path in (ROOT / "kb").iterdir():
        if (path.is_dir() and path.name != "__pycache__") or (
            path.suffix == ".py" and not path.name.startswith("__")
        ):
            assert f"`{path.stem}" in told, path.name


def test_every_file_named_in_the_architecture_is_there() -> None:
    """But for the examples: X and NAME stand for a name of the reader's choice."""
    told = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:kb|web|scripts|tests|docs)/[\w/.-]+)`", told)
    real = [name for name in named if not re.search(r"X\b|NAME", name)]
    assert len(real) > 30
    assert [name for name in real if not (ROOT / name).exists()] == []


def test_make_has_the_two_commands_of_the_readme() -> None:
    readme, make = (
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("README.md", "Makefile")
    )
    for target in ("run", "test"):
        assert f"make {target}" in readme
        assert re.search(rf"^{target}:", make, re.MULTILINE)


def test_no_registry_host_or_machine_path_is_in_the_repository() -> None:
    listed = subprocess.run(
        ["git", "ls-files"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    ).stdout.split()
    if not listed:
        pytest.skip("not a git checkout")
    hosts = re.compile(
        "|".join(
            (
                "pypi" + r"\.org",
                "pythonhosted" + r"\.org",
                "registry" + r"\.npmjs",
                "/work" + "/main",
                "/root" + r"/\.",
            )
        )
    )
    for name in listed:
        path = ROOT / name
        if (
            path.suffix
            in (
                ".py",
                ".md",
                ".toml",
                ".lock",
                ".yaml",
                ".txt",
                ".html",
                ".css",
                ".js",
                ".po",
                "",
            )
            and path.is_file()
        ):
            assert not hosts.search(
                path.read_text(encoding="utf-8", errors="replace")
            ), name
