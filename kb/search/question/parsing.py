"""What was typed, read once with Whoosh's query parser: a tree of words and phrases, filters, and how to say it back.

Words in the tree are folded but not stemmed and stand in the field "text". What cannot be read as a query is read as words.
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
from kb.search.question.fields import FIELDS, read_value

MAX_CHARACTERS = 1_000
MAX_WORDS = 64
_MAX_DEPTH = 12
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"'})
_OPERATORS = {"And": "AND|EN", "Or": "OR|OF", "Not": "NOT|NIET"}


@dataclass(frozen=True, slots=True)
class Query:
    """A question as read. `tree` is None when nothing but filters was asked."""

    tree: Any
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded_filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    literal: bool = False
    notes: tuple[str, ...] = ()
    typed: bool = False  # anything was typed at all


class _Words(WhooshAnalyzer):  # type: ignore[misc]
    """Gives Whoosh's parser our tokens."""

    def __call__(self, value: str, **kwargs: Any) -> Iterator[Any]:
        token = WhooshToken(positions=True)
        for position, found in enumerate(tokens(value)):
            token.text, token.pos, token.boost, token.stopped = (
                found.folded,
                position,
                1.0,
                False,
            )
            token.startchar, token.endchar = found.start, found.end
            yield token


class _Whole(WhooshAnalyzer):  # type: ignore[misc]
    """The whole value as one token, for filters."""

    def __call__(self, value: str, **kwargs: Any) -> Iterator[Any]:
        token = WhooshToken(positions=True)
        token.text, token.pos, token.boost, token.stopped = value, 0, 1.0, False
        token.startchar, token.endchar = 0, len(value)
        yield token


@lru_cache(maxsize=1)
def _parser() -> Any:
    schema = wf.Schema(text=wf.TEXT(analyzer=_Words()))
    for name in FIELDS:
        schema.add(name, wf.TEXT(analyzer=_Whole()))
    operators = qp.OperatorsPlugin(
        **{
            name: rf"(?<![^\s(])(?:{words})(?=[\s(]|$)"
            for name, words in _OPERATORS.items()
        },
        AndNot=None,
        AndMaybe=None,
        Require=None,
    )
    plugins = [
        qp.WhitespacePlugin(), qp.FieldsPlugin(), qp.PrefixPlugin(), qp.PhrasePlugin(), qp.GroupPlugin(), operators,
        qp.PlusMinusPlugin(plusexpr=r"(?<![^\s(])\+(?=\S)", minusexpr=r"(?<![^\s(])[-−](?=\S)"),
    ]  # fmt: skip
    return qp.QueryParser("text", schema, plugins=plugins, group=qp.OrGroup)


def _clean(text: str) -> tuple[str, tuple[str, ...]]:
    """The query without control characters, cut to a length that can be answered at once."""
    cleaned = _CONTROL.sub(" ", spelled(text.translate(_QUOTES))).strip()
    notes: tuple[str, ...] = ()
    if len(cleaned) > MAX_CHARACTERS:
        cleaned, notes = cleaned[:MAX_CHARACTERS].rsplit(" ", 1)[0], ("query_cut",)
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
    binary = rf"(?:{_OPERATORS['And']}|{_OPERATORS['Or']})"
    dangling = rf"^\s*{binary}(?=\s|$)|(?<!\S){binary}\s*$|(?<!\S)(?:{_OPERATORS['Not']})\s*$|\(\s*\)"
    return depth != 0 or re.search(dangling, text) is not None


def _as_words(text: str) -> Any:
    """A tree of the bare words of a text, None when it has none."""
    terms = [wq.Term("text", token.folded) for token in tokens(text)]
    return wq.Or(terms[:MAX_WORDS]) if terms else None


def read(text: str) -> Query:
    """Read a query; never fails: what makes no sense as a query is searched as words, with `literal` set."""
    cleaned, notes = _clean(text)
    if not cleaned:
        return Query(None, notes=notes, typed=bool(text.strip()))
    if _malformed(cleaned):
        return Query(_as_words(cleaned), literal=True, notes=notes, typed=True)
    try:
        parsed = _parser().parse(cleaned, normalize=False)
        pulled = _Pull()
        tree = pulled.walk(parsed, top=True)
    except (
        QueryParserError,
        _UnreadableError,
        RecursionError,
        NotImplementedError,
    ):  # the last: Whoosh leaves a sign by itself unread
        return Query(_as_words(cleaned), literal=True, notes=notes, typed=True)
    filters = {
        name: tuple(dict.fromkeys(values)) for name, values in pulled.filters.items()
    }
    without = {
        name: tuple(dict.fromkeys(values)) for name, values in pulled.without.items()
    }
    return Query(tree, filters, without, notes=notes, typed=True)


class _UnreadableError(ValueError):
    """A filter with a value that makes no sense, e.g. jaar:abc."""


class _Pull:
    """Takes filters out of a parsed tree and tidies the rest."""

    def __init__(self) -> None:
        self.filters: dict[str, list[str]] = defaultdict(list)
        self.without: dict[str, list[str]] = defaultdict(list)

    def walk(self, node: Any, top: bool = False) -> Any:
        """The tree without filters; None where nothing is left."""
        if isinstance(node, wq.Term | wq.Prefix | wq.Phrase):
            return self._leaf(node)
        if isinstance(node, wq.Not):
            return self._not(node)
        if isinstance(node, wq.AndNot):
            return _joined(wq.And, [self.walk(node.a, top), self._not(wq.Not(node.b))])
        if isinstance(node, wq.AndMaybe):
            return (
                _joined(wq.And, [self.walk(node.a, top), None])
                if node.b == wq.NullQuery
                else self._maybe(node, top)
            )
        if isinstance(node, wq.And | wq.Or | wq.DisjunctionMax):
            kind = wq.And if isinstance(node, wq.And) else wq.Or
            return self._group(kind, [self.walk(sub, top) for sub in node.subqueries])
        return None

    def _maybe(self, node: Any, top: bool) -> Any:
        """+must may: both are searched, the first is required."""
        must, may = self.walk(node.a, top), self.walk(node.b, top)
        return (
            wq.AndMaybe(must, may)
            if must is not None and may is not None
            else must
            if may is None
            else may
        )

    def _group(self, kind: Any, subs: list[Any]) -> Any:
        """An exclusion inside words that are or'ed excludes from all of them."""
        kept = [s for s in subs if s is not None]
        nots = [s for s in kept if isinstance(s, wq.Not)]
        if kind is wq.Or and nots and len(nots) < len(kept):
            rest = _joined(wq.Or, [s for s in kept if not isinstance(s, wq.Not)])
            return wq.And([rest, *nots])
        return _joined(kind, kept)

    def _not(self, node: Any) -> Any:
        inner = _Pull()
        rest = inner.walk(node.query)
        for name, values in inner.filters.items():
            self.without[name] += values
        return None if rest is None else wq.Not(rest)

    def _leaf(self, node: Any) -> Any:
        if node.fieldname == "text":
            if isinstance(node, wq.Phrase):
                words = [w for w in node.words if w]
                return (
                    None
                    if not words
                    else wq.Term("text", words[0])
                    if len(words) == 1
                    else wq.Phrase("text", words, slop=node.slop)
                )
            return node if node.text else None
        value = (
            " ".join(node.words)
            if isinstance(node, wq.Phrase)
            else node.text + ("*" if isinstance(node, wq.Prefix) else "")
        )
        field, values = read_value(node.fieldname, value)
        if not values:
            raise _UnreadableError(value)
        self.filters[field] += values
        return None


def _joined(kind: Any, subs: list[Any]) -> Any:
    kept = [s for s in subs if s is not None]
    return (
        None
        if not kept
        else kept[0]
        if len(kept) == 1 and not isinstance(kept[0], wq.Not)
        else kind(kept)
    )
