"""What does the generation in use say with what was decided since it was built?

A copy of its records, in which each new decision redoes only what it touches: a moment
instead of a build. The generation itself stays as it was sealed; the next build makes a new
one, with all decisions, and the copy goes. Passages, tags, links and records are at once what
a build would make of them; the index of search, with its filters and their counts, is made
aside from them, a moment later. What follows with the build: the themes that the program finds
in words that were mended, joined or parted and in their neighbours, the works that only a
withdrawn document listed, near-duplicates, and the entries of a part of a collection that was
refused.
"""

from kb.pipeline.live.records import LiveRecords
from kb.pipeline.live.searching import LiveIndex

__all__ = ["LiveIndex", "LiveRecords"]
