"""Plain text to pages of lines: which encoding is it, and where does a form feed begin a new page?"""

from __future__ import annotations

import re
from pathlib import Path

from kb.extract.limits import Limits
from kb.records import Extraction, Line, Page, Problem

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
         (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip
_MOJIBAKE = re.compile(r"Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Â[ ©°²³µ·»«]")
_BREAKS = re.compile(r"\r\n?|\x0b|\x85|\u2028|\u2029")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe]")
_DECLARED = re.compile(
    rb"charset\s*=\s*[\"']?([\w-]+)|encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE
)


def decode(data: bytes) -> tuple[str, str]:
    """The text of `data` and the encoding it was in: a byte order mark, UTF-8 if it is valid, else the likeliest."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace"), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # A file cut in the middle of its last character is still UTF-8.
        if (
            error.start >= len(data) - 3
            and error.reason == "unexpected end of data"
            and error.start
        ):
            return data[: error.start].decode("utf-8"), "utf-8"
    name = _guess(data)
    return data.decode(name, "replace"), name


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its first lines."""
    match = _DECLARED.search(data[:4096])
    return (
        (match.group(1) or match.group(2)).decode("ascii", "replace") if match else None
    )


def _guess(data: bytes) -> str:
    if data[:4096].count(0) > 200:
        return (
            "utf-16-le"
            if data[1:4096:2].count(0) > data[0:4096:2].count(0)
            else "utf-16-be"
        )
    from charset_normalizer import from_bytes

    sample = data if len(data) < 200_000 else data[:200_000]
    # Dutch text is Western: the guess is only taken from that family, so that ë never becomes a Cyrillic letter.
    best = from_bytes(
        sample,
        cp_isolation=["cp1252", "mac_roman", "cp850"],
        preemptive_behaviour=False,
    ).best()
    if best is None:
        return "cp1252"
    return str(best.encoding) if best.encoding != "latin_1" else "cp1252"


def mend_mojibake(text: str) -> str:
    """Text that was UTF-8 read as Windows-1252 (cliÃ«nt) put right; other text comes back as it was."""
    if not _MOJIBAKE.search(text):
        return text
    from ftfy import fix_encoding

    return "\n".join(
        fix_encoding(line) if _MOJIBAKE.search(line) else line
        for line in text.split("\n")
    )


def clean(text: str) -> str:
    """One kind of line break, no control characters, mojibake mended. Form feeds stay."""
    return _CONTROLS.sub("", mend_mojibake(_BREAKS.sub("\n", text)))


def _shorter(line: str, limit: int) -> list[str]:
    """A line of unreasonable length in pieces that end at a white space where there is one."""
    pieces = []
    while len(line) > limit:
        cut = line.rfind(" ", 0, limit)
        cut = cut if cut > 0 else limit
        pieces.append(line[:cut])
        line = line[cut:].lstrip(" ")
    return [*pieces, line]


def pages_of(text: str, limits: Limits) -> tuple[Page, ...]:
    """A page for each form feed; blank lines and white space at the start of a line are kept, for they say something."""
    pages = []
    sheets = text.split("\f")
    while len(sheets) > 1 and not sheets[-1].strip():
        sheets.pop()
    for number, sheet in enumerate(sheets, 1):
        lines = [
            piece.rstrip()
            for line in sheet.split("\n")
            for piece in _shorter(line, limits.max_line)
        ]
        pages.append(
            Page(number=number, lines=tuple(Line(text=line) for line in lines))
        )
    return tuple(pages)


def read_text(path: Path, limits: Limits) -> Extraction:
    """Pages of lines, and what had to be guessed or cut as problems. Raises OSError."""
    raw, encoding = decode(path.read_bytes())
    text = clean(raw)
    problems = []
    if encoding not in ("utf-8", "utf-8-sig", "utf-16"):
        problems.append(
            Problem(
                path.name,
                "text_encoding_guessed",
                values={"encoding": encoding},
                severity="note",
            )
        )
    if len(text) > limits.max_characters:
        problems.append(
            Problem(path.name, "text_cut", values={"characters": limits.max_characters})
        )
        text = text[: limits.max_characters]
    if max(map(len, text.split("\n"))) > limits.max_line:
        problems.append(
            Problem(
                path.name,
                "text_long_line",
                values={"characters": limits.max_line},
                severity="note",
            )
        )
    pages = pages_of(text, limits)
    if len(pages) > limits.max_pages:
        too_many = Problem(
            path.name,
            "too_many_pages",
            values={"pages": len(pages), "limit": limits.max_pages},
            severity="error",
        )
        return Extraction(problems=(*problems, too_many), reader="text")
    return Extraction(pages=pages, metadata={}, problems=tuple(problems), reader="text")
