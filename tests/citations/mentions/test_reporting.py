"""Which sentences report works of others?"""

from __future__ import annotations

from kb.citations import citations_of
from kb.citations.mentions.reporting import cited_sentences
from kb.records import Citation, Passage


def cited(text: str) -> tuple[Citation, ...]:
    return citations_of(Passage("p", "d", text, 0))


def test_each_sentence_has_the_works_that_it_reports() -> None:
    text = "Teams leren samen. Dat kost jaren (Verhaar e.a., 2014). Abeling (2016) zag het."
    found = cited_sentences(text, cited(text))
    assert [text[s.start : s.end] for s in found] == [
        "Dat kost jaren (Verhaar e.a., 2014).",
        "Abeling (2016) zag het.",
    ]
    assert [c.year for s in found for c in s.citations] == [2014, 2016]


def test_an_act_is_no_work_that_is_reported() -> None:
    text = "Dat moet de gemeente doen (Wmo 2015, art. 2.3.2)."
    assert cited_sentences(text, cited(text)) == []
