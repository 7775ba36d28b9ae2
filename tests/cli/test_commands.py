"""Every stable form of the command line, over a small corpus built once."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.pipeline import build
from kb.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
REPORT = """# Breed werken in Voorbeeldwijk

## 1 Bevindingen

De generalisten in het wijkteam verliezen vakkennis: wie overal iets van weet, houdt zijn
specialisme niet bij. Hilhorst en Van der
Lans (2016) zien dat als de prijs van breed werken, en Tonkens (2016, p. 12) vraagt daarom om
gezag voor professionals.

Bewoners zijn tevreden: 78 procent vindt het team makkelijk te bereiken, omdat het midden in de
wijk zit en iedereen het kent.

## 2 Aanbevelingen

Geef het team tijd om te leren, en laat een gedragswetenschapper wekelijks aanschuiven zodat
expertise niet verloren gaat.

## Literatuur

Hilhorst, P., & Van der Lans, J. (2016). *Nabij is beter 2*. Den Haag: Movisie.

Tonkens, E. (2016). *Roeping, gezag en loyaliteit*. Utrecht: Universiteit voor Humanistiek.
"""
FORMS = {
    "documents": {
        "id",
        "source",
        "title",
        "authors",
        "year",
        "type",
        "pages",
        "passages",
        "problems",
    },
    "passages": {
        "id",
        "document",
        "source",
        "text",
        "kind",
        "section",
        "page",
        "label",
        "tags",
    },
    "references": {"id", "document", "source", "raw", "csl", "work"},
    "citations": {
        "passage",
        "surface",
        "start",
        "end",
        "authors",
        "year",
        "reference",
        "work",
    },
    "works": {"id", "csl", "cited_by", "mentions", "document"},
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "sources").mkdir()
    (corpus / "sources" / "bos.md").write_text(REPORT, encoding="utf-8")
    record = (
        "@techreport{bos2016, author={Bos, Anna}, title={Breed werken}, "
        "institution={Instituut}, year={2016}, file={bos.md}}\n"
    )
    (corpus / "sources.bib").write_text(record, encoding="utf-8")
    settings = replace(
        Settings(),
        corpus_dir=corpus,
        index_dir=tmp_path_factory.mktemp("index"),
        workers=1,
    )
    build(settings)
    return settings


def kb(
    settings: Settings, *arguments: str
) -> subprocess.CompletedProcess[bytes]:
    environment = {
        "PYTHONPATH": str(ROOT),
        "PATH": "/usr/bin:/bin",
        "KB_INDEX_DIR": str(settings.index_dir),
        "KB_CORPUS_DIR": str(settings.corpus_dir),
    }
    return subprocess.run(
        [sys.executable, "-m", "kb", *arguments],
        capture_output=True,
        env=environment,
        check=False,
        timeout=120,
    )


def lines(settings: Settings, *arguments: str) -> list[dict[str, Any]]:
    done = kb(settings, *arguments)
    assert done.returncode == 0, done.stderr.decode()
    return [
        json.loads(line) for line in done.stdout.decode("utf-8").splitlines()
    ]


pytestmark = pytest.mark.slow


@pytest.mark.parametrize("what", FORMS)
def test_dump_has_the_promised_keys(built: Settings, what: str) -> None:
    rows = lines(built, "dump", what)
    assert rows
    assert all(FORMS[what] <= set(row) for row in rows)


def test_surface_of_a_citation_stands_in_its_passage(built: Settings) -> None:
    texts = {
        row["id"]: row["text"] for row in lines(built, "dump", "passages")
    }
    citations = lines(built, "dump", "citations")
    assert {row["authors"][0] for row in citations} >= {"Hilhorst", "Tonkens"}
    assert all(
        texts[row["passage"]][row["start"] : row["end"]] == row["surface"]
        for row in citations
    )


def test_dumped_tags_are_those_shown_with_their_cues(built: Settings) -> None:
    tags = [
        tag for row in lines(built, "dump", "passages") for tag in row["tags"]
    ]
    assert {"B7", "K3"} & {tag["theme"] for tag in tags}
    assert all(
        {"theme", "score", "cues", "origin"} <= set(tag) for tag in tags
    )


def test_search_as_json_explains_its_hits(built: Settings) -> None:
    hits = lines(
        built,
        "search",
        "verlies van vakkennis bij generalisten",
        "--json",
        "--limit",
        "2",
    )
    assert "vakkennis" in hits[0]["text"]
    assert {
        "passage",
        "document",
        "score",
        "snippet",
        "page",
        "label",
        "text",
        "explain",
    } <= set(hits[0])
    assert hits[0]["explain"]
    assert len(hits) <= 2


def test_search_filters_combine(built: Settings) -> None:
    assert lines(built, "search", "team", "--json", "--document", "bos2016")
    assert (
        lines(
            built,
            "search",
            "team",
            "--json",
            "--document",
            "bos2016",
            "--year",
            "1999",
        )
        == []
    )


def test_search_takes_a_range_of_years_and_passages_with_figures(
    built: Settings,
) -> None:
    asked = ("search", "team", "--json")
    every = lines(built, *asked)
    assert lines(built, *asked, "--year", "1900..") == every
    assert lines(built, *asked, "--year", "..1900") == []
    found = lines(built, *asked, "--figures")
    assert all(any(c.isdigit() for c in row["text"]) for row in found)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--document", "ander"),
        ("--theme", "B99"),
        ("--kind", "bevinding"),
        ("--year", "gisteren"),
    ],
)
def test_filter_that_nothing_can_meet_is_refused(
    built: Settings, wrong: tuple[str, str]
) -> None:
    done = kb(built, "search", "team", "--json", *wrong)
    assert (
        done.returncode,
        wrong[1] in done.stderr.decode(),
        done.stdout,
    ) == (
        2,
        True,
        b"",
    )


def test_query_is_said_back_and_no_hit_is_told(built: Settings) -> None:
    done = kb(built, "search", '"helemaal nergens te vinden" NIET team')
    assert "zonder team" in done.stdout.decode()
    assert "Ruimer gezocht" in done.stdout.decode()


def test_any_bytes_may_be_asked(built: Settings) -> None:
    command = [
        sys.executable.encode(),
        b"-m",
        b"kb",
        b"search",
        b"nul\x01 \xff",
        b"--index",
        str(built.index_dir).encode(),
    ]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr


def test_queries_of_a_file_are_answered_in_order(
    built: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(
        '{"qid": "1", "query": "vakkennis"}\n\n{"qid": "2", "query": "((("}\n',
        encoding="utf-8",
    )
    rows = lines(built, "search", "--queries", str(file), "--json")
    assert [row["qid"] for row in rows] == ["1", "2"]
    assert rows[0]["hits"]


def test_wrong_line_in_a_queries_file_is_named(
    built: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(
        '{"qid": "1", "query": "a"}\n{"qid": 2}\n', encoding="utf-8"
    )
    done = kb(built, "search", "--queries", str(file), "--json")
    assert (done.returncode, b"regel 2" in done.stderr, done.stdout) == (
        2,
        True,
        b"",
    )


@pytest.mark.parametrize(
    ("format", "said"),
    [
        ("bibtex", b"@techreport{bos2016"),
        ("ris", b"TY  - RPRT"),
        ("csl-json", b'"bos2016"'),
        ("apa", b"Bos, A. (2016)"),
        ("markdown", b"Breed werken"),
    ],
)
def test_documents_are_exported(
    built: Settings, format: str, said: bytes
) -> None:
    done = kb(built, "export", format)
    assert done.returncode == 0, done.stderr.decode()
    assert said in done.stdout


def test_theme_is_exported_to_word(built: Settings, tmp_path: Path) -> None:
    theme = next(
        tag["theme"]
        for row in lines(built, "dump", "passages")
        for tag in row["tags"]
    )
    done = kb(
        built,
        "export",
        "docx",
        "--theme",
        theme,
        "--output",
        str(tmp_path / "t.docx"),
    )
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "t.docx").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("format", ["ris", "bibtex", "csl-json", "apa"])
def test_what_the_owner_says_of_all_texts_goes_along(
    built: Settings, format: str
) -> None:
    file = built.corpus_dir / "site.toml"
    file.write_text('notice = "Dit is een oefening."\n', encoding="utf-8")
    try:
        done = kb(built, "export", format)
    finally:
        file.unlink()
    assert b"Dit is een oefening." in done.stdout


def test_extract_prints_blocks_only(built: Settings) -> None:
    rows = lines(
        built,
        "extract",
        str(built.corpus_dir / "sources" / "bos.md"),
        "--json",
    )
    assert {"kind", "text", "page", "label", "level"} <= set(rows[0])
    assert [row["kind"] for row in rows].count("reference") == 2


def test_extract_writes_a_list_a_file(built: Settings, tmp_path: Path) -> None:
    done = kb(
        built,
        "extract",
        str(built.corpus_dir / "sources" / "bos.md"),
        "--to",
        str(tmp_path / "out"),
    )
    assert (done.returncode, done.stdout) == (0, b"")
    assert {"kind", "text", "page"} <= set(
        json.loads(
            (tmp_path / "out" / "bos.json").read_text(encoding="utf-8")
        )[0]
    )


def test_check_finds_nothing_wrong_and_a_changed_corpus_stale(
    built: Settings,
) -> None:
    assert kb(built, "check").returncode == 0
    bib = built.corpus_dir / "sources.bib"
    before = bib.read_text(encoding="utf-8")
    bib.write_text(before.replace("2016}", "2015}"), encoding="utf-8")
    said = kb(built, "check").stdout.decode()
    bib.write_text(before, encoding="utf-8")
    assert "gewijzigd" in said


def test_explain_tells_why(built: Settings) -> None:
    passage = next(
        row for row in lines(built, "dump", "passages") if row["tags"]
    )
    done = kb(built, "explain", passage["id"])
    assert done.returncode == 0, done.stderr.decode()
    assert passage["tags"][0]["theme"] in done.stdout.decode()


def test_unknown_passage_is_named(built: Settings) -> None:
    done = kb(built, "explain", "weg-123")
    assert (done.returncode, "weg-123" in done.stderr.decode()) == (2, True)


def test_piped_output_may_be_cut_off(built: Settings) -> None:
    command = f'"{sys.executable}" -m kb dump passages --index "{built.index_dir}" | head -c 10'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
