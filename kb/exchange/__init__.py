"""How does coding leave for another program, and come back? REFI-QDA, CSV and JSON."""

from kb.exchange.coding import Code, Coded, Project, Selection, Source
from kb.exchange.corpus import decisions_of, project_of
from kb.exchange.refi import read_project, write_codebook, write_project

__all__ = [
    "Code",
    "Coded",
    "Project",
    "Selection",
    "Source",
    "decisions_of",
    "project_of",
    "read_project",
    "write_codebook",
    "write_project",
]
