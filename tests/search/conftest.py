"""A small collection that says something on care in neighbourhoods, in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.records import Document, Passage, Tag
from kb.search import Searcher, build_index
from kb.store import Similar, Store, sqlite_url
from tests.servers import ENGINES, ready

DOCUMENTS = [
    Document(
        id="bakker2014",
        source="a.pdf",
        title="Zorg om de hoek",
        authors=("Bakker, Anna", "De Vries, Piet"),
        year=2014,
    ),
    Document(
        id="smit2016",
        source="b.pdf",
        title="Teams onder druk",
        authors=("Smit, Jan",),
        year=2016,
        type="article",
    ),
]
TEXTS = [
    (
        "bakker2014",
        "finding",
        ("1 Inleiding",),
        (
            "Het sociaal wijkteam helpt bewoners met schulden. De schuldhulpverlening komt "
            "laat op gang."
        ),
        ("Zwolle",),
    ),
    (
        "bakker2014",
        "finding",
        ("2 Werkdruk",),
        "De werkdruk is hoog: een medewerker heeft een caseload van dertig gezinnen.",
        ("Zwolle",),
    ),
    (
        "bakker2014",
        "recommendation",
        ("3 Aanbevelingen",),
        (
            "Geef medewerkers meer ruimte in hun agenda, en stem altijd eerst af met "
            "cliënten en hun mantelzorgers."
        ),
        (),
    ),
    (
        "bakker2014",
        "reference",
        ("Literatuur",),
        "Jansen, K. (2012). De werkdruk van het wijkteam. Utrecht: Voorbeeld.",
        (),
    ),
    (
        "smit2016",
        "finding",
        ("1 Druk",),
        "Wie hulp bij schulden zoekt, wacht acht weken. Dat vinden professionals te lang.",
        ("Utrecht",),
    ),
    (
        "smit2016",
        "text",
        ("2 Preventie",),
        "Het team komt niet toe aan preventie; individuele hulp gaat voor.",
        ("Utrecht",),
    ),
    (
        "smit2016",
        "definition",
        ("3 Begrippen",),
        "Onder zelfredzaamheid verstaan wij dat iemand zich met zijn eigen netwerk redt.",
        (),
    ),
    (
        "smit2016",
        "finding",
        ("4 Samenvatting",),
        "De werkdruk is hoog: een medewerker heeft een caseload van dertig gezinnen.",
        ("Zwolle",),
    ),
]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = Store.create(
        sqlite_url(tmp_path_factory.mktemp("store") / "records.sqlite")
    )
    made.add(DOCUMENTS)
    made.add(
        Passage(
            id=f"p{i}",
            document=document,
            text=text,
            position=i,
            kind=kind,
            section=section,
            page=i + 1,
            municipalities=places,
        )
        for i, (document, kind, section, text, places) in enumerate(TEXTS)
    )
    made.add(
        [
            Tag("p5", "B8", 0.9),
            Tag("p0", "B1", 0.7),
            Tag("p1", "K1", 0.6, evidence=False),
        ]
    )
    made.add([Similar("p1", "g1", 1.0, best=True), Similar("p7", "g1", 1.0)])
    yield made
    made.close()


@pytest.fixture(scope="session", params=ENGINES)
def index(
    request: pytest.FixtureRequest,
    store: Store,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    folder = tmp_path_factory.mktemp("index")
    name = ready(request)
    assert build_index(store, folder, name) == name
    return folder


@pytest.fixture(scope="session")
def searcher(index: Path, store: Store) -> Iterator[Searcher]:
    opened = Searcher.open(index, store)
    yield opened
    opened.close()
