"""Real servers for the tests, started once; skipped with the reason where they cannot be."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from scripts.opensearch_nodes import NoNodesError, cluster
from scripts.postgresql_server import NoServerError, Server, running

BEYOND_ONE_MACHINE = (pytest.mark.system, pytest.mark.slow)
ENGINES = (
    "whoosh",
    "tantivy",
    pytest.param("opensearch", marks=BEYOND_ONE_MACHINE),
)
NODES = (
    "KB_TEST_OPENSEARCH_NODES"  # data nodes of the conformance suite: 1 or 2
)
RUNNING = "KB_TEST_OPENSEARCH"  # the address of one that runs already


def ready(request: pytest.FixtureRequest) -> str:
    """The engine of a parameter; its server runs."""
    name = str(request.param)
    if name == "opensearch":
        request.getfixturevalue("opensearch")
    return name


@pytest.fixture(scope="session")
def opensearch() -> Iterator[str]:
    """The address of a running cluster, which the environment names too."""
    if RUNNING in os.environ:
        os.environ["KB_OPENSEARCH_URL"] = os.environ[RUNNING]
        os.environ.setdefault("KB_OPENSEARCH_REPLICAS", "0")
        yield os.environ[RUNNING]
        return
    nodes = int(os.environ.get(NODES, "1"))
    set_before = {
        name: os.environ.get(name)
        for name in ("KB_OPENSEARCH_URL", "KB_OPENSEARCH_REPLICAS")
    }
    try:
        with cluster(nodes) as started:
            os.environ["KB_OPENSEARCH_URL"] = started.urls
            os.environ["KB_OPENSEARCH_REPLICAS"] = str(nodes - 1)
            yield started.urls
    except NoNodesError as reason:
        pytest.skip(str(reason))
    finally:
        for name, value in set_before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL that runs."""
    try:
        with running() as server:
            yield server
    except NoServerError as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def database(postgresql: Server) -> str:
    """The address of a database."""
    return postgresql.url
