"""In which language this run speaks."""

from __future__ import annotations

from typing import Any

from kb.errors import LANGUAGES, sentence

_chosen = {"language": LANGUAGES[0]}


def language() -> str:
    """Interface language of this run."""
    return _chosen["language"]


def choose_language(wanted: str) -> None:
    """Speak `wanted` from now on, or Dutch where we do not know it."""
    _chosen["language"] = wanted if wanted in LANGUAGES else LANGUAGES[0]


def text(key: str, **values: Any) -> str:
    """A sentence of the command line in the interface language."""
    return sentence(key, values, language())
