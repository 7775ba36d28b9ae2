"""The one table of settings: name, default, and a sentence on each; read at the edge and passed along.

Order of strength: command-line option, environment (`KB_CORPUS_DIR` …), `kb.toml` in the working folder, default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from kb.errors import SettingError, SettingsFileError


def _setting(default: Any, about: str) -> Any:
    return field(default=default, metadata={"about": about})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one run. Paths are as given: relative ones start from the working folder."""

    corpus_dir: Path = _setting(Path("corpus"), "Folder with sources/ and sources.bib.")
    index_dir: Path = _setting(
        Path("index"), "Folder where `kb build` writes its generations."
    )
    database_url: str = _setting(
        "", "SQLAlchemy URL of the record store; empty: SQLite inside the generation."
    )
    engine: str = _setting("auto", "Search engine: auto, whoosh or tantivy.")
    language: str = _setting("nl", "Interface language: nl or en.")
    workers: int = _setting(0, "Processes that read files at once; 0: one per core.")
    max_file_mb: int = _setting(200, "A larger file is not read.")
    max_pages: int = _setting(3000, "A document with more pages is not read.")
    seconds_per_file: int = _setting(
        300, "A reader that takes longer on one file is stopped (OCR: ten times this)."
    )
    memory_mb: int = _setting(
        2048, "Address space a reader of one file may use beyond its start."
    )
    ocr: bool = _setting(
        True, "Read scanned pages with OCRmyPDF and Tesseract where installed."
    )
    style: str = _setting("apa", "CSL style of references.")
    conventions: str = _setting(
        "nl",
        "Particles and et al.: nl (Werkgroep APA), nl-ea (the same with e.a.) or en (American).",
    )
    host: str = _setting("127.0.0.1", "Address the site listens on.")
    port: int = _setting(8000, "Port of the site.")
    site_url: str = _setting(
        "", "Public address of the site for feeds and metadata; empty: as requested."
    )
    site_path: str = _setting(
        "", "Path under which a proxy shows the site, such as /kb; empty: the root."
    )
    trusted_proxies: int = _setting(
        0, "Proxies in front whose X-Forwarded headers are believed; 0: none."
    )
    theme_probability: float = _setting(
        0.7,
        "A theme is shown from this probability on; less sure ones are one click away.",
    )
    keep_generations: int = _setting(2, "Built generations kept in index_dir.")


_CHOICES = {
    "engine": ("auto", "whoosh", "tantivy"),
    "language": ("nl", "en"),
    "conventions": ("nl", "nl-ea", "en"),
}


_EXPECTED = {int: "0, 1, 2, …", bool: "true / false"}


def _convert(name: str, value: Any, default: Any) -> Any:
    try:
        if isinstance(default, bool):
            return (
                value
                if isinstance(value, bool)
                else {"1": True, "true": True, "0": False, "false": False}[
                    str(value).lower()
                ]
            )
        converted: Any = type(default)(value)
    except (ValueError, TypeError, KeyError):
        raise SettingError(
            name=name, value=value, expected=_EXPECTED.get(type(default), "…")
        ) from None
    if name in _CHOICES and converted not in _CHOICES[name]:
        raise SettingError(name=name, value=value, expected=", ".join(_CHOICES[name]))
    if isinstance(converted, int) and converted < 0:
        raise SettingError(name=name, value=value, expected="≥ 0")
    return converted


def apply(settings: Settings, given: Mapping[str, Any]) -> Settings:
    """`settings` with the given values on top. Raises SettingError for an unknown name or a wrong value."""
    known = {f.name: f.default for f in fields(Settings)}
    changes = {}
    for name, value in given.items():
        if name not in known:
            raise SettingError(name=name, value=value, expected=", ".join(known))
        changes[name] = _convert(name, value, known[name])
    return replace(settings, **changes)


def load(
    toml: Path = Path("kb.toml"),
    environ: Mapping[str, str] | None = None,
    **options: Any,
) -> Settings:
    """Settings from `toml`, the environment and `options` (None means not given)."""
    environ = os.environ if environ is None else environ
    settings = Settings()
    if toml.is_file():
        try:
            settings = apply(settings, tomllib.loads(toml.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsFileError(path=toml, detail=str(error)) from None
    names = {f.name for f in fields(Settings)}
    from_environment = {
        k[3:].lower(): v
        for k, v in environ.items()
        if k.startswith("KB_") and k[3:].lower() in names
    }
    settings = apply(settings, from_environment)
    return apply(settings, {k: v for k, v in options.items() if v is not None})
