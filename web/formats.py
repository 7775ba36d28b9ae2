"""In which formats things can be taken along, as links name them."""

from __future__ import annotations

RECORD_FORMATS = (
    ("ris", "RIS (Zotero)"),
    ("bibtex", "BibTeX"),
    ("csl-json", "CSL-JSON"),
)
# Of what a search found.
FOUND_FORMATS = (
    ("csv", "CSV"),
    ("xlsx", "Excel"),
    ("docx", "Word"),
    ("bibtex", "BibTeX"),
    ("ris", "RIS (Zotero)"),
    ("json", "JSON"),
)
LIST_FORMATS = (
    ("docx", "Word"),
    ("markdown", "Markdown"),
    ("apa", "APA"),
    *RECORD_FORMATS,
)
