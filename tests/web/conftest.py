"""A small library written by hand.

Three documents, their passages, tags and citations, with a real index; and the app over
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.generations import RECORDS, new_generation, publish
from kb.records import (
    Box,
    Citation,
    Cue,
    Document,
    Passage,
    Problem,
    Reference,
    Tag,
    Work,
)
from kb.search import build_index
from kb.settings import Settings
from kb.store import Formatted, Similar, Store, sqlite_url
from tests.web.in_chromium import chromium, served
from web import create_app

DE_WIT = Document(
    "wit2016breed",
    "wit2016breed.pdf",
    "Breed kijken, diep weten: vakkennis in het wijkteam",
    ("Wit, Anna de", "Smeets, Karel"),
    2016,
    "report",
    2,
    csl={
        "type": "report",
        "title": "Breed kijken, diep weten: vakkennis in het wijkteam",
        "issued": {"date-parts": [[2016]]},
        "author": [
            {"family": "Wit", "given": "Anna", "non-dropping-particle": "de"},
            {"family": "Smeets", "given": "Karel"},
        ],
        "publisher": "Hogeschool Oostland",
    },
    bib={"ENTRYTYPE": "report", "title": "Breed kijken, diep weten"},
    municipalities=("Zwolle",),
    keywords=("generalist",),
)
BEEK = Document(
    "beek2018geld",
    "beek2018geld.md",
    "Wat kost nabijheid? <Een> rekensom & meer",
    ("Beek, Ilse van",),
    2018,
    "report",
    0,
    csl={
        "type": "report",
        "title": "Wat kost nabijheid?",
        "author": [
            {"family": "Beek", "given": "Ilse", "non-dropping-particle": "van"}
        ],
    },
    municipalities=("Hengelo",),
    downloadable=False,
    found=("title",),
)
LEEG = Document(
    "raad2014brief",
    "raad2014brief.txt",
    "Brief aan de raad",
    (),
    None,
    "personal_communication",
    1,
)

VAKKENNIS = Passage(
    "wit2016breed-a1",
    "wit2016breed",
    (
        "Generalisten in het wijkteam verliezen hun vakkennis wanneer zij elkaar niet "
        "geregeld spreken over casussen (Beek, 2018)."
    ),
    0,
    "finding",
    section=("2 Bevindingen", "2.1 Vakkennis"),
    page=1,
    label="7",
    label_origin="printed",
    boxes=(Box(1, 70, 90, 520, 130),),
    municipalities=("Zwolle",),
)
ADVIES = Passage(
    "wit2016breed-a2",
    "wit2016breed",
    (
        "Geef ieder wijkteam elke maand een dagdeel voor intervisie met specialisten uit "
        "de tweede lijn."
    ),
    1,
    "recommendation",
    section=("3 Aanbevelingen",),
    page=1,
    label="7",
    label_origin="printed",
    page_end=2,
    label_end="8",
    repairs=(("inter-\nvisie", "intervisie"),),
    raw="inter-\nvisie",
)
BEWONER = Passage(
    "wit2016breed-a3",
    "wit2016breed",
    "‘Ze kwamen gewoon aan de keukentafel zitten en vroegen wat ik zelf wilde.’",
    2,
    "respondent_quote",
    section=("3 Aanbevelingen",),
    page=2,
    label="8",
    label_origin="printed",
)
KOSTEN = Passage(
    "beek2018geld-b1",
    "beek2018geld",
    (
        "De besparing bleef uit: lichte hulp in de wijk kwam niet in plaats van dure zorg, "
        "en dat is een knelpunt <script>."
    ),
    0,
    "finding",
    section=("Uitkomsten",),
    municipalities=("Hengelo",),
)
TABEL = Passage(
    "beek2018geld-b2",
    "beek2018geld",
    "Jaar Kosten 2017 12",
    1,
    "table",
    "table",
    ("Uitkomsten",),
    rows=(("Jaar", "Kosten"), ("2017", "12")),
)
BRIEF = Passage(
    "raad2014brief-c1",
    "raad2014brief",
    "Generalisten in het wijkteam verliezen hun vakkennis wanneer zij elkaar niet spreken."
    " De raad wil daarom een vast uur in de week.",
    0,
    "policy",
)

TAGS = (
    Tag(
        "wit2016breed-a1",
        "B7",
        0.93,
        cues=(Cue(0, 12, "Generalisten", "generalist*", 2.0),),
        layers={"rules": 0.8, "model": 0.95},
    ),
    Tag("wit2016breed-a1", "K3", 0.88),
    Tag("wit2016breed-a2", "K3", 0.7, origin="curator"),
    Tag("wit2016breed-a3", "B4", 0.66),
    Tag("wit2016breed-a3", "B1", 0.3, evidence=False),
    Tag("wit2016breed-a1", "B9", 0.5, evidence=False, origin="model"),
    Tag("beek2018geld-b1", "B9", 0.91),
    Tag("raad2014brief-c1", "B7", 0.6),
)
CITED = Citation(
    "wit2016breed-a1",
    "Beek, 2018",
    109,
    119,
    ("Beek",),
    2018,
    reference="wit2016breed:r1",
    work="beek-2018-wat",
    score=0.97,
    reason="author_year",
)
WORKS = (
    Work(
        "beek-2018-wat",
        BEEK.csl,
        ("wit2016breed",),
        1,
        "beek2018geld",
        "corpus",
        ("Beek, I. van (2018). Wat kost nabijheid?",),
    ),
    Work(
        "lipsky-1980",
        {
            "type": "book",
            "title": "Street-level bureaucracy",
            "author": [{"family": "Lipsky"}],
        },
        ("wit2016breed", "beek2018geld"),
        3,
    ),
)
REFERENCES = (
    Reference(
        "wit2016breed:r1",
        "wit2016breed",
        "Beek, I. van (2018). Wat kost nabijheid? Hengelo: Rekenhuis.",
        BEEK.csl,
        "beek-2018-wat",
        2,
    ),
    Reference(
        "wit2016breed:r2",
        "wit2016breed",
        "Lipsky, M. (1980). Street-level bureaucracy.",
        {},
        None,
        2,
    ),
)


def _formatted() -> list[Formatted]:
    rows = []
    for language, amp in (("nl", "en"), ("en", "and")):
        for key in ("beek2018geld", "beek-2018-wat"):
            text = "Van Beek, I. (2018). Wat kost nabijheid?"
            rows.append(
                Formatted(
                    key,
                    "apa",
                    language,
                    text,
                    "Van Beek, I. (2018). <i>Wat kost nabijheid?</i>",
                    "Van Beek, 2018",
                    "Van Beek (2018)",
                )
            )
        text = "De Wit, A., & Smeets, K. (2016). Breed kijken, diep weten. Hogeschool Oostland."
        rows.append(
            Formatted(
                "wit2016breed",
                "apa",
                language,
                text,
                text.replace("&", "&amp;"),
                "De Wit & Smeets, 2016",
                f"De Wit {amp} Smeets (2016)",
            )
        )
    return rows


def write_pdf(path: Path) -> None:
    """Two empty pages of A4, by hand: enough to draw."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(
        b"%010d 00000 n \n" % o for o in offsets
    )
    path.write_bytes(
        out
        + b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % start
    )


def write_sources(corpus: Path) -> None:
    """The files of the three documents."""
    folder = corpus / "sources"
    folder.mkdir(parents=True)
    write_pdf(folder / DE_WIT.source)
    (folder / BEEK.source).write_text(
        "# Wat kost nabijheid?\n", encoding="utf-8"
    )
    (folder / LEEG.source).write_text("Brief aan de raad\n", encoding="utf-8")


def write_generation(
    settings: Settings, name: str = "one", extra: tuple[Document, ...] = ()
) -> Path:
    """Build and publish the small library, with `extra` documents; its folder."""
    folder = new_generation(settings.index_dir, name)
    store = Store.create(sqlite_url(folder / RECORDS))
    store.add((DE_WIT, BEEK, LEEG, *extra))
    store.add((VAKKENNIS, ADVIES, BEWONER, KOSTEN, TABEL, BRIEF))
    for records in (TAGS, (CITED,), WORKS, REFERENCES, _formatted()):
        store.add(records)
    store.add(
        [
            Problem(
                "beek2018geld",
                "bad_setting",
                None,
                {"name": "x", "value": "y", "expected": "z"},
                "note",
            )
        ]
    )
    store.add(
        [
            Similar("wit2016breed-a1", "g1", 1.0, True),
            Similar("raad2014brief-c1", "g1", 0.9),
        ]
    )
    store.put("built", "2026-11-20T09:30:00+00:00")
    build_index(store, folder / "engine", "whoosh")
    store.close()
    return publish(settings.index_dir, folder, 2)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    base: Path = tmp_path_factory.mktemp("web")
    made = Settings(corpus_dir=base / "corpus", index_dir=base / "index")
    made.index_dir.mkdir()
    write_sources(made.corpus_dir)
    write_generation(made)
    return made


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["kb_generation"].close()


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """Where a browser finds the site."""
    with served(app) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def publish_library() -> Callable[..., Path]:
    """`write_generation`, for tests that publish another one."""
    return write_generation


@pytest.fixture(scope="session")
def lay_out_sources() -> Callable[[Path], None]:
    """`write_sources`, for tests that make their own corpus."""
    return write_sources
