"""Which themes is this passage evidence on, and why? Cues first, then the curators, who always win."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.records import Passage, Tag
from kb.themes.cues import CueReader, Reading
from kb.themes.curation import Decision, decided
from kb.themes.frameworks import Frameworks

SILENT = frozenset({"contents", "colophon", "reference"})  # kinds that carry no code
_MENTION = 0.15  # a lower score is not worth a tag


def _rule_score(strength: float, words: int) -> float:
    density = strength / math.sqrt(max(words, 40) / 80)
    return 1 / (1 + math.exp(-1.2 * (density - 3.2)))


class Tagger:
    """Tags the passages of one document at a time."""

    def __init__(self, frameworks: Frameworks, curation: Iterable[Decision] = ()) -> None:
        self.frameworks = frameworks
        self._reader = CueReader(frameworks)
        self._decided = decided(curation)

    def tag(self, passages: Sequence[Passage]) -> list[Tag]:
        """Tags of the passages of one document, given in reading order."""
        tags = []
        for passage in passages:
            reading = Reading((), {}) if passage.kind in SILENT or passage.block == "reference" else self._reader.read(passage.text)
            tags += self._curated(passage, self._tags(passage, reading))
        return tags

    def _tags(self, passage: Passage, reading: Reading) -> list[Tag]:
        found = []
        for theme in reading.counted:
            score = _rule_score(reading.strength(theme), len(reading.words))
            if score >= _MENTION:
                cues = reading.cues(theme, passage.text)
                found.append(Tag(passage.id, theme, round(score, 3), score >= 0.45, cues, "rules", {"rules": round(score, 3)}))
        return sorted(found, key=lambda tag: (-tag.score, tag.theme))

    def _curated(self, passage: Passage, tags: list[Tag]) -> list[Tag]:
        decisions = {theme: yes for (id, theme), yes in self._decided.items() if id == passage.id and theme in self.frameworks.themes}
        if not decisions:
            return tags
        kept = [
            tag
            if tag.theme not in decisions
            else replace(tag, evidence=decisions[tag.theme], score=float(decisions[tag.theme]), origin="curator")
            for tag in tags
        ]
        new = decisions.keys() - {tag.theme for tag in tags}
        return kept + [Tag(passage.id, theme, float(decisions[theme]), decisions[theme], (), "curator") for theme in sorted(new)]
