"""What does this LaTeX say? Plain Unicode text of a .bib field; no markup is kept."""

from __future__ import annotations

import re
import unicodedata

_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", '"': "\u0308",
    "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
_SIGNS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
    "i": "i", "j": "j", "ij": "ij", "IJ": "IJ", "th": "þ", "TH": "Þ", "dh": "ð", "DH": "Ð", "S": "§", "P": "¶",
    "euro": "€", "texteuro": "€",
    "pounds": "£", "copyright": "©", "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'",
    "textunderscore": "_", "textbar": "|", "textless": "<", "textgreater": ">",
    "slash": "/", "quotedblbase": "„", "glqq": "„", "grqq": "“", "guillemotleft": "«", "guillemotright": "»", "textdegree": "°",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "newline": " ", "quad": " ", "enspace": " ", "space": " ",
}  # fmt: skip

_ACCENT = re.compile(
    r"\\(?:([`'^~=.\"])\s*|([uvHcdbkr])(?![A-Za-z])\s*)(?:\{\s*(\\[ij](?![A-Za-z])|[^\W\d_]?)\s*\}|(\\[ij](?![A-Za-z])[ ]?|[^\W\d_]))"
)
_SIGN = re.compile(r"\\([A-Za-z]+)(?:\s*\{\}|[ \t]+(?![^{}]*\\begin)|(?![A-Za-z]))")
_ESCAPED = re.compile(r"\\([&%$#_{}~^ \-])(?:\{\})?")
_LEFT_BRACE, _RIGHT_BRACE, _BACKSLASH, _TILDE = (
    "\ue000",
    "\ue001",
    "\ue002",
    "\ue003",
)  # stand for signs until the braces are gone
_LATE = {
    "textbraceleft": _LEFT_BRACE,
    "textbraceright": _RIGHT_BRACE,
    "textbackslash": _BACKSLASH,
    "textasciitilde": _TILDE,
}


def _accented(match: re.Match[str]) -> str:
    mark = _COMBINING[match[1] or match[2]]
    letter = (match[3] if match[3] is not None else match[4]).strip("\\ ")
    return unicodedata.normalize("NFC", letter + mark) if letter else ""


def _sign(match: re.Match[str]) -> str:
    return _LATE.get(match[1]) or _SIGNS.get(
        match[1], ""
    )  # an unknown command goes, its argument stays


def _escaped(match: re.Match[str]) -> str:
    return {"{": _LEFT_BRACE, "}": _RIGHT_BRACE, "~": _TILDE, "-": "", " ": " "}.get(
        match[1], match[1]
    )


def unescape(text: str) -> str:
    """A field that is no running text (URL, DOI, ISBN): only escapes and braces are undone."""
    if "\\" in text:
        text = _ESCAPED.sub(lambda m: m[1], re.sub(r"\\url\s*", "", text)).replace(
            "\\textasciitilde", "~"
        )
    return text.replace("{", "").replace("}", "").strip()


def to_text(latex: str) -> str:
    """Unicode text of a field: accents and signs made letters, dashes and quotes typographic, braces and markup gone."""
    text = latex
    if "\\" in text:
        text = _ACCENT.sub(_accented, text)
        text = _ESCAPED.sub(_escaped, text.replace("\\\\", " "))
        text = _SIGN.sub(_sign, text)
        text = text.replace("\\", "")
    if "$" in text and text.count("$") % 2 == 0 and "\\$" not in latex:
        text = text.replace("$", "")
    text = text.replace("~", "\u00a0")
    text = (
        text.replace("---", "—")
        .replace("--", "–")
        .replace("``", "“")
        .replace("''", "”")
    )
    text = text.replace("{", "").replace("}", "")
    for stand_in, sign in (
        (_LEFT_BRACE, "{"),
        (_RIGHT_BRACE, "}"),
        (_BACKSLASH, "\\"),
        (_TILDE, "~"),
    ):
        text = text.replace(stand_in, sign)
    return re.sub(r"[ \t\r\n]+", " ", unicodedata.normalize("NFC", text)).strip()
