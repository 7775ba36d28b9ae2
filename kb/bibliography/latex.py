"""What does this LaTeX say? Plain Unicode text of a .bib field; no markup is kept."""

from __future__ import annotations

import re
import unicodedata

from kb.datafiles import table

_TABLES = table("kb.bibliography", "latex.toml")
_ACCENTS: dict[str, str] = _TABLES["accents"]
_SIGNS: dict[str, str] = _TABLES["signs"]

_ACCENT = re.compile(
    r"""\\(?:
        ([`'^~=."])\s*                      # \\"o, \\'{e}
        | ([uvHcdbkr])(?![A-Za-z])\s*       # \\c{c}, \\v s
    )(?:
        \{\s*(\\[ij](?![A-Za-z])|[^\W\d_]?)\s*\}    # a letter in braces, or a dotless i
        | (\\[ij](?![A-Za-z])[ ]?|[^\W\d_])
    )""",
    re.VERBOSE,
)
_COMMAND = re.compile(
    r"\\([A-Za-z]+)(?:\s*\{\}|[ \t]+(?![^{}]*\\begin)|(?![A-Za-z]))"
)
_ESCAPED = re.compile(r"\\([&%$#_{}~^ \-,;:!/@])(?:\{\})?")

# Stand for signs that are written out, until braces and backslashes are gone.
_STAND_INS = {"{": "\ue000", "}": "\ue001", "\\": "\ue002", "~": "\ue003"}
_WRITTEN_OUT = {
    "textbraceleft": _STAND_INS["{"],
    "textbraceright": _STAND_INS["}"],
    "textbackslash": _STAND_INS["\\"],
    "textasciitilde": _STAND_INS["~"],
}
# Escaped signs that are not themselves: spaces, and hints for the typesetter.
_ESCAPES = {
    **{sign: _STAND_INS[sign] for sign in "{}~"},
    **dict.fromkeys(",;: ", " "),
    **dict.fromkeys("-!/@", ""),
}
_TYPOGRAPHY = (
    ("---", "—"),
    ("--", "–"),
    ("``", "“"),
    ("''", "”"),
    ("~", "\u00a0"),
)


# "H$_2$O", "$CO_{2}$", "m$^2$": digits below or above the line, within a formula.
_FORMULA = re.compile(r"\$[^$]{1,60}\$")
_SCRIPT = re.compile(r"([_^])(?:\{(\d+)\}|(\d))")
_SCRIPTS = {
    "_": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
    "^": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
}


def _with_scripts(formula: re.Match[str]) -> str:
    """A formula with the signs that Unicode has for such digits."""
    return _SCRIPT.sub(
        lambda digit: (digit[2] or digit[3]).translate(_SCRIPTS[digit[1]]),
        formula.group(),
    )


def _accented(match: re.Match[str]) -> str:
    accent = _ACCENTS[match[1] or match[2]]
    letter = (match[3] if match[3] is not None else match[4]).strip("\\ ")
    return unicodedata.normalize("NFC", letter + accent) if letter else ""


def _greek(command: str) -> str:
    """The letter that a command of mathematics names: "alpha", "Delta", "varphi"; or ""."""
    case = "CAPITAL" if command[:1].isupper() else "SMALL"
    name = command.removeprefix("var").upper().replace("LAMBDA", "LAMDA")
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {name}")
    except KeyError:
        return ""


def _sign(match: re.Match[str]) -> str:
    """An unknown command goes, its argument stays."""
    command = match[1]
    known = _WRITTEN_OUT.get(command) or _SIGNS.get(command)
    return known if known is not None else _greek(command)


def _without_commands(text: str) -> str:
    text = _ACCENT.sub(_accented, text).replace("\\\\", " ")
    text = _ESCAPED.sub(lambda match: _ESCAPES.get(match[1], match[1]), text)
    return _COMMAND.sub(_sign, text).replace("\\", "")


def unescape(text: str) -> str:
    """A field that is no running text (URL, DOI, ISBN): only escapes and braces are undone."""
    if "\\" in text:
        text = _ESCAPED.sub(
            lambda match: match[1], re.sub(r"\\url\s*", "", text)
        )
        text = text.replace("\\textasciitilde", "~")
    return text.replace("{", "").replace("}", "").strip()


def to_text(latex: str) -> str:
    """Unicode text of a field: accents and signs made letters, braces and markup gone.

    Dashes, quotation marks and hard spaces become typographic ones.

    >>> to_text(r"{\\'E}\\'en {WMO} \\& co\\"ordinatie -- 10\\,000")
    'Één WMO & coördinatie – 10 000'
    >>> to_text("CO$_2$ en m$^{2}$")
    'CO₂ en m²'
    """
    text = _FORMULA.sub(_with_scripts, latex) if "$" in latex else latex
    text = _without_commands(text) if "\\" in text else text
    # A pair of dollars holds a formula; an odd or escaped one is money.
    if text.count("$") % 2 == 0 and "\\$" not in latex:
        text = text.replace("$", "")
    for written, sign in _TYPOGRAPHY:
        text = text.replace(written, sign)
    text = text.replace("{", "").replace("}", "")
    for sign, stand_in in _STAND_INS.items():
        text = text.replace(stand_in, sign)
    return re.sub(
        r"[ \t\r\n]+", " ", unicodedata.normalize("NFC", text)
    ).strip()
