"""Where is what we know kept? Records in SQL, one complete generation at a time."""

from kb.records import Formatted, Similar
from kb.store.database import URLS, Limits, sqlite_url
from kb.store.store import Store

__all__ = ["URLS", "Formatted", "Limits", "Similar", "Store", "sqlite_url"]
