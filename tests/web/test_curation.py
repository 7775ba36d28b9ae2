"""What curators do on the site: decide in place, take back, and never lose one another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path

import pytest
from flask import Flask

from kb.curation import FILE, new_event, write_events
from kb.curation.works import field_of
from kb.generations import open_store
from kb.pipeline import build
from kb.records import Passage
from kb.settings import Settings
from tests.pipeline.conftest import Here
from tests.web.curation_site import Person, built, passages, person
from web import create_app

NASTY = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return built(tmp_path_factory.mktemp("curation"))


@pytest.fixture
def settings(library: Settings) -> Iterator[Settings]:
    yield library
    for name in (FILE, f"{FILE}.torn"):
        (library.corpus_dir / name).unlink(missing_ok=True)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["kb_generation"].close()


@pytest.fixture
def ans(app: Flask, settings: Settings) -> Person:
    return person(app, settings, "Ans")


@pytest.fixture
def reader(app: Flask, settings: Settings) -> Person:
    return person(app, settings)


@pytest.fixture
def first(settings: Settings) -> Passage:
    return passages(settings)[0]


def at(passage: Passage) -> str:
    return f"/passages/{passage.id}"


def test_a_decision_shows_at_once_to_every_reader(
    ans: Person, reader: Person, first: Passage
) -> None:
    assert "K5" not in reader.page(at(first))
    button = json.dumps(["theme", "K5", "evidence"])
    answer = ans.decide(at(first), first.id, button, nota="gezien")
    assert answer.status_code == 303
    assert answer.location == at(first)
    assert "<b>K5</b>" in reader.page(at(first))
    assert first.document in reader.page("/themas/K5")
    (event,) = ans.events()
    assert (event.by, event.before, event.after) == ("Ans", "none", "evidence")
    assert (event.note, event.words) == ("gezien", first.text)


def test_a_rejected_theme_is_gone_also_under_zijdelings(
    ans: Person, reader: Person, settings: Settings
) -> None:
    store = open_store(settings)
    tag = store.tags(shown=False)[0]
    store.close()
    address = f"/passages/{tag.passage}"
    assert f"<b>{tag.theme}</b>" in reader.page(address)
    ans.decide(address, tag.passage, json.dumps(["theme", tag.theme, "none"]))
    assert f"<b>{tag.theme}</b>" not in reader.page(address)


def test_what_was_decided_is_taken_back_with_one_press(
    ans: Person, reader: Person, first: Passage
) -> None:
    before = reader.page(at(first))
    ans.decide(at(first), first.id, '["kind", "", "policy"]')
    assert reader.page(at(first)) != before
    (event,) = ans.events()
    page = ans.page(at(first))
    assert event.id in page
    form = {
        "csrf": ans.seen(at(first), first.id)["csrf"],
        "id": event.id,
        "terug": at(first),
    }
    ans.client.post("/redactie/terug", data=form)
    assert reader.page(at(first)) == before


@pytest.mark.parametrize(
    ("doe", "more", "shown"),
    [
        ('["kind", ""]', {"waarde": "policy"}, "Beleid"),
        ('["text", ""]', {"waarde": "Zo had het gemoeten."}, "Zo had het"),
        ('["theme"]', {"veld": "B9", "waarde": "evidence"}, "<b>B9</b>"),
        ('["join", "", "1"]', {}, "vaste hulpverlener"),
        ('["part", ""]', {"zin": "2"}, "vaste hulpverlener"),
    ],
)
def test_every_action_of_a_passage_works_from_its_form(
    ans: Person,
    reader: Person,
    first: Passage,
    doe: str,
    more: dict[str, str],
    shown: str,
) -> None:
    answer = ans.decide(at(first), first.id, doe, **more)
    assert answer.status_code == 303
    assert len(ans.events()) == 1
    assert shown in reader.page(at(first))
    history = ans.page(f"/redactie/geschiedenis/{first.id}")
    assert "Ans" in history


def test_print_stays_beside_words_that_were_mended(
    ans: Person, reader: Person, first: Passage
) -> None:
    wrong = first.text.replace("vaste", "vasto")
    ans.decide(at(first), first.id, '["text", ""]', waarde=wrong)
    page = reader.page(at(first))
    assert "Zoals gedrukt:" in page
    assert "<del>vaste</del>" in page


def test_a_passage_that_is_not_shown_is_gone_and_comes_back(
    ans: Person, reader: Person, first: Passage
) -> None:
    ans.decide(at(first), first.id, '["out", "", "1"]')
    reader.page(at(first), status=404)
    (event,) = ans.events()
    history = f"/redactie/geschiedenis/{first.id}"
    token = ans.page(history).split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": token, "id": event.id, "terug": history}
    assert ans.client.post("/redactie/terug", data=form).status_code == 303
    assert first.text[:40] in reader.page(at(first))


def test_who_keeps_a_passage_out_goes_on_in_its_document(
    ans: Person, first: Passage
) -> None:
    form = {**ans.seen(at(first), first.id), "doe": '["out", "", "1"]'}
    answer = ans.client.post("/redactie/besluit", data=form)
    assert answer.location == f"/documenten/{first.document}"
    assert "Maak ongedaan" in ans.page(answer.location)


def test_what_was_typed_in_a_session_that_ended_is_given_back(
    app: Flask, settings: Settings, ans: Person, first: Passage
) -> None:
    typed = {"doe": '["text", ""]', "waarde": f"Lang getypt. {NASTY}"}
    form = {**ans.seen(at(first), first.id), **typed}
    for who in (person(app, settings), person(app, settings, "Ans")):
        answer = who.client.post("/redactie/besluit", data=form)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 403
        assert "Lang getypt. &lt;script&gt;" in page
        assert NASTY not in page
    assert at(first) in page
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    answer = ans.client.post("/redactie/besluit", data=form, headers=elsewhere)
    assert answer.status_code == 403
    assert "Lang getypt" not in answer.get_data(as_text=True)
    assert not ans.events()


def test_records_and_whole_documents(
    ans: Person, reader: Person, first: Passage
) -> None:
    form = f"/redactie/document/{first.document}"
    fields = {"r:title": f"Een ander rapport {NASTY}", "r:author": "Vos, Bo"}
    ans.decide(form, first.document, '["record"]', **fields)
    page = reader.page(f"/documenten/{first.document}")
    assert "Een ander rapport" in page
    assert "Vos" in page
    assert NASTY not in page
    assert {e.field for e in ans.events()} == {"title", "author"}
    ans.decide(form, first.document, '["withdraw", "", "1"]')
    reader.page(f"/documenten/{first.document}", status=404)
    reader.page(at(first), status=404)
    ans.decide(form, first.document, '["withdraw", "", "-"]')
    reader.page(at(first))


def test_a_citation_is_sent_elsewhere_and_works_become_one(
    ans: Person, reader: Person, settings: Settings
) -> None:
    store = open_store(settings)
    citation = next(c for c in store.citations() if c.work)
    other = next(w.id for w in store.works() if w.id != citation.work)
    store.close()
    address = f"/passages/{citation.passage}"
    doe, field = '["citation"]', field_of(citation)
    ans.decide(address, citation.passage, doe, veld=field, waarde=other)
    assert f"/werken/{other}" in reader.page(address)
    work = f"/redactie/werk/{citation.work}"
    merge = json.dumps(["merge", "", other])
    assert ans.decide(work, citation.work or "", merge).status_code == 303
    reader.page(f"/werken/{citation.work}", status=404)


def test_the_history_of_a_cut_and_of_a_work_can_be_read(
    ans: Person, settings: Settings
) -> None:
    """Joined first, cut then: the words at the cut are told, and it is taken back."""
    first, second, *_others = passages(settings)
    ans.decide(at(first), first.id, '["join", "", "1"]')
    page = ans.page(at(first))
    numbers = re.findall(r'name="zin" value="(\d+)"', page)
    ans.decide(at(first), first.id, '["part"]', zin=numbers[-1])
    event = ans.events()[-1]
    (place,) = event.after
    history = f"/redactie/geschiedenis/{first.id}"
    told = unescape(ans.page(history))
    assert f"“{event.words[place : place + 20]}" in told
    assert f">{first.text[:30]}" in told
    undo = {**ans.seen(at(first), first.id), "terug": history}
    for done in reversed(ans.events()):
        ans.client.post("/redactie/terug", data={**undo, "id": done.id})
    for passage in (first, second):
        assert escape(passage.text[:40]) in ans.page(at(passage))
    store = open_store(settings)
    work = store.references()[0].work
    store.close()
    assert work
    form = {"r:title": "Een werk", "r:author": "Bos, An", "r:issued": "2014"}
    ans.decide(f"/redactie/werk/{work}", work, '["work"]', **form)
    told = ans.page(f"/redactie/geschiedenis/{work}")
    assert "Bos, An. Een werk. 2014" in told
    assert ">Een werk<" in told


def test_two_curators_at_once_lose_nothing(
    app: Flask, settings: Settings, ans: Person, first: Passage
) -> None:
    bo = person(app, settings, "Bo")
    seen = bo.seen(at(first), first.id)
    ans.decide(at(first), first.id, '["kind", "", "policy"]', nota="eerst")
    wanted = {**seen, "doe": '["kind", "", "method"]', "nota": "toch niet"}
    answer = bo.client.post("/redactie/besluit", data=wanted)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Iemand anders was u voor" in page
    assert "Ans" in page
    assert "toch niet" in page
    assert [e.after for e in ans.events()] == ["policy"]
    form = dict(
        (part.split('"')[0], part.split('value="')[1].split('"')[0])
        for part in page.split('type="hidden" name="')[1:]
    )
    form["doe"] = wanted["doe"]
    assert bo.client.post("/redactie/besluit", data=form).status_code == 303
    assert [e.after for e in ans.events()] == ["policy", "method"]


def test_queue_gives_the_most_doubtful_and_goes_on(
    ans: Person, settings: Settings
) -> None:
    target, theme = _waiting(ans)
    doe = json.dumps(["theme", theme, "none"])
    ans.decide("/redactie/rij/twijfel", target, doe)
    assert _waiting(ans) != (target, theme)
    assert "beslist 1" in ans.page("/redactie/rij/twijfel")
    skipped = ans.page("/redactie/rij/twijfel?over=1")
    assert skipped != ans.page("/redactie/rij/twijfel")
    ans.page("/redactie/rij/tegenspraak")
    ans.page("/redactie/rij/onbekend")
    ans.page("/redactie/rij/bestaat-niet", status=404)


def _waiting(ans: Person) -> tuple[str, str]:
    page = ans.page("/redactie/rij/twijfel")
    target = page.split('name="doel" value="')[1].split('"')[0]
    return target, page.split("[&#34;theme&#34;, &#34;")[1].split("&")[0]


@pytest.mark.parametrize(
    "doe",
    [
        "",
        "[]",
        "{",
        '["theme", "K5", "misschien"]',
        '["kind", "", "gedicht"]',
        '["kleur", "", "rood"]',
        '["merge", "", "bestaat-niet"]',
        '[["theme"]]',
    ],
)
def test_a_form_that_says_what_cannot_be_is_refused_with_a_sentence(
    ans: Person, first: Passage, doe: str
) -> None:
    answer = ans.decide(at(first), first.id, doe)
    assert answer.status_code in (400, 404)
    assert "<h1" in answer.get_data(as_text=True)
    assert ans.events() == []


def test_scripts_in_notes_and_texts_are_shown_as_text(
    ans: Person, reader: Person, first: Passage
) -> None:
    ans.decide(at(first), first.id, '["text", ""]', waarde=NASTY, nota=NASTY)
    ans.decide(at(first), first.id, '["kind", "", "policy"]', nota=NASTY)
    pages = [
        reader.page(at(first)),
        ans.page(at(first)),
        ans.page(f"/redactie/geschiedenis/{first.id}"),
        ans.page("/redactie/logboek"),
    ]
    for page in pages:
        assert NASTY not in page
    assert "&lt;script&gt;" in pages[-1]


def test_a_log_spoilt_by_hand_is_told_and_the_rest_holds(
    ans: Person, reader: Person, settings: Settings, first: Passage
) -> None:
    ans.decide(at(first), first.id, '["theme", "K5", "evidence"]')
    path = settings.corpus_dir / FILE
    with path.open("ab") as file:
        file.write(b'{"id": "x", kapot}\n{"half')
    assert "<b>K5</b>" in reader.page(at(first))
    page = ans.page("/redactie/")
    assert "regel 2" in page
    ans.decide(at(first), first.id, '["kind", "", "policy"]')
    assert [e.kind for e in ans.events()] == ["theme", "kind"]


def test_a_mistake_in_line_300_is_told_and_stops_neither_site_nor_build(
    ans: Person, reader: Person, settings: Settings, first: Passage
) -> None:
    path = settings.corpus_dir / FILE
    many = [
        new_event("kind", first.id, "policy", note=f"nummer {n}")
        for n in range(301)
    ]
    theme = new_event("theme", first.id, "evidence", field="K5")
    write_events(path, [*many, theme])
    lines = path.read_bytes().split(b"\n")
    lines[299] = lines[299].replace(b'"kind":"kind"', b'"kind":kind')
    path.write_bytes(b"\n".join(lines))
    assert "<b>K5</b>" in reader.page(at(first))
    told = ans.page("/redactie/")
    assert "regel 300" in told
    assert FILE in told
    report = build(settings, executor=Here())
    (problem,) = [p for p in report.problems if p.code == "curation_line"]
    assert problem.values["line"] == 300
    assert problem.values["path"] == str(path)
    assert "<b>K5</b>" in reader.page(at(first))
    assert len(ans.events()) == 301
    path.unlink()
    build(settings, executor=Here())


def test_decisions_of_elsewhere_are_seen_and_lost_ones_listed(
    ans: Person, reader: Person, settings: Settings, first: Passage
) -> None:
    found = new_event("theme", first.id, "evidence", field="K5")
    lost = new_event(
        "theme",
        f"{first.document}-00000000ff",
        "none",
        field="K5",
        words="Dit staat nergens meer in het rapport.",
    )
    write_events(settings.corpus_dir / FILE, [found, lost])
    assert "<b>K5</b>" in reader.page(at(first))
    page = ans.page("/redactie/logboek")
    assert "Hoort nergens meer bij" in page
    assert "Dit staat nergens meer" in page


def test_a_build_takes_the_decisions_over(
    ans: Person, reader: Person, settings: Settings, first: Passage
) -> None:
    ans.decide(at(first), first.id, '["theme", "K5", "evidence"]')
    before = reader.page(at(first))
    build(settings, executor=Here())
    after = reader.page(at(first))
    assert "<b>K5</b>" in after
    assert after == before
    (settings.corpus_dir / FILE).unlink()
    build(settings, executor=Here())


def test_readers_see_no_tools_and_a_way_to_tell(
    reader: Person, first: Passage, tmp_path: Path
) -> None:
    page = reader.page(at(first))
    assert "Klopt dit niet?" in page
    assert "redactie/besluit" not in page
    assert "curation.js" not in page


def test_two_code_blind_and_settle_what_they_see_differently(
    app: Flask, settings: Settings, ans: Person
) -> None:
    bo = person(app, settings, "Bo")
    coding = "/redactie/coderen/beloften"
    target = ans.page(coding).split('name="doel" value="')[1].split('"')[0]
    form = ans.seen(coding, target) | {"t:B1": "evidence"}
    assert ans.client.post(coding, data=form).status_code == 303
    for path in ("/redactie/logboek", f"/redactie/geschiedenis/{target}"):
        assert "Ans" not in bo.page(path).split("<main")[1]
    form = bo.seen(coding, target) | {"t:B2": "mention"}
    assert bo.client.post(coding, data=form).status_code == 303
    agreement = "/redactie/overeenstemming/beloften"
    page = ans.page(agreement)
    assert "Ans bewijs" in page
    assert "2 verschillen" in page
    ans.decide(agreement, target, '["settle", "B1", "evidence"]')
    assert "1 verschil " in ans.page(agreement)
    bo.page("/redactie/coderen/bestaat-niet", status=404)
