"""In what order? From corpus to generation; the only room that knows every other.

Door: `build(settings, on_progress, force) -> BuildReport`; `read_one(path, settings)` reads
a single file with the limits of a build and keeps nothing.
"""

from kb.pipeline.fingerprint import fingerprint
from kb.pipeline.order import build
from kb.pipeline.report import BuildReport, OnProgress
from kb.pipeline.single import read_one

__all__ = ["BuildReport", "OnProgress", "build", "fingerprint", "read_one"]
