"""Three paths of a reader, walked in a browser: steps counted, seconds by the
keystroke-level model, a picture at each step.

python -m scripts.walks OUT [--corpus DIR] [--index DIR] [--chromium PATH]

Card, Moran & Newell (1980): a click is thinking, pointing and pressing; nobody is timed.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.settings import load
from scripts.screenshots import site

CLICK = 1.35 + 1.1 + 0.2  # seconds: thinking, pointing, pressing
KEY = 0.28  # of an average typist
PAGE = 1.0  # until the next page stands there
LOOK = 4.0  # at a passage, to see whether it serves; not in the model


@dataclass
class Walk:
    """One path under way: what was done so far, and a picture after each step."""

    page: Any
    out: Path
    name: str
    seconds: float = 0.0
    steps: list[str] = field(default_factory=list)

    def _done(self, what: str, seconds: float) -> None:
        self.seconds += seconds
        self.steps.append(what)
        number = len(self.steps)
        self.page.screenshot(path=str(self.out / f"{self.name}-{number}.png"))

    def click(self, target: Any, opens: bool = False) -> None:
        """Press a button, a link or a box; `opens` where another page comes."""
        target.click()
        self.page.wait_for_load_state()
        self._done("click", CLICK + (PAGE if opens else 0.0))

    def type(self, target: Any, words: str) -> None:
        """Put the cursor somewhere, type, and press Enter."""
        target.click()
        target.press_sequentially(words)
        target.press("Enter")
        self.page.wait_for_load_state()
        self._done("type", CLICK + KEY * (len(words) + 1) + PAGE)

    def choose(self, target: Any, value: str) -> None:
        """Take a value of a list that opens: two clicks."""
        target.select_option(value)
        self._done(f"choose {value}", 2 * CLICK)

    def look(self, passages: int) -> None:
        """Look over so many passages."""
        self._done(f"look at {passages}", LOOK * passages)

    def download(self, target: Any) -> None:
        """Press what gives a file, and wait for it."""
        with self.page.expect_download() as waiting:
            target.click()
        given = waiting.value.suggested_filename
        waiting.value.save_as(self.out / f"{self.name}-{given}")
        self._done(f"download {given}", CLICK + PAGE)


def three_passages(walk: Walk) -> None:
    """Three passages on the loss of expertise, into Word."""
    page = walk.page
    walk.type(page.locator("main input[name=q]"), "verlies van expertise")
    walk.look(6)
    for number in range(3):
        walk.click(page.locator(".hits [data-save]").nth(number))
    walk.click(page.locator("nav.main a[href*=leeslijst]"), opens=True)
    walk.download(page.get_by_role("button", name="Word", exact=True))


def section(walk: Walk) -> None:
    """A section on B7 with fifteen passages, three of them by hand."""
    page = walk.page
    walk.click(page.locator(".spines a[href='/themas/B7']"), opens=True)
    to_section = page.get_by_role("link", name="Literatuurparagraaf")
    walk.click(to_section.first, opens=True)
    boxes = page.get_by_role("checkbox")
    walk.look(15)
    for number in (2, 5, 9):
        walk.click(boxes.nth(number))
    walk.click(page.locator("summary", has_text="niet gekozen"))
    walk.look(10)
    for number in (16, 18, 20):
        walk.click(boxes.nth(number))
    walk.download(page.get_by_role("button", name="Download Word").first)


def two_places(walk: Walk) -> None:
    """Utrecht against Zeist on B4, with figures."""
    page = walk.page
    walk.click(page.locator(".spines a[href='/themas/B4']"), opens=True)
    walk.click(page.get_by_role("link", name="Vergelijk").first, opens=True)
    walk.choose(page.get_by_label("Links"), "Utrecht")
    walk.choose(page.get_by_label("Rechts"), "Zeist")
    walk.click(page.get_by_role("button", name="Vergelijk"), opens=True)
    walk.look(7)
    walk.download(page.get_by_role("link", name="Excel"))


PATHS: Mapping[str, tuple[Callable[[Walk], None], int]] = {
    "three-passages": (three_passages, 90),
    "section": (section, 240),
    "two-places": (two_places, 120),
}


def main() -> None:
    """Walk every path and tell what it takes."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    options.out.mkdir(parents=True, exist_ok=True)
    settings = load(corpus_dir=options.corpus, index_dir=options.index)
    with site(settings) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=options.chromium,
            args=["--no-sandbox", "--disable-gpu"],
        )
        for name, (path, asked) in PATHS.items():
            page = browser.new_context(accept_downloads=True).new_page()
            page.goto(base)
            walk = Walk(page, options.out, name)
            path(walk)
            said = ", ".join(walk.steps)
            print(f"{name}: {walk.seconds:.0f} s (asked {asked}): {said}")
        browser.close()


if __name__ == "__main__":
    main()
