"""LaTeX in fields becomes letters."""

from __future__ import annotations

import pytest

from kb.bibliography.latex import to_text, unescape


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"cli{\"e}nt, co\"ordinatie, {\'E}n", "cliënt, coördinatie, Én"),
        (r"na\"{\i}ef en na\"\i ef", "naïef en naïef"),
        (
            r"fa\c{c}ade, \v{S}koda, \r{A}rhus, Erd\H{o}s",
            "façade, Škoda, Århus, Erdős",
        ),
        (
            r"S{\o}ren, Stra{\ss}e, {\ae}sir, \OE uvre",
            "Søren, Straße, æsir, Œuvre",
        ),
        (
            r"Zorg \& Welzijn, 50\%, a\_b, \$5, \#1",
            "Zorg & Welzijn, 50%, a_b, $5, #1",
        ),
        ("``goed'' -- beter --- best", "“goed” – beter — best"),
        (r"\emph{Wijkteams} in \textbf{beeld}", "Wijkteams in beeld"),
        ("De {WMO} en {{VNG}}", "De WMO en VNG"),
        ("p.~12\n  en verder", "p.\u00a012 en verder"),
        (r"\{accolades\}", "{accolades}"),
        ("C#, $x^2$", "C#, x²"),
        (
            r"een $\alpha$ van 0{,}8 $\pm$ 0{,}1 en 5\,$\mu$m",
            "een α van 0,8 ± 0,1 en 5 μm",
        ),
        ("", ""),
    ],
)
def test_latex_is_read_as_text(latex: str, text: str) -> None:
    assert to_text(latex) == text


def test_addresses_keep_their_dashes_and_tildes() -> None:
    assert (
        unescape(r"https://x.nl/\~{}jan/a--b\_c\%20d")
        == "https://x.nl/~jan/a--b_c%20d"
    )
    assert unescape(r"\url{https://x.nl}") == "https://x.nl"
