"""Reading lists in a real Chromium: long notes, files, addresses to share, and nothing left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.web.in_chromium import NEEDS_CHROMIUM

pytestmark = NEEDS_CHROMIUM
LONG = 2_000  # characters of a note


def filled(browser: Any, address: str) -> Any:
    """The list page of a reader who saved all that a question found."""
    page = browser.new_context(accept_downloads=True).new_page()
    page.goto(f"{address}/zoeken?q=vakkennis")
    page.click("form.save-all button")
    page.goto(f"{address}/leeslijst/")
    page.wait_for_selector("li[data-key]")
    return page


def keys_on(page: Any) -> list[str]:
    items = page.locator("li[data-key]").all()
    return [item.get_attribute("data-key") for item in items]


def test_long_notes_are_kept_when_the_cookie_is_gone(
    browser: Any, address: str
) -> None:
    page = filled(browser, address)
    boxes = page.locator("textarea[name^='n:']")
    told = [f"notitie {n}\n".ljust(LONG, "x") for n in range(boxes.count())]
    for box, note in zip(boxes.all(), told, strict=True):
        box.fill(note)
    page.context.clear_cookies()
    page.goto(f"{address}/leeslijst/")
    page.wait_for_selector("li[data-key]")
    assert [box.input_value() for box in boxes.all()] == told
    page.context.close()


def test_a_list_goes_into_a_file_and_is_opened_in_another_browser(
    browser: Any, address: str, tmp_path: Path
) -> None:
    page = filled(browser, address)
    page.locator("textarea").first.fill("eerste regel\ntweede regel")
    page.locator("button[value^='omlaag']").first.click()
    with page.expect_download() as waiting:
        page.click("text=Bewaar als bestand")
    waiting.value.save_as(tmp_path / "lijst.json")
    order = keys_on(page)
    page.context.close()
    other = browser.new_context().new_page()
    other.goto(f"{address}/leeslijst/")
    other.set_input_files("input[type=file]", tmp_path / "lijst.json")
    other.wait_for_selector("li[data-key]")
    assert keys_on(other) == order
    kept = other.locator("textarea").nth(1).input_value()
    other.context.close()
    assert kept == "eerste regel\ntweede regel"


def test_a_shared_address_shows_the_list_to_somebody_else(
    browser: Any, address: str
) -> None:
    page = filled(browser, address)
    page.get_by_role("button", name="Adres om te delen").click()
    page.wait_for_load_state()
    shared, order = page.url, keys_on(page)
    page.context.close()
    other = browser.new_context().new_page()
    other.goto(shared)
    assert keys_on(other) == order
    other.get_by_role("button", name="Maak dit mijn leeslijst").click()
    other.wait_for_load_state()
    other.goto(f"{address}/leeslijst/")
    assert keys_on(other) == order
    other.context.close()


def test_an_emptied_list_stays_empty(browser: Any, address: str) -> None:
    page = filled(browser, address)
    for left in range(len(keys_on(page)), 0, -1):
        page.locator("button[value^='verwijder']").first.click()
        page.wait_for_function(
            "n => document.querySelectorAll('li[data-key]').length < n",
            arg=left,
        )
    page.goto(f"{address}/leeslijst/")
    page.wait_for_timeout(500)
    assert page.get_by_text("Nog niets bewaard.").is_visible()
    assert page.get_by_text("Bewaar als bestand").count() == 0
    page.context.close()
