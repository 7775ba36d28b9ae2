"""Tables of an earlier version are brought up to date, in a file and on a server."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from kb.records import Citation, Document, Passage
from kb.store import Store, sqlite_url
from kb.store.migrations import bring_up_to_date, revisions
from kb.store.schema import metadata
from kb.store.shared import shared_tables

KEPT = Path(__file__).resolve().parents[1] / "kept" / "index-0.2.0.zip"
NEW = ("noted_in", "noted_at")  # what 0.2.0 lacks
CITATION = Citation("p", "Bos, 2016", 0, 5, noted_in="p", noted_at=7)


def differences(connection: sa.Connection, wanted: sa.MetaData) -> Any:
    """How the tables that are there differ from those of this version, as Alembic says it."""

    def of_schema(name: str | None, kind: str, _parents: Any) -> bool:
        return kind != "schema" or name == wanted.schema

    options = {
        "include_schemas": True,
        "include_name": of_schema,
        "version_table_schema": wanted.schema,
        "compare_type": False,
    }
    context = MigrationContext.configure(connection, opts=options)
    return compare_metadata(context, wanted)


@pytest.fixture
def of_before(tmp_path: Path) -> Path:
    """The records of an index that kb 0.2.0 built."""
    with zipfile.ZipFile(KEPT) as archive:
        (name,) = [
            one for one in archive.namelist() if one.endswith(".sqlite")
        ]
        path = tmp_path / "before.sqlite"
        with archive.open(name) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
    return path


def test_file_of_an_earlier_version_gets_the_tables_of_this_one(
    of_before: Path,
) -> None:
    """Also: no field came to a record without a revision that adds its column."""
    engine = sa.create_engine(sqlite_url(of_before))
    with engine.begin() as connection:
        assert differences(connection, metadata)
        bring_up_to_date(connection, metadata)
    with engine.begin() as connection:
        assert differences(connection, metadata) == []
        bring_up_to_date(connection, metadata)  # once more does no harm
    engine.dispose()


def test_generation_goes_on_from_a_file_of_before_which_stays_as_it_was(
    of_before: Path, tmp_path: Path
) -> None:
    untouched = of_before.read_bytes()
    old = Store(sqlite_url(of_before))
    new = Store.derive(sqlite_url(tmp_path / "new.sqlite"), None, old)
    assert [one.id for one in new.documents()] == ["nota"]
    (passage,) = new.passages()
    assert "wijkteam" in passage.text
    new.replace_of("nota", Citation, [CITATION])
    assert list(new.each(Citation)) == [CITATION]
    for store in (old, new):
        store.close()
    assert of_before.read_bytes() == untouched


def test_new_file_needs_no_revision(tmp_path: Path) -> None:
    store = Store.create(sqlite_url(tmp_path / "new.sqlite"))
    with store.engine.connect() as connection:
        assert differences(connection, metadata) == []
        told = sa.text("select version_num from alembic_version")
        assert connection.execute(told).scalars().all() == (
            revisions().get_heads()
        )
    store.close()


@pytest.mark.system
@pytest.mark.slow
def test_rows_on_a_server_stay_and_their_tables_get_what_is_new(
    database: str,
) -> None:
    old = Store.create(database, "kb_move_1")
    report, passage = (
        Document("d", "d.pdf", "Titel"),
        Passage("p", "d", "Tekst.", 0),
    )
    old.replace_document(report, [passage], citations=[CITATION])
    tables = shared_tables("kb_move_shared")
    with old.engine.begin() as connection:
        for column in NEW:
            connection.execute(
                sa.text(
                    "alter table kb_move_shared.citations "
                    f"drop column {column} cascade"
                )
            )
        connection.execute(
            sa.text("drop table kb_move_shared.alembic_version")
        )
        assert len(differences(connection, tables)) == len(NEW)
    new = Store.derive(database, "kb_move_2", old)
    with new.engine.connect() as connection:
        assert differences(connection, tables) == []
    assert new.document("d") == report
    assert new.passages() == [passage]
    new.replace_of("d", Citation, [CITATION])
    assert list(new.each(Citation)) == [CITATION]
    for store in (old, new):
        store.close()
