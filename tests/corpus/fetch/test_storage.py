"""Sources from object storage: a real server of S3's protocol on loopback, and a folder."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.corpus.fetch.storage import mirror
from kb.errors import StorageAwayError

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
TEXTS = {"a.txt": b"eerste", "2016/b.md": b"tweede", ".verborgen": b"x"}


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket "rapporten" of a server of its own, as boto3 sees it."""
    pytest.importorskip("s3fs")
    moto = pytest.importorskip("moto.server")
    boto3 = pytest.importorskip("boto3")
    server = moto.ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "kb")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "geheim")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    client = boto3.client("s3")
    client.create_bucket(
        Bucket="rapporten",
        CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
    )
    for name, body in TEXTS.items():
        client.put_object(Bucket="rapporten", Key=f"in/{name}", Body=body)
    try:
        yield client
    finally:
        reset = f"http://{host}:{port}/moto-api/reset"
        urllib.request.urlopen(reset, data=b"").close()
        client.close()
        server.stop()


@pytest.mark.slow
def test_files_come_once_change_and_go(bucket: Any, tmp_path: Path) -> None:
    own = tmp_path / "sources" / "eigen.txt"
    own.parent.mkdir()
    own.write_text("van de gebruiker")
    first = mirror("s3://rapporten/in", tmp_path)
    assert (first.fetched, first.left) == (2, ["rapporten/in/.verborgen"])
    assert (tmp_path / "sources/2016/b.md").read_bytes() == b"tweede"
    assert mirror("s3://rapporten/in", tmp_path).same == 2
    bucket.put_object(Bucket="rapporten", Key="in/a.txt", Body=b"anders")
    bucket.delete_object(Bucket="rapporten", Key="in/2016/b.md")
    done = mirror("s3://rapporten/in", tmp_path)
    assert (done.fetched, done.removed) == (1, 1)
    assert (tmp_path / "sources/a.txt").read_bytes() == b"anders"
    assert own.exists()


@pytest.mark.slow
def test_a_bucket_that_is_not_there_is_said_and_nothing_goes(
    bucket: Any, tmp_path: Path
) -> None:
    mirror("s3://rapporten/in", tmp_path)
    with pytest.raises(StorageAwayError, match="s3://nergens"):
        mirror("s3://nergens/in", tmp_path)
    assert (tmp_path / "sources/a.txt").exists()


def test_a_folder_has_the_same_interface(tmp_path: Path) -> None:
    there = tmp_path / "there"
    for name, body in TEXTS.items():
        (there / name).parent.mkdir(parents=True, exist_ok=True)
        (there / name).write_bytes(body)
    (tmp_path / "corpus").mkdir()
    assert mirror(f"file://{there}", tmp_path / "corpus").fetched == 2
    with pytest.raises(StorageAwayError):
        mirror(f"file://{tmp_path}/nergens", tmp_path / "corpus")
