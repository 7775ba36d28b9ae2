"""Printed entries joined to works: spellings of one work together, different works never."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.citations.entries.parse import parse_entry
from kb.citations.works.clustering import Member, cluster
from kb.citations.works.similarity import (
    Record,
    record_of,
    same_work,
    title_similarity,
)

SAME = [
    (
        "Vos, K. de (2014). Werken in de wijk. Een verkenning. Utrecht: Movisie.",
        "Vos, K. de (2014). Werken in de wijk. Utrecht: Movisie.",
    ),
    (
        "Teekman, C., Pruijm, E. (2015). Uit de startblokken. De eerste maanden van de teams.",
        "Teekman, C., Pruim, E. (2015). Uit de startblokken... de eerste maanden van de teams.",
    ),
    (
        "Hillhorst, P. & Lans, J. van der (2013). Sociaal doe-het-zelven. Amsterdam: Atlas.",
        "Hilhorst, P. & Lans, J. van der (2013). Sociaal doe-het-zelven. Amsterdam: Atlas.",
    ),
    (
        "Ewijk, H. van (2013). Omgaan met sociale complexiteit. Professionals in het domein. SWP.",
        "Ewijk, H. van (2014). Omgaan met sociale complexiteit. Professionals in het domein. SWP.",
    ),
    (
        (
            "Arum, S. van & Schoorl, R. (2016). Sociale teams in beeld. Stand van zaken. "
            "Utrecht: Movisie."
        ),
        "Movisie (2016). Sociale teams in beeld. Stand van zaken. Utrecht: Movisie.",
    ),
    (
        "Verkenningscommissie Hoger Onderwijs (2014). Meer van waarde: kwaliteit in het onderwijs.",
        "Verkenningscommissie HO (2014). Meer van waarde: kwaliteit in het onderwijs.",
    ),
]
DIFFERENT = [
    (
        "Hilhorst, P. (2015). Nabij is beter 1. Den Haag: VNG.",
        "Hilhorst, P. (2016). Nabij is beter 2. Den Haag: VNG.",
    ),
    (
        (
            "Jansen, E., & Biene, M. van (2015). Co-designing collaboration: the framework "
            "as a method."
        ),
        (
            "Jansen, E., Baur, V. (2015). Co-designing collaboration: Using a framework "
            "for policymaking."
        ),
    ),
    (
        "Sen, A. (2001). Development as freedom. Oxford University Press.",
        "Sen, A. (2009). The idea of justice. Belknap Press.",
    ),
    (
        "Schön, D. (1983). The reflective practitioner. New York: Basic Books.",
        "Schön, D. (1987). Educating the reflective practitioner. San Francisco: Jossey-Bass.",
    ),
    (
        "SCP (2016). De sociale staat van Nederland 2015. Den Haag: SCP.",
        "SCP (2017). De sociale staat van Nederland 2017. Den Haag: SCP.",
    ),
    (
        (
            "Stam, M. (2015). Inleiding: leren. In: Kooi, A. (red.). Leren transformeren. "
            "Utrecht: Movisie."
        ),
        "Kooi, A. (red.) (2015). Leren transformeren. Utrecht: Movisie.",
    ),
    (
        "Vos, K. (2014). Literatuurstudie. Utrecht: Movisie.",
        "Bos, A. (2014). Literatuurstudie. Utrecht: Movisie.",
    ),
    (
        "TSD (2015). Eerste rapportage. Den Haag: TSD.",
        "TSD (2015). Derde rapportage. Den Haag: TSD.",
    ),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_two_spellings_of_one_work_are_joined(a: str, b: str) -> None:
    assert same_work(record_of(parse_entry(a)), record_of(parse_entry(b)))


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_two_works_are_never_joined(a: str, b: str) -> None:
    x, y = record_of(parse_entry(a)), record_of(parse_entry(b))
    assert not same_work(x, y)
    assert not same_work(y, x)


def test_every_entry_ends_up_in_exactly_one_work() -> None:
    members = [
        Member(parse_entry(raw), "reference", f"r{n}", "doc", raw)
        for n, raw in enumerate([r for pair in SAME + DIFFERENT for r in pair])
    ]
    clusters = cluster(members)
    assert sorted(m.key for c in clusters for m in c.members) == sorted(
        m.key for m in members
    )
    assert (
        len({c.id for c in clusters})
        == len(clusters)
        == len(SAME) + 2 * len(DIFFERENT)
    )


def test_ids_are_readable_and_do_not_depend_on_the_order() -> None:
    raws = [
        "Lans, J. van der & Hilhorst, P. (2016). Nabij is beter. KING.",
        "Oude Vrielink, M. (2014). De vormgeving van teams. Platform31.",
        "TSD (2015). Mogelijk maken wat nodig is. Den Haag: TSD.",
    ]
    ids = [
        {
            c.id
            for c in cluster(
                [
                    Member(parse_entry(r), "reference", r, "doc", r)
                    for r in order
                ]
            )
        }
        for order in (raws, raws[::-1])
    ]
    assert (
        ids[0]
        == ids[1]
        == {"lans2016nabij", "oudevrielink2014vormgeving", "tsd2015mogelijk"}
    )


def test_titles_with_other_numbers_are_not_alike() -> None:
    assert title_similarity("Monitor 2014", "Monitor 2015") == 0.0
    assert title_similarity("Nabij is beter 1", "Nabij is beter 2") == 0.0
    assert title_similarity("Werken in de wijk", "Werken in de wijk.") == 1.0


POOL = st.sampled_from([raw for pair in SAME + DIFFERENT for raw in pair])


@settings(max_examples=60, deadline=None)
@given(raws=st.lists(POOL, max_size=16), order=st.randoms())
def test_the_order_of_the_entries_changes_no_work(
    raws: list[str], order: random.Random
) -> None:
    members = [
        Member(parse_entry(raw), "reference", f"r{n}", f"d{n % 3}", raw)
        for n, raw in enumerate(raws)
    ]
    shuffled = order.sample(members, len(members))
    works = [
        {c.id: sorted(m.key for m in c.members) for c in cluster(each)}
        for each in (members, shuffled)
    ]
    assert works[0] == works[1]


def test_thousands_of_entries_that_differ_in_a_number_stay_apart_in_linear_time() -> (
    None
):
    compared = Counter[int]()
    for size in (300, 1200):
        members = [
            Member(
                parse_entry(
                    f"Vos, K. (2014). Rapport {n} over de wijk. Utrecht: SWP."
                ),
                "reference",
                f"r{n}",
            )
            for n in range(size)
        ]
        calls = 0

        def counted(a: Record, b: Record) -> bool:
            nonlocal calls
            calls += 1
            return same_work(a, b)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("kb.citations.works.clustering.same_work", counted)
            assert len(cluster(members)) == size
        compared[size] = calls
    assert compared[1200] <= 4 * compared[300] + 1200
