"""Frameworks: the project's own are sound, and a wrong file is refused with its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.errors import FrameworkError, UnknownThemeError
from kb.themes import load_frameworks
from kb.themes.framework_files import parse

GOOD = """\
key: wachten
name: {nl: Wachten}
source: eigen
themes:
  - code: Z1
    name: {nl: Wachttijd, en: Waiting time}
    definition: {nl: Hoe lang mensen wachten.}
    cues:
      core: [wachttijd*]
"""


def test_own_frameworks_have_all_themes_in_both_languages() -> None:
    frameworks = load_frameworks()
    assert {f.key: len(f.themes) for f in frameworks} == {
        "bakens": 8,
        "beloften": 10,
        "informele-partnerprincipes": 5,
        "kwesties": 7,
        "prestatievelden": 9,
        "samenwerkingsfactoren": 5,
        "transitiecompetenties": 9,
    }
    for theme in frameworks.themes.values():
        assert theme.name.nl
        assert theme.name.en
        assert len(theme.definition.en) > 20


def test_framework_of_a_user_is_added(tmp_path: Path) -> None:
    (tmp_path / "wachten.yaml").write_text(GOOD, encoding="utf-8")
    frameworks = load_frameworks(tmp_path)
    assert frameworks.theme("z1").name.say("en") == "Waiting time"
    assert (
        frameworks.theme("Z1").definition.say("en")
        == "Hoe lang mensen wachten."
    )
    assert frameworks.framework_of("Z1").key == "wachten"


def test_missing_folder_means_no_frameworks_of_a_user(tmp_path: Path) -> None:
    assert len(load_frameworks(tmp_path / "nowhere").frameworks) == 7


def test_unknown_theme_is_an_error() -> None:
    with pytest.raises(UnknownThemeError):
        load_frameworks().theme("B99")


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("source: eigen", "sauce: eigen", 3, "sauce"),
        (
            "    definition: {nl: Hoe lang mensen wachten.}\n",
            "",
            5,
            "definition",
        ),
        ("      core: [wachttijd*]", "      core: []", 9, "Z1"),
        ("      core: [wachttijd*]", "      core: ['*']", 9, "'*'"),
        (
            "      core: [wachttijd*]",
            "      core: [wachttijd*]\n      plain:\n        - <buren>",
            11,
            "<burger>",
        ),
        ("      core: [wachttijd*]", "      core: [12]", 9, "str"),
        ("themes:\n", "themes: [\n", 5, "YAML"),
        ("code: Z1", "code: Z1\n    colour: red", 6, "colour"),
    ],
)
def test_wrong_file_is_refused_with_line_and_remedy(
    old: str, new: str, line: int, word: str
) -> None:
    with pytest.raises(FrameworkError) as error:
        parse(GOOD.replace(old, new), "eigen.yaml")
    assert error.value.values["line"] == line
    assert word in error.value.sentence("nl")
    assert f"eigen.yaml', regel {line}" in error.value.sentence("nl")


def test_code_that_another_theme_has_is_refused(tmp_path: Path) -> None:
    (tmp_path / "eigen.yaml").write_text(
        GOOD.replace("Z1", "b7"), encoding="utf-8"
    )
    with pytest.raises(
        FrameworkError,
        match=r"line 5.*b7 is already in use in 'beloften.yaml'",
    ):
        load_frameworks(tmp_path)


def test_key_that_another_framework_has_is_refused(tmp_path: Path) -> None:
    (tmp_path / "eigen.yaml").write_text(
        GOOD.replace("key: wachten", "key: kwesties"), encoding="utf-8"
    )
    with pytest.raises(FrameworkError, match="already in use"):
        load_frameworks(tmp_path)


def test_file_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "eigen.yaml").write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(FrameworkError):
        load_frameworks(tmp_path)


def test_a_pipe_or_a_folder_is_no_framework_and_keeps_nobody_waiting(
    tmp_path: Path,
) -> None:
    for make in (os.mkfifo, os.mkdir):
        folder = tmp_path / make.__name__
        folder.mkdir()
        make(folder / "eigen.yaml")
        with pytest.raises(FrameworkError) as refused:
            load_frameworks(folder)
        assert "file" in str(refused.value)
