"""Every situation has its sentence in both languages, and says what, which and what next."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import kb.errors as errors
from kb.errors import KbError, UnknownThemeError, problem_sentence, sentence
from kb.records import Problem

ROOT = Path(__file__).resolve().parent.parent


def _kinds(base: type[KbError]) -> list[type[KbError]]:
    return [
        kind for sub in base.__subclasses__() for kind in (sub, *_kinds(sub))
    ]


@pytest.mark.parametrize(
    "kind", _kinds(KbError), ids=lambda kind: str(kind.__name__)
)
def test_every_error_has_a_sentence_in_both_languages(
    kind: type[KbError],
) -> None:
    assert sentence(kind.code, {}, "nl") != sentence(kind.code, {}, "en")


def test_every_message_has_both_languages_and_the_same_values() -> None:
    for code, texts in errors._messages().items():
        assert {"nl", "en"} <= set(texts), code
        nl, en = (
            {
                name.removesuffix("_en")
                for name in re.findall(r"{(\w+)[^}]*}", texts[language])
            }
            for language in ("nl", "en")
        )
        assert nl == en, code


def test_no_message_code_stands_in_two_files() -> None:
    counted = Counter(
        code
        for path in (ROOT / "kb" / "messages").glob("*.toml")
        for code in tomllib.loads(path.read_text(encoding="utf-8"))
    )
    assert [code for code, count in counted.items() if count > 1] == []


def test_every_problem_code_in_the_program_has_a_sentence() -> None:
    known = errors._messages()
    for path in (ROOT / "kb").rglob("*.py"):
        for code in re.findall(
            r'Problem\([^,()]+(?:\([^()]*\))?[^,()]*,\s*"(\w+)"',
            path.read_text(encoding="utf-8"),
        ):
            assert code in known, f"{path.name}: {code}"


def test_sentence_names_what_was_asked_and_the_way_out() -> None:
    assert (
        UnknownThemeError(id="B11").sentence("en")
        == "Unknown theme 'B11'; `kb themes list` lists them."
    )


def test_problem_is_led_by_its_document_and_page() -> None:
    said = problem_sentence(
        Problem(
            "jansen2017", "open_citations", 4, {"count": 3, "most": "Bos 2016"}
        ),
        "nl",
    )
    assert said.startswith("jansen2017, p. 4: Verwijzingen in de tekst die")
    assert ": 3 (Bos 2016);" in said


def test_value_that_was_not_given_is_a_question_mark() -> None:
    assert "'?'" in sentence("unknown_theme", {}, "nl")


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 documenten"), (1, "1 document"), (12, "12 documenten")],
)
def test_a_sentence_counts_one_as_one(number: int, said: str) -> None:
    values = {
        "documents": number,
        "passages": 2,
        "index": "index",
        "seconds": 1,
    }
    text = sentence("cli_build_unchanged", values)
    assert said in text


def test_what_is_not_known_counts_as_many() -> None:
    text = sentence("cli_build_unchanged", {"passages": "veel"})
    assert "? documenten" in text
    assert "veel passages" in text
