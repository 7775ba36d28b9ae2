"""Where is what we know kept? Records in SQL, one complete generation at a time."""

from kb.records import Formatted, Similar
from kb.store.records import Store

__all__ = ["Formatted", "Similar", "Store"]
