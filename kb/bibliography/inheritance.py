"""What does this record leave to another? `crossref` and `xdata` carried out, as biblatex does.

Which field of the parent becomes which of the child stands in bibtex.json ("inherited").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kb.bibliography.bibtex_entry import Entry
from kb.bibliography.tables import bibtex_tables
from kb.records import Problem

# Records that hold fields for others, or only name others: no works by themselves.
CONTAINERS = frozenset({"xdata", "set", "bibnote", "control"})


def _parent_of(key: str, entries: Mapping[str, Entry]) -> Entry | None:
    return entries.get(key.strip()) or entries.get(key.strip().lower())


def _renamed(child: str, parent: str) -> dict[str, str]:
    """Names that fields of a parent of type `parent` take in a child of type `child`."""
    for rule in bibtex_tables()["inherited"]:
        if child in rule["children"] and parent in rule["parents"]:
            names: dict[str, str] = rule["fields"]
            return names
    return {}


def _handed_down(child: Entry, parent: Entry) -> dict[str, str]:
    """The fields that `child` gets from `parent` where it has none of its own."""
    tables = bibtex_tables()
    renamed = _renamed(child.type, parent.type)
    kept_back = set(tables["never_inherited"])
    if renamed:
        kept_back |= set(tables["never_inherited_by_parts"])
    dates = set(tables["date_fields"])
    if dates & child.fields.keys():
        kept_back |= dates
    found = {}
    for name, value in parent.fields.items():
        if name in renamed:
            found.update(dict.fromkeys(renamed[name].split(), value))
        elif name not in kept_back:
            found[name] = value
    # A record that only points to another is that other one under a second key.
    if "title" not in child.fields and parent.fields.get("title"):
        found["title"] = parent.fields["title"]
    return found


class _Inheritance:
    """Carries out what records leave to others, each once."""

    def __init__(self, entries: Sequence[Entry], name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._by_key = {
            entry.key.lower(): entry for entry in reversed(entries)
        }
        self._by_key |= {entry.key: entry for entry in reversed(entries)}
        self._done: dict[str, Entry] = {}
        self._open: set[str] = set()

    def complete(self, entry: Entry) -> Entry:
        """`entry` with what it inherits; a record that leads back to itself gets nothing."""
        if entry.key in self._done:
            return self._done[entry.key]
        if entry.key in self._open:
            return entry
        self._open.add(entry.key)
        fields = dict(entry.fields)
        for key in fields.get("xdata", "").split(","):
            if holder := self._found(entry, key):
                fields = {**holder.fields, **fields}
                fields.pop("xdata", None)
        crossref = fields.get("crossref", "").strip()
        parent = self._found(entry, crossref)
        if parent:
            fields = {
                **_handed_down(replace(entry, fields=fields), parent),
                **fields,
            }
            del fields["crossref"]
        made = replace(
            entry, fields=fields, parent=parent.key if parent else ""
        )
        self._done[entry.key] = made
        return made

    def _found(self, entry: Entry, key: str) -> Entry | None:
        """The record called `key`, itself complete; a problem when there is none."""
        if not key.strip():
            return None
        parent = _parent_of(key, self._by_key)
        if parent is None:
            values = {
                "key": entry.key,
                "line": entry.line,
                "parent": key.strip(),
            }
            self.problems.append(
                Problem(self.name, "bib_no_parent", values=values)
            )
            return None
        return self.complete(parent)


def with_inherited(
    entries: Sequence[Entry], name: str
) -> tuple[list[Entry], list[Problem]]:
    """The works among `entries`, each with what it inherits and with its parent's key.

    Args:
        entries: all records of a file, in any order.
        name: the document that problems are reported under.
    """
    inheritance = _Inheritance(entries, name)
    works = [entry for entry in entries if entry.type not in CONTAINERS]
    return [
        inheritance.complete(entry) for entry in works
    ], inheritance.problems
