"""The zygote: a process that imports once what each kernel would import for itself, and of which kernels are forks.

It is the `multiprocessing` fork server of the process that executes notebooks. It starts with the first execution, or
before by `start`, and ends with that process, so a changed library or package is seen by the next build.
"""

import multiprocessing
import os
import sys
from contextlib import contextmanager
from multiprocessing import forkserver
from types import ModuleType

from .reads import FILE

# Never pyplot or the inline backend: preloaded, they swallow every figure. Nothing that makes a zmq context, an event
# loop, an IPython shell or a thread when imported: none of them works after a fork.
PRELOAD = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
    "matplotlib.backends.backend_agg",
    "matplotlib.figure",
    "numpy.random",
    "dossier.charts.disagreement",
    "dossier.charts.map",
    "dossier.charts.network",
    "dossier.charts.ranges",
    "dossier.charts.series",
    "dossier.charts.stances",
    "dossier.charts.timeline",
    "dossier.explorers",
    "dossier.frames",
    "dossier.kernels",
    "dossier.sections",
    "dossier.svg",
)
# Of zygote, warm and plain kernels alike: what a notebook computes hangs neither on hash order nor on the cores.
SETTINGS = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # the debugger, which nobody attaches, would warn of itself
    "PYDEVD_USE_FRAME_EVAL": "NO",  # it sets this where it is imported: in the zygote, not in the kernel
}


@contextmanager
def apart(**more):
    """While zygote or kernel start: our settings, and no main program that they would import again."""
    multiprocessing.set_forkserver_preload(["dossier.preload"])
    settings = SETTINGS | more
    program, values = sys.modules["__main__"], {name: os.environ.get(name) for name in settings}
    sys.modules["__main__"] = ModuleType("__main__")
    os.environ.update(settings)
    try:
        yield
    finally:
        sys.modules["__main__"] = program
        for name, value in values.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def start():
    """Let the zygote of a build begin with its imports now; nothing where a process cannot be forked safely."""
    if sys.platform.startswith("linux"):
        with apart(**{FILE: os.devnull}):
            forkserver.ensure_running()
