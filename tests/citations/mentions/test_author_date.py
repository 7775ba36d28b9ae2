"""In-text citations: what is one, what only looks like one, and where it stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.citations import citations_of
from kb.records import Citation, Passage


def found(
    text: str, kind: str = "text", block: str = "paragraph"
) -> list[Citation]:
    return list(
        citations_of(Passage("p", "d", text, 0, kind=kind, block=block))
    )


def brief(text: str) -> list[tuple[list[str], int | None]]:
    return [(list(c.authors), c.year) for c in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dat kost tijd (Vermeer, 2014).", [(["Vermeer"], 2014)]),
        (
            "Dat kost tijd (Vermeer 2014: 23; De Wit & Van der Laan, 2012, p. 4-6).",
            [(["Vermeer"], 2014), (["Wit", "Laan"], 2012)],
        ),
        (
            "Zie ook elders (zie ook Vermeer e.a., 2011, Bos en Timmer, 2012).",
            [(["Vermeer"], 2011), (["Bos", "Timmer"], 2012)],
        ),
        (
            "Het bleek al (Vermeer, 2009, 2011).",
            [(["Vermeer"], 2009), (["Vermeer"], 2011)],
        ),
        (
            "Dat is bekend (vgl. Oude Vrielink et al., 2014a).",
            [(["Oude Vrielink"], 2014)],
        ),
        ("Volgens Van der Laan (2015) is dat zo.", [(["Laan"], 2015)]),
        (
            "Ook Hans van Meerveld (2015, p. 8) wijst daarop.",
            [(["Meerveld"], 2015)],
        ),
        (
            "Uit onderzoek van Vermeer, De Bruin en Timmer (2013) blijkt dit.",
            [(["Vermeer", "Bruin", "Timmer"], 2013)],
        ),
        ("De RMO (2013) pleit hiervoor.", [(["RMO"], 2013)]),
        (
            "Het staat vast (Sociaal en Cultureel Planbureau, 2016).",
            [(["Sociaal en Cultureel Planbureau"], 2016)],
        ),
        (
            "Het Tympaaninstituut (2013) onderzocht dit.",
            [(["Tympaaninstituut"], 2013)],
        ),
        ("De krant meldde het (Trouw, 6 mei 2016).", [(["Trouw"], 2016)]),
        (
            "Nonaka en Takeuchi (1995/2003) zien dat anders.",
            [(["Nonaka", "Takeuchi"], 2003)],
        ),
        ("Dit gold lang (Timmer, z.d.).", [(["Timmer"], None)]),
        (
            "Een typefout telt ook (Vermeer, e. a. , 2015).",
            [(["Vermeer"], 2015)],
        ),
        ("Dit is vaker gezien (Geest van, 2013).", [(["Geest"], 2013)]),
        ("Er bleef een kloof (de Bock; 2008).", [(["Bock"], 2008)]),
        (
            "Dat staat in het rapport ‘Samen op weg’ (2015) beschreven.",
            [([], 2015)],
        ),
        (
            "Het onderzoek van Movisie uit 2016 laat dat zien.",
            [(["Movisie"], 2016)],
        ),
        (
            "Marieke van Dalen noemt de keukentafel een toneel met vaste rollen (2018).",
            [(["Dalen"], 2018)],
        ),
        (
            "Peter Hofman rekende voor wat een opname per dag kost (2011).",
            [(["Hofman"], 2011)],
        ),
        (
            "Brinkhorst waarschuwt in Zorg + Welzijn (juni 2018) voor te veel haast.",
            [(["Brinkhorst"], 2018)],
        ),
        (
            "Kuipers schrijft in Trouw (3 februari 2012) over wachtlijsten.",
            [(["Kuipers"], 2012)],
        ),
        (
            "Niet elke buurt wil dit (lees het verslag van Dorsman en Kuil, 2018).",
            [(["Dorsman", "Kuil"], 2018)],
        ),
        (
            "Het werd drukker (ruim de helft meer bezoek volgens Van Eerde, 2017).",
            [(["Eerde"], 2017)],
        ),
        (
            "Een studie van Nivel uit 2018 telde de huisbezoeken.",
            [(["Nivel"], 2018)],
        ),
        (
            "De raad kreeg een notitie uit juni 2011 (‘Ruimte om te doen’) voorgelegd.",
            [([], 2011)],
        ),
        (
            "Vergelijk het rapport uit mei 2019 (‘Kleine stappen vooruit’).",
            [([], 2019)],
        ),
        (
            "Volgens de Nivel-studie van Dorsman en Kuil (2018) helpt rust.",
            [(["Dorsman", "Kuil"], 2018)],
        ),
        (
            "Ook het SCP-rapport van Verbeek en Smits (2012) noemt dit.",
            [(["Verbeek", "Smits"], 2012)],
        ),
        (
            "Ook Anna Visser (2014; Bos, 2015, 2016) zegt dat.",
            [(["Visser"], 2014), (["Bos"], 2015), (["Bos"], 2016)],
        ),
        (
            "Visser (2014, en 2016; Bos, 2015; Vos & Prins, 2016) zegt dat.",
            [
                (["Visser"], 2014),
                (["Visser"], 2016),
                (["Bos"], 2015),
                (["Vos", "Prins"], 2016),
            ],
        ),
        (
            "Visser (2014; Nen, 2015) zegt dat.",
            [(["Visser"], 2014), (["Nen"], 2015)],
        ),
    ],
)
def test_citations_are_found_with_their_authors_and_year(
    text: str, expected: list[tuple[list[str], int | None]]
) -> None:
    assert brief(text) == expected


FIELD = [
    (
        "Hoewel Verstraeten en De Keyser (in druk) dit betwijfelen, is er steun.",
        [(["Verstraeten", "Keyser"], None)],
    ),
    (
        "Zoals Ossewaarde (2010, 2012) laat zien, is er ambivalentie.",
        [(["Ossewaarde"], 2010), (["Ossewaarde"], 2012)],
    ),
    (
        "Zie voor een overzicht Pommer et al. (2016) en Kromhout, Van Echtelt en Feijten (2020).",
        [(["Pommer"], 2016), (["Kromhout", "Echtelt", "Feijten"], 2020)],
    ),
    (
        "Uit de evaluatie (Gemeente Leeuwarden, 2015; KplusV, 2016) blijkt tevredenheid.",
        [(["Gemeente Leeuwarden"], 2015), (["KplusV"], 2016)],
    ),
    (
        "De wijkverpleegkundige is terug (Ministerie van VWS, 2014, p. 12).",
        [(["Ministerie van VWS"], 2014)],
    ),
    (
        "Volgens het Sociaal en Cultureel Planbureau (2018) groeit de kloof.",
        [(["Sociaal en Cultureel Planbureau"], 2018)],
    ),
    (
        "Dat noemt Schön (1983) ‘reflection-in-action’ (p. 49).",
        [(["Schön"], 1983)],
    ),
    (
        (
            "Dit wordt wel de ‘responsabiliseringsagenda’ genoemd (Peeters 2013; Van de "
            "Bovenkamp e.a. 2016)."
        ),
        [(["Peeters"], 2013), (["Bovenkamp"], 2016)],
    ),
    (
        "De commissie-Donner adviseerde anders (Commissie-Donner, 2007).",
        [(["Commissie-Donner"], 2007)],
    ),
    ("Ruim 40% (n = 112) gaf dit aan (p < .05).", []),
    ("Het team startte (per 1 april 2015) met 12 fte.", []),
    (
        "De Participatiewet (2015) en de Jeugdwet (2015) traden tegelijk in werking.",
        [],
    ),
    ("In de periode (2012-2014) liepen drie pilots.", []),
    ("Zij woont in Almere (32 jaar) en krijgt hulp.", []),
    ("(Bron: CBS StatLine, 2017)", [(["CBS StatLine"], 2017)]),
    (
        (
            "Dit sluit aan bij eerder onderzoek (zie onder andere Bredewold, Kampen, "
            "Verplanke, Tonkens & Duyvendak, 2016)."
        ),
        [(["Bredewold", "Kampen", "Verplanke", "Tonkens", "Duyvendak"], 2016)],
    ),
    (
        "Van Regenmortel (2008) introduceerde het begrip in Vlaanderen.",
        [(["Regenmortel"], 2008)],
    ),
    ("’t Hart (2014) spreekt van ambachtelijk besturen.", [(["Hart"], 2014)]),
    (
        "Het begrip komt van Rappaport (1984: 3), die er een proces in ziet.",
        [(["Rappaport"], 1984)],
    ),
    (
        "In navolging van Bourdieu (1986/2011) onderscheiden we drie vormen.",
        [(["Bourdieu"], 2011)],
    ),
    (
        "Deze aanpak is beschreven door Sok et al. (2013a; 2013b).",
        [(["Sok"], 2013), (["Sok"], 2013)],
    ),
    (
        "Professionals ervaren ruimte (Jansen, persoonlijke communicatie, 12 mei 2016).",
        [(["Jansen"], 2016)],
    ),
    (
        "Het NIVEL (Spreeuwenberg & Rijken 2015) en het Trimbos-instituut (2014) melden hetzelfde.",
        [(["Spreeuwenberg", "Rijken"], 2015), (["Trimbos-instituut"], 2014)],
    ),
    (
        "De brief van de staatssecretaris (TK 2013-2014, 29 538, nr. 152) gaat hierop in.",
        [([], None)],
    ),
    (
        "Zo schrijft Gabriël van den Brink (2012) over best persons.",
        [(["Brink"], 2012)],
    ),
    ("Zie paragraaf 2.3 en figuur 4 (eigen bewerking, 2016).", []),
    (
        (
            "Recent onderzoek (Movisie 2018) wijst uit dat 83% van de gemeenten (N=201) "
            "teams heeft (vgl. Van Arum & Van den Enden, 2018: 14)."
        ),
        [(["Movisie"], 2018), (["Arum", "Enden"], 2018)],
    ),
    (
        "De visienota ‘Zorg voor elkaar’ (Gemeente Utrecht, 2013) is leidend.",
        [(["Gemeente Utrecht"], 2013)],
    ),
    (
        "Tegenwoordig (anno 2016) is dat anders; Rotterdam (2014) en Den Haag (2015) kozen anders.",
        [],
    ),
    (
        "Max Weber (1922) onderscheidde drie typen gezag; Weber noemde dat legitimiteit.",
        [(["Weber"], 1922)],
    ),
    (
        "Duyvendak, Hoijtink en Tonkens (2009) en ook Trappenburg (2009) hebben hierop gewezen.",
        [
            (["Duyvendak", "Hoijtink", "Tonkens"], 2009),
            (["Trappenburg"], 2009),
        ],
    ),
    ("Een citaat: ‘Alles moet anders’ (respondent 4, 2015).", []),
    (
        "Dat concludeert ook de Inspectie Gezondheidszorg en Jeugd (IGJ, 2019).",
        [(["IGJ"], 2019)],
    ),
    (
        "De Raad voor Volksgezondheid en Samenleving (RVS) (2017) pleit voor experimenten.",
        [(["Raad voor Volksgezondheid en Samenleving"], 2017)],
    ),
    (
        "Deze definitie is van de WHO (World Health Organization [WHO], 1998).",
        [(["World Health Organization"], 1998)],
    ),
    (
        "Het is een wicked problem (Rittel and Webber, 1973).",
        [(["Rittel", "Webber"], 1973)],
    ),
    (
        (
            "Het begrip ‘eigen kracht’ is omstreden (zie Tonkens & Duyvendak, 2013; voor "
            "een overzicht: Kampen e.a., 2013)."
        ),
        [(["Tonkens", "Duyvendak"], 2013), (["Kampen"], 2013)],
    ),
    (
        "Linders (2010: 45) laat zien dat nabijheid telt.",
        [(["Linders"], 2010)],
    ),
    ("Dat blijkt uit een peiling van Movisie (2020).", [(["Movisie"], 2020)]),
    (
        "Hoogleraar Evelien Tonkens (2014) noemt dit de affectieve burger.",
        [(["Tonkens"], 2014)],
    ),
    (
        (
            "In Enschede (Oude Vrielink & Wijdeven, 2011) en Leeuwarden (Kruiter e.a., "
            "2013) zijn ervaringen opgedaan."
        ),
        [(["Oude Vrielink", "Wijdeven"], 2011), (["Kruiter"], 2013)],
    ),
    ("De Wmo (2007) vroeg dat ook al.", []),
    ("Op 3 mei (2015) kwam het team bijeen.", []),
    ("Respondenten (R3, R7 en R12) zeggen dat het team (nog) niet af is.", []),
    ("Het aantal klanten steeg van 210 (2014) naar 340 (2015).", []),
    ("Er zijn 12 teams (Noord, 2014).", []),
    (
        "Dit sluit aan bij de capability-benadering van Nussbaum (2012) en Sen (2009).",
        [(["Nussbaum"], 2012), (["Sen"], 2009)],
    ),
    ("Zie: Vereniging van Nederlandse Gemeenten, 2013.", []),
    (
        "De RVS (2019, 2020) en de Onderwijsraad (2018) adviseerden anders.",
        [(["RVS"], 2019), (["RVS"], 2020), (["Onderwijsraad"], 2018)],
    ),
    (
        "Onderzoek naar Family Group Conferencing (Metze, Abma en Kwekkeboom, 2015) is positief.",
        [(["Metze", "Abma", "Kwekkeboom"], 2015)],
    ),
    (
        "Volgens de Transitiecommissie (TSD, 2015, pp. 12-14) ging het te snel.",
        [(["TSD"], 2015)],
    ),
    (
        "Hij citeert Lipsky (1980, in Tonkens, 2008) instemmend.",
        [(["Lipsky"], 1980), (["Tonkens"], 2008)],
    ),
    (
        "‘Samen sterk’, aldus De Vries en Van ’t Hoff (2012, p. 3).",
        [(["Vries", "Hoff"], 2012)],
    ),
    (
        "De term komt uit de Verenigde Staten (Follett, 1924; Schein, 1985/2004).",
        [(["Follett"], 1924), (["Schein"], 2004)],
    ),
    (
        (
            "In het beleidsplan (Gemeente Amersfoort, 2014) en de nota ‘Sterk in de wijk’ "
            "(2012) staat dit uitgewerkt."
        ),
        [(["Gemeente Amersfoort"], 2014), ([], 2012)],
    ),
    (
        "Interviews zijn afgenomen (mei-juni 2015) en geanalyseerd met Atlas.ti (versie 7).",
        [],
    ),
    (
        "Het kwaliteitskader (NJi, Vilans & Movisie, 2016) biedt houvast.",
        [(["NJi", "Vilans", "Movisie"], 2016)],
    ),
    (
        "Hierover is veel geschreven (o.a. Verharen 2017, Sprinkhuizen 2015, en Jansen 2016).",
        [(["Verharen"], 2017), (["Sprinkhuizen"], 2015), (["Jansen"], 2016)],
    ),
    (
        (
            "This is in line with earlier findings (see Provan & Kenis, 2008; Bryson, "
            "Crosby and Stone, 2015)."
        ),
        [(["Provan", "Kenis"], 2008), (["Bryson", "Crosby", "Stone"], 2015)],
    ),
    (
        "According to Noordegraaf (2015) professionals are hybrid.",
        [(["Noordegraaf"], 2015)],
    ),
    ("Figuur 2. Wijken in beeld (eigen onderzoek, 2016)", []),
    (
        "Dat bevestigen Van Ewijk (2010), Spierts (2014) en Wilken en Den Hollander (2012).",
        [
            (["Ewijk"], 2010),
            (["Spierts"], 2014),
            (["Wilken", "Hollander"], 2012),
        ],
    ),
    (
        "Het rapport van de commissie-Dannenberg (2015) is helder.",
        [(["commissie-Dannenberg"], 2015)],
    ),
    (
        (
            "De landelijke Monitor Sociaal Domein (SCP, 2017a) en de lokale monitor (2017) "
            "spreken elkaar tegen."
        ),
        [(["SCP"], 2017)],
    ),
    ("Kortom: er is werk aan de winkel (zie ook paragraaf 4.2, p. 31).", []),
    (
        "Peter Hupe en Michael Hill (2007) onderscheiden drie soorten verantwoording.",
        [(["Hupe", "Hill"], 2007)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FIELD)
def test_the_field_cites_in_many_ways(
    text: str, expected: list[tuple[list[str], int | None]]
) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "De opzet is beschreven (zie hoofdstuk 3).",
        "Alle professionals vulden de lijst in (n=69).",
        "De wet trad in werking (1 januari 2015).",
        "De gemeente is verantwoordelijk (Wmo 2015).",
        "De taken kwamen over (Jeugdwet, 2015).",
        "‘Wij weten het niet’ (Utrecht).",
        "Sinds 2015 werken gemeenten met teams (peildatum 2016).",
        "De Wet maatschappelijke ondersteuning (2015) regelt dit.",
        "In Zwolle (2014) begon het.",
        "De cijfers zijn bekend (zie figuur 2.1 en tabel 4).",
        "Het programma loopt nog (2014-2018).",
        "Er deden 2015 mensen mee (46 procent).",
        "Het team begon in het najaar (oktober 2014).",
        "Meer staat in bijlage 3 (bijlage 3, 2015).",
        "Transitie Jeugdzorg (2015) en Wet Participatiebudget (2015)",
        "Vermeer, K. (2014). Werken in de wijk. Utrecht: Movisie.",
    ],
)
def test_what_only_looks_like_a_citation_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_reference_lists_and_contents_do_not_count() -> None:
    assert found("Dat kost tijd (Vermeer, 2014).", kind="reference") == []
    assert found("Dat kost tijd (Vermeer, 2014).", kind="contents") == []


def test_a_town_is_a_surname_only_where_it_can_be_one() -> None:
    assert brief("Dat is zo (Kampen, 2014).") == [(["Kampen"], 2014)]
    assert brief("Volgens Bunnik (2016) is dat zo.") == [(["Bunnik"], 2016)]
    assert (
        brief("In Kampen (2014) was dat zo. Er zijn teams (Zwolle, 2014).")
        == []
    )


def test_surface_is_the_text_between_the_brackets_without_lead_in() -> None:
    text = "Dat is zo (zie bijvoorbeeld Vermeer & Bos, 2014, p. 3)."
    (citation,) = found(text)
    assert (
        citation.surface
        == "Vermeer & Bos, 2014, p. 3"
        == text[citation.start : citation.end]
    )
    assert (citation.pages, citation.narrative, citation.etal) == (
        "3",
        False,
        False,
    )


def test_narrative_surface_runs_from_the_name_to_the_bracket() -> None:
    (citation,) = found("Volgens Vermeer en collega's (2014) kan dat.")
    assert citation.surface == "Vermeer en collega's (2014)"
    assert citation.narrative
    assert citation.etal


def test_page_behind_a_quotation_belongs_to_the_citation_before_it() -> None:
    (citation,) = found("Vermeer (2014) noemt dat ‘een brug te ver’ (p. 5).")
    assert citation.pages == "5"


def test_organisations_are_marked_as_groups() -> None:
    assert found("Dat is zo (VNG, 2013).")[0].group
    assert not found("Dat is zo (Vermeer, 2013).")[0].group


def test_ibid_repeats_the_citation_before_it() -> None:
    first, second = found(
        "Dat is zo (Vermeer, 2013). En dit ook (ibid., p. 9)."
    )
    assert (second.authors, second.year, second.pages) == (
        first.authors,
        2013,
        "9",
    )


def test_a_title_is_given_as_title() -> None:
    (citation,) = found(
        "De brochure “Kleine stappen vooruit” (2019) gaat hierover."
    )
    assert (citation.title, citation.authors) == ("Kleine stappen vooruit", ())


def test_an_article_of_the_same_volume_is_cited_without_a_year() -> None:
    (citation,) = found(
        "Dit is normatief (zie ook het artikel van Vermeer, Bos & De Wit in deze bundel)."
    )
    assert citation.authors == ("Vermeer", "Bos", "Wit")
    assert citation.year is None


def test_a_short_footnote_is_a_citation() -> None:
    (citation,) = found(
        "12 Van der Laan 2010, p. 45.", kind="footnote", block="footnote"
    )
    assert (citation.authors, citation.year, citation.pages) == (
        ("Laan",),
        2010,
        "45",
    )


@given(st.text(alphabet="ABab .,;()[]&‘’“”'2014-e\n", max_size=200))
def test_surface_is_always_exactly_the_span(text: str) -> None:
    for citation in found(text):
        assert text[citation.start : citation.end] == citation.surface != ""


@pytest.mark.parametrize(
    "text",
    [
        "(Jansen, 2014; " * 700,
        "Jansen (2014) " * 700,
        "(" * 9000,
        "‘" * 9000,
        "van der " * 1200,
        "\n" * 9000,
    ],
    ids=range(6),
)
def test_long_passages_take_no_time(text: str) -> None:
    began = time.process_time()
    found(text)
    assert time.process_time() - began < 2.0
