"""Sources outside lists: in notes, under figures, on slides, in brackets, in the colophon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.citations.entries.dates import YEAR
from kb.citations.entries.names import is_organisation
from kb.citations.entries.official_sources import official_number
from kb.citations.entries.parse import parse_entry
from kb.citations.entries.splitting import (
    Piece,
    begins_entry,
    count_verbs,
    is_entry,
    is_reversed,
    part,
    trimmed,
    without_pointing,
)
from kb.citations.official import short_titles_in
from kb.citations.wordlists import (
    alternation,
    fold,
    longest_first,
    phrase_pattern,
    words,
)
from kb.records import Block

Found = tuple[str, Piece]  # the kind of place, and the text of the reference

_SOURCE = re.compile(
    r"\(?\b(?:[Bb]ron(?:nen)?|Source)\s?:\s*"
    r"(?P<s>[^()]{4,300}(?:\([^()]{1,40}\)[^()]{0,200})?)"
)
_TITLED = re.compile(
    rf"(?P<q>[‘“\"'])(?P<t>[^‘“”\"]{{6,200}}?)[’”\"']\s*"
    rf"\((?P<s>[^()]{{2,60}}?,?\s{YEAR}[a-z]?)\)"
)
_SLIDE = re.compile(
    r"^\W*(?:[Rr]apport|[Oo]nderzoek|[Aa]rtikel|[Pp]ublicatie|[Bb]oek|[Nn]ota|[Bb]rochure|"
    rf"[Hh]andreiking)\s+[‘“\"'](?P<t>.{{6,200}}?)[’”\"']?\s*\(\D{{0,12}}(?:{YEAR})\)\W*$"
)
_ADDRESS_IN_BRACKETS = re.compile(
    r"\((?:[^()]{0,120};\s*)?(?P<s>(?:https?://|www\.)[^()\s;]+)\)"
)
_WEB_IN_BRACKETS = re.compile(
    r"\((?P<s>(?:zie|zie ook|bron|bekijk|via)\b[^()]{2,80}?\b(?:https?://|www\.)[^()\s]+)\)",
    re.IGNORECASE,
)
# "Bron: het artikel van Bos & Vos (2016) laat zien dat …": a sentence cites, and is no source.
_GOES_ON = re.compile(
    rf"\({YEAR}[a-z]?\)\s(?!in\b|uit\b|en\b|van\b)[a-z]{{3,}}\s"
)
_MONTH_YEAR = re.compile(
    r"\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|"
    rf"december)\s+{YEAR}\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"www\.|http|\b[\w-]+\.(?:[\w-]+\.)?(?:nl|be|org|com|eu)/\S+"
)
_POINTS = re.compile(
    r"^(?:zie|bron|vgl|bekijk|via)\b|\bte (?:vinden|downloaden|raadplegen)\b|"
    rf"raadpleegd|geverifieerd|bezocht|opgevraagd|accessed|retrieved|{YEAR}",
    re.IGNORECASE,
)
# "is te raadplegen via", behind the name of what stands at the address.
_FOUND_AT = re.compile(
    rf"[,.]?\s(?:(?:is|zijn|staat|staan)\s(?:ook\s)?)?"
    rf"(?:{alternation(longest_first('words', 'found_at'))})"
    r"(?:\s(?:via|op|in|bij|onder))?(?:\s(?:de|het)\s(?:web)?site)?$",
    re.IGNORECASE,
)
_FEWEST_VERBS = 2  # of a text without a full stop that tells something
_ADDRESS_ALONE = re.compile(r"<?(?:https?://|www\.)\S+>?")
# What recognition makes of a raised number.
_SCANNED_MARK = re.compile(r"(?<=[.)\w])\s[?!®©°>*]\s(?=[A-Z‘“])")
_NOTE_MARK = re.compile(
    r"^\s*(?:(?:\d{1,3}|[*†‡®!?>©°]|[¹²³⁴-⁹]+)[.)]?\s+|[¹²³⁴-⁹]+)"
)
_SAME_SOURCE = re.compile(  # short for a source named before: no source of its own
    r"\b(?:ibid(?:em)?|idem|t\.\s?a\.\s?p|a\.\s?w|o\.\s?c|op\.\s?cit|loc\.\s?cit)\b",
    re.IGNORECASE,
)
_WORK_NAMED = re.compile(
    r"rapport|brief|advies|nota\b|notitie|opzet|plan\b|verslag|document|agenda|akkoord|"
    r"richtsnoer|protocol|convenant|programma|monitor|evaluatie|verkenning|onderzoek|"
    r"handreiking|visie|analyse|voorstel|besluit|verordening|motie|amendement|nieuwsbericht"
)
_NOT_READ = frozenset({"furniture", "toc", "table"})
_SHORT_NOTE = (
    240  # characters; a longer one says more than where something stands
)
_SHORT_DATED = 170
_MIN_ENTRY = 32
_OWN_CITATION_WITHIN = 120  # characters from the start of a block


def references_in(block: Block, before: Block | None) -> Iterator[Found]:
    """The sources that a block outside lists names.

    Args:
        block: any block.
        before: the one before it, which may announce the document's own citation.
    """
    text = " ".join(block.text.split())
    if not text or block.kind in _NOT_READ:
        return
    piece = Piece(text, block.page, block.label)
    own = _own_citation(text, before)
    if own:
        yield "self", replace(piece, text=own)
    elif block.kind == "footnote":
        for source in sources_of_note(piece):
            yield "footnote", source
    elif begins_entry(text) and _is_cut_entry(text):
        yield "footnote", replace(piece, text=trimmed(text))
    elif begins_entry(text) and _is_entry_in_text(block, text):
        yield "inline", piece
    else:
        yield from _within(piece)
        if block.kind in {"list", "paragraph"} and _is_on_slide(text):
            yield "slide", replace(piece, text=text.lstrip("-•* "))


def _own_citation(text: str, before: Block | None) -> str:
    """How the document asks to be cited: behind "citeer als", here or in the block before."""
    announces = phrase_pattern("words", "self_citation")
    announced = before is not None and announces.search(
        fold(before.text[-120:])
    )
    if announced and begins_entry(text):
        return text
    own = announces.search(fold(text)[:_OWN_CITATION_WITHIN])
    rest = text[own.end() :].lstrip(" :().APa7") if own else ""
    return rest if rest and begins_entry(rest) else ""


def _is_cut_entry(text: str) -> bool:
    """An entry behind which body text was glued."""
    short = trimmed(text)
    return short != text and bool(
        re.search(rf"\({YEAR}[a-z]?\)[.,]?\s", short)
    )


def _is_entry_in_text(block: Block, text: str) -> bool:
    """A paragraph that is one whole entry."""
    if block.kind == "heading" or len(text) >= 500:
        return False
    return (
        re.search(rf"\({YEAR}\)\.\s+\S.{{10,300}}[.>/\w]$", text) is not None
    )


def _is_on_slide(text: str) -> bool:
    return len(text) < 260 and _SLIDE.match(text) is not None


# -- in running text


def _within(piece: Piece) -> Iterator[Found]:
    """Sources named inside running text: behind "bron:", and addresses in brackets."""
    text = piece.text
    # Most blocks hold neither; looking for these first halves the time of a document.
    if "ron" in text or "ource" in text:
        for source in _SOURCE.finditer(text):
            if _is_titled(source.group("s")):
                yield "figure", replace(piece, text=source.group().strip("( "))
    if "http" in text or "www." in text:
        for pattern in (_ADDRESS_IN_BRACKETS, _WEB_IN_BRACKETS):
            for found in pattern.finditer(text):
                yield "inline", replace(piece, text=found.group("s"))


def _is_titled(source: str) -> bool:
    """A source line that names a work, not just an author and a year: those are citations."""
    body = source.strip(" .")
    address = re.search(r"www\.|https?:", body)
    if not address and not re.search(YEAR, body):
        return False
    head = re.split(rf",?\s*\(?{YEAR}", body)[0].strip(" ,(")
    if len(head.split()) < 3 or _tells(head) or _GOES_ON.search(body):
        return False
    if address:
        return _has_origin(body)
    return not is_organisation(head) and not re.match(
        r"eigen\b", head, re.IGNORECASE
    )


def _has_origin(source: str) -> bool:
    """Whether someone or some year stands in it.

    "Gemaakt door studenten, zie www.…" says where, but names no work.
    """
    origin = {"author", "editor", "issued", "publisher", "container-title"}
    return bool(origin & parse_entry(source).keys())


# -- in notes


def sources_of_note(piece: Piece) -> Iterator[Piece]:
    """The sources of a note: it may be an entry, name a paper, hold a titled source."""
    notes = _SCANNED_MARK.split(piece.text)
    if len(notes) > 1:
        for note in notes:
            yield from sources_of_note(replace(piece, text=note))
        return
    mark = _NOTE_MARK.match(piece.text)
    body = piece.text[mark.end() :] if mark else piece.text
    entry = _entry_in_note(replace(piece, text=body))
    if entry:
        yield entry
    elif _points_back(body) or _is_bare_source_line(body):
        return
    elif _is_whole_source(body):
        yield replace(piece, text=_without_telling(body))
    else:
        titled = [*_TITLED.finditer(body)]
        for match in titled:
            yield replace(piece, text=match.group())
        if not titled and _names_document(body):
            yield replace(piece, text=body)


def _entry_in_note(piece: Piece) -> Piece | None:
    """The first entry of a note, without "Zie ook"."""
    for sentence in part(piece):
        text = without_pointing(sentence.text)
        if (
            len(text) <= _MIN_ENTRY
            or not begins_entry(text)
            or not is_entry(text)
        ):
            continue
        if not _is_sentence(text) and not _SAME_SOURCE.search(text):
            return replace(piece, text=text)
    return None


def _points_back(body: str) -> bool:
    """Whether a note calls a source named before: "a.w., p. 4", "Handreiking, p. 10"."""
    if _SAME_SOURCE.search(body):
        return True
    named = without_pointing(body)
    return any(short.start == 0 for short in short_titles_in(named))


def _is_bare_source_line(body: str) -> bool:
    """ "Bronnen: gesprekken met bewoners": no source that others can find."""
    words = re.match(
        r"bron(?:nen)?:\s*(?:[^\W\d_]+[\s,]+){3}", body, re.IGNORECASE
    )
    return bool(words) and not re.search(YEAR, body) and not _has_origin(body)


def _is_whole_source(body: str) -> bool:
    """An address, with or without what it is, or "Title, A. Author, Publisher (year)"."""
    if _ADDRESS_ALONE.fullmatch(body.strip()):
        return True
    if (
        _ADDRESS.search(body)
        and len(body) < _SHORT_NOTE
        and _POINTS.search(body)
    ):
        return True
    return is_reversed(body)


def _without_telling(body: str) -> str:
    """A source on the web without the words that say that it stands there.

    A sentence names no work: of a note that is one only its address is the source.

    >>> _without_telling("De gids is te raadplegen via: https://gids.nl/teams")
    'De gids, https://gids.nl/teams'
    >>> _without_telling("Ede is een stad. Meer hierover is te vinden op www.ede.nl/stad")
    'www.ede.nl/stad'
    """
    address = _ADDRESS.search(body)
    if address is None or is_reversed(body):
        return body
    start = body.rfind(" ", 0, address.start()) + 1
    before = body[:start].rstrip(" :(<")
    named = _FOUND_AT.sub("", before).rstrip(" ,:;.")
    alone, _, behind = body[start:].partition(" ")
    if _tells(f"{named}. {behind}" if behind else named):
        return alone.strip(" <>().,;:")
    if named == before.rstrip(" ,:;."):
        return body
    return f"{named}, {body[start:]}" if named else body[start:]


def _tells(text: str) -> bool:
    """Whether words before an address say something instead of naming a work."""
    tokens = fold(text).split()
    sentences = re.search(r"[a-z]{3}[.?!]\s+[A-Z]", text)
    return _verbs(tokens) >= (1 if sentences else _FEWEST_VERBS)


def _verbs(tokens: list[str]) -> int:
    more = words("words", "verbs")
    bare = (token.strip(".,;:()") for token in tokens)
    return count_verbs(tokens) + sum(token in more for token in bare)


def _names_document(body: str) -> bool:
    """A paper of parliament, or a document named with its month."""
    if len(body) >= _SHORT_NOTE or _is_sentence(body):
        return False
    if official_number(body):
        return True
    dated = len(body) < _SHORT_DATED and _MONTH_YEAR.search(body)
    return bool(dated) and _WORK_NAMED.search(fold(body)) is not None


def _is_sentence(text: str) -> bool:
    """Whether a note is a sentence of its own rather than a source."""
    tokens = fold(text).split()
    if _verbs(tokens) >= _FEWEST_VERBS or tokens[:1] == ["dit"]:
        return True
    says = {"is", "zijn"} & set(tokens[:12])
    return bool(says) and len(text) > 80 and not begins_entry(text)
