"""How is a work cited that was read about in another? The secondary citation of APA 7 §8.6.

A student who quotes a sentence that reports what Tonkens (2016) found has read Teekman,
not Tonkens: "(Tonkens, 2016, aangehaald in Teekman et al., 2016, p. 28)". Only the work
that was read stands in the reference list.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.dutch.fold import fold
from kb.records import Formatted

_PARTICLES = (
    "van ",
    "de ",
    "der ",
    "den ",
    "ter ",
    "ten ",
    "het ",
    "’t ",
    "in ",
)
_THROUGH = {"nl": "aangehaald in", "en": "as cited in"}


def secondary_citation(
    cited: Sequence[Formatted], read_in: Formatted, locator: str
) -> str:
    """The citation, in brackets.

    Args:
        cited: the works that the quoted words report; at least one, each once.
        read_in: the document that was read; its language is that of the result.
        locator: where in it the words stand, "p. 28".

    >>> def work(who): return Formatted("w", "apa", "nl", "", "", who, "")
    >>> secondary_citation([work("Tonkens, 2016")], work("Teekman et al., 2016"), "p. 28")
    '(Tonkens, 2016, aangehaald in Teekman et al., 2016, p. 28)'
    """
    through = _THROUGH.get(read_in.language, _THROUGH["en"])
    named = {work.parenthetical for work in cited}
    # In the order of the reference list, as APA has it for works in one bracket.
    works = "; ".join(sorted(named, key=sort_key))
    return f"({works}, {through} {read_in.parenthetical}, {locator})"


def sort_key(parenthetical: str) -> str:
    """A citation as a Dutch reference list sorts it: without the particle in front.

    >>> sorted(["Van der Lans, 2010", "Crocker, 2007", "Arnstein, 1969"], key=sort_key)
    ['Arnstein, 1969', 'Crocker, 2007', 'Van der Lans, 2010']
    """
    key = fold(parenthetical)
    while True:
        shorter = next(
            (key[len(p) :] for p in _PARTICLES if key.startswith(p)), key
        )
        if shorter == key:
            return key
        key = shorter
