"""On the shared texts.

Nearly every paragraph is in some passage, and no running header is in any.
"""

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

from kb.extract import extract
from kb.extract.limits import Limits
from kb.passages import passages_of
from kb.records import Passage
from kb.structure import blocks_of

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = [pytest.mark.shared, pytest.mark.slow]


@pytest.fixture(scope="module")
def passages() -> dict[str, tuple[Passage, ...]]:
    """The passages of each shared text, by file name."""
    files = sorted((SHARED / "corpus" / "sources").glob("*.txt"))
    return {
        path.name: passages_of(
            path.name[:3], blocks_of(extract(path, Limits()))
        )
        for path in files
    }


def _align() -> Any:
    spec = importlib.util.spec_from_file_location(
        "align", SHARED / "gold" / "align.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _gold(name: str) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for line in (SHARED / "gold" / name)
        .read_text(encoding="utf-8")
        .splitlines()
        if line
    ]


def test_paragraphs_of_the_gold_are_covered(
    passages: dict[str, tuple[Passage, ...]],
) -> None:
    align = _align()
    rows = [
        {"id": p.id, "source": name, "text": p.text}
        for name, found in passages.items()
        for p in found
    ]
    aligner = align.Aligner(rows)
    gold = _gold("themes.dev.jsonl")
    assert sum(bool(aligner.passages_for(row)) for row in gold) >= 0.98 * len(
        gold
    )


def test_every_entry_of_the_reference_gold_is_one_reference(
    passages: dict[str, tuple[Passage, ...]],
) -> None:
    align = _align()
    found = {
        align.squeeze(p.text)
        for rows in passages.values()
        for p in rows
        if p.kind == "reference"
    }
    gold = [
        row for row in _gold("references.dev.jsonl") if row["source"] == "list"
    ]
    assert sum(
        align.squeeze(row["raw"]) in found for row in gold
    ) >= 0.95 * len(gold)


def test_no_passage_holds_a_running_title_with_its_number(
    passages: dict[str, tuple[Passage, ...]],
) -> None:
    running = re.compile(
        r"\w (?:\d{1,3} )?(?:[2-5] (?:Theoretische "
        r"verkenning|Operationalisering|Resultaten|Conclusies en)|Krachten in de wijk "
        r"gebundeld)"
    )
    assert not [
        p.text
        for rows in passages.values()
        for p in rows
        if p.kind == "text" and running.search(p.text)
    ]
