"""Typeset a demo document with pandoc: DOCX with header, footer and footnotes.

HTML with a site around it.
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypandoc
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from scripts.demo.source import DISCLAIMER, RUNNING, Source

_PAGE = (Path(__file__).parent / "page.html").read_text(encoding="utf-8")
_EPOCH = (2020, 1, 1, 0, 0, 0)


def _pandoc(*options: str, given: bytes = b"") -> bytes:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1577836800"}
    return subprocess.run(
        [pypandoc.get_pandoc_path(), *options],
        input=given,
        capture_output=True,
        check=True,
        env=environment,
    ).stdout


def _add_field(paragraph: Any, instruction: str) -> None:
    for kind, text in (("begin", ""), ("", instruction), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _reference(source: Source, target: Path) -> None:
    document = Document(
        BytesIO(_pandoc("--print-default-data-file", "reference.docx"))
    )
    for name, points in (
        ("Normal", 10.5),
        ("Heading 1", 15),
        ("Heading 2", 12),
        ("Title", 24),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(points)
        style.font.color.rgb = (
            RGBColor(0x1F, 0x1F, 0x1F)
            if name == "Normal"
            else RGBColor(0x5B, 0x2C, 0x6F)
        )
    section = document.sections[0]
    section.header.paragraphs[0].text = source.meta["running"]
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run(f"{RUNNING} – Pagina ")
    _add_field(footer, "PAGE")
    footer.add_run(" van ")
    _add_field(footer, "NUMPAGES")
    document.save(str(target))


def _still(data: bytes) -> bytes:
    """The same zip with fixed dates and order, so that a rerun gives the same bytes."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(
            old.namelist(),
            key=lambda name: (name != "[Content_Types].xml", name),
        ):
            new.writestr(
                zipfile.ZipInfo(name, _EPOCH),
                old.read(name),
                zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()


def _front(source: Source) -> str:
    meta = source.meta
    by = ", ".join(meta["authors"]) or meta["institution"]
    lines = [
        f"title: {meta['title']!r}",
        f"subtitle: {meta['subtitle']!r}",
        f"author: {by!r}",
        f"date: {str(meta['date'])!r}",
        "lang: nl-NL",
    ]
    return "---\n" + "\n".join(lines) + f"\n---\n\n*{DISCLAIMER}*\n\n"


def write_docx(source: Source, target: Path) -> None:
    """Typeset `source` as Word.

    Heading styles, table, real footnotes, header and footer with page fields.
    """
    with TemporaryDirectory() as folder:
        reference = Path(folder) / "reference.docx"
        _reference(source, reference)
        options = (
            "-f",
            "markdown+smart",
            "-t",
            "docx",
            "--reference-doc",
            str(reference),
            "-o",
            "-",
        )
        target.write_bytes(
            _still(
                _pandoc(
                    *options, given=(_front(source) + source.markdown).encode()
                )
            )
        )


def write_html(source: Source, target: Path) -> None:
    """Typeset `source` as a web page.

    The text in <article>, with a site's navigation, aside and footer around it.
    """
    body = _pandoc(
        "-f",
        "markdown",
        "-t",
        "html5",
        "--wrap=none",
        given=source.markdown.encode(),
    ).decode()
    body = re.sub(r"\r\n?", "\n", body)
    meta = source.meta
    fields = {
        key: html.escape(str(meta[key]))
        for key in ("title", "subtitle", "date", "institution", "year")
    }
    page = _PAGE.format(
        **fields,
        author=html.escape(", ".join(meta["authors"])),
        disclaimer=DISCLAIMER,
        running=RUNNING,
        body=body.strip(),
    )
    target.write_text(page, encoding="utf-8", newline="\n")
