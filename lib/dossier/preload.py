"""Imported by the zygote alone, and importing it is the work: it does once what each kernel would do for itself."""

import gc
import os
import signal
import sys
from importlib import import_module

from .figure import look
from .kernels import PRELOAD

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the owner, and that ends the zygote
PATH = [folder for folder in sys.path if folder]  # what a plain kernel searches, without what the owner added


def _prepare():
    """Import what kernels need and find the fonts; returns what forbids a fork, in one line, or None."""
    try:
        for name in PRELOAD:
            import_module(name)
        look()
    except Exception as error:
        return " ".join(f"{type(error).__name__}: {error}".split())
    gc.collect()
    gc.freeze()  # else a collection in a kernel would write to, and so copy, all that it shares with the zygote
    threads = len(os.listdir("/proc/self/task"))
    return None if threads == 1 else f"{threads} threads after the imports; a fork keeps only one"


FAULT = _prepare()
