"""What nobody sees is not read: text outside the page, under other things, or in the
colour of its ground.

Most pages need no more than a look at places. Where text is pale, or lies on a filled shape,
the page is drawn once, and text that leaves no trace in the picture is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2

from kb.extract.pdf.words import Run
from kb.records import Box, Word

Picture = npt.NDArray[np.uint8]

_LEAST_SIZE = 1.0  # points: smaller type is there for a machine
_DOUBLED = 0.3  # share of invisible text under visible text that makes it a second copy
_CELL = 12.0  # points: the grid in which what covers a word is looked up
_PALE = 200  # grey value (0..255) from which text may be that of its ground
_TRACE = (
    14  # of 255 between text and ground, in one colour: an eye can see that
)
_SCALE = 1.5  # picture elements a point


def seen(
    runs: Sequence[Run],
    page: Any,
    width: float,
    height: float,
    images: Sequence[Box],
    fills: Sequence[Box],
    upright: bool = True,
) -> list[Run]:
    """Those of `runs` that a reader sees, or that recognition laid under a picture of text.

    Args:
        page: pypdfium2 page, drawn where places alone do not tell.
        images: pictures on the page.
        fills: areas painted in one colour, that may hide what was written before them.
        upright: whether the picture of the page stands as `runs` do.
    """
    inside = [run for run in runs if _is_on_page(run.word, width, height)]
    kept = _without_second_copy(inside, images)
    if not upright:
        return kept
    doubtful = set(_doubtful(kept, fills))
    if not doubtful:
        return kept
    picture = _picture(page)
    if picture is None:
        return kept
    return [
        run
        for at, run in enumerate(kept)
        if at not in doubtful or _leaves_trace(run, picture)
    ]


def _is_on_page(word: Word, width: float, height: float) -> bool:
    """Whether the middle of a word lies within the visible box of the page."""
    x, y = word.mid_x, word.mid_y
    return 0 <= x <= width and 0 <= y <= height and word.size >= _LEAST_SIZE


def _without_second_copy(runs: list[Run], images: Sequence[Box]) -> list[Run]:
    """`runs` without invisible ones, unless they are the text of a picture.

    A page without any visible text keeps them: they are all that it says.
    """
    shown = [run for run in runs if not run.invisible]
    hidden = [run for run in runs if run.invisible]
    if not shown or not hidden:
        return runs
    doubled = _held_by(_Places(run.word for run in shown), hidden)
    if len(doubled) > _DOUBLED * len(hidden):
        return shown
    of_pictures = _held_by(_Places(images), hidden) - doubled
    return [run for run in runs if not run.invisible or id(run) in of_pictures]


def _held_by(places: _Places, runs: Sequence[Run]) -> set[int]:
    """The `id()` of the runs whose middle lies in one of `places`."""
    return {id(run) for run in runs if places.holds(run.word)}


def _doubtful(runs: Sequence[Run], fills: Sequence[Box]) -> Iterator[int]:
    """Indices of words that may have the colour of their ground or lie under a fill."""
    grounds = _Places(fills)
    for at, run in enumerate(runs):
        if run.invisible or run.turned:
            continue
        if _grey(run.word.color) >= _PALE or grounds.holds(run.word):
            yield at


def _grey(color: str) -> int:
    """The darkest of the three parts of a colour written as #rrggbb.

    0 where none is known.
    """
    return min(int(color[at : at + 2], 16) for at in (1, 3, 5)) if color else 0


def _picture(page: Any) -> Picture | None:
    """Colours of the page as shown, row by row; None where it cannot be drawn."""
    try:
        drawn = page.render(scale=_SCALE, may_draw_forms=False)
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return None
    try:
        found: Picture = drawn.to_numpy().copy()
        return found
    finally:
        drawn.close()


def _leaves_trace(run: Run, picture: Picture) -> bool:
    """Whether a word differs from its ground in the picture of its page."""
    word = run.word
    x0, x1 = int(_SCALE * word.x0), int(_SCALE * word.x1) + 1
    top, bottom = (
        int(_SCALE * (run.base - 0.7 * word.size)),
        int(_SCALE * run.base) + 1,
    )
    part = picture[max(0, top) : bottom, max(0, x0) : x1]
    if part.size == 0:
        return True
    colors = part.reshape(-1, part.shape[-1]).astype(int)
    return bool((colors.max(axis=0) - colors.min(axis=0)).max() >= _TRACE)


class _Places:
    """Boxes that can be asked whether one of them holds the middle of a word."""

    def __init__(self, boxes: Iterable[Box | Word]) -> None:
        self._wide: list[Box | Word] = []
        self._rows: dict[int, list[Box | Word]] = defaultdict(list)
        for box in boxes:
            first, last = int(box.top // _CELL), int(box.bottom // _CELL)
            if last - first > 40:  # as good as everywhere: looked at each time
                self._wide.append(box)
                continue
            for row in range(first, last + 1):
                self._rows[row].append(box)

    def holds(self, word: Word) -> bool:
        """Whether one of the boxes holds the middle of `word`."""
        x, y = word.mid_x, word.mid_y
        return any(
            box.x0 <= x <= box.x1 and box.top <= y <= box.bottom
            for box in (*self._wide, *self._rows.get(int(y // _CELL), ()))
        )
