"""Whatever a file, a setting or an address holds: a sentence, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from kb.bibliography import read_bib, read_literature
from kb.curation import read_log
from kb.dutch.synonyms import groups_of
from kb.dutch.thesaurus_check import flaws
from kb.errors import KbError, problem_sentence
from kb.settings import Settings, load
from kb.site import read_site
from kb.themes import load_frameworks
from web import create_app

# Files that begin like what they should be reach further into a reader than noise does.
PIECES = st.sampled_from(
    [
        "name = ",
        "port = ",
        "[x]\n",
        '"""',
        "title: ",
        "themes:\n- ",
        "&a *a",
        "!!python/object:os.system",
        "@book{a, author={",
        "crossref={a},",
        "TY  - RPRT\n",
        "ER  - \n",
        '{"id": ',
        "[[[[",
        "}}",
        "\\",
        "\x00",
        "\ud7ff",
        "é",
        "1e999",
        "null",
        "true",
        ",\n",
        "#",
        '"',
        "{",
        "}",
        "\n",
    ]
)
TEXT = st.one_of(st.text(max_size=200), st.lists(PIECES).map("".join))
FILES = st.one_of(TEXT.map(str.encode), st.binary(max_size=200))
one_file = tuned(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def _told(problems: object) -> None:
    """Every problem has its sentence in both languages."""
    assert isinstance(problems, (list, tuple))
    for problem in problems:
        for language in ("nl", "en"):
            assert problem_sentence(problem, language)


@one_file
@given(content=FILES)
@example(content=b"\xff\xfe")
@example(content=b"port = 1e999")
def test_any_settings_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kb.toml"
    path.write_bytes(content)
    with suppress(KbError):
        load(path, {})


@one_file
@given(name=st.text(max_size=30), value=TEXT)
def test_any_environment(name: str, value: str) -> None:
    with suppress(KbError):
        load(Path("none.toml"), {f"KB_{name}": value, "KB_PORT": value})


@one_file
@given(content=FILES)
@example(content=b'colour = "#\xc2\xb2\xc2\xb2\xc2\xb2"')
@example(content=b"examples = [[1]]")
def test_any_site_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "site.toml").write_bytes(content)
    _site, problems = read_site(tmp_path)
    _told(problems)


@one_file
@given(content=FILES)
@example(content=b"a: &a [*a]")
@example(content=b"? {a: b}\n: c")
@example(content=b"key: 2024-13-45")
def test_any_framework_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "eigen.yaml").write_bytes(content)
    with suppress(KbError):
        load_frameworks(tmp_path)


@one_file
@given(content=FILES)
@example(content=b"- [1, 2]")
@example(content=b"groups: {a: b}")
@example(content=b"- same: [2024-13-45]")
@example(content=b"- {same: [a, 1, null, [b]], near: [{c: d}]}")
def test_any_thesaurus_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "thesaurus.yaml"
    path.write_bytes(content)
    with suppress(KbError):
        assert isinstance(flaws(groups_of(path)), list)


@pytest.mark.parametrize("suffix", [".bib", ".ris", ".json"])
@one_file
@given(content=FILES)
@example(content=b'[{"id": 1e999}]')
@example(content=b'{"items": [{"author": [[]]}]}')
@example(content=b"@a{b, c = {d}")
def test_any_literature_file(
    tmp_path: Path, suffix: str, content: bytes
) -> None:
    path = tmp_path / f"literature{suffix}"
    path.write_bytes(content)
    with suppress(KbError):
        _works, problems = read_literature(path)
        _told(problems)


@one_file
@given(content=FILES)
def test_any_records_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sources.bib"
    path.write_bytes(content)
    with suppress(KbError):
        _entries, problems = read_bib(path)
        _told(problems)


@one_file
@given(content=FILES)
def test_any_log_of_decisions(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "curation.jsonl"
    path.write_bytes(content)
    _told(read_log(path).problems)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("none")
    made = create_app(Settings(corpus_dir=folder, index_dir=folder))
    yield made
    made.extensions["kb_generation"].close()


@one_file
@given(path=TEXT, query=TEXT)
def test_any_address_without_an_index(
    site: Flask, path: str, query: str
) -> None:
    asked = f"/{quote(path)}?{quote(query, safe='&=')}"
    answer = site.test_client().get(asked)
    assert answer.status_code != 500
