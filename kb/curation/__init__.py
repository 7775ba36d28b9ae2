"""What did people decide? Events in a log, what holds of them, and to what they belong."""

from kb.curation.attaching import Attached, attach, document_of
from kb.curation.by_document import OfDocument, by_document, withdrawn
from kb.curation.events import Event, new_event
from kb.curation.log import FILE, Log, read_log, write_events
from kb.curation.merging import Conflict, Merged, merge
from kb.curation.state import State
from kb.curation.tags import decided_tags, themes_decided

__all__ = [
    "FILE",
    "Attached",
    "Conflict",
    "Event",
    "Log",
    "Merged",
    "OfDocument",
    "State",
    "attach",
    "by_document",
    "decided_tags",
    "document_of",
    "merge",
    "new_event",
    "read_log",
    "themes_decided",
    "withdrawn",
    "write_events",
]
