"""Which sources are there, what is known of them, what changed?"""

from kb.corpus.bib import Entry, parse_bib, read_bib
from kb.corpus.csl import bib_to_csl
from kb.corpus.documents import authors_of, document_of, name_text, year_of
from kb.corpus.sources import Corpus, Source, find_sources, read_corpus

__all__ = [
    "Corpus", "Entry", "Source", "authors_of", "bib_to_csl", "document_of", "find_sources", "name_text",
    "parse_bib", "read_bib", "read_corpus", "year_of",
]  # fmt: skip
