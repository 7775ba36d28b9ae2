"""What later stages need, loaded while the builder waits for the first documents."""

from __future__ import annotations

from threading import Thread


def load_ahead() -> None:
    """Load it in a thread: the builder waits for processes anyhow."""
    Thread(target=_load, name="load ahead", daemon=True).start()


def _load() -> None:
    import kb.citations
    import kb.passages.duplicates
    import kb.search.index.building  # noqa: F401
    from kb.dutch.compounds import word_list_parts

    word_list_parts()
