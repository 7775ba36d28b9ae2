"""How does a literature section look? Quotations under headings with author, year and
page, and the reference list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.citing import (
    Quotation,
    bibliography,
    locator_of,
    quotation,
    secondary_citation,
)
from kb.citing.pandoc import api_version, run, run_to_file
from kb.errors import sentence
from kb.export.blocks import (
    Ast,
    heading,
    inlines,
    para,
    strings,
    styled,
    table,
)
from kb.export.draft import facts
from kb.export.reference_doc import ASIDE, FACTS, reference_doc
from kb.export.selection import Group, Selection
from kb.records import Document, Formatted, Passage


def listed(
    selection: Selection, style: str, language: str, conventions: str
) -> list[Formatted]:
    """Works of the selection as one reading list, with letters where two share author and year.

    The works that the quotations cite are told apart from them, so they are in it too.
    """
    items = [*selection.items(), *selection.cited_items()]
    wanted = {str(item["id"]) for item in items}
    others = [one for one in selection.beside if str(one["id"]) not in wanted]
    seconds = 30 + 0.2 * (len(items) + len(others))
    found = bibliography(
        [*items, *others], style, language, conventions, seconds=seconds
    )
    return [form for form in found if form.work in wanted]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes quotations of a selection, with the citations of its works at hand."""

    selection: Selection
    forms: Mapping[str, Formatted]
    language: str

    @property
    def documents(self) -> dict[str, Document]:
        return {d.id: d for d in self.selection.documents}

    def said(self, code: str, **values: object) -> str:
        return sentence(code, values, self.language)

    def quote(self, passage: Passage) -> Quotation:
        document = self.documents[passage.document]
        return quotation(passage, document, self.forms[document.id])

    def group(self, group: Group) -> Iterator[Ast]:
        """A heading, what the records count, and the quotations."""
        known = [p for p in group.passages if p.document in self.documents]
        if group.title != self.selection.title:
            # A section on one theme has its name once.
            yield heading(2, group.title)
        if self.selection.counted and known:
            short = {id: f.parenthetical for id, f in self.forms.items()}
            counted = facts(known, self.documents, short, self.language)
            yield styled(FACTS, [para(strings(counted))])
        for passage in known:
            yield from self.passage(passage)

    def passage(self, passage: Passage) -> Iterator[Ast]:
        """The quotation with what belongs to it: where else it stands, whom it cites."""
        quote = self.quote(passage)
        yield from self._words(passage, quote)
        if places := self._elsewhere(passage):
            yield self.aside(self.said("draft_also_in", places=places))
        if citation := self._secondary(passage, quote):
            yield self.aside(self.said("draft_secondary", citation=citation))
        if note := self.selection.notes.get(passage.id, "").strip():
            label = {"t": "Strong", "c": strings(self.said("export_note"))}
            yield para([label, {"t": "Space"}, *strings(note)])

    def _words(self, passage: Passage, quote: Quotation) -> Iterator[Ast]:
        if passage.rows:
            yield table(passage.rows)
            yield self.aside(quote.parenthetical)
            return
        html = re.sub(r"</?(?:p|blockquote)>", "", quote.html)
        words = para(inlines(html))
        yield {"t": "BlockQuote", "c": [words]} if quote.block else words

    def _elsewhere(self, passage: Passage) -> str:
        """The other documents that say the same, as they are cited."""
        found = []
        for other in self.selection.same.get(passage.id, ()):
            form = self.forms.get(other.document)
            document = self.documents.get(other.document)
            if form and document:
                place, _kind = locator_of(other, document, self.language)
                found.append(f"{form.parenthetical}, {place}")
        return "; ".join(found)

    def _secondary(self, passage: Passage, quote: Quotation) -> str:
        ids = self.selection.citing.get(passage.id, ())
        works = [self.forms[id] for id in ids if id in self.forms]
        if not works:
            return ""
        read_in = self.forms[passage.document]
        return secondary_citation(works, read_in, quote.locator)

    def names_of(self, ids: Sequence[str]) -> str:
        """Works as they are named in a text, in the order of the alphabet."""
        named = {
            self.forms[id].parenthetical for id in ids if id in self.forms
        }
        return "; ".join(sorted(named))

    def aside(self, text: str) -> Ast:
        """A line in small print."""
        return styled(ASIDE, [para(strings(text))])

    def references(self, ids: Sequence[str]) -> Ast:
        """A list of references, in the order of the style."""
        wanted = frozenset(ids)
        shown = [
            para(inlines(form.reference_html))
            for form in self.forms.values()
            if form.work in wanted and form.reference
        ]
        return styled("Bibliography", shown, "refs")


def blocks_of(
    selection: Selection,
    style: str = "apa",
    language: str = "nl",
    conventions: str = "nl",
) -> list[Ast]:
    """The section as pandoc's blocks.

    Title, a heading for each group with its quotations, the reference list, and the works
    that the quotations cite.
    """
    forms = listed(selection, style, language, conventions)
    writer = _Writer(selection, {f.work: f for f in forms}, language)
    title = selection.title or writer.said("export_title")
    blocks = [heading(1, title)]
    remarks = (selection.notice, *selection.remarks)
    blocks += [writer.aside(remark) for remark in remarks if remark]
    for group in selection.groups:
        blocks += writer.group(group)
    blocks.append(heading(2, writer.said("export_literature")))
    blocks.append(writer.references([str(i["id"]) for i in selection.items()]))
    return [*blocks, *_works_quoted(writer)]


def _works_quoted(writer: _Writer) -> Iterator[Ast]:
    """The works that the quotations cite; of those without an entry their names."""
    entries = writer.selection.cited_with_entry()
    names = writer.names_of(writer.selection.cited_without_entry())
    if not entries and not names:
        return
    yield heading(2, writer.said("draft_cited"))
    if entries:
        yield writer.references(entries)
    if names:
        yield writer.aside(writer.said("draft_without_entry", works=names))
    # Below the list: a heading stays with the first work on its page.
    yield writer.aside(writer.said("draft_cited_about"))


def _document(blocks: Sequence[Ast], title: str, language: str) -> str:
    meta = {
        "lang": {
            "t": "MetaString",
            "c": "nl-NL" if language == "nl" else "en-US",
        },
        "pagetitle": {"t": "MetaString", "c": title},
    }
    return json.dumps(
        {
            "pandoc-api-version": api_version(),
            "meta": meta,
            "blocks": list(blocks),
        }
    )


def markdown(
    selection: Selection,
    style: str = "apa",
    language: str = "nl",
    conventions: str = "nl",
) -> str:
    """The section as Markdown. Raises PandocError, UnknownStyleError."""
    blocks = [
        b
        for block in blocks_of(selection, style, language, conventions)
        for b in (block["c"][1] if block["t"] == "Div" else [block])
    ]
    return run(
        ["-f", "json", "-t", "gfm", "--wrap=none"],
        _document(blocks, selection.title, language),
    )


def docx(
    selection: Selection,
    style: str = "apa",
    language: str = "nl",
    conventions: str = "nl",
) -> bytes:
    """The section as a Word document on A4, block quotations indented, references with a
    hanging indent. Raises PandocError."""
    text = _document(
        blocks_of(selection, style, language, conventions),
        selection.title,
        language,
    )

    def arguments(folder: Path) -> list[str]:
        (folder / "reference.docx").write_bytes(reference_doc())
        return ["-f", "json", "-t", "docx", "--reference-doc=reference.docx"]

    return run_to_file(arguments, text, "section.docx")


def apa(
    selection: Selection,
    style: str = "apa",
    language: str = "nl",
    conventions: str = "nl",
) -> str:
    """The reference list as plain text, a reference a line.

    Raises PandocError, UnknownStyleError.
    """
    own = {str(item["id"]) for item in selection.items()}
    lines = [
        form.reference
        for form in listed(selection, style, language, conventions)
        if form.reference and form.work in own
    ]
    if selection.notice:
        lines.insert(0, selection.notice)
    return "".join(f"{line}\n" for line in lines)
