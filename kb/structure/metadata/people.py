"""People: who is named as author or editor, and how their names are written in CSL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kb.bibliography.names import is_given, is_initials
from kb.structure.metadata.front import Front
from kb.structure.metadata.theses import on_thesis_cover
from kb.structure.metadata.words import any_of, word_list

Name = dict[str, str]

_INITIALS = re.compile(r"(?:[A-Z][a-z]?\.\s*-?)+")
_NOT_IN_NAMES = re.compile(r"\d|[:@/]")
_INVERTED = re.compile(
    r"[^,&\s]+,\s*(?:[A-Z]\S*\s*){1,3}(?:(?:van|de|der|den)\s*)*"
)
_BEHIND = re.compile(r"\s((?:(?:van|de|der|den|ten|ter|te|het)\s?)+)$")
_AND = re.compile(r"\s(?:en|and)\s")
_SEPARATORS = re.compile(r"\s*,\s*|\s+(?:en|and|&)\s+|\s*&\s*")
_EDITING = ("redactie", "eindredactie")
_LONGEST = 250  # characters of a line of names
_LONGEST_GIVEN = 30


def printed_authors(front: Front) -> list[Name]:
    """The people that a label in the document names as its authors."""
    # Who edits a document did not write it; editors have labels of their own.
    labels = [
        label for label in word_list("author_labels") if label not in _EDITING
    ]
    return labelled_names(front.lines, labels)


def declared_people(front: Front) -> list[Name]:
    """The authors that the file declares.

    A PDF carries who made the file: such a person counts only where the document names them.
    """
    declared = front.given.get("author") or []
    values = [declared] if isinstance(declared, str) else list(declared)
    found = []
    for value in map(str, values):
        if value.strip().lower() in word_list("not_authors"):
            continue
        for name in names_of(value):
            if front.declared:
                found.append(name)
            elif _is_printed(name, front):
                found.append(_as_named(name))
    return found


def writer_of_thesis(front: Front) -> list[Name]:
    """The writer whom the cover of a thesis names."""
    return names_of(on_thesis_cover(front)[1])


def _as_named(name: Name) -> Name:
    """A name that a PDF declares; one without a known first name may be a body's.

    >>> _as_named({"family": "Ground", "given": "Firm"})
    {'literal': 'Firm Ground'}
    >>> _as_named({"family": "Prins", "given": "Anna"})["family"]
    'Prins'
    """
    given = name.get("given", "")
    first = given.split(" ")[0]
    if (
        is_given(first)
        or is_initials(first)
        or "non-dropping-particle" in name
    ):
        return name
    return {"literal": f"{given} {name['family']}"}


def _is_printed(name: Name, front: Front) -> bool:
    """Whether the first pages name a person in full."""
    full = f"{name.get('given', '')} {name.get('family', '')}".strip()
    return "given" in name and full.casefold() in front.text.casefold()


def labelled_names(lines: Sequence[str], labels: Iterable[str]) -> list[Name]:
    """The names behind a label such as "Auteurs:", or on the line below one that stands alone."""
    pattern = re.compile(
        rf"(?:{any_of(labels)})\s*(?::\s*(?P<names>.+)|:?)$", re.IGNORECASE
    )
    for at, line in enumerate(lines):
        match = pattern.match(line)
        if match is None:
            continue
        names = match["names"] or (
            lines[at + 1] if at + 1 < len(lines) else ""
        )
        found = names_of(names) if len(names) <= _LONGEST else []
        if found and all(_is_person(name) for name in found):
            return found
    return []


def _is_person(name: Mapping[str, str]) -> bool:
    short = len(name.get("given", "")) <= _LONGEST_GIVEN
    return (
        "family" in name
        and short
        and not _NOT_IN_NAMES.search(" ".join(name.values()))
    )


def names_of(text: str) -> list[Name]:
    """The CSL names of a list of people.

    >>> names_of("A. de Boer & dr. X. Smit")[0]["non-dropping-particle"]
    'de'
    >>> [name["family"] for name in names_of("Jansen, Erik; Smit, X.")]
    ['Jansen', 'Smit']
    """
    text = _without_titles(re.sub(r"\s+", " ", text).strip())
    # Semicolons part names that hold commas themselves. Names of bodies hold
    # commas and "en" too, and are not parted at these.
    if ";" in text:
        parts = text.split(";")
    elif _names_organisation(text):
        return [{"literal": text.strip(" .")}]
    elif _INVERTED.fullmatch(text) and not _AND.search(text):
        parts = [text]
    else:
        parts = _SEPARATORS.split(text)
    return [name for part in parts if (name := _name(part))]


def _names_organisation(text: str) -> bool:
    bodies = word_list("organisations")
    return any(word.lower() in bodies for word in re.split(r"[\s,]+", text))


def _without_titles(text: str) -> str:
    """`text` without "dr.", "drs.", "MSc"."""
    titles = "|".join(word_list("titles_of_people"))
    pattern = rf"(?<!\w)(?:{titles})(?:\.|(?=[\s,)]|$))\s*"
    return re.sub(pattern, "", text, flags=re.IGNORECASE).strip()


def _name(text: str) -> Name | None:
    """One name in CSL: family and given, or a literal where it is one word or an organisation."""
    text = _without_titles(text).strip(" ,()")
    # The point behind an initial belongs to the name: "Jansen, E."
    text = text if re.search(r"[A-Z]\.$", text) else text.strip(" .")
    if not re.search(r"[^\W\d_]{2}", text):
        return None
    if "," in text:
        family, given = _inverted(text)
    else:
        words = text.split()
        at = _family_at(words)
        if at == 0:
            return {"literal": text}
        family, given = " ".join(words[at:]), " ".join(words[:at])
    if any(
        word.lower() in word_list("organisations") for word in text.split()
    ):
        return {"literal": text}
    return _with_particle(family, given)


def _inverted(text: str) -> tuple[str, str]:
    """Family and given name of "Boer, Anna de"."""
    family, given = (part.strip() for part in text.split(",", 1))
    behind = _BEHIND.search(given)
    if behind is None:
        return family, given
    return f"{behind[1].strip()} {family}", given[: behind.start()]


def _family_at(words: Sequence[str]) -> int:
    """Where the family name begins: at the first particle, else at the last word."""
    particles = word_list("particles")
    at = (i for i, word in enumerate(words) if i and word.lower() in particles)
    return next(at, len(words) - 1)


def _with_particle(family: str, given: str) -> Name:
    words = family.split()
    at = 0
    while at < len(words) - 1 and words[at].lower() in word_list("particles"):
        at += 1
    name = {"family": " ".join(words[at:]), "given": _spaced_initials(given)}
    if at:
        name["non-dropping-particle"] = " ".join(words[:at]).lower()
    return {key: value for key, value in name.items() if value}


def _spaced_initials(given: str) -> str:
    """Initials apart, as APA writes them: "P.J." → "P. J."."""
    given = given.strip()
    return (
        re.sub(r"\.(?=[A-Z])", ". ", given)
        if _INITIALS.fullmatch(given)
        else given
    )
