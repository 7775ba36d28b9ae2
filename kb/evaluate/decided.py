"""What did curators decide on themes, and on which passages? What learning goes by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.curation import State
from kb.curation.lost import found_again
from kb.curation.tags import Views, views_of
from kb.records import Passage
from kb.settings import Settings
from kb.store import Store
from kb.themes import Frameworks
from kb.themes.cues.proposing import CueChange, proposed
from kb.themes.cues.rewriting import difference, rewritten
from kb.themes.framework_files import framework_texts, parse

LABELS = {"evidence": "evidence", "mention": "mention", "none": "nothing"}
OURS = "kb/themes/frameworks"  # where the files lie that come with the project


def decided(
    state: State, store: Store
) -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, Sequence[Passage]]]:
    """(passage → theme → label, all passages of the documents that have any).

    What coders settled on wins over what one curator said.
    """
    views = views_now(state, store)
    labels = {
        passage: {theme: LABELS[view] for theme, view in found.items()}
        for passage, found in views.items()
    }
    known = store.passages(ids=labels)
    wanted = sorted({passage.document for passage in known})
    return labels, {id: store.passages(id) for id in wanted}


def views_now(state: State, store: Store) -> Views:
    """Passage → theme → view, under the ids that passages have now."""
    events = [*state.holding("theme"), *state.holding("settle")]
    return views_of(found_again(events, store).events)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What decisions propose for one framework file.

    Attributes:
        path: of the file: from the corpus of its user, or as it lies in the project.
        made: the changes that the diff holds.
        left: those that its layout did not allow: by hand.
        diff: for `patch -p1`.
    """

    path: str
    made: tuple[CueChange, ...]
    left: tuple[CueChange, ...]
    diff: str


def cues_proposed(
    settings: Settings,
    frameworks: Frameworks,
    state: State,
    store: Store,
    newest: int | None = None,
) -> Iterator[Proposed]:
    """What people's decisions say of cues, for each framework file that should change.

    Args:
        settings: where the user's own frameworks are.
        frameworks: as they are now.
        state: what was decided.
        store: the passages that it was decided on.
        newest: so many passages at most, those decided on last; all when not given.
    """
    views = views_now(state, store)
    ids = list(views)[-newest:] if newest else list(views)
    changes = proposed(frameworks, store.passages(ids=ids), views)
    for name, text in framework_texts(settings.corpus_dir / "frameworks"):
        codes = {t.code for t in parse(text, name).framework.themes}
        wanted = [change for change in changes if change.theme in codes]
        if wanted:
            path = name if "/" in name else f"{OURS}/{name}"
            yield _for_file(path, text, wanted)


def _for_file(path: str, text: str, wanted: Sequence[CueChange]) -> Proposed:
    after, left = rewritten(text, path, wanted)
    made = tuple(change for change in wanted if change not in left)
    return Proposed(path, made, tuple(left), difference(text, after, path))
