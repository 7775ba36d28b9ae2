"""In a real Chromium.

Accessible, usable by keyboard, quiet in the console, and never off the host.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.in_chromium import NEEDS_CHROMIUM

pytestmark = NEEDS_CHROMIUM
PAGES = (
    "/",
    "/zoeken?q=vakkennis",
    "/zoeken?q=vakkennis+wijkteam+bewoners+sinds+2015&vanaf=2014&thema=B7",
    "/zoeken?q=zzzqqq",
    "/documenten/",
    "/documenten/wit2016breed",
    "/documenten/wit2016breed/blad/1?passage=wit2016breed-a1",
    "/passages/wit2016breed-a1",
    "/passages/beek2018geld-b2",
    "/themas/",
    "/themas/B7",
    "/themas/B9?tegenspraak=1",
    "/themas/B7/paragraaf",
    "/themas/B7/cijfers",
    "/themas/B7/tijdlijn",
    "/themas/B7/vergelijk?op=document",
    "/themas/gemeenten?als=aandeel",
    "/themas/soorten",
    "/themas/kaart",
    "/themas/documenten",
    "/themas/jaren",
    "/werken/",
    "/werken/lipsky-1980",
    "/werken/netwerk",
    "/leeslijst/",
    "/leeslijst/?i=p:wit2016breed-a1&i=w:lipsky-1980",
    "/over",
    "/verslag",
    "/api/",
    "/bestaat/niet",
)
VIEWS = (("smal", 320, 640), ("telefoon", 390, 844), ("scherm", 1280, 800))
TAGS = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
]


def _save_some(page: Any, address: str) -> None:
    """Put a passage and a work on the reading list, as a reader would."""
    for path in ("/passages/wit2016breed-a1", "/werken/lipsky-1980"):
        page.goto(address + path)
        page.locator("[data-save]").first.click()
        page.wait_for_selector("[data-save][value=verwijder]")


@pytest.mark.parametrize("saved", [False, True], ids=["empty", "saved"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("width", "height"),
    [(w, h) for _, w, h in VIEWS],
    ids=[name for name, _, _ in VIEWS],
)
def test_every_page_type_has_no_accessibility_violation(
    address: str,
    browser: Any,
    width: int,
    height: int,
    scheme: str,
    saved: bool,
) -> None:
    axe_module = pytest.importorskip(
        "axe_playwright_python.sync_playwright",
        reason="axe-playwright-python is not installed",
    )
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        bypass_csp=True,
    )
    page, found = context.new_page(), []
    if saved:
        _save_some(page, address)
    options = {
        "runOnly": {"type": "tag", "values": TAGS},
        # A button is read by the words that are seen on it (WCAG 2.5.3).
        "rules": {"label-content-name-mismatch": {"enabled": True}},
    }
    for path in PAGES:
        page.goto(address + path)
        results = axe_module.Axe().run(page, options=options)
        for violation in results.response["violations"]:
            found += [
                (
                    path,
                    violation["id"],
                    node["html"][:150],
                    node.get("failureSummary", "")[:200],
                )
                for node in violation["nodes"]
            ]
    context.close()
    assert found == []


@pytest.mark.parametrize("path", ["/", "/themas/B7", "/zoeken?q=vakkennis"])
def test_at_four_hundred_per_cent_the_page_comes_before_the_header(
    address: str, browser: Any, path: str
) -> None:
    width, height = 1280 // 4, 800 // 4
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(address + path)
    taken = page.locator("header.top").bounding_box()["height"]
    context.close()
    assert taken <= height * 0.4


@pytest.mark.parametrize(
    "script", [True, False], ids=["with-script", "without-script"]
)
@pytest.mark.parametrize(
    ("width", "height"),
    [(w, h) for _, w, h in VIEWS],
    ids=[name for name, _, _ in VIEWS],
)
def test_pages_are_quiet_stay_on_the_host_and_do_not_scroll_sideways(
    address: str, browser: Any, width: int, height: int, script: bool
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=script
    )
    page, noise, elsewhere, wide = context.new_page(), [], [], []
    page.on(
        "console",
        lambda message: (
            noise.append(message.text)
            if message.type in ("error", "warning")
            else None
        ),
    )
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on(
        "request",
        lambda request: (
            elsewhere.append(request.url)
            if not request.url.startswith((address, "data:"))
            else None
        ),
    )
    for path in PAGES[:-1]:
        page.goto(address + path)
        if script and page.evaluate(
            "document.documentElement.scrollWidth > window.innerWidth"
        ):
            wide.append(path)
    context.close()
    assert (noise, elsewhere, wide) == ([], [], [])


def test_keyboard_alone_leads_from_home_to_a_copied_citation(
    address: str, browser: Any
) -> None:
    context = browser.new_context(
        permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.goto(address + "/")
    page.keyboard.press("/")
    page.keyboard.type("vakkennis")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken**")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/passages/**")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-copy]')"):
            break
    page.keyboard.press("Enter")
    page.locator("[data-copy]", has_text="Gekopieerd").first.wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    context.close()
    assert "De Wit & Smeets, 2016, p. 7" in copied
    assert "Hogeschool Oostland" in copied


def test_suggestions_are_chosen_with_the_arrows(
    address: str, browser: Any
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + "/over")
    page.locator("#q").press_sequentially("preven")
    page.locator(".suggest li").first.wait_for()
    page.keyboard.press("ArrowDown")
    chosen = page.locator('.suggest li[aria-selected="true"]')
    assert page.locator("#q").get_attribute(
        "aria-activedescendant"
    ) == chosen.get_attribute("id")
    target = chosen.get_attribute("data-url")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")
    context.close()


def test_saving_without_leaving_the_page_and_exporting_to_word(
    address: str, browser: Any
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + "/zoeken?q=vakkennis")
    page.locator("[data-save]").first.click()
    page.locator("[data-saved-count]").filter(has_text="1").first.wait_for()
    assert page.url.endswith("/zoeken?q=vakkennis")
    page.locator(".toast").get_by_role("link", name="Leeslijst 1").click()
    page.get_by_label("Notitie").fill("voor de inleiding")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Markdown", exact=True).click()
    assert waiting.value.suggested_filename == "leeslijst.md"
    assert "voor de inleiding" in Path(waiting.value.path()).read_text(
        encoding="utf-8"
    )
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Word", exact=True).click()
    context.close()
    assert waiting.value.suggested_filename == "leeslijst.docx"


def test_a_second_click_where_a_quotation_was_opened_closes_it(
    address: str, browser: Any
) -> None:
    page = browser.new_page()
    page.goto(address + "/zoeken?q=vakkennis")
    page.locator(".hits .quote summary").first.scroll_into_view_if_needed()
    place = page.locator(".hits .quote summary").first.bounding_box()
    for opened in (1, 0):
        page.mouse.click(place["x"] + 20, place["y"] + 8)
        assert page.locator(".hits .quote[open]").count() == opened
    page.close()


def test_reading_list_works_without_script(address: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/passages/wit2016breed-a1")
    page.get_by_role("button", name="Bewaar op de leeslijst").first.click()
    assert page.url.startswith(address + "/passages/wit2016breed-a1")
    page.goto(address + "/leeslijst/")
    page.get_by_label("Notitie").fill("voor de inleiding")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Markdown", exact=True).click()
    assert "voor de inleiding" in Path(waiting.value.path()).read_text(
        encoding="utf-8"
    )
    page.get_by_role("button", name="Omlaag").click()
    assert page.get_by_label("Notitie").input_value() == "voor de inleiding"
    page.get_by_role("button", name="Verwijder").click()
    assert page.get_by_text("Nog niets bewaard.").is_visible()
    context.close()


def test_lists_keep_notes_order_and_names_in_the_browser(
    address: str, browser: Any
) -> None:
    """Notes of several lines, another order, a second list: all are there again."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/zoeken?q=vakkennis")
    page.click("form.save-all button")
    page.goto(f"{address}/leeslijst/")
    items = page.locator("li[data-key]")
    keys = [item.get_attribute("data-key") for item in items.all()]
    assert len(keys) > 1
    page.locator("textarea").first.fill("eerste regel\ntweede regel")
    page.locator("button[value^='omlaag']").first.click()
    page.wait_for_timeout(300)
    context.clear_cookies()
    page.goto(f"{address}/leeslijst/")
    page.wait_for_selector("li[data-key]")
    moved = [item.get_attribute("data-key") for item in items.all()]
    assert moved == [keys[1], keys[0], *keys[2:]]
    assert (
        page.locator("textarea").nth(1).input_value()
        == "eerste regel\ntweede regel"
    )
    page.once("dialog", lambda dialog: dialog.accept("Tweede"))
    page.click("text=Nieuwe lijst")
    page.wait_for_selector("text=Nog niets bewaard")
    page.select_option("select", "Leeslijst")
    page.wait_for_selector("li[data-key]")
    assert items.count() == len(keys)
    context.close()


def test_a_section_is_chosen_and_taken_to_word_in_few_clicks(
    address: str, browser: Any, tmp_path: Path
) -> None:
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto(address)
    page.locator(".spines a[href='/themas/B7']").click()
    page.get_by_role("link", name="Literatuurparagraaf").first.click()
    page.get_by_role("checkbox").first.uncheck()
    page.get_by_role("button", name="Toon").click()
    assert (
        "0 passages gekozen" in page.get_by_role("status").first.inner_text()
    )
    page.get_by_role("checkbox").first.check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download Word").first.click()
    target = tmp_path / "paragraaf.docx"
    waiting.value.save_as(target)
    context.close()
    assert target.read_bytes().startswith(b"PK")


def test_two_documents_are_compared_and_taken_to_excel_in_few_clicks(
    address: str, browser: Any, tmp_path: Path
) -> None:
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto(address)
    page.locator(".spines a[href='/themas/B7']").click()
    page.get_by_role("link", name="Vergelijk").click()
    page.get_by_role("link", name="documenten", exact=True).click()
    page.get_by_label("Links").select_option("raad2014brief")
    page.get_by_label("Rechts").select_option("wit2016breed")
    page.get_by_role("button", name="Vergelijk").click()
    heads = page.locator("table.figures thead th").all_inner_texts()
    assert len(heads) == 2
    assert "De Wit & Smeets, 2016" in heads[1]
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel").click()
    assert waiting.value.suggested_filename == "B7-vergelijking.xlsx"
    context.close()
