"""Articles are found in collections whose shape nobody chose, and in no such report."""

from __future__ import annotations

from kb.volumes import parts_of
from tests.volumes.drawing import Volume, draw, score, volume_of
from tests.volumes.drawing.reports import report_of
from tests.volumes.drawing.scoring import blocks_of_volume

SEEDS = range(1, 13)
# Typed text, a quarter of the shapes, glues some titles to the text before they come here.
FOUND = 0.8


def test_most_articles_of_drawn_collections_are_found() -> None:
    scores = [score(seed) for seed in SEEDS]
    right = sum(one.right for one in scores)
    assert right >= FOUND * sum(one.articles for one in scores)


def test_a_drawn_report_that_names_people_is_no_collection() -> None:
    reports = {seed: Volume(".md", report_of(seed), ()) for seed in SEEDS}
    found = {
        seed: parts_of("rapport", blocks_of_volume(report))
        for seed, report in reports.items()
    }
    assert not any(found.values())


def test_a_seed_gives_the_same_file() -> None:
    assert volume_of(7, draw(7)) == volume_of(7, draw(7))
