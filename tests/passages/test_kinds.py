"""The kind of a passage: by layout, section, wording, quotation marks and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.passages.kinds import kind_of, quoted_share, with_kinds
from kb.records import PASSAGE_KINDS, Passage


def passage(text: str, block: str = "paragraph", *section: str) -> Passage:
    return Passage("p", "d", text, 0, block=block, section=section)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (
            "recommendation",
            (
                "Wij bevelen aan dat teams een vast spreekuur houden; het verdient "
                "aanbeveling dit in elke wijk te doen."
            ),
        ),
        (
            "definition",
            (
                "Onder nuldelijnszorg verstaan wij de hulp die buren en familie elkaar "
                "zonder tussenkomst geven."
            ),
        ),
        (
            "definition",
            "Met een regisseur bedoelen we de medewerker die het plan van een gezin bewaakt.",
        ),
        (
            "method",
            (
                "De vragenlijst is uitgezet onder alle teams en er zijn acht interviews "
                "gehouden met teamleiders."
            ),
        ),
        (
            "finding",
            "Uit het onderzoek blijkt dat de teams elkaar nu beter weten te vinden.",
        ),
        (
            "finding",
            "Professionals geven aan dat zij minder tijd hebben voor overleg.",
        ),
        (
            "policy",
            (
                "De gemeente heeft besloten de subsidie vast te leggen in een verordening "
                "en een beleidsplan."
            ),
        ),
        (
            "figure",
            "Van de teams heeft 62% een spreekuur; 14% opent er een en 24% ziet er van af.",
        ),
        (
            "literature",
            (
                "Vakwerk vraagt om tijd (Jansen, 2014), al is daar ook kritiek op (De Boer "
                "& Vis, 2016)."
            ),
        ),
        (
            "respondent_quote",
            "“Ik heb het gevoel dat ik nu pas echt weet wie er in mijn straat woont.” (medewerker)",
        ),
        (
            "question",
            "Hoe houden generalisten hun kennis bij? En wie helpt hen daarbij?",
        ),
        (
            "contents",
            "1 Inleiding ........ 5 2 Methode ........ 9 3 Slot ........ 21",
        ),
        ("colophon", "ISBN 978-90-0000-000-0. Vormgeving: Studio Zes. © 2016"),
        (
            "reference",
            (
                "Jansen, P. (2014). *Het team*. Utrecht: Uitgeverij. - Boer, A. de & Vis, "
                "K. (2016). *De wijk*. Zwolle: Zelf."
            ),
        ),
        ("text", "Het plein ligt achter de school."),
        (
            "text",
            "Het team is een groep mensen en de wijk is een buurt met een plein en een school.",
        ),
        (
            "definition",
            "Casusregie is een vorm van begeleiding waarbij één medewerker alle afspraken bewaakt.",
        ),
        (
            "definition",
            (
                "Daarom spreken wij liever van buurtzorg: alles wat mensen in een straat "
                "voor elkaar doen."
            ),
        ),
        (
            "text",
            "Er bestaat geen overeenstemming over wat onder nabijheid moet worden verstaan.",
        ),
        (
            "recommendation",
            "Het is raadzaam om het overleg met de huisarts vast in te plannen.",
        ),
        (
            "policy",
            "De gemeente kiest voor zes teams en wil dat die in januari beginnen.",
        ),
        (
            "literature",
            "Volgens Jansen & De Boer vraagt vakwerk om tijd en om tegenspraak van gelijken.",
        ),
        (
            "question",
            (
                "Drie kwesties\n1. Wie stuurt het team?\n2. Wat vinden bewoners?\n3. Wie "
                "leert er van wie?"
            ),
        ),
        ("question", "Deelvraag 6: Wat hebben teams nodig om te leren?"),
        ("text", "Disciplines in het team (Jansen, 2015)"),
        (
            "colophon",
            (
                "Author(s)\nJansen, P.\nPublication date\n2017\nDocument Version\nFinal "
                "published version"
            ),
        ),
        (
            "colophon",
            "Tekst: Bureau Zes. Fotografie: Anna de Wit. Oplage 200.",
        ),
        ("footnote", "12 Zie www.voorbeeld.nl voor het hele verslag."),
    ],
)
def test_wording_tells_the_kind(expected: str, text: str) -> None:
    assert kind_of(passage(text)) == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("table", "table"),
        ("caption", "caption"),
        ("footnote", "footnote"),
        ("reference", "reference"),
        ("toc", "contents"),
    ],
)
def test_layout_settles_the_kind(block: str, expected: str) -> None:
    assert (
        kind_of(passage("Uit het onderzoek blijkt van alles.", block))
        == expected
    )


@pytest.mark.parametrize(
    ("section", "text", "expected"),
    [
        (
            "5 Conclusies en aanbevelingen",
            "De teams zijn in twee jaar beter bekend geworden bij ouderen en bij scholen.",
            "finding",
        ),
        (
            "5 Conclusies en aanbevelingen",
            "Daarom is het wenselijk dat de teams vaker in de school te vinden zijn.",
            "recommendation",
        ),
        (
            "5 Conclusies en aanbevelingen",
            "1. Geef elk team een eigen budget.\n2. Schrap de wachtlijst.",
            "recommendation",
        ),
        (
            "6 Aanbevelingen",
            "Twee jaar geleden is met een eerste cursus begonnen, samen met de bibliotheek.",
            "text",
        ),
        (
            "2 Wat inwoners merken",
            "Wie eenmaal een vast gezicht heeft, belt eerder en vraagt minder.",
            "finding",
        ),
        (
            "Resultaten",
            "In dit hoofdstuk worden de uitkomsten van de vragenlijst en de gesprekken besproken.",
            "text",
        ),
        (
            "Resultaten",
            "Oneens Deels oneens Niet oneens Deels eens Eens Weet niet",
            "text",
        ),
        (
            "3 Werkwijze",
            "Elk gesprek duurde een uur en is door twee mensen gelezen.",
            "method",
        ),
        (
            "Resultaat en verantwoording",
            "De wethouder legt ieder jaar uit waar het geld bleef.",
            "text",
        ),
        (
            "Bijlage 2 Vragenlijst",
            "Ik kan bij mijn collega's terecht als ik vastloop in een gezin.",
            "question",
        ),
        (
            "Bijlage 3 Antwoorden open vragen",
            "Meer tijd om bij mensen thuis te komen en minder achter het scherm.",
            "respondent_quote",
        ),
        (
            "Begrippenlijst",
            "Locatie waar wonen, scholing en vrije tijd bij elkaar zijn gebracht.",
            "definition",
        ),
    ],
)
def test_section_says_what_its_sentences_are_for(
    section: str, text: str, expected: str
) -> None:
    assert (
        kind_of(
            passage(text, "list" if "\n" in text else "paragraph", section)
        )
        == expected
    )


@pytest.mark.parametrize(
    ("expected", "section", "text"),
    [
        (
            "respondent_quote",
            "Bevindingen",
            "‘Ik ken haar van de bakker. Dan durf je ook eerder te bellen.’ (bewoonster, 63)",
        ),
        (
            "respondent_quote",
            "Bevindingen",
            (
                "Een moeder vertelt: “Wij hebben drie keer ons hele verhaal moeten doen, "
                "en toen kwam er weer een ander.”"
            ),
        ),
        (
            "finding",
            "Bevindingen",
            "De teams verschillen in hoe zij werken en in wat zij van elkaar weten; "
            "het rapport van de rekenkamer stelt: “wij zien dat "
            "teams ons niet kennen” (p. 5), en dat beeld komt in alle vier de wijken "
            "terug, ook waar men elkaar wel geregeld ziet.",
        ),
        (
            "text",
            "2 Theoretisch kader",
            "“Samen kunnen wij meer dan ieder van ons alleen ooit zou kunnen.”",
        ),
        (
            "method",
            "3.2 Meetinstrumenten",
            "Houding: ‘Bijblijven in mijn vak vind ik van belang.’",
        ),
    ],
)
def test_respondent_quote_is_speech_and_hardly_anything_else(
    expected: str, section: str, text: str
) -> None:
    assert kind_of(passage(text, "paragraph", section)) == expected


def document(*parts: tuple[str, str]) -> list[str]:
    """The kinds of a document of (section, text)."""
    return [
        p.kind
        for p in with_kinds(
            [
                Passage(
                    str(at), "d", text, at, section=(title,) if title else ()
                )
                for at, (title, text) in enumerate(parts)
            ]
        )
    ]


def test_chapters_after_the_method_of_a_study_hold_findings() -> None:
    sober = "Het team zit in de oude school en komt pas langs als er drie keer is gebeld."
    parts = [
        ("1 Inleiding", sober),
        ("2 Vraag en aanpak", "Wij legden 60 bewoners een lijst voor."),
        ("3 Papier", sober),
        ("Bijlage 1", sober),
    ]
    assert document(*parts) == ["text", "method", "finding", "text"]
    assert document(parts[0], parts[2]) == ["text", "text"]


def test_introduction_that_tells_the_method_opens_the_report_too() -> None:
    told = (
        "Voor dit verslag zijn acht interviews gehouden en is een vragenlijst uitgezet "
        "onder alle teams."
    )
    assert document(
        ("Inleiding", told),
        (
            "Uitgangspunten",
            "De vier gemeenten noemen nabijheid, maar geen ervan zegt wat dat is.",
        ),
    ) == [
        "method",
        "finding",
    ]


def test_document_that_decides_holds_policy() -> None:
    parts = [
        (
            "",
            (
                "Beleidsnota Dichtbij, vastgesteld door het college van burgemeester en "
                "wethouders van Verzonnenwaard"
            ),
        ),
        (
            "Voorwoord",
            (
                "Deze tekst kwam tot stand in gesprek met veel mensen uit de stad en de "
                "dorpen eromheen."
            ),
        ),
        (
            "1 Waar wij staan",
            (
                "Wij kiezen voor teams in de wijk, omdat hulp dichtbij sneller en lichter "
                "kan zijn dan hulp ver weg."
            ),
        ),
        (
            "2 Teams",
            (
                "Teams krijgen een eigen budget en mogen daarmee doen wat in een gezin het "
                "eerst nodig is."
            ),
        ),
        (
            "3 Geld",
            (
                "Het college besluit de reserve aan te spreken als de kosten hoger "
                "uitvallen dan begroot."
            ),
        ),
        (
            "4 Resultaten",
            (
                "In 2016 gaf 81 procent van de inwoners het team een voldoende, tegen 74 "
                "procent in 2015."
            ),
        ),
    ]
    assert document(*parts) == [
        "text",
        "text",
        "policy",
        "policy",
        "policy",
        "finding",
    ]


def test_section_adds_to_the_wording() -> None:
    text = "Het is nodig om het overleg te verkorten."
    assert kind_of(passage(text)) == "text"
    assert (
        kind_of(passage(text, "paragraph", "7 Aanbevelingen"))
        == "recommendation"
    )
    assert kind_of(passage(text), ["7 Aanbevelingen"]) == "recommendation"


def test_reference_list_and_colophon_are_known_by_their_section() -> None:
    assert (
        kind_of(passage("Jansen schreef veel.", "paragraph", "Literatuur"))
        == "reference"
    )
    assert (
        kind_of(passage("Met dank aan allen.", "paragraph", "Colofon"))
        == "colophon"
    )


def test_quotation_with_a_citation_is_no_respondent() -> None:
    assert (
        kind_of(
            passage(
                "“Wij weten dat het anders moet en dat het ook anders kan in de wijk” "
                "(Jansen, 2014)."
            )
        )
        != "respondent_quote"
    )


def test_quoted_share_counts_what_stands_between_marks() -> None:
    assert quoted_share(
        "Zij zei: “dat is heel lang geleden”."
    ) == pytest.approx(28 / 36, abs=0.1)
    assert quoted_share("Niemand zei iets.") == 0


@given(
    st.text(max_size=400),
    st.sampled_from(["paragraph", "list", "quote", "table", "heading"]),
)
def test_every_text_has_a_known_kind(text: str, block: str) -> None:
    (found,) = with_kinds([passage(text, block)])
    assert found.kind in PASSAGE_KINDS


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (
            "colophon",
            (
                "Gemeente Oostwoud, Postbus 12, 1234 AB Oostwoud. Telefoon: 0123 45 67 89. "
                "Stuur uw vraag over de Wmo naar loket@oostwoud.example"
            ),
        ),
        (
            "definition",
            (
                "Percentage inwoners van 18 jaar en ouder dat zegt in de afgelopen maand "
                "hulp van een buur te hebben gekregen."
            ),
        ),
        (
            "finding",
            (
                "Het percentage inwoners dat hulp van een buur kreeg, nam in twee jaar toe "
                "en ligt nu boven het gemiddelde."
            ),
        ),
        (
            "text",
            (
                "Vrijwilligers vinden valt niet mee. In dit artikel bespreken wij hoe je "
                "dat als kleine club toch kunt doen."
            ),
        ),
        (
            "text",
            (
                "“De opdrachtnemer stelt ons binnen een week op de hoogte; partijen leggen "
                "onze afspraken vast in de overeenkomst.”"
            ),
        ),
        (
            "text",
            (
                "Lees meer over onze aanpak op www.oostwoud.example of neem contact op met "
                "het team in de buurt."
            ),
        ),
        (
            "recommendation",
            (
                "Meer ruimte in het werk: Geef medewerkers een vrij budget en schrap de "
                "verplichte formulieren."
            ),
        ),
        (
            "recommendation",
            "Als team heb je een vast aanspreekpunt nodig; dat spreek je vooraf af.",
        ),
        (
            "recommendation",
            "Controleer elk half jaar of de lijst met buren nog klopt.",
        ),
        (
            "recommendation",
            "Het bureau adviseert deze taken in een reglement vast te leggen.",
        ),
        (
            "definition",
            "Zo'n collega wordt vaak aangeduid als buurtmaatje van dienst.",
        ),
        (
            "respondent_quote",
            (
                "Jansen vult aan: “Wij kennen elkaar hier allemaal, dus als er iets "
                "is dan hoor ik dat dezelfde dag nog.”"
            ),
        ),
        (
            "respondent_quote",
            (
                "“Wij doen meer dan wegen leggen en dat weet bijna niemand van ons”, "
                "zegt Karin Smit, hoofd van de werkplaats in het dorp."
            ),
        ),
        (
            "colophon",
            "Vragen of een tip? Stuur ons een bericht: buurt@voorbeeld.nl.",
        ),
    ],
)
def test_forms_that_other_authors_use(expected: str, text: str) -> None:
    assert kind_of(passage(text)) == expected


def test_wishes_of_a_party_are_policy_without_a_single_title() -> None:
    wishes = [
        (
            "Wij willen dat ieder kind kan sporten en dat de bijdrage daarvoor laag "
            "blijft, ook in de dorpen."
        ),
        (
            "De eigen bijdrage voor hulp in huis wordt afgeschaft en er komt een vast "
            "gezicht voor elk gezin."
        ),
        (
            "Iedereen verdient een huis. De gemeente moet daarom meer grond aankopen en "
            "zelf weer gaan bouwen."
        ),
        (
            "Uit cijfers van vorig jaar blijkt dat veel ouderen lang wachten op hulp die "
            "dichtbij hoort te zijn."
        ),
        (
            "Er komen meer plekken om elkaar te ontmoeten, want een buurt zonder huiskamer "
            "is geen buurt meer."
        ),
    ]
    found = document(*(("", wish) for wish in wishes))
    assert found.count("policy") >= 4
    assert "recommendation" not in found


def test_a_report_without_titles_decides_nothing() -> None:
    told = [
        (
            "Bewoners vertellen dat zij het team kennen van de markt en van de school van "
            "hun kinderen."
        ),
        "De meeste teams zitten in een oude school en delen die met de bibliotheek en de huisarts.",
        (
            "In twee wijken is het team verhuisd, en daar komen nu minder mensen binnen "
            "zonder afspraak."
        ),
        (
            "Wie eenmaal is geholpen, komt later ook met andere vragen terug, zo blijkt "
            "uit de gesprekken."
        ),
    ]
    assert "policy" not in document(*(("", text) for text in told))


def test_short_answers_for_and_against_are_policy() -> None:
    answers = [
        "Nee. Vuurkorven in het park zijn gevaarlijk, en de brandweer heeft het al druk genoeg.",
        "Dorpsbelang is voor een tweede ingang van het zwembad, zodat ook rolstoelen erin kunnen.",
        "De gemeente hoort haar eigen gebouwen open te stellen voor wie een zaal of tuin zoekt.",
        "Ja, mits de herten genoeg ruimte houden en de wandelaars netjes op het pad blijven.",
        "Dat is geen taak van de gemeente; de winkeliers kunnen dit heel goed zelf betalen.",
    ]
    assert document(*(("", text) for text in answers)).count("policy") >= 4


def test_one_person_who_speaks_decides_nothing() -> None:
    """An essay that wants much is no policy; the same wishes of a board are."""
    wishes = (
        "De gemeente moet in elke wijk weer een vast spreekuur krijgen, {} ook in de dorpen.",
        "Iedereen verdient {} een buurt waar iemand de weg kent en ook altijd tijd heeft.",
        "Er komt {} geen oplossing zonder dat teams de ruimte krijgen die nodig is.",
        "Bewoners moeten {} veel eerder worden gevraagd wat zij er zelf van vinden.",
        "De wachtlijsten moeten {} worden aangepakt voor er weer een plan komt.",
    )
    board = [("", text.replace("{}", "vinden wij")) for text in wishes]
    essay = [("", text.replace("{}", "denk ik")) for text in wishes]
    assert set(document(*board)) == {"policy"}
    assert "policy" not in document(*essay)


def test_a_chapter_that_cites_and_lists_its_literature_decides_nothing() -> (
    None
):
    """The same wishes are policy where no list of literature stands behind them."""
    wishes = [
        "De gemeente moet teams de tijd geven om van elkaar te leren, elk jaar weer (Vos, 2011).",
        "Teams moeten kunnen oefenen met iemand die het werk lang en graag deed (Dam, 2009).",
        "Opleidingen moeten studenten eerder en langer de wijk in kunnen sturen dan nu gebeurt.",
        "De gemeente moet durven wachten tot een nieuwe werkwijze overal gewoon is geworden.",
    ]
    chapter = [passage(text) for text in wishes]
    works = ("Dam, P. (2009). Oefenen.", "Vos, A. (2011). Leren in de wijk.")
    entries = [passage(work, "reference") for work in works]
    policy = [p.kind for p in with_kinds(chapter)].count("policy")
    argued = [p.kind for p in with_kinds([*chapter, *entries])]
    assert policy == len(wishes)
    assert "policy" not in argued


def test_a_sum_and_a_date_make_no_passage_of_figures() -> None:
    told = (
        "De wethouder liet de raad op de avond voor het reces weten dat er 40 plaatsen bij "
        "komen in het huis aan de Kade, en dat de verbouwing daarvan ruim 300.000 euro kost. "
        "De buren zijn daar niet blij mee."
    )
    counted = (
        "Van de plaatsen is 76% bezet; 15% wacht nog op verf en 9% op een bed."
    )
    assert kind_of(passage(told)) != "figure"
    assert kind_of(passage(counted)) == "figure"


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (
            "method",
            "Het doel van deze verkenning was om te zien wie er bij het spreekuur wegblijft.",
        ),
        (
            "method",
            "De meting is in het voorjaar door twee studenten uitgevoerd in het buurthuis.",
        ),
        (
            "method",
            "Twaalf testers liepen de nieuwe folder door, terwijl wij zaten mee te kijken.",
        ),
        (
            "definition",
            "Huisbezoek betekent dat iemand van het team langskomt zonder formulier.",
        ),
        ("text", "Dit betekent dat iemand van het team langskomt."),
    ],
)
def test_how_a_study_was_done_and_what_a_word_means(
    expected: str, text: str
) -> None:
    assert kind_of(passage(text)) == expected


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Artikel 12",
            "De aanbieder bewaart de gegevens vijf jaar en vernietigt ze daarna.",
        ),
        (
            "Programma Samen leven - Wat willen we bereiken?",
            "Iedereen in Oostwoud doet mee, en zorgen voor een ander valt niet zwaar. "
            "Dat is onze ambitie voor de komende jaren.",
        ),
        (
            "",
            "Daarbij zetten we vooral in op de buurten waar de meeste mensen alleen wonen.",
        ),
    ],
)
def test_articles_of_a_law_and_aims_of_a_budget_are_policy(
    title: str, text: str
) -> None:
    assert kind_of(passage(text, "paragraph", title)) == "policy"


def test_an_act_is_policy_though_nobody_in_it_wants_anything() -> None:
    """An act tells who may do what; its members speak of members and articles."""
    members = (
        (
            "De secretaris houdt een register bij waarin de personen, "
            "bedoeld in het eerste lid, zijn opgenomen."
        ),
        (
            "Een lid kan zich doen vertegenwoordigen, met "
            "inachtneming van artikel 9, door een ander lid."
        ),
        (
            "De termijn van zes weken kan eenmaal met ten hoogste "
            "vier weken worden verlengd door de secretaris."
        ),
        (
            "De stukken liggen krachtens artikel 4 ten minste "
            "veertien dagen ter inzage op het kantoor."
        ),
        (
            "Wie het register onjuist vindt, kan de secretaris "
            "verzoeken de gegevens te verbeteren of te schrappen."
        ),
    )
    kinds = [p.kind for p in with_kinds([passage(text) for text in members])]
    assert kinds.count("policy") == len(members)


def test_a_programme_that_urges_decides_and_a_report_recommends() -> None:
    urged = (
        "Stop met losse potjes voor de buurt. Investeer in "
        "vaste medewerkers die er elke dag zijn."
    )
    wishes = [
        "Wij willen dat elke wijk een open huis krijgt waar iedereen zonder afspraak terechtkan.",
        "De gemeente moet zorgen voor genoeg speelplekken, ook in de nieuwe buurten aan de rand.",
        "Wij kiezen voor een vast gezicht in elke buurt en voor minder verschillende loketten.",
        (
            "Wij zetten ons in voor betaalbare huizen en wij "
            "stellen daar elk jaar geld voor beschikbaar."
        ),
    ]
    programme = with_kinds([passage(text) for text in [*wishes, urged]])
    assert programme[-1].kind == "policy"
    assert kind_of(passage(urged)) == "recommendation"


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (
            "method",
            (
                "Dit artikel is gebaseerd op gesprekken en op een "
                "telling in twee dorpen, een jaar lang."
            ),
        ),
        (
            "method",
            (
                "Het onderzoek bestond uit een telling aan de balie "
                "en drie bijeenkomsten met vrijwilligers."
            ),
        ),
        (
            "finding",
            (
                "Een vast gezicht helpt volgens dit onderzoek om eerder "
                "te horen dat de huur niet wordt betaald."
            ),
        ),
        (
            "policy",
            "Besluit: de samenwerking met de stichting te verlengen tot het einde van het jaar.",
        ),
        (
            "policy",
            (
                "Wij gaan volgend jaar aan de slag met een plan voor "
                "de dorpshuizen, samen met de besturen."
            ),
        ),
        (
            "policy",
            "Elke inwoner moet dicht bij huis kunnen rekenen op iemand die meedenkt.",
        ),
    ],
)
def test_abstracts_decisions_and_plans_are_told_by_their_wording(
    expected: str, text: str
) -> None:
    assert kind_of(passage(text)) == expected


def test_a_title_about_what_to_say_promises_no_findings() -> None:
    text = "Dit boekje gaat over zwijgen en spreken in de hulpverlening aan jongeren."
    assert kind_of(passage(text, "paragraph", "Wat ervan te zeggen")) == "text"


@pytest.mark.parametrize(
    "text",
    [
        "Pas dan komt er rust in huis. Pas wanneer de huur betaald is, kijken zij verder.",
        "Stel je voor: je woont net in een dorp en kent er niemand, ook je buren niet.",
        "Vraag is of een dorp dat wil. Start van de proef was in het voorjaar, na de oogst.",
    ],
)
def test_an_adverb_or_a_supposition_tells_nobody_what_to_do(text: str) -> None:
    assert kind_of(passage(text)) == "text"


@pytest.mark.parametrize(
    "text",
    [
        "Burenhulp is hulp die mensen in een straat elkaar geven zonder dat er betaald wordt.",
        "Bij opbrengst gaat het om wat er voor bewoners verandert, niet om het aantal gesprekken.",
    ],
)
def test_a_passage_that_opens_by_saying_what_something_is_defines_it(
    text: str,
) -> None:
    assert kind_of(passage(text)) == "definition"
