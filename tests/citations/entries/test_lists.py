"""Reference lists in a document: where they are, and where one entry ends."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kb.citations import references_of
from kb.citations.entries.names import is_sentence
from kb.extract import extract
from kb.extract.limits import Limits
from kb.records import Block, Reference
from kb.structure import blocks_of

VOS = "Vos, K. de (2014). Werken in de wijk. Utrecht: Movisie."
BOS = "Bos, A. & Timmer, R. (2012). De buurt aan zet. Amsterdam: SWP."
WIT = "Wit, M. de (2011). Nabij. Bussum: Coutinho."
PROSE = (
    "Professionals werken sinds een jaar samen in de wijk. Dat is een grote "
    "verandering en zij hebben daar zelf een mening over. "
) * 4


def heading(text: str, level: int = 1) -> Block:
    return Block("heading", text, level=level)


def paragraph(text: str) -> Block:
    return Block("paragraph", text)


def read(*blocks: Block) -> tuple[Reference, ...]:
    return references_of("doc", blocks)


def raws(*blocks: Block) -> list[str]:
    return [r.raw for r in read(*blocks)]


def test_entries_marked_by_the_layout_are_read() -> None:
    assert raws(
        heading("Literatuur"), Block("reference", VOS), Block("reference", BOS)
    ) == [
        VOS,
        BOS,
    ]


def test_unmarked_paragraphs_under_the_heading_are_read_until_the_next_heading() -> (
    None
):
    assert raws(
        heading("Literatuurlijst"),
        paragraph(VOS),
        Block("list", BOS),
        heading("Bijlage 1"),
        paragraph(PROSE),
    ) == [VOS, BOS]


def test_a_numbered_or_english_heading_opens_a_list_too() -> None:
    for title in (
        "6. Bronnen",
        "References",
        "Geraadpleegde literatuur",
        "LITERATUUR",
        "Literatuur bij hoofdstuk 2",
    ):
        assert raws(heading(title), paragraph(VOS)) == [VOS]


def test_each_article_has_its_own_list_with_a_number() -> None:
    found = read(
        heading("Literatuur"),
        paragraph(VOS),
        heading("Artikel twee"),
        paragraph(PROSE),
        heading("Literatuur"),
        paragraph(VOS),
    )
    assert [(r.list_number, r.raw) for r in found] == [(1, VOS), (2, VOS)]
    assert len({r.id for r in found}) == 2


def test_an_entry_cut_by_a_false_bullet_is_one_again() -> None:
    cut = (
        "Ahn, T. (2007). Social capital. In: Castle, D., Van",
        "Dam, J.W., & Wolle, G. (eds.), Handbook of capital, Oxford University Press.",
    )
    found = read(
        heading("Literatuur"),
        Block("list", cut[0]),
        Block("list", cut[1]),
        Block("list", VOS),
    )
    assert [r.raw for r in found] == [" ".join(cut), VOS]
    assert [n["family"] for n in found[0].csl["editor"]] == [
        "Castle",
        "Dam",
        "Wolle",
    ]


def test_the_end_of_an_imprint_on_the_next_page_goes_back_to_its_entry() -> (
    None
):
    assert raws(
        heading("Literatuur"),
        Block(
            "reference", "Bos, A. (2016). Nabij. Zwolle: Werkplaats Buurt en"
        ),
        Block("reference", f"Bestaan. {VOS}"),
    ) == [
        "Bos, A. (2016). Nabij. Zwolle: Werkplaats Buurt en Bestaan.",
        VOS,
    ]


def test_a_url_on_its_own_line_belongs_to_the_entry_before_it() -> None:
    first = "Movisie (2015). Wijkteams. Opgevraagd op 3 maart 2016 van"
    assert raws(
        heading("Bronnen"),
        paragraph(first),
        paragraph("https://www.movisie.nl/wijkteams"),
    ) == [f"{first} https://www.movisie.nl/wijkteams"]


def test_entries_that_ran_together_are_parted() -> None:
    assert raws(heading("Literatuur"), paragraph(f"{VOS} {BOS} {WIT}")) == [
        VOS,
        BOS,
        WIT,
    ]
    assert raws(heading("Literatuur"), paragraph(f"{VOS} - {BOS}")) == [
        VOS,
        BOS,
    ]


def test_editors_of_a_chapter_do_not_start_a_new_entry() -> None:
    chapter = (
        "Stam, M. (2015). Leren. In: Kooi, A., Wilk, J.P. & Biene, M. van (red.). Leren "
        "transformeren. Utrecht: Movisie."
    )
    assert raws(heading("Literatuur"), paragraph(f"{chapter} {VOS}")) == [
        chapter,
        VOS,
    ]


def test_body_text_glued_behind_the_imprint_is_cut_off() -> None:
    assert raws(
        heading("Literatuur"),
        paragraph(
            VOS.rstrip(".")
            + " overeenkomst tussen alle gemeenten die wij onderzochten"
        ),
    ) == [VOS.rstrip(".")]


def test_labels_inside_a_list_are_no_entries() -> None:
    assert raws(
        heading("Literatuur"),
        paragraph(VOS),
        paragraph("Onderzoeken, in volgorde van verschijnen:"),
        paragraph(BOS),
    ) == [VOS, BOS]


def test_prose_under_a_heading_named_bronnen_gives_nothing() -> None:
    assert raws(heading("Bronnen"), paragraph(PROSE)) == []


def test_a_footnote_that_is_an_entry_is_read() -> None:
    (found,) = read(
        paragraph(PROSE), Block("footnote", f"3 Zie ook {VOS}", mark="3")
    )
    assert (found.place, found.list_number, found.csl["title"]) == (
        "footnote",
        0,
        "Werken in de wijk",
    )


def test_a_footnote_with_a_quoted_title_is_read_and_a_remark_is_not() -> None:
    (found,) = read(
        Block(
            "footnote",
            "Ontleend aan ‘Een eerste verkenning van teams’ (Vermeer et al. 2013).",
        )
    )
    assert found.csl["title"] == "Een eerste verkenning van teams"
    assert found.csl["custom"]["etal"]
    assert (
        read(
            Block(
                "footnote",
                (
                    "De tabellen bij dit hoofdstuk staan in een apart bestand, dat u bij "
                    "ons kunt aanvragen."
                ),
            )
        )
        == ()
    )
    assert (
        read(
            Block(
                "footnote",
                "Met dank aan de cursisten die hun verhaal voor dit stuk wilden vertellen.",
            )
        )
        == ()
    )


def test_a_source_under_a_figure_that_names_a_work_is_a_reference() -> None:
    (found,) = read(
        Block(
            "caption", "Figuur 3, De beloften (bron: Nabij is beter 2, 2016)"
        )
    )
    assert (
        found.place,
        found.csl["title"],
        found.csl["issued"]["date-parts"][0][0],
    ) == (
        "figure",
        "Nabij is beter 2",
        2016,
    )
    assert read(Block("caption", "Figuur 4 (bron: CBS, 2014)")) == ()


@pytest.mark.parametrize("kind", ["caption", "footnote", "paragraph"])
@pytest.mark.parametrize(
    "line",
    [
        (
            "Bron: Samengesteld door studenten en bewoners met hulp van vele partners. Zie "
            "de kaart op www.buurtkaart-voorbeeld.nl"
        ),
        "Bron: Eigen berekening op grond van open gegevens, te zien op www.cijfers-voorbeeld.nl",
    ],
)
def test_a_source_line_with_neither_name_nor_year_is_no_reference(
    kind: str, line: str
) -> None:
    assert read(Block(kind, line)) == ()


def test_a_source_line_with_an_address_and_a_name_is_a_reference() -> None:
    (found,) = read(
        Block(
            "caption",
            "Bron: Verbeek, T. & Smits, L. (2019). Begrijpelijk schrijven. www.pharos.nl/schrijven",
        )
    )
    assert [n["family"] for n in found.csl["author"]] == ["Verbeek", "Smits"]
    assert (found.csl["title"], found.csl["URL"]) == (
        "Begrijpelijk schrijven",
        "www.pharos.nl/schrijven",
    )


def test_the_documents_own_citation_is_marked_as_such() -> None:
    (found,) = read(paragraph("Citeer als:"), paragraph(VOS), paragraph(PROSE))
    assert found.place == "self"


def test_a_report_named_on_a_slide_is_a_reference() -> None:
    (found,) = read(
        Block("list", "Rapport “Van begeleiding naar regie” (2014)")
    )
    assert (found.place, found.csl["title"]) == (
        "slide",
        "Van begeleiding naar regie",
    )


def test_ids_stay_when_the_document_is_built_again() -> None:
    blocks = (heading("Literatuur"), paragraph(VOS), paragraph(BOS))
    assert [r.id for r in read(*blocks)] == [
        r.id for r in read(paragraph("Nieuw."), *blocks)
    ]


def test_lists_in_german_or_of_dois_only_break_nothing() -> None:
    german = "Böhnisch, L. (2012). Sozialpädagogik der Lebensalter. Weinheim: Beltz Juventa."
    dois = [f"https://doi.org/10.1000/{n}" for n in range(3)]
    assert raws(heading("Literaturverzeichnis"), paragraph(german)) == [german]
    assert [
        r.csl["DOI"]
        for r in read(heading("References"), *map(paragraph, dois))
    ] == [
        "10.1000/0",
        "10.1000/1",
        "10.1000/2",
    ]


def test_two_thousand_entries_are_parsed_in_seconds() -> None:
    blocks = [
        Block(
            "reference",
            f"Vos{n}, K. de (20{n % 20:02}). Werken in wijk {n}. Een verkenning. Utrecht: Movisie.",
        )
        for n in range(2000)
    ]
    began = time.process_time()
    assert len(read(heading("Literatuur"), *blocks)) == 2000
    assert time.process_time() - began < 6


def test_a_numbered_list_is_cut_at_its_numbers() -> None:
    one = "[1] K. Vos, *Werk in de wijk*, Movisie, Utrecht 2014."
    two = "[2] Gemeente Ede, *Beleidsplan*, Ede 2015."
    three = "[3] https://www.example.nl/kaart, geraadpleegd op 3 maart 2016."
    assert raws(
        heading("Literatuur"), paragraph(one), paragraph(two), paragraph(three)
    ) == [
        one,
        two,
        three,
    ]
    assert raws(heading("Literatuur"), paragraph(f"{one} {two} {three}")) == [
        one,
        two,
        three,
    ]


@pytest.mark.parametrize(
    "note",
    ["Ibid., p. 4.", "Vos, a.w., p. 3.", "T.a.p.", "Vos 2014, a.w., p. 12."],
)
def test_a_note_that_refers_back_is_no_reference(note: str) -> None:
    assert raws(Block(kind="footnote", text=f"4 {note}", page=1)) == []


@pytest.mark.parametrize(
    "note",
    [
        "Zie T. Vos, *De wijk*, Boom 2014, p. 3-5.",
        "https://www.example.nl/kaart, geraadpleegd op 3 maart 2016.",
        "Kamerstukken II 2015/16, 34300, nr. 2, p. 12.",
        "CRvB 18 mei 2016, ECLI:NL:CRVB:2016:99.",
        "Raadsvoorstel sociale teams gemeente Ede, 12 mei 2015.",
    ],
)
def test_a_note_that_names_a_source_is_a_reference(note: str) -> None:
    assert len(raws(Block(kind="footnote", text=f"4 {note}", page=1))) == 1


def test_an_address_that_ends_in_a_slash_ends_its_entry() -> None:
    law = "Jeugdwet. (2014). Geraadpleegd op 1 juni 2016, van http://wetten.example.nl/x/"
    later = "Wit, K. de (in voorbereiding). *Later meer*. Utrecht: Movisie."
    assert raws(heading("Literatuur"), paragraph(law), paragraph(later)) == [
        law,
        later,
    ]


@pytest.mark.shared
@pytest.mark.slow
def test_no_sentence_of_a_real_text_becomes_a_name(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "sources").iterdir()):
        for reference in references_of(
            path.stem, blocks_of(extract(path, Limits()))
        ):
            people = [
                *reference.csl.get("author", []),
                *reference.csl.get("editor", []),
            ]
            for name in people:
                assert not is_sentence(" ".join(name.values())), reference.raw
