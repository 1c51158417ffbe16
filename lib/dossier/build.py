"""Executes briefings in parallel, writes their exports whole or not at all, and the manifest."""

import hashlib
import json
import multiprocessing
import os
import tempfile
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from . import cache
from .progress import share
from .project import notebook_path


def build(briefings, out, progress, *, jobs=1, force=False, fail_fast=False, timeout=None):
    """Build every item of the briefings below the folder `out`; returns the items of the manifest.

    `jobs` processes share the work. A failure does not stop the rest, unless `fail_fast`: then nothing
    new is started. `timeout`: seconds that one cell may run. `progress`: see `Progress`.
    """
    items, waiting, running = [], deque(briefings), {}
    task = (Path(out), cache.surroundings(), force, timeout)
    context = multiprocessing.get_context(_start_method())
    with ProcessPoolExecutor(jobs, context, initializer=share, initargs=(context.Lock(),)) as pool:
        while waiting or running:
            while waiting and len(running) < jobs:
                briefing = waiting.popleft()
                running[_submit(pool, briefing, task)] = briefing
            progress.running(running.values())
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                made = _result(future, running.pop(future))
                items.extend(made)
                progress.finished(made)
                if fail_fast and failures(made):
                    reason = "not started: --fail-fast after a failure"
                    items.extend(item for briefing in waiting for item in _failed(briefing, reason))
                    waiting.clear()
    items.sort(key=_order)
    write(Path(out) / "manifest.json", (json.dumps({"items": items}, indent=1, ensure_ascii=False) + "\n").encode())
    return items


def make(briefing, out, surroundings, force, timeout):
    """Build the items of one briefing in this process: at most one execution. Returns its manifest items."""
    source = notebook_path(briefing.theme).read_bytes()
    keys = {item: cache.key(surroundings, source, briefing.parameters, *item) for item in briefing.items}
    kept = {} if force else {item: files for item in briefing.items if (files := cache.get(keys[item]))}
    missing = [item for item in briefing.items if item not in kept]
    items = [_write_item(briefing, out, item, files, "cached") for item, files in kept.items()]
    if missing:
        from .export import Exporter, ExportError

        exporter = Exporter(briefing, source, timeout)
        for item in missing:
            try:
                files = exporter.files(*item)
            except ExportError as error:
                items.append(_item(briefing, item, error=str(error)))
                continue
            cache.put(keys[item], files)
            items.append(_write_item(briefing, out, item, files, "built"))
    return items


def failures(items):
    """The items that failed."""
    return [item for item in items if item["status"] == "failed"]


def write(path, content):
    """Write bytes so that the file at `path` is the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(scratch, 0o666 & ~_umask())
        os.replace(scratch, path)
    except BaseException:
        os.unlink(scratch)
        raise


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _write_item(briefing, out, item, files, status):
    for name, content in files.items():
        write(out / briefing.folder / name, content)
    content = files[Path(briefing.path(*item)).name]
    return _item(briefing, item, status=status, path=briefing.path(*item), content=content)


def _item(briefing, item, *, status="failed", path=None, content=None, error=None):
    edition, format = item
    return {
        "theme": briefing.theme,
        "parameters": briefing.values,
        "edition": edition,
        "format": format,
        "path": path,
        "sha256": content and hashlib.sha256(content).hexdigest(),
        "bytes": content and len(content),
        "status": status,
        "error": error,
    }


def _failed(briefing, error):
    return [_item(briefing, item, error=error) for item in briefing.items]


def _submit(pool, briefing, task):
    try:
        return pool.submit(make, briefing, *task)
    except BrokenProcessPool as error:
        broken = Future()
        broken.set_exception(error)
        return broken


def _result(future, briefing):
    try:
        return future.result()
    except BrokenProcessPool:
        return _failed(briefing, "a worker process was killed (out of memory?); build again, what is done is kept")
    except Exception as error:  # a fault in one briefing must not cost the others
        return _failed(briefing, f"{type(error).__name__}: {' '.join(str(error).split())}")


def _order(item):
    return (item["theme"], item["parameters"]["as_of"], json.dumps(item["parameters"]), item["edition"], item["format"])


def _start_method():
    # Not plain fork: the progress bar has a thread by then.
    return "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
