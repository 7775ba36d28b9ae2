"""Who stands before a year in brackets, or is spoken of earlier in the sentence?

From the bracket the words are walked back as long as they can belong to names; then
the words at the left that only begin the sentence are taken off.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from kb.citations.entries.imprint import is_place
from kb.citations.entries.item_type import is_periodical
from kb.citations.entries.names import (
    is_given,
    is_initials,
    is_organisation,
    is_particle,
    parse_names,
)
from kb.citations.mentions.authors import (
    Source,
    is_law_or_count,
    organisation,
    people,
    words_of,
)
from kb.citations.wordlists import alternation, longest_first, words
from kb.dutch.fold import fold

# Characters to the left in which names are looked for: some ten names.
_WINDOW = 220
_PERIODICAL_WINDOW = 90
_MARKS = ",.;:'\"()"
_TOKEN = re.compile(r"[^\s]+")
_ACRONYM = re.compile(r"[A-Z]{3,}")
_OPENING = "'’‘\"“("
_S_NAME = re.compile(r"['’‘]s-[A-Z]")  # 's-Gravesande
_ABOUT = re.compile(
    rf"\S*(?:{alternation(longest_first('words', 'works_named'))})\s+(?:van|door)\s+"
    r"(?=(?:[a-z]+\s)?[A-Z])",
    re.I,
)
_WHERE = re.compile(r"^(?:[Ii]n|[Tt]e|[Uu]it|[Vv]anuit|[Nn]aar)\s+")
_LOWER_LINKS = words("words", "never_particles")
_JOINS = words("words", "joins_names")
_SAID_BEFORE = words("words", "said_before")
_TREATIES = tuple(sorted(words("words", "treaties")))
_BODIES = words("publishers", "bodies") | {
    "ministerie",
    "gemeente",
    "provincie",
}

_Tokens = list[tuple[str, int]]


def author_before(text: str, end: int) -> Source | None:
    """The people or organisation that stand right before offset `end` of `text`.

    >>> text = "Volgens Dorsman en Van der Kuil (2014)"
    >>> author_before(text, text.index(" (")).authors
    ('Dorsman', 'Kuil')
    """
    window = max(0, end - _WINDOW)
    piece = text[window:end].rstrip()
    tokens = [(m.group(), m.start()) for m in _TOKEN.finditer(piece)]
    first = _walk_back(tokens)
    while first < len(tokens):
        first = _trim(tokens, first)
        if first >= len(tokens):
            return None
        body = piece[tokens[first][1] :]
        if about := _ABOUT.match(
            body
        ):  # "de Nivel-studie van Dorsman en Kuil (2018)"
            first += len(about.group().split())
            continue
        if _named_after(tokens, first):
            return None
        spoken = _says(tokens, first)
        if _is_no_source(tokens[first][0], body, spoken):
            return None
        if found := people(body.rstrip(" ,;:"), spoken=spoken):
            return _checked(found, body, window + tokens[first][1], end)
        first = _next_name(tokens, first + 1)
    return None


def _named_after(tokens: _Tokens, first: int) -> bool:
    """Whether the name tells where something was agreed: "het Pact van Delden (2019)"."""
    near = [_bare(token) for token, _ in tokens[max(0, first - 3) :]]
    pairs = itertools.pairwise(near)
    return any(a.endswith(_TREATIES) and b in ("van", "uit") for a, b in pairs)


def _is_no_source(first: str, body: str, spoken: bool) -> bool:
    """A measure ("Wet …"), or a town with its preposition: "In Kampen (2014)"."""
    if fold(first) in words("words", "measures"):
        return True
    return not spoken and is_place(_WHERE.sub("", body.strip(" ,;:")))


def _checked(found: Source, body: str, start: int, end: int) -> Source | None:
    """`found` with its place; None for capitals only: "Sociaal Wijkteam Zwolle (2015)"."""
    title = None if found.title == body else found.title
    if not found.group:
        names = tuple(_with_first_name(dict(name)) for name in found.names)
        group = any("literal" in name for name in names)
        return replace(
            found, start=start, end=end, names=names, group=group, title=title
        )
    one = len(body.split()) == 1 or len(found.names) > 1
    if one or title or is_organisation(body) or is_periodical(body):
        return replace(found, start=start, end=end, title=title)
    return None


def _with_first_name(name: dict[str, str]) -> dict[str, str]:
    """In running text an unknown word before a surname is a first name.

    Not the first half of a double surname, nor an acronym: that is an organisation's.
    """
    parts = name.get("family", "").split()
    if len(parts) != 2 or any(is_particle(part) for part in parts):
        return name
    if _ACRONYM.fullmatch(parts[0]):
        return {"literal": " ".join(parts)}
    if (
        fold(parts[0]) in words("names", "double_first")
        or not parts[0][:1].isupper()
    ):
        return name
    given = " ".join(filter(None, [name.get("given", ""), parts[0]]))
    return name | {"family": parts[1], "given": given}


def periodical_before(text: str, end: int) -> Source | None:
    """A known periodical right before `end`: "in zorg + welzijn (juni 2018)"."""
    tokens = list(_TOKEN.finditer(text, max(0, end - _PERIODICAL_WINDOW), end))
    for size in range(min(6, len(tokens)), 0, -1):
        start = tokens[-size].start()
        body = text[start:end]
        known = fold(body).strip(" ,.'\"") in words(
            "publishers", "periodicals"
        )
        if known and body.strip("‘'\"“")[:1].isupper():
            return Source(
                start, end, (organisation(body.strip(" ,")),), group=True
            )
    return None


def _says(tokens: _Tokens, first: int) -> bool:
    """Whether the word before says that a person follows: "volgens Bunnik (2016)"."""
    if first == 0:
        return False
    before = fold(tokens[first - 1][0]).strip(",")
    return before in ("volgens", "aldus") or before in words(
        "words", "speaking"
    )


# -- how far names reach to the left


def _walk_back(tokens: _Tokens) -> int:
    """Index of the first token that can belong to the names at the end."""
    at = len(tokens)
    while at > 0:
        word = tokens[at - 1][0]
        last = at == len(tokens)
        if not last and _closes(word):
            break
        before = tokens[at - 2][0] if at > 1 else ""
        if not _may_belong(word, last, before):
            break
        at -= 1
    return at


def _closes(word: str) -> bool:
    """Whether what stands behind `word` is another clause.

    >>> _closes("jaren."), _closes("e.a."), _closes("Bos,")
    (True, False, False)
    """
    if word[-1] in ")”’\"'" or "(" in word:
        return True
    initials = is_initials(word.strip(",;"))
    if word[-1] == ",":
        return not (word[0].isupper() or initials or _S_NAME.match(word))
    abbreviation = _bare(word) in words("words", "stops_in_names")
    return word[-1] in ".?!:;" and not initials and not abbreviation


def _may_belong(word: str, last: bool, before: str) -> bool:
    bare = _bare(word)
    if (
        _is_capital(word)
        or is_particle(word)
        or word in ("&", "/", "-", "–", "+")
    ):
        return True
    if bare in words("publishers", "organisation_links") | _JOINS | _BODIES:
        return True
    # The last word may be small: "Raad voor jeugdzorg", "Van der lans".
    return last and (
        bare in words("publishers", "organisation_words")
        or is_particle(before)
    )


def _is_capital(word: str) -> bool:
    if word[0].isdigit():
        return any(char.isalpha() for char in word)
    return word.lstrip(_OPENING)[:1].isupper() or bool(_S_NAME.match(word))


def _bare(word: str) -> str:
    return fold(word).strip(_MARKS)


def _next_name(tokens: _Tokens, at: int) -> int:
    while at < len(tokens) and not (
        tokens[at][0][0].isupper() or is_particle(tokens[at][0])
    ):
        at += 1
    return at


# -- what only begins the sentence


def _trim(tokens: _Tokens, first: int) -> int:
    """Skip words at the left that are no part of the names: "Volgens", "Ook", "het"."""
    while first < len(tokens):
        word = tokens[first][0]
        bare = _bare(word)
        if (
            is_particle(word)
            and word[:1].isupper()
            and _surname_follows(tokens, first)
        ):
            return first
        if (
            is_particle(word)
            and word[:1].islower()
            and bare not in _LOWER_LINKS
        ):
            if _is_surname_particle(tokens, first):
                return first
        elif not _only_leads(word, bare):
            return first
        first += 1
    return first


def _only_leads(word: str, bare: str) -> bool:
    return (
        bare in words("words", "starters")
        or bare in _JOINS
        or bare in ("&", "/", "-", "+")
        or bare in words("words", "speaking")
        or (is_particle(word) and word.islower())
    )


def _is_surname_particle(tokens: _Tokens, first: int) -> bool:
    """Whether a small "van", "de", "der" begins a surname here.

    >>> words_ = [(w, 0) for w in "volgens van der Laan".split()]
    >>> _is_surname_particle(words_, 1)
    True
    """
    bare = _bare(tokens[first][0])
    before = _bare(tokens[first - 1][0]) if first else ""
    after = tokens[first + 1][0] if first + 1 < len(tokens) else ""
    if bare == "van" and before in ("volgens", "aldus", "ook"):
        return True
    if _organisation_after(tokens, first):
        return False
    if bare in ("van", "von"):
        return is_particle(after) and after[:1].islower()
    return before in _SAID_BEFORE and after[:1].isupper()


def _surname_follows(tokens: _Tokens, first: int) -> bool:
    """ "De Waal", "Van der Lans", "Op het Veld"; not "De RMO" nor "Het Tympaaninstituut"."""
    at = first + 1
    while at < len(tokens) and is_particle(tokens[at][0]):
        at += 1
    if at >= len(tokens):
        return False
    if not tokens[at][0][:1].isupper():
        return at == len(tokens) - 1 and at - first > 1
    if fold(tokens[first][0]) == "het" or _organisation_after(tokens, at - 1):
        return False
    return not is_given(tokens[at][0].strip(",."))


def _organisation_after(tokens: _Tokens, first: int) -> bool:
    rest = " ".join(token for token, _ in tokens[first + 1 :]).strip(" ,.")
    if not rest or " & " in rest:
        return False
    return is_organisation(re.split(r",|\sen\s[A-Z]", rest)[0])


# -- earlier in the sentence

_PARTICLES = r"(?:van|de|der|den|ten|ter|het|'t|’t|von|te|Van|De|Der|Den)\s"
_FULL = re.compile(
    rf"(?<![\w-])(?P<first>[A-Z][\w'’-]+)\s(?P<rest>(?:{_PARTICLES}){{0,3}}"
    r"[A-Z][\w'’-]+(?:-[A-Z][\w-]+)?)"
)
_SURNAME = rf"(?:{_PARTICLES}){{0,3}}[A-Z][\w'’]+(?:-[A-Z][\w]+)?"
_SAYS = re.compile(
    rf"(?<![\w-])(?P<n>{_SURNAME}(?:\s(?:en|&)\s{_SURNAME})?)"
    rf"\s(?:{alternation(longest_first('words', 'speaking'))})\b"
)
_SAID_BY = re.compile(
    rf"\s(?:{alternation(longest_first('words', 'speaking'))})\s"
    rf"(?P<n>(?:[A-Z][\w'’]+\s)?{_SURNAME}(?:\s(?:en|&)\s{_SURNAME})?)"
)
_ORGANISATION = re.compile(
    r"(?<![\w-])[A-Z][\w&'’-]*(?:\s(?:(?:van|voor|en|de|het|der)\s){0,3}[A-Z][\w&'’-]*){0,6}"
)


def person_in(text: str, start: int, end: int) -> Source | None:
    """The first person with a first name in text[start:end].

    >>> person_in("Ook Marije van Oosten noemt dit.", 0, 32).authors
    ('Oosten',)
    """
    match = _FULL.search(text, start, end)
    while match:
        if is_given(match.group("first")) and not is_place(match.group()):
            names = parse_names(match.group()).names
            if names and "family" in names[0] and "given" in names[0]:
                return Source(match.start(), match.end(), (names[0],))
        # "Ook Marije van Oosten": the name may begin with the next word.
        match = _FULL.search(text, match.end("first"), end)
    return None


def speaker_in(text: str, start: int, end: int) -> Source | None:
    """Surnames that a verb of saying follows in text[start:end].

    >>> speaker_in("Brinkhorst waarschuwt in Trouw", 0, 30).authors
    ('Brinkhorst',)
    """
    for match in _SAYS.finditer(text, start, end):
        first = match.group("n").split()[0]
        if fold(first) in words("words", "starters") and not is_particle(
            first
        ):
            continue
        found = people(match.group("n"), spoken=True)
        if found and not found.group:
            return Source(match.start("n"), match.end("n"), found.names)
    return None


def speaker_behind(text: str, at: int) -> Source | None:
    """Surnames behind a verb of saying at `at`: "(2014) laat De Wit zien".

    >>> speaker_behind(") beschrijft Brinkhorst", 1).authors
    ('Brinkhorst',)
    """
    match = _SAID_BY.match(text, at)
    found = people(match["n"], spoken=True) if match else None
    if match is None or found is None or found.group:
        return None
    return Source(match.start("n"), match.end("n"), found.names)


def organisation_in(text: str, start: int, end: int) -> Source | None:
    """The first known organisation in text[start:end]."""
    for match in _ORGANISATION.finditer(text, start, end):
        body, at = match.group(), match.start()
        first, _, rest = body.partition(" ")
        if rest and fold(first) in words("words", "starters"):
            body, at = rest, at + len(first) + 1
        known = is_organisation(body) and body[0].isupper()
        if (
            known
            and not is_law_or_count(words_of(body))
            and not is_place(body)
        ):
            return Source(
                at, at + len(body), (organisation(body),), group=True
            )
    return None
