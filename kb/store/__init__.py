"""Where is what we know kept? Records in SQL, one complete generation at a time."""

from kb.store.records import Formatted, Similar, Store

__all__ = ["Formatted", "Similar", "Store"]
