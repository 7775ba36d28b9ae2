"""What was typed, parsed once with Whoosh's query parser into a query tree of ours.

Words in the tree are folded but not stemmed. What cannot be read as a query is read as words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from whoosh import fields as wf
from whoosh import qparser as qp
from whoosh import query as wq
from whoosh.analysis import Analyzer as WhooshAnalyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.qparser.common import QueryParserError

from kb.dutch.analysis import tokens
from kb.dutch.fold import spelled
from kb.search.query_tree import (
    And,
    Filter,
    Must,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    joined,
)
from kb.search.question.fields import fields, read_value

MAX_CHARACTERS = 1_000  # of a question in the query language
MAX_WORDS = 64
LONG_TEXT = (
    30  # words from which a text without quotes and operators is no query
)
MAX_TEXT = 6_000  # characters of such a text
MAX_TYPED = 20_000  # characters looked at
_MAX_DEPTH = 12
TEXT = "text"  # the field of words that were typed without one
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+"
)
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"'}
)
_OPERATORS = {"And": "AND|EN", "Or": "OR|OF", "Not": "NOT|NIET"}
_BINARY = rf"(?:{_OPERATORS['And']}|{_OPERATORS['Or']})"
OR_TYPED = re.compile(
    rf"(?<!\S)(?:{_OPERATORS['Or']})(?!\S)"
)  # one of the words is enough
_OPERATED = re.compile(
    rf'"|(?<!\S)(?:{"|".join(_OPERATORS.values())})(?!\S)|\w:\w'
)
_DANGLING = re.compile(
    rf"^\s*{_BINARY}(?=\s|$)|(?<!\S){_BINARY}\s*$"
    rf"|(?<!\S)(?:{_OPERATORS['Not']})\s*$|\(\s*\)"
)
# Figures with points or commas between them (2.3.2, 24/7), letters joined by an ampersand
# (C&A), and hyphens beside a figure or by one or two letters (W-2, up-to-date, e-health).
_CODE = re.compile(
    r"""(?x)(?<![\w:"*.-])(?!(?:19|20)\d\d-(?:19|20)\d\d(?!\w))(?:
    \d+(?:[.,/]\d+)+[a-z]?
    | [^\W\d]{1,3}&[^\W\d]{1,3}
    | (?=[\w-]*(?:\d|-\w{1,2}(?![^\W_])|\b\w{1,2}-))\w+(?:-\w+)+
    )(?![\w*:])"""
)
# A word with a star behind it. Whoosh's own takes a bracket before the word along.
_STARRED = r"""(?P<text>[^\s*()"]+)[*](?=\s|$|\))"""
Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as read. `tree` is None when nothing but filters was asked."""

    tree: Node | None
    filters: Values = field(default_factory=dict)
    excluded_filters: Values = field(default_factory=dict)
    literal: bool = False  # it could not be parsed and is searched as words
    notes: tuple[str, ...] = ()
    typed: bool = False  # anything was typed at all
    text: str = ""  # as typed, cleaned


def read(text: str) -> Query:
    """Read a query; never fails: what makes no sense is searched as words."""
    spaced = _CONTROL.sub(
        " ", spelled(text[:MAX_TYPED].translate(_QUOTES))
    ).strip()
    if len(spaced.split()) >= LONG_TEXT and not _OPERATED.search(spaced):
        cut = _cut(spaced, MAX_TEXT)
        too_long = ("query_cut",) if len(cut) < len(spaced) else ()
        return Query(
            _as_words(cut, MAX_TEXT), notes=too_long, typed=True, text=cut
        )
    cleaned, notes = _clean(_with_codes_quoted(spaced))
    if not cleaned:
        return Query(None, notes=notes, typed=bool(text.strip()))
    try:
        tree = None if _malformed(cleaned) else _parse(cleaned)
    except (
        QueryParserError,
        _UnreadableError,
        RecursionError,
        NotImplementedError,
    ):
        tree = None  # Whoosh leaves a sign by itself unread with the last of these
    if tree is None:
        words = _as_words(cleaned)
        return Query(
            words, literal=True, notes=notes, typed=True, text=cleaned
        )
    found = _Filters()
    rest = found.taken_from(tree)
    return Query(
        rest,
        _once(found.wanted),
        _once(found.excluded),
        notes=notes,
        typed=True,
        text=cleaned,
    )


def _with_codes_quoted(text: str) -> str:
    """The text with quotes around what is one name though it has signs inside.

    >>> _with_codes_quoted("formulier W-2 en art. 2.3.2"), _with_codes_quoted("C&A")
    ('formulier "W-2" en art. "2.3.2"', '"C&A"')
    >>> _with_codes_quoted("Zeist-Oost 2013-2015"), _with_codes_quoted('"W-2"')
    ('Zeist-Oost 2013-2015', '"W-2"')
    """
    return text if '"' in text else _CODE.sub(r'"\g<0>"', text)


def _clean(text: str) -> tuple[str, tuple[str, ...]]:
    """The query cut to what can be answered at once."""
    cleaned = _cut(text, MAX_CHARACTERS)
    notes = ("query_cut",) if len(cleaned) < len(text) else ()
    pieces = cleaned.split(" ")
    if len(pieces) > MAX_WORDS:
        cleaned, notes = " ".join(pieces[:MAX_WORDS]), ("query_cut",)
    return cleaned, notes


def _malformed(text: str) -> bool:
    """Whether quotes, brackets or operators do not add up."""
    if text.count('"') % 2:
        return True
    depth = 0
    for sign in re.sub(r'"[^"]*"', "", text):
        depth += (sign == "(") - (sign == ")")
        if not 0 <= depth <= _MAX_DEPTH:
            return True
    return depth != 0 or _DANGLING.search(text) is not None


def _cut(text: str, most: int) -> str:
    """The text, cut at a word where it is longer than `most` characters."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0]


def _as_words(text: str, most: int = MAX_WORDS) -> Node | None:
    """A tree of the bare words of a text, None when it has none."""
    terms = tuple(Term(TEXT, token.folded) for token in tokens(text))
    return Or(terms[:most]) if terms else None


# -- from Whoosh's tree to ours


class _Words(WhooshAnalyzer):  # type: ignore[misc]
    """Gives Whoosh's parser our tokens."""

    def __call__(self, value: str, **kwargs: Any) -> Iterator[Any]:
        for position, found in enumerate(tokens(value)):
            yield _token(found.folded, position, found.start, found.end)


class _Whole(WhooshAnalyzer):  # type: ignore[misc]
    """The whole value as one token, for filters."""

    def __call__(self, value: str, **kwargs: Any) -> Iterator[Any]:
        yield _token(value, 0, 0, len(value))


def _token(text: str, position: int, start: int, end: int) -> Any:
    token = WhooshToken(positions=True)
    token.text, token.pos, token.startchar, token.endchar = (
        text,
        position,
        start,
        end,
    )
    token.boost, token.stopped = 1.0, False
    return token


@lru_cache(maxsize=1)
def _parser() -> Any:
    schema = wf.Schema(**{TEXT: wf.TEXT(analyzer=_Words())})
    for name in fields():
        schema.add(name, wf.TEXT(analyzer=_Whole()))
    operators = {
        name: rf"(?<![^\s(])(?:{words})(?=[\s(]|$)"
        for name, words in _OPERATORS.items()
    }
    plugins = [
        qp.WhitespacePlugin(),
        qp.FieldsPlugin(),
        qp.PrefixPlugin(_STARRED),
        qp.PhrasePlugin(),
        qp.GroupPlugin(),
        qp.OperatorsPlugin(
            **operators, AndNot=None, AndMaybe=None, Require=None
        ),
        qp.PlusMinusPlugin(
            plusexpr=r"(?<![^\s(])\+(?=\S)", minusexpr=r"(?<![^\s(])[-−](?=\S)"
        ),
    ]
    return qp.QueryParser(TEXT, schema, plugins=plugins, group=qp.OrGroup)


def _parse(text: str) -> Node:
    """The tree of a text that adds up.

    Raises what Whoosh raises, and _UnreadableError.
    """
    return _ours(_parser().parse(text, normalize=False)) or Or(())


class _UnreadableError(ValueError):
    """A filter with a value that makes no sense, e.g. jaar:abc."""


def _ours(node: Any) -> Node | None:
    """A node of Whoosh as one of ours; None where nothing is left."""
    if isinstance(node, wq.Term | wq.Prefix | wq.Phrase):
        return _word(node) if node.fieldname == TEXT else _filter(node)
    if isinstance(node, wq.Not):
        return _excluded(node.query)
    if isinstance(node, wq.AndNot):
        return joined(And, [_ours(node.a), _excluded(node.b)])
    if isinstance(node, wq.AndMaybe):
        first, second = _ours(node.a), _ours(node.b)
        if first is None or second is None:
            return first or second
        return Must(first, second)
    if isinstance(node, wq.And):
        return joined(And, map(_ours, node.subqueries))
    if isinstance(node, wq.Or | wq.DisjunctionMax):
        return _alternatives([_ours(part) for part in node.subqueries])
    return None


def _excluded(node: Any) -> Node | None:
    inner = _ours(node)
    return None if inner is None else Not(inner)


def _alternatives(parts: list[Node | None]) -> Node | None:
    """Parts that are or'ed; an exclusion among them excludes from all of them."""
    kept = [part for part in parts if part is not None]
    excluded = [part for part in kept if isinstance(part, Not)]
    if not excluded or len(excluded) == len(kept):
        return joined(Or, kept)
    wanted = joined(Or, [part for part in kept if not isinstance(part, Not)])
    return joined(And, [wanted, *excluded])


def _word(node: Any) -> Node | None:
    if isinstance(node, wq.Prefix):
        return Prefix(node.text) if node.text else None
    if isinstance(node, wq.Term):
        return Term(TEXT, node.text) if node.text else None
    words = tuple(word for word in node.words if word)
    if len(words) > 1:
        return Phrase(
            TEXT, words, node.slop - 1
        )  # Whoosh calls words in a row slop 1
    return Term(TEXT, words[0]) if words else None


def _filter(node: Any) -> Filter:
    if isinstance(node, wq.Phrase):
        value = " ".join(node.words)
    else:
        value = node.text + ("*" if isinstance(node, wq.Prefix) else "")
    facet, values = read_value(node.fieldname, value)
    if not values:
        raise _UnreadableError(value)
    return Filter(facet, values)


# -- filters apart from words


class _Filters:
    """Takes the filters out of a tree: those wanted, and those under an exclusion."""

    def __init__(self) -> None:
        self.wanted: dict[str, list[str]] = defaultdict(list)
        self.excluded: dict[str, list[str]] = defaultdict(list)

    def taken_from(self, node: Node, excluded: bool = False) -> Node | None:
        """The tree without filters; None where nothing is left."""
        if isinstance(node, Filter):
            found = self.excluded if excluded else self.wanted
            found[node.facet] += node.values
            return None
        if isinstance(node, Not):
            inner = self.taken_from(node.part, excluded=True)
            return None if inner is None else Not(inner)
        if isinstance(node, Must):
            first = self.taken_from(node.first, excluded)
            second = self.taken_from(node.second, excluded)
            if first is None or second is None:
                return first or second
            return Must(first, second)
        if isinstance(node, And | Or):
            return joined(
                type(node), [self.taken_from(p, excluded) for p in node.parts]
            )
        return node


def _once(found: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(dict.fromkeys(values)) for name, values in found.items()
    }
