"""Who is this? One name, however a program or a person wrote it, as a CSL name.

A name is a person (family name, given names, particle) or an organisation (`literal`).
Particles of Dutch family names always stand apart, as `non-dropping-particle`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from kb.bibliography.wordlists import phrases
from kb.dutch.fold import fold

Name = dict[str, str]

OTHERS = "others"  # the family name that stands for all who are not named

_ROLE = re.compile(
    r"\((?:eind)?(?:redactie|reds?|eds?|editors?|hrsg)\.?\)", re.IGNORECASE
)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
# "SCP", "GGZ-NHN", "OudeNH": capitals in mid-word, but not "McDonald" or "DeWitt".
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]*[A-Z]+[A-Za-z&+]*\d*")
_INNER_CAPITAL = re.compile(r"(?:Mc|Mac|De|Van|La|Le|Di|Du|O)[A-Z][a-z]+")
_MAX_INITIALS = 14  # characters of "A.B.C.D.E.F.G."
_SHORTEST_SHOUTED = (
    4  # letters; "BOS, I." may be an abbreviation with initials
)
_MIN_COMPOUND = (
    8  # letters; a shorter word on -raad or -groep may be a family name
)


def _names(key: str) -> frozenset[str]:
    return phrases("kb.bibliography", "names.toml", key)


def _publishers(key: str) -> frozenset[str]:
    return phrases("kb.bibliography", "publishers.toml", key)


def is_particle(word: str) -> bool:
    """Whether `word` is a particle of family names, in either case."""
    return fold(word).strip(",") in _names("particles")


def _is_initial(part: str) -> bool:
    """One initial of a group: a letter, two capitals ("IJ"), or a known longer one ("Chr")."""
    if len(part) == 1 or fold(part) in _names("long_initials"):
        return True
    return len(part) == 2 and part.isupper()


def is_initials(word: str) -> bool:
    """Whether `word` is a group of initials.

    >>> [is_initials(w) for w in ("M.", "J.P.", "A", "R.-J.", "Chr.", "Jan", "VNG")]
    [True, True, True, True, True, False, False]
    """
    if not word or not word[0].isupper() or len(word) > _MAX_INITIALS:
        return False
    bare = word.rstrip(".,")
    is_long = fold(bare) in _names("long_initials")
    if is_long and (word.endswith(".") or len(bare) <= 2):
        return True
    if "." in word:
        return all(map(_is_initial, filter(None, re.split(r"[.\-‐–]", word))))
    return bare.isupper() and (
        len(bare) <= 2 or (len(bare) == 3 and "-" in bare)
    )


def is_given(word: str) -> bool:
    """Whether `word` is a known first name, also one of two with a hyphen."""
    known = _names("given")
    folded = fold(word)
    return folded in known or (
        "-" in folded and all(part in known for part in folded.split("-"))
    )


def is_known_institute(text: str) -> bool:
    """Whether `text` is the name of an institute, newspaper or periodical in the lists."""
    folded = fold(text).strip(" .,:;()")
    return any(
        folded in _publishers(key)
        for key in ("institute", "newspapers", "periodicals")
    )


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted(_publishers("organisation_endings")))


def _has_organisation_word(folded: str) -> bool:
    stems = _publishers("organisation_words")
    for word in re.findall(r"[\w-]+", folded):
        if word in stems or any(part in stems for part in word.split("-")):
            return True
        if len(word) > _MIN_COMPOUND and word.endswith(_endings()):
            return True
    return False


@lru_cache(maxsize=20_000)
def is_organisation(text: str) -> bool:
    """Whether `text` names an organisation: a known one, an abbreviation, or by a word in it.

    >>> [is_organisation(t) for t in ("SCP", "Gemeente Ede", "Stadsinspectie", "Oude Vrielink")]
    [True, True, True, False]
    """
    folded = fold(text).strip(" .,:;()")
    if is_known_institute(text):
        return True
    if "/" in folded and all(
        part.strip() in _publishers("institute") for part in folded.split("/")
    ):
        return True
    bare = text.strip(" .,")
    if _ABBREVIATION.fullmatch(bare) and not _INNER_CAPITAL.fullmatch(bare):
        return True
    return _has_organisation_word(folded)


def is_others(text: str) -> bool:
    """Whether `text` stands for further authors: "others", "et al.", "e.a."."""
    return fold(text).strip(" .,{}") in _names("others")


def split_particle(family: str) -> tuple[str, str]:
    """Leading particles of a family name and the rest, which is never empty.

    >>> split_particle("van der Lans"), split_particle("Oude Vrielink")
    (('van der', 'Lans'), ('', 'Oude Vrielink'))
    """
    words = family.split()
    count = 0
    while count < len(words) - 1 and is_particle(words[count]):
        count += 1
    if count and fold(words[0]) not in _names("leading"):
        return "", family
    return " ".join(words[:count]), " ".join(words[count:])


def person(family: str, given: str = "", suffix: str = "") -> Name:
    """A person, with particles apart wherever they were written.

    >>> person("Waal", "V. de")
    {'family': 'Waal', 'given': 'V.', 'non-dropping-particle': 'de'}
    """
    first_names = given.split()
    behind: list[str] = []
    # In small letters only: the capital of "Jan In" may be the start of a second name.
    while (
        first_names
        and first_names[-1].islower()
        and is_particle(first_names[-1])
    ):
        behind.insert(0, first_names.pop())
    particle, rest = split_particle(" ".join([*behind, family]))
    name = {"family": rest}
    if first_names:
        name["given"] = " ".join(first_names)
    if particle:
        name["non-dropping-particle"] = particle.lower()
    if suffix:
        name["suffix"] = suffix
    return name


def _words_before_family(words: Sequence[str]) -> int:
    """How many of `words` stand before the family name with its particles."""
    if words[0][:1].islower() or (
        is_particle(words[0]) and not is_given(words[0])
    ):
        return 0
    for at, word in enumerate(words[1:-1], 1):
        if word[:1].islower() or is_particle(word):
            return at
    return len(words) - 1


def person_in_order(words: Sequence[str]) -> Name:
    """A person written first names first: "Vincent de Waal"."""
    at = _words_before_family(words)
    return person(" ".join(words[at:]), " ".join(words[:at]))


def begins_as_person(text: str) -> bool:
    """Whether first names or initials, and at most particles, stand before the last word.

    >>> [begins_as_person(t) for t in ("Jan Peter Bos", "Jan Raad", "Anne Frank Stichting")]
    [True, True, False]
    """
    first, *behind = text.split()
    if not behind or not (is_given(first) or is_initials(first)):
        return False
    *middle, last = behind
    two_names = bool(middle) and is_given(
        middle[-1]
    )  # "Anne Frank" before the last word
    if two_names and _has_organisation_word(fold(last)):
        return False
    return all(is_particle(w) or is_initials(w) or is_given(w) for w in middle)


def is_organisation_alone(text: str) -> bool:
    """An organisation, and not a person whose family name is a word such as Raad or Kamer."""
    if is_known_institute(text):
        return True
    return " " in text and is_organisation(text) and not begins_as_person(text)


def is_organisation_with_comma(before: str, behind: str) -> bool:
    """ "Ministerie van Onderwijs, Cultuur en Wetenschap", against "de Raad, Jan"."""
    if is_particle(before.split()[0]) or not is_organisation_alone(before):
        return False
    return not any(
        is_initials(word) or is_given(word) for word in behind.split()
    )


def _without_shouting(family: str) -> str:
    """A family name that a catalogue gives in capitals, as people write it.

    >>> _without_shouting("VAN DER LANS"), _without_shouting("McDONALD"), _without_shouting("Ng")
    ('Van Der Lans', 'McDONALD', 'Ng')
    """
    letters = sum(char.isalpha() for char in family)
    if not family.isupper() or letters < _SHORTEST_SHOUTED:
        return family
    return re.sub(
        r"[^\W\d_]+", lambda word: word[0].capitalize(), family
    ).replace("Ij", "IJ")


def _of_parts(parts: Sequence[str]) -> Name:
    """A person of the two or three parts between the commas of "family, suffix, given"."""
    family = _without_shouting(parts[0])
    if len(parts) > 2 and all(
        map(is_particle, parts[1].split())
    ):  # "Berg, van den, J."
        return person(f"{parts[1]} {family}", " ".join(parts[2:]))
    if len(parts) > 2 and _SUFFIX.fullmatch(parts[-1]):  # "Jansen, Piet, Jr."
        return person(family, " ".join(parts[1:-1]), parts[-1])
    if len(parts) > 2:
        return person(family, " ".join(parts[2:]), parts[1])
    if _SUFFIX.fullmatch(parts[1]):
        return person_in_order(family.split()) | {"suffix": parts[1]}
    return person(family, parts[1])


def _of_family_alone(parts: Sequence[str]) -> Name | None:
    """A person by family name only, as a comma behind it says; None where it does not."""
    family, *rest = parts
    known = is_organisation_alone(family) or begins_as_person(family)
    if known or len(rest) > 1 or not all(map(_SUFFIX.fullmatch, rest)):
        return None
    return person(family, suffix="".join(rest))


def _without_title(text: str) -> str:
    """`text` without "prof. dr." in front."""
    words = text.split()
    while len(words) > 1 and words[0].endswith(".") and _is_title(words[0]):
        words.pop(0)
    return " ".join(words)


def _is_title(word: str) -> bool:
    return fold(word).strip(".") in _names("titles")


def name_of(text: str) -> Name | None:
    """The one name that `text` is; None where there is nothing, or only "et al.".

    A single unknown word is a family name.

    >>> name_of("Lans, Jos van der") == name_of("Jos van der Lans") == name_of("Van der Lans, Jos")
    True
    >>> name_of("Sociaal en Cultureel Planbureau")
    {'literal': 'Sociaal en Cultureel Planbureau'}
    >>> name_of("Raad, Jan"), name_of("e.a.")
    ({'family': 'Raad', 'given': 'Jan'}, None)
    >>> name_of("Oude Vrielink,")
    {'family': 'Oude Vrielink'}
    """
    whole = " ".join(_ROLE.sub(" ", text).split()).strip(" ;")
    text = _without_title(whole.strip(" ,;"))
    if not any(c.isalnum() for c in text) or is_others(text):
        return None
    parts = [part for part in re.split(r"\s*,\s*", text) if part]
    if whole.endswith(",") and (alone := _of_family_alone(parts)):
        return alone
    if len(parts) == 1:
        if is_organisation_alone(text):
            return {"literal": text}
        return person_in_order(text.split())
    if is_organisation_with_comma(parts[0], " ".join(parts[1:])):
        return {"literal": text}
    return _of_parts(parts)


# -- showing

_IN_ORDER = (
    "given",
    "dropping-particle",
    "non-dropping-particle",
    "family",
    "suffix",
)


def in_order(name: Mapping[str, Any]) -> str:
    """ "Vincent de Waal"; an organisation as it is called."""
    if name.get("literal"):
        return str(name["literal"])
    return " ".join(str(name[part]) for part in _IN_ORDER if name.get(part))


def family_of(name: Mapping[str, Any]) -> str:
    """Family name with its particles before it: "van der Lans"."""
    parts = ("dropping-particle", "non-dropping-particle", "family")
    return " ".join(str(name[part]) for part in parts if name.get(part))


def inverted(name: Mapping[str, Any]) -> str:
    """ "van der Lans, Jos" or "Jansen, Jr., Piet"; an organisation as it is called."""
    if name.get("literal"):
        return str(name["literal"])
    parts = (family_of(name), name.get("suffix"), name.get("given"))
    return ", ".join(str(part) for part in parts if part)


def with_comma(name: Mapping[str, Any]) -> str:
    """`inverted`, with a comma behind the family name of a person without given names.

    Programs take a name without a comma for an organisation, or its first word for a
    given name.

    >>> with_comma({"family": "Oude Vrielink"}), with_comma({"literal": "SCP"})
    ('Oude Vrielink,', 'SCP')
    """
    written = inverted(name)
    person_alone = not (name.get("literal") or name.get("given"))
    return f"{written}," if person_alone else written
