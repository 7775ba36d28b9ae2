"""Real OpenSearch nodes on this machine, from the artifacts the project publishes for Java,
for tests and for trying the engine, never for production: `python scripts/opensearch_nodes.py
2` starts two data nodes beside a manager and prints their addresses until it is interrupted.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent / "opensearch"
ARTIFACTS = Path(
    os.environ.get(
        "KB_OPENSEARCH_JARS",
        Path(tempfile.gettempdir()) / "kb-opensearch-2.19.1.0",
    )
)
DOWNLOAD_SECONDS = 300
START_SECONDS = 300  # on two very busy cores; 20 to 40 on quiet ones
MEMORY = "-Xmx512m"
_ALWAYS = {
    "network.host": "127.0.0.1",
    "transport.type": "netty4",
    "http.type": "netty4",
    "node.store.allow_mmap": "false",
    "cluster.routing.allocation.disk.threshold_enabled": "true",
}


class NoNodesError(Exception):
    """Why no nodes can be started here, in a sentence."""


@dataclass
class Node:
    """A node in a process of its own."""

    name: str
    roles: str
    http: int
    transport: int
    home: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.http}"

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """Have it end by itself."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


@dataclass
class Cluster:
    """Nodes that know each other."""

    folder: Path
    nodes: list[Node] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> list[Node]:
        """The nodes that hold passages."""
        return [node for node in self.nodes if "data" in node.roles]

    @property
    def urls(self) -> str:
        """The addresses of the data nodes, with commas between."""
        return ",".join(node.url for node in self.data)

    def add(self, name: str, roles: str) -> None:
        """Make room for a node; it starts with `start`."""
        home = self.folder / name
        (home / "config").mkdir(parents=True)
        self.nodes.append(Node(name, roles, _free(), _free(), home))

    def start(self, node: Node) -> None:
        """Start a node, or start it again with what it held."""
        known = ",".join(f"127.0.0.1:{one.transport}" for one in self.nodes)
        managers = [one for one in self.nodes if "manager" in one.roles]
        options = {
            **_ALWAYS,
            "cluster.name": "kb-test",
            "node.name": node.name,
            "node.roles": node.roles,
            "path.home": str(node.home),
            "http.port": str(node.http),
            "transport.port": str(node.transport),
            "discovery.seed_hosts": known,
            "cluster.initial_cluster_manager_nodes": managers[0].name,
            **self.settings,
        }
        with (self.folder / f"{node.name}.log").open("ab") as log:
            node.process = subprocess.Popen(
                [
                    _java(),
                    MEMORY,
                    "-cp",
                    f"{ARTIFACTS / 'lib'}/*",
                    str(HERE / "Node.java"),
                    *(f"{name}={value}" for name, value in options.items()),
                ],
                stdout=log,
                stderr=log,
                cwd=node.home,
            )

    def wait(self, nodes: int | None = None, status: str = "green") -> None:
        """Wait until so many nodes are one cluster. Raises NoNodesError."""
        wanted = nodes or len(self.nodes)
        path = f"/_cluster/health?wait_for_nodes={wanted}&wait_for_status={status}&timeout=5s"
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if any(_is_healthy(node.url + path) for node in self.data):
                return
            time.sleep(0.5)
        raise NoNodesError(f"no cluster of {wanted} after {START_SECONDS} s")

    def stop(self) -> None:
        """Stop all nodes."""
        for node in self.nodes:
            node.stop()


@contextmanager
def cluster(
    data_nodes: int = 1, settings: dict[str, str] | None = None
) -> Iterator[Cluster]:
    """A cluster of one node, or of data nodes with a manager beside them.

    Raises NoNodesError.
    """
    fetch()
    with tempfile.TemporaryDirectory(prefix="kb-nodes-") as folder:
        made = Cluster(Path(folder), settings=settings or {})
        if data_nodes == 1:
            made.add("alone", "cluster_manager,data")
        else:
            made.add("manager", "cluster_manager")
            for number in range(data_nodes):
                made.add(f"data{number}", "data")
        try:
            for node in made.nodes:
                made.start(node)
            made.wait()
            yield made
        finally:
            made.stop()


def fetch() -> None:
    """Have Maven fetch the artifacts once. Raises NoNodesError."""
    _java()
    if (ARTIFACTS / "whole").exists():
        return
    maven = shutil.which("mvn")
    if maven is None:
        raise NoNodesError("Maven is not installed (apt install maven)")
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    goal = [
        "dependency:copy-dependencies",
        f"-DoutputDirectory={ARTIFACTS / 'lib'}",
        "-DincludeScope=runtime",
    ]
    try:
        subprocess.run(
            [maven, "-q", "-B", "-f", str(HERE / "pom.xml"), *goal],
            check=True,
            capture_output=True,
            timeout=DOWNLOAD_SECONDS,
        )
    except subprocess.SubprocessError as error:
        raise NoNodesError(
            f"OpenSearch could not be fetched: {error}"
        ) from error
    (ARTIFACTS / "whole").touch()


def _java() -> str:
    """The Java to run with. Raises NoNodesError."""
    found = shutil.which("java")
    if found is None:
        raise NoNodesError("Java 17 is not installed (apt install openjdk-17)")
    return found


def _free() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port


def _is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return not json.load(answer)["timed_out"]
    except (urllib.error.URLError, OSError, ValueError, KeyError):
        return False


def main(given: Sequence[str]) -> int:
    """Start nodes and keep them until interrupted."""
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # nodes end with it
    try:
        with cluster(int(given[0]) if given else 1) as started:
            print(started.urls, flush=True)
            while True:
                time.sleep(3600)
    except NoNodesError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
