"""Intruders: forged forms, fixed sessions, guessed passwords, false headers."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Cookie

from kb.curators import Accounts
from kb.settings import Settings
from tests.web.curation_site import PASSWORD, Person, built, person, token_in
from web import create_app, curators

LOG_IN = "/redactie/inloggen"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = built(tmp_path_factory.mktemp("curators"))
    accounts = Accounts(made.corpus_dir)
    for name in ("Ans", "Bo"):
        accounts.choose_password(accounts.add(name), PASSWORD)
    return made


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["kb_generation"].close()
    (settings.index_dir / curators.ATTEMPTS).unlink(missing_ok=True)


def _cookies(person: Person) -> list[Cookie]:
    """What the browser of a person keeps."""
    return list((person.client._cookies or {}).values())


def cookie_of(person: Person) -> str:
    """The session that a browser carries."""
    found = [
        c.value for c in _cookies(person) if c.key.startswith("redactie-")
    ]
    return found[0] if found else ""


def test_without_the_setting_there_is_no_way_in(settings: Settings) -> None:
    app = create_app(replace(settings, curation=False))
    for path in (LOG_IN, "/redactie/", "/redactie/besluit"):
        assert app.test_client().get(path).status_code == 404
    assert "Redactie" not in app.test_client().get("/").get_data(as_text=True)
    app.extensions["kb_generation"].close()


def test_readers_get_no_cookie_and_are_led_to_the_log_in(
    app: Flask, settings: Settings
) -> None:
    reader = person(app, settings)
    reader.page("/")
    assert cookie_of(reader) == ""
    for path in ("/redactie/", "/redactie/logboek", "/redactie/rij/twijfel"):
        answer = reader.client.get(path)
        assert answer.status_code == 303
        assert LOG_IN in answer.location


def test_log_in_leads_back_to_where_one_was_and_nowhere_else(
    app: Flask, settings: Settings
) -> None:
    for back, leads in (
        ("/themas/", "/themas/"),
        ("//elders.example/", "/redactie/"),
        ("https://elders.example/", "/redactie/"),
    ):
        one = person(app, settings)
        token = token_in(one.page(LOG_IN))
        form = {"csrf": token, "naam": "Ans", "wachtwoord": PASSWORD}
        answer = one.client.post(LOG_IN, data={**form, "naar": back})
        assert answer.location == leads


@pytest.mark.parametrize("token", [None, "", "raad", "é"])
def test_a_form_without_the_token_of_this_browser_is_refused(
    app: Flask, settings: Settings, token: str | None
) -> None:
    ans = person(app, settings, "Ans")
    other = token_in(person(app, settings, "Bo").page("/redactie/"))
    for csrf in (token, other):
        form = {"doel": "x", "doe": "[]"} | ({"csrf": csrf} if csrf else {})
        for path in ("besluit", "terug", "uitloggen"):
            answer = ans.client.post(f"/redactie/{path}", data=form)
            assert answer.status_code == 403


def test_a_form_of_another_site_is_refused_with_the_right_token_too(
    app: Flask, settings: Settings
) -> None:
    ans = person(app, settings, "Ans")
    form = {"csrf": token_in(ans.page("/redactie/"))}
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elders.example"},
    ):
        answer = ans.client.post(
            "/redactie/uitloggen", data=form, headers=headers
        )
        assert answer.status_code == 403
    assert ans.client.get("/redactie/").status_code == 200


def test_the_cookie_is_closed_to_scripts_and_other_sites(
    app: Flask, settings: Settings
) -> None:
    one = person(app, settings)
    token = token_in(one.page(LOG_IN))
    form = {"csrf": token, "naam": "Ans", "wachtwoord": PASSWORD}
    answer = one.client.post(LOG_IN, data=form, base_url="https://kb.example")
    assert answer.status_code == 403  # the token was of another browser
    token = token_in(
        one.client.get(LOG_IN, base_url="https://kb.example").get_data(
            as_text=True
        )
    )
    answer = one.client.post(
        LOG_IN, data={**form, "csrf": token}, base_url="https://kb.example"
    )
    (cookie,) = [
        c for c in answer.headers.getlist("Set-Cookie") if "redactie-" in c
    ]
    for part in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/"):
        assert part in cookie


def test_a_session_that_was_planted_is_not_the_one_that_is_logged_in(
    app: Flask, settings: Settings
) -> None:
    intruder = person(app, settings)
    token = token_in(intruder.page(LOG_IN))
    planted = cookie_of(intruder)
    victim = person(app, settings)
    name = next(iter(_cookies(intruder))).key
    victim.client.set_cookie(name, planted)
    form = {"csrf": token, "naam": "Ans", "wachtwoord": PASSWORD}
    assert victim.client.post(LOG_IN, data=form).status_code == 303
    assert cookie_of(victim) != planted
    assert intruder.client.get("/redactie/").status_code == 303
    assert token_in(victim.page("/redactie/")) != token


def test_log_out_ends_the_session_also_where_it_was_copied(
    app: Flask, settings: Settings
) -> None:
    ans = person(app, settings, "Ans")
    thief = person(app, settings)
    name = next(iter(_cookies(ans))).key
    thief.client.set_cookie(name, cookie_of(ans))
    assert thief.client.get("/redactie/").status_code == 200
    form = {"csrf": token_in(ans.page("/redactie/"))}
    ans.client.post("/redactie/uitloggen", data=form)
    assert thief.client.get("/redactie/").status_code == 303


@pytest.mark.parametrize("passed", [curators.IDLE, curators.LONGEST])
def test_a_session_ends_by_itself(
    app: Flask,
    settings: Settings,
    passed: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ans = person(app, settings, "Ans")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + passed + 1)
    assert ans.client.get("/redactie/").status_code == 303


def test_a_cookie_that_was_changed_is_worth_nothing(
    app: Flask, settings: Settings
) -> None:
    ans = person(app, settings, "Ans")
    cookie = next(iter(_cookies(ans)))
    broken = cookie.value[:-3] + ("abc" if cookie.value[-3:] != "abc" else "x")
    ans.client.set_cookie(cookie.key, broken)
    assert ans.client.get("/redactie/").status_code == 303


def guess(one: Person, name: str, **headers: str) -> int:
    """A wrong password; the status of the answer."""
    token = token_in(one.page(LOG_IN))
    form = {"csrf": token, "naam": name, "wachtwoord": "mis"}
    return one.client.post(LOG_IN, data=form, **headers).status_code


def test_who_guesses_must_wait_and_is_told_how_long(
    app: Flask, settings: Settings
) -> None:
    one = person(app, settings)
    statuses = [guess(one, "Ans") for _ in range(5)]
    assert statuses[:3] == [403, 403, 403]
    assert 429 in statuses
    token = token_in(one.page(LOG_IN))
    form = {"csrf": token, "naam": "Ans", "wachtwoord": PASSWORD}
    answer = one.client.post(LOG_IN, data=form)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1


def test_addresses_behind_a_proxy_are_told_apart(settings: Settings) -> None:
    """With a trusted proxy its header counts; without one it is nobody's."""
    for trusted, status in ((1, 403), (0, 429)):
        app = create_app(replace(settings, trusted_proxies=trusted))
        one = person(app, settings)
        for number in range(14):
            environ: dict[str, Any] = {
                "headers": {"X-Forwarded-For": "203.0.113.7"}
            }
            guess(one, f"naam{number}", **environ)
        environ = {"headers": {"X-Forwarded-For": "203.0.113.8"}}
        assert guess(one, "iemand", **environ) == status
        app.extensions["kb_generation"].close()
        (settings.index_dir / curators.ATTEMPTS).unlink()


def test_a_forged_address_ahead_of_the_proxys_own_shortens_no_wait(
    settings: Settings,
) -> None:
    """A proxy puts whom it heard last; what stands before it anybody wrote."""
    app = create_app(replace(settings, trusted_proxies=1))
    one = person(app, settings)
    statuses = []
    for number in range(14):
        told = f"198.51.100.{number}, 203.0.113.7"
        environ: dict[str, Any] = {"headers": {"X-Forwarded-For": told}}
        statuses.append(guess(one, f"naam{number}", **environ))
    assert statuses[0] == 403
    assert statuses[-1] == 429
    app.extensions["kb_generation"].close()
    (settings.index_dir / curators.ATTEMPTS).unlink()


HEADER = "X-Remote-User"


@pytest.mark.parametrize(
    ("header", "proxies", "peer", "name", "status"),
    [
        (HEADER, "127.0.0.1", "127.0.0.1", "Ans", 200),
        (HEADER, "10.0.0.0/8", "10.1.2.3", "ans", 200),
        (HEADER, "127.0.0.1", "203.0.113.9", "Ans", 303),
        (HEADER, "127.0.0.1", "127.0.0.1", "Niemand", 303),
        (HEADER, "", "127.0.0.1", "Ans", 303),
        ("", "127.0.0.1", "127.0.0.1", "Ans", 303),
    ],
)
def test_the_header_of_a_proxy_counts_from_that_proxy_alone(
    settings: Settings,
    header: str,
    proxies: str,
    peer: str,
    name: str,
    status: int,
) -> None:
    app = create_app(
        replace(
            settings,
            curation_header=header,
            curation_proxies=proxies,
            trusted_proxies=1,
        )
    )
    answer = app.test_client().get(
        "/redactie/",
        headers={HEADER: name, "X-Forwarded-For": "127.0.0.1"},
        environ_overrides={"REMOTE_ADDR": peer},
    )
    assert answer.status_code == status
    app.extensions["kb_generation"].close()


def test_a_link_for_the_first_log_in_works_once(
    app: Flask, settings: Settings
) -> None:
    accounts = Accounts(settings.corpus_dir)
    address = f"/redactie/begin/{accounts.add('Cor')}"
    cor = person(app, settings)
    form = {"csrf": token_in(cor.page(address)), "wachtwoord": "kort"}
    page = cor.client.post(address, data=form).get_data(as_text=True)
    assert "10 tot 200 tekens" in page
    form["wachtwoord"] = PASSWORD
    assert cor.client.post(address, data=form).status_code == 303
    assert "Cor" in cor.page("/redactie/")
    cor.page(address, status=404)
    cor.page("/redactie/begin/verzonnen", status=404)
    accounts.remove("Cor")
    assert cor.client.get("/redactie/").status_code == 303


def test_no_page_of_curators_is_kept(app: Flask, settings: Settings) -> None:
    ans = person(app, settings, "Ans")
    for path in ("/redactie/", "/redactie/logboek"):
        answer = ans.client.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert re.search("csrf", answer.get_data(as_text=True))


def test_files_of_curators_are_not_served(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    for name in ("curators.json", "curators.key", "curation.jsonl"):
        for path in (f"/{name}", f"/static/../{name}", f"/documenten/{name}"):
            assert app.test_client().get(path).status_code in (400, 404)
