"""How is a work cited that was read about in another? The secondary citation of APA 7 §8.6.

A student who quotes a sentence that reports what Tonkens (2016) found has read Teekman,
not Tonkens: "(Tonkens, 2016, aangehaald in Teekman et al., 2016, p. 28)". Only the work
that was read stands in the reference list.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.records import Formatted

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
    works = "; ".join(dict.fromkeys(work.parenthetical for work in cited))
    return f"({works}, {through} {read_in.parenthetical}, {locator})"
