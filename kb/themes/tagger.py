"""Which themes is this passage evidence on, and why?

Cues, then the trained model over them. What curators decided comes after (`kb.curation`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.records import Passage, Tag
from kb.themes.bands import SHOWN
from kb.themes.cues.reader import CueReader, CuesFound
from kb.themes.features import Array, cues_found, features_of, titles_of
from kb.themes.frameworks import Frameworks, load_frameworks
from kb.themes.model import Model, by_rule, load_model, probability

MENTIONED = 0.3  # a theme less likely to be named at all gets no tag


@dataclass(frozen=True)
class _Read:
    """One passage as read, with the model's answers for it, by theme."""

    passage: Passage
    found: CuesFound
    scores: Mapping[str, float]
    mentioned: Mapping[str, float]
    layers: Mapping[str, Mapping[str, float]]


class Tagger:
    """Tags the passages of one document at a time.

    Args:
        frameworks: the themes there are.
        model: the project's own when not given.
        shown: the probability from which a tag counts as evidence and is shown.
    """

    def __init__(
        self,
        frameworks: Frameworks,
        model: Model | None = None,
        shown: float = SHOWN,
    ) -> None:
        self.frameworks = frameworks
        self.model = load_model() if model is None else model
        self.shown = shown
        self._reader = CueReader(frameworks)
        trained = self.model.evidence.themes
        groups = {
            f.key: [t.code for t in f.themes if t.code in trained]
            for f in frameworks
        }
        self._groups = {key: codes for key, codes in groups.items() if codes}
        self._codes = [
            code for codes in self._groups.values() for code in codes
        ]

    @classmethod
    def of(cls, corpus: Path, shown: float = SHOWN) -> Tagger:
        """The tagger of a corpus folder: its frameworks and, if any, its model."""
        own = corpus / "themes-model.json"
        return cls(
            load_frameworks(corpus / "frameworks"),
            load_model(own) if own.is_file() else None,
            shown,
        )

    def tag(self, passages: Sequence[Passage]) -> list[Tag]:
        """Tags of the passages of one document, given in reading order."""
        tags = []
        for read in self._read(passages) if passages else []:
            tags += self._tags(read)
        return tags

    def _read(self, passages: Sequence[Passage]) -> Iterable[_Read]:
        found = cues_found(self._reader, passages)
        titles = titles_of(self._reader, passages)
        columns = features_of(passages, found, titles, self._groups)
        columns = self.model.complete(columns, found, self._codes)
        parts = self.model.parts(columns, self._codes)
        scores = probability(sum(parts.values(), start=0.0 * parts["theme"]))
        mentioned = self.model.mentioned(columns, self._codes)
        for at, passage in enumerate(passages):
            yield _Read(
                passage,
                found[at],
                self._by_code(scores[at]),
                self._by_code(mentioned[at]),
                {
                    layer: self._by_code(part[at])
                    for layer, part in parts.items()
                },
            )

    def _by_code(self, values: Array) -> Mapping[str, float]:
        return dict(zip(self._codes, values.tolist(), strict=True))

    def _tags(self, read: _Read) -> list[Tag]:
        """Tags with at least one cue, best first: evidence, or a mention."""
        tags = [self._judged(read, theme) for theme in read.found.counted]
        kept = [tag for tag in tags if tag is not None]
        return sorted(kept, key=lambda tag: (-tag.score, tag.theme))

    def _judged(self, read: _Read, theme: str) -> Tag | None:
        """The tag of a theme that has cues, or None where it is not even mentioned."""
        if theme not in read.scores:
            return self._tag(
                read, theme, self._by_rule(read, theme), "rules", {}
            )
        if read.mentioned[theme] < MENTIONED:
            return None
        layers = {
            name: round(part[theme], 2) for name, part in read.layers.items()
        }
        return self._tag(read, theme, read.scores[theme], "model", layers)

    def _by_rule(self, read: _Read, theme: str) -> float:
        strength = read.found.strength(theme)
        return by_rule(strength, self.model.moved.get(theme, 0.0))

    def _tag(
        self,
        read: _Read,
        theme: str,
        score: float,
        origin: str,
        layers: Mapping[str, float],
    ) -> Tag:
        cues = read.found.cues(theme, read.passage.text)
        shown = score >= self.shown
        return Tag(
            read.passage.id,
            theme,
            round(score, 3),
            shown,
            cues,
            origin,
            layers,
        )
