"""The one table of settings: name, default, and a sentence on each.

They are read at the edge and passed along. Order of strength: command-line option,
environment (`KB_CORPUS_DIR` …), `kb.toml` in the working folder, default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from kb.errors import SettingError, SettingsFileError
from kb.records import THEME_PROBABILITY


def _setting(default: Any, about: str) -> Any:
    return field(default=default, metadata={"about": about})


def _secret(about: str) -> Any:
    """A setting that no message and no log may show."""
    return field(default="", repr=False, metadata={"about": about})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one run.

    Paths are as given: relative ones start from the working folder.
    """

    corpus_dir: Path = _setting(
        Path("corpus"), "Folder with sources/ and sources.bib."
    )
    index_dir: Path = _setting(
        Path("index"), "Folder where `kb build` writes its generations."
    )
    database_url: str = _setting(
        "",
        "SQLAlchemy URL of the record store; empty: SQLite inside the generation.",
    )
    engine: str = _setting(
        "auto", "Search engine: auto, whoosh, tantivy or opensearch."
    )
    language: str = _setting("nl", "Interface language: nl or en.")
    workers: int = _setting(
        0, "Processes that read files at once; 0: one per core."
    )
    max_file_mb: int = _setting(200, "A larger file is not read.")
    max_pages: int = _setting(3000, "A document with more pages is not read.")
    seconds_per_file: int = _setting(
        300,
        "A reader that takes longer on one file is stopped (OCR: ten times this).",
    )
    memory_mb: int = _setting(
        2048, "Address space a reader of one file may use beyond its start."
    )
    build_memory_mb: int = _setting(
        8192,
        "Address space the building process may use beyond its start; 0: no limit.",
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
        "",
        "Public address of the site for feeds and metadata; empty: as requested.",
    )
    site_path: str = _setting(
        "",
        "Path under which a proxy shows the site, such as /kb; empty: the root.",
    )
    trusted_proxies: int = _setting(
        0, "Proxies in front whose X-Forwarded headers are believed; 0: none."
    )
    curation: bool = _setting(
        False,
        "Curators log in on the site and decide there; without it the site only shows.",
    )
    curation_header: str = _setting(
        "",
        "Header in which a trusted proxy names the curator who logged in there; empty: none.",
    )
    curation_proxies: str = _setting(
        "127.0.0.1",
        "Addresses of proxies whose curation_header is believed, with commas between.",
    )
    upload_mb: int = _setting(100, "Largest file that a curator may add.")
    requests_per_minute: int = _setting(
        0,
        "Requests one address may make in a minute; more are answered with 429; 0: no limit.",
    )
    metrics: bool = _setting(
        False, "Figures for Prometheus at /metrics, for whoever can reach it."
    )
    log_requests: bool = _setting(
        False,
        "A line per request in the log: route, status and time; no address, no question.",
    )
    log_format: str = _setting(
        "text",
        "How the site writes its log: text, or json (an object a line).",
    )
    personal_data: bool = _setting(
        False,
        "Show and export lists of respondents and private addresses like other passages.",
    )
    theme_probability: float = _setting(
        THEME_PROBABILITY,
        "A theme is shown from this probability on; less sure ones are one click away.",
    )
    keep_generations: int = _setting(2, "Built generations kept in index_dir.")
    scheduler: str = _setting(
        "",
        "Address of a Dask scheduler whose workers read and tag; empty: none.",
    )
    database_pool: int = _setting(
        5, "Connections that a process holds to a database server."
    )
    database_seconds: int = _setting(
        30,
        "A question that takes a database server longer is given up; 0: never.",
    )
    opensearch_url: str = _setting(
        "http://127.0.0.1:9200",
        "Addresses of OpenSearch nodes, with commas between.",
    )
    opensearch_user: str = _setting("", "User of OpenSearch; empty: none.")
    opensearch_password: str = _secret(
        "Password of that user; give it in the environment."
    )
    opensearch_api_key: str = _secret(
        "API key in its place; give it in the environment."
    )
    opensearch_ca: str = _setting(
        "",
        "File with the certificate that OpenSearch is trusted by; empty: the system's.",
    )
    opensearch_shards: int = _setting(
        1,
        "Parts an index of OpenSearch is split in; some 20 million passages each.",
    )
    opensearch_replicas: int = _setting(
        1, "Copies of each part on other nodes; 0 on a single node."
    )
    opensearch_bulk: int = _setting(
        1000, "Passages sent to OpenSearch at once; some 2 kB each."
    )
    opensearch_retries: int = _setting(
        5,
        "Times a request to OpenSearch is tried again, pausing longer each time.",
    )
    opensearch_seconds: int = _setting(
        10, "A search that takes OpenSearch longer is given up."
    )


ENGINES = ("whoosh", "tantivy", "opensearch")
_CHOICES = {
    "engine": ("auto", *ENGINES),
    "language": ("nl", "en"),
    "log_format": ("text", "json"),
    "conventions": ("nl", "nl-ea", "en"),
}
_TRUTHS = {"1": True, "true": True, "0": False, "false": False}
_EXPECTED = {int: "0, 1, 2, …", bool: "true / false"}  # as a message says it
_PREFIX = "KB_"


def _convert(name: str, value: Any, default: Any) -> Any:
    """A value as its setting needs it. Raises SettingError."""
    try:
        converted = _as(type(default), value)
    except (ValueError, TypeError, KeyError, OverflowError):
        expected = _EXPECTED.get(type(default), "…")
        raise SettingError(name=name, value=value, expected=expected) from None
    choices = _CHOICES.get(name)
    if choices and converted not in choices:
        raise SettingError(name=name, value=value, expected=", ".join(choices))
    if isinstance(converted, int) and converted < 0:
        raise SettingError(name=name, value=value, expected="≥ 0")
    return converted


def _as(kind: type, value: Any) -> Any:
    """`value` as a `kind`; truth may be written in a few ways."""
    if kind is not bool:
        return kind(value)
    return value if isinstance(value, bool) else _TRUTHS[str(value).lower()]


def apply(settings: Settings, given: Mapping[str, Any]) -> Settings:
    """`settings` with the given values on top.

    Raises:
        SettingError: an unknown name, or a value that the setting cannot have.
    """
    defaults = {f.name: f.default for f in fields(Settings)}
    changes = {}
    for name, value in given.items():
        if name not in defaults:
            raise SettingError(
                name=name, value=value, expected=", ".join(defaults)
            )
        changes[name] = _convert(name, value, defaults[name])
    return replace(settings, **changes)


def load(
    toml: Path = Path("kb.toml"),
    environ: Mapping[str, str] | None = None,
    **options: Any,
) -> Settings:
    """Settings from a file, the environment and options, the last being the strongest.

    Args:
        toml: a file that need not exist.
        environ: by default that of this process; `KB_NAME` sets `name`.
        options: as typed; None means not given.

    Raises:
        SettingError: a name or value that is none.
        SettingsFileError: the file is no TOML.
    """
    settings = (
        apply(Settings(), _written(toml)) if toml.is_file() else Settings()
    )
    settings = apply(
        settings, _set_in(os.environ if environ is None else environ)
    )
    given = {
        name: value for name, value in options.items() if value is not None
    }
    return apply(settings, given)


def _written(toml: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(toml.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsFileError(path=toml, detail=str(error)) from None


def _set_in(environ: Mapping[str, str]) -> dict[str, str]:
    """What the environment sets of our settings; other variables are not ours."""
    names = {f.name for f in fields(Settings)}
    ours = {
        key.removeprefix(_PREFIX).lower(): value
        for key, value in environ.items()
        if key.startswith(_PREFIX)
    }
    return {name: value for name, value in ours.items() if name in names}
