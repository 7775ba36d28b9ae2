"""Numbers in brackets are entries of a numbered list, or they cite nothing."""

from __future__ import annotations

from kb.citations import Resolved, citations_of, references_of, resolve
from kb.records import Block, Passage

ENTRIES = (
    "Vos, K. de (2014). Werken in de wijk. Utrecht: Movisie.",
    "Hoijtman, M. (2015). Pijn meten. Amsterdam: SWP.",
    "Kramer, T. (2011). Sturen. Delft: Eburon.",
)


def read(text: str, entries: tuple[str, ...]) -> Resolved:
    blocks = [
        Block("paragraph", text),
        Block("heading", "Literatuur", level=1),
    ]
    blocks += [Block("reference", entry) for entry in entries]
    passages = [Passage("p0", "d", text, 0)] + [
        Passage(f"p{n}", "d", entry, n, kind="reference", block="reference")
        for n, entry in enumerate(entries, 1)
    ]
    found = [c for p in passages for c in citations_of(p)]
    return resolve((), passages, references_of("d", blocks), found)


def cited(resolved: Resolved) -> list[str]:
    title = {r.id: str(r.csl["title"]) for r in resolved.references}
    return [title[str(c.reference)] for c in resolved.citations]


def test_a_number_is_the_entry_that_prints_it() -> None:
    numbered = tuple(f"[{n}] {entry}" for n, entry in enumerate(ENTRIES, 1))
    found = read("Dat bleek eerder [2], en nog eens [1, 3].", numbered)
    assert cited(found) == ["Pijn meten", "Werken in de wijk", "Sturen"]


def test_where_the_numbers_were_lost_entries_count_in_their_order() -> None:
    assert cited(read("Dat bleek eerder [2], en nog eens [3].", ENTRIES)) == [
        "Pijn meten",
        "Sturen",
    ]


def test_a_number_in_brackets_without_a_numbered_list_cites_nothing() -> None:
    found = read(
        "Zie De Vos (2014) en (Kramer, 2011), met de helft [2] en [3].",
        ENTRIES,
    )
    assert all(c.number is None for c in found.citations)


def test_a_number_beyond_the_list_cites_nothing() -> None:
    numbered = tuple(f"[{n}] {entry}" for n, entry in enumerate(ENTRIES, 1))
    assert read("Dat bleek eerder [12].", numbered).citations == ()
