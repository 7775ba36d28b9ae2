"""Entries of reference lists, parsed to CSL-JSON."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kb.citations.entries.parse import parse_entry

HERE = Path(__file__).parent
ENTRIES: list[dict[str, Any]] = [
    entry
    for name in ("entries.yaml", "entries_fresh.yaml")
    for entry in yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
]
FIELDS = (
    "type",
    "author",
    "editor",
    "issued",
    "original-date",
    "title",
    "container-title",
    "volume",
    "issue",
    "page",
    "publisher",
    "publisher-place",
    "URL",
    "DOI",
    "edition",
)


def _plain(name: dict[str, str]) -> str:
    if "literal" in name:
        return "=" + name["literal"]
    return "|".join(
        (
            name.get("family", ""),
            name.get("given", ""),
            name.get("non-dropping-particle", ""),
        )
    ).rstrip("|")


def _said(csl: dict[str, Any], field: str) -> Any:
    value = csl.get(field)
    if field in {"author", "editor"} and value:
        return [_plain(name) for name in value]
    if field in {"issued", "original-date"} and value:
        return value["date-parts"][0][0]
    return value


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["raw"][:40])
def test_every_field_of_an_entry_is_read_and_none_invented(
    entry: dict[str, Any],
) -> None:
    csl = parse_entry(entry["raw"])
    for field in FIELDS:
        want, got = entry.get(field), _said(csl, field)
        allowed = (
            want
            if isinstance(want, list) and field not in {"author", "editor"}
            else [want]
        )
        assert got in allowed, (field, want, got)
    assert bool(csl.get("custom", {}).get("etal")) == bool(entry.get("etal"))
    assert csl.get("custom", {}).get("suffix") == entry.get("suffix")


def test_italics_mark_where_a_title_ends() -> None:
    csl = parse_entry(
        "Vos, K. de (2014). *Werken in de wijk. Een verkenning*. Onbekende Drukkers."
    )
    assert csl["title"] == "Werken in de wijk. Een verkenning"
    assert csl["publisher"] == "Onbekende Drukkers"


def test_a_false_bullet_inside_an_entry_is_no_part_of_it() -> None:
    csl = parse_entry(
        "Vos, K. (2011). Leren in de buurt. In G. - Walstra & C. Penning (red.). *De "
        "lerende stad*. Antwerpen: Garant 119-126."
    )
    assert [_plain(n) for n in csl["editor"]] == ["Walstra|G.", "Penning|C."]
    assert (csl["page"], csl["publisher"], csl["publisher-place"]) == (
        "119-126",
        "Garant",
        "Antwerpen",
    )


def test_date_of_access_is_kept_apart_from_the_year() -> None:
    csl = parse_entry(
        "Pharos (2015). Gezond leven. Opgevraagd dd. 3 maart 2017 via: "
        "<https://www.pharos.nl/leven>"
    )
    assert csl["issued"] == {"date-parts": [[2015]]}
    assert csl["accessed"] == {"date-parts": [[2017, 3, 3]]}
    assert csl["URL"] == "https://www.pharos.nl/leven"


@pytest.mark.parametrize(
    ("raw", "name", "year"),
    [
        (
            "Webdossier van het Nivel uit 2018: www.nivel.nl/dossier",
            "Nivel",
            2018,
        ),
        ("Themapagina van Pharos, 2020: www.pharos.nl/thema", "Pharos", 2020),
        (
            "De cijfers zijn te bekijken via het portaal van Vektis: www.vektis.nl/cijfers",
            "Vektis",
            None,
        ),
        (
            "Het werkboek is gepubliceerd op de website van Stichting Lezen: www.lezen.nl",
            "Stichting Lezen",
            None,
        ),
    ],
)
def test_whose_site_it_is_stands_for_the_author(
    raw: str, name: str, year: int | None
) -> None:
    csl = parse_entry(raw)
    assert csl["author"] == [{"literal": name}]
    assert csl.get("issued") == ({"date-parts": [[year]]} if year else None)


def test_an_undated_entry_has_no_year() -> None:
    csl = parse_entry("Divosa (z.d.). Werkwijzer. Utrecht: Divosa.")
    assert "issued" not in csl
    assert csl["custom"] == {"undated": True}


def test_a_paper_of_parliament_keeps_its_number() -> None:
    csl = parse_entry(
        "Tweede Kamer (2004). Brief van de staatssecretaris. Kamerstuk 29538 nr. 8, 2 "
        "december 2004."
    )
    assert csl["type"] == "document"
    assert csl["number"] == "Kamerstukken 29538, nr. 8"


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        ".",
        "()",
        "(2014)",
        "- ",
        "https://",
        "*",
        "e.a.",
        "&",
        "In:",
        "‘",
        "van de",
        "12",
    ],
)
def test_nothing_much_gives_a_record_without_trouble(raw: str) -> None:
    assert isinstance(parse_entry(raw), dict)


@given(st.text(alphabet="ABab .,:;()[]&*“”'‘’/-0123456789éë\n", max_size=300))
def test_any_text_gives_plain_values(raw: str) -> None:
    csl = parse_entry(raw)
    for name in csl.get("author", []) + csl.get("editor", []):
        assert name.get("family") or name.get("literal")
    assert all(value not in (None, "", [], {}) for value in csl.values())


@given(
    st.lists(
        st.sampled_from([e["raw"] for e in ENTRIES]), min_size=2, max_size=4
    ),
    st.integers(1, 60),
)
def test_entries_cut_and_joined_at_random_break_nothing(
    raws: list[str], cut: int
) -> None:
    assert isinstance(parse_entry("".join(raw[cut:] for raw in raws)), dict)


@pytest.mark.parametrize(
    "raw",
    [
        "A. " * 3300,
        "Jansen, " * 1250,
        "(2014) " * 1400,
        "In: " * 2500,
        "(" * 10000,
        "www." * 2500,
        "Vos, K. (2014). " + "woord " * 1600,
    ],
    ids=range(7),
)
def test_an_entry_of_ten_thousand_characters_takes_no_time(raw: str) -> None:
    began = time.process_time()
    parse_entry(raw)
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    ("raw", "kind", "title", "number"),
    [
        (
            (
                "Kamerstukken II 2018-2019, 34 880, nr. 4, p. 7. *Nota naar aanleiding van "
                "het verslag*."
            ),
            "bill",
            "Nota naar aanleiding van het verslag",
            "Kamerstukken II 2018/19, 34880, nr. 4",
        ),
        (
            "Brief over de teams, Kamerstukken I 2016/17, 34300, A.",
            "bill",
            "Brief over de teams",
            "Kamerstukken I 2016/17, 34300",
        ),
        (
            "Wet op de buurten (Stb. 2016, 12).",
            "legislation",
            "Wet op de buurten",
            "Stb. 2016, 12",
        ),
        (
            "Rb. Overijssel 3 maart 2015, ECLI:NL:RBOVE:2015:99.",
            "legal_case",
            "Rb. Overijssel 3 maart 2015, ECLI:NL:RBOVE:2015:99",
            "ECLI:NL:RBOVE:2015:99",
        ),
    ],
)
def test_official_sources_are_told_by_their_number(
    raw: str, kind: str, title: str, number: str
) -> None:
    csl = parse_entry(raw)
    assert (csl["type"], csl["title"]) == (kind, title)
    assert csl["number"].startswith(number)
    assert "author" not in csl


@pytest.mark.parametrize(
    ("printed", "suffix", "status"),
    [
        ("z.d.-b", "b", None),
        ("z.d.", None, None),
        ("n.d.-a", "a", None),
        ("in druk", None, "in press"),
        ("te verschijnen", None, "forthcoming"),
        ("in voorbereiding", None, "in preparation"),
    ],
)
def test_what_stands_where_a_year_does(
    printed: str, suffix: str | None, status: str | None
) -> None:
    csl = parse_entry(
        f"Gemeente Ede ({printed}). *Kaart van de zorg*. Ede: Gemeente Ede."
    )
    assert [_plain(name) for name in csl["author"]] == ["=Gemeente Ede"]
    assert csl["title"] == "Kaart van de zorg"
    assert csl.get("custom", {}).get("suffix") == suffix
    assert csl.get("status") == status
    assert "issued" not in csl


@pytest.mark.parametrize(
    ("raw", "family", "title", "year"),
    [
        (
            "Zie B. Timmer, *De poort*, Boom 2014, p. 3-5.",
            "Timmer",
            "De poort",
            2014,
        ),
        (
            "Vgl. ook B. Timmer, De poort. Een blik, Ede: Boom 2014.",
            "Timmer",
            "De poort. Een blik",
            2014,
        ),
        (
            "[7] B. Timmer, *De poort*, Movisie, Utrecht 2014.",
            "Timmer",
            "De poort",
            2014,
        ),
        (
            "B. Timmer, ‘Poort en pad’, Zorgblad Tijdschrift 2014/3, p. 12-18.",
            "Timmer",
            "Poort en pad",
            2014,
        ),
        (
            "Timmer, B., R. Vos (eindred.) e.a. *De poort*. Ede: Movisie, mei 2014",
            "Timmer",
            "De poort",
            2014,
        ),
    ],
)
def test_entries_as_notes_and_numbered_lists_print_them(
    raw: str, family: str, title: str, year: int
) -> None:
    csl = parse_entry(raw)
    assert csl["author"][0]["family"] == family
    assert csl["title"] == title
    assert csl["issued"]["date-parts"][0][0] == year


def test_the_number_of_an_entry_is_kept() -> None:
    assert (
        parse_entry("[7] Vos, K. (2014). Buurt. Boom.")["custom"]["number"]
        == "7"
    )
    assert (
        parse_entry("12. Vos, K. (2014). Buurt. Boom.")["custom"]["number"]
        == "12"
    )
    assert "custom" not in parse_entry("Vos, K. (2014). Buurt. Boom.")


SUBJECTS = st.sampled_from(
    [
        "De gemeente",
        "Het wijkteam",
        "Bewoners",
        "Een van de regisseurs",
        "Dit beleid",
    ]
)
VERBS = st.sampled_from(
    ["is", "heeft", "wordt", "kan", "zijn", "moet", "werd"]
)
RESTS = st.sampled_from(
    [
        "in 2015 begonnen met drie teams",
        "sinds de decentralisatie (2015) verantwoordelijk",
        "volgens de Wmo 2015, art. 2.3.2 gehouden te helpen",
        "zie Kamerstukken II 2013/14, 33841, nr. 3",
        "samen met Movisie, Utrecht en de buurt",
        "door: A. Bos, de wethouder, (2014) ingesteld",
    ]
)


@given(
    SUBJECTS,
    VERBS,
    RESTS,
    st.sampled_from([". ", ", ", " (2015). ", ": "]),
    RESTS,
)
def test_no_sentence_becomes_a_name(
    subject: str, verb: str, rest: str, sign: str, more: str
) -> None:
    csl = parse_entry(f"{subject} {verb} {rest}{sign}{more}.")
    for name in [*csl.get("author", []), *csl.get("editor", [])]:
        said = " ".join(name.values()).split()
        assert verb not in said
        assert len(said) <= 8


def test_words_that_point_to_a_source_are_no_part_of_it() -> None:
    assert parse_entry("Zie ook de Kamerbrief van 16 juli 2020, kenmerk 17.")[
        "title"
    ].startswith("Kamerbrief")
    name = parse_entry("Zie de Wit, K. (2014). Buurt. Boom.")["author"][0]
    assert name["non-dropping-particle"] == "de"
    page = parse_entry(
        "Zie hiervoor de website van de AP: https://example.nl/nl/zelf"
    )
    assert page["author"] == [{"literal": "AP"}]
