"""Small documents of every format, made on the spot."""

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.extract import extract
from kb.extract.limits import Limits
from kb.extract.markup import pandoc_path
from kb.records import Extraction

MARKDOWN = """---
title: Samen in de wijk
author: [Jan de Boer, A. Vermeer]
date: 2019
---

# Inleiding

Een alinea met *nadruk* en een noot.[^1] De cliënt staat centraal.

[^1]: Dit staat onder aan de bladzijde.

- samenwerken
- leren

1. eerst dit
2. dan dat

> Wij zien elkaar nu elke week.

| Team  | Aantal |
|-------|--------|
| Noord | 12     |
"""


@pytest.fixture
def converted(tmp_path: Path) -> Callable[[str], Path]:
    """The Markdown above as a file of another format."""

    def make(extension: str) -> Path:
        source, target = tmp_path / "bron.md", tmp_path / f"stuk.{extension}"
        source.write_text(MARKDOWN, encoding="utf-8")
        if extension == "md":
            return source
        subprocess.run(
            [
                pandoc_path(),
                str(source),
                "--standalone",
                "--output",
                str(target),
            ],
            check=True,
        )
        return target

    return make


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, bytes], Extraction]:
    """What a file with this name and content says."""

    def reading(name: str, content: bytes) -> Extraction:
        path = tmp_path / name
        path.write_bytes(content)
        return extract(path, Limits(seconds=60))

    return reading


@pytest.fixture
def zipped(tmp_path: Path) -> Callable[..., Path]:
    """A zip file with this name and these members."""

    def make(
        name: str, members: dict[str, bytes], compressed: bool = True
    ) -> Path:
        with zipfile.ZipFile(
            tmp_path / name,
            "w",
            zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED,
        ) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
        return tmp_path / name

    return make
