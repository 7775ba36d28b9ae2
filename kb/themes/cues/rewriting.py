"""Move cues to another strength in the text of a framework file, and leave the rest as it is.

Comments, order and quotes of the author stay: the places of nodes in the YAML say what to
cut and where to put it. Each step is read back; one that does not say what it should
(anchors, unusual layouts) is left out and told.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
import yaml

from kb.errors import FrameworkError
from kb.themes.cues.proposing import CueChange
from kb.themes.framework_files import LOADER, parse
from kb.themes.frameworks import Cues, Framework

_PLAIN = re.compile(r"[\w*<][\w*<>|\- ]*")  # needs no quotes in a list
Edit = tuple[int, int, str]  # from, to, what comes there


def rewritten(
    text: str, path: str, changes: Sequence[CueChange]
) -> tuple[str, list[CueChange]]:
    """(the text after the changes, those that could not be made in it).

    Args:
        text: of a framework file without faults.
        path: its name, for errors.
        changes: of cues in it.
    """
    framework, left = parse(text, path).framework, []
    for change in changes:
        wanted = _expected(framework, change)
        made = _edited(text, change)
        if made is None or wanted is None or not _reads_as(made, wanted):
            left.append(change)
        else:
            text, framework = made, wanted
    return text, left


def difference(before: str, after: str, path: str) -> str:
    """What changed as a diff that `patch -p1` reads; "" where nothing did."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        f"a/{path}",
        f"b/{path}",
        n=1,
    )
    return "".join(
        line
        if line.endswith("\n")
        else f"{line}\n\\ No newline at end of file\n"
        for line in lines
    )


def _edited(text: str, change: CueChange) -> str | None:
    """The text with one cue moved; None where its place cannot be told."""
    try:
        source = _Source(text, change)
        edits = list(source.taken_out())
        if change.to and change.cue not in source.listed(change.to):
            edits.append(source.put_in())
    except LookupError:
        return None
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _reads_as(text: str, wanted: Framework) -> bool:
    try:
        return parse(text, "").framework == wanted
    except FrameworkError:
        return False


def _expected(framework: Framework, change: CueChange) -> Framework | None:
    """The framework as it should read; None where the cue is not in it."""
    themes = list(framework.themes)
    for at, theme in enumerate(themes):
        listed = getattr(theme.cues, change.strength)
        if theme.code == change.theme and change.cue in listed:
            cues = _moved(theme.cues, change)
            themes[at] = msgspec.structs.replace(theme, cues=cues)
            return msgspec.structs.replace(framework, themes=tuple(themes))
    return None


def _moved(cues: Cues, change: CueChange) -> Cues:
    old = getattr(cues, change.strength)
    at = old.index(change.cue)
    lists = {change.strength: (*old[:at], *old[at + 1 :])}
    if change.to:
        known = getattr(cues, change.to)
        more = () if change.cue in known else (change.cue,)
        lists[change.to] = (*known, *more)
    return msgspec.structs.replace(cues, **lists)


@dataclass(frozen=True)
class _Source:
    """The text of a file, and where in it the cues of a theme stand."""

    text: str
    change: CueChange

    def listed(self, strength: str) -> list[str]:
        found = self._list(strength)
        return [item.value for item in found.value] if found else []

    def taken_out(self) -> Iterator[Edit]:
        """The cut that takes the cue out of its list. Raises LookupError."""
        found = self._list(self.change.strength)
        if found is None:
            raise LookupError(self.change.strength)
        items = found.value
        at = [item.value for item in items].index(self.change.cue)
        item = items[at]
        if len(items) == 1:
            yield self._emptied(found)
        elif not found.flow_style:
            yield self._line(item.start_mark), self._next(item.end_mark), ""
        elif at + 1 < len(items):
            yield (
                self._at(item.start_mark),
                self._at(items[at + 1].start_mark),
                "",
            )
        else:
            yield self._at(items[at - 1].end_mark), self._at(item.end_mark), ""

    def put_in(self) -> Edit:
        """Where the cue comes, behind the others of its new strength. Raises LookupError."""
        new = self._written()
        found = self._list(self.change.to)
        if found is None:
            return self._new_list(new)
        if not found.value:
            return (
                self._at(found.start_mark),
                self._at(found.end_mark),
                f"[{new}]",
            )
        last = found.value[-1]
        if found.flow_style:
            place = self._at(last.end_mark)
            return place, place, f", {new}"
        begin = self._line(last.start_mark)
        lead = self.text[begin : self._at(last.start_mark)]
        place = self._next(last.end_mark)
        return place, place, f"{lead}{new}\n"

    def _emptied(self, found: Any) -> Edit:
        key = next(k for k, v in self._cues.value if v is found)
        last = self._at(found.value[-1].end_mark)
        end = self._at(found.end_mark) if found.flow_style else last
        return self._at(key.end_mark), end, ": []"

    def _new_list(self, new: str) -> Edit:
        cues = self._cues
        key, value = cues.value[-1]
        if cues.flow_style:
            place = self._at(value.end_mark)
            return place, place, f", {self.change.to}: [{new}]"
        last = value.value[-1] if value.value else value
        place = self._next(last.end_mark)
        lead = " " * key.start_mark.column
        return place, place, f"{lead}{self.change.to}: [{new}]\n"

    def _written(self) -> str:
        """The cue as its author wrote it, or in quotes."""
        cue = self.change.cue
        plain = _PLAIN.fullmatch(cue) and yaml.safe_load(cue) == cue
        return cue if plain else json.dumps(cue, ensure_ascii=False)

    @cached_property
    def _cues(self) -> Any:
        top = yaml.compose(self.text, Loader=LOADER)
        for theme in _below(top, "themes").value:
            if _below(theme, "code").value == self.change.theme:
                return _below(theme, "cues")
        raise LookupError(self.change.theme)

    def _list(self, strength: str) -> Any:
        try:
            return _below(self._cues, strength)
        except LookupError:
            return None

    def _at(self, mark: yaml.Mark) -> int:
        return int(mark.index)

    def _line(self, mark: yaml.Mark) -> int:
        return int(mark.index) - int(mark.column)

    def _next(self, mark: yaml.Mark) -> int:
        """Where the line after this one begins."""
        end = self.text.find("\n", int(mark.index))
        return len(self.text) if end < 0 else end + 1


def _below(node: Any, key: str) -> Any:
    """What a mapping has under a key. Raises LookupError."""
    for name, value in node.value:
        if name.value == key:
            return value
    raise LookupError(key)
