"""Which people does a line name, and nothing else? Under a title, behind one, under a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from kb.bibliography.names import is_organisation, person_in_order
from kb.citations.entries.names import NameList, parse_names
from kb.citations.entries.parse import parse_entry
from kb.datafiles import words
from kb.dutch.fold import fold
from kb.records import Block
from kb.volumes.people import People, people_in

_LINES = ("paragraph", "heading", "list", "quote", "reference", "caption")
LONGEST_BYLINE = 200  # characters
_NAMES_LIKELY = 0.5  # score of a list of names
_CREDIT = re.compile(
    r"(?:auteur(?:s|\(s\))?|geschreven door|opgesteld door|opstellers?|samengesteld door|"
    r"samenstelling|written by|authors?)\s?:?\s+(?=\S)",
    re.I,
)
_PUBLISHED = re.compile(
    r"(?i:(?:gepubliceerd|verschenen|gebaseerd op|geaccepteerd|ingediend|aangeboden|"
    r"published|accepted|submitted|based on|appeared)(?:\s(?:als|in|as|eerder))?"
    r"(?:\s(?:artikel|article))?)\s?:?\s+(?=[A-Z])"
)
# Magazines name who made the pictures behind who wrote.
_PICTURES = re.compile(
    r"[\s,|•–-]+(?:foto(?:['’]?s|grafie)?|beeld|illustraties?|tekeningen|photo\w*)\b.*$",
    re.I,
)
_ON_BEHALF = re.compile(r"^(?:namens\s[^,:]{3,60}[,:]|w\.g\.)\s*", re.I)
_BETWEEN = re.compile(r",\s|\s[–—-]\s|\n|\s\(|\s\|\s")
_LONGEST_FUNCTION = 14  # words
FULL_NAME = (
    r"(?:(?:drs|dr|prof|mr|ir|ing)\.\s)*[A-Z][^\W\d_]+(?:-[A-Z][^\W\d_]+)?"
    r"(?:\s(?:van|de|der|den|ter|ten|['’]t|el|al)){0,3}"
    r"(?:\s[A-Z][\w’'-]+){1,2}"
)

_INTRODUCED = re.compile(
    rf"(?P<name>{FULL_NAME})\s(?:is|was|werkt(?:\sals)?|werkte\sals)\s(?P<what>[^.]{{3,150}})\.?"
)
_NAME_AND_FUNCTION = re.compile(  # one surname: what stands before is of the line before
    r"(?<!\S)[A-Z][^\W\d_]+(?:-[A-Z][^\W\d_]+)?(?:\s(?:van|de|der|den|ter|ten)){0,3}"
    r"\s[A-Z][\w’'-]+,\s(?=[a-z])"
)
_BRACKETED = re.compile(r"\s\(([^()]{2,80})\)")
_NEXT_SENTENCE = re.compile(r"(?<=\.)\s+(?=[A-Z])")


def _may_name(block: Block) -> bool:
    kind = block.kind in ("paragraph", "heading")
    return kind and len(block.text) <= LONGEST_BYLINE


def credited(block: Block) -> NameList | None:
    """Who wrote it, also an organisation, where a line says so outright.

    >>> credited(Block("paragraph", "Opgesteld door: GGD Rijnoord")).names
    ({'literal': 'GGD Rijnoord'},)
    """
    said = _CREDIT.match(block.text.strip()) if _may_name(block) else None
    if said is None:
        return None
    line = _PICTURES.sub("", block.text.strip()[said.end() :]).strip(" .")
    people = only_people(line) or _with_function(line)
    if people:
        return people
    found = parse_names(line)
    return found if found.names and found.score >= _NAMES_LIKELY else None


def published_as(block: Block) -> NameList | None:
    """The authors of the article that a chapter of a thesis was before.

    >>> text = "Eerder gepubliceerd als: Vos, K., & Prins, A. (2014). De lift. Buurt, 3, 1-9."
    >>> [name["family"] for name in published_as(Block("paragraph", text)).names]
    ['Vos', 'Prins']
    """
    said = _PUBLISHED.search(block.text)
    if said is None:
        return None
    record = parse_entry(block.text[said.end() :])
    names = tuple(record.get("author") or ())
    return NameList(names, score=1.0) if names else None


def signer(text: str) -> NameList | None:
    """Who signs with this line: a name, with or without a function behind it.

    >>> signer("Ada Prins, wethouder zorg").names
    ({'family': 'Prins', 'given': 'Ada'},)
    >>> signer("Kantelpers, mei 2016") is None
    True
    """
    line = _ON_BEHALF.sub("", text.strip().strip(",.")).strip()
    if len(line) > LONGEST_BYLINE:
        return None
    return only_people(line) or _with_function(line)


def is_function(text: str) -> bool:
    """Whether a line says what somebody is: "Wethouder sociaal domein"."""
    tokens = re.findall(r"[\w-]+", fold(text))
    known = words("kb.volumes", "parts.toml", "functions")
    found = any(token.endswith(tuple(known)) for token in tokens)
    return found and len(tokens) <= _LONGEST_FUNCTION


def full_name(text: str) -> NameList | None:
    """A name in two to five words whose first name is not known; no sentence.

    Asked only where something else says that a person stands here.
    """
    bare = text.strip().strip(",")
    if not re.fullmatch(FULL_NAME, bare) or is_organisation(bare):
        return None
    return NameList((person_in_order(bare.split()),), score=1.0)


def _with_function(line: str) -> NameList | None:
    """ "Ada Prins, lector aan Hogeschool De Brug", "Ada Prins, Bob Vos (Kantelpers)".

    Several people, each with a function, stand one behind the other.
    """
    several = [_one_with_function(each) for each in _each_person(line)]
    if len(several) > 1 and all(several):
        names = [name for found in several if found for name in found.names]
        return NameList(tuple(names), score=1.0)
    return _in_brackets(line) or _one_with_function(line)


def _each_person(line: str) -> list[str]:
    """A line cut before each name that a function follows."""
    later = [m.start() for m in _NAME_AND_FUNCTION.finditer(line)][1:]
    cuts = pairwise([0, *later, len(line)])
    return [line[start:end].strip(" ;") for start, end in cuts]


def _in_brackets(line: str) -> NameList | None:
    """People whose place stands in brackets behind them, of all or of each."""
    places = _BRACKETED.findall(line)
    if not places or not all(
        is_function(place) or is_organisation(place) for place in places
    ):
        return None
    return only_people(_BRACKETED.sub("", line))


def _one_with_function(line: str) -> NameList | None:
    head, mark, rest = _split(line)
    if not mark or not (is_function(rest) or is_organisation(rest)):
        return None
    return only_people(head) or full_name(head)


def _split(line: str) -> tuple[str, str, str]:
    cut = _BETWEEN.search(line)
    if cut is None:
        return line, "", ""
    return line[: cut.start()].strip(), cut[0], line[cut.end() :].strip(" )")


def only_people(text: str) -> NameList | None:
    """Names with given names, nothing else; a sentence or an organisation is none.

    >>> found = only_people("Anna de Wit en Piet Prins")
    >>> [name["family"] for name in found.names]
    ['Wit', 'Prins']
    >>> only_people("De wijk slaapt niet.") is None
    True
    """
    if not text or text[-1] in ".?!:;" or any(char.isdigit() for char in text):
        return None
    found = parse_names(text)
    names = tuple(_with_given(name) for name in found.names)
    whole = all(name.get("family") and name.get("given") for name in names)
    known = any(name.get("given") for name in found.names)
    if not whole or not known or found.score < _NAMES_LIKELY:
        return None
    return replace(found, names=names)


_SURNAME_FIRST = (
    r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?,\s(?:[A-Z][a-z]?\.\s?){1,4}"
    r"(?:\s?(?:van|de|der|den|ter|ten)){0,3}"
)
_SURNAMES_FIRST = re.compile(
    rf"{_SURNAME_FIRST}(?:(?:,\s?(?:&|en)?|\s(?:&|en))\s?{_SURNAME_FIRST})*"
)


def surnames_first(text: str) -> NameList | None:
    """Names as lists of references have them, and nothing else.

    >>> [name["family"] for name in surnames_first("Bos, K., & Wit, P. de").names]
    ['Bos', 'Wit']
    """
    if not _SURNAMES_FIRST.fullmatch(text.strip()):
        return None
    found = parse_names(text)
    return found if found.names else None


def described(block: Block) -> NameList | None:
    """Whom a line under a title introduces, each by what he or she does.

    >>> line = "Anna de Wit is lector bij Hogeschool De Brug. Piet Bos is jurist."
    >>> [name["family"] for name in described(Block("paragraph", line)).names]
    ['Wit', 'Bos']
    """
    if not _may_name(block):
        return None
    read = [
        _INTRODUCED.fullmatch(each)
        for each in _NEXT_SENTENCE.split(block.text.strip())
    ]
    names = [
        person_in_order(found["name"].split())
        for found in read
        if found and is_function(found["what"])
    ]
    return (
        NameList(tuple(names), score=1.0) if len(names) == len(read) else None
    )


def _with_given(name: Mapping[str, str]) -> dict[str, str]:
    """A name of two words beside full names: its first word is a given name too.

    >>> _with_given({"family": "Kofi Mensah"})
    {'family': 'Mensah', 'given': 'Kofi'}
    """
    parts = name.get("family", "").split()
    if name.get("given") or len(parts) != 2 or not parts[0][:1].isupper():
        return dict(name)
    return {**name, "given": parts[0], "family": parts[1]}


def people_of(block: Block) -> People | None:
    """The people that a block names, and nothing else."""
    if block.kind not in _LINES:
        return None
    if found := people_in(block.text):
        return found
    told = surnames_first(block.text) or described(
        Block("paragraph", block.text)
    )
    return People(tuple(told.names)) if told else None
