"""The same records in PostgreSQL: each generation in a schema of its own, old ones removed."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import SettingError
from kb.generations import (
    create_store,
    drop_old_records,
    new_generation,
    open_store,
    publish,
)
from kb.records import Box, Citation, Document, Passage
from kb.settings import Settings
from kb.store import Store


def _program(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


def _as_server() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as the user its package made."""
    if os.getuid():
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return None


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    initdb, server, user = (
        _program("initdb"),
        _program("postgres"),
        _as_server(),
    )
    if initdb is None or server is None or (os.getuid() == 0 and user is None):
        pytest.skip("PostgreSQL is not installed (apt install postgresql)")
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        if user:
            shutil.chown(folder, user)
        data = f"{folder}/data"
        subprocess.run(
            [initdb, "-D", data, "-A", "trust", "-U", "kb", "-N"],
            user=user,
            check=True,
            capture_output=True,
            cwd=folder,
        )
        free.close()
        arguments = [
            server,
            "-D",
            data,
            "-p",
            str(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            f"unix_socket_directories={folder}",
        ]
        process = subprocess.Popen(
            arguments,
            user=user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(port)
            yield f"postgresql+psycopg://kb@127.0.0.1:{port}/postgres"
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(port: int) -> None:
    import time

    import sqlalchemy as sa

    engine = sa.create_engine(
        f"postgresql+psycopg://kb@127.0.0.1:{port}/postgres"
    )
    for _ in range(100):
        try:
            engine.connect().close()
            break
        except sa.exc.OperationalError:
            time.sleep(0.1)
    engine.dispose()


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
        if name.startswith("kb_")
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
