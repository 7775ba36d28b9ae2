"""`python -m tests.volumes.drawing FIRST LAST`: articles found over those seeds."""

from __future__ import annotations

import sys

from tests.volumes.drawing.scoring import score
from tests.volumes.drawing.shapes import draw

first, last = map(int, sys.argv[1:3])
articles = right = false = 0
for seed in range(first, last + 1):
    one = score(seed)
    articles, right = articles + one.articles, right + one.right
    false += len(one.false)
    shape = draw(seed)
    axes = f"{shape.kind} {shape.place}, {shape.style}, {shape.form}, {shape.contents}"
    sys.stdout.write(f"{seed}: {one.right} of {one.articles} ({axes})")
    sys.stdout.write(f" false {list(one.false)}\n" if one.false else "\n")
sys.stdout.write(f"{right} of {articles} articles; {false} false\n")
