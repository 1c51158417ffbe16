"""Warm kernels: as a plain kernel in all that a notebook sees, and nothing of them is left behind."""

import ast
import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from dossier import kernels, progress
from dossier.execute import ExecutionError, execute
from dossier.kernels import Manager, Provisioner
from dossier.project import ROOT, notebook_path
from dossier.reads import FILE
from dossier.zygote import SETTINGS
from nbclient import NotebookClient

LINE = "dossier: kernels start one by one, which is slower but gives the same: "


def notebook(*sources):
    """A notebook of code cells."""
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(sources)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def said(source):
    """The value of an expression, or of the last line of a cell, in a kernel of its own."""
    (output,) = execute(notebook(source), "probe", {}).cells[0].outputs
    return ast.literal_eval(output["data"]["text/plain"])


@pytest.fixture
def plain(monkeypatch):
    """Kernels start plainly in this test."""
    monkeypatch.setattr(Provisioner, "cold", True)


@pytest.fixture
def unsaid(monkeypatch):
    """Nobody spoke yet, and no kernel failed to be forked."""
    monkeypatch.setattr(progress, "_unsaid", threading.Lock())
    monkeypatch.setattr(Provisioner, "cold", False)


def without_clock(executed):
    """All of an executed notebook but the times and the random cell id that papermill adds."""
    record = {**executed.metadata, "papermill": None}
    drop = {"id", "metadata"}
    cells = [
        {**{key: value for key, value in cell.items() if key not in drop}, **cell.metadata, "papermill": None}
        for cell in executed.cells
    ]
    return record, cells


def test_theme_is_the_same_to_the_byte(monkeypatch):
    """A theme executed in a warm and in a plain kernel has the same outputs, counts and metadata."""
    source = nbformat.read(notebook_path("isis-threat"), as_version=4)
    warm = execute(source, "isis-threat", {"as_of": "2025-01-20"})
    assert not Provisioner.cold
    monkeypatch.setattr(Provisioner, "cold", True)
    assert without_clock(warm) == without_clock(execute(source, "isis-threat", {"as_of": "2025-01-20"}))
    assert sum("image/svg+xml" in o.get("data", {}) for cell in warm.cells for o in cell.get("outputs", [])) > 3


STATE = """
import locale, matplotlib, multiprocessing, os, signal, sys
from pathlib import Path
ours = {"JPY_PARENT_PID"}
dict(
    environ={name: value for name, value in os.environ.items() if name not in ours},
    parent=os.environ["JPY_PARENT_PID"] == str(os.getppid()),
    cwd=Path.cwd().name[:8], path=sys.path, program=sys.argv[0], options=[a[:5] for a in sys.argv[1:]],
    leads=(os.getsid(0) == os.getpid(), os.getpgrp() == os.getpid()), sigint=str(signal.getsignal(signal.SIGINT)),
    backend=matplotlib.rcParams["backend"], start=multiprocessing.get_start_method(allow_none=True),
    daemon=multiprocessing.current_process().daemon, locale=locale.getlocale(), name=__name__,
    main=sys.modules["__main__"].__dict__ is globals(), stdin=os.readlink("/proc/self/fd/0")[:4] in ("/dev", "pipe"),
)
"""


def test_state_is_that_of_a_plain_kernel(monkeypatch):
    """Environment, folder, paths, arguments and signals are those of the caller at the start of the kernel."""
    said("1")  # the zygote runs: what changes now is not known to it
    monkeypatch.setenv("ADDED", "since")
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    for name in ("HOME", "PYTHONHASHSEED"):
        monkeypatch.delenv(name, raising=False)
    before = dict(os.environ)
    warm = said(STATE)
    assert dict(os.environ) == before
    assert warm["environ"].items() >= {"ADDED": "since", **SETTINGS}.items() and "HOME" not in warm["environ"]
    assert warm["cwd"] == "dossier-" and str(Path(__file__).parent) not in warm["path"]
    monkeypatch.setattr(Provisioner, "cold", True)
    plain = said(STATE)
    for state in (warm, plain):
        state["environ"].pop(FILE)  # in the folder of each execution
    assert warm == plain


def test_figures_of_pyplot_are_shown():
    """A reader's own plot appears as it does anywhere: preloading pyplot or its backend would lose it."""
    (output,) = execute(notebook("import matplotlib.pyplot as plt\nplt.plot([1, 2]);"), "probe", {}).cells[0].outputs
    assert output["data"]["image/png"]


def test_chance_differs_and_hash_order_does_not():
    """Two kernels draw different numbers, from each generator; the order of a set is the same in all."""
    source = "import random, numpy\n[random.random(), numpy.random.rand(), hash('Qaim')]"
    first, second = said(source), said(source)
    assert first[0] != second[0] and first[1] != second[1] and first[2] == second[2]


def test_hash_order_is_that_of_a_plain_kernel(plain):
    """A plain kernel hashes as every warm one does."""
    seeded = [sys.executable, "-c", "print(hash('Qaim'))"]
    expected = subprocess.run(seeded, env={**os.environ, "PYTHONHASHSEED": "0"}, capture_output=True, check=True)
    assert said("hash('Qaim')") == int(expected.stdout)


def test_zygote_can_be_forked():
    """After the imports there is one thread and no figure backend, shell, loop or socket that a fork would break."""
    source = """
import asyncio, gc, os, signal, sys
import dossier.preload as preload
import zmq
from IPython.core.interactiveshell import InteractiveShell
from tornado.ioloop import IOLoop
assert preload.FAULT is None, preload.FAULT
assert {*preload.PRELOAD} <= {*sys.modules}
assert not {"matplotlib.pyplot", "matplotlib_inline.backend_inline"} & {*sys.modules}
assert len(os.listdir("/proc/self/task")) == 1
assert zmq.Context._instance is None and not [o for o in gc.get_objects() if isinstance(o, zmq.Context)]
assert not InteractiveShell.initialized() and IOLoop.current(instance=False) is None
assert gc.get_freeze_count() > 10_000 and signal.getsignal(signal.SIGINT) is signal.SIG_IGN
"""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "2", **SETTINGS}
    run = subprocess.run([sys.executable, "-c", source], env=environment, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")


def test_cell_may_start_processes():
    """A kernel is no daemon: a cell can use `multiprocessing`."""
    source = (
        "import multiprocessing as m\nwith m.get_context('fork').Pool(1) as pool: found = pool.map(abs, [-3])\nfound"
    )
    assert said(source) == [3]


def test_timeout_interrupts_the_cell(tmp_path):
    """An interrupt reaches the running cell, and the kernel lives on, in the folder that was asked for."""
    book = notebook("while True: pass", "import os\nos.getcwd()")
    options = dict(timeout=2, interrupt_on_timeout=True, allow_errors=True, resources={"metadata": {"path": tmp_path}})
    NotebookClient(book, kernel_manager_class=Manager, **options).execute()
    (stopped,), (folder,) = (cell.outputs for cell in book.cells)
    assert (stopped["ename"], folder["data"]["text/plain"]) == ("KeyboardInterrupt", repr(str(tmp_path)))


async def start(*arguments):
    """Start a kernel and wait for it; returns whether there is output left to hear."""
    manager = Manager(kernel_name="python3")
    await manager.start_kernel(extra_arguments=list(arguments))
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=60)
        return await client.iopub_channel.msg_ready()
    finally:
        await manager.shutdown_kernel(now=True)
        client.stop_channels()


def in_a_thread(coroutine):
    """Its result, from a thread of its own: a browser that other tests drive keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def test_client_is_ready_when_nothing_is_left_to_hear():
    """All that a kernel says at its start is heard before the first cell."""
    assert in_a_thread(start()) is False


def test_kernel_that_dies_at_its_start_is_named(unsaid):
    """A kernel that cannot start is an error, not a wait."""
    with pytest.raises(RuntimeError, match="the kernel died at its start"):
        in_a_thread(start("--IPKernelApp.kernel_class=no.such"))


def test_deaths_and_delays_keep_their_lines():
    """A kernel that dies and a cell that takes too long are told in one line each."""
    with pytest.raises(ExecutionError, match=r"^probe\.ipynb, cell 1 \(cell-0\): the kernel died$"):
        execute(notebook("import os\nos.kill(os.getpid(), 9)"), "probe", {})
    with pytest.raises(ExecutionError, match=r"^probe\.ipynb, cell 1 \(cell-0\): ran longer than 1 s and was stopped$"):
        execute(notebook("while True: pass"), "probe", {}, timeout=1)


OWNER = """
import sys
from dossier.execute import execute
import nbformat
cell = nbformat.v4.new_code_cell({cell!r})
execute(nbformat.v4.new_notebook(cells=[cell]), "probe", {{}})
"""
CELL = """
import os, subprocess, time
helper = subprocess.Popen(["sleep", "600"])
with open({path!r} + "~", "w") as file:
    print(os.getpid(), os.getppid(), helper.pid, file=file)
os.rename({path!r} + "~", {path!r})
while True: pass
"""


def wait_until(holds):
    """Look until it holds; fails after a minute."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("waited for a minute")


def alive(pid):
    """Whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("victim", ["owner", "zygote"])
def test_killed_owner_takes_all_with_it(tmp_path, victim):
    """After SIGKILL of the owner, in the midst of a busy cell, neither kernel nor zygote nor helper runs on."""
    path = tmp_path / "pids"
    source = OWNER.format(cell=CELL.format(path=str(path)))
    owner = subprocess.Popen([sys.executable, "-c", source], stderr=subprocess.DEVNULL)
    wait_until(path.exists)
    kernel, zygote, helper = map(int, path.read_text().split())
    assert all(map(alive, (kernel, zygote, helper))) and zygote != owner.pid
    os.kill({"owner": owner.pid, "zygote": zygote}[victim], signal.SIGKILL)
    owner.wait()
    wait_until(lambda: not any(map(alive, (kernel, zygote) if victim == "zygote" else (kernel, zygote, helper))))
    if alive(helper):
        os.kill(helper, signal.SIGKILL)


MANY = """
import gc, os
from pathlib import Path
import nbformat
from dossier.execute import execute

def below(pid):
    lists = [(task / "children").read_text().split() for task in Path(f"/proc/{pid}/task").iterdir()]
    return [int(child) for children in lists for child in children]

def state():
    gc.collect()
    families = {child: below(child) for child in below(os.getpid())}
    megabytes = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) // 256 for pid in (os.getpid(), *families)]
    return [families, len(os.listdir("/proc/self/fd")), len(os.listdir("/proc/self/task"))], megabytes

def run(times):
    for _ in range(times):
        execute(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("bytearray(10**7)[-1]")]), "probe", {})
    return state()

before, early = run(5)
after, late = run(20)
assert before == after, (before, after)
assert not any(after[0].values()), after
assert all(b - a < 6 for a, b in zip(early, late)), (early, late)
"""


def test_twenty_executions_leave_nothing(tmp_path):
    """No process, zombie, descriptor, thread, connection file or temporary file is left, and memory stays flat."""
    # Short names, as the path of a socket must be short.
    folders = {"TMPDIR": tmp_path / "t", "JUPYTER_RUNTIME_DIR": tmp_path / "r"}
    for folder in folders.values():
        folder.mkdir()
    environment = {**os.environ, **{name: str(folder) for name, folder in folders.items()}}
    run = subprocess.run([sys.executable, "-c", MANY], env=environment, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert [list(folder.iterdir()) for folder in folders.values()] == [[], []]


def test_without_fork_a_plain_kernel_serves(unsaid, monkeypatch, capsys):
    """On a system where a fork is not safe, notebooks run all the same, and one line says so."""
    monkeypatch.setattr(kernels.sys, "platform", "darwin")
    assert [said("6 * 7"), said("6 * 7")] == [42, 42]
    assert capsys.readouterr().err == LINE + "no safe fork on darwin\n"


def test_other_interpreter_is_not_replaced(unsaid, monkeypatch, capsys):
    """A kernel specification that names another Python gets that one."""
    link = next(str(path) for path in Path(sys.executable).parent.glob("python3*") if str(path) != sys.executable)
    command = [link, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    monkeypatch.setattr(Manager, "kernel_spec", property(lambda self: kernel_spec(command)))
    assert said(f"import sys; {PRELOADED}") is False
    assert capsys.readouterr().err == f"{LINE}the kernel specification runs {' '.join(command[:3])}\n"


def kernel_spec(command):
    """A kernel specification with a command of its own."""
    from jupyter_client.kernelspec import KernelSpec

    return KernelSpec(argv=command, display_name="Other", language="python")


FAULTS = {
    "exception": ("raise LookupError('lost')", "LookupError: lost"),
    "thread": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()",
        "2 threads after the imports; a fork keeps only one",
    ),
    "death": ("import os\nos._exit(3)", "the first one died at its start"),
}
PRELOADED = "'dossier.preload' in sys.modules"


def twice(expression):
    """A program that shows the value of an expression in two kernels."""
    return f"""
import nbformat
from dossier.execute import execute
book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell({"import sys; " + expression!r})])
print(*[execute(book, "probe", {{}}).cells[0].outputs[0]["data"]["text/plain"] for _ in range(2)])
"""


def preload_also(project, source):
    """Let the zygote of a project's copy import one more module."""
    package = project.folder / "lib" / "dossier"
    module = package / "zygote.py"
    module.write_text(
        (ROOT / "lib/dossier/zygote.py").read_text("utf-8").replace("PRELOAD = (", 'PRELOAD = ("dossier.extra", '),
        "utf-8",
    )
    note = f"with open({str(project.folder / 'imports')!r}, 'a') as file:\n    file.write('x')\n"
    (package / "extra.py").write_text(note + source, "utf-8")


def in_copy(project, source, **environment):
    """A program (a file that does not guard its main part) run with the library of a project's copy."""
    (project.folder / "program.py").write_text(source, "utf-8")
    command = [sys.executable, str(project.folder / "program.py")]
    environment = {**os.environ, "PYTHONPATH": str(project.folder / "lib"), **environment}
    return subprocess.run(command, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("fault", FAULTS)
def test_failing_preload_gives_plain_kernels(project, fault):
    """Whatever goes wrong in the imports, notebooks run, one line says what went wrong, and it is not tried again."""
    source, reason = FAULTS[fault]
    preload_also(project, source)
    run = in_copy(project, twice(PRELOADED))
    assert (run.stdout, run.stderr) == ("False False\n", f"{LINE}{reason}\n")
    assert (project.folder / "imports").read_text() == "x"


def test_one_worker_speaks_for_all(project):
    """A build with two workers, neither of which can fork, says so in one line and is complete."""
    preload_also(project, "raise LookupError('lost')")
    run = project.run("build", "isis-threat", "pmu-debate", "--edition", "brief", "--format", "html", "--jobs", "2")
    assert run.returncode == 0 and [item["status"] for item in project.manifest()] == ["built", "built"]
    assert [line for line in run.stderr.splitlines() if "kernels" in line] == [f"{LINE}LookupError: lost"]


def in_a_daemon():
    """What a Dask worker does: execute in a process that may not have children."""
    print("result", said("6 * 7"), said("6 * 7"), flush=True)


def test_daemonic_process_gets_plain_kernels(capfd):
    """Where `multiprocessing` refuses children, a plain kernel serves and one line says so."""
    process = multiprocessing.get_context("spawn").Process(target=in_a_daemon, daemon=True)
    process.start()
    process.join()
    captured = capfd.readouterr()
    assert captured.out.strip() == "result 42 42"
    assert captured.err == LINE + "daemonic processes are not allowed to have children\n"


def test_changed_library_is_preloaded_by_the_next_program(project):
    """A zygote ends with its owner: the next one imports what the library is by then."""
    preload_also(project, "day = 1")
    before = in_copy(project, twice("sys.modules['dossier.extra'].day"))
    preload_also(project, "day = 'two'")
    after = in_copy(project, twice("sys.modules['dossier.extra'].day"))
    assert (before.stdout, after.stdout) == ("1 1\n", "'two' 'two'\n"), before.stderr + after.stderr


def test_stock_papermill_finds_the_entry_point(project):
    """With the provisioner's name in the environment, papermill itself gets warm kernels, from the library in use."""
    cell = "import sys\nfound = sys.modules.get('dossier.preload')\nfound and found.__file__"
    source = f"""
import nbformat, papermill
book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell({cell!r})])
done = papermill.execute_notebook(book, None, kernel_name="python3", progress_bar=False)
print(done.cells[0].outputs[0]["data"]["text/plain"])
"""
    run = in_copy(project, source, JUPYTER_DEFAULT_PROVISIONER_NAME="dossier-warm")
    assert run.stdout.strip() == repr(str(project.folder / "lib" / "dossier" / "preload.py")), run.stderr


def test_stale_entry_points_break_no_build(monkeypatch):
    """A build asks for its kernels by class: what is registered, or no longer, does not matter."""
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "long-gone")
    assert said(f"import sys; {PRELOADED}") is True
