"""What an owner writes in site.toml holds, and a slip costs one setting."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from kb.errors import problem_sentence
from kb.site import Site, read_site

ROOT = Path(__file__).parents[1]


def site(folder: Path, text: str) -> tuple[Site, list[str]]:
    (folder / "site.toml").write_text(text, encoding="utf-8")
    found, problems = read_site(folder)
    return found, [problem_sentence(p) for p in problems]


def test_without_a_file_nothing_of_another_corpus_is_said(
    tmp_path: Path,
) -> None:
    assert read_site(tmp_path) == (Site(), ())


def test_what_is_written_is_read(tmp_path: Path) -> None:
    found, problems = site(
        tmp_path,
        'name = "Zorgarchief"\nexamples = ["wat helpt?"]\ncolour = "#123abc"',
    )
    assert problems == []
    assert (found.name, found.examples) == ("Zorgarchief", ("wat helpt?",))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('colour = "groen"', "colour"),
        ("name = 3", "name"),
        ('examples = "een"', "examples"),
        ('logo = "../geheim.png"', "logo"),
        ('kleur = "#123456"', "kleur"),
    ],
)
def test_a_wrong_value_costs_that_setting_only(
    tmp_path: Path, line: str, said: str
) -> None:
    found, problems = site(
        tmp_path, f'contact = "lector@voorbeeld.nl"\n{line}'
    )
    assert found == Site(contact="lector@voorbeeld.nl")
    assert len(problems) == 1
    assert f"'{said}'" in problems[0]


@pytest.mark.parametrize(
    "text", ["name = ", "\udcff".encode("utf-8", "replace").decode()]
)
def test_a_file_that_is_no_toml_is_told_and_the_site_stands(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "site.toml").write_bytes(text.encode() or b"\xff")
    found, problems = read_site(tmp_path)
    assert found == Site()
    assert "site.toml" in problem_sentence(problems[0])


def test_every_setting_is_documented() -> None:
    told = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for setting in fields(Site):
        about = setting.metadata["about"]
        assert f"| `{setting.name}` | {about} |" in told, setting.name
