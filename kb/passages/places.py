"""Which municipalities and years does a passage speak of?

A gazetteer, read with care for names that are also words or surnames. Not counted: a place
in the name of a school or university, a publisher's place, a province, a surname (Van
Zeist, 2014), a street. Years are those of the text, not of its citations or of a law's name
(Wmo 2015).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kb.datafiles import table
from kb.records import Passage

_OFTEN = 2  # passages that name a municipality before the document is about it
_FRONT = 3  # passages with which a document opens
_SHORT = 6  # passages of a short one: a news item, a column
# Of all passages of a document. National programmes, theses and reports on software name
# the town of an office, a court or an example in up to 2.5 % of theirs; documents about a
# municipality name it in 6 to 31 % (37 documents of 31 publishers, judged by reading).
_OF_ALL = 0.03
# Of the passages that name the municipality named most: below it a municipality is a
# neighbour, a partner or an example, above it one of those compared.
_SHARE = 0.2
_BEFORE, _AFTER = 40, 30  # characters around a name that are looked at
_OFFICIAL = re.compile(r"\b[Gg]emeenten?(?: \w+,?(?: en)?)? $")
_DE = re.compile(r"\bDe $")
_GOES_ON = re.compile(r"(?:,| en | of |\)|\.)")
_READ = 20_000  # characters that are looked at
_LEADING = re.compile(
    r"(?:\b(?:[Gg]emeenten?|[Ss]tad|[Rr]egio|[Ii]n|[Tt]e|[Uu]it|[Vv]anuit|[Bb]ij|"
    r"[Rr]ond(?:om)?|[Tt]ussen|[Vv]oor|"
    r"[Oo]ok|[Zz]owel|[Ww]ijkteams?(?: van)?|[Bb]uurtteams?(?: van)?|[Ii]nwoners van|"
    r"[Bb]ewoners van|"
    r"naar) (?:de (?:gemeente )?)?)$"
)
_ENUMERATION = re.compile(r"(?:\w, |\b(?:en|of|als|versus) |/)$")
_NOT_BEFORE = re.compile(
    r"(?:(?:[Hh]ogeschool(?: [A-Z][a-z]+)?|HU|HAN|[Uu]niversiteit|[Uu]niversity|"
    r"[Rr]ijksuniversiteit|[Uu]niversitair \w+|"
    r"[Pp]rovincie|[Kk]ennisinstituut|ROC|[Uu]itgeverij|[Ll]ectoraat|[Bb]isdom|FC|VU|"
    r"UMC|TU|TH|[Cc]ommissie|GGD|"
    r"[Ww]erkplaats(?:en)?(?: [Ss]ociaal [Dd]omein)?)(?: van(?: [A-Z]\w+ en)?|"
    r" of| in)? "
    r"|(?:\b(?:Van|Van der|Van den|De|Ter|Ten|Van de)|\b[A-Z]\.,? (?:van|de)|"
    r"[A-Z][\w-]+,? (?:van|de|der)) )$"
)
_PUBLISHER = re.compile(r"^(?:/[A-Z]\w+(?: [A-Z]\w+)?)?: (?:[A-Z]|\*)")
_NOT_AFTER = re.compile(
    r"^(?:(?: e\.? ?a\.?| et al\.?|,? [A-Z]\.| & [A-Z])?,? \(?(?:19|20)\d\d|(?:straat|"
    r"weg|plein|laan|singel|kade)\b|"
    r"[ -]University\b| (?:Wmo-)?(?:werkplaats|hogeschool|universiteit|lectoraat)|"
    r"[,/]?\s*(?:\d{1,2} )?(?:januari|februari|maart|april|mei|juni|juli|augustus|"
    r"september|oktober|november|december) (?:19|20)\d\d)"
)
_DATED_PAIR = re.compile(
    r"^ (?:en|&) ((?:(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en) ){0,2}[A-Z][\w'-]+)(?:,? \(?(?:19|"
    r"20)\d\d|,? e\.? ?a\.)"
)
_PEOPLE = re.compile(
    r"\b(?:Inwoners|Bewoners|Burgers|Ouders|Jongeren|Professionals|Teamleden|"
    r"Wijkteams?|Teams?|Wijken|Buurten|Wethouders?|"
    r"Gemeenteraad|Raad|College|Gemeenten?|Stad|Regio|Delen|Zoals die) van $"
)
_IN_PLACE = re.compile(
    r"\b(?:(?:[Ww]ijk|[Bb]uurt|[Gg]ebieds)?[Tt]eams?(?: in| van)?|[Gg]emeenten?|"
    r"[Mm]odel|[Ss]tad|[Rr]egio|[Ii]n"
    r"|(?:[Ww]ethouders?|[Bb]urgemeester|[Rr]aad|[Cc]ollege|[Tt]eams?|[Ii]nwoners|"
    r"[Bb]ewoners|[Pp]rofessionals) (?:in|van)) $"
)
_YEAR = re.compile(
    r"(?<![\d.,/€-])(?<!€ )((?:19[5-9]|20[0-4])\d)(?![\d%]|[.,]\d)"
)
_LAW = re.compile(
    r"\b(?:Wmo|WMO|Jeugdwet|Participatiewet|Wlz|AWBZ|Wpg|Zvw|versie|nr\.?|art\.?|"
    r"artikel|pagina|p\.)\s*$",
    re.I,
)
# The years of a title, and a body of a municipality among the makers.
_TITLE_YEARS = re.compile(
    r",? \(?(?:19|20)\d\d(?: ?[-–/] ?(?:(?:19|20)?\d\d))?\b\)?"
)
_BODY = re.compile(
    r"\b(?:gemeente(?:raad|bestuur)?|rekenkamer\w*|raad|college)\b", re.I
)
_BRACKETED = re.compile(r"\([^()]{0,300}\)|\[[^\[\]]{0,200}\]")
_AUTHOR = re.compile(
    r"[A-Z][\w’'&-]+(?:,? (?:e\.? ?a\.?|et al\.?|red\.|eds?\.))?,?\s*\(?$"
)
_MONTH = re.compile(
    r"\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|"
    r"november|december|voorjaar|najaar|"
    r"zomer|herfst|winter|begin|eind|medio|sinds|in|per|vanaf|tot|jaar|periode|van|en|"
    r"uit|t/m)\s*$",
    re.I,
)


@dataclass(frozen=True)
class _Gazetteer:
    names: Mapping[str, str]  # as written → municipality
    ambiguous: frozenset[str]
    common: frozenset[
        str
    ]  # those that are ordinary words: at the beginning of a sentence they say nothing
    provinces: Mapping[str, str]
    official: tuple[str, ...]  # those with a province
    pattern: re.Pattern[str]


@cache
def _gazetteer() -> _Gazetteer:
    data = table("kb.passages", "municipalities.toml")
    provinces = {
        name: province
        for part in ("former", "provinces")
        for province, names in data[part].items()
        for name in names
    }
    names = {name: name for name in provinces} | data["aliases"]
    ordered = sorted(names, key=len, reverse=True)
    pattern = re.compile(
        r"(?<![\w-])(?=[A-Z'’])(?:"
        + "|".join(re.escape(name) for name in ordered)
        + r")(?![\w]|-[A-Z])"
    )
    return _Gazetteer(
        names,
        frozenset(data["ambiguous"]),
        frozenset(data["common"]),
        provinces,
        tuple(provinces),
        pattern,
    )


def _starts_sentence(before: str) -> bool:
    return not before.strip() or before.rstrip()[-1] in ".?!:•”\"'“"


def _follows_place(before: str) -> bool:
    """Whether the word before, joined by a comma or "en", is itself a municipality."""
    joined = re.search(
        r"((?:[\w'-]+ ){0,3}[\w'-]+)(?:, | en | of |/)$", before
    )
    return joined is not None and joined.group(1).endswith(
        _gazetteer().official
    )


@dataclass(frozen=True)
class _Mention:
    """A name as it stands in a text, with what stands around it."""

    name: str
    before: str
    after: str

    @property
    def is_official(self) -> bool:
        """Whether it is called a municipality: "de gemeente Epe"."""
        return _OFFICIAL.search(self.before) is not None

    @property
    def is_led_in(self) -> bool:
        """Whether the words before lead in a place."""
        led = self.is_official or _IN_PLACE.search(self.before) is not None
        return led or _follows_place(self.before)

    @property
    def is_adjective(self) -> bool:
        """A form such as "Zwolse", which stands for the municipality."""
        known = _gazetteer()
        ends = self.name.endswith(("se", "er"))
        return (
            ends
            and self.name in known.names
            and self.name not in known.provinces
        )

    @property
    def belongs_to_other(self) -> bool:
        """Part of the name of a school, a company, a person: no place."""
        if not _NOT_BEFORE.search(self.before) or _PEOPLE.search(self.before):
            return False
        return not (self.is_adjective and _DE.search(self.before))

    @property
    def is_author(self) -> bool:
        """A surname or a publisher's place beside a year."""
        if self.is_led_in:
            return False
        if _NOT_AFTER.search(self.after):
            return True
        pair = _DATED_PAIR.match(self.after)
        return pair is not None and pair.group(1) not in _gazetteer().names

    @property
    def is_led_loosely(self) -> bool:
        """Whether, of a doubtful name.

        Anything before or after it says that it is one.
        """
        if self.is_led_in or _LEADING.search(self.before):
            return True
        listed = _ENUMERATION.search(self.before) is not None
        return listed and _GOES_ON.match(self.after) is not None


def _names_place(mention: _Mention, ambiguous: bool) -> bool:
    """Whether this mention of a name is a mention of the municipality."""
    if mention.belongs_to_other or mention.is_author:
        return False
    if _PUBLISHER.search(mention.after) and not mention.is_official:
        return False
    if not ambiguous:
        return True
    first = _starts_sentence(mention.before) and not mention.is_official
    return mention.is_led_loosely and not first


def municipalities_in(
    text: str, known: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The municipalities a text names, in order of first mention; former ones under their own name.

    `known` are doubtful names that another passage of the document uses for the place:
    they count here without a leading word.
    """
    gazetteer = _gazetteer()
    found: dict[str, None] = {}
    for match in gazetteer.pattern.finditer(text[:_READ]):
        start, end = match.span()
        before = text[max(0, start - _BEFORE) : start]
        mention = _Mention(match.group(), before, text[end : end + _AFTER])
        if _names_place(mention, _is_doubtful(mention, known)):
            found.setdefault(gazetteer.names[mention.name])
    return tuple(found)


def _is_doubtful(mention: _Mention, known: frozenset[str]) -> bool:
    """Whether a name needs a word that leads it in."""
    gazetteer = _gazetteer()
    if mention.name not in gazetteer.ambiguous:
        return False
    common = mention.name in gazetteer.common and _starts_sentence(
        mention.before
    )
    return common or mention.name not in known


def municipalities_titled(
    title: str, makers: Iterable[str] = ()
) -> tuple[str, ...]:
    """The municipalities that a title names, or that made the document.

    A year behind a name is no author's there. Of the makers only a municipality itself, or
    a body of it, says what the document is about.

    >>> municipalities_titled("Evaluatie van de adviesraad Hengelo 2008/2009")
    ('Hengelo',)
    >>> municipalities_titled("Kadernota jeugd", ["Gemeente Weert", "Hogeschool Zwolle"])
    ('Weert',)
    """
    found = [*municipalities_in(_TITLE_YEARS.sub("", title))]
    for maker in makers:
        if _BODY.search(maker):
            found += municipalities_in(maker, _gazetteer().ambiguous)
    return tuple(dict.fromkeys(found))


def municipalities_of(
    passages: Iterable[Passage], title: str = ""
) -> tuple[str, ...]:
    """The municipalities a document is about, most frequent first; not all it names.

    Those of its title, and those it keeps coming back to: in a share of its passages, and in
    a fair share of as many as the one named most. What stands seldom must open the document,
    twice, or once in a short one; beside a title that names a place it is an example.

    Args:
        passages: all of the document.
        title: as its record has it, or the file.
    """
    listed = [p for p in passages if p.block != "reference"]
    counts = Counter(
        place for passage in listed for place in passage.municipalities
    )
    titled = set(municipalities_titled(title))
    front = [] if titled else listed[:_FRONT]
    opening = {p for passage in front for p in passage.municipalities}
    most = max(counts.values(), default=0)
    seldom = 1 if len(listed) <= _SHORT else _OFTEN
    least = max(seldom, _OF_ALL * len(listed), _SHARE * most)
    about = {
        place
        for place, times in counts.items()
        if times >= least and (times > _OFTEN or place in opening)
    }
    return tuple(
        sorted(about | titled, key=lambda place: (-counts[place], place))
    )


def years_in(text: str) -> tuple[int, ...]:
    """The years a text speaks of, sorted; not those of citations and laws."""
    text = text[:_READ]
    brackets = [
        m.span()
        for m in _BRACKETED.finditer(text)
        if re.search(r"[A-Z][\w’'-]+[^()]*\b(?:19|20)\d\d", m.group())
    ]
    found = set()
    for match in _YEAR.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if any(
            start < match.start() < end for start, end in brackets
        ) and not _MONTH.search(before):
            continue
        if _LAW.search(before) or (
            _AUTHOR.search(before) and not _MONTH.search(before)
        ):
            continue
        found.add(int(match.group(1)))
    return tuple(sorted(found))


def with_places(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages of one document, each with its municipalities and years."""
    listed = [(p, _places_of(p)) for p in passages]
    known = frozenset(name for _, places in listed for name in places)
    swayed = known & _gazetteer().ambiguous
    return tuple(
        _placed(p, places, swayed) if p.block != "reference" else p
        for p, places in listed
    )


def _places_of(passage: Passage) -> tuple[str, ...]:
    if passage.block == "reference":
        return ()
    return municipalities_in(passage.text)


def _placed(
    passage: Passage, places: tuple[str, ...], swayed: frozenset[str]
) -> Passage:
    """The passage with its places; read again where it has a name no longer in doubt."""
    if any(name in passage.text for name in swayed):
        places = municipalities_in(passage.text, swayed)
    return replace(
        passage, municipalities=places, years=years_in(passage.text)
    )
