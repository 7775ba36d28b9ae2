"""Where is what we know kept? Records in SQL, one complete generation at a time."""

from kb.records import Formatted, Similar
from kb.store.database import URLS, sqlite_url
from kb.store.store import Store

__all__ = ["URLS", "Formatted", "Similar", "Store", "sqlite_url"]
