"""OCR damage is undone where it is certain, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.dutch.repair import repair


@pytest.mark.parametrize(
    ("printed", "repaired"),
    [
        ("de cliént en zijn financién", "de cliënt en zijn financiën"),
        (
            "efficiént, financiéle coérdinatie",
            "efficiënt, financiële coördinatie",
        ),
        (
            "de cliéntondersteuning is geévalueerd",
            "de cliëntondersteuning is geëvalueerd",
        ),
        ("categorieén en ideeén", "categorieën en ideeën"),
        ("de enquéte", "de enquête"),
        ("zijn carriére", "zijn carrière"),
        ("beinvioed door het beleid", "beïnvloed door het beleid"),
        ("geintroduceerd en continuiteit", "geïntroduceerd en continuïteit"),
        ("lk denk dat", "Ik denk dat"),
        ("zegt hij: ‘lk merk het’", "zegt hij: ‘Ik merk het’"),
        ("Het is zo. lemand zei het.", "Het is zo. Iemand zei het."),
        ("6f dit 6f dat", "óf dit óf dat"),
        ("zij ziin bekend", "zij zijn bekend"),
        ("gemeente lJsselstein", "gemeente IJsselstein"),
        ("0.a. de huisarts", "o.a. de huisarts"),
        ("o.a. de oﬃciële aﬂoop", "o.a. de officiële afloop"),
        ("Fen ontwikkeling naar meer", "Een ontwikkeling naar meer"),
        (
            "het casuistiekoverleg over geindividualiseerde zorg",
            "het casuïstiekoverleg over geïndividualiseerde zorg",
        ),
        ("de gezondheids- centra", "de gezondheidscentra"),
        ("een codrdinator", "een coördinator"),
    ],
)
def test_certain_damage_is_repaired(printed: str, repaired: str) -> None:
    assert repair(printed)[0] == repaired


@pytest.mark.parametrize(
    "text",
    [
        "Het café en het privébezit van André en José.",
        "Eén team, één plan, dé oplossing; vóór alles.",
        "de professionals van het wijkteam en hun schuldhulpverleningstraject",
        "(Mariélle Jansen, 2014) en (Geintjes, 2015)",
        "zie www.cliént.nl en info@financién.nl",
        "De wijkbewonersinitiatieven floreren.",
        "in 2014 waren er 60 teams, 1k euro en B6f",
        "de co-creatie met burgers, re-integratie en zo'n idee",
        "in- en uitvoegen, werk- en inkomen, zorg- of hulpvraag, de teams - hun werk - en leiding",
        "Het leesplankje van Lubbe en Linders",
    ],
)
def test_good_words_names_and_addresses_stay(text: str) -> None:
    assert repair(text) == (text, ())


def test_each_repair_is_listed_once_as_printed_and_as_repaired() -> None:
    assert repair("De cliént en de cliént van Cliént.")[1] == (
        ("cliént", "cliënt"),
    )


@given(st.text(alphabet="abcdeéilnrtvw 01óë.’", max_size=120))
def test_repairing_twice_is_repairing_once_and_words_stay_as_many(
    text: str,
) -> None:
    once, _ = repair(text)
    assert repair(once)[0] == once
    assert len(once.split()) == len(text.split())
