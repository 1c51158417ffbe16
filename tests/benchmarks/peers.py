"""The plain way: papermill executes, nbconvert writes HTML, and PDF by a browser.

python peers.py OUT NOTEBOOK AS_OF ...      executes for each date and converts both editions in this one process
"""

import sys
from pathlib import Path

import nbformat

HIDDEN = {"brief": lambda tags: "brief" not in tags, "student": lambda tags: bool(tags & {"solution", "instructor"})}


def edition(notebook, name):
    """A copy of an executed notebook with the cells of an edition, by their tags."""
    cells = [cell for cell in notebook.cells if not HIDDEN[name](set(cell.metadata.get("tags", ())))]
    return nbformat.from_dict({**notebook, "cells": cells})


def main(out, notebook, *days):
    """Execute a notebook for each date and write both editions as HTML and PDF."""
    for as_of in days:
        write(out, notebook, as_of)


def write(out, notebook, as_of):
    """Execute a notebook and write both editions."""
    import papermill
    from nbconvert.exporters import HTMLExporter, WebPDFExporter

    executed = papermill.execute_notebook(
        notebook, None, {"as_of": as_of}, cwd=Path(notebook).parent, progress_bar=False
    )
    for name in HIDDEN:
        for ending, exporter in (("html", HTMLExporter()), ("pdf", WebPDFExporter(disable_sandbox=True))):
            content, _ = exporter.from_notebook_node(edition(executed, name))
            content = content.encode() if isinstance(content, str) else content
            (Path(out) / f"{name}.{ending}").write_bytes(content)


if __name__ == "__main__":
    main(*sys.argv[1:])
