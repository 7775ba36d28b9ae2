"""Behind a real nginx under a path: every link, cookie and redirect leads back through it."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kb.settings import Settings
from web import create_app
from web.proxy import create_server

NGINX = shutil.which("nginx") or ""
pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(not NGINX, reason="nginx is not installed"),
]
CONFIGURATION = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location /kb/ {{
      proxy_pass http://127.0.0.1:{behind}/;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Prefix /kb;
    }}
  }}
}}
"""


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Until something listens on the port; fails after ten seconds."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


@pytest.fixture(scope="module")
def front(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The port of an nginx before the site."""
    folder = tmp_path_factory.mktemp("nginx")
    behind = replace(settings, trusted_proxies=1, port=0)
    server = create_server(create_app(behind), behind, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    port = free_port()
    text = CONFIGURATION.format(
        folder=folder, port=port, behind=server.effective_port
    )
    path = Path(folder) / "nginx.conf"
    path.write_text(text, encoding="utf-8")
    command = [NGINX, "-c", str(path), "-p", str(folder), "-g", "daemon off;"]
    nginx = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    wait_for(port)
    yield port
    nginx.terminate()
    nginx.wait(10)
    server.close()
    thread.join(5)


def get(port: int, path: str) -> tuple[int, str]:
    """Status and text of a page."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8", "replace")


@pytest.mark.parametrize(
    "path", ["/kb/", "/kb/zoeken?q=vakkennis", "/kb/themas/B7"]
)
def test_every_link_of_a_page_answers_through_the_proxy(
    front: int, path: str
) -> None:
    status, page = get(front, path)
    assert status == 200
    found = set(re.findall(r'(?:href|src)="(/[^"#]*)"', page))
    assert found
    assert [link for link in found if not link.startswith("/kb/")] == []
    looked_at = sorted(found)[:15]
    answers = {
        link: get(front, link.replace("&amp;", "&"))[0] for link in looked_at
    }
    assert {link: code for link, code in answers.items() if code != 200} == {}


def test_feeds_and_redirects_name_the_address_of_the_proxy(front: int) -> None:
    _, feed = get(front, "/kb/documenten.atom")
    assert f"http://127.0.0.1:{front}/kb/documenten/" in feed
    form = {"doe": "voegtoe", "i": "p:wit2016breed-a1", "terug": "/kb/over"}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    with closing(HTTPConnection("127.0.0.1", front, timeout=30)) as connection:
        connection.request("POST", "/kb/leeslijst/", urlencode(form), headers)
        response = connection.getresponse()
        response.read()
    assert response.status == 303
    assert response.headers["Location"] == "/kb/over"
    assert "Path=/kb" in str(response.headers["Set-Cookie"])
