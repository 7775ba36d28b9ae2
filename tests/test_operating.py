"""The files an operator copies are accepted by the programs they are for."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kb.settings import load

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "operating"
UNITS = sorted(FOLDER.glob("kb-*.*"))
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
MOST_EXPOSED = 3.0  # of ten, as systemd counts; under five it says "OK"


def _needs(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
@pytest.mark.system
def test_systemd_finds_no_fault_in_a_unit(unit: Path) -> None:
    verify = [_needs("systemd-analyze"), "verify", str(unit)]
    run = subprocess.run(verify, capture_output=True, text=True, check=False)
    faults = [
        line
        for line in run.stderr.splitlines()
        if "is not executable" not in line  # kb is not installed there
    ]
    assert faults == []


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
@pytest.mark.system
def test_a_service_may_do_little(unit: Path) -> None:
    look = [_needs("systemd-analyze"), "security", "--offline=true", str(unit)]
    run = subprocess.run(look, capture_output=True, text=True, check=False)
    told = re.search(r"exposure level for .*: ([\d.]+)", run.stdout)
    if told is None:
        pytest.skip("this systemd cannot judge a unit that is not loaded")
    assert float(told[1]) <= MOST_EXPOSED


def test_units_name_settings_that_there_are() -> None:
    for unit in SERVICES:
        given = re.findall(r"\bKB_(\w+)=(\S+)", unit.read_text("utf-8"))
        load(Path("none.toml"), {}, **{k.lower(): v for k, v in given})


@pytest.mark.system
def test_nginx_accepts_the_example(tmp_path: Path) -> None:
    nginx, openssl = _needs("nginx"), _needs("openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    make = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=kb",
    ]
    out = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, *make, *out], capture_output=True, check=True)
    example = (FOLDER / "nginx.conf").read_text("utf-8")
    placed = re.sub(r"/etc/\S+fullchain.pem", str(certificate), example)
    placed = re.sub(r"/etc/\S+privkey.pem", str(key), placed)
    whole = tmp_path / "nginx.conf"
    frame = "pid {pid};\nerror_log stderr;\nevents {{}}\nhttp {{\n{site}\n}}\n"
    whole.write_text(frame.format(pid=tmp_path / "nginx.pid", site=placed))
    test = [nginx, "-t", "-q", "-p", str(tmp_path), "-c", str(whole)]
    run = subprocess.run(test, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
