"""Which theme is this evidence on, and why?"""

from kb.themes.frameworks import Framework, Frameworks, Theme, load_frameworks
from kb.themes.tagger import Tagger

__all__ = [
    "Framework",
    "Frameworks",
    "Tagger",
    "Theme",
    "load_frameworks",
]
