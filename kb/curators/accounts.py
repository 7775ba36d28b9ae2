"""The accounts of curators, in a file of the corpus that only its owner reads.

A new curator gets a link that works once and a week; with it she chooses her password. Of
passwords and links the file has only hashes.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from filelock import FileLock

from kb.errors import InputFileError, KbError
from kb.whole_files import PRIVATE, write_whole

FILE = "curators.json"
LINK_HOLDS = timedelta(days=7)
SHORTEST, LONGEST = 10, 200  # characters of a password
_NAME = re.compile(r"[\w.@-](?:[\w.@ -]{0,38}[\w.@-])?")
_HASHER = PasswordHasher()
# Verified where no such account exists, so that the time tells nothing of names.
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))


class CuratorNameError(KbError):
    code = "curator_name"


class CuratorTakenError(KbError):
    code = "curator_taken"


class UnknownCuratorError(KbError):
    code, status = "unknown_curator", 404


class WrongLinkError(KbError):
    """The link was used, is too old, or never was one."""

    code, status = "curator_link", 404


class WeakPasswordError(KbError):
    code = "weak_password"


class Account(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One curator.

    Attributes:
        password: its argon2 hash; "" until one is chosen.
        stamp: changes with the password and at log-out, which ends every session.
        link: the SHA-256 of the link for the first log-in; "" when used.
        until: until when the link works, ISO.
    """

    name: str
    password: str = ""
    stamp: str = ""
    link: str = ""
    until: str = ""


_FORM = dict[str, Account]


class Accounts:
    """The curators of one corpus."""

    def __init__(self, corpus_dir: Path) -> None:
        self.path = corpus_dir / FILE

    def names(self) -> list[str]:
        """All curators, by name. Raises InputFileError."""
        return sorted(account.name for account in self._read().values())

    def find(self, name: str) -> Account | None:
        """The account of a name, however its letters are written."""
        return self._read().get(_key(name))

    def add(self, name: str) -> str:
        """Add a curator, and give the secret of her link.

        Raises:
            CuratorNameError: not a name.
            CuratorTakenError: there is one of that name.
        """
        if not _NAME.fullmatch(name):
            raise CuratorNameError(name=name)
        with self._changing():
            accounts = self._read()
            if _key(name) in accounts:
                raise CuratorTakenError(name=name)
            return self._invite(accounts, Account(name))

    def invite(self, name: str) -> str:
        """A new link for a curator who lost her password; the old one ends.

        Raises:
            UnknownCuratorError: there is none of that name.
        """
        with self._changing():
            accounts = self._read()
            found = accounts.get(_key(name))
            if found is None:
                raise UnknownCuratorError(name=name)
            return self._invite(accounts, Account(found.name))

    def remove(self, name: str) -> None:
        """Take an account away. Raises UnknownCuratorError."""
        with self._changing():
            accounts = self._read()
            if accounts.pop(_key(name), None) is None:
                raise UnknownCuratorError(name=name)
            self._write(accounts)

    def invited(self, secret: str) -> Account:
        """Whose link this is. Raises WrongLinkError."""
        wanted = _digest(secret)
        now = datetime.now(UTC).isoformat()
        for account in self._read().values():
            same = secrets.compare_digest(account.link, wanted)
            if same and now <= account.until:
                return account
        raise WrongLinkError()

    def choose_password(self, secret: str, password: str) -> Account:
        """Set the password with a link, which is then used.

        Raises:
            WrongLinkError: the link does not work.
            WeakPasswordError: too short, too long, or the name itself.
        """
        check_password(password, self.invited(secret).name)
        hashed = _HASHER.hash(password)
        with self._changing():
            account = self.invited(secret)
            made = Account(account.name, hashed, secrets.token_hex(8))
            self._write({**self._read(), _key(account.name): made})
        return made

    def logged_in(self, name: str, password: str) -> Account | None:
        """The account, when the password is right; takes as long when it is not."""
        account = self.find(name)
        known = account is not None and bool(account.password)
        wanted = account.password if account and known else _NOBODY
        try:
            _HASHER.verify(wanted, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return None
        return account if known else None

    def end_sessions(self, name: str) -> None:
        """Log a curator out everywhere; nothing where there is none of that name."""
        with self._changing():
            accounts = self._read()
            found = accounts.get(_key(name))
            if found is not None:
                stamp = secrets.token_hex(8)
                made = msgspec.structs.replace(found, stamp=stamp)
                self._write({**accounts, _key(name): made})

    def _invite(self, accounts: _FORM, account: Account) -> str:
        secret = secrets.token_urlsafe(24)
        until = (datetime.now(UTC) + LINK_HOLDS).isoformat()
        made = msgspec.structs.replace(
            account,
            link=_digest(secret),
            until=until,
            stamp=secrets.token_hex(8),
        )
        self._write({**accounts, _key(account.name): made})
        return secret

    def _changing(self) -> FileLock:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(self.path.with_name(f".{FILE}.lock"))

    def _read(self) -> _FORM:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return {}
        try:
            listed = msgspec.json.decode(content, type=list[Account])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputFileError(
                path=str(self.path), line=1, reason=str(error)
            ) from None
        return {_key(account.name): account for account in listed}

    def _write(self, accounts: _FORM) -> None:
        listed = msgspec.json.encode(list(accounts.values()))
        told = msgspec.json.format(listed, indent=1) + b"\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.path, told, PRIVATE)


def check_password(password: str, name: str) -> None:
    """Raises WeakPasswordError."""
    length = len(password)
    same = _key(name) in password.casefold() and length < len(name) + 6
    if not SHORTEST <= length <= LONGEST or same or len(set(password)) < 4:
        raise WeakPasswordError(shortest=SHORTEST, longest=LONGEST)


def _key(name: str) -> str:
    return name.casefold()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
