"""The cells of a stored notebook and their code: what cannot be read is refused, with its place."""

import ast
import json
from types import SimpleNamespace

from .editions import section, tags
from .errors import RequestError

_RIGHT = "right: a notebook of nbformat 4, as JupyterLab saves it"


def place(book, number, cell):
    """'isis-threat.ipynb, cell 7 (chart)'; `book` is the name of the file."""
    return f"{book}, cell {number} ({getattr(cell, 'id', '')})"


def parsed(source, where):
    """The code of a cell as a syntax tree; RequestError names the line that is not Python."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError) as error:  # ValueError: half a sign, as JSON can hold
        line, what = getattr(error, "lineno", None) or 1, getattr(error, "msg", error)
        raise RequestError(
            f"{where}: line {line} is not Python: {what}\nright: code that can be parsed, without magics"
        ) from None


def read(path):
    """The cells of the notebook at `path`, each with id, metadata and source; RequestError when it is not one."""
    try:
        # Plain JSON: nbformat takes longer to import than a build in which nothing changed.
        book = json.loads(path.read_bytes())
    except ValueError as error:
        raise RequestError(f"{path.name}: not a notebook: not JSON: {error}\n{_RIGHT}") from None
    if not isinstance(book, dict):
        raise RequestError(f"{path.name}: not a notebook: JSON of another kind\n{_RIGHT}")
    if book.get("nbformat") != 4:
        raise RequestError(f"{path.name}: not a notebook of nbformat 4: nbformat is {book.get('nbformat')!r}\n{_RIGHT}")
    if not isinstance(book.get("cells"), list) or not isinstance(book.get("metadata"), dict):
        raise RequestError(f"{path.name}: not a notebook: without its list `cells` or its `metadata`\n{_RIGHT}")
    return [_cell(path.name, number, cell) for number, cell in enumerate(book["cells"], start=1)]


def _cell(name, number, cell):
    try:
        found = SimpleNamespace(id=cell.get("id", ""), metadata=cell["metadata"], source="".join(cell["source"]))
        tags(found), section(found)
        if cell["cell_type"] in ("code", "markdown", "raw"):
            return found
    except (AttributeError, LookupError, TypeError):
        pass
    raise RequestError(f"{name}, cell {number}: not a cell: wrong or no `cell_type`, `source` or `metadata`\n{_RIGHT}")


def as_node(source, book):
    """The notebook (nbformat node) that `source` (bytes) holds; RequestError, which names `book`, when it is none."""
    import nbformat

    try:
        return nbformat.reads(source.decode("utf-8"), as_version=4)
    except Exception as error:  # nbformat ends in whatever error it comes to
        what = " ".join(f"{type(error).__name__}: {error}".split())
        raise RequestError(f"{book}: not a notebook: {what}\n{_RIGHT}") from None
