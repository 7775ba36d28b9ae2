"""Files in sources/ and their records."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from kb.corpus import document_of, find_sources, read_corpus
from kb.corpus.joining import file_names
from kb.corpus.sources import slug_of
from kb.errors import NoCorpusError, problem_sentence


def _corpus(
    folder: Path, files: dict[str, bytes] | None = None, bib: str = ""
) -> Path:
    (folder / "sources").mkdir()
    for name, data in (files or {}).items():
        (folder / "sources" / name).write_bytes(data)
    if bib:
        (folder / "sources.bib").write_text(bib, encoding="utf-8")
    return folder


def test_record_is_tied_to_its_file(tmp_path: Path) -> None:
    bib = (
        "@techreport{waal13, title={Voortgang}, author={de Waal, V.}, year={2013}, "
        "file={rapport.txt}}"
    )
    corpus = _corpus(tmp_path, {"rapport.txt": b"tekst"}, bib)
    (source,) = find_sources(corpus)
    assert (source.key, source.name, source.readable, source.problems) == (
        "waal13",
        "rapport.txt",
        True,
        (),
    )
    assert source.fingerprint == hashlib.sha256(b"tekst").hexdigest()
    document = document_of(source, pages=4)
    assert (
        document.id,
        document.title,
        document.authors,
        document.year,
        document.type,
    ) == (
        "waal13",
        "Voortgang",
        ("V. de Waal",),
        2013,
        "report",
    )
    assert document.bib["ENTRYTYPE"] == "techreport"


@pytest.mark.parametrize(
    "field",
    [
        "rapport.txt",
        "sources/rapport.txt",
        ":/home/iemand/rapport.txt:TXT",
        "Volledige tekst:files/12/rapport.txt:text/plain",
        "C\\:\\\\Stukken\\\\rapport.txt",
        ":anders.pdf:PDF;:C\\:\\\\x\\\\Rapport.txt:TXT",
        "file:///C:/Mijn%20stukken/rapport.txt",
    ],
)
def test_file_fields_of_other_programs_are_read(
    tmp_path: Path, field: str
) -> None:
    corpus = _corpus(
        tmp_path,
        {"rapport.txt": b"x"},
        f"@book{{a, title={{T}}, file={{{field}}}}}",
    )
    assert [s.key for s in find_sources(corpus)] == ["a"]


def test_file_names_of_jabref_are_unescaped() -> None:
    assert file_names(":a\\;b.pdf:PDF;Titel:c d.pdf:PDF") == [
        "a;b.pdf",
        "c d.pdf",
    ]


def test_source_without_record_gets_a_key_and_a_problem(
    tmp_path: Path,
) -> None:
    corpus = _corpus(tmp_path, {"Évaluatie wijkteam (2016).txt": b"x"})
    (source,) = find_sources(corpus)
    assert source.key == "evaluatie-wijkteam-2016"
    assert [p.code for p in source.problems] == ["no_record"]
    assert "file = {Évaluatie wijkteam (2016).txt}" in problem_sentence(
        source.problems[0]
    )
    document = document_of(
        source,
        {
            "title": "Evaluatie",
            "author": [{"literal": "Gemeente X"}],
            "issued": {"date-parts": [[2016]]},
        },
    )
    assert (document.title, document.authors, document.year) == (
        "Evaluatie",
        ("Gemeente X",),
        2016,
    )
    assert document.found == ("title", "author", "issued")


def test_a_record_is_not_filled_up_with_authors_from_the_file(
    tmp_path: Path,
) -> None:
    corpus = _corpus(
        tmp_path, {"a.txt": b"x"}, "@book{a, title={T}, file={a.txt}}"
    )
    document = document_of(
        find_sources(corpus)[0],
        {"author": [{"literal": "Word-gebruiker"}], "title": "Ander"},
    )
    assert (document.title, document.authors, document.found) == ("T", (), ())


def test_title_falls_back_on_the_file_name(tmp_path: Path) -> None:
    (source,) = find_sources(_corpus(tmp_path, {"nota_wijk.txt": b"x"}))
    assert document_of(source).title == "nota wijk"


def test_other_scripts_give_ascii_keys() -> None:
    assert slug_of("Ομάδες γειτονιάς") == "omades-geitonias"
    assert slug_of("Команды") == "komandy"
    assert slug_of("日本語").startswith("bron-")
    assert slug_of("日本語") != slug_of("中文")


def test_keys_from_names_are_unique(tmp_path: Path) -> None:
    corpus = _corpus(
        tmp_path,
        {"x.txt": b"1", "nota.md": b"2", "nota.html": b"3"},
        "@book{nota, title={T}, file={x.txt}}",
    )
    keys = [s.key for s in find_sources(corpus)]
    assert len(set(keys)) == 3
    assert all(k.startswith("nota") for k in keys)


def test_bad_files_are_problems_and_the_rest_is_read(tmp_path: Path) -> None:
    corpus = _corpus(
        tmp_path,
        {
            "leeg.pdf": b"",
            "tabel.xlsx": b"x",
            ".verborgen.txt": b"x",
            "~$lock.docx": b"x",
            "goed.txt": b"ja",
        },
    )
    (corpus / "sources" / "groot.pdf").touch()
    os.truncate(corpus / "sources" / "groot.pdf", 3_000_001)
    found = {s.name: s for s in find_sources(corpus, max_file_mb=3)}
    assert {name: s.problems[0].code for name, s in found.items()} == {
        "leeg.pdf": "source_empty",
        "tabel.xlsx": "unknown_source_format",
        ".verborgen.txt": "hidden_file",
        "~$lock.docx": "hidden_file",
        "groot.pdf": "source_too_large",
        "goed.txt": "no_record",
    }
    assert [name for name, s in found.items() if s.readable] == ["goed.txt"]
    assert found["groot.pdf"].fingerprint == ""
    assert all(
        problem_sentence(p, language)
        for s in found.values()
        for p in s.problems
        for language in ("nl", "en")
    )


def test_records_without_a_file_are_problems_of_the_corpus(
    tmp_path: Path,
) -> None:
    bib = (
        "@book{a, title={A}, file={weg.pdf}}\n@book{b, title={B}}\n@book{c, "
        "file={x.txt}}\n@book{d, file={x.txt}}"
    )
    corpus = read_corpus(_corpus(tmp_path, {"x.txt": b"1"}, bib))
    found = [(p.code, p.values["key"]) for p in corpus.problems]
    assert found == [
        ("record_file_missing", "a"),
        ("record_without_file", "b"),
        ("file_claimed_twice", "d"),
    ]


def test_same_contents_are_noticed(tmp_path: Path) -> None:
    sources = find_sources(
        _corpus(tmp_path, {"a.txt": b"zelfde", "b.txt": b"zelfde"})
    )
    assert [[p.code for p in s.problems] for s in sources] == [
        ["no_record"],
        ["no_record", "same_contents"],
    ]


def test_subfolders_are_read_and_hidden_ones_not(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path)
    for name in ("2015/rapport.txt", ".git/config.txt"):
        path = corpus / "sources" / name
        path.parent.mkdir()
        path.write_text(name)
    assert [s.name for s in find_sources(corpus)] == ["2015/rapport.txt"]


def test_file_name_that_is_no_unicode_is_read(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path)
    try:
        (corpus / "sources" / os.fsdecode(b"nota-\xe9.txt")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    (source,) = find_sources(corpus)
    assert source.readable
    source.name.encode("utf-8")


def test_folder_without_sources_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(NoCorpusError):
        find_sources(tmp_path)


def test_a_whole_library_without_files_is_one_problem(tmp_path: Path) -> None:
    bib = "".join(f"@book{{k{n}, title={{T}}}}\n" for n in range(30))
    (problem,) = read_corpus(_corpus(tmp_path, {"a.txt": b"x"}, bib)).problems
    assert (problem.code, problem.values["count"]) == (
        "records_without_file",
        30,
    )


@pytest.mark.parametrize("said", ["ja", "yes", "True"])
def test_a_withheld_document_is_no_source_and_that_is_told(
    tmp_path: Path, said: str
) -> None:
    bib = f"@misc{{brief13, title={{Brief}}, file={{brief.txt}}, withheld={{{said}}}}}"
    files = {"brief.txt": b"geheim", "nota.txt": b"openbaar"}
    found = read_corpus(_corpus(tmp_path, files, bib))
    assert [source.name for source in found.sources] == ["nota.txt"]
    (note,) = [p for p in found.problems if p.document == "brief13"]
    assert note.severity == "note"
    assert "brief.txt" in problem_sentence(note)


def test_withheld_no_means_shown(tmp_path: Path) -> None:
    bib = "@misc{brief13, title={Brief}, file={brief.txt}, withheld={nee}}"
    found = read_corpus(_corpus(tmp_path, {"brief.txt": b"tekst"}, bib))
    assert [source.key for source in found.sources] == ["brief13"]


SEVERAL = {"een.txt": b"a", "twee, deel b.txt": b"b", "drie.html": b"c"}


@pytest.mark.parametrize(
    "field",
    [
        "een.txt; twee, deel b.txt; drie.html",
        "Tekst:f/1/een.txt:t/plain;Meer:f/2/twee, deel b.txt:t;Snapshot:drie.html:t/html",
        "een.txt;twee, deel b.txt;weg.pdf;drie.html",
    ],
)
def test_all_files_of_a_record_are_one_source(
    tmp_path: Path, field: str
) -> None:
    bib = f"@book{{a, title={{T}}, file={{{field}}}}}"
    (source,) = find_sources(_corpus(tmp_path, SEVERAL, bib))
    assert (source.key, source.name) == ("a", "een.txt")
    assert [more.name for more in source.more] == [
        "twee, deel b.txt",
        "drie.html",
    ]
    assert source.contents != source.fingerprint


def test_commas_may_stand_between_files(tmp_path: Path) -> None:
    files = {"een.txt": b"a", "twee.txt": b"b"}
    bib = "@book{a, title={T}, file={een.txt, twee.txt}}"
    (source,) = find_sources(_corpus(tmp_path, files, bib))
    assert [more.name for more in source.more] == ["twee.txt"]


def test_a_file_that_cannot_be_read_is_told_of_its_document(
    tmp_path: Path,
) -> None:
    files = {"a.txt": b"", "b.txt": b"tekst", "c.zip": b"x"}
    bib = "@book{k, title={T}, file={a.txt;b.txt;c.zip}}"
    (source,) = find_sources(_corpus(tmp_path, files, bib))
    assert (source.key, source.name, source.readable) == ("k", "b.txt", True)
    assert [(p.document, p.code) for p in source.problems] == [
        ("k", "source_empty"),
        ("k", "unknown_source_format"),
    ]


RIS = """TY  - RPRT
ID  - k
AU  - Bos, A.
TI  - Titel
PY  - 2015
L1  - file:///home/x/een.txt
L1  - twee.txt
ER  -
"""
JSON = """[{"id": "k", "type": "report", "title": "Titel",
"author": [{"family": "Bos", "given": "A."}], "issued": {"date-parts": [[2015]]},
"attachments": [{"path": "een.txt"}, {"path": "storage/twee.txt"}]}]"""


@pytest.mark.parametrize(
    ("name", "text"), [("sources.ris", RIS), ("sources.json", JSON)]
)
def test_records_of_other_programs_have_their_files(
    tmp_path: Path, name: str, text: str
) -> None:
    corpus = _corpus(tmp_path, {"een.txt": b"a", "twee.txt": b"b"})
    (corpus / name).write_text(text, encoding="utf-8")
    (source,) = find_sources(corpus)
    document = document_of(source)
    assert (document.id, document.authors, document.year) == (
        "k",
        ("A. Bos",),
        2015,
    )
    assert [more.name for more in source.more] == ["twee.txt"]


def test_records_of_parts_go_with_their_volume(tmp_path: Path) -> None:
    bib = """
    @incollection{deel1, author={Bos, A.}, title={Een}, crossref={bundel}, pages={3--9}}
    @incollection{deel2, author={Prins, B.}, title={Twee}, booktitle={De bundel}}
    @article{elders, author={Prins, B.}, title={Drie}, journaltitle={Een blad}}
    @collection{bundel, editor={Vos, K.}, title={De bundel}, date={2015}, file={b.txt}}
    """
    corpus = read_corpus(_corpus(tmp_path, {"b.txt": b"x"}, bib))
    (source,) = corpus.sources
    assert [(csl["id"], csl["title"]) for csl in source.parts] == [
        ("deel1", "Een"),
        ("deel2", "Twee"),
    ]
    assert source.parts[0]["container-title"] == "De bundel"
    assert [(p.code, p.values["key"]) for p in corpus.problems] == [
        ("record_without_file", "elders")
    ]


def test_a_link_to_elsewhere_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    secret = tmp_path / "geheim.txt"
    secret.write_text("niet voor lezers")
    corpus = _corpus(tmp_path / "corpus", {"nota.txt": b"tekst"})
    (corpus / "sources" / "bijlage.txt").symlink_to(secret)
    linked, plain = find_sources(corpus)
    assert not linked.readable
    assert not linked.fingerprint
    assert "bijlage.txt" in problem_sentence(linked.problems[0])
    assert plain.readable


def test_a_link_within_and_a_linked_folder_of_sources_are_read(
    tmp_path: Path,
) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "nota.txt").write_text("tekst")
    (tmp_path / "share" / "nogmaals.txt").symlink_to("nota.txt")
    (tmp_path / "sources").symlink_to(tmp_path / "share")
    assert [source.readable for source in find_sources(tmp_path)] == [True] * 2
