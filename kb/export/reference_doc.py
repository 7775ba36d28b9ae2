"""Which Word styles does a section use? pandoc's own template, made sober: A4, black
headings, hanging references."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

from lxml import etree

from kb.citing.pandoc import template

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{W}}}"
_FONT = "Calibri"
ASIDE = (
    "Toelichting"  # our own style: small print below a heading or a quotation
)
FACTS = "Telling"  # the same, kept on the page of what follows


def _small_print(name: str, keep: str = "") -> str:
    """A style of our own; `keep` stands first in the properties of its paragraphs."""
    return f"""<w:style xmlns:w="{W}" w:type="paragraph" w:customStyle="1"
 w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="BodyText"/><w:qFormat/>
<w:pPr>{keep}<w:spacing w:before="0" w:after="160"/></w:pPr>
<w:rPr><w:color w:val="595959"/><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr></w:style>"""


# Thin rules above, below and under the heading, as APA draws a table.
_RULES = f"""<w:tblBorders xmlns:w="{W}"><w:top w:val="single" w:sz="8" w:color="000000"/>
<w:bottom w:val="single" w:sz="8" w:color="000000"/>
<w:insideH w:val="single" w:sz="4" w:color="BFBFBF"/></w:tblBorders>"""
# Style id → (size in half points, bold, space before and after in twips).
_HEADINGS = {
    "Heading1": (32, True, 0, 240),
    "Heading2": (26, True, 360, 120),
    "Heading3": (22, True, 240, 80),
}


def _property(parent: etree._Element, tag: str, **attributes: str) -> None:
    for old in parent.findall(_W + tag):
        parent.remove(old)
    etree.SubElement(
        parent, _W + tag, {_W + k: v for k, v in attributes.items()}
    )


def _paragraph(
    style: etree._Element,
    *,
    spacing: dict[str, str],
    indent: dict[str, str] | None = None,
) -> None:
    properties = etree.Element(_W + "pPr")
    kept = style.find(_W + "pPr")
    outline = None if kept is None else kept.find(_W + "outlineLvl")
    if style.get(_W + "styleId", "").startswith("Heading"):
        etree.SubElement(properties, _W + "keepNext")
    if style.get(_W + "styleId") == "Bibliography":
        etree.SubElement(properties, _W + "keepLines")
    etree.SubElement(
        properties, _W + "spacing", {_W + k: v for k, v in spacing.items()}
    )
    if indent:
        etree.SubElement(
            properties, _W + "ind", {_W + k: v for k, v in indent.items()}
        )
    if outline is not None:
        properties.append(outline)
    if kept is not None:
        style.replace(kept, properties)
    else:
        run = style.find(_W + "rPr")
        style.insert(
            len(style) if run is None else list(style).index(run), properties
        )


def _sober(style: etree._Element) -> None:
    name = style.get(_W + "styleId", "")
    run = style.find(_W + "rPr")
    if run is not None:
        for tag in ("color", "rFonts"):
            for old in run.findall(_W + tag):
                if not (tag == "color" and name == "Hyperlink"):
                    run.remove(old)
    if name in _HEADINGS:
        size, bold, before, after = _HEADINGS[name]
        _paragraph(style, spacing={"before": str(before), "after": str(after)})
        made = etree.Element(_W + "rPr")
        _property(made, "b" if bold else "i")
        _property(made, "sz", val=str(size))
        _property(made, "szCs", val=str(size))
        old_run = style.find(_W + "rPr")
        if old_run is not None:
            style.replace(old_run, made)
        else:
            style.append(made)
    elif name == "BlockText":
        _paragraph(
            style,
            spacing={
                "before": "120",
                "after": "200",
                "line": "264",
                "lineRule": "auto",
            },
            indent={"left": "567", "right": "284"},
        )
        if run is not None:
            style.remove(run)
    elif name == "Bibliography":
        _paragraph(
            style,
            spacing={
                "before": "0",
                "after": "120",
                "line": "264",
                "lineRule": "auto",
            },
            indent={"left": "567", "hanging": "567"},
        )
    elif name in ("BodyText", "FirstParagraph"):
        _paragraph(
            style,
            spacing={
                "before": "60",
                "after": "160",
                "line": "276",
                "lineRule": "auto",
            },
        )


def _ruled(table: etree._Element) -> None:
    """Rules for the style of tables; in the place the schema gives them."""
    properties = table.find(_W + "tblPr")
    if properties is not None:
        indent = properties.find(_W + "tblInd")
        at = 0 if indent is None else list(properties).index(indent) + 1
        properties.insert(at, etree.fromstring(_RULES))


def _styles(xml: bytes) -> bytes:
    root = etree.fromstring(xml)
    for style in root.findall(_W + "style"):
        _sober(style)
        if style.get(_W + "styleId") == "Table":
            _ruled(style)
    root.append(etree.fromstring(_small_print(ASIDE)))
    root.append(etree.fromstring(_small_print(FACTS, "<w:keepNext/>")))
    defaults = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
    if defaults is not None:
        for tag in ("rFonts", "sz", "szCs"):
            for old in defaults.findall(_W + tag):
                defaults.remove(old)
        fonts = etree.Element(
            _W + "rFonts",
            {_W + k: _FONT for k in ("ascii", "hAnsi", "cs", "eastAsia")},
        )
        defaults.insert(0, fonts)
        at = 1
        for tag in ("sz", "szCs"):
            defaults.insert(at, etree.Element(_W + tag, {_W + "val": "22"}))
            at += 1
    return etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )


def _a4(xml: bytes) -> bytes:
    """Page of 210 by 297 mm with margins of 25 mm, in twips."""
    margins = " ".join(
        f'w:{side}="1417"' for side in ("top", "right", "bottom", "left")
    )
    page = (
        f'<w:pgSz xmlns:w="{W}" w:w="11906" w:h="16838"/><w:pgMar xmlns:w="{W}" {margins} '
        f'w:header="708" w:footer="708" w:gutter="0"/>'
    )
    text = re.sub(r"<w:pgSz[^>]*/>|<w:pgMar[^>]*/>", "", xml.decode())
    return re.sub(
        r"(<w:sectPr(?:\s[^>]*[^/])?>)|<w:sectPr\s*/>",
        lambda m: (
            (m[1] or "<w:sectPr>") + page + ("" if m[1] else "</w:sectPr>")
        ),
        text,
    ).encode()


@cache
def reference_doc() -> bytes:
    """The template as a DOCX file. Raises PandocError."""
    source, made = (
        zipfile.ZipFile(io.BytesIO(template("reference.docx"))),
        io.BytesIO(),
    )
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item)
            change = {
                "word/styles.xml": _styles,
                "word/document.xml": _a4,
            }.get(item.filename)
            target.writestr(item.filename, change(data) if change else data)
    return made.getvalue()
