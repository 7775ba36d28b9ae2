"""Which theme is this evidence on, and why?"""

from kb.themes.curation import Decision, add_decision, read_curation
from kb.themes.frameworks import Framework, Frameworks, Theme, load_frameworks
from kb.themes.tagger import Tagger

__all__ = [
    "Decision",
    "Framework",
    "Frameworks",
    "Tagger",
    "Theme",
    "add_decision",
    "load_frameworks",
    "read_curation",
]
