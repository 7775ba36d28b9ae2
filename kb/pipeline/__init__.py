"""In what order? From corpus to generation; the only room that knows every other.

Door: `build(settings, on_progress, force) -> BuildReport`.
"""

from kb.pipeline.order import BuildReport, OnProgress, build, fingerprint

__all__ = ["BuildReport", "OnProgress", "build", "fingerprint"]
