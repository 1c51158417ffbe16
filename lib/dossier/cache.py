"""The store of finished exports: files by their content, entries by the hash of what went into them.

Safe when several builds use it at once: everything appears whole or not at all, and what is damaged is as if it
were not there.
"""

import hashlib
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from threading import Lock

import platformdirs

from .files import write

_turn = Lock()
LIMIT = 2 * 1024**3  # bytes: what was not used longest goes when the store holds more


def folder():
    """`$DOSSIER_CACHE`, else the user's cache folder."""
    return Path(os.environ.get("DOSSIER_CACHE") or platformdirs.user_cache_dir("iraq-dossier"))


def clear():
    """Remove every entry, and nothing else that may be in the folder."""
    shutil.rmtree(_store(), ignore_errors=True)


def get(kind, key):
    """What `put` kept under this key, JSON values; None where nothing is, or what is there cannot be read."""
    path = _entry(kind, key)
    try:
        kept = json.loads(path.read_bytes())
        os.utime(path)
    except (OSError, ValueError):
        return None
    return kept["value"] if isinstance(kept, dict) and kept.get("key") == key else None


def put(kind, key, value):
    """Keep JSON values under a key, where there is room; `kind` keeps apart what may have the same key."""
    _write(_entry(kind, key), json.dumps({"key": key, "value": value}, ensure_ascii=False).encode())


def kept(kind, key, make):
    """The bytes that `make()` gives for a key; they are made once, and again where what is kept was damaged."""
    name = get(kind, key)
    content = get_file(name) if name else None
    if content is None:
        content = make()
        put(kind, key, put_file(content))
    return content


def kept_for_all(kind, key, make):
    """As `kept`, for what takes long: who wants it, or another such thing, while one process makes it waits for that."""
    with _turn:
        return kept(kind, key, make)


def take_turns(lock):
    """Let the workers of one build hold one lock for `kept_for_all`."""
    global _turn
    _turn = lock


def digest(content):
    """The sha256 of bytes, hex digits: the name under which they are kept."""
    return hashlib.sha256(content).hexdigest()


def get_file(name):
    """The bytes whose `digest` is `name`; None where they are not kept or were damaged."""
    path = _object(name)
    try:
        content = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    return content if digest(content) == name else None


def put_file(content):
    """Keep bytes, where there is room; returns their sha256."""
    name = digest(content)
    if get_file(name) is None:
        _write(_object(name), content)
    return name


def _write(path, content):
    with suppress(OSError):  # what cannot be kept is made each time
        write(path, content)


def prune(limit=None):
    """Remove what was not used longest until the store holds at most `limit` bytes (LIMIT)."""
    files = list(_files())
    files.sort(key=lambda file: file[1].st_mtime)
    size = sum(found.st_size for _, found in files)
    for path, found in files:
        if size <= (LIMIT if limit is None else limit):
            return
        path.unlink(missing_ok=True)
        size -= found.st_size


def _files():
    """(path, its stat) of each file in the store."""
    for path in _store().rglob("*"):
        try:
            if path.is_file():
                yield path, path.stat()
        except OSError:  # another build was faster
            continue


def _store():
    """A folder of our own in the folder that may be anybody's: what else is in that is not ours to remove."""
    return folder() / "dossier-store"


def _entry(kind, key):
    return _store() / kind / f"{digest(key.encode())}.json"


def _object(name):
    return _store() / "files" / name[:2] / name
