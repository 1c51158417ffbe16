"""`dossier check`: every fault of the data, of the notebooks and of what their Markdown presupposes."""

from ..errors import Fault
from ..project import DATA, NOTEBOOKS
from . import notebooks, tables, wording
from .record import read
from .stats import lines

__all__ = ["Fault", "faults", "stats"]


def faults(data_folder=DATA, notebooks_folder=NOTEBOOKS):
    """Every `Fault`, in order: tables row by row, then notebooks cell by cell, then what Markdown names too early."""
    record = read(data_folder)
    books = notebooks.read(notebooks_folder)
    return [*tables.faults(record), *notebooks.faults(books, record), *wording.faults(books, record)]


def stats(data_folder=DATA):
    """How much the data holds, in lines."""
    return lines(read(data_folder))
