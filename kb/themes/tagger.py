"""Which themes is this passage evidence on, and why? Cues, then the trained model over them, then the curators, who always win."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from kb.records import Passage, Tag
from kb.themes.cues.reader import CueReader, CuesFound
from kb.themes.curation import Decision, decided, read_curation
from kb.themes.features import Array, cues_found, features_of, titles_of
from kb.themes.frameworks import Frameworks, load_frameworks
from kb.themes.model import Model, load_model

MENTION = 0.1  # a lower score is not worth a tag


class Tagger:
    """Tags the passages of one document at a time."""

    def __init__(
        self,
        frameworks: Frameworks,
        curation: Iterable[Decision] = (),
        model: Model | None = None,
    ) -> None:
        self.frameworks = frameworks
        self.model = load_model() if model is None else model
        self._reader = CueReader(frameworks)
        self._groups = {
            framework.key: tuple(theme.code for theme in framework.themes)
            for framework in frameworks
        }
        self._codes = tuple(frameworks.themes)
        self._decided = _by_passage(curation)

    @classmethod
    def of(cls, corpus: Path) -> Tagger:
        """The tagger of a corpus folder: with the user's frameworks, decisions and, where it was trained, own model."""
        own = corpus / "themes-model.json"
        model = load_model(own) if own.is_file() else None
        return cls(
            load_frameworks(corpus / "frameworks"),
            read_curation(corpus / "curation.jsonl"),
            model,
        )

    def tag(self, passages: Sequence[Passage]) -> list[Tag]:
        """Tags of the passages of one document, given in reading order."""
        if not passages:
            return []
        readings = cues_found(self._reader, passages)
        features = features_of(
            passages, readings, titles_of(self._reader, passages), self._groups
        )
        parts = self.model.parts(features, self._codes)
        scores = self.model.scores(parts)
        tags = []
        for at, (passage, reading) in enumerate(zip(passages, readings, strict=True)):
            found = self._tags(
                passage,
                reading,
                {layer: part[at] for layer, part in parts.items()},
                scores[at],
            )
            tags += self._curated(passage, found)
        return tags

    def _tags(
        self,
        passage: Passage,
        reading: CuesFound,
        parts: Mapping[str, Array],
        scores: Array,
    ) -> list[Tag]:
        """Tags with at least one cue, best first; those under the model's threshold are mentions."""
        found = []
        for at in np.argsort(-scores, kind="stable"):
            score = float(scores[at])
            if score < MENTION:
                break
            theme = self._codes[at]
            if theme in reading.counted:
                layers = {
                    layer: round(float(part[at]), 2) for layer, part in parts.items()
                }
                cues = reading.cues(theme, passage.text)
                origin = "model" if theme in self.model.themes else "rules"
                found.append(
                    Tag(
                        passage.id,
                        theme,
                        round(score, 3),
                        score >= self.model.threshold,
                        cues,
                        origin,
                        layers,
                    )
                )
        return found

    def _curated(self, passage: Passage, tags: list[Tag]) -> list[Tag]:
        decisions = {
            theme: yes
            for theme, yes in self._decided.get(passage.id, {}).items()
            if theme in self.frameworks.themes
        }
        if not decisions:
            return tags
        kept = [
            _decide(tag, decisions[tag.theme]) if tag.theme in decisions else tag
            for tag in tags
        ]
        new = sorted(decisions.keys() - {tag.theme for tag in tags})
        return kept + [
            _decide(Tag(passage.id, theme, 0.0), decisions[theme]) for theme in new
        ]


def _decide(tag: Tag, evidence: bool) -> Tag:
    return replace(
        tag,
        evidence=evidence,
        score=float(evidence),
        origin="curator",
        layers={**tag.layers, "curator": float(evidence)},
    )


def _by_passage(curation: Iterable[Decision]) -> Mapping[str, Mapping[str, bool]]:
    found: dict[str, dict[str, bool]] = {}
    for (passage, theme), evidence in decided(curation).items():
        found.setdefault(passage, {})[theme] = evidence
    return found
