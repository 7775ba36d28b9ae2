"""The end of an entry, read from behind: publisher and place, and where sentences part."""

from __future__ import annotations

import re
from functools import lru_cache

from kb.citations.entries.names import is_organisation
from kb.citations.entries.numbers import Tail
from kb.citations.wordlists import alternation, fold, longest_first, words


def _clean(text: str) -> str:
    return text.strip(" .,;:")


@lru_cache(maxsize=1)
def _place_pattern() -> re.Pattern[str]:
    known = alternation(longest_first("publishers", "places"))
    one = rf"(?:{known})"
    return re.compile(
        rf"{one}(?:(?:\s?[/&;]\s?|\s?,\s|\s?-\s|\sen\s){one}){{0,3}}(?:,\s(?:[a-z]{{2}}|uk|mass\.?|"
        rf"conn\.?|calif\.?|n\.?j\.?|n\.?y\.?|d\.?c\.?|verenigd koninkrijk|england|germany|belgie|"
        rf"nederland|the netherlands|usa))?"
    )


@lru_cache(maxsize=20000)
def is_place(text: str) -> bool:
    """Whether `text` is one known place of publication, or several
    ("Amsterdam/Antwerpen", "Princeton, NJ")."""
    return bool(_place_pattern().fullmatch(fold(text).strip(" .:")))


@lru_cache(maxsize=20000)
def is_press(text: str) -> bool:
    """Whether `text` is a trade or university press."""
    folded = fold(text).strip(" .,()")
    if (
        folded in words("publishers", "press")
        or (
            folded in words("publishers", "thesis_schools")
            and "universit" not in folded
        )
        or re.search(
            r"university press|\buitgever(?:ij|s)\b|\bpers\b|\bpublish(?:ers|ing)\b|"
            r"\bverlag\b|\bpress\b|\bbooks\b",
            folded,
        )
    ):
        return True
    first = re.split(r"\s?[/&,]\s?", folded)[0]
    return first in words("publishers", "press")


@lru_cache(maxsize=20000)
def is_institute(text: str) -> bool:
    """Whether `text` is an institute, council, school, ministry or firm that publishes reports."""
    folded = fold(text).strip(" .,()")
    first = folded.split(" ")[0]
    if len(first) > 3 and first in words("publishers", "institute"):
        return True  # "NIZW Beroepsontwikkeling"
    return (
        folded in words("publishers", "institute")
        or any(
            p in words("publishers", "institute")
            for p in re.split(r"\s?[/&,|]\s?|\sen\s", folded)
        )
        or is_organisation(text)
    )


def known_publisher(text: str) -> bool:
    """Whether `text` as a whole is in the tables of presses and institutes."""
    folded = fold(text).strip(" .,")
    return folded in words("publishers", "press") or folded in words(
        "publishers", "institute"
    )


@lru_cache(maxsize=20000)
def is_publisher(text: str) -> bool:
    """Whether `text` is known or looks like someone who publishes."""
    return (
        bool(text)
        and len(text) <= 110
        and (is_press(text) or is_institute(text))
    )


def _capitalised(text: str) -> bool:
    links = words("publishers", "organisation_links")
    tokens = re.findall(r"[\w'’&/+-]+", text)
    return (
        bool(tokens)
        and all(
            t[0].isupper() or t[0].isdigit() or fold(t) in links
            for t in tokens
        )
        and (tokens[0][0].isupper() or tokens[0][0].isdigit())
    )


_SIGNS = re.compile(
    r"[()\[\]]|"
    r"(?P<stop>[.?!]['\"’”)]?,?|['\"’”],|(?<=\w)\s[-–—](?=\s[A-Z]\w+:))"
    r"\s+(?=[\"'“‘’(]?[^\W_])"
)


def segments(text: str, italics_end: int | None = None) -> list[int]:
    """Offsets in `text` where a new sentence-like part begins.

    Never inside brackets or quotation marks, nor before `italics_end`.

    >>> segments("De buurt. Een blik (nr. 3). Ede: Boom")
    [0, 10, 28]
    """
    starts = [0]
    depth = 0
    for match in _SIGNS.finditer(text):
        sign = match.group()
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth = max(0, depth - 1)
        elif depth > 0 or match.start() + 1 < (italics_end or 0):
            continue
        elif not _abbreviation(text, match.start()):
            starts.append(match.end())
    if italics_end is not None and 0 < italics_end < len(text):
        at = _behind_italics(text, italics_end)
        if at is not None and at not in starts:
            starts.append(at)
    return sorted(starts)


def _behind_italics(text: str, end: int) -> int | None:
    """Where a part begins behind italics; None where these are followed by more title."""
    after = re.match(r"[\s.,;:]*", text[end:])
    at = end + (after.end() if after else 0)
    goes_on = text[end:at].strip() == ":" or text.startswith("(", at)
    return None if goes_on or at >= len(text) else at


def _abbreviation(text: str, at: int) -> bool:
    """Whether the full stop at `at` closes an abbreviation or an initial."""
    if text[at] != ".":
        return False
    word = re.search(r"[\w.'’]*$", text[:at])
    last = word.group() if word else ""
    if len(last) == 1 or last[-2:-1] == ".":  # an initial: "J.", "J.P."
        return last[-1:].isupper()
    if fold(last) in words("words", "abbreviations"):
        return True
    return (
        fold(last) in words("words", "before_numbers")
        and text[at + 1 :].lstrip()[:1].isdigit()
    )


def take_publisher(tail: Tail, italic_end: int | None) -> None:
    """Place and publisher in either order, or one of them, from the end of `tail.rest`.

    Args:
        tail: changed where an imprint is found.
        italic_end: where the italic title ends in it; the imprint stands behind.
    """
    best = _best_imprint(tail.rest, italic_end) or _place_after_comma(
        tail.rest, italic_end
    )
    if best:
        tail.score, at, facts = best
        tail.facts |= facts
        tail.rest = tail.rest[:at].rstrip(" .,;:")


_LAST_PART = 0.05  # for the last sentence: an imprint seldom has two
_Found = tuple[
    float, int, dict[str, str]
]  # score, where it begins, place and publisher


def _best_imprint(text: str, italic_end: int | None) -> _Found | None:
    """The best of the last sentences as an imprint; None when none is one."""
    parts = segments(text, italic_end)
    found: list[_Found] = []
    for at in parts[-3:]:
        if at == 0 or (italic_end is not None and at < italic_end):
            continue
        score, facts = _imprint(text[at:], certain=italic_end is not None)
        score += _LAST_PART if at == parts[-1] else 0.0
        if facts:
            found.append((score, at, facts))
    return max(found, key=lambda each: each[0], default=None)


def _place_after_comma(
    text: str, italic_end: int | None
) -> tuple[float, int, dict[str, str]] | None:
    """ ", Utrecht: Movisie", ", Amsterdam 2010", ", Movisie, Utrecht" in notes that
    divide by commas."""
    for match in re.finditer(r"[,)?!\"”’']\s+(?=['’‘A-Z])", text):
        at = match.end()
        if italic_end is not None and at < italic_end:
            continue
        score, facts = _imprint(text[at:], certain=False)
        alone = (
            score == 0.5
            and match.group()[0] == ","
            and not is_place(re.split(r"[,.]\s", text[: match.start()])[-1])
        )
        if facts and "publisher-place" in facts and (score >= 0.7 or alone):
            return score, at, facts
    return None


_KIND = re.compile(
    r"(?:academisch |ongepubliceerde? )?(?:proefschrift|dissertatie|dissertation|phd|oratie|"
    r"openbare les|lezing|lectorale rede|inaugurele rede|afscheids|rede |paper|masterscriptie|"
    r"masterthesis|scriptie|keynote|presentatie|toespraak)"
)


def is_periodical_name(text: str) -> bool:
    """Whether `text` is a periodical or newspaper of the tables."""
    folded = fold(text).strip(" .,:;")
    return folded in words("publishers", "periodicals") or folded in words(
        "publishers", "newspapers"
    )


def _imprint(text: str, *, certain: bool) -> tuple[float, dict[str, str]]:
    """How well `text` reads as place and/or publisher, and the two."""
    body = _clean(text)
    if (
        not body
        or len(body) > 170
        or _KIND.match(fold(body))
        or is_periodical_name(body.split(",")[0])
    ):
        return 0.0, {}
    body = re.sub(r"\s+", " ", body)
    doubled = re.match(r"(.{3,30}?)\. \1: ", body)
    if doubled:  # "Utrecht. Utrecht: Movisie"
        body = body[doubled.end(1) + 2 :]
    if ":" in body and (colon := _COLON.match(body)):
        return _with_colon(colon, certain)
    if is_place(body):
        return 0.5, {"publisher-place": body}
    return (
        _with_comma(body, certain)
        or _with_nothing(body)
        or _publisher_only(body, certain)
    )


_COLON = re.compile(
    r"(?P<place>['’‘]?[^\W\d_][^:?!()]{1,45}?)\s?:\s?(?P<publisher>.{2,130})$"
)


_LONGEST_PLACE = 4  # words of a place that is in no list
_LONGEST_PUBLISHER = 6


def _with_colon(
    colon: re.Match[str], certain: bool
) -> tuple[float, dict[str, str]]:
    """ "Utrecht: Movisie", now and then "Movisie: Utrecht"."""
    place, publisher = (
        _clean(colon.group("place")),
        _clean(colon.group("publisher")),
    )
    as_written = {"publisher-place": place, "publisher": publisher}
    if is_place(place):
        return 1.0, as_written | {
            "publisher-place": _place(colon.group("place"))
        }
    if is_place(publisher) and is_publisher(place):
        return 0.95, {"publisher": place, "publisher-place": publisher}
    if is_organisation(place):
        return 0.6, {"publisher": f"{place}: {publisher}"}
    if not _capitalised(place) or len(place.split()) > _LONGEST_PLACE:
        return 0.0, {}
    size = len(publisher.split())
    if is_publisher(publisher) or (certain and size <= _LONGEST_PUBLISHER):
        return 0.8, as_written
    if _is_short(place, publisher) and _capitalised(publisher):
        return 0.6, as_written
    return 0.0, {}


def _is_short(place: str, publisher: str) -> bool:
    """Two names so short that they are no title with a subtitle."""
    return (
        len(place.split()) <= 2
        and len(publisher.split()) <= 4
        and not place.isupper()
    )


def _with_comma(
    body: str, certain: bool
) -> tuple[float, dict[str, str]] | None:
    """ "Movisie, Utrecht", "SCP. Den Haag", "Utrecht, Movisie"."""
    for cut in re.finditer(r"[.,;]\s+", body):
        left, right = _clean(body[: cut.start()]), _clean(body[cut.end() :])
        parts = re.split(r",\s", left)
        if is_publisher(parts[-1]) and not is_publisher(parts[0]):
            continue  # the end of the title lies before the publisher
        named = is_publisher(left) or (certain and _capitalised(left))
        if named and is_place(right) and not is_place(left):
            return 0.95, {"publisher": left, "publisher-place": right}
        if is_place(left) and _can_publish(right):
            return 0.85, {"publisher": right, "publisher-place": left}
    return None


def _can_publish(text: str) -> bool:
    """A publisher, or a short name that may be one."""
    if text[:1].isdigit() or is_place(text):
        return False
    return is_publisher(text) or (
        _capitalised(text) and len(text.split()) <= 4
    )


def _with_nothing(body: str) -> tuple[float, dict[str, str]] | None:
    """ "Amsterdam Hogeschool van Amsterdam"; "Oxford University Press" is one name."""
    folded = fold(body)
    lead = _place_pattern().match(folded)
    if (
        lead
        and lead.end() < len(body) == len(folded)
        and body[lead.end()] == " "
    ):
        publisher = _clean(body[lead.end() :])
        if is_publisher(publisher) and not fold(publisher).startswith(
            ("university press", "universitaire press")
        ):
            return 0.75, {
                "publisher-place": body[: lead.end()],
                "publisher": publisher,
            }
    return None


def _publisher_only(body: str, certain: bool) -> tuple[float, dict[str, str]]:
    if not _capitalised(re.sub(r"\([^()]*\)", "", body)) or "?" in body:
        return 0.0, {}
    if fold(body) in words("publishers", "periodicals") or fold(body) in words(
        "words", "notes"
    ):
        return 0.0, {}
    if is_publisher(body):
        return 0.7 - 0.02 * len(body.split()), {"publisher": body}
    if certain and len(body.split()) <= 5:
        return 0.45, {"publisher": body}
    return 0.0, {}


def _place(text: str) -> str:
    text = text.strip(" ,;:")
    return text if text.endswith("Mass.") else text.strip(".")
