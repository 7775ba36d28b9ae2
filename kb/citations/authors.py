"""The author words of an in-text citation: are these people, an organisation, a title, or no source at all?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kb.citations.kinds import is_periodical
from kb.citations.names import is_given, is_initials, is_organisation, is_particle, parse_names
from kb.citations.tables import alternation, fold, longest_first, phrase_pattern, words
from kb.citations.tail import is_place

_LEAD = re.compile(rf"(?:(?:{alternation(longest_first('words', 'lead_ins'))})(?![\w-])\s*[:,]?\s*)+")
_MONTHS = alternation(longest_first("words", "months"))
_DATE_END = re.compile(
    rf"[\s,;(]*(?:(?:\d{{1,2}}(?:\s?-\s?\d{{1,2}})?\s+)?(?:{_MONTHS}|{alternation(longest_first('words', 'seasons'))})[\s,.]*|"
    rf"\b(?:uit|van|sinds|anno|versie|d\.d\.|dd\.?)\s*)+$"
)
_QUOTED = re.compile(r"^[\"“„‘'’](?P<t>[^“”„\"]{2,250}?)[\"”’'](?=[\s.,;:)(]|$)")
_GENERIC = re.compile(r"\d+\s*%|[=<>]|\b\d{5,}\b")


@dataclass(frozen=True, slots=True)
class Source:
    """Who (or what) is cited; `start` and `end` are the span inside the text it was read from."""

    start: int
    end: int
    authors: tuple[str, ...] = ()
    title: str | None = None
    container: str | None = None
    etal: bool = False
    group: bool = False


def lead_in(text: str) -> int:
    """Length of the words that only lead to a source: "zie ook ", "vgl. ", "bron: "."""
    folded = text.lower()
    found = _LEAD.match(folded)
    if not found:
        return 0
    # "In 't Veld" and "Uit den Boogaard" are names, "Bron" alone is none
    end = found.end()
    return (
        end
        if end < len(text) and not (end and is_particle(text[:end].strip()) and text[:1].isupper() and text[end : end + 1].islower())
        else 0
    )


def strip_dates(text: str) -> str:
    """`text` without day, month or season at its end: "Trouw, 6 mei" gives "Trouw"."""
    lowered = text.lower()
    found = _DATE_END.search(lowered)
    return text[: found.start()] if found and found.end() == len(lowered) else text


def _words_of(text: str) -> list[str]:
    return re.findall(r"[^\s,;&/()+]+", text)


def _is_law_or_count(tokens: list[str]) -> bool:
    """Every word is a law, a unit or a date word: "Wmo", "hoofdstuk", "1 januari"."""
    stop = words("words", "no_source")
    bare = [fold(t).strip(".:'\"") for t in tokens]
    meaningful = [b for b in bare if b and not b.isdigit() and b not in words("publishers", "organisation_links")]
    return all(b in stop or (b.endswith("wet") and len(b) > 5) for b in meaningful)


def read_source(text: str, *, led: bool = False) -> Source | None:
    """The source that `text` (what stands before a year in brackets) names, or None.

    `led` says that "bron:" or the like stands before it, which makes a title without quotation marks likely.
    """
    start = lead_in(text)
    led = led or (
        start > 0
        and fold(text[:start]).strip(" :,").endswith(("bron", "bronnen", "uit", "naar", "source", "overgenomen uit", "ontleend aan"))
    )
    body = strip_dates(text[start:]).strip()
    body = body.rstrip(" ,;:.([") + ("." if re.search(r"(?:\ba|al|a\.\s?a)\.[\s,]*$", body) else "")
    offset = text.find(body, start) if body else -1
    if not body or offset < 0 or len(body) > 260:
        return None
    span = (offset, offset + len(body))
    if quoted := _QUOTED.match(body):
        behind = body[quoted.end() :].strip(" ,.")
        names = _people(behind) if behind else None
        return Source(*span, authors=names.authors if names else (), title=quoted.group("t"), group=bool(names and names.group))
    inner = _people(body)
    if inner:
        return Source(*span, authors=inner.authors, etal=inner.etal, group=inner.group, title=inner.title, container=inner.container)
    if led and body[0].isupper() and not _is_law_or_count(_words_of(body)) and len(body.split()) <= 14 and not is_place(body):
        return Source(*span, title=body)
    return None


def _people(body: str, *, spoken: bool = False) -> Source | None:
    tokens = _words_of(body)
    if (
        not tokens
        or fold(tokens[0]) in words("words", "measures")
        or _is_law_or_count(tokens)
        or _GENERIC.search(body)
        or (is_place(body) and not spoken)
        or len(tokens) > 22
    ):
        return None
    if phrase_pattern("words", "programmes").match(fold(body)) and len(tokens) <= 9:
        return Source(0, 0, authors=(body,), title=body, group=True)
    container = None
    if inside := re.match(
        r"(?P<who>[^()]{3,80}?)\s+in\s+(?:het (?:blad|magazine|tijdschrift)\s+|de\s+|het\s+)?(?P<c>[A-Z][^()]{2,60})$", body
    ):
        known = is_periodical(inside.group("c")) or any(
            is_given(t) or is_initials(t) or is_particle(t) for t in inside.group("who").split()
        )
        if known and (who := _people(inside.group("who"))) and not who.group:
            return Source(0, 0, authors=who.authors, etal=who.etal, container=inside.group("c"))
    if not _capital_enough(tokens):
        return None
    found = parse_names(re.sub(r"\s*\([A-Z][\w-]{1,9}\)$", "", body))
    if not found.names or found.score < 0.5:
        return None
    families = tuple(n.get("literal") or _without_trailing_particle(n.get("family", "")) for n in found.names)
    group = any("literal" in n for n in found.names) or is_organisation(body)
    if len(tokens) == 1 and not group and not spoken and fold(body).endswith(_NOUN_ENDINGS) and len(body) > 9:
        return None
    if not group and not spoken and all(is_place(f) for f in families) and not found.etal and not any(n.get("given") for n in found.names):
        return None
    return Source(0, 0, authors=families, etal=found.etal, group=group, container=container)


_NOUN_ENDINGS = tuple(sorted(words("words", "noun_endings")))


def _without_trailing_particle(family: str) -> str:
    parts = family.split()
    while len(parts) > 1 and is_particle(parts[-1]):
        parts.pop()
    return " ".join(parts)


def _capital_enough(tokens: list[str]) -> bool:
    """Surnames and organisations have capitals; only particles, conjunctions and "e.a." go without."""
    links = words("publishers", "organisation_links")
    for token in tokens:
        folded = fold(token).strip(".:'\"")
        if token[0].isupper() or token[0].isdigit() or token[0] in "'’‘-" or folded in links or is_particle(token):
            continue
        if folded in {
            "e.a",
            "e",
            "a",
            "ea",
            "et",
            "al",
            "c.s",
            "collega's",
            "anderen",
            "colleagues",
            "others",
            "and",
            "en",
        } or folded in words("publishers", "organisation_words"):
            continue
        # a surname typed without its capital ("Van der lans") or a periodical ("zorg en welzijn")
        if any(is_particle(t) for t in tokens) and token is tokens[-1] and len(tokens) >= 3:
            continue
        return fold(" ".join(tokens)) in words("publishers", "periodicals") or fold(" ".join(tokens)) in words("publishers", "newspapers")
    return any(t[0].isupper() or t[0].isdigit() or fold(t) in words("publishers", "newspapers") for t in tokens) or fold(
        " ".join(tokens)
    ) in words("publishers", "periodicals")


# -- before a bracket: "Ook Linders & Feringa (2014)"

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
        if about := _ABOUT.match(body):  # "het Movisie-onderzoek van Arum en Schoorl (2015)"
            first += len(about.group().split())
            continue
        if fold(tokens[first][0]) in words("words", "measures"):
            return None
        spoken = first > 0 and fold(tokens[first - 1][0]).strip(",") in {"volgens", "aldus", *words("words", "speaking")}
        if found := _people(body.rstrip(" ,;:"), spoken=spoken):
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
            found = replace(found, authors=tuple(_surname(a) for a in found.authors)) if not found.group else found
            return Source(window + tokens[first][1], end, authors=found.authors, etal=found.etal, group=found.group, title=title)
        first += 1
        while first < len(tokens) and not tokens[first][0][0].isupper() and not is_particle(tokens[first][0]):
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
    """A known periodical or newspaper right before `end`, in any case: "in Sociale vraagstukken (maart 2015)"."""
    tokens = list(_TOKEN.finditer(text, max(0, end - 90), end))
    for size in range(min(6, len(tokens)), 0, -1):
        body = text[tokens[-size].start() : end]
        if fold(body).strip(" ,.'\"") in words("publishers", "periodicals") and body.strip("‘'\"“")[:1].isupper():
            return Source(tokens[-size].start(), end, authors=(body.strip(" ,"),), group=True)
    return None


_ABOUT = re.compile(rf"\S*(?:{alternation(longest_first('words', 'works_named'))})\s+(?:van|door)\s+(?=(?:[a-z]+\s)?[A-Z])", re.I)


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
            and bare not in {"e.a", "al", "a", "e", "c.s", "dr", "prof", "drs", "mr", "ir", "ea"}
        )
        if (ends_sentence or word[-1] in ')”’"' or "(" in word) and not last:
            break
        if word[-1] == "," and not last and not (word[0].isupper() or is_initials(word.strip(","))):
            break
        capital = word.lstrip("'’‘\"“(")[:1].isupper() or (word[0].isdigit() and any(c.isalpha() for c in word))
        link = (
            bare in links
            or is_particle(word)
            or word in {"&", "/", "-", "–", "+"}
            or bare in {"and", "collega's", "e.a", "e", "a", "et", "al", "ea", "c.s", "anderen"}
        )
        if not (
            capital
            or link
            or (last and bare in words("publishers", "organisation_words"))
            or bare in {"ministerie", "gemeente", "provincie", "lectoraat", "instituut", "stichting"}
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
        if word[:1].isupper() and is_particle(word) and after and _surname_follows(tokens, first):
            return first
        if (
            word[:1].islower()
            and is_particle(word)
            and bare not in {"het", "in", "op", "bij", "uit", "voor", "onder", "over", "aan", "tot"}
        ):
            before = fold(tokens[first - 1][0]).strip(",.") if first else ""
            compound = is_particle(after) and after[:1].islower()
            if (
                (compound and bare in {"van", "von"} and not _organisation_after(tokens, first))
                or (
                    bare in {"de", "den", "ter", "ten", "der", "van"}
                    and before in {"volgens", "aldus", "&", "en", "stelt", "zegt", "schrijft", "ook"}
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
    return bool(rest) and " & " not in rest and is_organisation(re.split(r",|\sen\s[A-Z]", rest)[0])


_FULL = re.compile(
    r"(?<![\w-])(?P<first>[A-Z][\w'’-]+)\s(?P<rest>(?:(?:van|de|der|den|ten|ter|het|'t|’t|von|"
    r"te|Van|De|Der|Den)\s){0,3}[A-Z][\w'’-]+(?:-[A-Z][\w-]+)?)"
)


def person_in(text: str, start: int, end: int) -> Source | None:
    """The first person with a first name in text[start:end]: "Herman van Gunsteren heeft daarom …"."""
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
    """Surnames that a verb of saying follows in text[start:end]: "Keuzenkamp benoemt in Sociale Vraagstukken (maart 2015)"."""
    for match in _SAYS.finditer(text, start, end):
        if fold(match.group("n").split()[0]) in words("words", "starters") and not is_particle(match.group("n").split()[0]):
            continue
        if (found := _people(match.group("n"), spoken=True)) and not found.group:
            return Source(match.start("n"), match.end("n"), authors=found.authors)
    return None


_ORGANISATION = re.compile(r"(?<![\w-])[A-Z][\w&'’-]*(?:\s(?:(?:van|voor|en|de|het|der)\s){0,3}[A-Z][\w&'’-]*){0,6}")


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
        if is_organisation(body) and not _is_law_or_count(_words_of(body)) and not is_place(body) and body[0].isupper():
            return Source(at, at + len(body), authors=(body,), group=True)
    return None
