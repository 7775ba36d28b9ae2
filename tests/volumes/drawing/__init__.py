"""Collections drawn by chance over many axes, with the truth of what they hold.

A seed gives a file; nobody chose its shape. `python -m tests.volumes.drawing 1 40` tells
how many articles `kb.volumes` finds in those of forty seeds.
"""

from tests.volumes.drawing.scoring import Score, score
from tests.volumes.drawing.shapes import Shape, draw
from tests.volumes.drawing.writing import Article, Volume, volume_of

__all__ = ["Article", "Score", "Shape", "Volume", "draw", "score", "volume_of"]
