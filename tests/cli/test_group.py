"""The command line speaks the chosen language.

Starts quickly and ends every error in a sentence.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import kb.cli.group as group

LOCALE = Path(group.__file__).parent / "locale" / "nl" / "LC_MESSAGES"


def run(
    *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kb", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
        timeout=60,
        env={
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            "PATH": "",
            "PYTHONUTF8": "1",
            **environment,
        },
    )


@pytest.mark.parametrize(
    "command",
    [[], *([name] for name in group.COMMANDS)],
    ids=lambda c: "-".join(c) or "kb",
)
def test_help_is_there_in_both_languages(command: list[str]) -> None:
    dutch, english = (
        run(*command, "--help"),
        run(*command, "--help", "--lang", "en"),
    )
    assert (dutch.returncode, english.returncode) == (0, 0), (
        dutch.stderr + english.stderr
    )
    assert dutch.stdout.startswith("Gebruik: ")
    assert english.stdout.startswith("Usage: ")


def test_language_is_taken_from_the_environment() -> None:
    assert run("--help", KB_LANGUAGE="en").stdout.startswith("Usage: ")


def test_help_loads_no_heavy_library() -> None:
    script = (
        "import sys, kb.cli.group as g\n"
        "g.run(['--help'])\n"
        "heavy = {'spacy', 'pdfplumber', 'pypdfium2', 'sklearn', 'numpy', 'whoosh', "
        "'tantivy', 'flask', 'sqlalchemy', 'wordfreq', 'yaml'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_help_starts_within_its_budget() -> None:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        run("--help")
        times.append(time.perf_counter() - began)
    assert min(times) < 0.4


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["bild"], 2, "bestaat niet"),
        (["dump", "alles"], 2, "is niet een van"),
        (
            ["search", "werkdruk", "--index", "nergens"],
            1,
            "Nog geen index in 'nergens'",
        ),
        (["build", "--corpus", "nergens"], 1, "Geen corpus in 'nergens'"),
        (["serve", "--index", "nergens"], 1, "kb build"),
        (["extract", "weg.pdf"], 2, "'weg.pdf' bestaat niet"),
        (
            ["search", "--queries", "weg.jsonl", "--index", "nergens"],
            2,
            "weg.jsonl",
        ),
    ],
)
def test_error_is_one_sentence_and_an_exit_code(
    tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_wrong_setting_in_the_environment_is_named(tmp_path: Path) -> None:
    done = run("dump", "works", cwd=tmp_path, KB_PORT="acht")
    assert (done.returncode, "port" in done.stderr) == (2, True)


def test_compiled_catalogue_is_that_of_the_source() -> None:
    import gettext

    with (LOCALE / "click.po").open("rb") as handle:
        catalogue = read_po(handle)
    with (LOCALE / "click.mo").open("rb") as handle:
        compiled = gettext.GNUTranslations(handle)
    for message in catalogue:
        if message.id and isinstance(message.id, str):
            assert compiled.gettext(message.id) == message.string
