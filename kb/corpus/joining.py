"""Which record belongs to which files, and which records are parts of which?"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from kb.bibliography import Entry
from kb.bibliography.bibtex_to_csl import bib_to_csl
from kb.bibliography.latex import to_text, unescape
from kb.dutch.fold import letters
from kb.records import Csl, Problem

RECORDS = "sources.bib"
_MANY = 20  # records without a file that are still named one by one
# What may stand in another record: a chapter, an article of a magazine.
_PARTS = (
    *("incollection", "inbook", "bookinbook", "suppbook", "suppcollection"),
    *("article", "suppperiodical", "inproceedings", "inreference"),
)


@dataclass(frozen=True, slots=True)
class Joined:
    """Records by the name of each of their files; parts by the key of their volume."""

    of_file: dict[str, Entry]
    files: dict[str, list[str]]
    parts: dict[str, tuple[Csl, ...]]
    problems: tuple[Problem, ...] = ()

    def files_of(self, name: str) -> list[str]:
        """All files of the record of this one, in its order; itself without a record."""
        entry = self.of_file.get(name)
        return self.files[entry.key] if entry else [name]


def join(entries: Sequence[Entry], names: Sequence[str]) -> Joined:
    """Records and files together.

    Args:
        entries: in the order of their file, with what they inherit.
        names: of the files, below sources/.
    """
    known = Files(names)
    of_file: dict[str, Entry] = {}
    for entry in entries:
        for name in known.of(entry):
            of_file.setdefault(name, entry)
    files: dict[str, list[str]] = {entry.key: [] for entry in entries}
    for name, entry in of_file.items():
        files[entry.key].append(name)
    lone = [entry for entry in entries if not known.of(entry)]
    parts = _parts(lone, [entry for entry in entries if files[entry.key]])
    problems = _problems(entries, known, of_file, parts)
    return Joined(of_file, files, parts, tuple(_gathered(problems)))


def _problems(
    entries: Sequence[Entry],
    known: Files,
    of_file: Mapping[str, Entry],
    parts: Mapping[str, tuple[Csl, ...]],
) -> list[Problem]:
    """Records without a file, and files that an earlier record has, in their order."""
    in_volume = {str(csl["id"]) for found in parts.values() for csl in found}
    problems: list[Problem] = []
    for entry in entries:
        names = known.of(entry)
        for name in names:
            if of_file[name] is not entry:
                problems.append(_claimed_twice(entry, name, of_file[name]))
        if not names and entry.key not in in_volume:
            problems.append(_no_file(entry))
    return problems


def _parts(
    lone: Sequence[Entry], volumes: Sequence[Entry]
) -> dict[str, tuple[Csl, ...]]:
    """CSL of the records without a file that are parts of one with a file, by its key."""
    keys = {entry.key for entry in volumes}
    titles = {letters(to_text(e.fields.get("title", ""))): e for e in volumes}
    found: dict[str, list[Csl]] = defaultdict(list)
    for entry in lone:
        if entry.type not in _PARTS or entry.fields.get("file"):
            continue
        said = entry.fields.get("booktitle") or entry.fields.get(
            "journaltitle"
        )
        titled = titles.get(letters(to_text(said or "")))
        if entry.parent in keys:
            found[entry.parent].append(bib_to_csl(entry))
        elif said and titled and entry.parent == "":
            found[titled.key].append(bib_to_csl(entry))
    return {key: tuple(records) for key, records in found.items()}


def _claimed_twice(entry: Entry, name: str, first: Entry) -> Problem:
    values = {"key": entry.key, "file": name, "first": first.key}
    return Problem(RECORDS, "file_claimed_twice", values=values)


def _no_file(entry: Entry) -> Problem:
    wanted = ", ".join(file_names(entry.fields.get("file", "")))
    code = "record_file_missing" if wanted else "record_without_file"
    values = {"key": entry.key, "file": wanted, "line": entry.line}
    return Problem(RECORDS, code, values=values)


def nfc(text: str) -> str:
    """Letters composed, as names of files are compared."""
    return unicodedata.normalize("NFC", text)


def file_names(field_value: str) -> list[str]:
    """Paths in a `file` field.

    Plain, or as JabRef, Zotero and Mendeley write it (description:path:type, by
    semicolons).
    """
    names = []
    for item in re.split(r"(?<!\\);", unescape_colons(field_value)):
        parts = re.split(r"(?<!\\)(?<!^[A-Za-z]):(?![\\/]{2})", item.strip())
        path = (
            parts[1]
            if len(parts) >= 3
            else parts[0]
            if len(parts) == 1
            else max(parts, key=len)
        )
        path = (
            re.sub(r"\\([:;_&%#$ ])", r"\1", path)
            .replace("\\\\", "/")
            .replace("\\", "/")
        )
        if path.strip():
            names.append(nfc(path.strip()))
    return names


def unescape_colons(value: str) -> str:
    """A `file` field without LaTeX braces; escaped signs stay escaped."""
    return (
        value.replace("{", "").replace("}", "").replace("$\\backslash$", "\\")
    )


class Files:
    """Finds the file a record means, by path below sources/, by bare name, by citekey."""

    def __init__(self, names: Sequence[str]) -> None:
        self.by_path = {n.lower(): n for n in reversed(names)}
        self.by_name = {
            n.lower().rsplit("/", 1)[-1]: n for n in reversed(names)
        }
        self.by_stem = {
            n.lower().rsplit("/", 1)[-1].rsplit(".", 1)[0]: n
            for n in reversed(names)
        }

    def of(self, entry: Entry) -> list[str]:
        """The files of a record, in its order; else the one that bears its key."""
        given = file_names(entry.fields.get("file", ""))
        known = [name for one in given for name in self._called(one)]
        if known:
            return list(dict.fromkeys(known))
        by_key = self.by_stem.get(nfc(unescape(entry.key)).lower())
        return [by_key] if by_key else []

    def _called(self, given: str) -> list[str]:
        """The files that a name means; with commas between them it may be several."""
        if found := self._one(given):
            return [found]
        pieces = map(self._one, map(str.strip, given.split(",")))
        return [name for name in pieces if name]

    def _one(self, given: str) -> str | None:
        path = given.lower().removeprefix("./").removeprefix("sources/")
        bare = path.rsplit("/", 1)[-1]
        found = self.by_path.get(path) or self.by_name.get(bare)
        return found or self.by_name.get(unquote(bare))


def _gathered(problems: list[Problem]) -> list[Problem]:
    """Many records without a file (a whole library exported) are one problem."""
    lone = [p for p in problems if p.code == "record_without_file"]
    if len(lone) <= _MANY:
        return problems
    keys = ", ".join(str(p.values["key"]) for p in lone[:5])
    return [
        *(p for p in problems if p.code != "record_without_file"),
        Problem(
            RECORDS,
            "records_without_file",
            values={"count": len(lone), "keys": keys},
        ),
    ]
