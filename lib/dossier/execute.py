"""One execution of a notebook by papermill, and a failure in one line."""

import os
import tempfile
from contextlib import chdir, contextmanager
from types import SimpleNamespace

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import NBClientEngine
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors

from . import cells
from .drawings import KEEP
from .kernels import Manager
from .reads import FILE, read_record


class ExecutionError(Exception):
    """A notebook did not run to its end; the message names notebook, cell and error in one line."""


def execute(notebook, name, parameters, timeout=None, keep=False):
    """The executed notebook (nbformat node); its metadata `dossier` has `questions` and `rows` as `read_record` gives.

    `timeout` is the seconds that one cell may run, None without limit; with `keep`, pictures are kept for the next
    briefing and kept ones are used (see drawings.py). Nothing else is written.
    ExecutionError when a cell raises, runs too long, or the kernel dies.
    """
    # papermill in two halves: in one it would end by writing all outputs as JSON, for no file.
    prepared = papermill.execute_notebook(notebook, None, parameters, kernel_name="python3", prepare_only=True)
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder, chdir(folder), _told(folder, keep) as record:
        try:
            executed = NBClientEngine.execute_notebook(
                prepared,
                "python3",
                progress_bar=False,
                execution_timeout=timeout,
                kernel_manager_class=Manager,
                skip_cells_with_tag="interactive",  # no export shows an explorer
                # A kernel that is asked politely stalls for seconds in one run of twenty.
                shutdown_kernel="immediate",
                record_timing=False,
                store_widget_state=False,
                # The kernel listens on this machine only; its warning about that is no news to a reader. And what a build
                # runs is not what its user has typed.
                extra_arguments=["--log-level=ERROR", "--HistoryManager.enabled=False"],
            )
            raise_for_execution_errors(executed, None)
            executed.metadata["dossier"] = dict(zip(("questions", "rows"), read_record(record), strict=True))
            return executed
        except PapermillExecutionError as error:
            raise ExecutionError(_in_one_line(notebook, name, error)) from None
        except CellTimeoutError:
            place = _place(notebook, name, _running(prepared))
            raise ExecutionError(f"{place}: ran longer than {timeout} s and was stopped") from None
        except DeadKernelError:
            raise ExecutionError(f"{_place(notebook, name, _running(prepared))}: the kernel died") from None
        except RuntimeError as error:  # of a kernel that is not ready; each further try would wait as long
            raise ExecutionError(f"{name}.ipynb: {' '.join(str(error).split())}") from None


@contextmanager
def _told(folder, keep):
    """The file to which the kernel, which takes over the environment of this process, adds what it asks."""
    os.environ |= {FILE: os.path.join(folder, "reads"), KEEP: "yes" if keep else ""}
    open(os.environ[FILE], "x").close()
    try:
        yield os.environ[FILE]
    finally:
        del os.environ[FILE], os.environ[KEEP]


def _in_one_line(notebook, name, error):
    return f"{_place(notebook, name, error.source)}: {error.ename}: {' '.join(str(error.evalue).split())}"


def _place(notebook, name, source):
    """Which cell of the stored notebook has this source, in words; the one that papermill adds stands in none."""
    found = (each for each in enumerate(notebook.cells, start=1) if each[1].source == source)
    return cells.place(f"{name}.ipynb", *next(found, ("?", SimpleNamespace(id="injected-parameters"))))


def _running(prepared):
    """The source of the cell that was begun last."""
    return ([cell.source for cell in prepared.cells if cell.metadata.papermill.start_time] or [""])[-1]
