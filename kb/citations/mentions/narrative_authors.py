"""Who stands before a year in brackets: "Ook Dorsman & Kuil (2014)", or is spoken of earlier in the sentence."""

from __future__ import annotations

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
from kb.citations.mentions.authors import Source, is_law_or_count, people, words_of
from kb.citations.wordlists import alternation, fold, longest_first, words

_TOKEN = re.compile(r"[^\s]+")


def author_before(text: str, end: int) -> Source | None:
    """The people or organisation that stand right before offset `end` of `text`; offsets are those of `text`."""
    window = max(0, end - 220)
    piece = text[window:end].rstrip()
    tokens = [(m.group(), m.start()) for m in _TOKEN.finditer(piece)]
    first = _walk_back(tokens)
    while first < len(tokens):
        first = _trim(tokens, first)
        if first >= len(tokens):
            return None
        body = piece[tokens[first][1] :]
        if about := _ABOUT.match(body):  # "de Nivel-studie van Dorsman en Kuil (2018)"
            first += len(about.group().split())
            continue
        if fold(tokens[first][0]) in words("words", "measures") or (
            _is_where(body) and not _says(tokens, first)
        ):
            return None
        spoken = _says(tokens, first)
        if found := people(body.rstrip(" ,;:"), spoken=spoken):
            title = None if found.title == body else found.title
            if (
                found.group
                and len(body.split()) > 1
                and not title
                and not is_organisation(body)
                and not is_periodical(body)
                and not _several(found)
            ):
                return None  # capitals only: "Sociaal Wijkteam Zwolle (2015)"
            found = (
                replace(found, authors=tuple(_surname(a) for a in found.authors))
                if not found.group
                else found
            )
            return Source(
                window + tokens[first][1],
                end,
                authors=found.authors,
                etal=found.etal,
                group=found.group,
                title=title,
            )
        first += 1
        while (
            first < len(tokens)
            and not tokens[first][0][0].isupper()
            and not is_particle(tokens[first][0])
        ):
            first += 1
    return None


def _several(found: Source) -> bool:
    return len(found.authors) > 1


def _surname(name: str) -> str:
    """In running text an unknown word before a surname is a first name, but for the first halves of double surnames."""
    parts = name.split()
    if (
        len(parts) == 2
        and fold(parts[0]) not in words("names", "double_first")
        and parts[0][:1].isupper()
        and not any(is_particle(p) for p in parts)
    ):
        return parts[1]
    return name


def periodical_before(text: str, end: int) -> Source | None:
    """A known periodical or newspaper right before `end`, in any case: "in zorg + welzijn (juni 2018)"."""
    tokens = list(_TOKEN.finditer(text, max(0, end - 90), end))
    for size in range(min(6, len(tokens)), 0, -1):
        body = text[tokens[-size].start() : end]
        if (
            fold(body).strip(" ,.'\"") in words("publishers", "periodicals")
            and body.strip("‘'\"“")[:1].isupper()
        ):
            return Source(
                tokens[-size].start(), end, authors=(body.strip(" ,"),), group=True
            )
    return None


def _is_where(body: str) -> bool:
    """A town, also with its preposition: "In Kampen (2014)"."""
    return is_place(
        re.sub(r"^(?:[Ii]n|[Tt]e|[Uu]it|[Vv]anuit|[Nn]aar)\s+", "", body.strip(" ,;:"))
    )


def _says(tokens: list[tuple[str, int]], first: int) -> bool:
    """Whether the word before says that a person follows: "volgens Bunnik (2016)"."""
    return first > 0 and fold(tokens[first - 1][0]).strip(",") in {
        "volgens",
        "aldus",
        *words("words", "speaking"),
    }


_ABOUT = re.compile(
    rf"\S*(?:{alternation(longest_first('words', 'works_named'))})\s+(?:van|door)\s+(?=(?:[a-z]+\s)?[A-Z])",
    re.I,
)


def _walk_back(tokens: list[tuple[str, int]]) -> int:
    """Index of the first token that can belong to the names at the end."""
    links = words("publishers", "organisation_links")
    at = len(tokens)
    while at > 0:
        word = tokens[at - 1][0]
        bare = fold(word).strip(",.;:'\"()")
        last = at == len(tokens)
        ends_sentence = (
            word[-1] in ".?!:;"
            and not is_initials(word.strip(",;"))
            and bare
            not in {"e.a", "al", "a", "e", "c.s", "dr", "prof", "drs", "mr", "ir", "ea"}
        )
        if (ends_sentence or word[-1] in ')”’"' or "(" in word) and not last:
            break
        if (
            word[-1] == ","
            and not last
            and not (word[0].isupper() or is_initials(word.strip(",")))
        ):
            break
        capital = word.lstrip("'’‘\"“(")[:1].isupper() or (
            word[0].isdigit() and any(c.isalpha() for c in word)
        )
        link = (
            bare in links
            or is_particle(word)
            or word in {"&", "/", "-", "–", "+"}
            or bare
            in {"and", "collega's", "e.a", "e", "a", "et", "al", "ea", "c.s", "anderen"}
        )
        if not (
            capital
            or link
            or (last and bare in words("publishers", "organisation_words"))
            or bare
            in {
                "ministerie",
                "gemeente",
                "provincie",
                "lectoraat",
                "instituut",
                "stichting",
            }
        ) and not (last and at > 1 and is_particle(tokens[at - 2][0])):  # Van der lans
            break
        at -= 1
    return at


def _trim(tokens: list[tuple[str, int]], first: int) -> int:
    """Skip words at the left that only begin the sentence or join it: "Volgens", "Ook", "het", lower-case "van"."""
    starters = words("words", "starters")
    while first < len(tokens):
        word = tokens[first][0]
        bare = fold(word).strip(",.;:'\"()")
        after = tokens[first + 1][0] if first + 1 < len(tokens) else ""
        if (
            word[:1].isupper()
            and is_particle(word)
            and after
            and _surname_follows(tokens, first)
        ):
            return first
        if (
            word[:1].islower()
            and is_particle(word)
            and bare
            not in {
                "het",
                "in",
                "op",
                "bij",
                "uit",
                "voor",
                "onder",
                "over",
                "aan",
                "tot",
            }
        ):
            before = fold(tokens[first - 1][0]).strip(",.") if first else ""
            compound = is_particle(after) and after[:1].islower()
            if (
                (
                    compound
                    and bare in {"van", "von"}
                    and not _organisation_after(tokens, first)
                )
                or (
                    bare in {"de", "den", "ter", "ten", "der", "van"}
                    and before
                    in {
                        "volgens",
                        "aldus",
                        "&",
                        "en",
                        "stelt",
                        "zegt",
                        "schrijft",
                        "ook",
                    }
                    and after[:1].isupper()
                    and not _organisation_after(tokens, first)
                    and bare != "van"
                )
                or (bare == "van" and before in {"volgens", "aldus", "ook"})
            ):
                return first
            first += 1
            continue
        if (
            bare in starters
            or bare in {"en", "and", "&", "/", "-", "+", "e.a", "e", "a", "et", "al"}
            or (is_particle(word) and word.islower())
            or fold(bare) in words("words", "speaking")
        ):
            first += 1
            continue
        return first
    return first


def _surname_follows(tokens: list[tuple[str, int]], first: int) -> bool:
    """ "De Waal", "Van der Lans", "Op het Veld"; not "De RMO" nor "Het Tympaaninstituut"."""
    at = first + 1
    while at < len(tokens) and is_particle(tokens[at][0]):
        at += 1
    if at >= len(tokens) or not tokens[at][0][:1].isupper():
        return at < len(tokens) and at == len(tokens) - 1 and at - first > 1
    word = tokens[at][0].strip(",.")
    if fold(tokens[first][0]) == "het" or _organisation_after(tokens, at - 1):
        return False
    return not is_given(word)


def _organisation_after(tokens: list[tuple[str, int]], first: int) -> bool:
    rest = " ".join(t[0] for t in tokens[first + 1 :]).strip(" ,.")
    return (
        bool(rest)
        and " & " not in rest
        and is_organisation(re.split(r",|\sen\s[A-Z]", rest)[0])
    )


_FULL = re.compile(
    r"(?<![\w-])(?P<first>[A-Z][\w'’-]+)\s(?P<rest>(?:(?:van|de|der|den|ten|ter|het|'t|’t|von|"
    r"te|Van|De|Der|Den)\s){0,3}[A-Z][\w'’-]+(?:-[A-Z][\w-]+)?)"
)


def person_in(text: str, start: int, end: int) -> Source | None:
    """The first person with a first name in text[start:end]: "Marije van Oosterhout noemt dit …"."""
    for match in _FULL.finditer(text, start, end):
        if is_given(match.group("first")) and not is_place(match.group()):
            names = parse_names(match.group()).names
            if names and "family" in names[0] and "given" in names[0]:
                return Source(match.start(), match.end(), authors=(names[0]["family"],))
    return None


_SAYS = re.compile(
    rf"(?<![\w-])(?P<n>(?:(?:van|de|der|den|Van|De|Der|Den|Ten|Ter)\s){{0,3}}[A-Z][\w'’]+(?:-[A-Z][\w]+)?(?:\s(?:en|"
    rf"&)\s(?:(?:van|de|der|Van|De)\s){{0,2}}[A-Z][\w'’-]+)?)\s(?:{alternation(longest_first('words', 'speaking'))})\b"
)


def speaker_in(text: str, start: int, end: int) -> Source | None:
    """Surnames that a verb of saying follows in text[start:end]: "Brinkhorst waarschuwt in Zorg + Welzijn (juni 2018)"."""
    for match in _SAYS.finditer(text, start, end):
        if fold(match.group("n").split()[0]) in words(
            "words", "starters"
        ) and not is_particle(match.group("n").split()[0]):
            continue
        if (found := people(match.group("n"), spoken=True)) and not found.group:
            return Source(match.start("n"), match.end("n"), authors=found.authors)
    return None


_ORGANISATION = re.compile(
    r"(?<![\w-])[A-Z][\w&'’-]*(?:\s(?:(?:van|voor|en|de|het|der)\s){0,3}[A-Z][\w&'’-]*){0,6}"
)


def organisation_in(text: str, start: int, end: int) -> Source | None:
    """The first known organisation in text[start:end]."""
    for match in _ORGANISATION.finditer(text, start, end):
        body = match.group()
        first = body.split()[0]
        if fold(first) in words("words", "starters") and " " in body:
            cut = len(first) + 1
            body, at = body[cut:], match.start() + cut
        else:
            at = match.start()
        if (
            is_organisation(body)
            and not is_law_or_count(words_of(body))
            and not is_place(body)
            and body[0].isupper()
        ):
            return Source(at, at + len(body), authors=(body,), group=True)
    return None
