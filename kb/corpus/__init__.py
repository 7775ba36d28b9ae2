"""Which sources are there, what is known of them, what changed?"""

from kb.corpus.documents import authors_of, document_of, name_text, year_of
from kb.corpus.sources import Corpus, Source, find_sources, read_corpus

__all__ = [
    "Corpus", "Source", "authors_of", "document_of", "find_sources", "name_text", "read_corpus",
    "year_of",
]  # fmt: skip
