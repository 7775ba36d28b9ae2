"""What is uncertain about this quotation? Said once, plainly, on the citation."""

from __future__ import annotations

from kb.citing.locator import computed_page, has_certain_page
from kb.errors import sentence
from kb.records import Document, Passage

# Below this share of sure letters a reader should look at the source; Tesseract's own
# mean is above .9 on clean prints.
LOW_CONFIDENCE = 0.85
# Fields of a citation, and what is said where they come from no record.
_CITED = frozenset(["author", "issued"])
_FROM_FILE = {
    _CITED: "caveat_author_and_year",
    frozenset(["author"]): "caveat_author",
    frozenset(["issued"]): "caveat_year",
}


def caveats(
    passage: Passage, document: Document, language: str = "nl"
) -> tuple[str, ...]:
    """Sentences on record, page, reading and repair; none where all is as printed."""
    found = []
    if code := _FROM_FILE.get(frozenset(document.found) & _CITED):
        found.append(sentence(code, {}, language))
    computed = computed_page(passage, language)
    if computed and not has_certain_page(passage):
        found.append(sentence("caveat_page", {"page": computed}, language))
    confidence = document.card.get("ocr_confidence")
    if confidence is not None:
        code = (
            "caveat_scan_poor"
            if confidence < LOW_CONFIDENCE
            else "caveat_scan"
        )
        found.append(sentence(code, {}, language))
    if passage.repairs:
        count = len(passage.repairs)
        code = "caveat_repair" if count == 1 else "caveat_repairs"
        found.append(sentence(code, {"count": count}, language))
    return tuple(found)
