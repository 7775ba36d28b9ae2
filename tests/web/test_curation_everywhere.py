"""Each action of a curator: seen at once wherever readers look, and undone from its history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask

from kb.curation import FILE
from kb.curation.works import field_of
from kb.generations import open_store
from kb.pipeline import build
from kb.settings import Settings
from tests.pipeline.conftest import Here, record_of
from tests.web.curation_site import Person, built, person
from web import create_app

TEXT = """1 Nabij

Het team Zonnebloem belt iedere maandag terug met een vaste hulpverlener. \
Uit gesprekken blijkt dat specialisten hun vakkennis missen. \
Uit gesprekken blijkt dat specialisten hun vakkennis missen. \
Bewoners waarderen dat volgens Terpstra (2012) zeer.

De teamleider schrijft ieder kwartaal een verslag over de wachttijd. \
Daarin staat hoe lang bewoners wachtten.

Literatuur

Terpstra, C. (2012). Eigen kracht bezien. Den Haag: SCP.
"""


@dataclass(frozen=True)
class Act:
    """What is pressed, and what a reader then finds or no longer finds.

    Attributes:
        page: with the form, target: what it is about.
        doe, more: the button and the fields.
        shown, gone: words by address, there after the decision and not before; the reverse.
    """

    page: str
    target: str
    doe: list[str]
    more: dict[str, str] = field(default_factory=dict)
    shown: tuple[tuple[str, str], ...] = ()
    gone: tuple[tuple[str, str], ...] = ()


PASSAGE, DOCUMENT = "/passages/{p}", "/documenten/c"
OF_DOCUMENT = "/redactie/document/c"
HITS, FOUND = "/zoeken?q=zonnebloem", "/api/v1/search?q=zonnebloem"
EITHER = "/api/v1/search?q=zonnebloem+OF+bewoners&document=c"
CSV = "/zoeken/meenemen/csv?q=zonnebloem"

ACTS = {
    "accept": Act(
        PASSAGE,
        "{p}",
        ["theme", "{t}", "evidence"],
        shown=(
            (PASSAGE, "De redactie heeft dit thema gegeven."),
            ("/api/v1/passages/{p}", '"origin":"curator"'),
        ),
    ),
    "reject": Act(
        PASSAGE,
        "{p}",
        ["theme", "{t}", "none"],
        gone=(
            (PASSAGE, "<b>{t}</b>"),
            (DOCUMENT, "{t}"),
            ("/themas/{t}", "/passages/{p}"),
            ("/zoeken?thema={t}", "/passages/{p}"),
            (FOUND, '{{"value":"{t}","count":1}}'),
            ("/zoeken/meenemen/csv?thema={t}", "/passages/{p}"),
            ("/api/v1/themes/{t}/passages", '"{p}"'),
        ),
    ),
    "mention": Act(
        PASSAGE,
        "{p}",
        ["theme", "{t}", "mention"],
        gone=(
            (PASSAGE, "<summary><b>{t}</b>"),
            (DOCUMENT, "{t}"),
            ("/themas/{t}", "/passages/{p}"),
            ("/zoeken?thema={t}", "/passages/{p}"),
            (FOUND, '{{"value":"{t}","count":1}}'),
            ("/zoeken/meenemen/csv?thema={t}", "/passages/{p}"),
        ),
    ),
    "add": Act(
        PASSAGE,
        "{p}",
        ["theme"],
        {"veld": "K5", "waarde": "evidence"},
        shown=(
            (PASSAGE, "<b>K5</b>"),
            (DOCUMENT, "K5"),
            ("/themas/K5", "/passages/{p}"),
            (HITS, "K5"),
            ("/zoeken?thema=K5", "/passages/{p}"),
            ("/zoeken?q=zonnebloem&thema=K5", "/passages/{p}"),
            (FOUND, '{{"value":"K5","count":1}}'),
            ("/zoeken/meenemen/csv?thema=K5", "/passages/{p}"),
            ("/themas/K5/meenemen/bibtex", "Rapport c"),
        ),
    ),
    "kind": Act(
        PASSAGE,
        "{p}",
        ["kind", ""],
        {"waarde": "policy"},
        shown=(
            (PASSAGE, "Beleid"),
            (DOCUMENT, "Beleid"),
            ("/themas/{t}", "Beleid"),
            ("/api/v1/passages/{p}", '"kind":"policy"'),
            ("/zoeken?soort=policy", "/passages/{p}"),
            (FOUND, '{{"value":"policy","count":1}}'),
            (CSV, "Beleid"),
        ),
    ),
    "join": Act(
        PASSAGE,
        "{p}",
        ["join", "", "1"],
        shown=(
            ("/api/v1/passages/{p}", "wachttijd"),
            ("/themas/{t}", "wachttijd"),
            (EITHER, '{{"value":"c","count":1}}'),
            (FOUND, "wachttijd"),
            (CSV, "wachttijd"),
        ),
        gone=((DOCUMENT, "/passages/{n}"),),
    ),
    "part": Act(
        PASSAGE,
        "{p}",
        ["part", ""],
        {"zin": "3"},
        shown=((EITHER, '{{"value":"c","count":3}}'),),
        gone=(
            (FOUND, "waarderen"),
            (CSV, "waarderen"),
            ("/themas/{t}", "waarderen"),
        ),
    ),
    "text": Act(
        PASSAGE,
        "{p}",
        ["text", ""],
        {"waarde": "Het team Zonnehoed belt."},
        shown=(
            (PASSAGE, "Zoals gedrukt:"),
            (DOCUMENT, "Zonnehoed"),
            ("/themas/{t}", "Zonnehoed"),
            ("/zoeken?q=zonnehoed", "/passages/{p}"),
            ("/api/v1/search?q=zonnehoed", '{{"value":"c","count":1}}'),
            ("/api/v1/passages/{p}", "Zonnehoed"),
            ("/zoeken/meenemen/csv?q=zonnehoed", "Zonnehoed"),
        ),
        gone=((HITS, "/passages/{p}"),),
    ),
    "heading": Act(
        PASSAGE,
        "c",
        ["heading"],
        {"veld": "1 Nabij", "waarde": "1 Zonder omweg"},
        shown=(
            (PASSAGE, "1 Zonder omweg"),
            (DOCUMENT, "Zonder omweg"),
            ("/themas/{t}", "Zonder omweg"),
            (HITS, "Zonder omweg"),
            (CSV, "Zonder omweg"),
            ("/api/v1/search?q=omweg", '"{p}"'),
        ),
    ),
    "label": Act(
        PASSAGE,
        "c",
        ["label"],
        {"veld": "1", "waarde": "xvii"},
        shown=(
            (PASSAGE, "xvii"),
            (DOCUMENT, "xvii"),
            ("/themas/{t}", "xvii"),
            (HITS, "xvii"),
            (CSV, "xvii"),
            ("/api/v1/passages/{p}", '"label":"xvii"'),
        ),
    ),
    "record": Act(
        OF_DOCUMENT,
        "c",
        ["record"],
        {"r:title": "Een ander verslag", "r:issued": "2020"},
        shown=(
            (PASSAGE, "Een ander verslag"),
            (DOCUMENT, "Een ander verslag"),
            ("/themas/{t}", "2020"),
            ("/api/v1/documents/c", "Een ander verslag"),
            (HITS, "Een ander verslag"),
            (FOUND, '{{"value":"2020","count":1}}'),
            ("/zoeken?q=zonnebloem&jaar=2020", "/passages/{p}"),
            (CSV, "Een ander verslag"),
            (f"{DOCUMENT}/verwijzing/bibtex", "Een ander verslag"),
        ),
    ),
    "link": Act(
        PASSAGE,
        "{p}",
        ["citation"],
        {"veld": "{cited}", "waarde": "{other}"},
        shown=(
            (PASSAGE, "/werken/{other}"),
            ("/werken/{other}", "/passages/{p}"),
            ("/api/v1/passages/{p}", "{other}"),
        ),
    ),
    "unlink": Act(
        PASSAGE,
        "{p}",
        ["citation", "{cited}", ""],
        gone=(
            (PASSAGE, "/werken/{work}"),
            ("/werken/{work}", "/passages/{p}"),
        ),
    ),
    "merge": Act(
        "/redactie/werk/{other}",
        "{other}",
        ["merge", "", "{work}"],
        shown=(
            ("/passages/{q}", "/werken/{work}"),
            ("/werken/{work}", "/passages/{q}"),
            ("/api/v1/passages/{q}", "{work}"),
        ),
        gone=(("/werken/", "/werken/{other}"),),
    ),
    "work": Act(
        "/redactie/werk/{work}",
        "{work}",
        ["work"],
        {"r:type": "book", "r:title": "Kracht herzien"},
        shown=(
            (PASSAGE, "Kracht herzien"),
            ("/werken/{work}", "Kracht herzien"),
            ("/werken/", "Kracht herzien"),
            ("/werken/{work}/verwijzing/ris", "Kracht herzien"),
        ),
    ),
    "out": Act(
        PASSAGE,
        "{p}",
        ["out", "", "1"],
        gone=(
            (PASSAGE, "Zonnebloem"),
            (DOCUMENT, "/passages/{p}"),
            ("/themas/{t}", "/passages/{p}"),
            (HITS, "/passages/{p}"),
            (FOUND, '"{p}"'),
            (CSV, "/passages/{p}"),
        ),
    ),
    "withdraw": Act(
        OF_DOCUMENT,
        "c",
        ["withdraw", "", "1"],
        gone=(
            (PASSAGE, "Zonnebloem"),
            (DOCUMENT, "Zonnebloem"),
            ("/documenten/", "/documenten/c"),
            ("/themas/{t}", "/passages/{p}"),
            (HITS, "/passages/{p}"),
            ("/zoeken?q=team", "Rapport c"),
            (FOUND, '{{"value":"c","count":1}}'),
            (CSV, "/passages/{p}"),
        ),
    ),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = built(tmp_path_factory.mktemp("everywhere"))
    (made.corpus_dir / "sources" / "c.txt").write_text(TEXT)
    with (made.corpus_dir / "sources.bib").open("a") as file:
        file.write(record_of("c", 2019))
    build(made, executor=Here())
    return made


@pytest.fixture
def settings(library: Settings) -> Iterator[Settings]:
    yield library
    (library.corpus_dir / FILE).unlink(missing_ok=True)
    build(library, executor=Here())


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["kb_generation"].close()


@pytest.fixture
def names(settings: Settings) -> dict[str, str]:
    """What stands between braces in the acts."""
    store = open_store(settings)
    first, following = store.passages("c")[:2]
    themes = [t.theme for t in store.tags(document="c") if t.evidence]
    (citation,) = store.citations(passages=[first.id])
    other = next(w.id for w in store.works() if w.id.startswith("ooms"))
    citing = next(c.passage for c in store.citations() if c.work == other)
    store.close()
    return {
        "p": first.id,
        "q": citing,
        "n": following.id,
        "t": themes[0],
        "cited": field_of(citation),
        "work": citation.work or "",
        "other": other,
    }


def filled(text: str, names: dict[str, str]) -> str:
    return text.format(**names)


def seen(reader: Person, act: Act, names: dict[str, str]) -> dict[str, bool]:
    """Whether each place shows what a decision should have changed, search too."""
    reader.page("/")
    reader.client.application.extensions["kb_generation"].settle()
    found = {}
    for wanted, places in ((True, act.shown), (False, act.gone)):
        for address, words in places:
            answer = reader.client.get(filled(address, names))
            page = answer.get_data(as_text=True)
            found[f"{address}: {words}"] = (
                filled(words, names) in page
            ) is wanted
    return found


@pytest.mark.parametrize("name", ACTS)
def test_an_action_is_seen_everywhere_at_once_and_undone_from_its_history(
    app: Flask, settings: Settings, names: dict[str, str], name: str
) -> None:
    act = ACTS[name]
    ans, reader = person(app, settings, "Ans"), person(app, settings)
    before = seen(reader, act, names)
    assert not [place for place, changed in before.items() if changed]
    target = filled(act.target, names)
    doe = json.dumps([filled(part, names) for part in act.doe])
    more = {key: filled(value, names) for key, value in act.more.items()}
    answer = ans.decide(filled(act.page, names), target, doe, **more)
    assert answer.status_code == 303
    after = seen(reader, act, names)
    assert not [place for place, changed in after.items() if not changed]
    for event in reversed(ans.events()):
        take_back(ans, target, event.id)
    undone = seen(reader, act, names)
    assert not [place for place, changed in undone.items() if changed]


def take_back(ans: Person, target: str, event: str) -> None:
    """Press "take back" on the page with the history of a thing."""
    history = f"/redactie/geschiedenis/{target}"
    page = ans.page(history)
    assert event in page
    token = page.split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": token, "id": event, "terug": history}
    assert ans.client.post("/redactie/terug", data=form).status_code == 303
