"""Accounts: a link that works once, hashes only, and nothing that tells who exists."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli.curator import BEGIN, command
from kb.curators import Accounts, secret_key
from kb.curators.accounts import (
    FILE,
    CuratorNameError,
    CuratorTakenError,
    UnknownCuratorError,
    WeakPasswordError,
    WrongLinkError,
)
from kb.errors import InputFileError

PASSWORD = "een rustige ochtend"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(tmp_path / "corpus")


def test_a_link_sets_a_password_once(accounts: Accounts) -> None:
    link = accounts.add("Ans de Wit")
    assert accounts.logged_in("Ans de Wit", "") is None
    made = accounts.choose_password(link, PASSWORD)
    assert accounts.logged_in("ans de wit", PASSWORD) == made
    assert accounts.logged_in("Ans de Wit", PASSWORD + "x") is None
    with pytest.raises(WrongLinkError):
        accounts.choose_password(link, PASSWORD)


def test_the_file_is_private_and_has_hashes_only(accounts: Accounts) -> None:
    link = accounts.add("Ans")
    written = accounts.path.read_text()
    accounts.choose_password(link, PASSWORD)
    assert link not in written
    assert PASSWORD not in accounts.path.read_text()
    assert "$argon2id$" in accounts.path.read_text()
    assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600


def test_an_old_link_does_not_work(accounts: Accounts) -> None:
    link = accounts.add("Ans")
    text = accounts.path.read_text()
    accounts.path.write_text(text.replace('"until": "2', '"until": "1'))
    with pytest.raises(WrongLinkError):
        accounts.invited(link)


def test_a_new_link_ends_password_and_sessions(accounts: Accounts) -> None:
    made = accounts.choose_password(accounts.add("Ans"), PASSWORD)
    accounts.invite("Ans")
    assert accounts.logged_in("Ans", PASSWORD) is None
    now = accounts.find("Ans")
    assert now is not None
    assert now.stamp != made.stamp


@pytest.mark.parametrize(
    "password", ["kort", "x" * 201, "aaaaaaaaaaaaaa", "Annemarie12"]
)
def test_weak_passwords_are_refused(accounts: Accounts, password: str) -> None:
    link = accounts.add("Annemarie")
    with pytest.raises(WeakPasswordError):
        accounts.choose_password(link, password)
    assert accounts.invited(link).name == "Annemarie"


def test_names_are_names_and_taken_once(accounts: Accounts) -> None:
    accounts.add("Ans")
    with pytest.raises(CuratorTakenError):
        accounts.add("ANS")
    for name in ("", " x", "<b>", "x" * 60, "a\nb"):
        with pytest.raises(CuratorNameError):
            accounts.add(name)
    accounts.remove("ans")
    with pytest.raises(UnknownCuratorError):
        accounts.remove("Ans")


def test_a_file_spoilt_by_hand_is_named(accounts: Accounts) -> None:
    accounts.add("Ans")
    accounts.path.write_text("[{]")
    with pytest.raises(InputFileError, match=FILE):
        accounts.names()


def test_the_key_of_a_corpus_stays_and_is_private(tmp_path: Path) -> None:
    key = secret_key(tmp_path)
    assert secret_key(tmp_path) == key
    assert len(key) == 32
    mode = (tmp_path / "curators.key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_the_command_line_adds_lists_and_removes(tmp_path: Path) -> None:
    def typed(*words: str) -> str:
        corpus = ["--corpus", str(tmp_path)]
        return CliRunner().invoke(command(), [*words, *corpus]).output

    link = typed("add", "Ans").split(BEGIN)[1].split()[0]
    assert Accounts(tmp_path).invited(link).name == "Ans"
    assert typed("list") == "Ans\n"
    assert BEGIN in typed("link", "Ans")
    typed("remove", "Ans")
    assert typed("list") == ""
