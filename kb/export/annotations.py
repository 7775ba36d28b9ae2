"""What does a reference manager get besides the record? The quotations, as notes."""

from __future__ import annotations

from collections.abc import Mapping

from kb.citing import bibliography, quotation
from kb.errors import sentence
from kb.export.selection import Selection

Notes = Mapping[str, tuple[str, ...]]


def notes_of(
    selection: Selection,
    style: str = "apa",
    language: str = "nl",
    conventions: str = "nl",
) -> Notes:
    """Notes by id of the record: each quotation with its page, and what the owner says.

    The reader's own note on a passage stands below its quotation.

    Raises:
        UnknownStyleError, PandocError
    """
    notes: dict[str, list[str]] = {}
    documents = {document.id: document for document in selection.documents}
    quoted = [p for p in selection.passages if p.document in documents]
    if quoted:
        items = [*selection.items(), *selection.beside]
        forms = {
            form.work: form
            for form in bibliography(items, style, language, conventions)
        }
        for passage in quoted:
            document = documents[passage.document]
            made = quotation(passage, document, forms[document.id])
            own = selection.notes.get(passage.id, "").strip()
            label = sentence("export_note", {}, language)
            said = f"{made.text}\n{label} {own}" if own else made.text
            notes.setdefault(document.id, []).append(said)
    if selection.notice:
        for item in selection.items():
            notes.setdefault(str(item["id"]), []).append(selection.notice)
    return {id: tuple(found) for id, found in notes.items()}
