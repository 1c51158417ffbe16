"""The document that HTML and PDF are both made from: one edition of an executed notebook, as plain data."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ..dates import parse_day
from ..editions import cut, public
from .citations import references
from .colophon import AUTHOR, how_made, parameter_table, provenance
from .markdown import plain
from .notes import cited
from .reader import Reader


@dataclass(frozen=True)
class Document:
    """One edition, ready to be set. Markdown is data: only `markdown.py` and `typeset.py` give it a form."""

    edition: str
    theme: str  # '' for a notebook from elsewhere
    title: str
    as_of: date | None  # None for a notebook from elsewhere: it claims no cut-off and nothing of this collection
    scope: str  # what a brief covers, one line above its title; '' in lessons
    lead: str  # the finding under the title of a lesson; '' in a brief, whose title it is
    parts: tuple
    items: dict = field(repr=False)  # source id -> CSL item, of every source used
    parameters: tuple  # (label, value) in words
    command: str
    version: str
    authors: tuple = (AUTHOR,)
    language: str = "en"
    formulas: tuple = field(default=(), repr=False)  # what the marks of formulas in Markdown stand for
    provenance: str = ""  # which rows and which code it is made from
    at_hand: bool = False  # read from a copy that its owner may have changed, not made by `dossier build`

    @classmethod
    def read(cls, notebook, edition, theme_label, parameters, command, version, code=""):
        """The document of an executed notebook; ValueError names the cell that cannot be published.

        `code` is the hash of the library that made it.
        """
        as_of = parse_day(str(parameters["as_of"]))
        reader = Reader(edition)
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
            provenance=provenance(notebook.metadata.get("dossier", {}).get("rows"), version, code),
        )

    @property
    def ours(self):
        """Whether it is of this collection: it then has a cut-off, a colophon and a licence."""
        return self.as_of is not None

    @property
    def undescribed(self):
        """The pictures that nobody has described; PDF/UA allows none."""
        return [block for block in self.blocks if block.kind == "image" and not block.alt]

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
