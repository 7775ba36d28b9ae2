"""Who guesses waits longer with every guess, by account and by address."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.curators.delays import FORGOTTEN, LONGEST_WAIT, Delays


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def delays(tmp_path: Path, clock: Clock) -> Delays:
    return Delays(tmp_path / "index" / "attempts.json", clock)


def test_the_wait_grows_with_every_wrong_guess(delays: Delays) -> None:
    waits = []
    for number in range(12):
        waits.append(delays.wait("ans", "10.0.0.1"))
        delays.wrong("ans", f"10.0.{number}.1")
    assert waits[:3] == [0, 0, 0]
    assert waits[3:] == sorted(waits[3:])
    assert waits[-1] == LONGEST_WAIT["name"]


def test_many_accounts_from_one_address_wait_too(
    delays: Delays, clock: Clock
) -> None:
    for number in range(20):
        delays.wrong(f"naam{number}", "10.0.0.1")
    assert delays.wait("iemand", "10.0.0.1") > 60
    assert delays.wait("iemand", "10.0.0.2") == 0
    clock.time += FORGOTTEN
    assert delays.wait("iemand", "10.0.0.1") == 0


def test_a_right_password_forgives_the_account_not_the_address(
    delays: Delays,
) -> None:
    for _ in range(12):
        delays.wrong("ans", "10.0.0.1")
    delays.right("ans", "10.0.0.1")
    assert delays.wait("ans", "10.0.0.2") == 0
    assert delays.wait("bo", "10.0.0.1") > 0


def test_what_waits_comes_to_an_end_and_a_spoilt_file_is_no_wall(
    delays: Delays, clock: Clock
) -> None:
    for _ in range(5):
        delays.wrong("ans", "10.0.0.1")
    wait = delays.wait("ANS", "10.0.0.1")
    clock.time += wait
    assert delays.wait("ans", "10.0.0.1") == 0
    delays.path.write_text("{")
    assert delays.wait("ans", "10.0.0.1") == 0


def test_two_processes_count_together(delays: Delays, clock: Clock) -> None:
    other = Delays(delays.path, clock)
    for _ in range(3):
        delays.wrong("ans", "10.0.0.1")
        other.wrong("ans", "10.0.0.1")
    assert delays.wait("ans", "10.0.0.1") == other.wait("ans", "10.0.0.1") > 4
