"""The document that HTML and PDF are both made from: one edition of an executed notebook, as plain data."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from .. import figure, prose
from ..data import REDACTED
from ..dates import parse_day
from ..editions import SECTIONS, cut, public, section, shows_code, tags
from .citations import references
from .colophon import how_made, parameter_table
from .markdown import plain
from .notes import cited, clean

ROLES = {
    "exercise": "Exercise",
    "solution": "Solution · instructor edition only",
    "instructor": "Instructor note · instructor edition only",
}
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")


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
class Code:
    """Code that the edition shows, or the plain text that it printed."""

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


@dataclass(frozen=True)
class Document:
    """One edition, ready to be set. Markdown is data: only `markdown.py` and `typeset.py` give it a form."""

    edition: str
    theme: str
    title: str
    as_of: date
    scope: str  # what a brief covers, one line above its title; '' in lessons
    lead: str  # the finding under the title of a lesson; '' in a brief, whose title it is
    parts: tuple
    items: dict = field(repr=False)  # source id -> CSL item, of every source used
    parameters: tuple  # (label, value) in words
    command: str
    version: str

    @classmethod
    def read(cls, notebook, edition, theme_label, parameters, command, version):
        """The document of an executed notebook; ValueError names the cell that cannot be published."""
        as_of = parse_day(str(parameters["as_of"]))
        reader = _Reader(edition)
        for cell in public(cut(notebook, edition).cells, as_of.isoformat()):
            reader.read(cell)
        if not reader.title:
            raise ValueError(f"the {edition} edition has no title: {_TITLE_FROM[edition == 'brief']}")
        return cls(
            edition,
            theme_label,
            plain(reader.title),
            as_of,
            reader.scope,
            reader.lead,
            tuple(reader.parts),
            reader.items,
            parameter_table(parameters),
            command,
            version,
        )

    @property
    def brief(self):
        """Whether this is the brief: two pages, no contents, no code."""
        return self.edition == "brief"

    @cached_property
    def blocks(self):
        """All blocks in reading order."""
        return [block for part in self.parts for block in part.blocks]

    @cached_property
    def notes(self):
        """Source id -> note number, by first appearance in this edition."""
        used = [id for text in (self.scope, self.lead) for id in cited(text)]
        for block in self.blocks:
            used += self.cited_by(block)
        return {id: number for number, id in enumerate(dict.fromkeys(used), 1)}

    def cited_by(self, block):
        """The ids of the sources that get a note in a block.

        In a lesson a figure cites its sources at its source line. In a brief it does not: they would fill the
        list, which is for what the text and the evidence rest on; the data beside the brief names them row by row.
        """
        if block.kind == "figure":
            return [] if self.brief else list(block.record["sources"])
        return cited(getattr(block, "markdown", ""))

    def numbers(self, block):
        """The note numbers of a block."""
        return [self.notes[id] for id in self.cited_by(block)]

    @cached_property
    def references(self):
        """Markdown of each reference, in the order of the notes."""
        missing = [id for id in self.notes if id not in self.items]
        if missing:
            raise ValueError(f"cited without a source: {', '.join(missing)}; only `say` and figures cite")
        worded = references([self.items[id] for id in self.notes])
        return [worded[id] for id in self.notes]

    @property
    def contents(self):
        """The headings of the second level, for the contents of a lesson."""
        return [block for block in self.blocks if block.kind == "heading" and block.level == 2]

    @property
    def colophon(self):
        """(label, text) pairs that say how the document was made, how to cite it and what may be done with it."""
        return how_made(self)


_TITLE_FROM = {True: "it needs a cell of section headline", False: "its first cell starts with '# '"}


class _Reader:
    """Collects the parts of an edition cell by cell."""

    def __init__(self, edition):
        self._edition = edition
        self.title = self.lead = self.scope = ""
        self.parts, self.items = [], {}
        self._anchors, self._level, self._figures = set(), 1, 0

    def read(self, cell):
        """Add one cell to the document."""
        name, brief = section(cell), self._edition == "brief"
        if name == "references":
            return self._drop_heading()  # the list that this room numbers stands at the end, under its own heading
        if name == "headline":
            self._set("title" if brief else "lead", cell)
        elif name == "cut-off" and brief:
            self._set("scope", cell)
        else:
            self._add(cell, name or "")

    def _set(self, what, cell):
        setattr(self, what, " ".join(_markdown_of(cell).split()))
        self._gather(cell)

    def _add(self, cell, name):
        self._gather(cell)
        label = [f"## {SECTIONS[name]}"] if self._edition == "brief" and SECTIONS.get(name) else []
        blocks = [block for markdown in label for block in self._texts(markdown)]
        blocks += self._texts(cell.source) if cell.cell_type == "markdown" else self._outputs(cell)
        role = next((role for role in ("solution", "instructor", "exercise") if role in tags(cell)), "")
        if role and self.parts and self.parts[-1].role == role:
            blocks = [*self.parts.pop().blocks, *blocks]  # cells of one exercise stand in one box
        if blocks:
            self.parts.append(Part(role, name, tuple(blocks)))

    def _outputs(self, cell):
        if cell.cell_type == "code" and shows_code(cell, self._edition):
            yield Code(clean(cell.source))
        for output in cell.get("outputs", ()):
            yield from self._output(output, cell)

    def _output(self, output, cell):
        data = output.get("data", {})
        if figure.MIME in data:
            self._figures += 1
            yield Picture(self._figures, _cleaned(data[figure.MIME]), data.get("image/svg+xml", ""), data["image/png"])
        elif prose.MIME in data:
            yield from self._texts(data[prose.MIME]["markdown"])
        elif any(kind.startswith("image/") for kind in data):
            raise ValueError(f"cell {cell.get('id')}: a picture without title and description; use a chart verb")
        elif text := (data.get("text/plain") or output.get("text", "")).strip("\n"):
            yield Code(clean(text), kind="output")

    def _texts(self, markdown):
        """Markdown as headings and the text between them; the first `# ` is the title of a lesson."""
        text, fenced = [], None
        for line in clean(markdown).splitlines():
            fence = _FENCE.match(line)
            fenced = (None if fence[1] == fenced else fenced or fence[1]) if fence else fenced
            heading = None if fenced else _HEADING.fullmatch(line)
            if not heading:
                text.append(line)
                continue
            yield from _text(text)
            text = []
            yield from self._heading(len(heading[1]), heading[2])
        yield from _text(text)

    def _heading(self, level, markdown):
        if level == 1 and not self.title and self._edition != "brief":
            self.title = markdown
            return
        # No level is left out: readers who step from heading to heading count on it, and PDF/UA asks for it.
        self._level = min(max(level, 2), self._level + 1)
        yield Heading(self._level, markdown, self._anchor(plain(markdown)))

    def _anchor(self, text):
        stem = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "section"
        anchor, count = f"s-{stem}", 2
        while anchor in self._anchors:
            anchor, count = f"s-{stem}-{count}", count + 1
        self._anchors.add(anchor)
        return anchor

    def _gather(self, cell):
        """Note the sources of a cell; where one is redacted in an earlier view and open in another, it is open."""
        for output in cell.get("outputs", ()):
            for mime in (prose.MIME, figure.MIME):
                for id, item in output.get("data", {}).get(mime, {}).get("sources", {}).items():
                    if self.items.get(id, {}).get("title", REDACTED) == REDACTED:
                        self.items[id] = item

    def _drop_heading(self):
        if self.parts and isinstance(self.parts[-1].blocks[-1], Heading):
            *blocks, _ = self.parts[-1].blocks
            self.parts[-1:] = [Part(self.parts[-1].role, self.parts[-1].section, tuple(blocks))] if blocks else []


def _markdown_of(cell):
    if cell.cell_type == "markdown":
        return clean(cell.source)
    found = [output["data"][prose.MIME] for output in cell.outputs if prose.MIME in output.get("data", {})]
    if not found:
        raise ValueError(f"cell {cell.get('id')}: no text; its last line is to be a `say` or `headline`")
    return clean(found[0]["markdown"])


def _text(lines):
    markdown = "\n".join(lines).strip("\n")
    return [Text(markdown)] if markdown.strip() else []


def _cleaned(value):
    """JSON data with every text cleaned."""
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return clean(value) if isinstance(value, str) else value
