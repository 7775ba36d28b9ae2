"""What is uncertain about this quotation? Said once, plainly, on the citation."""

from __future__ import annotations

from kb.citing.locator import computed_page, has_certain_page
from kb.errors import sentence
from kb.records import Document, Passage

# Below this share of sure letters a reader should look at the source; Tesseract's own
# mean is above .9 on clean prints.
LOW_CONFIDENCE = 0.85


def caveats(
    passage: Passage, document: Document, language: str = "nl"
) -> tuple[str, ...]:
    """Sentences on page, reading and repair; none where all is as printed."""
    found = []
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
