"""How sure a tag is, in words: the bands in which readers see scores."""

from __future__ import annotations

from collections.abc import Mapping

# From which probability of being evidence a tag is in a band, surest first.
BANDS: Mapping[str, float] = {
    "almost_certain": 0.9,
    "probable": 0.7,
    "possible": 0.35,  # near half the best F1, where expected F1 is highest
    "mention": 0.0,
}
SHOWN = BANDS["probable"]  # what is shown when nothing else is set


def band_of(score: float) -> str:
    """The band of a score.

    >>> band_of(0.93), band_of(0.7), band_of(0.2)
    ('almost_certain', 'probable', 'mention')
    """
    return next(band for band, least in BANDS.items() if score >= least)
