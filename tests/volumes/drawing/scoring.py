"""How many articles of drawn collections are found, with the right authors."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.dutch.fold import fold, letters
from kb.extract import extract
from kb.extract.limits import Limits
from kb.records import Block, Part
from kb.structure import blocks_of
from kb.volumes import parts_of
from tests.volumes.drawing.shapes import draw
from tests.volumes.drawing.writing import Article, Volume, volume_of


@dataclass(frozen=True, slots=True)
class Score:
    """Of one volume: articles, those found right, and parts that are none."""

    articles: int
    right: int
    false: tuple[str, ...]
    missed: tuple[str, ...]


def blocks_of_volume(volume: Volume) -> Sequence[Block]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"bundel{volume.suffix}"
        file.write_text(volume.text, encoding="utf-8")
        return blocks_of(extract(file, Limits(ocr=False)))


def score(seed: int) -> Score:
    """What `parts_of` finds in the volume of a seed."""
    volume = volume_of(seed, draw(seed))
    found = parts_of("bundel", blocks_of_volume(volume))
    used: set[str] = set()
    missed = []
    for article in volume.articles:
        hit = next((p for p in found if _is_article(p, article)), None)
        if hit is None:
            missed.append(article.title)
        else:
            used.add(hit.id)
    loose = {fold(title) for title in volume.loose}
    false = [
        f"{part.title} / {_families(part)}"
        for part in found
        if part.id not in used and fold(part.title) not in loose
    ]
    right = len(volume.articles) - len(missed)
    return Score(len(volume.articles), right, tuple(false), tuple(missed))


def _families(part: Part) -> list[str]:
    return [name.get("family") or name["literal"] for name in part.names]


def _is_article(part: Part, article: Article) -> bool:
    """Whether title and authors are right; a subtitle may be there or not."""
    wanted = letters(fold(article.title))
    whole = letters(fold(article.title + article.subtitle))
    title = letters(fold(part.title)) in (wanted, whole)
    wanted_families = [_bare(name) for name in article.families]
    return title and list(map(_bare, _families(part))) == wanted_families


def _bare(family: str) -> str:
    """A family without its particle; capitals do not tell an i without a dot."""
    return fold(family).split()[-1].replace("ı", "i")
