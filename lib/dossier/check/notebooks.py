"""Faults of the notebooks: their shape, as a reader and the editions rely on it.

A rule takes a notebook and the record and yields (cell or None, what is wrong, what would be right).
"""

import ast
import difflib
import re
from contextlib import suppress
from dataclasses import dataclass

import nbformat

from ..cells import as_node, parsed, place
from ..cells import read as read_cells
from ..editions import MACHINERY, SECTIONS, section, tags
from ..errors import Fault, RequestError, listed
from ..parameters import declared, fits
from ..project import THEMES

LONGEST_CELL = 15  # lines
TAGS = {"brief", "exercise", "solution", "instructor", "interactive", *MACHINERY} - {"injected-parameters"}
PARAMETERS = ["as_of", "since", "focus", "scale", "actors", "places", "grade", "counting"]

# Calls that show text: a cell that does nothing else is computed prose.
PROSE = {"say", "headline", "cut_off_block", "changed", "key_evidence", "evidence_table", "glossary", "references"}
PROSE |= {"scale_box"}

# Sections of a brief that wait for a table of the evidence.
_WAITS_FOR = {"judgements": "judgements", "watch": "indicators", "alternative": "hypotheses"}
_WAITS_FOR |= dict.fromkeys(("assumptions", "gaps", "scale"), "judgements")


@dataclass(frozen=True)
class Cell:
    """A cell with its place and, where it is Python that can be read, its syntax tree."""

    book: str
    number: int
    node: nbformat.NotebookNode
    tree: ast.Module | None

    @property
    def where(self):
        """'isis-threat.ipynb, cell 7 (chart)'."""
        return place(f"{self.book}.ipynb", self.number, self.node)

    @property
    def is_code(self):
        """Whether it is a code cell."""
        return self.node.cell_type == "code"


@dataclass(frozen=True)
class Book:
    """One stored notebook: its name, its cells, the notebook itself; `fault` when it cannot be read."""

    name: str
    cells: tuple = ()
    node: nbformat.NotebookNode | None = None
    fault: Fault | None = None


def read(folder):
    """The notebooks of a folder, by name; a theme without its notebook is a faulty one."""
    paths = {path.stem: path for path in folder.glob("*.ipynb")} | {t: folder / f"{t}.ipynb" for t in THEMES}
    return [_read(paths[name]) for name in sorted(paths)]


def _read(path):
    try:
        read_cells(path)
        notebook = as_node(path.read_bytes(), path.name)
        nbformat.validate(notebook)
    except FileNotFoundError:
        return Book(path.stem, fault=Fault(path.name, f"no such notebook in {path.parent.name}/", "a notebook"))
    except RequestError as error:
        where = str(error).partition(": ")[0]
        return Book(path.stem, fault=Fault(where, *_told(error, where)))
    except nbformat.ValidationError as error:
        return Book(path.stem, fault=Fault(path.name, f"is not valid: {error.message}", "nbformat 4.5"))
    cells = (Cell(path.stem, n, node, _tree(node)) for n, node in enumerate(notebook.cells, 1))
    return Book(path.stem, tuple(cells), notebook)


def _tree(node):
    with suppress(RequestError):  # `_plain_code` says it
        return parsed(node.source, "") if node.cell_type == "code" else None


def _told(error, where):
    """(what is wrong, what would be right) of a refusal about `where`."""
    what, _, right = str(error).removeprefix(f"{where}: ").partition("\nright: ")
    return what, right


def faults(books, record):
    """The faults of notebooks, cell by cell; those of a notebook as a whole come first."""
    for book in books:
        if book.fault:
            yield book.fault
            continue
        rules = _RULES + (_THEME_RULES if book.name in THEMES else ())
        found = [fault for rule in rules for fault in rule(book, record)]
        for cell, what, right in sorted(found, key=lambda fault: fault[0].number if fault[0] else 0):
            yield Fault(cell.where if cell else f"{book.name}.ipynb", what, right)


def _stored_clean(book, record):
    for cell in book.cells:
        if cell.is_code and (cell.node.outputs or cell.node.execution_count):
            yield cell, "stored with its output", "outputs cleared"
        if not re.fullmatch(r"[a-z0-9-]{2,40}", cell.node.get("id", "")):
            yield cell, "id does not say what the cell is", "2 to 40 lower-case letters, digits, hyphens"


def _headings(book, record):
    """Levels close up: the only `#` is the title, a question, and no heading skips a level."""
    found = [(cell, mark) for cell in book.cells if not cell.is_code for mark in _marks(cell.node.source)]
    title = book.cells[0].node.source.splitlines()[:1] if book.cells else []
    if not title or not re.fullmatch(r"# .+\?", title[0]):
        yield None, "does not begin with a title", "cell 1: `# ` and a question"
    for n, (cell, level) in enumerate(found):
        if level == 1 and n:
            yield cell, "a second title", "`##` or lower; the only `#` is the question of cell 1"
        elif n and level > found[n - 1][1] + 1:
            yield (
                cell,
                f"heading of level {level} under level {found[n - 1][1]}",
                f"level {found[n - 1][1] + 1} or higher",
            )


def _marks(source):
    return [len(mark) for mark in re.findall(r"(?m)^(#+) ", source)]


def _known_tags(book, record):
    for cell in book.cells:
        for tag in sorted(tags(cell.node) - TAGS):
            close = difflib.get_close_matches(tag, TAGS, n=1)
            yield cell, f"unknown tag {tag!r}", close[0] if close else f"one of {listed(sorted(TAGS))}"


def _plain_code(book, record):
    for cell in filter(lambda cell: cell.is_code, book.cells):
        lines = len(cell.node.source.splitlines())
        if lines > LONGEST_CELL:
            yield cell, f"{lines} lines", f"{LONGEST_CELL} or fewer"
        if cell.tree is None:
            yield cell, *_not_python(cell)
        elif banned := sorted(filter(None, map(_banned, ast.walk(cell.tree)))):
            if "setup" not in tags(cell.node) or banned != ["import"] * len(banned):
                yield cell, f"has {listed(dict.fromkeys(banned))}", "one verb of `dossier`; imports in the setup cell"


def _not_python(cell):
    try:
        parsed(cell.node.source, cell.where)
    except RequestError as error:
        return _told(error, cell.where)


def _banned(node):
    """What a notebook leaves to the library, in a word; None for all else."""
    if isinstance(node, ast.Name) and node.id in ("plt", "ax"):
        return "plotting"
    if isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.path":
        return "sys.path"
    kinds = {ast.FunctionDef: "def", ast.ClassDef: "class", ast.Lambda: "lambda"}
    return kinds.get(type(node)) or ("import" if isinstance(node, (ast.Import, ast.ImportFrom)) else None)


def _computed_prose(book, record):
    """Templates are literals without figures; values come from the evidence and nowhere else."""
    for cell in (cell for cell in book.cells if cell.tree):
        calls = [node for node in ast.walk(cell.tree) if isinstance(node, ast.Call)]
        spoken = [call for call in calls if _name(call) in ("say", "headline")]
        if any(isinstance(part, ast.JoinedStr) for call in spoken for part in ast.walk(call)):
            yield cell, "an f-string in computed prose", "a template with {name}, and name=value"
        elif any(not _is_text(call.args[0]) for call in spoken if call.args):
            yield cell, "the template is computed", "a template written out, and name=value"
        typed = [text for call in calls for text in _texts(call) if re.search(r"\d", _without_values(text))]
        if typed:
            yield cell, f"a figure is typed into {typed[0][:60]!r}", "{name} with a row of the evidence"
        if _says(cell) and not cell.node.metadata.get("jupyter", {}).get("source_hidden"):
            yield cell, "the code of computed prose shows", 'metadata "jupyter": {"source_hidden": true}'


def _name(call):
    return getattr(call.func, "id", "")


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _texts(call):
    """What the author wrote for readers: templates, titles of figures, what a brief leaves out."""
    spoken = _name(call) in ("say", "headline")
    written = [keyword.value for keyword in call.keywords if spoken or keyword.arg in ("title", "leaves_out")]
    return [node.value for node in [*(call.args if spoken else ()), *written] if _is_text(node)]


def _without_values(template):
    return re.sub(r"\{[^}]*\}|\[@[^\]]*\]", "", template)


def _says(cell):
    """Whether the only statement of a cell is a call that makes prose."""
    body = cell.tree.body if cell.tree else []
    return len(body) == 1 and isinstance(getattr(body[0], "value", None), ast.Call) and _speaks(body[0])


def _speaks(statement):
    return isinstance(statement, ast.Expr) and _name(statement.value) in PROSE


def _parameters(book, record):
    if any(cell.is_code and cell.tree is None and "parameters" in tags(cell.node) for cell in book.cells):
        return  # `_plain_code` says it
    try:
        found = declared(book.node, f"{book.name}.ipynb")
    except RequestError as error:
        yield None, *_told(error, f"{book.name}.ipynb")
        return
    cell = next(cell for cell in book.cells if "parameters" in tags(cell.node))
    for parameter in found.values():
        if not fits(parameter, parameter.default):
            yield cell, f"{parameter.name} is {parameter.default!r} by default", f"a value of type {parameter.type}"
        if not parameter.help:
            yield cell, f"parameter {parameter.name} has no comment", "what it means, beside it"
    if "as_of" in found and found["as_of"].default != str(record.cut_off):
        yield cell, f"as_of is {found['as_of'].default!r} by default", f"{record.cut_off}, the day the evidence closed"
    if book.name in THEMES and list(found) != PARAMETERS:
        yield cell, f"parameters are {listed(found)}", listed(PARAMETERS)


def _head(book, record):
    """The first four cells, where a reader finds them in every theme."""
    nodes = [cell.node for cell in book.cells[:4]]
    if not nodes or any(path not in nodes[0].source for path in ("Teach", "Explore", "Read")):
        yield None, "cell 1 does not name the three paths", "Teach, Explore and Read with their minutes"
    if [tags(node) for node in nodes[1:]] != [{"setup"}, {"parameters"}, set()]:
        yield None, "cells 2 to 4 are not setup, parameters and evidence", "these three, in this order"
    elif f'load(as_of).view("{book.name}", focus' not in nodes[3].source:
        yield book.cells[3], "does not open the evidence of its theme", f'load(as_of).view("{book.name}", focus ...)'


def _brief(book, record):
    """Each section of a brief is one cell; a section whose table does not exist yet is absent."""
    found = []
    for cell in book.cells:
        name, tagged = section(cell.node), "brief" in tags(cell.node)
        if tagged and name not in SECTIONS:
            yield cell, f"section {name!r} of a brief is unknown", _nearest_section(name)
        elif name and not tagged:
            yield cell, f"section {name!r} without the tag", "tag `brief`"
        elif name in found:
            yield cell, f"section {name!r} occurs a second time", "one cell for each section"
        found += [name] if tagged else []
    for name in SECTIONS:
        table = _WAITS_FOR.get(name)
        if name not in found and (not table or record.rows(table)):
            yield None, f"no section {name!r}", f'one cell tagged `brief`, metadata "dossier": {{"section": "{name}"}}'


def _nearest_section(name):
    close = difflib.get_close_matches(str(name), SECTIONS, n=1)
    return close[0] if close else f"one of {listed(SECTIONS, most=20)}"


def _explorer(book, record):
    """What the slider redraws stands below it as a figure of its own, drawn by the same call."""
    found = [cell for cell in book.cells if cell.is_code and cell.node.source.startswith("explore(")]
    if len(found) != 1:
        yield None, f"{len(found)} explorers", "one cell that calls explore(...)"
        return
    [cell] = found
    call = re.fullmatch(r"explore\((draw_\w+), view(.*)\)", cell.node.source.strip(), re.DOTALL)
    twin = f"{call[1]}(view{call[2]})" if call else "explore(draw_..., view, ...)"
    if "interactive" not in tags(cell.node):
        yield cell, "an explorer without its tag", "tag `interactive`"
    if book.cells[cell.number : cell.number + 1] and book.cells[cell.number].node.source.strip() != twin:
        yield cell, "not followed by its static twin", twin


def _mostly_prose(book, record):
    prose = [cell for cell in book.cells if not cell.is_code or _says(cell)]
    if len(prose) < len(book.cells) / 2:
        yield None, f"{len(prose)} of {len(book.cells)} cells are prose", "half or more"


_RULES = (_stored_clean, _headings, _known_tags, _plain_code, _computed_prose, _parameters)
_THEME_RULES = (_head, _brief, _explorer, _mostly_prose)
