"""Works that are cited and in no list: one for the whole corpus, and nothing invented."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.citations import Resolved, citations_of, resolve
from kb.records import Passage, Work


def read(*texts: str) -> Resolved:
    """Each text stands in a document of its own, unless it begins with its name: "a: …"."""
    passages = []
    for number, text in enumerate(texts):
        document, _, body = text.rpartition("§")
        passages.append(
            Passage(
                f"p{number}", document or f"d{number}", body.strip(), number
            )
        )
    found = [c for p in passages for c in citations_of(p)]
    return resolve((), passages, (), found)


def works(*texts: str) -> list[Work]:
    return [work for work in read(*texts).works if work.origin == "mention"]


def test_mentions_of_one_work_are_counted_over_the_corpus() -> None:
    (work,) = works(
        "Zo gaat het (Hoekman & Van der Laan, 2013).",
        "Hoekman en Van der Laan (2013) zagen het. Ook later (Hoekman & Van der Laan, 2013).",
    )
    assert (work.id, work.mentions, work.cited_by) == (
        "hoekman2013",
        3,
        ("d0", "d1"),
    )


def test_a_provisional_work_says_what_its_mentions_say_and_nothing_else() -> (
    None
):
    (work,) = works(
        "Volgens Pieter Hoekman en Jos van der Laan (2013) is dat zo."
    )
    assert work.csl == {
        "id": "hoekman2013",
        "type": "document",
        "author": [
            {"family": "Hoekman", "given": "Pieter"},
            {
                "family": "Laan",
                "given": "Jos",
                "non-dropping-particle": "van der",
            },
        ],
        "issued": {"date-parts": [[2013]]},
    }


def test_two_people_of_one_name_in_one_year_stay_apart() -> None:
    found = works(
        "Volgens Anna Prins (2014) is dat zo.",
        "Kees Prins (2014) ziet het anders.",
    )
    assert [w.csl["author"][0]["given"] for w in found] == ["Anna", "Kees"]
    assert [w.id for w in found] == ["prins2014", "prins20142"]


def test_an_initial_fits_the_name_that_it_begins() -> None:
    assert (
        len(works("Anna Prins (2014) zag dit.", "A. Prins (2014) zag dit."))
        == 1
    )
    assert (
        len(works("Anna Prins (2014) zag dit.", "P. Prins (2014) zag dit."))
        == 2
    )


def test_a_short_mention_that_fits_two_works_stays_by_itself() -> None:
    found = works(
        "Zie Prins, Hoekman en Visser (2014).",
        "Zie Prins, Timmer en Dijkman (2014).",
        "Zie Prins e.a. (2014).",
    )
    assert [w.mentions for w in found] == [1, 1, 1]


def test_a_short_mention_means_the_work_of_its_own_document() -> None:
    found = works(
        "a§ Zie Prins, Hoekman en Visser (2014).",
        "b§ Zie Prins, Timmer en Dijkman (2014).",
        "b§ Later weer (Prins e.a., 2014).",
    )
    assert sorted(w.mentions for w in found) == [1, 2]


def test_letters_at_the_year_part_works_of_one_document() -> None:
    assert len(works("Zie Prins (2014a) en ook Prins (2014b).")) == 2


def test_names_without_a_year_mean_the_work_that_the_document_dates() -> None:
    resolved = read(
        "a§ Bij Hoekman & Van der Laan (2013) staat het.",
        "a§ Elders ook (Hoekman & Van der Laan).",
        "b§ Hier niet (Hoekman & Van der Laan).",
    )
    assert [c.work for c in resolved.citations] == [
        "hoekman2013",
        "hoekman2013",
        None,
    ]


def test_a_paper_is_one_work_however_it_is_cited() -> None:
    (work,) = works(
        "Zie Kamerstukken II 2013/14, 33 841, nr. 3, p. 12.",
        "Zie TK 33841, nr. 3.",
    )
    assert work.csl["type"] == "bill"
    assert work.mentions == 2


def test_an_act_is_one_work_under_all_its_names() -> None:
    (work,) = works(
        "Zie artikel 2.3.2 Wmo 2015.",
        "Zie artikel 2.1 van de Wet maatschappelijke ondersteuning 2015.",
    )
    assert work.csl["title"] == "Wet maatschappelijke ondersteuning 2015"


NAMES = (
    "Prins",
    "Prins & Hoekman",
    "Prins e.a.",
    "Anna Prins",
    "K. Prins",
    "Timmer",
)
TEXTS = st.builds(
    "{}§ Zie {} ({}).".format,
    st.sampled_from("abc"),
    st.sampled_from(NAMES),
    st.sampled_from(("2014", "2014a", "2015")),
)


@settings(max_examples=80, deadline=None)
@given(texts=st.lists(TEXTS, max_size=12), order=st.randoms())
def test_the_order_of_the_documents_changes_nothing(
    texts: list[str], order: random.Random
) -> None:
    def grouped(texts: list[str]) -> dict[str | None, list[str]]:
        resolved = read(*texts)
        found: dict[str | None, list[str]] = defaultdict(list)
        for citation in resolved.citations:
            found[citation.work].append(texts[int(citation.passage[1:])])
        return {work: sorted(said) for work, said in found.items()}

    assert grouped(texts) == grouped(order.sample(texts, len(texts)))


def test_a_gazette_and_a_council_paper_are_written_as_practice_writes_them() -> (
    None
):
    found = works("Zie Stb. 2014, 280 en raadsvoorstel 2016/045.")
    titles = {work.csl["title"] for work in found}
    assert titles == {"Stb. 2014, 280", "Raadsvoorstel 2016/045"}
    assert not any({"issued", "author"} & work.csl.keys() for work in found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Dat volgt uit artikel 2.3.2 Wmo 2015.", "title"),
        ("Dat staat in Kamerstukken II 2013/14, 33841, nr. 3.", "number"),
        ("Dat vindt men vaker (Hofstra, 2013).", "no entry fits"),
    ],
)
def test_what_names_or_numbers_its_source_is_in_no_doubt(
    text: str, reason: str
) -> None:
    (cited,) = read(text).citations
    assert cited.work is not None
    assert (cited.reason, cited.score == 1.0) == (
        reason,
        reason != "no entry fits",
    )
