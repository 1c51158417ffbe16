"""Builds a batch: finds what is unchanged, has the rest made in parallel, writes exports and the manifest."""

import multiprocessing
import signal
import sys
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import starmap
from pathlib import Path

from . import cache, manifest, zygote
from .files import write
from .ingredients import Ingredients, stamps, surroundings, tables_digest
from .manifest import entry, failures, in_order
from .progress import say_once, share
from .project import notebook_path
from .publish import index

STOPPED, FAILED_FAST = "not started: the build was stopped", "not started: --fail-fast after a failure"


class Unlisted(Exception):
    """The exports are made, and no manifest could be written: its `items`, and why in one line."""

    def __init__(self, items, why):
        super().__init__(why)
        self.items = items


@dataclass(eq=False)
class Job:
    """One briefing under way: what it is made from, its notebook, the paper, and the items that are to be made."""

    briefing: object
    ingredients: Ingredients
    source: bytes
    paper: str
    missing: list = field(default_factory=list)
    why: str = ""
    keep: bool = True  # pictures drawn before are used, and new ones kept

    def key(self, answers, item):
        """The key of one (edition, format) in the store; None where it cannot be known."""
        if item[1] == "ipynb":
            answers = "asks nothing"  # cut from the stored notebook, not executed
        return answers and self.ingredients.item_key(answers, *item, self.paper)


def build(
    briefings,
    out,
    progress,
    *,
    jobs=1,
    paper="a4",
    force=False,
    fail_fast=False,
    timeout=None,
    explain=None,
    executor=None,
):
    """Build every item of the briefings below the folder `out`; returns the items of the manifest.

    `jobs` briefings are made at a time, by as many processes or those of `executor` (a `concurrent.futures.Executor`
    of processes: an execution changes its folder and environment). A failure does not stop the rest, unless
    `fail_fast`: then nothing new is started. `timeout`: seconds that one cell may run. `progress`: see `Progress`.
    `explain(briefing, item, why)` is told of each item why it is made or not. Interrupted, it finishes what is under
    way, keeps it and raises KeyboardInterrupt.
    """
    out, items, waiting = Path(out), [], deque()
    begun, shared, written = stamps(), surroundings(), tables_digest()
    for briefing in briefings:
        job, kept = _planned(briefing, out, paper, force, (shared, written))
        for item in briefing.items if explain else ():
            explain(briefing, item, job.why if item in job.missing else "unchanged")
        items += kept
        if job.missing:
            waiting.append(job)
        else:
            progress.finished(kept)
    left, stop = list(waiting), []
    try:
        with _stoppable(stop, progress):
            for job, made in _made(waiting, jobs, executor, timeout, progress, stop):
                found = _written(job, made, out, _unedited(begun))
                items += found
                left.remove(job)
                progress.finished(found)
                if fail_fast and failures(found):
                    stop.append(FAILED_FAST)
    finally:
        items += [item for job in left for item in _failed(job, (stop or [STOPPED])[0])]
        items = in_order(items)
        _list(items, out, (shared, written) if _unedited(begun) else None)
    if STOPPED in stop:
        raise KeyboardInterrupt
    if any(item["status"] == "built" for item in items):
        cache.prune()
    return items


@contextmanager
def _stoppable(stop, progress):
    """Ctrl-C as a request: the first starts nothing new, the second ends the workers and all the rest at once.

    As an exception it could come between a briefing and its place in the manifest.
    """

    def ask(*_):
        if STOPPED in stop:
            for child in multiprocessing.active_children():
                child.terminate()
            raise KeyboardInterrupt
        stop.append(STOPPED)
        progress.stopping()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _unedited(begun):
    """Whether library and data are still as they were: what is made from others is not kept under the names of these."""
    if stamps() == begun:
        return True
    say_once("library or data were edited during the build: what was made since is not kept, and made again next time")
    return False


def _list(items, out, shared):
    """Write the manifest, and the index where it says something new."""
    try:
        write(out / "manifest.json", manifest.text(items).encode())
        if page := index.renewed(items, out, shared):
            write(out / "index.html", page)
    except OSError as error:
        raise Unlisted(items, f"{_said(error)}; neither manifest nor index tell what was made") from None


def _planned(briefing, out, paper, force, inputs):
    """(Job, manifest items of what is unchanged): each of them in place below `out`."""
    source = notebook_path(briefing.theme).read_bytes()
    job = Job(briefing, Ingredients(briefing, source, *inputs), source, paper, keep=not force)
    answers, kept = None if force else job.ingredients.answers(), []
    placed = lru_cache(None)(lambda name, digest: _place(out / briefing.folder / name, digest))  # editions share some
    for item in briefing.items:
        key = None if force else job.key(answers, item)
        files = cache.get("item", key) if key else None
        if files and all(starmap(placed, files.items())):
            kept.append(entry(briefing, item, "cached", files, (out / briefing.path(*item)).stat().st_size))
        else:
            job.missing.append(item)
    if job.missing:
        job.why = "--force" if force else job.ingredients.why() if answers is None else "not built before, or damaged"
    return job, kept


def _place(path, digest):
    """Whether the file at `path` is, now, the one with this sha256: left as it is, or taken from the store."""
    if path.is_file() and cache.digest(path.read_bytes()) == digest:
        return True
    content = cache.get_file(digest)
    with suppress(OSError):  # said when it is made
        if content is not None:
            write(path, content)
            return True
    return False


def make(briefing, source, items, paper, timeout, code, keep=False):
    """Make items of one briefing in this process: at most one execution. Writes no export.

    `code`: hash of the library; `keep`: see `execute`. Returns ({item: {file name: bytes}}, {item: error in one line},
    (questions, rows) of the execution or None).
    """
    # jsonschema, which nbformat brings, would compile grammars for seconds, for formats that no notebook has.
    sys.modules.setdefault("rfc3987_syntax", None)
    from .export import Exporter, ExportError, prepare

    prepare()
    exporter, files, errors = Exporter(briefing, source, paper, timeout, code, keep), {}, {}
    for item in items:
        try:
            files[item] = exporter.files(*item)
        except ExportError as error:
            errors[item] = str(error)
    return files, errors, exporter.record


def _made(waiting, jobs, executor, timeout, progress, stop):
    """(job, what `make` returned) of each job, as they come; once there is a reason to `stop`, nothing new is started."""
    if not waiting:
        return
    with executor or _pool(min(jobs, len(waiting))) as pool:
        running = {}
        while running or (waiting and not stop):
            while waiting and not stop and len(running) < jobs:
                job = waiting.popleft()
                running[_submit(pool, job, timeout)] = job
            progress.running([job.briefing for job in running.values()])
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                job = running.pop(future)
                yield job, _result(future, job)


def _pool(jobs):
    # Not plain fork: the progress bar has a thread by then.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(context.Lock(), context.Lock()))


def _begin(speaking, making):
    """What a worker does first."""
    # Ctrl-C reaches every process of a terminal; the one that hands out the work decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The thread of `prepare` would keep each message of the first kernel waiting ten times as long.
    sys.setswitchinterval(0.0005)
    share(speaking)
    cache.take_turns(making)
    zygote.start()


def _submit(pool, job, timeout):
    code = job.ingredients.parts["the library"]
    try:
        return pool.submit(make, job.briefing, job.source, job.missing, job.paper, timeout, code, job.keep)
    except BrokenProcessPool as error:
        broken = Future()
        broken.set_exception(error)
        return broken


def _result(future, job):
    try:
        return future.result()
    except BrokenProcessPool:
        why = "a worker process was killed (out of memory?); build again, what is done is kept"
    except Exception as error:  # a fault in one briefing must not cost the others
        why = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return {}, dict.fromkeys(job.missing, why), None


def _written(job, made, out, keep):
    """The manifest items of a finished job: its files below `out` and, with `keep`, in the store."""
    files, errors, record = made
    answers = job.ingredients.keep(*record) if keep and record and files else None
    items = [entry(job.briefing, item, error=error) for item, error in errors.items()]
    for item, contents in files.items():
        digests = {name: (cache.put_file if keep else cache.digest)(content) for name, content in contents.items()}
        if keep and (key := job.key(answers, item)):
            cache.put("item", key, digests)
        try:
            for name, content in contents.items():
                write(out / job.briefing.folder / name, content)
            items.append(entry(job.briefing, item, "built", digests, len(contents[job.briefing.name(*item)])))
        except OSError as error:
            items.append(entry(job.briefing, item, error=f"{job.briefing.path(*item)}: {_said(error)}"))
    return items


def _said(error):
    """An OSError in words, with the path that it is about."""
    path = error.filename2 or error.filename  # of two the second is the place where a file should be
    return f"{error.strerror}: {path}" if path else f"{error.strerror}"


def _failed(job, error):
    return [entry(job.briefing, item, error=error) for item in job.missing]
