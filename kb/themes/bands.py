"""How sure a tag is, in words: the bands in which readers see scores."""

from __future__ import annotations

from collections.abc import Mapping

from kb.records import THEME_PROBABILITY

# From which probability of being evidence a tag is in a band, surest first. Scores are
# calibrated on authors left out.
BANDS: Mapping[str, float] = {
    "almost_certain": 0.9,
    "probable": THEME_PROBABILITY,
    "possible": 0.3,
    "mention": 0.0,
}
SHOWN = BANDS["probable"]  # what is shown when nothing else is set


def band_of(score: float) -> str:
    """The band of a score.

    >>> band_of(0.93), band_of(0.6), band_of(0.2)
    ('almost_certain', 'probable', 'mention')
    """
    return next(band for band, least in BANDS.items() if score >= least)
