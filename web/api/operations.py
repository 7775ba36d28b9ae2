"""The one table of the API: what can be asked, with which parameters, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from web.api import answers, types


@dataclass(frozen=True, slots=True)
class Operation:
    """A question: `path` with at most one {name}, the parameters' and the answer's type, and what answers it."""

    name: str
    path: str
    about: str
    parameters: type
    answer: type
    function: Callable[..., Any]
    item: str = ""  # name of the path parameter
    item_about: str = ""


OPERATIONS = (
    Operation("search", "/search", "Search the passages.", types.SearchParameters, types.SearchAnswer, answers.search),
    Operation("documents", "/documents", "Documents, newest first.", types.ListParameters, types.Documents, answers.list_documents),
    Operation("document", "/documents/{id}", "A document.", types.ItemParameters, types.Document, answers.one_document, "id", "Citekey."),
    Operation(
        "documentPassages", "/documents/{id}/passages", "The passages of a document, in reading order.",
        types.ListParameters, types.Passages, answers.document_passages, "id", "Citekey.",
    ),
    Operation("passage", "/passages/{id}", "A passage.", types.ItemParameters, types.PassageInFull, answers.one_passage, "id", "Id."),
    Operation("themes", "/themes", "Every framework with its themes.", types.ItemParameters, types.Frameworks, answers.list_themes),
    Operation("theme", "/themes/{code}", "A theme.", types.ItemParameters, types.Theme, answers.one_theme, "code", "Code: B7."),
    Operation(
        "themePassages", "/themes/{code}/passages", "Evidence on a theme, strongest first.",
        types.ListParameters, types.Passages, answers.theme_passages, "code", "Code: B7.",
    ),
    Operation("works", "/works", "Cited works, most cited first.", types.WorkParameters, types.Works, answers.list_works),
    Operation("work", "/works/{id}", "A cited work.", types.ItemParameters, types.Work, answers.one_work, "id", "Id."),
)  # fmt: skip
