"""Which sources are there, what is known of them, what changed?"""

from kb.corpus.documents import document_of
from kb.corpus.sources import (
    NO_RECORD,
    Corpus,
    Source,
    find_sources,
    read_corpus,
)

__all__ = [
    "NO_RECORD",
    "Corpus",
    "Source",
    "document_of",
    "find_sources",
    "read_corpus",
]
