"""Write a demo document as a scanner or an editor would leave it.

Plain text with page furniture, or Markdown.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pyphen

from scripts.demo.source import DISCLAIMER, RUNNING, Item, Source

_WIDTH, _LINES = 58, 46
_SLIPS = (
    ("cliënt", "cliént"),
    ("patiënt", "patiént"),
    ("initiatief", "initiatiéf"),
    ("wijkteam gaf", "wijk team gaf"),
)
_QUOTES = str.maketrans("‘’“”–", "''\"\"-")


def broken(text: str, width: int, dictionary: pyphen.Pyphen) -> Iterator[str]:
    """Lines of at most `width` characters.

    Words broken by `dictionary` with a hyphen at the end of the line.
    """
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if len(joined) <= width:
            line = joined
            continue
        split = (
            dictionary.wrap(word, width - len(line) - 1)
            if width - len(line) > 3
            else None
        )
        if split and split[0][:-1].isalpha():
            yield f"{line} {split[0]}"
            line = split[1]
        else:
            yield line
            line = word
    if line:
        yield line


def _lines(item: Item, dictionary: pyphen.Pyphen) -> list[str]:
    if item.kind == "heading":
        return ["", *textwrap.wrap(item.text, _WIDTH), ""]
    text = f"- {item.text}" if item.kind == "item" else item.text
    return [*broken(text.replace("*", ""), _WIDTH, dictionary), ""]


def _with_slips(text: str) -> str:
    for right, wrong in _SLIPS:
        text = text.replace(right, wrong, 1)
    return text


def write_text(source: Source, target: Path) -> None:
    """Write `source` as pages of plain Latin-1.

    Running header, page number, form feed, hyphens, a few slips of a scanner.
    """
    meta, dictionary = (
        source.meta,
        pyphen.Pyphen(lang="nl_NL", left=2, right=2),
    )
    by = [
        meta["title"],
        meta["subtitle"],
        "",
        ", ".join(meta["authors"]),
        f"{meta['institution']}, {meta['address']}",
        str(meta["date"]),
        "",
    ]
    body = [*textwrap.wrap(DISCLAIMER, _WIDTH), "", *by]
    for item in source.items:
        body += _lines(item, dictionary)
    pages = [
        body[start : start + _LINES] for start in range(0, len(body), _LINES)
    ]
    sheets = []
    for number, lines in enumerate(pages, 1):
        head = (
            [f"{meta['running']:<28}{meta['institution']:>30}", ""]
            if number > 1
            else []
        )
        sheets.append(
            "\n".join([*head, *lines, "", f"{RUNNING:<52}{number:>6}"])
        )
    text = _with_slips("\n\f".join(sheets)).translate(_QUOTES)
    target.write_bytes((text + "\n").encode("latin-1"))


def write_markdown(source: Source, target: Path) -> None:
    """Write `source` as Markdown with YAML front matter and the notice on top."""
    meta = source.meta
    authors = "".join(f"  - {name}\n" for name in meta["authors"])
    front = (
        f'---\ntitle: "{meta["title"]}"\nauthor:\n{authors}date: {meta["date"]}\nlang: '
        f"nl\nsubject: {RUNNING}\n---\n\n"
    )
    title = f"# {meta['title']}\n\n*{meta['subtitle']}*\n\n> {DISCLAIMER}\n\n"
    body = re.sub(r"^(#+) ", r"\1# ", source.markdown, flags=re.M)
    target.write_text(f"{front}{title}{body}", encoding="utf-8", newline="\n")
