"""A reference list cut into entries: pieces of the layout joined where one entry was
broken, parted where several ran together."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kb.citations.entries.dates import YEAR
from kb.citations.entries.imprint import is_place, known_publisher
from kb.citations.entries.names import (
    is_initials,
    is_organisation,
    is_particle,
    is_sentence,
    parse_names,
)
from kb.citations.wordlists import fold, words

# What stands where a year does: no date, or not yet out.
_NO_YEAR = (
    r"z\.\s?d\.?(?:\s?-\s?[a-z]\b)?|n\.\s?d\.?(?:\s?-\s?[a-z]\b)?|in druk|in press|"
    r"ter perse|te verschijnen|forthcoming|in voorbereiding|in preparation"
)
_BRACKET_YEAR = re.compile(
    rf"[(\[](?:[^()\[\]]{{0,25}}?)(?:{YEAR}[a-z]?(?:\s?[/-]\s?\d{{2,4}})?|{_NO_YEAR})"
    r"(?:[^()\[\]]{0,25})[)\]]",
    re.IGNORECASE,
)
_URL = re.compile(r"https?:|www\.|\bdoi\b|10\.\d{4}/", re.I)
_ANY_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_BOUNDARY = re.compile(r"(?<=[.)\]>/\w])\s+[-–•*]?\s?(?=[\"‘“'’*]?[A-Z'’‘])")
# Bullet or number before an entry.
_HEAD = re.compile(
    r"\s*(?:[-–•*●]\s+)?(?:\[\d{1,3}\]\s*|\d{1,3}[.)]\s+(?=[^\W\d_]))?"
)
_NUMBER = re.compile(r"\s*(?:\[(\d{1,3})\]|(\d{1,3})[.)](?=\s))")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block (or part of one) inside a list.

    `marked` when the layout itself calls it a reference.
    """

    text: str
    page: int = 1
    label: str | None = None
    marked: bool = False


def _head(text: str) -> str | None:
    """What stands before the first year in brackets, or None."""
    found = _BRACKET_YEAR.search(text, 0, 700)
    return text[: found.start()].strip() if found else None


# An act in a list: "Artikel 3 Gemeentewet", "Wet op het primair onderwijs, art. 8".
_ACT = re.compile(r"Art(?:ikel|\.)\s\d+(?:[.:]\d+)*\w?\s(?!van deze|hiervan)")


# A body and its full stop, or a body and a title in quotation marks.
_CLOSED = re.compile(
    r"(?P<stop>[A-Z][^.?!:()]{2,80})\.\s+[\"“‘'*]?[A-Z0-9]"
    r"|(?P<comma>[A-Z][^.?!:(),]{1,80}),\s+[\"“‘'*](?=\w)"
)
_PARTICLES = r"(?:van|de|der|den|ter|ten|Van|De|Den|Ter|Ten|la|'t)"
_INVERTED = (  # "Van der Laan, J."
    rf"(?:{_PARTICLES}\s){{0,3}}[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?,\s"
    r"(?:(?:van|de|der|den)\s){0,2}(?:[A-Z]|Ch|Chr|Th|IJ)\."
)
_INITIALS_FIRST = (  # "J. van der Laan"
    r"(?:[A-Z]\.\s?){1,4}(?:(?:van|de|der|den|ter|ten)\s){0,3}[A-Z]\w+"
)
_PERSON = re.compile(f"{_INVERTED}|{_INITIALS_FIRST}")
_LONGEST_HEAD = 600  # characters of what stands before the year
_NAMES = 0.55  # score from which a head is a list of names


def begins_entry(text: str) -> bool:
    """Whether `text` starts as entries do.

    That is with names (or an organisation) and a year, or names and a full stop.
    """
    bullet = _HEAD.match(text)
    body = text[bullet.end() :] if bullet else text
    if not body or (body[0].islower() and not is_particle(body.split()[0])):
        return False
    return (
        _ACT.match(body) is not None
        or _has_names_before_year(body)
        or _names_organisation(body)
        or _names_person(body)
    )


def _has_names_before_year(body: str) -> bool:
    head = _head(body)
    if head is None or not 1 < len(head) < _LONGEST_HEAD:
        return False
    found = parse_names(head.replace("*", ""))
    return bool(found.names) and found.score >= _NAMES


def _names_organisation(body: str) -> bool:
    closed = _CLOSED.match(body)
    if closed is None:
        return False
    name = closed["stop"] or closed["comma"]
    return is_organisation(name) and not is_sentence(name)


def _names_person(body: str) -> bool:
    """Whether a person stands first, who is no editor of what follows."""
    first = _PERSON.match(body)
    if first is None:
        return False
    return not body[first.end() :].lstrip().startswith("(red")


_CITING = re.compile(
    rf"\([^()]*[A-Za-z][^()]*,?\s{YEAR}[a-z]?(?:,\s?(?:p\.\s?)?\d+)?\)\.?$"
)  # a sentence that ends in a citation


_MAX_FREE_FORM = (
    500  # characters of an entry that does not begin as entries do
)
_MAX_WITH_ADDRESS = 400
_MIN_ENTRY = 12


def _has_date_or_source(body: str) -> bool:
    """A year or what stands in its place, an address, or the colon of an imprint."""
    if _ANY_YEAR.search(body) or _URL.search(body):
        return True
    if re.search(rf"\b(?:{_NO_YEAR})", body, re.IGNORECASE):
        return True
    return re.search(r"[.*]\s+['’A-Z][\w' -]+:\s+[A-Z]", body) is not None


def _is_fragment(body: str) -> bool:
    """A heading or a scrap."""
    if len(body) < _MIN_ENTRY or (body.endswith(":") and len(body) < 160):
        return True
    return len(body.split()) < 2 and not _URL.match(body)


def is_entry(text: str) -> bool:
    """Whether `text` as a whole can be an entry: not prose, not a heading, and dated.

    >>> is_entry("Bos, A. (2014). De buurt. Ede: Movisie.")
    True
    >>> is_entry("In 2014 zijn zij begonnen en is veel gedaan")
    False
    """
    body = text.strip(" -–•*")
    if _is_fragment(body):
        return False
    if begins_entry(body):
        return _has_date_or_source(body)
    if _URL.search(body) and len(body) < _MAX_WITH_ADDRESS:
        return True
    if not _ANY_YEAR.search(body) or len(body) >= _MAX_FREE_FORM:
        return False
    return not _prose(body) and not _CITING.search(body)


def _prose(text: str) -> bool:
    """Several sentences with finite verbs: an annotation or body text that strayed into
    the list."""
    tokens = fold(text).split()
    return count_verbs(tokens) >= 2 + len(tokens) // 60


def count_verbs(tokens: Sequence[str]) -> int:
    """How many of the folded words are finite verbs, or words that only sentences have."""
    return sum(
        token.strip(".,;:()") in words("words", "finite") for token in tokens
    )


_NEXT_SENTENCE = re.compile(r"(?<=[a-z]{3})[.?!]\s+(?=[A-Z])")


def is_prose(text: str) -> bool:
    """Whether two sentences with a verb stand in `text`: no source, whatever its place.

    >>> is_prose("Het team wil meer. Ede krijgt een plan voor 2015.")
    True
    >>> is_prose("Wie wil er helpen? Een onderzoek. Ede: Kantelpers, 2015.")
    False
    """
    return not begins_entry(text) and has_sentences(text)


def has_sentences(text: str) -> bool:
    """Whether two sentences with a verb stand in `text`, whatever it begins with."""
    verbs = words("words", "finite") | words("words", "verbs")
    parts = [fold(part).split() for part in _NEXT_SENTENCE.split(text)]
    telling = [any(t.strip(".,;:()") in verbs for t in part) for part in parts]
    return sum(telling) > 1


def _open_ended(text: str) -> bool:
    """Whether `text` stops in mid-entry: after a particle, an initial that a name must
    follow, a comma or a conjunction."""
    body = text.rstrip(" *")
    last = body.split()[-1] if body.split() else ""
    if _URL.match(last.lstrip("<(")):
        return False  # whatever sign an address ends in
    bare = last.strip("*")
    if bare in {
        "&",
        "en",
        "and",
        "In",
        "In:",
        "in",
        "van",
        "de",
        "der",
        "den",
        "het",
        "of",
        "the",
        "Van",
        "De",
        "p.",
        "pp.",
        "nr.",
    } or body.endswith((",", "&", "-", "(", "/", ":")):
        return True
    return (
        is_initials(bare)
        and bare.endswith(".")
        and len(bare) == 2
        and bool(re.search(r"\bIn:?\s+[A-Z]\.$", body))
    )


def _continues(previous: Piece, piece: Piece) -> bool:
    text = piece.text.lstrip(" -–•*")
    if not text:
        return True
    if _open_ended(previous.text):
        return True  # where a new entry follows all the same, `part` finds it
    if re.match(
        r"(?:https?:|www\.|<http|doi:|\(?[Rr]ed\.|p{1,2}\.\s?\d|\d)", text
    ):
        return (
            bool(previous.text)
            and not re.search(r"(?:https?:|www\.)\S+\s*$", previous.text)
        ) or len(text) < 14
    if text[0].islower() and not (
        is_particle(text.split()[0]) and begins_entry(text)
    ):
        return True
    return not _complete(previous.text) and not begins_entry(text)


def _complete(text: str) -> bool:
    """Ends as entries end."""
    body = text.rstrip(" *>)\"'’”")
    return (
        body.endswith((".", "?", "!"))
        or bool(_URL.search(body[-160:]))
        or (
            len(body) > 40
            and bool(re.search(r":\s[^:]{2,80}$|\d[-–]\d+$|\d$", body))
        )
    )


def number_of(text: str) -> int | None:
    """The number printed before an entry: "[3] …", "3. …"."""
    found = _NUMBER.match(text)
    return int(found[1] or found[2]) if found else None


def _follows_in_count(previous: Piece, piece: Piece) -> bool:
    """Whether both bear numbers, one up: then a new entry begins, whatever it looks like."""
    before, here = number_of(previous.text), number_of(piece.text)
    return before is not None and here == before + 1


_LONGEST_JOINED = 1500  # characters; more is no single entry


def join(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces joined where an entry was broken: by a page, a false bullet, a running header."""
    held: Piece | None = None
    for piece in pieces:
        if held is None:
            held = piece
        elif _belongs(held, piece):
            held = _glued(held, piece)
        else:
            yield held
            held = piece
    if held is not None:
        yield held


def _belongs(held: Piece, piece: Piece) -> bool:
    if len(held.text) >= _LONGEST_JOINED or _follows_in_count(held, piece):
        return False
    return _continues(held, piece)


def _glued(held: Piece, piece: Piece) -> Piece:
    """Two pieces as one; the hyphen of a word broken between them goes."""
    broken = held.text.endswith("-") and not held.text.endswith(" -")
    rest = piece.text.lstrip(" -–•")
    if broken and piece.text[:1].islower():
        text = held.text[:-1] + rest
    else:
        text = f"{held.text} {rest}"
    return replace(held, text=text, marked=held.marked or piece.marked)


_MANY_YEARS = 400  # in one piece; a list that long is read up to here
_REACH = 500  # characters before a year in which its names begin
_NUMBERED_PART = re.compile(r"(?:^|(?<=[\s.]))\[(\d{1,3})\]\s")


def part(piece: Piece) -> Iterator[Piece]:
    """A piece that holds several entries, parted before each of them."""
    text = piece.text
    cuts = _cuts_at_numbers(text) or _cut_at_dash(text)
    if cuts:
        for start, end in itertools.pairwise((0, *cuts, len(text))):
            yield from part(
                replace(piece, text=text[start:end].lstrip(" -–•"))
            )
        return
    for start, end in itertools.pairwise(
        (0, *_cuts_before_names(text), len(text))
    ):
        if body := text[start:end].strip():
            yield replace(piece, text=body)


def _cuts_at_numbers(text: str) -> list[int]:
    """Where "[2]", "[3]" … follow on the number before the whole."""
    expected = number_of(text)
    cuts = []
    for found in _NUMBERED_PART.finditer(text):
        if expected is not None and int(found[1]) == expected + 1:
            cuts.append(found.start())
            expected += 1
    return cuts


def _cut_at_dash(text: str) -> list[int]:
    """At a dash that is the bullet of a next entry."""
    for dash in re.finditer(r"(?<=[\w.)/>])(\s[-–•]\s)(?=[A-Z'’‘])", text):
        before, behind = text[: dash.start()], text[dash.end() :]
        is_closed = before.count("(") == before.count(")")
        if is_closed and _ANY_YEAR.search(before) and begins_entry(behind):
            return [dash.start()]
    return []


def _cuts_before_names(text: str) -> list[int]:
    """Before each list of names that a year in brackets follows."""
    years = [*itertools.islice(_BRACKET_YEAR.finditer(text), _MANY_YEARS)]
    cuts = []
    for before, year in itertools.pairwise(years):
        start = max(before.end(), year.start() - _REACH)
        for boundary in _BOUNDARY.finditer(text, start, year.start()):
            if _are_surely_names(text[boundary.end() : year.start()]):
                cuts.append(boundary.end())
                break
    return cuts


def _are_surely_names(text: str) -> bool:
    """Names of people, each with initials: nothing else begins an entry in mid-text."""
    head = text.strip().replace("*", "")
    if not 1 < len(head) < 400 or not (
        head[-1] in ".,)" or head[-1].islower()
    ):
        return False
    names = parse_names(head)
    if names.editors or names.score < 0.9 or not names.names:
        return False
    return all("given" in name for name in names.names)


_IMPRINT = re.compile(
    r"(?:^|[.?!)*\"”’]\s|"
    r"[.?!)*\"”’])(?P<place>['’‘]?[A-Z][\w' -]{1,30}(?:,\s[A-Z]{2})?):\s"
    r"(?P<p>[A-Z0-9][^:]{1,70}?)(?=\s(?P<next>\S))"
)


def trimmed(text: str) -> str:
    """`text` up to the end of its imprint where body text or a heading was glued behind
    it: "Utrecht: Movisie overeenkomst tussen …"."""
    for match in _IMPRINT.finditer(text):
        if not is_place(match.group("place")):
            continue
        tokens = text[match.start("p") :].split()
        for size in range(min(6, len(tokens) - 1), 0, -1):
            name = " ".join(tokens[:size])
            if name.endswith((".", ",", ";")) or not known_publisher(name):
                continue
            if _body_text(tokens[size:], text):
                return text[: match.start("p") + len(name)]
            break
    return text


def _body_text(behind: list[str], text: str) -> bool:
    """Whether the words behind a known publisher are running text or the next heading,
    not more of its name."""
    links = words("publishers", "organisation_links")
    if behind[0][0].islower():
        return fold(behind[0]) not in links
    lower = [
        t
        for t in behind
        if t[0].islower() and fold(t) not in links and "." not in t[:-1]
    ]
    address = any(t.startswith(("http", "www", "<", "(")) for t in behind[:6])
    return text.rstrip().endswith(":") or (
        len(lower) >= 2 and len(behind) >= 4 and not address
    )


_NOTE_NUMBER = re.compile(
    r"^\s*(?:(?:\d{1,3}|[*†!?>©°]|[¹²³⁴-⁹]+)[.)]?\s+|[¹²³⁴-⁹]+)?"
)
# Words that point to a source: "Zie voor een overzicht", "Vgl. ook", "Ontleend aan".
_POINTING = re.compile(
    r"^(?i:zie|vgl\.|vergelijk|cf\.|see|ontleend aan|overgenomen uit|gebaseerd op|bron|source|"
    r"uit|naar)(?!\w)"
    r"(?i:\s(?:ook|onder meer|onder andere|o\.a\.|bijvoorbeeld|verder|voorts|hierover|"
    r"daarover|hiervoor|nader|uitgebreid|tevens|also|voor [^,.;:]{3,80}?))*:?\s+"
    # The article before the name of a kind of work goes too.
    r"(?:(?:de|het|een)\s(?=(?i:website|advies|rapport|brief|kamerbrief|nota)\b))?"
    # Then a capital, a sign, an address, particles before a capital, or a kind of work.
    r"(?=[^\W\d_a-z]|[\"“‘„'*(<\[]|(?:[a-z']{1,3}\s){1,2}[A-Z]|\S+\.\w|http|"
    r"(?:website|advies|rapport|brief|kamerbrief|nota|nieuwsbericht)\b)"
)


# "Definitie ontleend aan Bos, K.": what was taken, and from whom.
_TAKEN_FROM = re.compile(
    r"[A-Z][^,.;:()]{3,120}?\s(?:door|aan|op|uit|van|bij)\s"
    r"(?=(?:(?:van|de|der|den|ter|ten)\s){0,3}[A-Z][\w’'-]+,\s(?:[A-Z][a-z]?\.\s?){1,4}[,&(])"
)


def without_pointing(text: str) -> str:
    """`text` without the words at its start that point to a source.

    >>> without_pointing("Zie voor een overzicht T. Jansen, Het wijkteam")
    'T. Jansen, Het wijkteam'
    """
    lead = _POINTING.match(text) or _TAKEN_FROM.match(text)
    return text[lead.end() :] if lead else text


_ENDS_IN_YEAR = re.compile(
    rf"[\w’”'?!],?\s+(?P<s>[^,]{{2,70}}(?:,\s[^,]{{2,60}})?)\s\((?:[a-z]{{3,9}}\s)?{YEAR}\)\.?$"
)


def without_lead(text: str) -> str:
    """A note without its number and without "Zie ook", "Ontleend aan"."""
    number = _NOTE_NUMBER.match(text)
    return without_pointing(text[number.end() :] if number else text)


def is_note_entry(text: str) -> bool:
    """Whether a note as a whole is an entry: names, year and title, or "Title, A.
    Author, Publisher (year)"."""
    body = without_lead(text)
    if begins_entry(body) and re.search(
        rf"\({YEAR}[a-z]?\)[.,:]?\s+[*\"‘“']?[A-Z0-9]", body
    ):
        return True
    return is_reversed(body)


def is_reversed(text: str) -> bool:
    """Whether `text` is "Title, A. Author, Publisher (year)": a title of some words, a
    comma, who made it, and the year to close."""
    found = _ENDS_IN_YEAR.search(text)
    if not found or len(text) > 260 or ", " not in text:
        return False
    title = text.split(", ")[0]
    small = [t for t in title.split() if t.islower() and not is_particle(t)]
    return (
        len(title.split()) >= 3
        and bool(small)
        and title[:1].isupper()
        and title.count("(") == title.count(")")
        and not _prose(title)
        and not is_prose(text)
    )


def heading_of_list(text: str) -> bool:
    """Whether a heading opens a reference list: "Literatuur", "5. Bronnen", "Literatuur
    bij hoofdstuk 2"."""
    folded = fold(text).strip(" .:*#")
    folded = folded.removeprefix("bijlage").strip()
    folded = (
        folded.lstrip("0123456789.ivx) :-").strip()
        if folded[:1].isdigit() or folded[:2] in {"i ", "v ", "x ", "ii"}
        else folded
    )
    return folded in words("words", "headings") or (
        len(folded) < 60
        and any(
            folded.startswith(f"{h} {link} ")
            for h in (
                "literatuur",
                "literatuurlijst",
                "bronnen",
                "referenties",
                "references",
                "noten",
                "voetnoten",
                "eindnoten",
            )
            for link in (
                "bij",
                "van",
                "en",
                "hoofdstuk",
                "inleiding",
                "deel",
                "voor",
                "and",
            )
        )
    )
