"""What is this file really? Told from its first bytes and its inside, never its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

# What each extension promises; an unknown one promises nothing.
EXTENSIONS = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".epub": "epub",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".rtf": "rtf",
    ".doc": "word97",
}
READABLE = ("pdf", "docx", "odt", "epub", "html", "markdown", "text")

_HEAD = 65536  # bytes looked at
_XML_HEAD = 8192  # of these, where an XML file says that it is HTML
_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "word97"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"MZ", "binary"),
    (b"\x7fELF", "binary"),
)
_INSIDE = (
    (re.compile(r"word/document\d*\.xml"), "docx"),
    (re.compile(r"xl/workbook\d*\.(?:xml|bin)"), "spreadsheet"),
    (re.compile(r"ppt/presentation\d*\.xml"), "presentation"),
)
_MIMETYPES = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.spreadsheet": "spreadsheet",
    "application/vnd.oasis.opendocument.presentation": "presentation",
}
_BAD_ZIP = (
    zipfile.BadZipFile,
    RuntimeError,
    NotImplementedError,
    OSError,
    ValueError,
    EOFError,
)
_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<(?:head|body)[\s>]", re.IGNORECASE
)
_HTML_FIRST = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)*(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml\s")
_TAG = re.compile(
    rb"</?(?:p|div|h[1-6]|ul|table|article|section)[\s>/]", re.IGNORECASE
)
_ALLOWED_CONTROLS = frozenset(b"\t\n\r\f\x0b\x1a\x1b\x85")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Shares of zero bytes on either side of each pair in Western text in UTF-16.
_MANY, _FEW = 0.7, 0.05


def sniff(path: Path) -> str:
    """The true format of `path`: one of READABLE, or the name of what it is instead.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as handle:
        head = handle.read(_HEAD)
    if not head.strip(b"\x00\t\n\r\f \xef\xbb\xbf"):
        return "empty"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return zip_kind(path)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if is_binary(head):
        return "binary"
    return _text_kind(_narrow(head), EXTENSIONS.get(path.suffix.lower(), ""))


def _text_kind(head: bytes, promised: str) -> str:
    """HTML, other XML, Markdown or text, as the first bytes and the name say."""
    if _XML.match(head):
        return "html" if _HTML.search(head[:_XML_HEAD]) else "xml"
    if _HTML_FIRST.match(head):
        return "html"
    if promised == "html" and (_HTML.search(head) or _TAG.search(head)):
        return "html"
    return "markdown" if promised == "markdown" else "text"


def _narrow(head: bytes) -> bytes:
    """The first bytes as UTF-8 when they are UTF-16."""
    if head.startswith(_WIDE_MARKS):
        return head.decode("utf-16", "replace").encode("utf-8", "replace")
    side = _wide_side(head)
    if side is None:
        return head
    return head.decode(side, "replace").encode("utf-8", "replace")


def zip_kind(path: Path) -> str:
    """The format inside a zip file.

    "archive" when it is no document, "broken_archive" when it cannot be opened.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            for pattern, kind in _INSIDE:
                if any(map(pattern.fullmatch, names)):
                    return kind
            if (
                "mimetype" in names
                and archive.getinfo("mimetype").file_size < 200
            ):
                mimetype = (
                    archive.read("mimetype").decode("ascii", "replace").strip()
                )
                return _MIMETYPES.get(mimetype, "archive")
    except _BAD_ZIP:
        return "broken_archive"
    return "archive"


def is_binary(head: bytes) -> bool:
    """Whether bytes cannot be text in any encoding of ours.

    They hold zeros (but for UTF-16) or many control characters.
    """
    if head.startswith(_WIDE_MARKS):
        return False
    if head.count(0):
        return _wide_side(head) is None
    controls = sum(
        byte < 32 and byte not in _ALLOWED_CONTROLS for byte in head
    )
    return controls > max(2, len(head) // 200)


def _wide_side(head: bytes) -> str | None:
    """UTF-16 without a mark: nearly every other byte is zero, always on one side."""
    half = max(1, len(head) // 2)
    even, odd = head[::2].count(0) / half, head[1::2].count(0) / half
    if odd > _MANY and even < _FEW:
        return "utf-16-le"
    if even > _MANY and odd < _FEW:
        return "utf-16-be"
    return None
