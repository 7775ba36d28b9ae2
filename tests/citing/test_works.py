"""Exact APA forms of hand-made records, in Dutch and in English."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import yaml

from kb.citing import format_works
from kb.corpus.csl import date_of
from kb.corpus.names import names_of
from kb.store.schema import Formatted

HERE = Path(__file__).parent


def _csl(record: dict[str, Any], id: str) -> dict[str, Any]:
    csl = {k: v for k, v in record.items() if k not in ("reference", "cite", "narrative")} | {"id": id}
    for role in ("author", "editor", "translator"):
        if role in csl:
            people, etal = names_of(csl[role])
            csl |= {role: people} | ({"custom": {"etal": True}} if etal else {})
    for date in ("issued", "accessed", "original-date"):
        if date in csl:
            csl[date] = date_of(str(csl[date]))
    return csl


def _records(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return loaded


def _html(reference: str) -> str:
    """HTML that goes with a reference in which *…* is italic."""
    linked = re.sub(r"https?://\S+", lambda m: f'<a href="{m[0]}">{m[0]}</a>', html.escape(reference, quote=False))
    return re.sub(r"\*([^*]+)\*", r"<i>\1</i>", linked)


def _check(name: str, language: str) -> None:
    records = _records(name)
    wrong: list[tuple[str, str]] = []
    for record, made in zip(records, format_works([_csl(r, str(n)) for n, r in enumerate(records)], language=language), strict=True):
        expected = Formatted(
            made.work, "apa", language, record["reference"].replace("*", ""), _html(record["reference"]), record["cite"], record["narrative"]
        )  # fmt: skip
        wrong += [(w, m) for w, m in zip(_told(expected), _told(made), strict=True) if w != m]
    assert wrong == []


def _told(made: Formatted) -> tuple[str, ...]:
    return made.reference, made.reference_html, made.parenthetical, made.narrative


def test_dutch_forms_are_exact() -> None:
    _check("apa_nl.yaml", "nl")


def test_english_forms_are_exact() -> None:
    _check("apa_en.yaml", "en")
