"""Behind a real nginx under a path: every link, cookie and redirect leads back through it."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kb.curators import Accounts
from kb.settings import Settings
from tests.web.curation_site import PASSWORD, token_in
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
    location /heel/ {{
      proxy_pass http://127.0.0.1:{whole};
      proxy_set_header Host $http_host;
    }}
    location /kaal/ {{
      proxy_pass http://127.0.0.1:{bare}/;
      proxy_set_header Host $http_host;
    }}
  }}
}}
"""
# /kb/ tells the path in a header; the others tell nothing, and leave it or take it off.
PATHS = ("/kb", "/heel", "/kaal")


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


@contextmanager
def serving(settings: Settings) -> Iterator[int]:
    """The port of a site with curators, while the block runs."""
    given = replace(settings, port=0, curation=True)
    server = create_server(create_app(given), given, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield int(server.effective_port)
    server.close()
    thread.join(5)


@pytest.fixture(scope="module")
def front(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The port of an nginx before three sites."""
    folder = tmp_path_factory.mktemp("nginx")
    accounts = Accounts(settings.corpus_dir)
    accounts.choose_password(accounts.add("lezer"), PASSWORD)
    told = replace(settings, trusted_proxies=1)
    whole = replace(settings, site_path="/heel")
    bare = replace(settings, site_path="/kaal")
    port = free_port()
    with serving(told) as a, serving(whole) as b, serving(bare) as c:
        text = CONFIGURATION.format(
            folder=folder, port=port, behind=a, whole=b, bare=c
        )
        path = Path(folder) / "nginx.conf"
        path.write_text(text, encoding="utf-8")
        command = [NGINX, "-c", str(path), "-p", str(folder)]
        nginx = subprocess.Popen(
            [*command, "-g", "daemon off;"], stderr=subprocess.DEVNULL
        )
        wait_for(port)
        yield port
        nginx.terminate()
        nginx.wait(10)


def get(port: int, path: str) -> tuple[int, str]:
    """Status and text of a page."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8", "replace")


@pytest.mark.parametrize("under", PATHS)
@pytest.mark.parametrize("path", ["/", "/zoeken?q=vakkennis", "/themas/B7"])
def test_every_link_of_a_page_answers_through_the_proxy(
    front: int, under: str, path: str
) -> None:
    status, page = get(front, under + path)
    assert status == 200
    found = set(re.findall(r'(?:href|src)="(/[^"#]*)"', page))
    assert found
    assert [x for x in found if not x.startswith(f"{under}/")] == []
    looked_at = sorted(found)[:15]
    answers = {
        link: get(front, link.replace("&amp;", "&"))[0] for link in looked_at
    }
    assert {link: code for link, code in answers.items() if code != 200} == {}


def post(
    port: int, path: str, form: dict[str, str], cookie: str = ""
) -> tuple[int, str, str]:
    """Status, where to and the cookie of what answers a form."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": cookie,
    }
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("POST", path, urlencode(form), headers)
        response = connection.getresponse()
        response.read()
        told = response.headers
        return (
            response.status,
            str(told["Location"]),
            str(told["Set-Cookie"]),
        )


@pytest.mark.parametrize("under", PATHS)
def test_feeds_and_the_api_name_the_address_of_the_proxy(
    front: int, under: str
) -> None:
    _, feed = get(front, f"{under}/documenten.atom")
    assert f"http://127.0.0.1:{front}{under}/documenten/" in feed
    _, told = get(front, f"{under}/api/v1/openapi.json")
    assert json.loads(told)["servers"] == [{"url": f"{under}/api/v1"}]
    _, found = get(front, f"{under}/api/v1/documents")
    assert f"http://127.0.0.1:{front}{under}/documenten/" in found
    assert get(front, f"{under}/themas/B7/meenemen/docx")[0] == 200


@pytest.mark.parametrize("under", PATHS)
def test_redirects_and_cookies_stay_under_the_path(
    front: int, under: str
) -> None:
    form = {"doe": "voegtoe", "i": "p:wit2016breed-a1"}
    form["terug"] = f"{under}/over"
    status, where, cookie = post(front, f"{under}/leeslijst/", form)
    assert (status, where) == (303, f"{under}/over")
    assert f"Path={under}" in cookie


@pytest.mark.parametrize("under", PATHS)
def test_curators_log_in_through_the_proxy(front: int, under: str) -> None:
    address = f"{under}/redactie/inloggen"
    with closing(HTTPConnection("127.0.0.1", front, timeout=30)) as connection:
        connection.request("GET", address)
        response = connection.getresponse()
        held = str(response.headers["Set-Cookie"]).split(";")[0]
        token = token_in(response.read().decode())
    form = {"csrf": token, "naam": "lezer", "wachtwoord": PASSWORD}
    status, where, cookie = post(front, address, form, held)
    assert (status, where) == (303, f"{under}/redactie/")
    assert f"Path={under}" in cookie
