"""People: who is named as author or editor, and how their names are written in CSL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from kb.bibliography.names import is_given, is_initials
from kb.structure.metadata.front import Front
from kb.structure.metadata.theses import on_thesis_cover
from kb.structure.metadata.words import any_of, word_list

Name = dict[str, str]

_INITIALS = re.compile(r"(?:[A-Z][a-z]?\.\s*-?)+")
_NOT_IN_NAMES = re.compile(r"[\d:@/\[\]()]")
_CERTIFICATES = re.compile(r"(?<=[a-zà-ÿ])(?:[\s,]+[A-Z]{3,6})+$")
_INVERTED = re.compile(
    r"[^,&\s]+,\s*(?:[A-Z]\S*\s*){1,3}(?:(?:van|de|der|den)\s*)*"
)
_BEHIND = re.compile(r"\s((?:(?:van|de|der|den|ten|ter|te|het)\s?)+)$")
_AND = re.compile(r"\s(?:en|and)\s")
_SEPARATORS = re.compile(r"\s*,\s*|\s+(?:en|and|&)\s+|\s*&\s*")
_MARK = re.compile(r"(?<=[^\W\d_])[\d*†,]+(?=\s|,|$)")
_BY = re.compile(r"^(?:door|by)\s+(?=[A-Z])", re.IGNORECASE)
_NO_NAMES = re.compile(r"[\d:;@/?!()|\"“”]|\.$")
_EDITING = ("redactie", "eindredactie")
_LONGEST = 250  # characters of a line of names
_LONGEST_GIVEN = 30
_LONGEST_BODY = 7  # words


def printed_authors(front: Front) -> list[Name]:
    """The people that a label in the document names as its authors."""
    # Who edits a document did not write it; editors have labels of their own.
    labels = [
        label for label in word_list("author_labels") if label not in _EDITING
    ]
    return labelled_names(front.lines, labels)


def declared_people(front: Front) -> list[Name]:
    """The authors that the file declares.

    A PDF and a word processor carry who made the file: such a person counts only where the
    document names them.
    """
    declared = _values(front.given.get("author"))
    if front.declared and declared:
        return [name for value in declared for name in names_of(value)]
    accounts = (*declared, *_values(front.given.get("account")))
    named = (name for value in accounts for name in names_of(value))
    return [_as_named(name) for name in named if _is_printed(name, front)]


def _values(declared: str | Sequence[str] | None) -> list[str]:
    """What a field of a file names, one or more, without accounts and programs."""
    given = [declared] if isinstance(declared, str) else list(declared or ())
    unknown = word_list("not_authors")
    return [v for v in map(str, given) if v.strip().lower() not in unknown]


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
        below = lines[at + 1 :]
        names = match["names"] or next(iter(below), "")
        found = names_of(names) if len(names) <= _LONGEST else []
        if found and all(_is_person(name) for name in found):
            more = below if match["names"] else below[1:]
            return found + listed_names(more)
    return []


def labelled_body(lines: Sequence[str]) -> str:
    """The name behind a label such as "Opgesteld door:" that is of no person.

    >>> labelled_body(["Opgesteld door: VELD", "Datum: mei 2020"])
    'VELD'
    """
    label = re.compile(
        rf"(?:{any_of(word_list('body_labels'))})\s*:?\s+(?P<name>.+)$",
        re.IGNORECASE,
    )
    matches = filter(None, map(label.match, lines))
    names = (match["name"].strip(" .") for match in matches)
    return next((name for name in names if _is_name_of_body(name)), "")


def _is_name_of_body(text: str) -> bool:
    """Whether a text is capitalised words and what joins them."""
    joins = ("en", "van", "voor", "de", "het", "der", "den", "in", "&")
    words = text.split()
    return 0 < len(words) <= _LONGEST_BODY and all(
        word in joins or word[0].isupper() for word in words
    )


def listed_names(lines: Iterable[str]) -> list[Name]:
    """The people of the first lines, as far as each is names and nothing else."""
    named = takewhile(bool, map(full_names_in, lines))
    return [name for names in named for name in names]


def full_names_in(line: str) -> list[Name]:
    """The people a line names, nobody where it says anything else."""
    bare = _without_titles(_BY.sub("", _MARK.sub("", line).strip()))
    if _NO_NAMES.search(bare):
        return []
    names = names_of(bare)
    return names if all(map(_is_in_full, names)) else []


def _is_in_full(name: Name) -> bool:
    """Whether a name has a known first name, or initials, and a family name in capitals."""
    given = name.get("given", "").split(" ")[0]
    family = name.get("family", "")
    known = is_given(given) or is_initials(given)
    return bool(known and given[:1].isupper() and family[:1].isupper())


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
        # What stands in small letters behind a name is what its bearer does.
        parts = [p for p in _SEPARATORS.split(text) if not p.islower()]
    return [name for part in parts if (name := _name(part))]


def _names_organisation(text: str) -> bool:
    bodies = word_list("organisations")
    return any(word.lower() in bodies for word in re.split(r"[\s,]+", text))


def _without_titles(text: str) -> str:
    """`text` without "dr.", "drs.", "MSc"."""
    titles = "|".join(word_list("titles_of_people"))
    pattern = rf"(?<!\w)(?:{titles})(?:\.|(?=[\s,)]|$))\s*"
    bare = re.sub(pattern, "", text, flags=re.IGNORECASE).strip()
    return _CERTIFICATES.sub("", bare) if bare.count(" ") > 1 else bare


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
