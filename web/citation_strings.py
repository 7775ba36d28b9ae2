"""From stored strings to citations on the page.

The strings were made at build time; here they only get their page label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

from markupsafe import Markup, escape

from kb.citing.quotation import Quotation, quotation
from kb.records import Document, Formatted, Passage, Work
from web import language
from web.generation import Generation

NAMED_IN_FULL = 2  # authors in a short citation, as APA 7 has it
_INLINE = {"i", "em", "b", "strong", "sup", "sub"}


class _Inline(HTMLParser):
    """Keeps italics and the like and http links; everything else becomes text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[Markup] = []
        self.links: list[bool] = []

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        if tag in _INLINE:
            self.out.append(Markup("<{}>").format(tag))
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            self.links.append(href.startswith(("http://", "https://")))
            if self.links[-1]:
                self.out.append(
                    Markup(
                        '<a href="{}" rel="noopener noreferrer external">'
                    ).format(href)
                )

    def handle_endtag(self, tag: str) -> None:
        if tag in _INLINE:
            self.out.append(Markup("</{}>").format(tag))
        elif tag == "a" and self.links and self.links.pop():
            self.out.append(Markup("</a>"))

    def handle_data(self, data: str) -> None:
        self.out.append(escape(data))


def inline_html(html: str) -> Markup:
    """Stored reference HTML with nothing but inline type and links left in it."""
    parser = _Inline()
    parser.feed(html)
    parser.close()
    return Markup("").join(parser.out)


def _families(document: Document) -> list[str]:
    people = document.csl.get("author") or document.csl.get("editor") or []
    names = [name for name in map(_family, people) if name]
    return names or [author.split(",")[0] for author in document.authors]


def _family(person: Mapping[str, str]) -> str:
    """ "De Boer" of a person, the whole name of an organisation."""
    if person.get("literal"):
        return person["literal"]
    particle = person.get("non-dropping-particle") or person.get(
        "dropping-particle"
    )
    name = f"{particle or ''} {person.get('family', '')}".strip()
    return name[:1].upper() + name[1:]


def short_name(generation: Generation, document: Document) -> str:
    """How the document is called in lists: "De Boer & Jansen, 2015" in APA."""
    return strings_of(generation, document).parenthetical


def _short_of_record(document: Document) -> str:
    """The same in APA, for a document that no style has written yet."""
    names = _families(document)
    who = " & ".join(names) or document.title
    if len(names) > NAMED_IN_FULL:
        who = f"{names[0]} et al."
    return f"{who}, {document.year or 'z.d.'}"


def works_of_documents(generation: Generation) -> Mapping[str, Work]:
    """Citekey → the work that a document of the corpus is."""
    return generation.lasting(
        "works_of_documents",
        lambda: {
            w.document: w for w in generation.store.works() if w.document
        },
    )


def formatted(
    generation: Generation, works: Iterable[str]
) -> dict[str, Formatted]:
    """Work id → its strings in the style of the site and the language of the reader."""
    return generation.store.formatted(
        works, generation.settings.style, language.chosen()
    )


def strings_of(generation: Generation, document: Document) -> Formatted:
    """The citation strings of a document.

    Made from its record where none were stored.
    """
    chosen = language.chosen()
    known = strings_in(generation, chosen)
    return known.get(document.id) or _from_record(document, chosen)


def strings_in(generation: Generation, chosen: str) -> Mapping[str, Formatted]:
    """The citation strings of every document in one language, by citekey."""

    def make() -> dict[str, Formatted]:
        documents = generation.store.documents()
        found = generation.store.formatted(
            [d.id for d in documents], generation.settings.style, chosen
        )
        return {
            d.id: found.get(d.id) or _from_record(d, chosen) for d in documents
        }

    return generation.lasting(("strings", chosen), make)


def _from_record(document: Document, chosen: str) -> Formatted:
    short = _short_of_record(document)
    who = short.rsplit(", ", 1)[0]
    year = str(document.year or "z.d.")
    text = f"{'; '.join(document.authors) or who} ({year}). {document.title}."
    html = (
        str(escape(text.removesuffix(f"{document.title}.")))
        + f"<i>{escape(document.title)}</i>."
    )
    return Formatted(
        document.id, "apa", chosen, text, html, short, f"{who} ({year})"
    )


def quotation_of(
    generation: Generation, passage: Passage, document: Document
) -> Quotation:
    """The passage as a quotation in the style of the site and the language of the reader."""
    return quotation(passage, document, strings_of(generation, document))
