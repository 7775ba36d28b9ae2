"""Links as curators want them, and works counted anew."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kb.curation import Event, new_event
from kb.curation.works import Links, apart_id, decided_links, field_of
from kb.records import Citation, Reference, Work

WORKS = (
    Work("bos-2014", {"title": "Buurten"}, ("a", "b"), 2, variants=("Bos",)),
    Work("bosch-2014", {"title": "Buurten"}, ("b",), 1, variants=("Bosch",)),
    Work("vos", {"title": "Vos"}, ("a",), 1, origin="mention"),
)
REFERENCES = (
    Reference("a:r1", "a", "Bos", {"title": "Buurten"}, "bos-2014"),
    Reference("b:r1", "b", "Bosch", {}, "bosch-2014"),
)
CITATIONS = (
    Citation("pa", "Bos, 2014", 5, 14, reference="a:r1", work="bos-2014"),
    Citation("pb", "Bos, 2014", 0, 9, work="bos-2014"),
    Citation("pb", "Bosch, 2014", 40, 51, reference="b:r1", work="bosch-2014"),
    Citation("pa", "Vos", 60, 63, work="vos"),
)
FOUND = Links(REFERENCES, CITATIONS, WORKS)
DOCUMENTS = {"pa": "a", "pb": "b"}


def decided(*events: Event) -> Links:
    return decided_links(FOUND, events, DOCUMENTS)


def works(links: Links) -> dict[str, tuple[tuple[str, ...], int]]:
    return {w.id: (w.cited_by, w.mentions) for w in links.works}


def link(citation: Citation, work: str) -> Event:
    return new_event(
        "citation", citation.passage, work, field=field_of(citation)
    )


def test_a_citation_goes_where_it_was_sent() -> None:
    links = decided(link(CITATIONS[1], "bosch-2014"))
    assert links.citations[1].work == "bosch-2014"
    assert links.citations[1].reason == "curator"
    assert works(links)["bosch-2014"] == (("b",), 2)
    assert works(links)["bos-2014"] == (("a",), 1)


def test_a_citation_that_moved_a_little_is_still_meant() -> None:
    event = new_event("citation", "pa", "", field="9:Bos, 2014")
    assert decided(event).citations[0].work is None
    assert decided(event).citations[0].reference is None


def test_a_work_that_nothing_cites_any_more_is_gone() -> None:
    links = decided(link(CITATIONS[3], "bos-2014"))
    assert "vos" not in works(links)
    assert works(links)["bos-2014"] == (("a", "b"), 3)


def test_two_works_become_one_with_all_that_was_theirs() -> None:
    links = decided(new_event("merge", "bosch-2014", "bos-2014"))
    assert works(links) == {"bos-2014": (("a", "b"), 3), "vos": (("a",), 1)}
    assert {r.work for r in links.references} == {"bos-2014"}
    merged = next(w for w in links.works if w.id == "bos-2014")
    assert merged.variants == ("Bos", "Bosch")


def test_an_entry_becomes_a_work_of_its_own_with_what_cites_it() -> None:
    links = decided(new_event("apart", "a:r1", True))
    own = apart_id("a:r1")
    assert links.citations[0].work == links.references[0].work == own
    assert works(links)[own] == (("a",), 1)
    assert works(links)["bos-2014"] == (("b",), 1)


def test_a_work_is_added_and_cited() -> None:
    csl = {"type": "book", "title": "De buurt"}
    added = new_event("work", "nieuw", csl)
    links = decided(link(CITATIONS[3], "nieuw"), added)
    work = next(w for w in links.works if w.id == "nieuw")
    assert (work.csl["title"], work.cited_by) == ("De buurt", ("a",))


ids = st.sampled_from([*(w.id for w in WORKS), "weg"])
events = st.one_of(
    st.builds(lambda a, b: new_event("merge", a, b), ids, ids),
    st.builds(link, st.sampled_from(CITATIONS), ids),
    st.builds(
        lambda r: new_event("apart", r, True),
        st.sampled_from(["a:r1", "b:r1", "weg"]),
    ),
)


@given(st.lists(events, max_size=6))
def test_whatever_is_decided_every_link_leads_to_a_work(
    decisions: list[Any],
) -> None:
    links = decided(*decisions)
    known = {work.id: work for work in links.works}
    led_to = [c.work for c in links.citations]
    led_to += [r.work for r in links.references]
    assert set(led_to) - {None} <= known.keys()
    assert len(links.citations) == len(CITATIONS)
    for work in links.works:
        cited = [c for c in links.citations if c.work == work.id]
        assert work.mentions == len(cited)
