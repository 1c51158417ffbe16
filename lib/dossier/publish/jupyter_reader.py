"""Reads all that a Jupyter notebook can show: pictures, tables, formulas, HTML in Markdown, attachments."""

import copy
import re
from dataclasses import replace
from urllib.parse import unquote

from ..editions import tags
from .bare_pictures import attributes, in_markdown, in_output
from .blocks import Image, Text
from .dialect import Code, without_html
from .formulas import mark_formulas
from .notes import CITATION
from .outline import anchor
from .outputs import output_blocks, tidy
from .reader import Reader
from .tables import read_tables

_HELD, _HELD_AT = "\ue007{}\ue008", re.compile("\ue007(\\d+)\ue008")  # where a block stood in Markdown
_HELD_LINE = re.compile("(?m)^[ \t]*((?:\ue007\\d+\ue008[ \t]*)+)$")
_HELD_IN_HEADING = re.compile("(?m)^( {0,3}#{1,6}[ \t][^\n]*?)(\ue007\\d+\ue008)([^\n]*)$")
_ALT = r"!\[((?:[^\[\]\\]|\\.)*)\]"
_TARGET = r"\(\s*<?((?:[^\s<>()]|\([^\s()]*\))+)>?(?:\s+\"[^\"]*\"|\s+'[^']*')?\s*\)"
_PICTURE = re.compile(_ALT + _TARGET)
_LINKED_PICTURE = re.compile(rf"\[{_ALT}\(https?:[^\s()]*\)\]{_TARGET}")  # a badge: its words become the link
_TAG_PICTURE = re.compile(r"<img\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_TABLE = re.compile(r"<table\b.*?</table\s*>", re.DOTALL | re.IGNORECASE)
_INNER_LINK = re.compile(r"\]\(#([^()\s]+)\)")


class JupyterReader(Reader):
    """Reads a notebook at hand as it is; `cells` is the whole notebook, `folder` where its picture files may be."""

    def __init__(self, edition, cells, folder=None):
        super().__init__(edition)
        self._position = {id(cell): number for number, cell in enumerate(cells, start=1)}
        self._folder, self._images, self._cell = folder, 0, 0

    def read(self, cell):
        """Add one cell to the document, without what tags of the Jupyter world take away."""
        gone = {tag.replace("_", "-") for tag in tags(cell)}
        if "remove-cell" in gone:
            return
        self._cell = self._position[id(cell)]
        cell = copy.copy(cell)
        if "remove-input" in gone:
            cell.metadata = cell.metadata | {"jupyter": {"source_hidden": True}}
        kept = [] if "remove-output" in gone else cell.get("outputs", ())
        cell.outputs = [output for output in kept if f"remove-{output.get('name')}" not in gone]
        super().read(cell)

    def _markdown(self, cell):
        return self._plain(tidy(cell.source), cell.get("attachments", {}))

    def _foreign(self, output, cell):
        data = output.get("data", {})
        blocks = output_blocks(output)
        if any(block.kind == "table" for block in blocks):
            return blocks
        if found := in_output(output, cell):
            return [self._image(found)]
        if "text/markdown" in data:
            return self._plain(tidy(data["text/markdown"]), {})
        return self._latex(data.get("text/latex", "")) or blocks

    def _latex(self, latex):
        """A formula, or nothing where there is more TeX than formulas."""
        found = []
        marked = mark_formulas(tidy(latex).strip(), found)
        if not found or re.sub("[\ue003\ue004\\d\\s]", "", marked):
            return []
        return [Text(mark_formulas(tidy(latex).strip(), self.formulas))]

    def _image(self, found):
        self._images += 1
        return Image(self._images, self._cell, *found)

    def _plain(self, markdown, attachments):
        """Jupyter's Markdown as blocks. A picture or table on a line of its own stands there, others after their text."""
        held, code = [], Code()

        def hold(*blocks):
            held.extend(blocks)
            return "".join(_HELD.format(len(held) - len(blocks) + n) for n in range(len(blocks)))

        def picture(target, alt, width=""):
            alt = code.back_in(alt)
            if found := in_markdown(target, alt, width, attachments, self._folder):
                return hold(self._image(found))
            words = alt or f"picture {target}"
            return f"[{words}]({target})" if re.match("https?:", target) else words * bool(target)

        def table(found):
            html = code.back_in(found[0])
            return f"\n\n{hold(*self._numbered(read_tables(html))) or found[0]}\n\n"

        text = _TABLE.sub(table, code.out_of(markdown))
        text = _LINKED_PICTURE.sub(r"[\1](\2)", text)
        text = _PICTURE.sub(lambda found: picture(found[2], found[1]), text)
        text = _TAG_PICTURE.sub(lambda found: picture(*attributes(found[1])), text)
        text = _INNER_LINK.sub(lambda found: f"](#{anchor(unquote(found[1]))})", text)
        # Only `say` cites; [@name] is what another tool calls a citation, and stays as it is written.
        text = CITATION.sub(lambda found: found[0].replace("[@", r"[\@"), text)
        text = code.back_in(without_html(mark_formulas(text, self.formulas)))
        while _HELD_IN_HEADING.search(text):
            text = _HELD_IN_HEADING.sub(r"\1\3\n\n\2", text)
        for block in self._outline.blocks(text):
            yield from _released(block, held)


def _released(block, held):
    """A block with what was held in its text."""
    if block.kind != "text" or not _HELD_AT.search(block.markdown):
        yield block
        return
    for n, piece in enumerate(_HELD_LINE.split(block.markdown)):
        numbers = [int(number) for number in _HELD_AT.findall(piece)]
        words = "" if n % 2 else _HELD_AT.sub(lambda found: _pointer(held[int(found[1])]), piece).strip("\n")
        if words.strip():
            yield Text(words)
        yield from (_mentioned(held[number]) if n % 2 == 0 else held[number] for number in numbers)


def _mentioned(block):
    return replace(block, mentioned=True) if block.kind == "image" else block


def _pointer(block):
    return f"({'Picture' if block.kind == 'image' else 'Table'} {block.number})"
