"""Kill the site in the middle of decisions, again and again: what was answered must be kept.

python -m scripts.kill_curation [--times 200] [--folder DIR]

Builds a corpus of two reports, serves it, lets a curator decide as fast as she can, and sends
SIGKILL after a moment drawn by chance. A decision that was answered must be in the log after
it; the log must read without a spoilt line in the middle; the site must start again and show
what holds. Prints a line every twenty, and fails at the first loss.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path

import click

from kb.curation import FILE, Log
from kb.curators import Accounts
from kb.generations import open_store
from kb.pipeline import build
from kb.settings import Settings
from scripts.generated_corpus import write

PASSWORD = secrets.token_urlsafe(12)
LONGEST_LIFE = 2.0  # seconds of decisions before the kill
PATIENCE = 300.0  # seconds to start in, on a machine where others work
SLOW = 120.0  # seconds that an answer may take there
BETWEEN = 0.2  # seconds between two looks whether it started
TORN = "curation_torn"
Known = tuple[list[str], list[str]]  # ids of passages and of documents


class Site:
    """A site in a process of its own, and a curator's browser."""

    def __init__(self, settings: Settings, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        environment = {**os.environ, "KB_CURATION": "true"}
        command = [sys.executable, "-m", "kb", "serve", "--port", str(port)]
        command += ["--corpus", str(settings.corpus_dir)]
        command += ["--index", str(settings.index_dir)]
        self.process = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.browser = urllib.request.build_opener(cookies)
        self.token = ""

    def ready(self) -> None:
        """Wait until it answers, and log in."""
        page = None
        until = time.monotonic() + PATIENCE
        while page is None and time.monotonic() < until:
            try:
                page = self.get("/redactie/inloggen")
            except OSError:  # nobody listens yet
                time.sleep(BETWEEN)
        if page is None:
            raise SystemExit("the site does not start again")
        self._take_token(page)
        form = {"naam": "Ans", "wachtwoord": PASSWORD}
        self._take_token(self.post("/redactie/inloggen", form))

    def _take_token(self, page: str) -> None:
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        self.token = found.group(1) if found else self.token

    def get(self, path: str) -> str:
        """A page."""
        with self.browser.open(self.base + path, timeout=SLOW) as answer:
            return str(answer.read().decode())

    def post(self, path: str, form: dict[str, str]) -> str:
        """The page that a form leads to."""
        data = urllib.parse.urlencode({**form, "csrf": self.token}).encode()
        with self.browser.open(self.base + path, data, timeout=SLOW) as answer:
            return str(answer.read().decode())

    def kill(self) -> None:
        """SIGKILL to this process, and no other."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def kill_all(self) -> None:
        """SIGKILL to this process and the builds it began."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@click.command(help=__doc__)
@click.option("--times", default=200)
@click.option("--port", default=8877)
@click.option("--seed", default=1)
@click.option("--folder", type=click.Path(path_type=Path))
def main(times: int, port: int, seed: int, folder: Path | None) -> None:
    """Kill, look, and start again."""
    with tempfile.TemporaryDirectory() as made:
        root = folder or Path(made)
        settings = Settings(
            corpus_dir=root / "corpus", index_dir=root / "index", workers=1
        )
        write(settings.corpus_dir, 2)
        build(settings)
        accounts = Accounts(settings.corpus_dir)
        accounts.choose_password(accounts.add("Ans"), PASSWORD)
        chance = random.Random(seed)
        kept = 0
        for number in range(1, times + 1):
            kept += once(settings, port, chance)
            if number % 20 == 0:
                print(f"{number} kills, {kept} decisions kept", flush=True)


def once(settings: Settings, port: int, chance: random.Random) -> int:
    """One life of the site; how many answered decisions it left. Raises SystemExit."""
    known = known_to(settings)
    before = len(Log(settings.corpus_dir / FILE).follow().events)
    site = Site(settings, port)
    try:
        site.ready()
        # The first is not killed: it makes the copy of the records, and shows that it can.
        answered = [decide(site, known, chance)]
        life = chance.random() * LONGEST_LIFE
        killer = threading.Timer(life, site.process.kill)
        killer.start()
        _decide_until_killed(site, known, chance, answered)
        killer.join()
    finally:
        site.kill()
    return _looked_at(settings, before, answered)


def _decide_until_killed(
    site: Site, known: Known, chance: random.Random, answered: list[str]
) -> None:
    try:
        while site.process.poll() is None:
            answered.append(decide(site, known, chance))
    except urllib.error.HTTPError:
        raise  # an answer, and a wrong one
    except (OSError, http.client.HTTPException):
        return  # it was killed


def known_to(settings: Settings) -> Known:
    """What can be decided on: passages, and documents."""
    store = open_store(settings)
    try:
        documents = store.document_ids()
        return [p.id for d in documents for p in store.passages(d)], documents
    finally:
        store.close()


def decide(site: Site, known: Known, chance: random.Random) -> str:
    """Take a decision of any kind; the note of it, once it is answered.

    Every decision differs from those before it: none is without an event.
    """
    number = chance.random()
    passage, document = (chance.choice(ids) for ids in known)
    writes = (
        (
            document,
            {"doe": f'["label", "{chance.randint(1, 9)}", "{number}"]'},
        ),
        (document, {"doe": '["record"]', "r:title": f"Verslag {number}"}),
        (passage, {"doe": '["text", ""]', "waarde": f"Een zin van {number}."}),
        (document, {"doe": f'["heading", "Kop", "Kop {number}"]'}),
    )
    target, said = chance.choice(writes)
    note = f"{number}"
    form = {"doel": target, "nota": note, "terug": "/redactie/toevoegen"}
    site.post("/redactie/besluit", {**form, **said})
    return note


def _looked_at(settings: Settings, before: int, answered: list[str]) -> int:
    """Every answered decision is in the log, and nothing in it is spoilt."""
    log = Log(settings.corpus_dir / FILE)
    state = log.follow()
    spoilt = [p for p in log.problems if p.code != TORN]
    if spoilt or len(state.events) < before:
        raise SystemExit(f"spoilt or gone: {spoilt}")
    lost = set(answered) - {event.note for event in state.events}
    if lost:
        raise SystemExit(f"lost: {lost}")
    return len(answered)


if __name__ == "__main__":
    main()
