"""How are these works cited together? A reading list in the style's order, namesakes and years told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.citing.inlines import html_of, inlines_of, text_of
from kb.citing.pandoc import Ast, cite, cited
from kb.citing.preparation import prepared, restored, small_particle, with_initials
from kb.citing.style import LOCALES, prints_initials, style_xml
from kb.citing.works import before_note, etal_of, in_list, in_sentence, narrative_of, refs_of, without_brackets
from kb.records import Csl
from kb.store.schema import Formatted

_TEXTS = ("reference", "reference_html", "parenthetical", "narrative")


def bibliography(
    items: Sequence[Csl], style: str = "apa", language: str = "nl", conventions: str = "nl", *, seconds: float = 20.0
) -> list[Formatted]:
    """The works of one list (CSL with an `id`) in the style's order; forms hold year letters (2015a) and added initials.

    A work the style does not list (personal communication) comes last, with an empty reference.
    Raises UnknownStyleError, PandocError.
    """
    works = list({str(csl["id"]): csl for csl in items}.values())
    ids = [f"w{n}" for n in range(len(works))]
    records = [prepared(csl, id, conventions, language) for csl, id in zip(works, ids, strict=True)]
    if prints_initials(style):
        records = [with_initials(record) for record in records]
    blocks: list[Ast] = [{"t": "Para", "c": [cite([id], narrative=narrative)]} for id in ids for narrative in (False, True)]
    xml = style_xml(style, language, alone=False, etal=etal_of(conventions))
    out = cited(records, xml, LOCALES.get(language, language), blocks, seconds=seconds) if works else []
    refs = {id: inlines for id, inlines in refs_of(out).items() if text_of(inlines).strip()}
    order = [*refs, *(id for id in ids if id not in refs)]
    made = [_entry(works[n], out[2 * n : 2 * n + 2], refs.get(f"w{n}", []), style, language) for n in (int(id[1:]) for id in order)]
    return [replace(f, **{name: in_list(getattr(f, name), works, conventions) for name in _TEXTS}) for f in made]


def _entry(csl: Csl, forms: Sequence[Ast], reference: list[Ast], style: str, language: str) -> Formatted:
    parenthetical = restored(small_particle(without_brackets(text_of(inlines_of(forms[0])))))
    return Formatted(
        work=str(csl["id"]),
        style=style,
        language=language,
        reference=restored(text_of(reference)).strip(),
        reference_html=restored(html_of(reference), "&amp;").strip(),
        parenthetical=parenthetical,
        narrative=narrative_of(in_sentence(text_of(before_note(inlines_of(forms[1]))), language), parenthetical),
    )
