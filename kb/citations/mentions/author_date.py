"""In-text citations: author-year in brackets and in the sentence, bare second years, titles with a year, "ibid."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.citations.entries.dates import YEAR, read_date
from kb.citations.entries.item_type import is_periodical
from kb.citations.entries.names import strip_etal
from kb.citations.entries.splitting import is_note_entry
from kb.citations.mentions.authors import Source, lead_in, read_source
from kb.citations.mentions.narrative_authors import (
    author_before,
    organisation_in,
    periodical_before,
    person_in,
    speaker_in,
)
from kb.citations.wordlists import alternation, fold, longest_first, phrase_pattern
from kb.records import Citation, Passage

SKIPPED_KINDS = frozenset({"reference", "contents"})

_BRACKET = re.compile(r"\(((?:[^()]|\([^()]{1,40}\)){1,600})\)|\[([^\[\]()]{4,200})\]")
_INNER = re.compile(r"\(([^()]{1,400})\)")
_YEAR = re.compile(
    rf"(?<![\d-])(?:(?P<y>{YEAR})(?:\s?/\s?(?P<y2>{YEAR}))?(?P<s>[a-z](?:\s?[,/&]\s?[a-z](?![a-z]))*)?(?![\w-]|"
    rf"\.\d|\s?%)|(?P<nd>z\.\s?d\.|z\.\s?j\.|n\.\s?d\.|in druk|in press|forthcoming))"
)
_PAGES = re.compile(
    r"\s*[,:;]?\s*(?:(?:p|pp|pag|blz|pagina|par|S)\s?\.?\s*(?P<a>\d{1,4}(?:\s?(?:-|–|—|en|,|"
    r"e\.v\.)\s?\d{1,4})*)|[,:]\s*(?P<b>\d{1,3}(?:\s?[-–]\s?\d{1,4})?)(?=\s*(?:e\.v\.?|ev\.?|ff?\.?)?\s*(?:$|[;,)])))(?:\s?(?:e\.v\.|"
    r"ev\.|ff?\.))?"
)
_ONLY_PAGES = re.compile(
    r"\s*(?:p|pp|pag|blz|pagina)\s?\.?\s*(?P<p>\d{1,4}(?:\s?[-–]\s?\d{1,4})?)\s*"
)
_IBID = re.compile(
    r"\s*(?:ibid(?:em)?\.?|idem|t\.a\.p\.|a\.w\.|op\. ?cit\.|loc\. ?cit\.)(?P<rest>.{0,20})$",
    re.I,
)
_MONTHS = alternation(longest_first("words", "months"))
_FROM = re.compile(
    rf"\s{{1,3}}uit\s{{1,3}}(?:het\s+(?:jaar|najaar|voorjaar)\s+)?(?:(?:{_MONTHS})\s+)?({YEAR})\b",
    re.I,
)
_OPEN = {"’": "‘", "”": '“„"', "'": "'‘", '"': '"“„'}


def citations_of(passage: Passage) -> tuple[Citation, ...]:
    """All citations of a passage in text order; none in reference lists and tables of contents."""
    if passage.kind in SKIPPED_KINDS or passage.block in {
        "reference",
        "toc",
        "furniture",
    }:
        return ()
    if (passage.kind == "footnote" or passage.block == "footnote") and is_note_entry(
        passage.text
    ):
        return ()
    found: list[Citation] = []
    for match in _BRACKET.finditer(passage.text):
        found = _bracket(passage, match, found)
    found += _from_years(passage, found)
    if passage.kind == "footnote" or passage.block == "footnote":
        found += _note(passage, found)
    found = [_in_this_volume(c, passage.text) for c in _distinct(found)]
    return tuple(sorted(found, key=lambda c: (c.start, c.end)))


IN_THIS_VOLUME = "an article in this volume"
_VOLUME_BEHIND = re.compile(
    r",?\s+(?:elders\s)?in (?:deze bundel|dit boek|deze publicatie|deze uitgave|"
    r"this volume)"
)


def _in_this_volume(citation: Citation, text: str) -> Citation:
    """ "(zie Bos & Timmer in deze bundel)" means an article of the same volume."""
    if citation.year is None and _VOLUME_BEHIND.match(text, citation.end):
        return replace(citation, reason=IN_THIS_VOLUME)
    return citation


def _distinct(found: list[Citation]) -> Iterator[Citation]:
    seen: set[tuple[int, int]] = set()
    for citation in found:
        if (citation.start, citation.end) not in seen:
            seen.add((citation.start, citation.end))
            yield citation


def _bracket(
    passage: Passage, match: re.Match[str], found: list[Citation]
) -> list[Citation]:
    group = 1 if match.group(1) is not None else 2
    inner, start = match.group(group), match.start(group)
    text = passage.text
    if only := _ONLY_PAGES.fullmatch(inner):
        return _page_behind(text, found, start, only.group("p"))
    if group == 1 and (ibid := _IBID.match(inner)) and found:
        return [*found, _ibid(passage, start, inner, ibid, found[-1])]
    if group == 1:
        dated = _narrative(passage, match.start(), match.end(), inner)
        if dated is not None:
            return found + dated
    items = _items(passage, inner, start)
    if not items and group == 1 and "(" in inner:
        for nested in _INNER.finditer(text, start, match.end(1)):
            found = _bracket(passage, nested, found)
        return found
    if not items and group == 1:
        items = _without_year(passage, match.start(), match.end(), inner, start)
    return found + items


# -- in brackets


def _items(passage: Passage, inner: str, base: int) -> list[Citation]:
    """The citations of one bracket; separators are semicolons, or commas after a year."""
    out: list[Citation] = []
    inner = re.sub(rf";(?=\s*{YEAR})", ",", inner)  # "De Bock; 2008"
    for piece in re.finditer(r"[^;]+", inner):
        part, at, previous = piece.group(), 0, (out[-1] if out else None)
        for year in _YEAR.finditer(part):
            if year.start() < at:
                continue
            head = part[at : year.start()]
            pages = _PAGES.match(part, year.end())
            end = pages.end() if pages else year.end()
            citation = _item(
                passage, head, at, year, base + piece.start(), end, pages, previous
            )
            if citation:
                out.append(citation)
                previous = citation
                at = end
            elif not head.strip(" ,"):
                at = end
    return out


def _item(
    passage: Passage,
    head: str,
    at: int,
    year: re.Match[str],
    base: int,
    end: int,
    pages: re.Match[str] | None,
    previous: Citation | None,
) -> Citation | None:
    bare = re.sub(r"^[\s,&]*(?:en|and)?[\s,]*$", "", head)
    page = (
        re.sub(r"\s+", "", (pages.group("a") or pages.group("b"))).replace("–", "-")
        if pages
        else None
    )
    number, suffix = _year_of(year)
    if not bare.strip(" ,"):
        if previous is None:
            return None
        start = base + year.start()
        return _make(
            passage,
            start,
            base + end,
            replace(_source(previous), start=start, end=start),
            number,
            suffix,
            page,
            narrative=previous.narrative,
        )
    skip = len(head) - len(head.lstrip(" ,&"))
    lead = re.match(r"(?:en|and)\s+", head[skip:])
    skip += lead.end() if lead else 0
    source = read_source(head[skip:]) or _behind_preposition(head, skip)
    if source is None:
        return None
    start = base + at + skip + source.start
    return _make(passage, start, base + end, source, number, suffix, page)


def _behind_preposition(head: str, skip: int) -> Source | None:
    """Names at the end of running words: "lees het verslag van Dorsman en Kuil, 2018", "ruim de helft volgens Van Eerde, 2017"."""
    end = len(head.rstrip(" ,"))
    found = author_before(head, end)
    if (
        found is None
        or found.start <= skip
        or not re.search(
            r"\b(?:van|door|volgens|bij|aldus)\s+(?:de |het )?$", head[: found.start]
        )
    ):
        return None
    return replace(found, start=found.start - skip, end=end - skip)


def _year_of(year: re.Match[str]) -> tuple[int | None, str]:
    if not year.group("y"):
        return None, ""
    return int(year.group("y2") or year.group("y")), (year.group("s") or "")[:1]


def _source(citation: Citation) -> Source:
    return Source(
        citation.start,
        citation.end,
        citation.authors,
        citation.title,
        None,
        citation.etal,
        citation.group,
    )


def _make(
    passage: Passage,
    start: int,
    end: int,
    source: Source,
    year: int | None,
    suffix: str = "",
    pages: str | None = None,
    *,
    narrative: bool = False,
) -> Citation:
    text = passage.text
    while end > start and text[end - 1] in " ,;:":
        end -= 1
    return Citation(
        passage=passage.id, surface=text[start:end], start=start, end=end, authors=source.authors, year=year, suffix=suffix,
        title=source.title, pages=pages, narrative=narrative, etal=source.etal, group=source.group,
    )  # fmt: skip


def _page_behind(
    text: str, found: list[Citation], at: int, pages: str
) -> list[Citation]:
    """A page in brackets of its own, behind a quotation, belongs to the citation before it."""
    between = text[found[-1].end : at] if found else ""
    if (
        found
        and found[-1].pages is None
        and len(between) < 500
        and len(re.findall(r"[.?!][\"”’']?\s+[A-Z]", between)) < 2
    ):
        return [*found[:-1], replace(found[-1], pages=pages)]
    return found


def _ibid(
    passage: Passage, start: int, inner: str, match: re.Match[str], last: Citation
) -> Citation:
    pages = _PAGES.match(match.group("rest"))
    page = (pages.group("a") or pages.group("b")) if pages else None
    return replace(
        _make(
            passage,
            start,
            start + len(inner),
            _source(last),
            last.year,
            last.suffix,
            page,
        ),
        title=last.title,
    )


def _without_year(
    passage: Passage, opening: int, closing: int, inner: str, base: int
) -> list[Citation]:
    """ "(Dorsman & Kuil)", "(zie ook A. Dorsman in www…)", "(… van A & B in deze bundel)", "uit 2018 (Dorsman e.a.)"."""
    text = passage.text
    if bundle := re.search(
        r"\b(?:van|door|zie(?: ook)?)\s+(?P<n>[A-Z][^()]{3,120}?),?\s+(?:elders\s)?in (?:deze bundel|"
        r"dit boek|deze publicatie|deze uitgave|dit nummer|this volume)",
        inner,
    ):
        source = read_source(bundle.group("n"))
        if source and source.authors:
            return [
                _make(
                    passage,
                    base + bundle.start("n"),
                    base + bundle.end("n"),
                    source,
                    None,
                )
            ]
    if article := re.match(
        r"(?:zie|zie ook|vgl\.?|vergelijk)\s(?:ook\s)?(?:het|de)\s(?:artikel|bijdrage|hoofdstuk|"
        r"essay|stuk)\s(?:van|door)\s(?P<n>[A-Z][^()\d]{3,100})$",
        inner,
    ):
        source = read_source(article.group("n"))
        if source and source.authors:
            return [
                _make(
                    passage,
                    base + article.start("n"),
                    base + article.end("n"),
                    source,
                    None,
                )
            ]
    skip = lead_in(inner)
    if web := re.match(
        r"(?P<n>[A-Z][^()]{3,60}?)\s+(?:in|op|via|on)\s+(?:https?:|www\.)\S+$",
        inner[skip:],
    ):
        source = read_source(web.group("n"))
        if source and source.authors:
            return [_make(passage, base + skip, base + len(inner), source, None)]
    body = inner[skip:].strip(" ,;")
    _, etal = strip_etal(body)
    personal = etal or re.search(
        r"(?:&|\ben\b).*\b[Vv]an\s(?:der?|den)\s|\b[Vv]an\s(?:der?|den)\s\S+\s(?:&|en)\s",
        body,
    )
    if not personal or len(body) > 90:
        return []
    source = read_source(body)
    if source is None or not source.authors or source.group:
        return []
    if year := re.search(
        rf"(?:\buit\s+|\bin\s+)?({YEAR})\s*$", text[max(0, opening - 12) : opening]
    ):
        start = max(0, opening - 12) + year.start(1)
        return [
            _make(passage, start, closing, source, int(year.group(1)), narrative=False)
        ]
    start = base + skip + source.start
    return [_make(passage, start, start + len(body), source, None)]


# -- in the sentence


_INVERTED = re.compile(
    r"[^\W\d_]{2,}, (?:(?:van|de|der|den|ter|ten|von) ){0,3}(?:[A-Z]|Ch|Th|Chr|IJ)\."
)
_DATED = re.compile(
    rf"\s*(?:(?:c\.|ca\.)\s)?(?P<d>[^;]{{0,40}}?(?:{YEAR})(?:\s?/\s?{YEAR})?[a-z]?|z\.\s?d\.|"
    rf"n\.d\.|in druk|in press)(?P<tail>[\s,:;].{{0,90}}|)$"
)


def _narrative(
    passage: Passage, opening: int, closing: int, inner: str
) -> list[Citation] | None:
    """Citations of a bracket that holds a date only (with pages, further years or a periodical), or None when it holds more."""
    dated = _DATED.match(inner)
    if not dated or not (when := read_date(dated.group("d").strip(" ,"))):
        return None
    tail, base = dated.group("tail"), opening + 1 + dated.start("tail")
    pages = _PAGES.match(tail)
    beyond = tail[pages.end() if pages else 0 :].strip(" ,;:")
    if re.match(r"(?:t/m|tot|-|–|—|en verder|en later|until|to)\b|[-–—]", beyond):
        return []  # a period: "(2023 t/m 2028)"
    years = list(_YEAR.finditer(tail)) if beyond else []
    if beyond and not years and not is_periodical(beyond) and len(beyond.split()) > 4:
        return None
    source = _speaker(passage.text, opening, inner, precise=len(when.parts) == 3)
    if source is None:
        return []
    start = source.start
    if _INVERTED.search(passage.text[max(0, start - 4) : opening]):
        return []  # an entry of a list, not a mention
    page = (
        re.sub(r"\s+", "", (pages.group("a") or pages.group("b"))).replace("–", "-")
        if pages
        else None
    )
    first_end = closing if not years else opening + 1 + dated.end("d")
    out = [
        _make(
            passage,
            start,
            first_end,
            source,
            when.year,
            when.suffix,
            page,
            narrative=True,
        )
    ]
    for year in years:
        bare = tail[: year.start()].strip(" ,;&en")
        if not bare or bare.isdigit() or _YEAR.search(bare):
            number, suffix = _year_of(year)
            out.append(
                _make(
                    passage,
                    base + year.start(),
                    base + year.end(),
                    source,
                    number,
                    suffix,
                    narrative=True,
                )
            )
        else:
            out += _items(passage, tail, base)[-1:]
    return out


def _speaker(text: str, opening: int, inner: str, *, precise: bool) -> Source | None:
    """Who is meant by a year in brackets: the names or the title right before it, or the person the sentence is about."""
    end = len(text[:opening].rstrip())
    if end == 0:
        return None
    if titled := _title_before(text, end):
        return titled if not precise else None
    direct = periodical_before(text, end) or author_before(text, end)
    sentence = _sentence_start(text, end)
    if direct and direct.group and is_periodical(" ".join(direct.authors)):
        person = person_in(text, sentence, direct.start) or speaker_in(
            text, sentence, direct.start
        )
        if person:
            return replace(person, end=direct.end, container=direct.authors[0])
    if direct:
        if precise and not (
            is_periodical(direct.authors[0])
            or re.search(
                r"\b(?:deel|aflevering|uitzending|artikel|interview|column|blog|krant)\b",
                text[sentence:end],
            )
        ):
            return None
        return direct
    if precise:
        return None
    return _from_sentence(text, sentence, end)


_WORK_WORD = re.compile(
    rf"[\w-]*(?:{alternation(longest_first('words', 'works_named'))})"
)


def _from_sentence(text: str, sentence: int, end: int) -> Source | None:
    if "(" in text[sentence:end]:
        sentence = max(sentence, text.rfind(")", sentence, end) + 1)
    if person := person_in(text, sentence, end):
        return person
    last = fold(text[max(0, end - 30) : end]).split()
    if last and _WORK_WORD.fullmatch(last[-1].strip(" ,")):
        return organisation_in(text, sentence, end)
    return None


def _sentence_start(text: str, end: int) -> int:
    window = max(0, end - 400)
    starts = [
        m.end()
        for m in re.finditer(
            r"(?<![A-Z])(?<!\be)(?<!\ba)[.?!][\"”’']?\s+(?=[A-Z‘“\"'])",
            text[window:end],
        )
    ]
    return window + starts[-1] if starts else window


def _title_before(text: str, end: int) -> Source | None:
    """A title between quotation marks that ends right before `end`."""
    close = text[end - 1]
    if close not in _OPEN:
        return _unclosed_title(text, end)
    for opening in _OPEN[close] + '‘“"':
        at = text.rfind(opening, max(0, end - 220), end - 1)
        if at >= 0 and (at == 0 or not text[at - 1].isalnum()) and end - at > 5:
            title = text[at + 1 : end - 1].strip()
            if (title[:1].isalnum() and " " in title) or len(title) > 6:
                return Source(at, end, title=title.rstrip(" .,"))
    return None


_UNCLOSED = re.compile(
    rf"(?:{alternation(longest_first('words', 'works_named'))})\s+(?P<q>[‘“\"])"
    rf"(?P<t>[^‘’“”\"()]{{8,160}}(?:\([^()]{{1,20}}\)[^‘’“”\"()]{{0,120}})?)$",
    re.I,
)


def _unclosed_title(text: str, end: int) -> Source | None:
    """A title whose closing quotation mark was forgotten, behind a word such as "rapport"."""
    window = max(0, end - 260)
    found = _UNCLOSED.search(text[window:end])
    return (
        Source(window + found.start("q"), end, title=found.group("t").strip(" .,"))
        if found
        else None
    )


# -- years outside brackets


def _from_years(passage: Passage, found: list[Citation]) -> list[Citation]:
    """ "de studie van Nivel uit 2018"; "een notitie uit juni 2011 ('Ruimte om te doen')"."""
    text, out = passage.text, []
    taken = [(c.start, c.end) for c in found]
    for match in _FROM.finditer(text):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        before = text[max(0, match.start() - 120) : match.start()]
        named = phrase_pattern("words", "works_named")
        if quoted := re.match(
            r"\s*\(([‘“\"'])(?P<t>[^()]{4,200}?)[’”\"']\)", text[match.end() :]
        ):
            if re.search(r"(?:" + named.pattern + r")$", fold(before)):
                start = match.start() - len(before.split()[-1])
                titled = Source(
                    start, match.end() + quoted.end(), title=quoted.group("t")
                )
                out.append(
                    _make(
                        passage,
                        titled.start,
                        titled.end,
                        titled,
                        int(match.group(1)),
                        narrative=True,
                    )
                )
            continue
        source = author_before(text, match.start())
        if (
            source
            and source.authors
            and named.search(fold(text[max(0, source.start - 40) : source.start]))
            and re.search(
                r"\b(?:van|door)\s+(?:het |de )?$",
                text[max(0, source.start - 14) : source.start],
            )
        ):
            out.append(
                _make(
                    passage,
                    source.start,
                    match.end(),
                    source,
                    int(match.group(1)),
                    narrative=True,
                )
            )
    return out


def _note(passage: Passage, found: list[Citation]) -> list[Citation]:
    """A footnote that is a short citation itself: "Van der Lans 2010, p. 45."."""
    text = passage.text
    if found or len(text) > 120:
        return []
    mark = re.match(r"\s*(?:\d{1,3}|[*†¹²³⁴-⁹]+)?[.)]?\s+", text)
    at = mark.end() if mark else 0
    body = text[at:].rstrip(" .")
    items = _items(passage, body, at)
    return (
        items
        if items and items[0].start - at < 25 and len(text) - items[-1].end < 4
        else []
    )
