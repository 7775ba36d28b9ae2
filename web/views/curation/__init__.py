"""What curators do on the site; the addresses are there only where curation is on."""

from __future__ import annotations

from web.views.curation import (
    blind,
    decisions,
    documents,
    history,
    passing,
    queues,
    uploads,
    works,
)
from web.views.curation.blueprint import blueprint

PARTS = (passing, decisions, queues, history, documents, works, uploads, blind)
BLUEPRINTS = (blueprint,)
