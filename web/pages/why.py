"""Why is this theme on this passage? In words; the numbers are for who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from kb.records import Passage, Tag
from web import words
from web.generation import Generation
from web.highlighting import Mark, marked
from web.pages.cards import ThemeChip, chip
from web.pages.query_summary import listed

NAMED = 6  # words of the text that are named
TELLS = 0.5  # what a layer must add to be named as a reason


@dataclass(frozen=True, slots=True)
class Why:
    """A theme on the passage with what earned it.

    `reasons` are sentences for a reader, `numbers` what the tagger added up.
    """

    theme: ThemeChip
    tag: Tag
    html: Markup
    certainty: str
    reasons: tuple[str, ...]
    numbers: tuple[tuple[str, float], ...]


def why(generation: Generation, passage: Passage, tag: Tag) -> Why:
    """The reasons for a tag."""
    cue = (("class", "cue"),)
    marks = [Mark(c.start, c.end, "mark", cue) for c in tag.cues]
    return Why(
        theme=chip(generation, tag.theme, tag.score),
        tag=tag,
        html=marked(passage.text, marks),
        certainty=words.certainty(tag),
        reasons=tuple(_reasons(passage, tag)),
        numbers=tuple(
            (words.name(words.LAYERS, layer), score)
            for layer, score in tag.layers.items()
        ),
    )


def _reasons(passage: Passage, tag: Tag) -> Iterable[str]:
    if tag.origin == "curator":
        yield str(_("De redactie heeft dit thema gegeven."))
    if found := _distinct(cue.text for cue in tag.cues):
        quoted = listed([f"‘{word}’" for word in found], _("en"))
        yield str(_("In de tekst staat %(words)s.", words=quoted))
    if tag.layers.get("section", 0) >= TELLS and passage.section:
        yield str(_("De kop erboven: ‘%(title)s’.", title=passage.section[-1]))
    if tag.layers.get("around", 0) >= TELLS:
        yield str(_("De passages ernaast gaan er ook over."))
    if tag.layers.get("wording", 0) >= TELLS:
        yield str(_("De woordkeus lijkt op die van andere passages erover."))


def _distinct(found: Iterable[str]) -> list[str]:
    """The first different words, whatever their capitals."""
    by_word: dict[str, str] = {}
    for word in found:
        by_word.setdefault(word.lower(), word)
    return list(by_word.values())[:NAMED]
