"""Of a citation that stands in a note: where the mark of that note is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

COLUMNS = {"noted_in": sa.Text, "noted_at": sa.Integer}


def upgrade() -> None:
    """Add what is missing: builds between 0.2.0 and this revision made some of it."""
    found = sa.inspect(op.get_bind()).get_columns("citations")
    there = {column["name"] for column in found}
    for name, kind in COLUMNS.items():
        if name not in there:
            op.add_column("citations", sa.Column(name, kind))
