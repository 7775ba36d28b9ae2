"""No text of the interface without its translation.

And none in a template that cannot be translated.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

WEB = Path(__file__).resolve().parents[2] / "web"
ENGLISH = WEB / "translations" / "en" / "LC_MESSAGES"
METHODS = [
    ("**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.xml", "jinja2"),
]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "_l": None}
# Names and code, the same in every language.
SAME = {
    "API",
    "Atom",
    "kb",
    "kb build",
    "openapi.json",
    "GET",
    "English",
    "Nederlands",
    "school EN thuis",
    "verkeer -auto",
}


def _extracted() -> set[object]:
    found = extract_from_dir(WEB, METHODS, keywords=KEYWORDS, comment_tags=())
    return {message for _file, _line, message, _comments, _context in found}


def test_every_text_has_an_english_translation() -> None:
    with (ENGLISH / "messages.po").open("rb") as file:
        catalog = read_po(file)
    known = {
        m.id if isinstance(m.id, str) else tuple(m.id)
        for m in catalog
        if m.id and all([m.string] if isinstance(m.string, str) else m.string)
    }
    assert {m for m in _extracted() if m not in known} == set()


def test_no_translation_is_left_of_a_text_that_is_gone() -> None:
    with (ENGLISH / "messages.po").open("rb") as file:
        ids = {
            m.id if isinstance(m.id, str) else tuple(m.id)
            for m in read_po(file)
            if m.id
        }
    assert ids - _extracted() == set()


def test_compiled_catalogue_is_that_of_the_text_file() -> None:
    with (
        (ENGLISH / "messages.po").open("rb") as po,
        (ENGLISH / "messages.mo").open("rb") as mo,
    ):
        written = {
            m.id if isinstance(m.id, str) else m.id[0]: m.string
            for m in read_po(po)
            if m.id
        }
        compiled = {
            m.id if isinstance(m.id, str) else m.id[0]: m.string
            for m in read_mo(mo)
            if m.id
        }
    assert {
        k: tuple(v) if isinstance(v, (list, tuple)) else v
        for k, v in compiled.items()
    } == {
        k: tuple(v) if isinstance(v, (list, tuple)) else v
        for k, v in written.items()
    }


def test_placeholders_are_the_same_in_both_languages() -> None:
    def names(text: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)s", text))

    with (ENGLISH / "messages.po").open("rb") as file:
        for message in read_po(file):
            if message.id:
                dutch, english = (
                    [x] if isinstance(x, str) else list(x)
                    for x in (message.id, message.string)
                )
                assert [names(text) for text in dutch] == [
                    names(text) for text in english
                ], message.id


@pytest.mark.parametrize(
    "path",
    sorted(WEB.joinpath("templates").rglob("*.html")),
    ids=lambda p: f"{p.parent.name}/{p.name}",
)
def test_template_holds_no_bare_text(path: Path) -> None:
    text = re.sub(
        r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}",
        "\0",
        path.read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    attributes = re.findall(
        r'(?:aria-label|title|placeholder|alt|content)="([^"\0]*[A-Za-z]{2}[^"\0]*)"',
        text,
    )
    allowed = {
        "width=device-width, initial-scale=1",
        "light dark",
        "noindex, follow",
        "unAPI",
        "d:",
        "w:",
    }
    bare = [
        piece.strip()
        for piece in re.sub(
            r"<(script|style).*?</\1>|<[^>]*>", "\0", text, flags=re.DOTALL
        ).split("\0")
    ]
    words = {piece for piece in bare if re.search(r"[A-Za-zÀ-ÿ]{2}", piece)}
    assert {a for a in attributes if a not in allowed} == set()
    assert {
        w
        for w in words
        if w not in SAME and not re.fullmatch(r'["\w* :.&;-]+', w)
    } == set() or words <= SAME


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/zoeken?q=vakkennis",
        "/documenten/wit2016breed",
        "/passages/wit2016breed-a1",
        "/themas/B7",
        "/over",
        "/api/",
    ],
)
def test_english_page_shows_no_dutch_text_of_the_interface(
    client: FlaskClient, path: str
) -> None:
    with (ENGLISH / "messages.po").open("rb") as file:
        dutch = {
            m.id
            for m in read_po(file)
            if isinstance(m.id, str)
            and m.id != m.string
            and len(m.id.split()) > 2
            and "%(" not in m.id
        }
    page = client.get(path + ("&" if "?" in path else "?") + "lang=en").text
    assert {
        text for text in dutch if f">{text}<" in page or f'"{text}"' in page
    } == set()


def test_language_follows_the_links_and_the_cookie(
    client: FlaskClient,
) -> None:
    page = client.get("/?lang=en")
    assert 'href="/themas/?lang=en"' in page.text
    assert "SameSite=Lax" in page.headers["Set-Cookie"]
    assert '<html lang="en">' in client.get("/over").text
    assert '<html lang="nl">' in client.get("/over?lang=nl").text
    assert '<html lang="nl">' in client.get("/over").text


def test_unknown_language_is_dutch(client: FlaskClient) -> None:
    assert '<html lang="nl">' in client.get("/over?lang=xx").text


def test_every_reason_of_a_link_has_its_words(app: Flask) -> None:
    """All the reasons that kb.citations gives are told in the language of the
    interface, without ids and years."""
    from web import words

    said = "author, spelled differently; year differs (2012); list of another document"
    with app.test_request_context("/?lang=nl"):
        assert (
            words.reasons(said)
            == "auteur, anders gespeld, ander jaar, uit de lijst van een ander document"
        )
        assert (
            words.reasons("ambiguous: bos-2016 and bos-2016-2 fit equally")
            == "niet eenduidig"
        )
        assert (
            words.reasons("too weak: author; year")
            == "te onzeker, auteur, jaar"
        )
