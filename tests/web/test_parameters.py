"""Whatever stands in an address, a bounded question comes out.

And its own address leads back to it.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from kb.search.request import SORTS
from web import parameters

NAMES = st.sampled_from(
    [
        *parameters.PARAMETERS.values(),
        "q",
        "pagina",
        "volgorde",
        "alle",
        "iets",
    ]
)
ADDRESSES = st.lists(st.tuples(NAMES, st.text(max_size=30)), max_size=20)


@given(ADDRESSES)
def test_any_address_is_a_bounded_question(
    pairs: list[tuple[str, str]],
) -> None:
    request = parameters.search_request(MultiDict(pairs))
    assert len(request.query) <= parameters.MAX_QUERY
    assert 1 <= request.page <= parameters.MAX_PAGE
    assert request.sort in SORTS
    assert all(
        0 < len(values) <= parameters.MAX_VALUES
        for values in request.filters.values()
    )


@given(ADDRESSES)
def test_address_of_a_question_leads_back_to_it(
    pairs: list[tuple[str, str]],
) -> None:
    request = parameters.search_request(MultiDict(pairs))
    again = MultiDict(
        parse_qsl(
            urlencode(parameters.address_parameters(request), doseq=True),
            keep_blank_values=True,
        )
    )
    assert parameters.search_request(again) == request


def test_control_characters_become_spaces() -> None:
    assert parameters.clean("a\x00b\u202ec\n") == "a b c"


def test_long_question_is_cut_and_known_to_be() -> None:
    args = MultiDict([("q", "woord " * 200)])
    assert len(parameters.search_request(args).query) <= 500
    assert parameters.too_long(args)
