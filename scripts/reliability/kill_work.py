"""Do uploads and learning survive a kill? Kill -9 at random moments, and look after each.

python -m scripts.reliability.kill_work uploads|learning [--kills 50] [--seed 1]

Uploads: a curator hands in a document, and the site with the build it began is killed. What
was answered must be in the corpus and in the log, the index whole; at the end a site that is
left alone must have every such document in its index.
Learning: `kb learn` is killed. The model in use, the one before it and the decisions must be
those of before, or wholly the new ones.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from kb.checksums import damaged
from kb.curation import FILE, Log, new_event, write_events
from kb.curators import Accounts
from kb.evaluate.learning import MODEL, base_model
from kb.generations import current, open_store
from kb.pipeline import build
from kb.settings import Settings
from kb.themes.model import load_model, save_model
from scripts.generated_corpus import write
from scripts.kill_curation import PASSWORD, TORN, Site
from scripts.reliability.soak import environment, free_port

LONGEST = 8.0  # seconds: an upload and its build take some four
PATIENCE = 240.0  # seconds for the last site to finish what others left
DECISIONS = 60
BOUNDARY = "grens"
TEXT = """# Verslag {number}

Het wijkteam van buurt {number} sprak in maart met de huisarts over mensen die zorg mijden.
"""


def hand_in(site: Site, number: int) -> str:
    """A document through the form; its text once it was answered."""
    content = TEXT.format(number=number)
    fields = {"csrf": site.token, "r:title": f"Verslag {number}"}
    lines = []
    for name, value in fields.items():
        head = f'Content-Disposition: form-data; name="{name}"'
        lines += [f"--{BOUNDARY}", head, "", value]
    head = 'Content-Disposition: form-data; name="bestand"; filename="v.md"'
    lines += [f"--{BOUNDARY}", head, "", content, f"--{BOUNDARY}--", ""]
    request = urllib.request.Request(
        site.base + "/redactie/toevoegen/bestand",
        "\r\n".join(lines).encode(),
        {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
    )
    with site.browser.open(request, timeout=30) as answer:
        answer.read()
    return content


def texts(settings: Settings) -> set[str]:
    """The text of every source, with line ends of one kind."""
    files = (settings.corpus_dir / "sources").iterdir()
    return {path.read_text().replace("\r\n", "\n") for path in files}


def look(settings: Settings, answered: Sequence[str]) -> list[str]:
    """What is lost or damaged."""
    faults = [f"damaged: {p}" for p in damaged(current(settings.index_dir))]
    lost = set(answered) - texts(settings)
    faults += [f"lost: {text[:20]!r}" for text in lost]
    log = Log(settings.corpus_dir / FILE)
    state = log.follow()
    faults += [f"log: {p}" for p in log.problems if p.code != TORN]
    added = {event.target for event in state.holding("source")}
    if len(added) < len(answered):
        faults.append(f"{len(added)} of {len(answered)} in the log")
    return faults


def uploads(kills: int, dice: random.Random, folder: Path) -> list[str]:
    """So many kills while documents come in; the faults."""
    settings = Settings(
        corpus_dir=folder / "corpus", index_dir=folder / "index", workers=1
    )
    write(settings.corpus_dir, 2)
    build(settings)
    accounts = Accounts(settings.corpus_dir)
    accounts.choose_password(accounts.add("Ans"), PASSWORD)
    port = free_port()
    answered: list[str] = []
    faults: list[str] = []
    for number in range(kills):
        site = Site(settings, port)
        site.ready()
        timer = threading.Timer(dice.uniform(0, LONGEST), site.kill_all)
        timer.start()
        with suppress(OSError, http.client.HTTPException):
            answered.append(hand_in(site, number))
        timer.join()
        faults += look(settings, answered)
        if number % 10 == 9:
            told = f"{number + 1} kills, {len(answered)} answered"
            print(f"{told}, {len(faults)} faults", file=sys.stderr)
    site = Site(settings, port)
    site.ready()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and missing(settings, answered):
        time.sleep(1)
    site.kill_all()
    faults += missing(settings, answered)
    print(f"{kills} kills, {len(answered)} uploads that were answered")
    return faults


def missing(settings: Settings, answered: Sequence[str]) -> list[str]:
    """Answered documents that the index does not have."""
    store = open_store(settings)
    try:
        found = " ".join(p.text for p in store.passages())
    finally:
        store.close()
    wanted = (text.splitlines()[2] for text in answered)
    return [f"not built: {text}" for text in wanted if text not in found]


def learning(kills: int, dice: random.Random, folder: Path) -> list[str]:
    """So many kills of `kb learn`; the faults."""
    settings = Settings(
        corpus_dir=folder / "corpus", index_dir=folder / "index", workers=1
    )
    write(settings.corpus_dir, 2)
    build(settings)
    store = open_store(settings)
    passages = [passage.id for passage in store.passages()]
    store.close()
    log = settings.corpus_dir / FILE
    events = [
        new_event(
            "theme",
            id,
            dice.choice(("evidence", "none")),
            by="Ans",
            field="B7",
        )
        for id in dice.sample(passages, DECISIONS)
    ]
    write_events(log, events)
    save_model(load_model(), settings.corpus_dir / MODEL)
    before = log.read_bytes()
    own = base_model(settings.corpus_dir)
    longest = 1.2 * seconds_of(lambda: learn(settings, None))
    faults: list[str] = []
    ended = 0
    for number in range(kills):
        for left in settings.corpus_dir.glob("themes-model*"):
            left.unlink()
        save_model(own, settings.corpus_dir / MODEL)
        ended += learn(settings, dice.uniform(0.3 * longest, longest))
        if log.read_bytes() != before:
            faults.append("decisions changed")
        load_model(settings.corpus_dir / MODEL)
        if base_model(settings.corpus_dir) != own:
            faults.append("the model of before is lost")
        if number % 10 == 9:
            print(f"{number + 1} kills, {len(faults)} faults", file=sys.stderr)
    print(f"{kills} kills of learning, {ended} after its end")
    return faults


def learn(settings: Settings, after: float | None) -> bool:
    """`kb learn`, killed after so many seconds; whether it had ended by then."""
    command = [sys.executable, "-m", "kb", "learn"]
    process = subprocess.Popen(
        command,
        env=environment(settings),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False
    return True


def seconds_of(work: Callable[[], object]) -> float:
    """How long it takes, once."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def main() -> None:
    """Read the options, run, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=("uploads", "learning"))
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    trial = uploads if given.work == "uploads" else learning
    with tempfile.TemporaryDirectory() as folder:
        faults = trial(given.kills, random.Random(given.seed), Path(folder))
    print(f"faults: {len(faults)}")
    for fault in faults[:20]:
        print(" ", fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
