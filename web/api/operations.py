"""The one table of the API.

What can be asked, with which parameters, and what comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from web.api import answers, types
from web.language import marked as _l


@dataclass(frozen=True, slots=True)
class Operation:
    """A question: `path` with at most one {name}, types, and what answers it.

    What it does (`about`, `item_about`) is told in Dutch and put in the reader's language
    where it is shown.
    """

    name: str
    path: str
    about: str
    parameters: type
    answer: type
    function: Callable[..., Any]
    item: str = ""  # name of the path parameter
    item_about: str = ""


_CITEKEY = _l("Citekey van het document.")
_ID = _l("Id, zoals in zijn adres.")
_CODE = _l("Code: B7.")

OPERATIONS = (
    Operation(
        "search",
        "/search",
        _l("Doorzoekt de passages."),
        types.SearchParameters,
        types.SearchAnswer,
        answers.search,
    ),
    Operation(
        "documents",
        "/documents",
        _l("Documenten, de nieuwste eerst."),
        types.ListParameters,
        types.Documents,
        answers.list_documents,
    ),
    Operation(
        "document",
        "/documents/{id}",
        _l("Een document."),
        types.ItemParameters,
        types.Document,
        answers.one_document,
        "id",
        _CITEKEY,
    ),
    Operation(
        "documentPassages",
        "/documents/{id}/passages",
        _l("De passages van een document, in leesvolgorde."),
        types.ListParameters,
        types.Passages,
        answers.document_passages,
        "id",
        _CITEKEY,
    ),
    Operation(
        "passage",
        "/passages/{id}",
        _l("Een passage."),
        types.ItemParameters,
        types.PassageInFull,
        answers.one_passage,
        "id",
        _ID,
    ),
    Operation(
        "themes",
        "/themes",
        _l("Elk kader met zijn thema’s."),
        types.ItemParameters,
        types.Frameworks,
        answers.list_themes,
    ),
    Operation(
        "theme",
        "/themes/{code}",
        _l("Een thema."),
        types.ItemParameters,
        types.Theme,
        answers.one_theme,
        "code",
        _CODE,
    ),
    Operation(
        "themePassages",
        "/themes/{code}/passages",
        _l("Bewijs bij een thema, het sterkste eerst."),
        types.ListParameters,
        types.Passages,
        answers.theme_passages,
        "code",
        _CODE,
    ),
    Operation(
        "works",
        "/works",
        _l("Geciteerde werken, de meest geciteerde eerst."),
        types.WorkParameters,
        types.Works,
        answers.list_works,
    ),
    Operation(
        "work",
        "/works/{id}",
        _l("Een geciteerd werk."),
        types.ItemParameters,
        types.Work,
        answers.one_work,
        "id",
        _ID,
    ),
)
