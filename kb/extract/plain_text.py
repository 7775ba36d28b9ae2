"""Plain text to pages of lines: which encoding, and where does a form feed begin a page?"""

from __future__ import annotations

import re
from pathlib import Path

from kb.extract.characters import visible
from kb.extract.limits import Limits
from kb.records import Extraction, Line, Page, Problem

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be")
# Dutch text is Western: ë never becomes a Cyrillic letter. The first wins a tie.
_WESTERN = ("cp1252", "cp850", "mac_roman", "iso8859_15")
_ACCENTED = frozenset("éëïöüèêáàçóúíôîâûñäÉËÏÖÜÈ")
_EXPECTED = frozenset("éëïöüèêáàçóúíôîâûñäÉËÏÖÜÈ€‘’“”„–—…•·§°²³½¼«»©®´`±×ß")
_SAMPLE = 200_000  # bytes looked at
_MANY_ZEROS = 0.04  # share of zero bytes from which text is in UTF-16
_MOJIBAKE = re.compile(
    r"Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Â[ ©°²³µ·»«]"
)
_BREAKS = re.compile(r"\r\n?|\x0b|\x85|\u2028|\u2029")
_DECLARED = re.compile(
    rb"charset\s*=\s*[\"']?([\w-]+)|encoding\s*=\s*[\"']([\w-]+)",
    re.IGNORECASE,
)
_HEAD = 4096  # bytes in which a page names its encoding


def decode(data: bytes) -> tuple[str, str]:
    """The text of `data` and the encoding it was in.

    A byte order mark tells, else UTF-8 when it is valid, else the likeliest.

    >>> decode("cliënt".encode("cp850"))
    ('cliënt', 'cp850')
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace"), name
    if (wide := _wide_encoding(data)) is not None:
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_cut_short(data, error):
            return data[: error.start].decode("utf-8"), "utf-8"
    name = _likeliest(data[:_SAMPLE])
    return data.decode(name, "replace"), name


def decode_page(data: bytes) -> str:
    """The text of a web page: what it names as its encoding counts if it is not Unicode."""
    text, name = decode(data)
    declared = declared_encoding(data)
    if name in _UNICODE or declared is None:
        return text
    try:
        return data.decode(declared, "replace")
    except LookupError:
        return text


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its first lines."""
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return None
    return (match.group(1) or match.group(2)).decode("ascii", "replace")


def _is_cut_short(data: bytes, error: UnicodeDecodeError) -> bool:
    """A file cut in the middle of its last character is still UTF-8."""
    at_end = error.start >= len(data) - 3 and error.start > 0
    return at_end and error.reason == "unexpected end of data"


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    head = data[:_HEAD]
    if head.count(0) <= _MANY_ZEROS * len(head):
        return None
    little = head[1::2].count(0) > head[0::2].count(0)
    return "utf-16-le" if little else "utf-16-be"


def _likeliest(data: bytes) -> str:
    """The Western encoding in which the bytes above ASCII make letters within words."""
    return max(
        _WESTERN, key=lambda name: _letters_made(data.decode(name, "replace"))
    )


def _letters_made(text: str) -> int:
    """Accented letters beside a letter, less signs that Dutch text does not have."""
    score = 0
    for at, sign in enumerate(text):
        if sign.isascii():
            continue
        beside = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
        if sign in _ACCENTED and any(c.isalpha() for c in beside):
            score += 1
        elif sign not in _EXPECTED:
            score -= 2
        elif all(c.isalpha() for c in beside) and sign not in "’‘´-":
            score -= 1
    return score


def mend_mojibake(text: str) -> str:
    """Text that was UTF-8 read as Windows-1252 (cliÃ«nt) put right, line by line."""
    if not _MOJIBAKE.search(text):
        return text
    from ftfy import fix_encoding

    return "\n".join(
        fix_encoding(line) if _MOJIBAKE.search(line) else line
        for line in text.split("\n")
    )


def clean(text: str) -> str:
    """One kind of line break, mojibake mended, nothing that cannot be seen.

    Form feeds stay, and soft hyphens at the end of a line.
    """
    return visible(mend_mojibake(_BREAKS.sub("\n", text)))


def _shorter(line: str, limit: int) -> list[str]:
    """A line of unreasonable length in pieces that end at a space where there is one."""
    pieces = []
    while len(line) > limit:
        cut = line.rfind(" ", 0, limit)
        cut = cut if cut > 0 else limit
        pieces.append(line[:cut])
        line = line[cut:].lstrip(" ")
    return [*pieces, line]


def pages_of(text: str, limits: Limits) -> tuple[Page, ...]:
    """A page for each form feed.

    Blank lines and white space at the start of a line are kept, for they say something.
    """
    sheets = text.split("\f")
    while len(sheets) > 1 and not sheets[-1].strip():
        sheets.pop()
    return tuple(
        Page(number=number, lines=tuple(_lines(sheet, limits)))
        for number, sheet in enumerate(sheets, 1)
    )


def _lines(sheet: str, limits: Limits) -> list[Line]:
    return [
        Line(text=piece.rstrip())
        for line in sheet.split("\n")
        for piece in _shorter(line, limits.max_line)
    ]


def read_text(path: Path, limits: Limits) -> Extraction:
    """Pages of lines, and what had to be guessed or cut as problems.

    Raises:
        OSError: the file cannot be read.
    """
    raw, encoding = decode(path.read_bytes())
    text = clean(raw)
    problems = []
    if encoding not in _UNICODE:
        values: dict[str, object] = {"encoding": encoding}
        problems.append(
            Problem(
                path.name,
                "text_encoding_guessed",
                values=values,
                severity="note",
            )
        )
    if len(text) > limits.max_characters:
        values = {"characters": limits.max_characters}
        problems.append(Problem(path.name, "text_cut", values=values))
        text = text[: limits.max_characters]
    if max(map(len, text.split("\n"))) > limits.max_line:
        values = {"characters": limits.max_line}
        problems.append(
            Problem(
                path.name, "text_long_line", values=values, severity="note"
            )
        )
    pages = pages_of(text, limits)
    if len(pages) > limits.max_pages:
        values = {"pages": len(pages), "limit": limits.max_pages}
        problems.append(
            Problem(
                path.name, "too_many_pages", values=values, severity="error"
            )
        )
        return Extraction(problems=tuple(problems), reader="text")
    return Extraction(pages=pages, problems=tuple(problems), reader="text")
