"""What is this line or paragraph of plain text, by its words alone?

Heading, list item, caption, footnote, quotation, table, what OCR leaves of a figure. What
stands around it is for `classification` and `headings`.
"""

from __future__ import annotations

import re

from kb.datafiles import words as data_words
from kb.dutch.wordlist import is_compound, is_word
from kb.extract.bullets import TYPED

MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
# Also what OCR makes of a round bullet: e, o, ¢, °, «, ».
BULLET = re.compile(
    rf"(?:[-–—{TYPED}□·*>»«✓➢§]|[eo°¢®](?=\s\S)|©(?=\s[^\d\s]))\s+(?=\S)|"
    rf"[{TYPED}✓➢](?=\S)"
)
ITEM_NUMBER = re.compile(
    r"\(?(?:\d{1,2}[.)](?!\d)\s*|[a-z][.)]\s+|[A-Z]\)\s+|[ivx]{1,4}[.)]\s+)\**\s*(?=\S)"
)
DOTTED = re.compile(
    r"\d{1,2}(?:\.\d{1,2}){1,4}(?:\.[a-z])?\.?\s+[‘“\"(]?[A-ZÀ-Þ]"
)
_STATEMENT = re.compile(
    r"^(?:Ik|Wij|We)\s|\s(?:wordt|worden|heeft|hebben|is|zijn|was|waren|geeft|geven|"
    r"gaat|gaan|kan|kunnen|moet|moeten|wil|willen|blijkt)\s"
)
BARE_NUMBER = re.compile(r"(\d{1,2})\s{1,3}(?=[A-ZÀ-Þ‘“\"'])")
SECTION = re.compile(
    r"(\d{1,2}(?:\.\s?\d{1,2}){0,4}(?:\.[a-z])?)\.?\s+(?=[\w‘“\"'(])"
)
CHAPTER = re.compile(
    r"(?:hoofdstuk|paragraaf|deel|bijlage|appendix|annex)\s+(?:\d{1,2}|[IVXl|]{1,4}|"
    r"[A-Z])(?=[\s.:]|$)[.:]?",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(
    r"(\d{1,3}|[*?!®#†‡°©>]|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})\)?\s*(?=[A-ZÀ-Þa-z‘“\"'(])"
)
SIGNED_NOTE = re.compile(r"[*?!®#†‡°©]\s?[A-ZÀ-Þ‘“]")
_DATE = re.compile(
    r"\d{1,2}\s+(?:jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)",
    re.IGNORECASE,
)
SUPERSCRIPT = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}\s*(?=\S)")
LEADERS = re.compile(r"[.…·_]{4,}|(?:\s[.…]){3,}")
TOC_LINE = re.compile(
    r"(?P<title>.*?[^\W\d].*?)(?:[\s.…·_\t]+)(?P<page>\d{1,3}|[ivxl]{1,5})$"
)
_QUOTES = {
    "“": "”",
    "„": "”“",
    "‘": "’",
    '"': '"',
    "'": "'",
    "«": "»",
    "*": "*",
}
_ASIDE = re.compile(r"\s*\([^()]{0,120}\)[.*]*$|\s*[-–—]\s*[A-Z][^.]{0,80}$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMERIC = re.compile(
    r"[-–+]?[<>]?\d+(?:[.,]\d+)*\s?%?|[-–—]|\d+[-–]\d+|[)*]+"
)
_REFERENCE_YEAR = re.compile(
    r"\(\s*(?:1[89]|20)\d\d[a-z]?\b[^)]{0,40}\)|\((?:z\.j\.|s\.a\.|in druk|n\.d\.|"
    r"te verschijnen)[^)]*\)"
)
_REFERENCE_AUTHOR = re.compile(
    r"(?:(?:van|de|der|den|ten|ter|Van|De|Den|Ter|Ten|’t|"
    r"'t)\s+){0,3}[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){0,2},\s*(?:[A-ZÀ-Þ][a-z]?\.[\s-]?){1,4}"
)
# A row of a table drawn with bars, as in Markdown, and a rule between its rows.
_BARRED = re.compile(r"\|(?=.*[^\s|+:=-]).*\|$")
_BAR_RULE = re.compile(r"[|+][\s|+:=-]*$")
_TITLE_WORDS, _TITLE_LENGTH = 11, 90  # words and characters of a title at most
_TITLE_WORDS_KNOWN = 0.6  # share of its words that the word list knows
_TITLE_START = re.compile(r"[‘“'\"(*]*[A-ZÀ-Þ\d]")
_NO_TITLE_END = (".", ";", ",", ":", "”")
_YEAR_AT_END = re.compile(r"\b(?:19|20)\d\d$")
_OPENING_WORDS = frozenset(("de", "het", "een", "wat", "hoe"))
_PARTICLES = frozenset(("de", "van", "der", "den", "en", "te", "ter"))
_WEB = re.compile(r"https?://|www\.|@\w")


def words(name: str) -> frozenset[str]:
    """A list of words.toml."""
    return data_words("kb.structure.plain", "words.toml", name)


def bare(text: str) -> str:
    """Lower case, without markdown marks, numbers in front and punctuation behind."""
    return re.sub(r"^[\d.\s#*]+|[\s:.*]+$", "", text.casefold())


def word_count(text: str) -> int:
    return len(text.split())


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, closing quotes.

    Brackets and footnote marks aside.
    """
    return (
        re.search(
            r"[.!?…][\"”’»)\]'“*]*(?:\s?[¹²³⁴⁵⁶⁷⁸⁹⁰\d*?®#]{1,2})?$", text
        )
        is not None
    )


def is_caption(text: str) -> bool:
    first = re.match(
        r"\**([A-Za-z]+\.?)\s*\d{1,3}(?:\.\s?\d{1,2})?[a-z]?\s*[.,:]?\s*\**(\S+)?",
        text,
    )
    if first is None or first.group(1).lower() not in words("captions"):
        return False
    following = (first.group(2) or "").strip("*").lower()
    return following not in words("caption_verbs") and word_count(text) <= 60


def section_number(text: str) -> str | None:
    """The number of a numbered heading: "2.3.8", "4.5.2.a", "3"."""
    match = SECTION.match(text)
    return match.group(1).replace(" ", "") if match else None


def names_part(text: str) -> bool:
    """Whether a short text is the usual name of a part of a report, or "Hoofdstuk 3 …".

    "Bijlage II …".
    """
    return (
        bare(text) in words("headings")
        or bare(text) in words("references")
        or (CHAPTER.match(text) is not None and word_count(text) <= 16)
    )


def could_be_title(text: str) -> bool:
    """Whether a short line on its own reads as a heading.

    It begins with a capital, does not end as a sentence, states nothing, and is no list
    of names and no address.

    >>> could_be_title("Wat bewoners merken"), could_be_title("Jan de Boer")
    (True, False)
    """
    count = word_count(text)
    if not 1 <= count <= _TITLE_WORDS or len(text) > _TITLE_LENGTH:
        return False
    if not _TITLE_START.match(text) or text.endswith(_NO_TITLE_END):
        return False
    if _is_address(text) or _states(text, count) or _are_names(text, count):
        return False
    return dictionary_share(text) >= _TITLE_WORDS_KNOWN


def _is_address(text: str) -> bool:
    """An address on the web, something dated, or nothing with letters."""
    if _WEB.search(text) or _YEAR_AT_END.search(text):
        return True
    return _WORD.search(text) is None


def _states(text: str, count: int) -> bool:
    """An enumeration, half a quotation, or more than six words with a finite verb."""
    if text.count(",") >= 2 or text.count('"') % 2:
        return True
    if text.count("“") != text.count("”"):
        return True
    if count <= 6 or text.endswith("?") or re.match(r"Ad \d", text):
        return False
    return _STATEMENT.search(text) is not None


def _are_names(text: str, count: int) -> bool:
    """Nothing but words with a capital and the particles of names."""
    found: list[str] = _WORD.findall(text)
    capitals = sum(word[0].isupper() for word in found)
    if count < 2 or capitals < 2 or found[0].lower() in _OPENING_WORDS:
        return False
    return capitals + sum(word in _PARTICLES for word in found) == len(found)


def dictionary_share(text: str) -> float:
    """Share of the words of three letters and more that the word list knows.

    0.0 when there are none.
    """
    found = [word for word in _WORD.findall(text) if len(word) >= 3]
    return sum(_known(word) for word in found) / len(found) if found else 0.0


def _known(word: str) -> bool:
    if is_word(word):
        return True
    parts: list[str] = re.split(r"['’-]", word)
    if all(is_word(part, 1e-7) for part in parts):
        return True
    return len(word) > 8 and is_compound(word.lower())


def is_quotation(text: str) -> bool:
    """A paragraph that is one quotation, with at most its speaker behind it."""
    if word_count(text) < 6 or text[0] not in _QUOTES:
        return False
    core = _ASIDE.sub("", text).rstrip(" .,*")
    return (
        core[-1:] in _QUOTES[text[0]]
        or core[-1:] in "”’\"'"
        or text.rstrip(".* ")[-1:] in _QUOTES[text[0]]
    )


def is_table(lines: list[str]) -> bool:
    """Rows that end in numbers, or cells parted by tabs or bars.

    >>> is_table(["| Wijk | Teams |", "|------|-------|", "| Noord | 12 |"])
    True
    """
    if any("\t" in line for line in lines) or _is_barred(lines):
        return True
    ending = [
        line
        for line in lines
        if re.search(r"(?:^|\s)[-–+]?\d+(?:[.,]\d+)?%?(?:\s+\S{1,7})?$", line)
    ]
    figures = sum(
        len(re.findall(r"(?<!\S)[-–+]?\d+(?:[.,]\d+)?%?(?!\S)", line))
        for line in lines
    )
    return (
        len(lines) >= 2
        and len(ending) >= 0.6 * len(lines)
        and figures >= 1.2 * len(lines)
        and not any(line.endswith(".") for line in lines)
    )


def is_debris(text: str) -> bool:
    """What OCR makes of a chart: symbols, single figures, pieces of axes.

    No sentence.
    """
    pieces = text.split()
    return is_noise(text) or (
        not ends_sentence(text)
        and len(pieces) <= 14
        and dictionary_share(text) < 0.5
    )


def is_noise(text: str) -> bool:
    """Nothing but figures, signs and letters that make no word.

    A year or a date is something.
    """
    pieces = text.split()
    if is_date(text) or re.fullmatch(r"(?:19|20)\d\d", text):
        return False
    odd = sum(
        _NUMERIC.fullmatch(piece) is not None or not _is_wordlike(piece)
        for piece in pieces
    )
    return odd >= 0.65 * len(pieces)


def _is_wordlike(piece: str) -> bool:
    letters = re.sub(r"[\W\d_]", "", piece)
    return len(letters) >= 3 or (len(letters) == 2 and is_word(letters, 1e-6))


def is_date(text: str) -> bool:
    return _DATE.match(text) is not None


def is_legend(text: str) -> bool:
    """The key of a chart.

    Words between single signs that were coloured squares ("= Man = Vrouw", "M Oneens M
    Eens").
    """
    if ends_sentence(text) or word_count(text) > 45:
        return False
    pieces = text.split()
    signs = sum(
        len(piece) == 1 and not piece.isdigit() and piece not in "&/-–—ueo.,;:"
        for piece in pieces
    ) + sum("=" in piece for piece in pieces)
    return signs >= 2 and (pieces[0] in "=MmEuo■▪•@" or pieces.count("=") >= 2)


def ends_in_figures(line: str) -> bool:
    """Whether a line ends as the row of a table of figures does."""
    return (
        re.search(r"(?:^|\s)[-–+]?\d+(?:[.,]\d+)?%?(?:\s+\S{1,7})?$", line)
        is not None
    )


def _is_barred(lines: list[str]) -> bool:
    """Whether every line is a row between bars, or a rule between such rows."""
    rows = sum(_BARRED.match(line) is not None for line in lines)
    rules = sum(_BAR_RULE.match(line) is not None for line in lines)
    return rows >= 2 and rows + rules == len(lines)


def table_rows(lines: list[str]) -> tuple[tuple[str, ...], ...]:
    """The cells of the lines of a table; rules between rows are none."""
    return tuple(cells(line) for line in lines if not _BAR_RULE.match(line))


def cells(line: str) -> tuple[str, ...]:
    """The cells of a table row, by tabs or wide gaps, else the words and then each number."""
    if "\t" in line:
        return tuple(cell.strip() for cell in line.split("\t"))
    if _BARRED.match(line):
        return tuple(cell.strip() for cell in line.strip()[1:-1].split("|"))
    parts = re.split(r"\s{2,}", line)
    if len(parts) > 1:
        return tuple(parts)
    match = re.match(
        r"(.*?)((?:\s+(?:[-–+]?\d+(?:[.,]\d+)?%?(?:-\d+)?|[-–—]))+)$", line
    )
    return (
        (match.group(1).strip(), *match.group(2).split())
        if match and match.group(1).strip()
        else (line,)
    )


def starts_reference(text: str) -> bool:
    """Whether an entry of a reference list begins here.

    An author in the usual form, or a year in brackets near the front.
    """
    if _REFERENCE_AUTHOR.match(text):
        return True
    year = _REFERENCE_YEAR.search(text[:200])
    return year is not None and text[:1].isupper() and year.start() <= 140
