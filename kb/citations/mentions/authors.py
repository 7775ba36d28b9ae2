"""Who is cited: people, an organisation, a title, or no source at all?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.citations.entries.imprint import is_place
from kb.citations.entries.item_type import is_periodical
from kb.citations.entries.names import (
    NameList,
    is_given,
    is_initials,
    is_organisation,
    is_particle,
    parse_names,
)
from kb.citations.wordlists import (
    alternation,
    longest_first,
    phrase_pattern,
    words,
)
from kb.dutch.fold import fold

LONGEST = 260  # characters before a year that can name a source
_MOST_WORDS = 22
_MOST_WORDS_OF_TITLE = 14
_NAMES_LIKELY = 0.5  # score of a name list

_MONTHS = alternation(longest_first("words", "months"))
_SEASONS = alternation(longest_first("words", "seasons"))
_LEAD = re.compile(
    rf"(?:(?:{alternation(longest_first('words', 'lead_ins'))})(?![\w-])\s*[:,]?\s*)+"
)
_GOES_ON = re.compile(r"[a-z]|['’]t\s")
_LOWER_LEAD = re.compile(
    r"(?:[a-z]+\s){0,5}[a-z]+:\s+(?=[A-Z‘“'’])"
)  # "voor meer: "
_DATE_END = re.compile(
    rf"[\s,;(]*(?:(?:\d{{1,2}}(?:\s?-\s?\d{{1,2}})?\s+)?(?:{_MONTHS}|{_SEASONS})[\s,.]*"
    r"|\b(?:uit|van|sinds|anno|versie|d\.d\.|dd\.?)\s*)+$"
)
_PERSONAL = re.compile(
    r",?\s*(?:persoonlijke (?:communicatie|mededeling)|personal communication|interview"
    r"|mondelinge mededeling)[\s,]*$",
    re.I,
)
_QUOTED = re.compile(
    r"^[\"“„‘'’](?P<t>[^“”„\"]{2,250}?)[\"”’'](?=[\s.,;:)(]|$)"
)
_ETAL_STOP = re.compile(r"(?:\ba|al|a\.\s?a)\.[\s,]*$")
_COUNT = re.compile(r"\d+\s*%|[=<>]|\b\d{5,}\b")
_ABBREVIATED = re.compile(
    r"\s*[(\[][A-Z][\w-]{1,9}[)\]]$"
)  # "Health Organization [WHO]"
_IN_PERIODICAL = re.compile(
    r"(?P<who>[^()]{3,80}?)\s+in\s+(?:het (?:blad|magazine|tijdschrift)\s+|de\s+|het\s+)?"
    r"(?P<c>[A-Z][^()]{2,60})$"
)
_COMMISSION = re.compile(
    r"(?:[a-z]*commissie|kabinet|werkgroep|taskforce|projectgroep)-[A-Z]"
)
# "Wit1": the mark of a note that was glued to a name; "Platform31" keeps its number.
_GLUED_MARK = re.compile(r"(?<=[a-z])(?:[¹²³⁴-⁹]{1,2}|\d)(?=$|\s)")
_DASH_BEHIND = re.compile(r"\s+[-–—]\s*$")  # "CBS – 2018"
_TITLES_SOURCES = (
    "bron",
    "bronnen",
    "uit",
    "naar",
    "source",
    "overgenomen uit",
    "ontleend aan",
)
# Endings of common nouns that may stand before a year: "Nulmeting (2015)".
_NOUN_ENDINGS = tuple(sorted(words("words", "noun_endings")))
_OTHERS = words("words", "others")
# Words of sentences, never of names.
_OF_SENTENCES = words("words", "finite") | {
    "dat",
    "die",
    "niet",
    "moet",
    "kan",
}
_MOST_WORDS_OF_PURPOSE = 6
_TREATIES = ("wet", *sorted(words("words", "treaties")))


@dataclass(frozen=True, slots=True)
class Source:
    """Who (or what) is cited; `start` and `end` are its span in the text it was read from."""

    start: int
    end: int
    names: tuple[Mapping[str, str], ...] = ()
    title: str | None = None
    container: str | None = None
    etal: bool = False
    group: bool = False

    @property
    def authors(self) -> tuple[str, ...]:
        """Family names and names of organisations."""
        return tuple(
            n.get("literal") or n.get("family", "") for n in self.names
        )


def organisation(name: str) -> Mapping[str, str]:
    """An organisation as a CSL name.

    >>> organisation("Movisie")
    {'literal': 'Movisie'}
    """
    return {"literal": name}


def lead_in(text: str) -> int:
    """Length of the words that only lead to a source: "zie ook ", "vgl. ", "bron: ".

    >>> lead_in("zie ook Vermeer"), lead_in("In 't Veld")
    (8, 0)
    """
    found = _LEAD.match(text.lower())
    if not found or found.end() >= len(text):
        return 0  # "Bron" alone is a name
    end = found.end()
    begins_name = text[:1].isupper() and is_particle(text[:end].strip())
    return 0 if begins_name and _GOES_ON.match(text, end) else end


def strip_dates(text: str) -> str:
    """`text` without day, month or season at its end.

    >>> strip_dates("Trouw, 6 mei")
    'Trouw'
    """
    lowered = text.lower()
    found = _DATE_END.search(lowered)
    bare = (
        text[: found.start()]
        if found and found.end() == len(lowered)
        else text
    )
    return _PERSONAL.sub("", bare)


def words_of(text: str) -> list[str]:
    """The words of `text`, without the signs that part names.

    >>> words_of("Bos, Timmer & De Wit")
    ['Bos', 'Timmer', 'De', 'Wit']
    """
    return re.findall(r"[^\s,;&/()+]+", text)


def is_law_or_count(tokens: Sequence[str]) -> bool:
    """Every word is a law, a unit or a date word.

    >>> is_law_or_count(["hoofdstuk", "3"]), is_law_or_count(["Jeugdwet"])
    (True, True)
    >>> is_law_or_count(["Bos"])
    False
    """
    links = words("publishers", "organisation_links")
    bare = (fold(token).strip(".:'\"") for token in tokens)
    return all(
        _says_no_source(b)
        for b in bare
        if b and not b.isdigit() and b not in links
    )


def _says_no_source(word: str) -> bool:
    return is_treaty(word) or word in words("words", "no_source")


def is_treaty(word: str) -> bool:
    """Whether a folded word is a law, a treaty or an agreement.

    >>> is_treaty("klimaatakkoord"), is_treaty("jeugdwet"), is_treaty("akkoord")
    (True, True, True)
    >>> is_treaty("bos")
    False
    """
    return word.endswith(_TREATIES) and len(word) > 5


def read_source(text: str) -> Source | None:
    """The source that the words before a year name, or None.

    >>> found = read_source("zie ook De Wit & Van der Laan")
    >>> found.authors, found.start
    (('Wit', 'Laan'), 8)
    """
    start, led = _leads(text)
    text = _DASH_BEHIND.sub("", text)
    body = strip_dates(text[start:]).strip()
    body = body.rstrip(" ,;:.([") + ("." if _ETAL_STOP.search(body) else "")
    offset = text.find(body, start) if body else -1
    if offset < 0 or len(body) > LONGEST:
        return None
    found = _quoted(body) or data_source(body) or people(body)
    if found is None and led and _may_be_title(body):
        found = Source(0, 0, title=body)
    return (
        replace(found, start=offset, end=offset + len(body)) if found else None
    )


def _leads(text: str) -> tuple[int, bool]:
    """Length of the lead-in, and whether it says that a title may follow ("bron: ")."""
    start = lead_in(text)
    if said := _LOWER_LEAD.match(text[start:]):
        start += said.end()
    lead = fold(text[:start]).strip(" :,")
    return start, start > 0 and lead.endswith(_TITLES_SOURCES)


def _quoted(body: str) -> Source | None:
    """A title between quotation marks, with or without who wrote it."""
    quoted = _QUOTED.match(body)
    if not quoted:
        return None
    behind = body[quoted.end() :].strip(" ,.")
    by = people(behind) if behind else None
    names, group = (by.names, by.group) if by else ((), False)
    return Source(0, 0, names, title=quoted.group("t"), group=group)


def _may_be_title(body: str) -> bool:
    short = len(body.split()) <= _MOST_WORDS_OF_TITLE
    nothing = is_law_or_count(words_of(body)) or is_place(body)
    return body[0].isupper() and short and not nothing


def people(body: str, *, spoken: bool = False) -> Source | None:
    """People, an organisation, a periodical or a programme that `body` as a whole names.

    Args:
        body: the words, without lead-in and date.
        spoken: a verb of saying stands beside it, so that a person is likely.

    >>> people("Movisie en Nivel").authors, people("Bos e.a.").etal
    (('Movisie', 'Nivel'), True)
    >>> people("hoofdstuk 3") is None, people("Het team is er niet") is None
    (True, True)
    """
    body = _GLUED_MARK.sub("", _ABBREVIATED.sub("", body))
    tokens = words_of(body)
    if not tokens or _names_nothing(body, tokens, spoken):
        return None
    if (
        phrase_pattern("words", "programmes").match(fold(body))
        and len(tokens) <= 9
    ):
        return Source(0, 0, (organisation(body),), title=body, group=True)
    if _is_body_with_purpose(tokens):
        return Source(0, 0, (organisation(body),), group=True)
    if found := _in_periodical(body):
        return found
    return _named(body, tokens, spoken) if _capital_enough(tokens) else None


def _named(body: str, tokens: Sequence[str], spoken: bool) -> Source | None:
    """The people or organisations that `body` lists."""
    found = parse_names(body)
    if not found.names or found.score < _NAMES_LIKELY:
        return None
    names = tuple(_without_particle_behind(name) for name in found.names)
    group = is_organisation(body) or any("literal" in name for name in names)
    if not (group or spoken) and _common_words(body, tokens, found):
        return None
    return Source(0, 0, names, etal=found.etal, group=group)


def _is_body_with_purpose(tokens: Sequence[str]) -> bool:
    """A body called by its kind and what it is for: "Platform openbare gezondheid".

    >>> _is_body_with_purpose(["Werkgroep", "veilige", "pleinen"])
    True
    >>> _is_body_with_purpose(["Werkgroep", "Bos"])
    False
    """
    kind, *purpose = tokens
    known = words("words", "bodies_with_purpose")
    return (
        kind[:1].isupper()
        and fold(kind) in known
        and 0 < len(purpose) <= _MOST_WORDS_OF_PURPOSE
        and all(word.isalpha() and word.islower() for word in purpose)
    )


def _names_nothing(body: str, tokens: Sequence[str], spoken: bool) -> bool:
    """Whether words are a law, a number, a town or a sentence.

    More than so many words are never names; a verb among three or more says that
    they are a sentence ("Wat de gemeente kan").
    """
    return (
        len(tokens) > _MOST_WORDS
        or fold(tokens[0]) in words("words", "measures")
        or is_law_or_count(tokens)
        or is_treaty(fold(tokens[-1]))
        or fold(tokens[-1]).strip(".") in words("words", "editions")
        or (len(tokens) > 2 and any(fold(t) in _OF_SENTENCES for t in tokens))
        or bool(_COUNT.search(body))
        or (is_town(body) and not spoken)
    )


def _in_periodical(body: str) -> Source | None:
    """A person in a periodical: "Kuipers in Trouw"."""
    inside = _IN_PERIODICAL.match(body)
    if inside is None:
        return None
    who, container = inside.group("who", "c")
    personal = any(
        is_given(t) or is_initials(t) or is_particle(t) for t in who.split()
    )
    if not personal and not is_periodical(container):
        return None
    found = people(who)
    return (
        replace(found, container=container)
        if found and not found.group
        else None
    )


def _common_words(body: str, tokens: Sequence[str], found: NameList) -> bool:
    """Whether a name is a long common noun ("Nulmeting"), or nothing but towns.

    Asked only of people: an organisation may well be called after its town.
    """
    if (
        len(tokens) == 1
        and len(body) > 9
        and fold(body).endswith(_NOUN_ENDINGS)
    ):
        return True
    given = any(name.get("given") for name in found.names)
    towns = all(is_town(name.get("family", "")) for name in found.names)
    return towns and not given and not found.etal


def is_town(text: str) -> bool:
    """Whether `text` is a place and not also a likely surname.

    >>> is_town("Zwolle"), is_town("Kampen")
    (True, False)
    """
    return is_place(text) and fold(text) not in words("names", "towns")


def _without_particle_behind(name: Mapping[str, str]) -> Mapping[str, str]:
    """A name whose particle is printed behind it.

    >>> _without_particle_behind({"family": "Geest van"})
    {'family': 'Geest', 'non-dropping-particle': 'van'}
    """
    parts = name.get("family", "").split()
    behind: list[str] = []
    while len(parts) > 1 and is_particle(parts[-1]):
        behind.insert(0, parts.pop())
    if not behind:
        return name
    return {
        **name,
        "family": " ".join(parts),
        "non-dropping-particle": " ".join(behind).lower(),
    }


def _capital_enough(tokens: Sequence[str]) -> bool:
    """Surnames and organisations have capitals; only links, particles and "e.a." go without."""
    whole = fold(" ".join(tokens))
    known = words("publishers", "periodicals") | words(
        "publishers", "newspapers"
    )
    with_particle = (
        any(is_particle(token) for token in tokens) and len(tokens) >= 3
    )
    for token in tokens:
        if _is_capital(token) or _may_be_small(token):
            continue
        # A surname typed without its capital: "Van der lans".
        if not (with_particle and token is tokens[-1]):
            return whole in known
    return whole in known or any(_begins_name(token) for token in tokens)


def _is_capital(token: str) -> bool:
    first = token[0]
    return (
        first.isupper()
        or first.isdigit()
        or first in "'’‘-"
        or bool(_COMMISSION.match(token))
    )


def _may_be_small(token: str) -> bool:
    bare = fold(token).strip(".:'\"")
    small = words("publishers", "organisation_links") | words(
        "publishers", "organisation_words"
    )
    return is_particle(token) or bare in small or bare in _OTHERS


def _begins_name(token: str) -> bool:
    commission = bool(_COMMISSION.match(token))
    known = fold(token) in words("publishers", "newspapers")
    apostrophe = token[0] in "'’‘" and any(char.isupper() for char in token)
    return (
        token[0].isupper()
        or token[0].isdigit()
        or commission
        or known
        or apostrophe
    )


_DATABASE = re.compile(r"StatLine", re.I)  # cited as "CBS StatLine" itself
_LAST_WORDS = 5  # of a data source that may be its organisation


def data_source(body: str) -> Source | None:
    """A set of figures with who keeps it: "Kerncijfers wijken en buurten CBS".

    >>> data_source("Gezondheidsmonitor Jeugd GGD West").authors
    ('GGD West',)
    """
    tokens = body.split()
    data = phrase_pattern("words", "data_sets")
    kept_by = (
        len(tokens) > 1 and tokens[0].isupper() and not _DATABASE.search(body)
    )
    if kept_by and data.match(fold(tokens[1])):
        maker, title = (
            tokens[0],
            " ".join(tokens[1:]),
        )  # "CBS Jaarrapport Jeugdhulp"
        return Source(0, 0, (organisation(maker),), title=title, group=True)
    if not data.match(fold(body)):
        return None
    for size in range(1, min(_LAST_WORDS, len(tokens) - 1) + 1):
        maker = " ".join(tokens[-size:]).strip("()[],")
        if (
            maker[:1].isupper()
            and is_organisation(maker)
            and not is_place(maker)
        ):
            title = " ".join(tokens[:-size]).rstrip(" ,-–(")
            return Source(
                0, 0, (organisation(maker),), title=title, group=True
            )
    return None
