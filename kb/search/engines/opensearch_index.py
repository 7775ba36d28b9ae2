"""An index of a generation in OpenSearch: made, or cloned from the last one and changed.

A finished index takes no more writes, so that the next can share its files, and a reader of
the generation before keeps what it has. Its name stands in a file of the generation.
"""

from __future__ import annotations

import hashlib
import json
import logging
import uuid
from collections.abc import (
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from http.client import MULTIPLE_CHOICES
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from kb.errors import EngineAwayError, EngineIndexGoneError, KbError
from kb.search.engines import TOKENS, VALUES, EntriesOf, Entry
from kb.search.engines.opensearch_client import Client
from kb.settings import Settings

MAPPING = 2  # raise with every change of the mapping below
FILE = "index.json"
PATIENCE = 600.0  # seconds for what touches the whole index
LONGEST_TOKEN = 8_000  # letters; a longer one would be cut in two
DEEPEST = 100_000  # hits of one request
# Segments of which less is deleted (per cent) are let be: rewriting a million passages for
# one report would cost a minute, and deleted ones only blur the counts of words a little.
EXPUNGE_FROM = 1

log = logging.getLogger(__name__)
_SPACES = {"type": "whitespace", "max_token_length": LONGEST_TOKEN}
_SETTINGS = {
    "refresh_interval": "-1",
    "max_result_window": DEEPEST,
    "merge.policy.expunge_deletes_allowed": EXPUNGE_FROM,
    "analysis": {
        "tokenizer": {"spaces": _SPACES},
        "analyzer": {"tokens": {"type": "custom", "tokenizer": "spaces"}},
    },
}
_NUMBER = {"type": "float", "index": False}
_EVIDENCE = {
    "evidence": {"path_match": "evidence.*", "mapping": _NUMBER},
}


@dataclass(frozen=True, slots=True)
class Action:
    """A line of a bulk request: "index" with fields, or "delete"."""

    name: str
    key: str
    fields: dict[str, Any] | None = None

    def lines(self) -> Iterator[bytes]:
        """As the request has it."""
        yield msgspec.json.encode({self.name: {"_id": self.key}}) + b"\n"
        if self.fields is not None:
            yield msgspec.json.encode(self.fields) + b"\n"


@dataclass(frozen=True, slots=True)
class Written:
    """What a generation says of its index; of every document how many passages it has."""

    index: str
    mapping: int
    documents: dict[str, int]

    @property
    def passages(self) -> int:
        """How many passages the index has."""
        return sum(self.documents.values())

    def save(self, folder: Path) -> None:
        """Write it into the folder of the engine."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(msgspec.json.encode(self))

    @classmethod
    def load(cls, folder: Path) -> Written | None:
        """What stands in the folder of the engine; None where it cannot be read."""
        try:
            return msgspec.json.decode(
                (folder / FILE).read_bytes(), type=Written
            )
        except (OSError, msgspec.MsgspecError):
            return None


def mapping() -> dict[str, Any]:
    """The fields: tokens of ours, exact values, and what is only kept for ranking."""
    tokens: dict[str, Any] = {
        name: {"type": "text", "analyzer": "tokens", "index_options": "freqs"}
        for name in TOKENS
    }
    tokens["body"]["index_options"] = "positions"
    values = {name: {"type": "keyword"} for name in VALUES}
    return {
        "dynamic": "strict",
        "dynamic_templates": [_EVIDENCE],
        "_source": {"includes": ["kept", "kept.*"]},
        "_meta": {"mapping": MAPPING},
        "properties": {
            **tokens,
            **values,
            "place": {"type": "integer", "index": False},
            "passage": {"type": "keyword", "doc_values": False},
            "evidence": {"type": "object", "dynamic": "true"},
            "kept": {"type": "object", "enabled": False},
        },
    }


def prefix_of(settings: Settings) -> str:
    """What the indexes of this index folder begin with in a shared cluster."""
    place = str(settings.index_dir.resolve())
    return f"kb-{hashlib.sha256(place.encode()).hexdigest()[:8]}"


def address(document: str, place: int) -> str:
    """The key of a passage in the index; ids of documents may be of any length."""
    digest = hashlib.blake2b(document.encode(), digest_size=10).hexdigest()
    return f"{digest}.{place}"


def write(
    client: Client,
    folder: Path,
    documents: Sequence[str],
    entries_of: EntriesOf,
    previous: Path | None,
    changed: Collection[str],
) -> None:
    """Write an index; see `Engine.build` for the arguments. Raises KbError."""
    name = f"{prefix_of(client.settings)}-{uuid.uuid4().hex[:12]}"
    last = Written.load(previous) if previous is not None else None
    try:
        if last is not None and _begun(client, name, last):
            before = last.documents
            stale = {*changed, *(before.keys() ^ set(documents))}
        else:
            before, stale = {}, set(documents)
            _make(client, name)
        kept = {
            document: many
            for document, many in before.items()
            if document not in stale
        }
        wanted = [document for document in documents if document in stale]
        going = {document: before.get(document, 0) for document in stale}
        _send(client, name, _removals(going))
        _send(client, name, _additions(wanted, entries_of, kept))
        _finish(client, name)
    except BaseException:
        _drop(client, name)
        raise
    Written(name, MAPPING, kept).save(folder)


def opened(client: Client, folder: Path) -> Written:
    """The index of a generation, looked up whether it is there and whole.

    Raises:
        EngineIndexGoneError: the cluster has no such index, or half of it.
        EngineAwayError and its like: the cluster does not answer.
    """
    found = Written.load(folder)
    if found is None or found.mapping != MAPPING:
        raise EngineIndexGoneError(where=client.where)
    counted = client.ask("GET", f"/{found.index}/_count")
    if counted["count"] != found.passages:
        raise EngineIndexGoneError(where=client.where)
    return found


def tidy(client: Client, used: Path, kept: Iterable[Path]) -> None:
    """Let the alias name the index in use, and remove those of generations that are gone.

    Readers go by the name in their generation: an alias that is late harms none of them.
    """
    prefix = prefix_of(client.settings)
    found = [Written.load(folder) for folder in (used, *kept)]
    names = [one.index for one in found if one is not None]
    every = client.ask("GET", f"/{prefix}-*/_alias")
    if names:
        moved: list[dict[str, Any]] = [
            {"remove": {"index": name, "alias": prefix}}
            for name, told in every.items()
            if prefix in told["aliases"] and name != names[0]
        ]
        moved.append({"add": {"index": names[0], "alias": prefix}})
        client.ask("POST", "/_aliases", {"actions": moved})
    for name in every:
        if name not in names:
            _drop(client, name)


def _make(client: Client, name: str) -> None:
    settings = client.settings
    body = {
        "settings": {
            "index": {
                **_SETTINGS,
                "number_of_shards": settings.opensearch_shards,
                "number_of_replicas": 0,  # copied once, when it is whole
            }
        },
        "mappings": mapping(),
    }
    client.ask("PUT", f"/{name}", body)


def _begun(client: Client, name: str, last: Written) -> bool:
    """Whether the last index could be cloned: its files are shared, none is written."""
    if last.mapping != MAPPING or not last.passages:
        return False
    try:
        client.ask(
            "PUT",
            f"/{last.index}/_clone/{name}",
            {
                "settings": {
                    "index.blocks.write": None,
                    "index.number_of_replicas": 0,
                }
            },
            {"wait_for_active_shards": 1},
            PATIENCE,
        )
    except KbError as error:
        log.warning("index %s cannot be gone on from: %s", last.index, error)
        _drop(client, name)
        return False
    return True


def _removals(documents: Mapping[str, int]) -> Iterator[Action]:
    """Every passage of some documents, told by how many they have, goes."""
    for document, passages in documents.items():
        for place in range(passages):
            yield Action("delete", address(document, place))


def _additions(
    documents: Iterable[str], entries_of: EntriesOf, counts: dict[str, int]
) -> Iterator[Action]:
    """Every passage of some documents comes; how many they have is put into `counts`."""
    for document in documents:
        counts[document] = 0
        for entry in entries_of(document):
            counts[document] += 1
            key = address(document, entry.place)
            yield Action("index", key, _fields(document, entry))


def _fields(document: str, entry: Entry) -> dict[str, Any]:
    fields = entry._asdict()
    kept = fields.pop("kept") or {}
    fields |= {
        "document": document,
        "passage": kept.get("id", ""),
        "evidence": _evidence(entry.theme, kept.get("scores", ())),
        "kept": kept,
    }
    return {name: value for name, value in fields.items() if value != ""}


def _evidence(
    themes: Sequence[str], scores: Sequence[float]
) -> dict[str, float]:
    """The score of each theme and the highest, for passages asked by theme alone."""
    found = {
        field_of_theme(theme): score
        for theme, score in zip(themes, scores, strict=False)
    }
    return {**found, "any": max(found.values())} if found else {}


def field_of_theme(theme: str) -> str:
    """A name that a field may have, whatever a framework calls its themes.

    >>> field_of_theme("B1")
    't4231'
    """
    return f"t{theme.encode().hex()}"


def _send(client: Client, name: str, actions: Iterator[Action]) -> None:
    """Send what is to be done, so much at a time as the settings say. Raises KbError."""
    many = max(1, client.settings.opensearch_bulk)
    while batch := list(islice(actions, many)):
        rest = batch
        for _ in range(client.settings.opensearch_retries + 1):
            rest = _refused(client, name, rest)
            if not rest:
                break
        if rest:
            raise EngineAwayError(where=client.where)


def _refused(
    client: Client, name: str, batch: Sequence[Action]
) -> list[Action]:
    """Have a batch done, and give what the cluster had no room for just now."""
    body = b"".join(line for action in batch for line in action.lines())
    answer = client.ask(
        "POST",
        f"/{name}/_bulk",
        body.decode(),
        {"filter_path": "errors,items.*.status,items.*.error"},
        PATIENCE,
    )
    if not answer["errors"]:
        return []
    again = []
    for action, told in zip(batch, answer["items"], strict=True):
        outcome = told[action.name]
        client.refuse(outcome)
        if outcome["status"] >= MULTIPLE_CHOICES:
            again.append(action)
    return again


def _finish(client: Client, name: str) -> None:
    """Close an index to writes, with its copies on other nodes under way."""
    settings = client.settings
    expunge = {"only_expunge_deletes": "true"}
    client.ask("POST", f"/{name}/_forcemerge", None, expunge, PATIENCE)
    client.ask("POST", f"/{name}/_refresh", None, None, PATIENCE)
    closed = {
        "index.blocks.write": True,
        "index.number_of_replicas": settings.opensearch_replicas,
    }
    client.ask("PUT", f"/{name}/_settings", closed)
    ready = {"wait_for_status": "yellow", "timeout": "60s"}
    client.ask("GET", f"/_cluster/health/{name}", None, ready, PATIENCE)


def _drop(client: Client, name: str) -> None:
    """Remove an index; what is left of one that cannot be removed goes with the next build."""
    try:
        client.ask("DELETE", f"/{name}", None, {"ignore_unavailable": "true"})
    except KbError as error:
        log.warning("index %s is left: %s", name, json.dumps(str(error)))
