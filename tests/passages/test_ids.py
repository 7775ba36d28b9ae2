"""Ids survive a rebuild, and a change elsewhere."""

from hypothesis import given
from hypothesis import strategies as st

from kb.dutch.fold import letters
from kb.passages import passages_of
from kb.passages.ids import passage_ids
from kb.records import Block

TEXTS = [
    (
        f"Alinea {name} gaat over de samenwerking van de wijkteams met de {name} in de "
        f"buurt en over wat dat oplevert."
    )
    for name in (
        "huisartsen",
        "scholen",
        "kerken",
        "verenigingen",
        "bewoners",
        "vrijwilligers",
    )
]


def _ids(texts: list[str]) -> list[str]:
    return [
        passage.id
        for passage in passages_of(
            "boer2014wijk", [Block("paragraph", text) for text in texts]
        )
    ]


def test_inserting_a_paragraph_changes_no_other_id() -> None:
    before = _ids(TEXTS)
    for place in range(len(TEXTS) + 1):
        after = _ids(
            [
                *TEXTS[:place],
                (
                    "Deze alinea is nieuw en gaat over heel iets anders dan al de andere "
                    "alinea's van dit stuk."
                ),
                *TEXTS[place:],
            ]
        )
        assert [id for id in after if id in before] == before
        assert len(set(after) - set(before)) == 1


def test_an_id_is_the_document_and_ten_hexadecimal_digits() -> None:
    assert all(
        len(id) == len("boer2014wijk-") + 10 and id.startswith("boer2014wijk-")
        for id in _ids(TEXTS)
    )


def test_a_text_that_comes_again_is_numbered() -> None:
    first, second, third = _ids([TEXTS[0], TEXTS[0], TEXTS[0]])
    assert (second, third) == (f"{first}-2", f"{first}-3")


def test_white_space_quotes_accents_and_hyphens_make_no_other_passage() -> (
    None
):
    assert passage_ids("d", ["‘Cliënt’ en re-integratie"]) == passage_ids(
        "d", ["'Client'  en reintegratie"]
    )


@given(st.lists(st.text(max_size=20), max_size=20))
def test_ids_are_unique_in_a_document(texts: list[str]) -> None:
    assert len(set(passage_ids("d", texts))) == len(texts)


@given(st.text(max_size=50))
def test_normal_form_is_its_own_normal_form(text: str) -> None:
    assert letters(letters(text)) == letters(text)
