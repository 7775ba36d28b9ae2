"""How do records come in and leave? BibTeX, RIS, CSL-JSON and Zotero, each by way of CSL."""

from kb.bibliography.bibtex import parse_bib, read_bib
from kb.bibliography.bibtex_entry import Entry
from kb.bibliography.bibtex_to_csl import bib_to_csl
from kb.bibliography.coins import coins
from kb.bibliography.csl_json import csl_json
from kb.bibliography.csl_to_bibtex import bibtex
from kb.bibliography.csl_to_ris import ris
from kb.bibliography.literature import parse_literature, read_literature
from kb.bibliography.zotero import UNAPI, head_tags, unapi_formats

__all__ = [
    "UNAPI",
    "Entry",
    "bib_to_csl",
    "bibtex",
    "coins",
    "csl_json",
    "head_tags",
    "parse_bib",
    "parse_literature",
    "read_bib",
    "read_literature",
    "ris",
    "unapi_formats",
]
