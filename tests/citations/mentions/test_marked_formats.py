"""Notes of Word, Writer, EPUB, HTML and Markdown belong to the sentence with their mark."""

from __future__ import annotations

from pathlib import Path

import pypandoc
import pytest

from kb.citations import at_marks, citations_of
from kb.extract import extract
from kb.extract.limits import Limits
from kb.passages import passages_of
from kb.records import Citation, Passage
from kb.structure import blocks_of

TEXT = """# Pleinen

Wie in 2011 aanbelde zonder aanleiding, hoorde wat er speelt in een straat.[^a] Dat kost
meer tijd dan een kantoor heeft, al is dat niet overal zo,[^b] en het levert rust op.

**Tot slot.** Het plein is van de buurt en de buurt is van het plein,[^c] zeggen bewoners.

- Een bankje onder een boom is goedkoper dan een loket.[^d]

[^a]: Zie ook Prins (2014).
[^b]: T. Vos, *Het plein*, Boom 2012, p. 3.
[^c]: Art. 2.3.2 Wmo 2015.
[^d]: Bos 2016, p. 12.
"""
FORMATS = ("docx", "odt", "epub", "html", "md")
WHERE = {
    "Prins (2014)": "hoorde wat er speelt in een straat",
    "T. Vos, Het plein, Boom 2012, p. 3": "al is dat niet overal zo",
    "Art. 2.3.2 Wmo 2015": "de buurt is van het plein",
    "Bos 2016, p. 12": "goedkoper dan een loket",
}


def read(
    folder: Path, kind: str
) -> tuple[tuple[Passage, ...], list[Citation]]:
    """The passages of the text above in a format, and its citations at their marks."""
    path = folder / f"pleinen.{kind}"
    if kind == "md":
        path.write_text(TEXT, encoding="utf-8")
    else:
        pypandoc.convert_text(
            TEXT,
            kind,
            format="markdown",
            outputfile=str(path),
            extra_args=["--standalone"],
        )
    blocks = blocks_of(extract(path, Limits()))
    passages = passages_of("d", blocks)
    cited = [c for passage in passages for c in citations_of(passage)]
    return tuple(passages), at_marks(cited, passages, blocks)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_note_is_cited_in_the_sentence_with_its_mark(
    tmp_path: Path, kind: str
) -> None:
    passages, citations = read(tmp_path, kind)
    text = {passage.id: passage.text for passage in passages}
    found = {
        c.surface: text[c.noted_in or ""][: c.noted_at] for c in citations
    }
    assert found.keys() == WHERE.keys()
    assert all(found[c].endswith(before) for c, before in WHERE.items())


@pytest.mark.parametrize("kind", FORMATS)
def test_marks_are_printed_and_no_part_of_the_text(
    tmp_path: Path, kind: str
) -> None:
    passages, _ = read(tmp_path, kind)
    (first,) = (p for p in passages if p.text.startswith("Wie in 2011"))
    assert "straat. Dat" in first.text
    assert "straat.1 Dat" in (first.raw or "")


@pytest.mark.parametrize("kind", FORMATS)
def test_the_note_of_a_paragraph_with_a_title_stands_there_once(
    tmp_path: Path, kind: str
) -> None:
    passages, _ = read(tmp_path, kind)
    assert sum("Art. 2.3.2" in passage.text for passage in passages) == 1
