"""What machines read in a page: Zotero's tags, COinS, and JSON-LD after schema.org."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import json, url_for
from markupsafe import Markup

from kb.bibliography import coins, head_tags
from kb.citing import has_certain_page
from kb.records import Document, Passage, Work
from web.pages.addresses import public

# CSL type → class of schema.org
_CLASSES = {
    "report": "Report",
    "book": "Book",
    "chapter": "Chapter",
    "article-journal": "ScholarlyArticle",
    "article-newspaper": "NewsArticle",
    "article-magazine": "Article",
    "article": "Article",
    "thesis": "Thesis",
    "webpage": "WebPage",
    "post-weblog": "BlogPosting",
    "legislation": "Legislation",
    "speech": "PresentationDigitalDocument",
}


def meta_tags(item: Document | Work, url: str, pdf_url: str = "") -> Markup:
    """The <meta> tags by which Zotero and Google Scholar know what the page is about."""
    tags = (
        Markup('<meta name="{}" content="{}">\n').format(name, content)
        for name, content in head_tags(item, url, pdf_url)
    )
    return Markup("").join(tags)


def span(csl: Mapping[str, Any]) -> Markup:
    """An empty COinS span: a record that Zotero finds in a list."""
    return Markup(
        '<span class="Z3988" title="{}" aria-hidden="true"></span>'
    ).format(coins(csl))


def json_ld(data: Mapping[str, Any]) -> Markup:
    """A block of JSON-LD; nothing in it can end the script element."""
    text = json.dumps(
        {"@context": "https://schema.org", **data}, ensure_ascii=False
    )
    for char, escaped in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
    ):
        text = text.replace(char, escaped)
    return Markup('<script type="application/ld+json">{}</script>\n').format(
        Markup(text)  # noqa: S704 (the signs that could end a script are escaped)
    )


def _person(name: Mapping[str, Any]) -> dict[str, str]:
    if name.get("literal"):
        return {"@type": "Organization", "name": str(name["literal"])}
    particle = (
        name.get("non-dropping-particle")
        or name.get("dropping-particle")
        or ""
    )
    whole = " ".join(
        part
        for part in (name.get("given"), particle, name.get("family"))
        if part
    )
    return {"@type": "Person", "name": whole}


def about_work(csl: Mapping[str, Any], title: str, url: str) -> dict[str, Any]:
    """A document or work in the words of schema.org."""
    year = (csl.get("issued") or {}).get("date-parts") or [[None]]
    given = {
        "@type": _CLASSES.get(str(csl.get("type", "")), "CreativeWork"),
        "@id": url,
        "name": title,
        "author": [_person(name) for name in csl.get("author") or []],
        "datePublished": "-".join(
            f"{part:02d}" for part in year[0] if isinstance(part, int)
        ),
        "publisher": {"@type": "Organization", "name": str(csl["publisher"])}
        if csl.get("publisher")
        else None,
        "inLanguage": csl.get("language"),
        "url": url,
        "sameAs": csl.get("URL"),
    }
    return {name: value for name, value in given.items() if value}


def document_head(document: Document, has_pdf: bool) -> Markup:
    """Everything machines read on the page of a document."""
    url = public(url_for("documents.document", id=document.id))
    pdf = public(url_for("documents.file", id=document.id)) if has_pdf else ""
    return meta_tags(document, url, pdf) + json_ld(
        about_work(document.csl, document.title, url)
    )


def work_head(work: Work, title: str) -> Markup:
    """Everything machines read on the page of a work."""
    url = public(url_for("works.work", id=work.id))
    return meta_tags(work, url) + json_ld(about_work(work.csl, title, url))


def passage_head(passage: Passage, document: Document) -> Markup:
    """A passage as a quotation from its document."""
    url = public(url_for("documents.document", id=document.id))
    whole = about_work(document.csl, document.title, url)
    given: dict[str, Any] = {
        "@type": "Quotation",
        "text": passage.text,
        "inLanguage": passage.language,
        "isPartOf": whole,
    }
    if has_certain_page(passage):
        given["pagination"] = passage.label
    return json_ld(given)
