"""The data behind the figures of an edition, as CSV."""

import csv
import io
import re

from .. import figure
from ..editions import cut


def figure_tables(notebook, edition):
    """Figure name -> CSV text of its data table, for the figures that an edition of an executed notebook shows.

    ValueError for a name that cannot be the stem of a file of its own.
    """
    tables = {}
    for cell in cut(notebook, edition).cells:
        for record in _records(cell):
            _check_name(record["name"], tables, f"cell {cell.get('id')}: figure {record['name']!r}")
            tables[record["name"]] = to_csv(record["columns"], record["rows"])
    return tables


def _check_name(name, taken, where):
    # A name holds ids of tables: one with a slash or dots could lead out of the folder.
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise ValueError(f"{where} is no plain file name; right: lower-case ASCII letters, digits and hyphens")
    if name in taken:
        raise ValueError(f"{where} has the name of one before it; right: a name of its own, as its CSV bears it")


def to_csv(columns, rows):
    """A table as CSV with LF line ends in which no cell is a formula to a spreadsheet."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(map(_harmless, columns))
    writer.writerows(map(_harmless, row) for row in rows)
    return file.getvalue()


def _records(cell):
    outputs = cell.get("outputs", ())
    return [output["data"][figure.MIME] for output in outputs if figure.MIME in output.get("data", {})]


def _harmless(value):
    """Text that a spreadsheet would run as a formula, with the apostrophe that makes it text; numbers as they are."""
    starts_formula = isinstance(value, str) and value.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if starts_formula else value
