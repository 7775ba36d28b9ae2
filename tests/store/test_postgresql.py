"""The same records in PostgreSQL: each generation in a schema of its own, old ones removed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.errors import DamagedIndexError, SettingError, StoreAwayError
from kb.generations import (
    create_store,
    drop_old_records,
    new_generation,
    open_store,
    publish,
    schema_prefix,
)
from kb.records import Box, Citation, Document, Passage
from kb.settings import Settings
from kb.store import Limits, Store
from scripts.postgresql_server import Server


def _generation(settings: Settings, name: str, text: str) -> None:
    folder = new_generation(settings.index_dir, name)
    store = create_store(settings, folder)
    store.add(
        [
            Passage(
                "p",
                "d",
                text,
                0,
                boxes=(Box(1, 2.0, 3.0, 4.0, 5.0),),
                section=("1",),
            )
        ]
    )
    store.put("built", {"name": name})
    publish(settings.index_dir, folder, keep=2)
    drop_old_records(settings, store)
    store.close()


@pytest.mark.system
@pytest.mark.slow
def test_generations_live_apart_and_old_ones_are_removed(
    settings: Settings, database: str
) -> None:
    import sqlalchemy as sa

    settings = replace(settings, database_url=database)
    for name in ("20260101", "20260102", "20260103"):
        _generation(settings, name, f"Tekst van {name}.")
    store = open_store(settings)
    assert store.passage("p") == Passage(
        "p",
        "d",
        "Tekst van 20260103.",
        0,
        boxes=(Box(1, 2.0, 3.0, 4.0, 5.0),),
        section=("1",),
    )
    assert store.get("built") == {"name": "20260103"}
    kept = [
        name
        for name in sa.inspect(store.engine).get_schema_names()
        if name.startswith(schema_prefix(settings))
        and not name.endswith("_shared")
    ]
    store.close()
    assert [name[-8:] for name in sorted(kept)] == ["20260102", "20260103"]


@pytest.mark.system
@pytest.mark.slow
def test_a_generation_is_derived_from_the_last_in_the_same_database(
    database: str,
) -> None:
    old = Store.create(database, "kb_old")
    old.replace_document(
        Document("d", "d.pdf", "Titel"),
        [Passage("p", "d", "Tekst.", 0)],
        citations=[
            Citation("p", "Bos, 2016", 0, 5),
            Citation("p", "Smit", 0, 4),
        ],
    )
    new = Store.derive(database, "kb_new", old)
    assert (new.passages(), new.citations()) == (
        old.passages(),
        old.citations(),
    )
    new.replace_of("d", Citation, [Citation("p", "Vos, 2020", 2, 5)])
    new.remove(["absent"])
    assert [c.surface for c in new.citations()] == ["Vos, 2020"]
    assert [c.surface for c in old.citations()] == ["Smit", "Bos, 2016"]
    new.close()
    old.close()


def test_database_that_cannot_keep_generations_apart_is_refused(
    settings: Settings,
) -> None:
    with pytest.raises(SettingError, match="postgresql"):
        create_store(
            replace(settings, database_url="sqlite:///x.sqlite"),
            new_generation(settings.index_dir, "1"),
        )


@pytest.mark.slow
def test_database_that_is_not_there_is_named(settings: Settings) -> None:
    url = "postgresql+psycopg://kb@127.0.0.1:1/postgres"
    with pytest.raises(SettingError, match=r"127\.0\.0\.1:1"):
        create_store(
            replace(settings, database_url=url),
            new_generation(settings.index_dir, "1"),
        )


def _rows(store: Store, name: str) -> int:
    import sqlalchemy as sa

    from kb.store.shared import shared_schema, shared_tables

    assert store.schema is not None
    tables = shared_tables(shared_schema(store.schema))
    table = tables.tables[f"{tables.schema}.{name}"]
    with store.engine.connect() as connection:
        query = sa.select(sa.func.count()).select_from(table)
        return int(connection.execute(query).scalar_one())


def _filled(database: str, schema: str, documents: int = 20) -> Store:
    store = Store.create(database, schema)
    for number in range(documents):
        store.replace_document(
            Document(f"d{number:02}", "d.pdf", "Titel"),
            [Passage(f"p{number:02}", f"d{number:02}", "Tekst.", 0)],
        )
    return store


@pytest.mark.system
@pytest.mark.slow
def test_one_changed_document_costs_its_own_rows(database: str) -> None:
    old = _filled(database, "kb_share_1")
    new = Store.derive(database, "kb_share_2", old)
    assert _rows(new, "passages") == 20
    changed = Passage("p07", "d07", "Andere tekst.", 0)
    new.replace_document(Document("d07", "d.pdf", "Titel"), [changed])
    assert _rows(new, "passages") == 21
    assert new.passage("p07").text == "Andere tekst."
    assert old.passage("p07").text == "Tekst."
    assert len(new.passages()) == len(old.passages()) == 20
    new.drop_schemas("kb_share_", ["kb_share_2"])
    assert _rows(new, "passages") == 20
    assert new.passage("p07").text == "Andere tekst."
    new.close()
    old.close()


@pytest.mark.system
@pytest.mark.slow
def test_a_draft_that_was_never_published_leaves_no_trace(
    database: str,
) -> None:
    old = _filled(database, "kb_draft_1")
    draft = Store.derive(database, "kb_draft_2", old)
    draft.remove(["d03"])
    draft.replace_document(Document("d99", "d.pdf", "Nieuw"))
    draft.close()
    next_one = Store.derive(database, "kb_draft_3", old)
    assert len(next_one.passages()) == 20
    next_one.drop_schemas("kb_draft_", ["kb_draft_1", "kb_draft_3"])
    assert _rows(next_one, "documents") == 20
    assert next_one.document("d03").title == "Titel"
    next_one.close()
    old.close()


@pytest.mark.system
@pytest.mark.slow
def test_a_generation_rolled_back_to_is_gone_on_from(database: str) -> None:
    first = _filled(database, "kb_back_1")
    second = Store.derive(database, "kb_back_2", first)
    second.remove(["d01"])
    third = Store.derive(database, "kb_back_3", first)
    third.remove(["d02"])
    ids = [document.id for document in third.documents()]
    assert "d01" in ids
    assert "d02" not in ids
    assert "d02" in second.document_ids()
    for store in (first, second, third):
        store.close()


@pytest.mark.system
@pytest.mark.slow
def test_many_generations_stay_what_they_are_and_take_no_more_room(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kb.store import shared

    monkeypatch.setattr(shared, "LONGEST_LINE", 4)
    store = _filled(database, "kb_line_00")
    expected = {document.id: "Titel" for document in store.documents()}
    for number in range(1, 12):
        schema = f"kb_line_{number:02}"
        after = Store.derive(database, schema, store)
        changed = f"d{number:02}"
        after.replace_document(Document(changed, "d.pdf", f"Titel {number}"))
        expected[changed] = f"Titel {number}"
        assert store.schema is not None
        after.drop_schemas("kb_line_", [store.schema, schema])
        store.close()
        store = after
        found = {one.id: one.title for one in store.documents()}
        assert found == expected
        assert _rows(store, "documents") <= 21
    with store.engine.connect() as connection:
        import sqlalchemy as sa

        lines = connection.execute(
            sa.text("select line from kb_line_shared.generations")
        ).scalars()
        assert max(map(len, lines)) < 11
    store.close()


@pytest.mark.system
@pytest.mark.slow
def test_a_server_that_restarts_is_found_again(postgresql: Server) -> None:
    store = _filled(postgresql.url, "kb_again_1", 2)
    store.close()
    reader = Store(postgresql.url, "kb_again_1")
    assert len(reader.documents()) == 2
    postgresql.stop()
    with pytest.raises(StoreAwayError) as told:
        reader.documents()
    assert "kb@" not in str(told.value)
    postgresql.start()
    assert len(reader.documents()) == 2
    reader.close()


@pytest.mark.system
@pytest.mark.slow
def test_a_user_who_is_refused_is_told_and_the_password_is_not(
    settings: Settings, database: str
) -> None:
    """A server that asks no password refuses who it does not know, in the same way."""
    stranger = database.replace("kb@", "vreemd:Zeer-geheim@")
    with pytest.raises(SettingError, match=r"127\.0\.0\.1") as building:
        create_store(
            replace(settings, database_url=stranger),
            new_generation(settings.index_dir, "1"),
        )
    reader = Store(stranger, "kb_stranger_1")
    with pytest.raises(StoreAwayError, match="refuses this user") as reading:
        reader.documents()
    reader.close()
    assert "geheim" not in f"{building.value} {reading.value}"


@pytest.mark.system
@pytest.mark.slow
def test_a_question_that_takes_too_long_is_given_up(database: str) -> None:
    import sqlalchemy as sa

    _filled(database, "kb_long_1", 2).close()
    reader = Store(database, "kb_long_1", limits=Limits(seconds=1))
    with pytest.raises(StoreAwayError), reader.engine.connect() as connection:
        connection.execute(sa.text("select pg_sleep(20)"))
    assert len(reader.documents()) == 2
    reader.close()


@pytest.mark.system
@pytest.mark.slow
def test_a_generation_that_was_never_copied_there_is_damaged_not_away(
    database: str,
) -> None:
    reader = Store(database, "kb_absent_1")
    with pytest.raises(DamagedIndexError):
        reader.documents()
    reader.close()
