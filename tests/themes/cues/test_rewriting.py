"""A cue moves to another strength in the text of its file, and nothing else changes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.themes.cues.proposing import STRENGTHS, CueChange
from kb.themes.cues.rewriting import difference, rewritten
from kb.themes.framework_files import framework_texts, parse

TEXTS = dict(framework_texts(None))
CUES = [
    (name, theme.code, strength, cue)
    for name, text in TEXTS.items()
    for theme in parse(text, name).framework.themes
    for strength, _, cue in theme.cues.rows()
]

BLOCKS = """\
# Ons eigen kader.
key: eigen
name: {nl: "Eigen"}
source: "zelf"
themes:
  - code: E1
    name: {nl: "Wachten"}
    definition: {nl: "Hoe lang."}
    cues:
      core: # een is genoeg
        - wachttijd*  # ook wachttijden
        - "wachten & <hulp>|<team>"
      plain:
        - wachten

  - code: E2
    name: {nl: "Reizen"}
    definition: {nl: "Hoe ver."}
    cues: {core: [reistijd], strong: ["ver weg"]}
"""


@settings(max_examples=20)  # each reads a file of eighty kB four times
@given(st.sampled_from(CUES), st.sampled_from(STRENGTHS))
def test_any_cue_of_ours_goes_anywhere_and_the_rest_stays(
    place: tuple[str, str, str, str], to: str
) -> None:
    name, theme, strength, cue = place
    text = TEXTS[name]
    change = CueChange(theme, cue, strength, to, 0, 9)
    after, left = rewritten(text, name, [change])
    assert left == [] or strength == to
    now = parse(after, name).framework.themes
    for old, new in zip(parse(text, name).framework.themes, now, strict=True):
        if old.code != theme:
            assert old == new
    cues = next(t.cues for t in now if t.code == theme)
    if to and strength != to:
        assert cue in getattr(cues, to)
        assert cue not in getattr(cues, strength)
    kept = set(text.splitlines()) & set(after.splitlines())
    assert len(kept) >= len(set(text.splitlines())) - 3


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            CueChange("E1", "wachttijd*", "core", "plain", 0, 9),
            "        - wachttijd*",
        ),
        (
            CueChange("E1", "wachten", "plain", "weak", 0, 9),
            "      weak: [wachten]",
        ),
        (
            CueChange("E1", "wachten & <hulp>|<team>", "core", "weak", 0, 9),
            '      weak: ["wachten & <hulp>|<team>"]',
        ),
        (
            CueChange("E2", "reistijd", "core", "plain", 0, 9),
            '    cues: {core: [], strong: ["ver weg"], plain: [reistijd]}',
        ),
        (
            CueChange("E2", "ver weg", "strong", "core", 9, 9),
            "    cues: {core: [reistijd, ver weg], strong: []}",
        ),
    ],
)
def test_lists_in_lines_and_in_brackets(change: CueChange, line: str) -> None:
    after, left = rewritten(BLOCKS, "eigen.yaml", [change])
    assert not left
    assert line in after.splitlines()
    assert after.startswith("# Ons eigen kader.\n")


def test_what_is_shared_by_an_anchor_is_left_to_people() -> None:
    shared = BLOCKS.replace("core: [reistijd]", "core: &x [reistijd]").replace(
        'strong: ["ver weg"]', "strong: *x"
    )
    change = CueChange("E2", "reistijd", "core", "plain", 0, 9)
    after, left = rewritten(shared, "eigen.yaml", [change])
    assert (after, left) == (shared, [change])


def test_the_diff_can_be_applied(tmp_path: Path) -> None:
    changes = [
        CueChange("E1", "wachttijd*", "core", "strong", 0, 9),
        CueChange("E2", "ver weg", "strong", "plain", 0, 9),
    ]
    (tmp_path / "eigen.yaml").write_text(BLOCKS, encoding="utf-8")
    after, _ = rewritten(BLOCKS, "eigen.yaml", changes)
    diff = difference(BLOCKS, after, "eigen.yaml")
    done = subprocess.run(
        ["git", "apply", "--unidiff-zero", "-"],
        cwd=tmp_path,
        input=diff.encode(),
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "eigen.yaml").read_text(encoding="utf-8") == after
    assert difference(after, after, "eigen.yaml") == ""
