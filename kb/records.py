"""The records that walk through the house, in the order in which they arise.

Every room takes some of these and gives others; nothing else crosses a door. All are
frozen: a room that knows more makes a new record (`dataclasses.replace`). Coordinates are
PDF points, origin top left, y downwards; pages count from 1; character spans are half-open
offsets in `Passage.text`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Layout kinds of a block, as `kb extract --json` prints them.
BLOCK_KINDS = (
    "heading",
    "paragraph",
    "list",
    "table",
    "caption",
    "footnote",
    "quote",
    "reference",
    "toc",
    "figure",
    "margin",
    "furniture",
)

# What a passage is to a reader. The last seven carry no argument of the author and sink in
# the ranking.
PASSAGE_KINDS = (
    "finding",
    "recommendation",
    "definition",
    "respondent_quote",
    "figure",
    "method",
    "policy",
    "literature",
    "text",
    "table",
    "caption",
    "footnote",
    "question",
    "contents",
    "colophon",
    "reference",
)

Csl = Mapping[str, Any]


class Placed:
    """What has a place on a page: its size and its middle, in points."""

    __slots__ = ()

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def mid_x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def mid_y(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Box(Placed):
    """A rectangle on a physical page, in points, origin top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader of the build report should know.

    `code` and `values` make the sentence in `messages.toml`.
    """

    document: str
    code: str
    page: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    severity: str = (
        "warning"  # "error": the document was not built; "warning"; "note"
    )


@dataclass(frozen=True, slots=True)
class Word(Placed):
    """A run of characters without white space, with its place and type.

    `size` in points.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0
    font: str = ""
    bold: bool = False
    italic: bool = False
    color: str = ""


@dataclass(frozen=True, slots=True)
class Line(Placed):
    """A line of text as it stands on the page.

    Text readers give zeros for its place.
    """

    text: str
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    font: str = ""
    bold: bool = False
    italic: bool = False
    color: str = ""
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One physical page.

    Its lines in the order of the file, ruled lines and images, and the label the PDF
    declares.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    label: str | None = None
    lines: tuple[Line, ...] = ()
    rules: tuple[Box, ...] = ()
    images: tuple[Box, ...] = ()
    confidence: float | None = None  # of OCR, 0..1
    recognised: bool = False  # its text is the reading of a picture


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the layout in reading order.

    `raw` is the text before repair, None where it is the same.
    """

    kind: str
    text: str
    page: int = 1
    label: str | None = None
    level: int | None = None  # of headings: 0 is the document's title
    mark: str | None = (
        None  # of footnotes: the number or sign that points to it
    )
    rows: tuple[tuple[str, ...], ...] = ()  # of tables
    page_end: int | None = None
    label_end: str | None = None
    boxes: tuple[Box, ...] = ()
    raw: str | None = None
    repairs: tuple[tuple[str, str], ...] = ()  # (as printed, as repaired)
    language: str = "nl"
    label_origin: str = (
        "none"  # "printed", worked out "between" others, or "none"
    )
    # The nearest printed labels before and after, where `label` is worked out.
    label_between: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a reader got from one file.

    Pages of lines, or, from formats that know their structure, blocks.
    """

    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] | None = None
    metadata: Mapping[str, Any] = field(
        default_factory=dict
    )  # CSL fields the file gives of itself
    problems: tuple[Problem, ...] = ()
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A source and its record.

    `csl` is the record in CSL-JSON, `bib` the fields as the .bib file gives them.
    """

    id: str
    source: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    type: str = "report"
    pages: int = 0
    language: str = "nl"
    csl: Csl = field(default_factory=dict)
    bib: Mapping[str, str] = field(default_factory=dict)
    found: tuple[
        str, ...
    ] = ()  # fields taken from the file itself, for want of a record
    keywords: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    fingerprint: str = ""
    downloadable: bool = True
    card: Mapping[str, Any] = field(default_factory=dict)  # the report card
    volume: str | None = None  # id of the collection that it is a part of

    def file_at(self, page: int) -> tuple[str, int]:
        """The file that a page stands in, and which page of that file it is.

        A document of several files counts its pages through; its card has their names
        and how many pages each has.
        """
        before = 0
        for name, pages in self.card.get("files") or ():
            if page <= before + pages:
                return str(name), page - before
            before += pages
        return self.source, page


@dataclass(frozen=True, slots=True)
class Part:
    """An article: blocks[first:last] of the volume, its heading included.

    `id` is the id of its document, `title` the heading without a word such as
    "Essay", `pages` "38-46" or "", `names` its authors as CSL names. `csl` is its
    record, where it has one.
    """

    id: str
    title: str
    heading: str
    names: tuple[Mapping[str, str], ...] = ()
    pages: str = ""
    first: int = 0
    last: int = 0
    csl: Csl = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched, tagged and quoted.

    Whole sentences of one block, with where they are printed.
    """

    id: str
    document: str
    text: str
    position: int  # order in the document, from 0
    kind: str = "text"
    block: str = "paragraph"  # the layout kind it came from
    section: tuple[str, ...] = ()
    page: int = 1
    label: str | None = None
    page_end: int | None = None
    label_end: str | None = None
    boxes: tuple[Box, ...] = ()
    raw: str | None = None
    repairs: tuple[tuple[str, str], ...] = ()
    language: str = "nl"
    municipalities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    label_origin: str = (
        "none"  # as of a block; "printed" when all its labels are
    )
    label_between: tuple[str | None, str | None] = (None, None)


# Probability of being evidence from which a theme is shown, unless the settings say
# otherwise: where precision on documents that were not read while most cues were made
# passes 0.8, with the best F1 (docs/quality/themes.md).
THEME_PROBABILITY = 0.6


@dataclass(frozen=True, slots=True)
class Cue:
    """A span of the passage that speaks for a theme."""

    start: int
    end: int
    text: str
    pattern: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Tag:
    """Theme on passage.

    `score` is a calibrated probability; `evidence` tells evidence from a passing
    mention.
    """

    passage: str
    theme: str  # code, unique over frameworks
    score: float
    evidence: bool = True  # shown by default
    cues: tuple[Cue, ...] = ()
    origin: str = "rules"  # rules, model, curator
    layers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a reference list. `raw` stays as printed."""

    id: str
    document: str
    raw: str
    csl: Csl = field(default_factory=dict)
    work: str | None = None
    page: int = 1
    label: str | None = None
    place: str = "list"  # list, footnote, figure, slide, inline, self
    list_number: int = 0  # which list of the document


@dataclass(frozen=True, slots=True)
class Citation:
    """An in-text mention. `surface` is exactly `passage.text[start:end]`."""

    passage: str
    surface: str
    start: int
    end: int
    authors: tuple[str, ...] = ()
    year: int | None = None
    suffix: str = ""  # the "a" of 2015a
    title: str | None = None
    pages: str | None = None
    narrative: bool = False
    etal: bool = False
    group: bool = False
    reference: str | None = None
    work: str | None = None
    score: float = 0.0
    reason: str = ""
    # The authors as CSL names, with the particles and given names that are printed.
    names: tuple[Mapping[str, str], ...] = ()
    number: int | None = None  # of an entry of a numbered list: the 3 of "[3]"
    csl: Csl = field(
        default_factory=dict
    )  # what it says of an act, paper or ruling
    locator: str | None = (
        None  # the place in it that is no page: "artikel 2.3.2"
    )
    through: int | None = None  # start of the citation it is "aangehaald in"
    # Of a citation in a note: the passage that carries its mark, and where.
    noted_in: str | None = None
    noted_at: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited, once for the whole corpus however it is spelled."""

    id: str
    csl: Csl
    cited_by: tuple[str, ...] = ()
    mentions: int = 0
    document: str | None = (
        None  # citekey where the work is itself in the corpus
    )
    origin: str = (
        "reference"  # corpus, literature, reference, mention (no entry)
    )
    variants: tuple[str, ...] = ()  # raw entries merged into it


@dataclass(frozen=True, slots=True)
class Formatted:
    """The strings of a work in one style and language.

    Made at build time (text and HTML).
    """

    work: str
    style: str
    language: str
    reference: str
    reference_html: str
    parenthetical: str  # without brackets: "De Boer & Jansen, 2015"
    narrative: str  # "De Boer en Jansen (2015)"


@dataclass(frozen=True, slots=True)
class Similar:
    """Two passages that say the same.

    `group` is shared by all of a group, `score` counts from 0 to 1.
    """

    passage: str
    group: str
    score: float = 1.0
    best: bool = False
