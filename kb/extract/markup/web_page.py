"""The main content of a web page, made ready for pandoc, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from kb.datafiles import table, words
from kb.extract.markup import marks
from kb.extract.markup.html_text import make_ready
from kb.extract.markup.prepared import Prepared
from kb.extract.plain_text import decode_page

_MAIN_SHARE = (
    0.25  # of the letters of the page that its main content holds at least
)
_OPENING_LINKS = (
    0.5  # share of letters in links of a block before the first heading
)
_BOX_LINKS = 0.3  # the same, of a box within the article
_BOX_WORDS = 20
_WORD = re.compile(r"[a-z0-9]+")
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"(?:^|(?<=[},]))\s*([.#][\w-]+)\s*\{([^{}]*)\}")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (
    "div",
    "ul",
    "ol",
    "section",
    "p",
    "span",
    "aside",
    "article",
    "table",
)
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d])"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
)


def prepared_page(path: Path) -> Prepared | None:
    """The page at `path` made ready; None when nothing can be parsed.

    Raises:
        OSError: it cannot be read.
    """
    return _prepared(path.read_bytes(), whole=False)


def prepared_fragment(data: bytes) -> Prepared | None:
    """A piece of HTML within another file, of which everything counts."""
    return _prepared(data, whole=True)


def _prepared(data: bytes, whole: bool) -> Prepared | None:
    page = parsed_html(decode_page(data))
    if page is None:
        return None
    metadata = _metadata(page)
    _mark_hidden_by_rules(page)
    content = page if whole else _main(page)
    _prune(content, whole)
    notes = make_ready(content)
    return Prepared(
        "html", html_of(content), metadata=metadata, notes=tuple(notes)
    )


def parsed_html(text: str) -> Any:
    """The root element of a page, or None; our own marks do not stand in it."""
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=False,
    )
    try:
        return html.document_fromstring(
            marks.without(text).encode(), parser=parser
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def html_of(element: Any) -> bytes:
    """The HTML of an element."""
    from lxml import html

    return str(html.tostring(element, encoding="unicode")).encode()


def _metadata(page: Any) -> dict[str, Any]:
    """CSL-like fields; "author" is a list of names."""
    found: dict[str, Any] = {}
    for key, value in _said(page):
        if key != "author":
            found.setdefault(key, value)
        elif not value.startswith("http"):
            found["author"] = [*found.get("author", []), value]
    title = page.find(".//title")
    if title is not None and (text := " ".join(title.text_content().split())):
        found.setdefault("title", text)
    language = page.get("lang") or page.get(
        "{http://www.w3.org/XML/1998/namespace}lang"
    )
    if language:
        found.setdefault("language", language)
    return found


def _said(page: Any) -> Iterator[tuple[str, str]]:
    fields: dict[str, str] = table("kb.extract.markup", "web_page.toml")[
        "meta"
    ]
    for element in page.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        value = " ".join((element.get("content") or "").split())
        if name in fields and value:
            yield fields[name], value


def _main(page: Any) -> Any:
    """The one <main>, the element with that role, the one <article>, or the whole body."""
    body = page.find(".//body")
    body = page if body is None else body
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = page.findall(path)
        if len(found) == 1 and _length(found[0]) > _MAIN_SHARE * _length(body):
            return found[0]
    return body


def _length(element: Any) -> int:
    return sum(map(len, element.itertext()))


# -- what goes


def _mark_hidden_by_rules(page: Any) -> None:
    """Elements that the page's own style rules hide, by class or id, told so.

    Rules for print or small screens say nothing of what a reader sees.
    """
    written = " ".join(style.text_content() for style in page.iter("style"))
    rules = _RULE.findall(_MEDIA.sub("", written))
    hidden = {
        name for name, said in rules if _UNSEEN_STYLE.search(said.lower())
    }
    for element in page.iter() if hidden else ():
        if isinstance(element.tag, str) and not hidden.isdisjoint(
            _selectors(element)
        ):
            element.set("hidden", "")


def _selectors(element: Any) -> list[str]:
    classes = [f".{name}" for name in (element.get("class") or "").split()]
    return [*classes, f"#{element.get('id')}"]


def _prune(content: Any, whole: bool) -> None:
    if not whole:
        _opening_teasers_out(content)
    for element in list(content.iter()):
        inside = element is not content and isinstance(element.tag, str)
        if not inside or element.getparent() is None:
            continue
        if is_unseen(element) or _is_dropped(element):
            element.drop_tree()
        elif element.tag in ("button", "form", "fieldset", "label", "legend"):
            _judge_control(element)
        elif not whole and _is_around_text(element, content):
            element.drop_tree()


def _is_dropped(element: Any) -> bool:
    return element.tag in _listed("dropped")


def _judge_control(element: Any) -> None:
    """Headings made of buttons stay, and forms around the whole page."""
    if element.tag == "button" and _opens_panel(element):
        element.tag = "p"
        return
    in_heading = any(
        parent.tag in _HEADINGS for parent in element.iterancestors()
    )
    around = (
        element.find(".//p") is not None or element.find(".//h1") is not None
    )
    if in_heading or around:
        element.drop_tag()
    else:
        element.drop_tree()


def _opens_panel(button: Any) -> bool:
    """Whether a button, outside a heading, is the title of a panel that it opens."""
    if any(parent.tag in _HEADINGS for parent in button.iterancestors()):
        return False
    named = not _names(button).isdisjoint(_listed("panels"))
    return named or button.get("aria-expanded") is not None


def is_unseen(element: Any) -> bool:
    """Whether a browser hides an element, but for panels that open when asked."""
    hidden = (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _UNSEEN_STYLE.search((element.get("style") or "").lower())
        is not None
    )
    return hidden and not _is_panel(element)


def _is_panel(element: Any) -> bool:
    if (
        element.get("role") == "tabpanel"
        or element.get("hidden") == "until-found"
    ):
        return True
    return not _names(element).isdisjoint(_listed("panels"))


def _is_around_text(element: Any, content: Any) -> bool:
    """Whether an element is furniture of the site rather than text of the page."""
    if element.get("role") in _listed("roles"):
        return True
    if element.tag == "header":
        return content.tag == "body" and not _is_in_article(element)
    if element.tag == "footer":
        return str(element.getparent().tag) != "blockquote"
    if element.tag == "aside" and not _is_box(element):
        return True
    return element.tag in _BLOCKS and _is_chrome(element)


def _is_in_article(element: Any) -> bool:
    tags = ("article", "main", "section")
    return any(parent.tag in tags for parent in element.iterancestors())


def _is_chrome(element: Any) -> bool:
    """Whether its class or id says that it is around the text."""
    names = _names(element)
    named = not names.isdisjoint(_listed("chrome"))
    return named or not names.isdisjoint(_pairs())


def _is_box(element: Any) -> bool:
    """Whether an aside is a box with text of the article, not a way elsewhere."""
    words_held = len(element.text_content().split())
    own = words_held >= _BOX_WORDS and _link_share(element) < _BOX_LINKS
    return own and _is_in_article(element)


def _link_share(element: Any) -> float:
    links = sum(
        _length(link) for link in element.iter("a") if not _points_inside(link)
    )
    return links / max(1, _length(element))


def _points_inside(link: Any) -> bool:
    return (link.get("href") or "").startswith("#")


def _opening_teasers_out(content: Any) -> None:
    """Blocks of links before the one main heading."""
    headings = list(content.iter("h1"))
    if len(headings) != 1:
        return
    for above in (headings[0], *headings[0].iterancestors()):
        if above is content:
            return
        for block in list(above.itersiblings(preceding=True)):
            if (
                isinstance(block.tag, str)
                and _link_share(block) > _OPENING_LINKS
            ):
                block.drop_tree()


def _names(element: Any) -> frozenset[str]:
    """The words of the class and the id of an element, alone and in pairs."""
    found: set[str] = set()
    for name in f"{element.get('class') or ''} {element.get('id') or ''}".lower().split():
        parts = _WORD.findall(name)
        found.update(parts, (f"{a} {b}" for a, b in pairwise(parts)))
    return frozenset(found)


def _listed(key: str) -> frozenset[str]:
    return words("kb.extract.markup", "web_page.toml", key)


@cache
def _pairs() -> frozenset[str]:
    return frozenset(
        table("kb.extract.markup", "web_page.toml")["chrome_pairs"]
    )
