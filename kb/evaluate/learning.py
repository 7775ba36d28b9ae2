"""Does the theme model get better by what people decided? Measured first, then kept or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from kb.curation import FILE, read_log
from kb.errors import KbError
from kb.evaluate.decided import decided
from kb.generations import open_store
from kb.records import Passage
from kb.settings import Settings
from kb.themes import Frameworks, Tagger, load_frameworks
from kb.themes.labelled import documents_of, labels_of_gold, read_gold
from kb.themes.model import Model, load_model, save_model
from kb.themes.training.adapting import adapt
from kb.themes.training.examples import Examples, examples_of, together
from kb.themes.training.validation import answers
from kb.whole_files import write_whole

MODEL, BEFORE = "themes-model.json", "themes-model.before.json"
LEAST = 20  # decisions: fewer say nothing of a gain
FOLDS = 8
ROUNDS = 1000  # of the bootstrap
Counts = NDArray[np.float64]  # right, too many, missed: by passage


class TooFewDecisionsError(KbError):
    code = "too_few_decisions"


@dataclass(frozen=True, slots=True)
class Changed:
    """A passage of which other themes are shown now."""

    passage: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gain:
    """What going on from decisions brings on decisions left out.

    Attributes:
        within: the folds are parts of one document, for want of others.
        before, after: micro-F1 on what was left out.
        span: (2.5 %, mean, 97.5 %) of the difference, by a paired bootstrap.
    """

    within: bool
    before: float
    after: float
    span: tuple[float, float, float]

    @property
    def is_better(self) -> bool:
        """Whether the model of after is the one to use."""
        return self.span[1] > 0


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt, and whether it was kept.

    Attributes:
        decisions: how many themes on passages people decided on.
        documents: in how many documents.
        within: the folds are parts of one document, for want of others.
        before, after: micro-F1 on what was left out.
        gain: (2.5 %, mean, 97.5 %) of the difference, by a paired bootstrap.
        kept: whether the model of after is in use from the next build on.
        changed: passages of the decided documents with other themes than before.
    """

    decisions: int
    documents: int
    within: bool
    before: float
    after: float
    gain: tuple[float, float, float]
    kept: bool
    changed: tuple[Changed, ...] = ()


def learn(
    settings: Settings, gold: Path | None = None, keep: bool = True
) -> Learnt:
    """Let the theme model learn from decisions, where that makes it better.

    Args:
        settings: where corpus and index are.
        gold: coded paragraphs besides, as `kb evaluate` reads them.
        keep: write the model, when it is better.

    Raises:
        TooFewDecisionsError: too few to tell whether it gets better.
        NoIndexError: nothing was built yet.
        InputFileError, NoSuchFileError: the gold, or an own model, cannot be read.
    """
    frameworks = load_frameworks(settings.corpus_dir / "frameworks")
    base = base_model(settings.corpus_dir)
    codes = [c for c in frameworks.themes if c in base.evidence.themes]
    state = read_log(settings.corpus_dir / FILE).state
    store = open_store(settings)
    try:
        labels, documents = decided(state, store)
    finally:
        store.close()
    count = sum(len(found) for found in labels.values())
    if count < LEAST:
        raise TooFewDecisionsError(count=count, least=LEAST)
    examples = examples_of(frameworks, documents, labels, codes)
    if gold is not None:
        rows = read_gold(gold)
        coded = labels_of_gold(rows, codes)
        more = examples_of(frameworks, documents_of(rows), coded, codes)
        examples = together([examples, more])
    return _measured(settings, frameworks, base, examples, documents, keep)


def base_model(corpus: Path) -> Model:
    """What learning goes on from: never what it made itself, or decisions count twice."""
    own, before = corpus / MODEL, corpus / BEFORE
    if before.is_file():
        return load_model(before)
    if own.is_file() and "decisions" not in load_model(own).card:
        return load_model(own)
    return load_model()


def _measured(
    settings: Settings,
    frameworks: Frameworks,
    base: Model,
    examples: Examples,
    documents: Mapping[str, Sequence[Passage]],
    keep: bool,
) -> Learnt:
    gain = gain_of(base, examples, settings.theme_probability)
    found = Learnt(
        decisions=int(examples.said.sum()),
        documents=len(set(examples.groups.tolist())),
        within=gain.within,
        before=gain.before,
        after=gain.after,
        gain=gain.span,
        kept=gain.is_better and keep,
    )
    if not found.kept:
        return found
    model = msgspec.structs.replace(
        adapt(base, examples), card=_card(base, found)
    )
    own = settings.corpus_dir / MODEL
    if own.is_file() and "decisions" not in load_model(own).card:
        # A copy: the model in use is there at every moment.
        write_whole(settings.corpus_dir / BEFORE, own.read_bytes())
    before = Tagger(frameworks, base, settings.theme_probability)
    now = Tagger(frameworks, model, settings.theme_probability)
    changed = tuple(_changed(before, now, documents))
    save_model(model, own)
    return replace(found, changed=changed)


def gain_of(base: Model, examples: Examples, bar: float) -> Gain:
    """What `base` gains on each fold of decisions by those of the others.

    Args:
        base: the model of before.
        examples: what was decided.
        bar: the probability from which a theme is shown.
    """
    groups, within = _groups(examples)
    ours, theirs = _left_out(base, examples, groups, bar)
    return Gain(
        within,
        f1(ours.sum(axis=0)),
        f1(theirs.sum(axis=0)),
        _bootstrap(ours, theirs),
    )


def _groups(examples: Examples) -> tuple[NDArray[np.str_], bool]:
    """What is left out together: documents, or stretches of the only one."""
    if len(set(examples.groups.tolist())) > 1:
        return examples.groups, False
    count = len(examples.ids)
    places = np.arange(count) * FOLDS // max(1, count)
    return places.astype(str), True


def _left_out(
    base: Model, examples: Examples, groups: NDArray[np.str_], bar: float
) -> tuple[Counts, Counts]:
    """Right, too many and missed by passage: by the model of before, and of after."""
    names = sorted(set(groups.tolist()))
    fold_of = {name: at % FOLDS for at, name in enumerate(names)}
    folds = np.array([fold_of[name] for name in groups])
    before, _ = answers(base, examples)
    after = np.zeros_like(before)
    for fold in sorted(set(folds.tolist())):
        inside = folds == fold
        model = adapt(base, examples.of(~inside))
        after[inside], _ = answers(model, examples.of(inside))
    return _counts(examples, before, bar), _counts(examples, after, bar)


def _counts(
    examples: Examples, scores: NDArray[np.float64], bar: float
) -> Counts:
    sure = examples.said & ~examples.mention
    shown = (scores >= bar) & examples.has_cue & sure
    wanted = examples.evidence & sure
    each = (shown & wanted, shown & ~wanted, wanted & ~shown)
    return np.stack([part.sum(axis=1) for part in each], axis=1).astype(float)


def f1(counts: Counts) -> float:
    """The F1 of (right, too many, missed); 0 where nothing was there.

    >>> f1(np.array([2.0, 1.0, 1.0]))
    0.6666666666666666
    """
    right, many, missed = (float(part) for part in counts)
    total = 2 * right + many + missed
    return 2 * right / total if total else 0.0


def _bootstrap(ours: Counts, theirs: Counts) -> tuple[float, float, float]:
    random = np.random.default_rng(1)
    found = []
    for _ in range(ROUNDS):
        drawn = random.integers(0, len(ours), len(ours))
        gain = f1(theirs[drawn].sum(axis=0)) - f1(ours[drawn].sum(axis=0))
        found.append(gain)
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(np.mean(found)), float(high)


def _card(base: Model, found: Learnt) -> Mapping[str, str]:
    """What the model says of itself."""
    low, mean, high = found.gain
    return {
        **base.card,
        "decisions": str(found.decisions),
        "decided_documents": str(found.documents),
        "learnt": datetime.now(UTC).date().isoformat(),
        "f1_before": f"{found.before:.3f}",
        "f1_after": f"{found.after:.3f}",
        "gain": f"{mean:+.3f} ({low:+.3f} … {high:+.3f})",
        "left_out": "parts of one document" if found.within else "documents",
    }


def _changed(
    before: Tagger, now: Tagger, documents: Mapping[str, Sequence[Passage]]
) -> Iterator[Changed]:
    for passages in documents.values():
        old, new = _shown(before, passages), _shown(now, passages)
        for passage in passages:
            was, are = old.get(passage.id, set()), new.get(passage.id, set())
            if was != are:
                gone, come = sorted(was - are), sorted(are - was)
                yield Changed(passage.id, tuple(gone), tuple(come))


def _shown(
    tagger: Tagger, passages: Sequence[Passage]
) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for tag in tagger.tag(passages):
        if tag.evidence:
            found.setdefault(tag.passage, set()).add(tag.theme)
    return found
