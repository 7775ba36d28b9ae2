"""What every worker needs for any document, loaded on import: by the fork server, once.

The tables of words take more than a second, most of what one changed report costs; workers
share them, and they are read while the builder copies the records.
"""

from __future__ import annotations

import kb.citations
import kb.extract.markup
import kb.extract.pdf
import kb.passages.kinds
import kb.pipeline.document.work
import kb.structure
import kb.themes.tagger
from kb.dutch.wordlist import is_word
from kb.themes.cues.words import words_of
from kb.themes.frameworks import load_frameworks

is_word("wijk")
words_of("Wie helpt, en waarom?")  # with signs, so that spaCy is asked
kb.themes.tagger.Tagger(load_frameworks())
