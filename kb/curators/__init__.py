"""Who may decide? Named people with a password of their own, and what holds off guessers."""

from kb.curators.accounts import Accounts, check_password
from kb.curators.delays import Delays
from kb.curators.secret import secret_key

__all__ = ["Accounts", "Delays", "check_password", "secret_key"]
