"""Editions: which cells of an executed notebook each reader gets, and how much fits in a brief."""

import ast
import copy

EDITIONS = ("brief", "student", "instructor")
FORMATS = ("html", "pdf", "ipynb")

# The sections of a brief, in order, each one cell tagged `brief` whose metadata says
# `dossier: {"section": NAME}`. A section without its cell is absent, not empty.
SECTIONS = {
    "headline": "",
    "cut-off": "",
    "bottom-line": "Bottom line",
    "judgements": "Key judgements",
    "chart": "",
    "changed": "What changed",
    "watch": "What to watch",
    "evidence": "Evidence",
    "alternative": "Main alternative",
    "assumptions": "Key assumptions",
    "gaps": "What is not known",
    "scale": "Likelihood scale",
    "references": "Sources",
}

# What a brief can hold on two pages: rows of a section, of evidence those of what changed included.
BUDGETS = {"changed": 5, "evidence": 15}

MACHINERY = {"setup", "parameters", "injected-parameters"}
_HIDDEN = {  # tags whose cells an edition leaves out
    "brief": {"solution", "instructor", "interactive"},
    "student": {"solution", "instructor", "interactive"},
    "instructor": {"interactive"},
}


def tags(cell):
    """The tags of a cell, a set."""
    return set(cell.metadata.get("tags", ()))


def section(cell):
    """The section of a brief that a cell is, or None."""
    return cell.metadata.get("dossier", {}).get("section")


def cut(notebook, edition):
    """The executed notebook as one edition: a new notebook with only that reader's cells.

    A brief has its sections in the order of `SECTIONS`; the others keep the order of the notebook.
    Setup and parameters cells are never part of it: their values are shown as a table.
    """
    shown = copy.copy(notebook)
    shown.cells = [cell for cell in notebook.cells if _in_edition(cell, edition)]
    if edition == "brief":
        shown.cells.sort(key=lambda cell: list(SECTIONS).index(section(cell)))
    return shown


def cut_foreign(notebook, edition):
    """A notebook from elsewhere as one edition: a new notebook with all cells but those that our tags keep for others."""
    shown = copy.copy(notebook)
    shown.cells = [cell for cell in notebook.cells if not tags(cell) & (_HIDDEN[edition] - {"interactive"})]
    return shown


def cut_source(notebook, edition):
    """The stored notebook as one edition that runs: machinery and explorers kept, outputs dropped.

    A brief keeps its sections and the cells that only compute what they need.
    """
    shown = copy.deepcopy(notebook)
    shown.cells = [cell for cell in shown.cells if _runs_in(cell, edition)]
    for cell in shown.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return shown


def _runs_in(cell, edition):
    if tags(cell) & (_HIDDEN[edition] - {"interactive"}):
        return False
    return edition != "brief" or bool(tags(cell) & {"brief", *MACHINERY}) or _computes(cell)


def _computes(cell):
    """Whether an untagged code cell shows nothing: it loads or derives what later cells use."""
    if cell.cell_type != "code" or tags(cell):
        return False
    body = ast.parse(cell.source).body
    return bool(body) and not isinstance(body[-1], ast.Expr)  # nothing but a comment computes nothing


def public(cells, as_of):
    """The cells but those whose metadata says that they presuppose something known only after `as_of` (YYYY-MM-DD)."""
    return [cell for cell in cells if str(cell.metadata.get("dossier", {}).get("known_from", "")) <= as_of]


def shows_code(cell, edition):
    """Whether the edition shows the code of a cell: never in a brief, never of computed prose."""
    return edition != "brief" and not cell.metadata.get("jupyter", {}).get("source_hidden", False)


def _in_edition(cell, edition):
    if tags(cell) & (_HIDDEN[edition] | MACHINERY):
        return False
    return edition != "brief" or "brief" in tags(cell)
