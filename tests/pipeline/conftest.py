"""A small corpus that can be changed, an executor without processes, and all that is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kb.cli.dump import DUMPS
from kb.generations import open_store
from kb.pipeline.executor import Failure, GivenUpError, Task
from kb.settings import Settings

SENTENCES = (
    "De wijkteams werken met één vaste hulpverlener per gezin.",
    "Uit de gesprekken blijkt dat specialisten hun vakkennis missen (Ooms & Van Pelt, 2014).",
    "Geef elk team vaste uren om van elkaar te leren.",
    "Volgens Terpstra (2012) kent de buurt haar eigen kracht niet.",
    "In Zwolle en Utrecht daalde het aantal verwijzingen met 12 procent.",
    "‘Ik wist niet bij wie ik moest zijn’, zegt een bewoner.",
    "Preventie betekent dat het team er is voordat iemand vastloopt (Wiersma e.a., 2018).",
    "De gemeente Zeist besloot de toegang tot jeugdhulp anders in te richten.",
)
ENTRIES = (
    "Ooms, A., & Van Pelt, B. (2014). Het vak in de wijk. Utrecht: Movisie.",
    "Terpstra, C. (2012). Eigen kracht bezien. Den Haag: SCP.",
    (
        "Wiersma, D., Bol, E., & Kok, F. (2018). Erbij voordat het misgaat. Sociaal "
        "Bestek, 80(2), 4-9."
    ),
    "Ooms, A. & van Pelt, B. (2014). Het vak in de wijk. Movisie, Utrecht.",
)


def text_of(sentences: Sequence[int], entries: Sequence[int]) -> str:
    """A short report of these sentences and entries."""
    body = "\n\n".join(SENTENCES[n] * 2 for n in sentences)
    listed = "\n\n".join(ENTRIES[n] for n in sorted(set(entries)))
    return f"1 Bevindingen\n\n{body}\n\nLiteratuur\n\n{listed}\n"


def record_of(key: str, year: int) -> str:
    """A record of a report."""
    return (
        f"@techreport{{{key}, author={{Terpstra, C.}}, title={{Rapport {key}}}, "
        f"institution={{Bureau}}, year={{{year}}}, file={{{key}.txt}}}}\n"
    )


class Here:
    """An executor that does everything in this process."""

    def run(
        self, work: Callable[[Any], Any], tasks: Sequence[Task[Any]]
    ) -> Iterator[tuple[Any, Any]]:
        """See `Executor.run`."""
        for task in tasks:
            found: Any = task
            while isinstance(found, Task):
                try:
                    found = work(found.job)
                except GivenUpError as error:
                    found = Failure(error.code, error.values)
                except LookupError as error:
                    found = Failure("reader_failed", {"detail": str(error)})
            yield task.job, found


def everything(settings: Settings) -> dict[str, str]:
    """All that a generation knows but for when it was built, as text."""
    store = open_store(settings)
    found = {
        name: "\n".join(
            msgspec.json.encode(row).decode() for row in rows(store)
        )
        for name, rows in DUMPS.items()
    }
    works = [work.id for work in store.works()]
    for language in ("nl", "en"):
        forms = store.formatted(works, settings.style, language)
        found[language] = repr(sorted(forms.items()))
    groups = [store.similar(passage.id) for passage in store.passages()]
    found["similar"] = repr(groups)
    found["problems"] = repr(store.problems())
    store.close()
    return found


@pytest.fixture
def corpus(settings: Settings) -> Settings:
    """Two reports, one of them with a record."""
    sources = settings.corpus_dir / "sources"
    (sources / "a.txt").write_text(
        text_of([0, 1, 2], [0, 1]), encoding="utf-8"
    )
    (sources / "b.txt").write_text(
        text_of([3, 4, 6], [1, 2]), encoding="utf-8"
    )
    bib = settings.corpus_dir / "sources.bib"
    bib.write_text(record_of("a", 2016), encoding="utf-8")
    return settings


@pytest.fixture
def sources(corpus: Settings) -> Path:
    return corpus.corpus_dir / "sources"
