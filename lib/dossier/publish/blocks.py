"""What a document is made of: parts, and in each of them blocks of one kind or another, as plain data."""

from dataclasses import dataclass, field
from typing import NamedTuple

ROLES = {
    "exercise": "Exercise",
    "solution": "Solution · instructor edition only",
    "instructor": "Instructor note · instructor edition only",
}

STREAMS = {"stderr": "Warnings and messages (standard error)", "error": "The cell stopped with an error"}


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or below; `markdown` is its text, `anchor` its id."""

    level: int
    markdown: str
    anchor: str
    kind: str = "heading"


@dataclass(frozen=True)
class Text:
    """Markdown without headings; citations stand in it as `[@source-id]`."""

    markdown: str
    kind: str = "text"


@dataclass(frozen=True)
class Picture:
    """A figure: SVG and PNG with what `dossier.figure.Figure.record` gives; `number` counts within the edition."""

    number: int
    record: dict
    svg: str
    png: str
    kind: str = "figure"


@dataclass(frozen=True)
class Image:
    """A bare picture of a notebook at hand: `alt` is its author's description or '', `width` CSS pixels or None,
    `mentioned` whether the text calls it by its number."""

    number: int
    cell: int
    mime: str
    data: bytes = field(repr=False)
    alt: str
    width: float | None
    mentioned: bool = False
    kind: str = "image"

    @property
    def caption(self):
        """What identifies the picture to a reader of the text, or where nobody has described it; else ''."""
        if self.alt:
            return f"Picture {self.number}" if self.mentioned else ""
        return f"Picture {self.number}, from cell {self.cell} of the notebook. Its author gave no description."


class Cell(NamedTuple):
    """A cell of a table; `scope` is 'col' or 'row' for a header of these, '' for data; `right` for figures."""

    text: str
    scope: str = ""
    rowspan: int = 1
    colspan: int = 1
    right: bool = False


@dataclass(frozen=True)
class Table:
    """A table of a notebook at hand: rows of `Cell` without a hole; `widths`: letters in each column's longest word."""

    number: int
    caption: str
    widths: tuple
    head: tuple
    body: tuple
    kind: str = "table"


@dataclass(frozen=True)
class Code:
    """Code that is shown, or the plain text that it left: `kind` is code, output, stderr or error."""

    text: str
    kind: str = "code"


@dataclass(frozen=True)
class Part:
    """The blocks of one cell; `role` is '' or a key of `ROLES`, `section` the section of a brief or ''."""

    role: str
    section: str
    blocks: tuple

    @property
    def label(self):
        """What stands above the box of an exercise, a solution or an instructor note; '' for a titled exercise."""
        titled = self.role == "exercise" and isinstance(self.blocks[0], Heading)
        return "" if titled else ROLES.get(self.role, "")
