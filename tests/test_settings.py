"""Settings come from the option, then the environment, then kb.toml, then the default."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from kb.errors import KbError
from kb.settings import Settings, load

ROOT = Path(__file__).resolve().parent.parent


def test_option_beats_environment_beats_file_beats_default(
    tmp_path: Path,
) -> None:
    toml = tmp_path / "kb.toml"
    toml.write_text(
        'port = 8100\nengine = "whoosh"\nworkers = 3\n', encoding="utf-8"
    )
    settings = load(
        toml,
        {"KB_PORT": "8200", "KB_ENGINE": "tantivy"},
        port=8300,
        engine=None,
    )
    assert (
        settings.port,
        settings.engine,
        settings.workers,
        settings.host,
    ) == (
        8300,
        "tantivy",
        3,
        "127.0.0.1",
    )


def test_a_mark_that_some_editors_write_first_is_no_part_of_a_file(
    tmp_path: Path,
) -> None:
    toml = tmp_path / "kb.toml"
    toml.write_bytes(b"\xef\xbb\xbfport = 8001\n")
    assert load(toml, environ={}).port == 8001


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("prot = 8000", "prot"),
        ('port = "acht"', "port"),
        ('engine = "solr"', "engine"),
        ("workers = -1", "workers"),
        ("port = ", "kb.toml"),
    ],
)
def test_wrong_setting_is_refused_by_name(
    tmp_path: Path, text: str, named: str
) -> None:
    (tmp_path / "kb.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KbError, match=named):
        load(tmp_path / "kb.toml", {})


def test_yes_and_no_are_read_from_the_environment() -> None:
    assert load(Path("absent"), {"KB_OCR": "false"}).ocr is False
    assert load(Path("absent"), {"KB_OCR": "1"}).ocr is True


def test_every_setting_is_in_the_documentation() -> None:
    documented = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for item in fields(Settings):
        assert (
            f"| `{item.name}` | `{item.default}` | {item.metadata['about']} |"
            in documented
        )
