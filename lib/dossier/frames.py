"""Rows of the evidence as a data frame, for analysts who sort, filter and count in JupyterLab."""

from .prose import plain


def frame(rows):
    """A pandas DataFrame of rows of one table: a column each, names in place of opened rows, numbers as numbers."""
    import pandas

    columns = rows[0]._fields if rows else ()
    return pandas.DataFrame([[_cell(value) for value in row] for row in rows], columns=list(columns))


def _cell(value):
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, tuple) and not value:
        return ""
    return plain(value)
