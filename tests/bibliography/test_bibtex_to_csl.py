"""From BibTeX record to CSL-JSON."""

from __future__ import annotations

from typing import Any

import pytest

from kb.bibliography import bib_to_csl, parse_bib


def _csl(text: str) -> dict[str, Any]:
    return bib_to_csl(parse_bib(text)[0][0])


def test_report_has_its_institution_as_publisher() -> None:
    csl = _csl(
        "@techreport{t16, author={Teekman, Christel and others}, title={In de "
        "Running}, institution={Viaa},"
        " address={Zwolle}, year={2016}, langid={dutch}, keywords={wijk, team}}"
    )
    assert csl == {
        "id": "t16",
        "type": "report",
        "title": "In de Running",
        "author": [{"family": "Teekman", "given": "Christel"}],
        "custom": {"etal": True},
        "publisher": "Viaa",
        "publisher-place": "Zwolle",
        "issued": {"date-parts": [[2016]]},
        "language": "nl-NL",
        "keyword": "wijk, team",
    }


def test_open_list_of_chapter_editors_stays_with_the_editors() -> None:
    csl = _csl(
        "@incollection{a, author={Bos, A.}, editor={Stam, M. and others}, booktitle={B}}"
    )
    assert csl["editor"] == [
        {"family": "Stam", "given": "M."},
        {"literal": "others"},
    ]
    assert "custom" not in csl


def test_two_institutions_of_a_dutch_record_are_apart() -> None:
    assert (
        _csl(
            "@techreport{a, institution={Viaa and Windesheim}, langid={dutch}}"
        )["publisher"]
        == "Viaa; Windesheim"
    )
    assert (
        _csl("@techreport{a, institution={Ministry of Health and Welfare}}")[
            "publisher"
        ]
        == "Ministry of Health and Welfare"
    )


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ("year={2017}, month=feb", [[2017, 2]]),
        ("year={2017}, month={mei}, day={3}", [[2017, 5, 3]]),
        ("year={2017}, month={3}", [[2017, 3]]),
        ("date={2015-06-18}", [[2015, 6, 18]]),
        ("date={2010/2012}", [[2010], [2012]]),
        ("year={[2015a]}", [[2015]]),
    ],
)
def test_dates(fields: str, parts: list[list[int]]) -> None:
    assert _csl(f"@book{{a, {fields}}}")["issued"] == {"date-parts": parts}


def test_no_date_is_no_date() -> None:
    assert "issued" not in _csl("@book{a, year={z.d.}}")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("@article{a, journal={J}}", "article-journal"),
        ("@article{a, entrysubtype={newspaper}}", "article-newspaper"),
        ("@incollection{a, booktitle={B}}", "chapter"),
        ("@phdthesis{a, school={UvA}}", "thesis"),
        (
            "@misc{a, keywords={collegeslides}, howpublished={College 3}}",
            "speech",
        ),
        ("@misc{a, url={https://x.nl}}", "webpage"),
        ("@online{a, url={https://x.nl}}", "webpage"),
        ("@vreemd{a, title={x}}", "document"),
        ("@misc{a, entrysubtype={bill}}", "bill"),
    ],
)
def test_types(text: str, kind: str) -> None:
    assert _csl(text)["type"] == kind


def test_number_is_an_issue_in_articles_only() -> None:
    article = _csl(
        "@article{a, number={3}, pages={12--25}, doi={https://doi.org/10.1/x}}"
    )
    assert (article["issue"], article["page"], article["DOI"]) == (
        "3",
        "12-25",
        "10.1/x",
    )
    assert _csl("@techreport{a, number={3}}")["number"] == "3"


def test_subtitle_joins_the_title() -> None:
    assert (
        _csl("@book{a, title={Wijk}, subtitle={een verkenning}}")["title"]
        == "Wijk: een verkenning"
    )
    assert (
        _csl("@book{a, title={Wat nu?}, subtitle={Een verkenning}}")["title"]
        == "Wat nu? Een verkenning"
    )


def test_kind_of_thesis_in_the_language_of_the_record() -> None:
    assert _csl("@phdthesis{a}")["genre"] == "Proefschrift"
    assert (
        _csl("@thesis{a, type={mathesis}, langid={english}}")["genre"]
        == "Master’s thesis"
    )
    assert _csl("@thesis{a, type={Openbare les}}")["genre"] == "Openbare les"
    assert "genre" not in _csl("@report{a, type={techreport}}")


def test_keyword_tells_the_kind_of_talk() -> None:
    assert (
        _csl("@misc{a, keywords={wijk, collegeslides}}")["genre"]
        == "Collegeslides"
    )


def test_state_of_a_work_that_is_not_out() -> None:
    assert _csl("@book{a, year={in druk}}")["status"] == "in press"
    assert _csl("@book{a, pubstate={forthcoming}}")["status"] == "forthcoming"
    assert "status" not in _csl("@book{a, year={2015}}")


def test_an_address_may_stand_elsewhere() -> None:
    csl = _csl(
        "@misc{a, title={T}, howpublished={Te vinden op \\url{http://x.nl/a_b}},"
        " note={Geraadpleegd op 3 mei 2015}}"
    )
    assert (csl["URL"], csl["type"]) == ("http://x.nl/a_b", "webpage")
    assert csl["accessed"] == {"date-parts": [[2015, 5, 3]]}
    assert "publisher" not in csl
    csl = _csl("@misc{a, howpublished={Nota, \\url{http://x.nl}}}")
    assert csl["publisher"] == "Nota"


@pytest.mark.parametrize(
    ("fields", "genre"),
    [
        (
            "institution={Gemeente Duin}, howpublished={Raadsbrief 12}",
            "Raadsbrief 12",
        ),
        ("howpublished={Raadsbrief 12}", None),
        ("institution={Duin}, howpublished={Duin}", None),
        ("institution={Duin}, howpublished={\\url{http://x.nl/a}}", None),
    ],
)
def test_howpublished_beside_a_publisher_says_what_it_is(
    fields: str, genre: str | None
) -> None:
    entry = parse_bib(f"@misc{{k, title={{T}}, year=2015, {fields}}}")[0][0]
    assert bib_to_csl(entry).get("genre") == genre
