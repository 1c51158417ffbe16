"""Any executed notebook as a document: a copy of one of ours with its parameters, or one from elsewhere as it is."""

import ast
from dataclasses import replace

from .. import __version__, figure, prose
from ..dates import parse_day, spell_day
from ..editions import cut, cut_foreign, public, section, tags
from ..errors import RequestError
from ..parameters import declared
from ..project import THEMES
from .colophon import parameter_table
from .document import Document
from .formulas import fill_formulas
from .jupyter_reader import JupyterReader
from .markdown import plain


def open_notebook(notebook, edition, name, folder=None, command="", language="en"):
    """The document of a notebook (nbformat node) that lies in `folder` as `name`.ipynb; ours are always English.

    RequestError or ValueError where it cannot be one: what is wrong, in which cell, and what would be right.
    """
    parameters = _parameters(notebook, name)
    if parameters:
        return _ours(notebook, edition, name, folder, command, parameters)
    return replace(_from_elsewhere(notebook, edition, name, folder), language=language)


def _ours(notebook, edition, name, folder, command, parameters):
    as_of = parse_day(str(parameters["as_of"]))
    cells = public(cut(notebook, edition).cells, as_of.isoformat())
    _check_run(cells, as_of)
    document = _read(JupyterReader(edition, notebook.cells, folder), cells, edition, name)
    return replace(
        document,
        theme=next((label for theme, label in THEMES.items() if name.startswith(theme)), name),
        as_of=as_of,
        parameters=parameter_table(parameters),
        command=command,
        version=__version__,
        authors=_authors(notebook) or document.authors,
    )


def _from_elsewhere(notebook, edition, name, folder):
    if edition == "brief":
        raise RequestError(
            "a brief is made of a notebook with parameters and cells tagged `brief`; this one is no such notebook\n"
            "right: edition student or instructor"
        )
    title = notebook.metadata.get("title") or name
    reader = JupyterReader(edition, notebook.cells, folder)
    document = _read(reader, cut_foreign(notebook, edition).cells, edition, str(title))
    return replace(document, authors=_authors(notebook))


def _read(reader, cells, edition, name):
    """The document of some cells that claims nothing yet; without a title of its own it is called `name`."""
    for cell in cells:
        reader.read(cell)
    if edition == "brief" and not reader.title:
        raise ValueError("the brief edition has no title: it needs a cell of section headline")
    title = fill_formulas(plain(reader.title), [formula.tex for formula in reader.formulas])
    return Document(
        edition,
        theme="",
        title=title or name,
        as_of=None,
        scope=reader.scope,
        lead=reader.lead,
        parts=tuple(reader.parts),
        items=reader.items,
        parameters=(),
        command="",
        version="",
        formulas=tuple(reader.formulas),
        at_hand=True,
    )


def _parameters(notebook, name):
    """The parameters with which a notebook of this collection was run; {} for one from elsewhere.

    They stand in the cell that a student edits; papermill writes those that it was given after that.
    """
    if not any(_is_of_this_collection(cell) for cell in notebook.cells):
        return {}
    values = {}
    if any("parameters" in tags(cell) for cell in notebook.cells):
        values = {p.name: p.default for p in declared(notebook, f"{name}.ipynb").values()}
    values |= notebook.metadata.get("papermill", {}).get("parameters", {})
    for cell in notebook.cells:
        values |= _assigned(cell) if "injected-parameters" in tags(cell) else {}
    return values if "as_of" in values else {}


def _is_of_this_collection(cell):
    verbs = {prose.MIME, figure.MIME}
    return bool(section(cell)) or any(verbs & set(output.get("data", {})) for output in cell.get("outputs", ()))


def _assigned(cell):
    """name -> value of the plain assignments that papermill put into a cell."""
    lines = [node for node in ast.parse(cell.source).body if isinstance(node, ast.Assign)]
    return {line.targets[0].id: ast.literal_eval(line.value) for line in lines}


def _check_run(cells, as_of):
    """RequestError where the cells were not run, or for another day than the parameters say."""
    again = "right: Run All Cells, save, and export again"
    if not any(cell.get("outputs") for cell in cells):
        raise RequestError(f"it has not been run: no cell has a result\n{again}")
    for cell in cells:
        if section(cell) == "cut-off":
            days = {o["data"][prose.MIME]["values"].get("day") for o in cell.outputs if prose.MIME in o.get("data", {})}
            if days - {None, spell_day(as_of)}:
                raise RequestError(f"it was run for {', '.join(days)}, and as_of is {as_of} now\n{again}")


def _authors(notebook):
    """The names in the notebook's metadata, as nbformat has them or as plain text."""
    given = notebook.metadata.get("authors") or notebook.metadata.get("author") or ()
    given = given if isinstance(given, list) else [given]
    names = [author.get("name") if isinstance(author, dict) else author for author in given]
    return tuple(" ".join(name.split()) for name in names if isinstance(name, str) and name.strip())
