"""Reads the cells of an edition into parts; what a published edition must not hold it refuses."""

from dataclasses import replace

from .. import figure, prose
from ..data import REDACTED
from ..editions import SECTIONS, section, shows_code, tags
from .blocks import Code, Heading, Part, Picture
from .notes import clean
from .outline import Outline
from .outputs import merged, output_blocks


class Reader:
    """Collects title, scope, lead, parts and sources (id -> CSL item) of an edition, cell by cell."""

    def __init__(self, edition):
        self.lead = self.scope = ""
        self.parts, self.items, self.formulas = [], {}, []
        self._edition, self._figures, self._tables = edition, 0, 0
        self._outline = Outline(titled=edition != "brief")
        self._headline = ""

    @property
    def title(self):
        """Markdown of the title: the finding of a brief, the first `# ` of a lesson; '' where there is none."""
        return self._headline or self._outline.title

    def read(self, cell):
        """Add one cell to the document."""
        name, brief = section(cell), self._edition == "brief"
        if name == "references":
            return self._drop_heading()  # the list that this room numbers stands at the end, under its own heading
        if name == "headline" and brief:
            self._headline = self._line(cell)
        elif name == "headline":
            self.lead = self._line(cell)
        elif name == "cut-off" and brief:
            self.scope = self._line(cell)
        else:
            self._add(cell, name or "")

    def _line(self, cell):
        self._gather(cell)
        return " ".join(_markdown_of(cell).split())

    def _add(self, cell, name):
        self._gather(cell)
        label = SECTIONS.get(name) if self._edition == "brief" else ""
        blocks = [*self._outline.blocks(f"## {label}")] if label else []
        blocks += self._markdown(cell) if cell.cell_type == "markdown" else self._outputs(cell)
        role = next((role for role in ("solution", "instructor", "exercise") if role in tags(cell)), "")
        if role and self.parts and self.parts[-1].role == role:
            blocks = [*self.parts.pop().blocks, *blocks]  # cells of one exercise stand in one box
        if blocks:
            self.parts.append(Part(role, name, tuple(blocks)))

    def _markdown(self, cell):
        return self._outline.blocks(clean(cell.source))

    def _outputs(self, cell):
        if cell.cell_type == "code" and cell.source.strip() and shows_code(cell, self._edition):
            yield Code(clean(cell.source))
        for output in merged(cell.get("outputs", ())):
            yield from self._output(output, cell)

    def _output(self, output, cell):
        data = output.get("data", {})
        if figure.MIME in data:
            self._figures += 1
            svg, png = data.get("image/svg+xml", ""), data.get("image/png", "")
            if not svg and not png:
                raise ValueError(f"cell {cell.get('id')}: a figure without its picture; run the notebook again")
            yield Picture(self._figures, _cleaned(data[figure.MIME]), svg, png)
        elif prose.MIME in data:
            yield from self._outline.blocks(clean(data[prose.MIME]["markdown"]))
        else:
            yield from self._numbered(self._foreign(output, cell))

    def _foreign(self, output, cell):
        """The blocks of an output that no verb of ours made."""
        if any(kind.startswith("image/") for kind in output.get("data", {})):
            raise ValueError(f"cell {cell.get('id')}: a picture without title and description; use a chart verb")
        return output_blocks(output)

    def _numbered(self, blocks):
        for block in blocks:
            self._tables += block.kind == "table"
            yield replace(block, number=self._tables) if block.kind == "table" else block

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


def _cleaned(value):
    """JSON data with every text cleaned."""
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return clean(value) if isinstance(value, str) else value
