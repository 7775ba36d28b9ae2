"""Pictures of every page type: phone and desktop, light and dark, and as printed. Needs
playwright and a Chromium.

python scripts/screenshots.py OUT [--corpus DIR] [--index DIR] [--chromium PATH] [--only
WORD] [--query "…"] [--readme]
"""

from __future__ import annotations

import argparse
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.generations import open_store
from kb.settings import Settings, load
from kb.store import Store

SIZES = {"telefoon": (360, 780), "scherm": (1280, 800)}


def page_types(store: Store, query: str) -> dict[str, str]:
    """Name → path of one page of each type, for what this index holds."""
    documents = store.documents()
    pdf = next(
        (d for d in documents if d.source.endswith(".pdf")), documents[0]
    )
    tags = store.tags()
    passage = (
        store.passage(tags[0].passage)
        if tags
        else store.passages(document=pdf.id)[0]
    )
    works = sorted(store.works(), key=lambda w: -w.mentions)
    saved = "&".join(f"i=p:{t.passage}" for t in tags[:3])
    on_page = next(
        (p for p in store.passages(document=pdf.id) if p.boxes), None
    )
    found = {
        "voorpagina": "/",
        "resultaten": f"/zoeken?q={query}",
        "niets": "/zoeken?q=qqqzzz+xyzxyz",
        "documenten": "/documenten/",
        "document": f"/documenten/{pdf.id}",
        "passage": f"/passages/{passage.id}",
        "themas": "/themas/",
        "thema": "/themas/B7",
        "thema-cijfers": "/themas/B7/cijfers",
        "thema-tijdlijn": "/themas/B7/tijdlijn",
        "thema-vergelijk": "/themas/B4/vergelijk",
        "thema-paragraaf": "/themas/B7/paragraaf",
        "kaart": "/themas/kaart",
        "gemeenten": "/themas/gemeenten?als=aandeel",
        "soorten": "/themas/soorten",
        "hitte": "/themas/documenten",
        "jaren": "/themas/jaren",
        "werken": "/werken/",
        "netwerk": "/werken/netwerk",
        "leeslijst": f"/leeslijst/?{saved}",
        "leeslijst-leeg": "/leeslijst/",
        "over": "/over",
        "verslag": "/verslag",
        "api": "/api/",
        "fout": "/documenten/bestaat-niet",
    }
    if works:
        found["werk"] = f"/werken/{works[0].id}"
    if on_page:
        found["blad"] = (
            f"/documenten/{pdf.id}/blad/{on_page.page}?passage={on_page.id}"
        )
    return found


@contextmanager
def site(settings: Settings) -> Iterator[str]:
    """The site on a free port while the block runs; its address."""
    import waitress

    from web import create_app

    server = waitress.create_server(
        create_app(settings), host="127.0.0.1", port=0, threads=4
    )
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()


def shoot(base: str, pages: dict[str, str], out: Path, chromium: str) -> None:
    """Write OUT/NAME-WIDTH-SCHEME.png and OUT/NAME.pdf for every page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for width_name, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                )
                page = context.new_page()
                for name, path in pages.items():
                    page.goto(base + path)
                    page.screenshot(
                        path=str(out / f"{name}-{width_name}-{scheme}.png"),
                        full_page=True,
                    )
                context.close()
        page = browser.new_page()
        for name, path in pages.items():
            page.goto(base + path)
            page.pdf(path=str(out / f"{name}.pdf"), format="A4")
        browser.close()


def shoot_readme(base: str, query: str, target: Path, chromium: str) -> None:
    """The picture of the README.

    Results of `query` with the first quotation open, 1280 by 900.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{base}/zoeken?q={query}")
        page.locator(".hits .quote summary").first.click()
        page.evaluate("document.activeElement.blur()")
        page.screenshot(path=str(target))
        browser.close()


def main() -> None:
    """Read the options and take the pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument(
        "--only", default="", help="pages whose name holds this word"
    )
    parser.add_argument(
        "--query", default="hoe houden generalisten hun vakkennis bij?"
    )
    parser.add_argument(
        "--readme",
        action="store_true",
        help="only the picture of the README, OUT/screenshot.png",
    )
    options = parser.parse_args()
    settings = load(corpus_dir=options.corpus, index_dir=options.index)
    store = open_store(settings)
    pages = {
        name: path
        for name, path in page_types(store, options.query).items()
        if options.only in name
    }
    store.close()
    options.out.mkdir(parents=True, exist_ok=True)
    with site(settings) as base:
        if options.readme:
            shoot_readme(
                base,
                options.query,
                options.out / "screenshot.png",
                options.chromium,
            )
            return
        shoot(base, pages, options.out, options.chromium)
    print(f"{len(pages)} pages in {options.out}")


if __name__ == "__main__":
    main()
