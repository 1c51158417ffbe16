"""Imported by the zygote alone, and importing it is the work: it does once what each kernel would do for itself."""

import gc
import os
import signal
import sys
from contextlib import contextmanager, suppress
from importlib import import_module

from .drawings import loaded
from .errors import RequestError
from .figure import look
from .reads import FILE, in_a_build
from .zygote import PRELOAD

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the owner, and that ends the zygote
PATH = [folder for folder in sys.path if folder]  # what a plain kernel searches, without what the owner added


def _prepare():
    """Import what kernels need and find the fonts; returns what forbids a fork, in one line, or None."""
    try:
        for name in PRELOAD:
            import_module(name)
        _find_fonts()
        if in_a_build():  # its evidence stays as it is; in JupyterLab a table may be edited, and is read by each kernel
            loaded()
            with _unrecorded():
                _read_evidence()
    except Exception as error:
        return " ".join(f"{type(error).__name__}: {error}".split())
    gc.collect()
    gc.freeze()  # else a collection in a kernel would write to, and so copy, all that it shares with the zygote
    threads = len(os.listdir("/proc/self/task"))
    return None if threads == 1 else f"{threads} threads after the imports; a fork keeps only one"


@contextmanager
def _unrecorded():
    """While this process asks: the record of the notebook for which it was started is of what that asks."""
    record, os.environ[FILE] = os.environ[FILE], os.devnull
    try:
        yield
    finally:
        os.environ[FILE] = record


def _find_fonts():
    """Which files the fonts are in. None is left open: kernels would share its place in the file."""
    from matplotlib.font_manager import FontProperties

    from .words import files

    with look():
        for weight in ("normal", "regular", "bold"):
            files(FontProperties(weight=weight))


def _read_evidence():
    """Read and hold all tables against their schemas once, and find what networks ask of every day; what is wrong with
    them is for the notebooks to say."""
    from .charts.basemap import read_base
    from .data import cut_off, load
    from .project import DATA, THEMES
    from .tables import tables

    with suppress(RequestError):
        evidence = load(cut_off())
        for table in tables():
            evidence.asked(table)
        read_base(DATA)
        for theme in THEMES:
            evidence.view(theme).ends_by_day  # noqa: B018


FAULT = _prepare()
