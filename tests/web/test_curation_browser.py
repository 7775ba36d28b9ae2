"""Curators in a real Chromium: by keyboard alone, accessible, on a phone, without scripts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.curation import FILE, read_log
from kb.curators import Accounts
from kb.settings import Settings
from tests.web.curation_site import PASSWORD, built, passages
from tests.web.in_chromium import NEEDS_CHROMIUM, served
from web import create_app

pytestmark = NEEDS_CHROMIUM
PER_MINUTE = 12  # passages that somebody at the keyboard decides on
READING = (
    3.0  # seconds that are left for reading each, of the five it may take
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
VIEWS = ((360, 740), (1280, 800))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = built(tmp_path_factory.mktemp("browser"))
    accounts = Accounts(made.corpus_dir)
    accounts.choose_password(accounts.add("Ans"), PASSWORD)
    return made


@pytest.fixture(scope="module")
def address(settings: Settings) -> Iterator[str]:
    app = create_app(settings)
    with served(app) as found:
        yield found
    app.extensions["kb_generation"].close()


def logged_in(browser: Any, address: str, **options: Any) -> Any:
    """A page of somebody who logged in with keys alone."""
    page = browser.new_context(**options).new_page()
    page.goto(address + "/redactie/inloggen")
    page.locator("[name=naam]").focus()
    page.keyboard.type("Ans")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/redactie/")
    return page


def addresses(settings: Settings) -> list[str]:
    first = passages(settings)[0]
    return [
        "/redactie/",
        "/redactie/rij/twijfel",
        "/redactie/rij/tegenspraak",
        "/redactie/rij/onbekend",
        "/redactie/logboek",
        "/redactie/aanwijzingen",
        "/redactie/toevoegen",
        f"/redactie/document/{first.document}",
        f"/redactie/geschiedenis/{first.id}",
        f"/passages/{first.id}",
        "/redactie/werk/a",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), VIEWS)
def test_pages_of_curators_are_accessible_and_fit_a_phone(
    settings: Settings,
    address: str,
    browser: Any,
    width: int,
    height: int,
    scheme: str,
) -> None:
    axe_module = pytest.importorskip(
        "axe_playwright_python.sync_playwright",
        reason="axe-playwright-python is not installed",
    )
    page = logged_in(
        browser,
        address,
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        bypass_csp=True,
    )
    found: list[Any] = []
    wide = "document.documentElement.scrollWidth > window.innerWidth"
    for path in [*addresses(settings), "/redactie/?lang=en"]:
        page.goto(address + path)
        if page.evaluate(wide):
            found.append((path, "scrolls sideways"))
        results = axe_module.Axe().run(
            page, options={"runOnly": {"type": "tag", "values": TAGS}}
        )
        for violation in results.response["violations"]:
            found += [
                (path, violation["id"], node["html"][:150])
                for node in violation["nodes"]
            ]
    page.context.close()
    assert found == []


def test_a_queue_goes_by_keyboard_at_twelve_passages_a_minute(
    settings: Settings, address: str, browser: Any
) -> None:
    (settings.corpus_dir / FILE).unlink(missing_ok=True)
    page = logged_in(browser, address)
    began = time.monotonic()
    done = 0
    for key in "jnzjn":
        page.goto(address + "/redactie/rij/twijfel") if not done else None
        if not page.locator("[data-key=j]").count():
            break
        with page.expect_navigation():
            page.keyboard.press(key)
        done += 1
    took = time.monotonic() - began
    assert done >= 3
    assert took / done + READING < 60 / PER_MINUTE
    events = read_log(settings.corpus_dir / FILE).state.events
    assert [e.after for e in events] == [
        {"j": "evidence", "n": "none", "z": "mention"}[key]
        for key in "jnzjn"[:done]
    ]
    with page.expect_navigation():
        page.keyboard.press("u")
    state = read_log(settings.corpus_dir / FILE).state
    assert len(state.events) == done + 1
    assert state.events[-1].reverts == events[-1].id
    page.context.close()


def test_one_key_decides_on_a_passage_and_none_while_typing(
    settings: Settings, address: str, browser: Any
) -> None:
    (settings.corpus_dir / FILE).unlink(missing_ok=True)
    first = passages(settings)[0]
    page = logged_in(browser, address)
    page.goto(f"{address}/passages/{first.id}")
    page.locator("[name=nota]").first.focus()
    page.keyboard.type("x1mu")
    assert read_log(settings.corpus_dir / FILE).state.events == []
    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("v")
    focused = "document.activeElement.tagName"
    assert page.evaluate(focused) == "TEXTAREA"
    page.evaluate("document.activeElement.blur()")
    with page.expect_navigation():
        page.keyboard.press("1")
    (event,) = read_log(settings.corpus_dir / FILE).state.events
    assert event.target == first.id
    page.context.close()


def test_everything_goes_without_scripts_too(
    settings: Settings, address: str, browser: Any, tmp_path: Path
) -> None:
    (settings.corpus_dir / FILE).unlink(missing_ok=True)
    first = passages(settings)[0]
    page = logged_in(browser, address, java_script_enabled=False)
    page.goto(f"{address}/passages/{first.id}")
    page.get_by_role("button", name="Toon deze passage niet").click()
    assert page.get_by_role("heading", level=1).count()
    page.goto(f"{address}/redactie/geschiedenis/{first.id}")
    page.get_by_role("button", name="Neem terug").first.click()
    page.goto(f"{address}/passages/{first.id}")
    assert page.locator(".the-passage").count()
    page.context.close()
