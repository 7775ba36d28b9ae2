"""Where is what we know kept? Records in SQL, one complete generation at a time."""

from kb.store.records import Store
from kb.store.schema import Formatted, Similar

__all__ = ["Formatted", "Similar", "Store"]
