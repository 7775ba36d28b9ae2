"""Build generated corpora: from nothing, unchanged, with one report or record changed."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from scripts.generated_corpus import write

ROOT = Path(__file__).resolve().parent.parent
CHANGED = "gen0007.md"
HEAD = ("reports", "passages", "moment", "seconds", "processor s", "peak MB")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the benchmark."""
    parser.add_argument(
        "sizes",
        nargs="*",
        type=int,
        default=[20, 80],
        help="reports (default: 20 80)",
    )
    parser.add_argument(
        "--workers", type=int, default=2, help="processes (default: 2)"
    )
    parser.add_argument(
        "--times",
        type=int,
        default=1,
        help="take medians of so many (default: 1)",
    )
    parser.add_argument(
        "--work",
        type=Path,
        default=Path("bench"),
        help="folder for corpora and indexes",
    )
    parser.add_argument(
        "--one", nargs=2, metavar=("CORPUS", "INDEX"), help=argparse.SUPPRESS
    )


def run(given: argparse.Namespace) -> int:
    """Measure every size and print a table."""
    if given.one:
        print(
            json.dumps(
                _measured(
                    Path(given.one[0]), Path(given.one[1]), given.workers
                )
            )
        )
        return 0
    print(" | ".join(HEAD))
    for reports in given.sizes:
        rounds = [_round(given, reports) for _ in range(given.times)]
        for moment in rounds[0]:
            found = [one[moment] for one in rounds]
            median = {
                name: statistics.median(f[name] for f in found)
                for name in found[0]
            }
            print(
                f"{reports} | {median['passages']:.0f} | {moment} | {median['seconds']:.1f}"
                f" | {median['processor']:.1f} | {median['megabytes']:.0f}",
                flush=True,
            )
    return 0


def _round(
    given: argparse.Namespace, reports: int
) -> dict[str, dict[str, float]]:
    """One corpus through all moments, each in a process of its own."""
    corpus, index = (
        given.work / f"corpus{reports}",
        given.work / f"index{reports}",
    )
    for folder in (corpus, index):
        shutil.rmtree(folder, ignore_errors=True)
    write(corpus, reports)
    found = {"from nothing": _in_process(corpus, index, given.workers)}
    found["nothing changed"] = _in_process(corpus, index, given.workers)
    _edit(corpus / "sources" / CHANGED, "team", "team van toen")
    found["one report changed"] = _in_process(corpus, index, given.workers)
    _edit(corpus / "sources.bib", "Bureau ", "Instituut ")
    found["one record changed"] = _in_process(corpus, index, given.workers)
    return found


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _in_process(corpus: Path, index: Path, workers: int) -> dict[str, float]:
    command = [
        sys.executable,
        "-m",
        "scripts.bench_build",
        "--workers",
        str(workers),
        "--one",
        str(corpus.resolve()),
        str(index.resolve()),
    ]
    out = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout
    found: dict[str, float] = json.loads(re.findall(r"\{.*\}", out)[-1])
    return found


def _measured(corpus: Path, index: Path, workers: int) -> dict[str, float]:
    """One build in this process; processor seconds are those of all its processes."""
    import resource
    import time

    from kb.pipeline import build
    from kb.settings import Settings

    began = time.perf_counter()
    report = build(
        Settings(corpus_dir=corpus, index_dir=index, workers=workers)
    )
    seconds = time.perf_counter() - began
    own = resource.getrusage(resource.RUSAGE_SELF)
    documents = 0.0
    if not report.unchanged:
        of_documents = (k for k in report.stages if k.startswith("document."))
        documents = sum(report.stages[name] for name in of_documents)
    return {
        "seconds": seconds,
        "processor": own.ru_utime + own.ru_stime + documents,
        "megabytes": own.ru_maxrss / 1024,
        "passages": report.counts["passages"],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    sys.exit(run(parser.parse_args()))
