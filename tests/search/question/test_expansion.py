"""What stands for a word beside itself, how much it counts, and what does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from kb.dutch.stem import stem
from kb.dutch.synonyms import Phrase, Synonym, Thesaurus
from kb.search.index.lexicon import Lexicon, make
from kb.search.question import expansion
from kb.search.question.concepts import (
    COMPOUND,
    EXACT,
    INFLECTION,
    PREFIX,
    SPELLING,
    TRANSLATION,
    Concept,
)
from kb.search.question.expansion import MAX_RUNS, Expander
from kb.search.question.spelling import Speller

PARTS = {"wijkteam": ("wijk", "team"), "schuldhulp": ("schuld", "hulp")}
COUNTS = {
    "buurtteam": 2,
    "hulp": 9,
    "preventie": 5,
    "schuld": 3,
    "schulden": 7,
    "schuldhulp": 4,
    "sociaal": 6,
    "swt": 2,
    "team": 8,
    "teams": 3,
    "wijk": 6,
    "wijken": 2,
    "wijkteam": 5,
    "werd": 4,
    "werden": 3,
    "zwolle": 2,
}
WORDS = sorted(COUNTS)
Entries = Mapping[Phrase, Sequence[Synonym]]


def same(text: str, weight: float = 0.8) -> Synonym:
    """A synonym by its words, which are stems already."""
    return Synonym(text, tuple(text.split()), weight, "synonym")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    count = np.array([COUNTS[word] for word in WORDS])
    parts = [tuple(map(stem, PARTS.get(word, ()))) for word in WORDS]
    return make(WORDS, count, count, parts)


def expander(
    lexicon: Lexicon,
    entries: Entries | None = None,
    opposites: Mapping[Phrase, tuple[str, ...]] | None = None,
    places: Sequence[str] = (),
) -> Expander:
    listed = {key: tuple(others) for key, others in (entries or {}).items()}
    longest = max(map(len, listed), default=1)
    words = Thesaurus(listed, longest, opposites or {})
    return Expander(lexicon, words, Speller(lexicon), places, passages=20)


def groups(concept: Concept) -> list[tuple[str, float, list[str]]]:
    """How, weight and words of each group."""
    return [
        (g.how, round(g.weight, 3), [WORDS[n] for n in g.words])
        for g in concept.groups
    ]


def lookups(concept: Concept) -> dict[tuple[str, str], float]:
    """Field and tokens to weight."""
    return {
        (found.field, " ".join(found.tokens)): round(found.weight, 3)
        for found in concept.lookups.values()
    }


def test_a_word_stands_for_itself_its_forms_and_its_compounds(
    lexicon: Lexicon,
) -> None:
    concept = expander(lexicon).concept("team")
    assert groups(concept) == [
        (INFLECTION, 0.95, ["team", "teams"]),
        (COMPOUND, 0.6, ["wijkteam"]),
        (EXACT, 1.0, ["team"]),
    ]
    assert lookups(concept) == {
        ("body", "team"): 0.95,
        ("section", "team"): 0.95,
        ("parts", "team"): 0.6,
    }
    assert (concept.asked, concept.place, concept.telling) == (
        "team",
        None,
        True,
    )


def test_a_compound_is_found_in_its_parts_in_a_row(lexicon: Lexicon) -> None:
    concept = expander(lexicon).concept("wijkteam")
    (run,) = concept.runs
    stems = tuple(lexicon.stem_number[stem(word)] for word in ("wijk", "team"))
    assert (run.stems, run.weight) == (stems, 0.9)
    assert (run.text, run.how) == ("wijk team", COMPOUND)
    assert lookups(concept)["body", "wijk team"] == 0.9
    assert expander(lexicon).concept("team").runs == []


def test_two_words_are_found_in_the_compound_of_them(lexicon: Lexicon) -> None:
    maker = expander(lexicon)
    asked = [maker.concept("wijk"), maker.concept("team")]
    maker.expressions(["wijk", "team"], asked)
    for concept in asked:
        assert (COMPOUND, 0.9, ["wijkteam"]) in groups(concept)
        assert lookups(concept)["body", "wijkteam"] == 0.9
    other = [maker.concept("team"), maker.concept("wijk")]
    maker.expressions(["team", "wijk"], other)
    assert ("body", "wijkteam") not in lookups(other[0])


def test_a_weightless_word_between_takes_no_part(lexicon: Lexicon) -> None:
    maker = expander(lexicon)
    wijk, team = maker.concept("wijk"), maker.concept("team")
    maker.expressions(["wijk", "", "team"], [wijk, None, team])
    assert ("body", "wijkteam") not in lookups(wijk)
    maker.expressions(["wijk", "team"], [wijk, None])
    assert ("body", "wijkteam") in lookups(wijk)


def test_short_words_make_no_compound(lexicon: Lexicon) -> None:
    """Three letters may, two may not."""
    maker = expander(lexicon)
    for first, second, joins in (
        ("wij", "kteam", True),
        ("wi", "jkteam", False),
        ("wijkte", "am", False),
    ):
        concept = maker.concept("hulp")
        maker.expressions([first, second], [concept, None])
        assert (("body", "wijkteam") in lookups(concept)) is joins


def test_a_synonym_weighs_half_of_how_near_it_is(lexicon: Lexicon) -> None:
    stems = (stem("sociaal"), "wijk")
    in_two = Synonym("sociale wijk", stems, 0.6, "synonym")
    entries: Entries = {("team",): [same("hulp"), in_two]}
    concept = expander(lexicon, entries).concept("team")
    assert ("synonym", 0.4, ["hulp"]) in groups(concept)
    assert lookups(concept)["body", "hulp"] == 0.4
    (run,) = concept.runs
    assert (run.text, run.how) == ("sociale wijk", "synonym")
    assert run.weight == pytest.approx(0.3)


def test_a_light_synonym_finds_nothing_by_itself(lexicon: Lexicon) -> None:
    """0.24 times a half is `LIGHTEST` itself."""
    for near, finds in ((0.24, False), (0.25, True)):
        maker = expander(lexicon, {("team",): [same("hulp", near)]})
        concept = maker.concept("team")
        assert ("synonym", round(near / 2, 3), ["hulp"]) in groups(concept)
        assert (("body", "hulp") in lookups(concept)) is finds


def test_expressions_are_taken_once_and_only_where_all_words_are_known(
    lexicon: Lexicon,
) -> None:
    said = [same("wijk hulp"), same("wijk hulp"), same("wijk onbekend")]
    concept = expander(lexicon, {("team",): said}).concept("team")
    assert [run.text for run in concept.runs] == ["wijk hulp"]
    stems = list(dict.fromkeys(map(stem, WORDS)))
    many = [same(f"wijk {one} hulp") for one in stems]
    many += [same(f"hulp {one} wijk") for one in stems]
    crowded = expander(lexicon, {("team",): many}).concept("team")
    assert len(crowded.runs) == MAX_RUNS


def test_what_stands_for_an_expression_stands_for_each_of_its_words(
    lexicon: Lexicon,
) -> None:
    entries: Entries = {("wijk", "hulp", "team"): [same("swt")]}
    maker = expander(lexicon, entries)
    words = ["wijk", "hulp", "team", "schuld"]
    concepts = [maker.concept(word) for word in words]
    maker.expressions(words, concepts)
    for concept in concepts[:3]:  # 0.8 of a synonym, 0.6 of an expression
        assert ("synonym", 0.24, ["swt"]) in groups(concept)
    assert ("body", "swt") not in lookups(concepts[3])


def test_the_contrary_of_a_word_stands_for_none(lexicon: Lexicon) -> None:
    entries: Entries = {("team",): [same("hulp"), same("wijk")]}
    opposites: dict[Phrase, tuple[str, ...]] = {
        ("schuld",): ("hulp",),
        ("hulp",): ("schuld",),
    }
    maker = expander(lexicon, entries, opposites)
    against = maker.contraries(["team", "", "schulden"])
    assert against == {("hulp",)}
    concept = maker.concept("team", against)
    assert concept.contraries == against
    assert ("body", "hulp") not in lookups(concept)
    assert ("body", "wijk") in lookups(concept)


def test_a_contrary_that_is_asked_too_keeps_its_names(
    lexicon: Lexicon,
) -> None:
    entries: Entries = {("hulp",): [same("wijk")]}
    opposites: dict[Phrase, tuple[str, ...]] = {
        ("schuld",): ("hulp", "wijk"),
    }
    maker = expander(lexicon, entries, opposites)
    assert maker.contraries(["schuld"]) == {("hulp",), ("wijk",)}
    assert maker.contraries(["schuld", "hulp"]) == {("hulp",)}


def test_a_municipality_is_looked_up_as_one(lexicon: Lexicon) -> None:
    maker = expander(lexicon, places=["Ede", "Zwolle", "Berg en Dal"])
    zwolle = maker.concept("zwolle")
    assert zwolle.place == 1
    assert lookups(zwolle)["municipality", "Zwolle"] == 1.0
    assert maker.concept("berg").place is None
    assert maker.concept("ede").place == 0


def test_function_words_stand_for_their_other_forms(lexicon: Lexicon) -> None:
    maker = expander(lexicon)
    assert (INFLECTION, 0.95, ["werden"]) in groups(maker.concept("werd"))
    assert (INFLECTION, 0.95, ["werd"]) in groups(maker.concept("werden"))
    forms = [how for how, _, _ in groups(maker.concept("werd"))]
    assert forms.count(INFLECTION) == 2


def test_a_star_stands_for_words_that_begin_so(lexicon: Lexicon) -> None:
    maker = expander(lexicon)
    concept = maker.prefix("wijk")
    assert concept.asked == "wijk*"
    assert groups(concept) == [(PREFIX, 1.0, ["wijk", "wijken", "wijkteam"])]
    assert lookups(concept) == {
        (name, token): 1.0
        for name in ("body", "section")
        for token in ("wijk", "wijkteam")
    }
    assert groups(maker.prefix("sw")) == [(PREFIX, 1.0, ["swt"])]
    for nothing in ("w", "qq"):
        found = maker.prefix(nothing)
        assert lookups(found) == {}
        assert not any(len(group.words) for group in found.groups)


def test_a_star_stands_for_the_most_frequent_of_many(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expansion, "MAX_PREFIX", 2)
    found = expander(lexicon).prefix("wijk").groups[0].words
    assert {WORDS[n] for n in found} == {"wijk", "wijkteam"}


def test_a_misspelled_word_stands_for_the_nearest_with_its_synonyms(
    lexicon: Lexicon,
) -> None:
    maker = expander(lexicon, {("preventie",): [same("hulp")]})
    concept = maker.concept("preventtie")  # one letter of ten: 1 - 1/11
    assert concept.corrected == "preventie"
    likeness = 1 - 1 / 11
    assert (SPELLING, round(0.8 * likeness, 3), ["preventie"]) in groups(
        concept
    )
    assert ("body", "hulp") in lookups(concept)
    unsure = maker.concept("brevvntie")  # two letters of nine: 0.8
    assert unsure.corrected == "preventie"
    assert ("body", "hulp") not in lookups(unsure)


def test_a_word_that_is_known_or_usual_is_not_corrected(
    lexicon: Lexicon,
) -> None:
    maker = expander(lexicon, {("pteventie",): [same("hulp")]})
    for asked in ("teams", "pteventie", "decision", "fietsen"):
        assert not maker.concept(asked).corrected


def test_an_english_word_is_found_by_its_translations(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"debts": ("Schulden", "lasten"), "qualms": ("onrust",)}
    monkeypatch.setattr(
        expansion, "translations", lambda word: known.get(word, ())
    )
    maker = expander(lexicon)
    concept = maker.concept("debts")
    assert groups(concept) == [(TRANSLATION, 0.4, ["schuld", "schulden"])]
    assert lookups(concept) == {
        ("body", "schuld"): 0.4,
        ("section", "schuld"): 0.4,
    }
    assert concept.translated
    assert not maker.concept("qualms").translated
    assert maker.concept("teams").translated is False
