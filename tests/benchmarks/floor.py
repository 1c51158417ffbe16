"""The floor: what no way of building briefings can do without, in CPU seconds.

In one process that has run the notebook as it is stored, for another day: the code of the cells, each figure drawn once
as it is exported, `typst.compile` of what is set, and writing the files. No kernel, no reading of a document, no page, no look at where things go.

    python floor.py OUT THEME=DATE ...     prints [{"cells": ..., "typst": ..., "writing": ...}] as JSON
"""

import ast
import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from unittest import mock

import nbformat
from dossier.export import Exporter
from dossier.figure import Figure
from dossier.project import notebook_path
from dossier.publish import pdf
from dossier.request import from_command_line
from dossier.zygote import PRELOAD

COMPILE = pdf._compile


@contextmanager
def timed(spent, what):
    """Add the CPU seconds of a block to `spent[what]`."""
    begin = time.process_time()
    yield
    spent[what] = spent.get(what, 0) + time.process_time() - begin


def run_cells(notebook, values):
    """Execute the code cells as a kernel would and draw each figure that one ends with; how many figures."""
    names, figures = {}, 0
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", ())
        if cell.cell_type == "code" and "interactive" not in tags:
            result = _run(cell.source, names)
            names |= values if "parameters" in tags else {}
            figures += isinstance(result, Figure) and bool(result.svg())
    return figures


def _run(source, names):
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "<cell>", "exec"), names)
    return last and eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)


def made(briefing):
    """(files and document of each Typst compilation, the files of all exports) of a briefing, by our own exporter."""
    compiled, exporter, files = [], Exporter(briefing, notebook_path(briefing.theme).read_bytes()), {}

    def noted(folder, document):
        compiled.append(({path.name: path.read_bytes() for path in folder.iterdir()}, document))
        return COMPILE(folder, document)

    with mock.patch.object(pdf, "_compile", noted):
        for item in briefing.items:
            files |= exporter.files(*item)
    return compiled, files


def typeset(compilations):
    """CPU seconds of these compilations, for a process that has set nothing of them before."""
    pdf.fault("", {})  # fonts
    spent = {}
    for files, document in compilations:
        with pdf._folder(files) as folder, timed(spent, "typst"):
            COMPILE(folder, document)
    return spent["typst"]


def write(files, folder):
    """Write files (name -> bytes) below a folder."""
    for name, content in files.items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def measure(out, theme, date):
    """{"cells", "typst", "writing"}: CPU seconds of one briefing at the floor."""
    (briefing,) = from_command_line([theme], [date], [], [], [])
    notebook, spent = nbformat.read(notebook_path(theme), as_version=4), {}
    run_cells(notebook, {})  # warm; with the same day it would find in memory what has to be found for each
    with timed(spent, "cells"):
        run_cells(notebook, {"as_of": date})
    compiled, files = made(briefing)
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        spent["typst"] = apart.submit(typeset, compiled).result()
    with timed(spent, "writing"):
        write(files, Path(out) / theme / date)
    return spent


def main(out, *pairs):
    """Print the floor of each of the briefings THEME=DATE."""
    for name in PRELOAD:
        import_module(name)
    print(json.dumps([measure(out, *pair.split("=")) for pair in pairs]))


if __name__ == "__main__":
    main(*sys.argv[1:])
