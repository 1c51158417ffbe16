"""The floor: what no way of building a briefing can do without.

In one warm process: the code of the cells, each figure drawn once as exported, `typst.compile` of what is set, and
writing the files. No kernel, no reading of a document, no page. Prints the CPU seconds of each as JSON.
"""

import ast
import time
from contextlib import contextmanager

from dossier.figure import Figure

EDITIONS = ("brief", "student")


@contextmanager
def timed(spent, what):
    """Add the CPU seconds of a block to `spent[what]`."""
    begin = time.process_time()
    yield
    spent[what] = spent.get(what, 0) + time.process_time() - begin


def run_cells(notebook, values):
    """Execute the code cells as a kernel would; draw each figure that a cell ends with."""
    names = {}
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", ())
        if cell.cell_type != "code" or "interactive" in tags:
            continue
        result = _run(cell.source, names)
        if "parameters" in tags:
            names |= values
        if isinstance(result, Figure):
            result.svg()


def _run(source, names):
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "<cell>", "exec"), names)
    return last and eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
