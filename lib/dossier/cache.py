"""Finished exports by the hash of everything that went into them."""

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

import platformdirs

from . import __version__
from .project import DATA, ROOT


def folder():
    """`$DOSSIER_CACHE`, else the user's cache folder."""
    return Path(os.environ.get("DOSSIER_CACHE") or platformdirs.user_cache_dir("iraq-dossier"))


def clear():
    """Remove every entry."""
    shutil.rmtree(folder(), ignore_errors=True)


def surroundings():
    """Hash of what every export depends on besides its notebook and parameters: data, library, lock, clock override."""
    digest = hashlib.sha256(f"{__version__} {os.environ.get('SOURCE_DATE_EPOCH', '')}".encode())
    for path in (*_files(DATA), *_files(Path(__file__).parent), ROOT / "requirements.lock"):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _files(root):
    return sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def key(surroundings, notebook_bytes, parameters, edition, format):
    """The key of one export: the same inputs, the same key."""
    inputs = [surroundings, hashlib.sha256(notebook_bytes).hexdigest(), parameters, edition, format]
    return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()


def get(key):
    """Relative path -> bytes of a kept export, or None."""
    entry = folder() / key
    if not entry.is_dir():
        return None
    return {path.relative_to(entry).as_posix(): path.read_bytes() for path in _files(entry)}


def put(key, files):
    """Keep an export: relative path -> bytes. An entry appears whole or not at all."""
    folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder()) as scratch:
        entry = Path(scratch) / "entry"
        for name, content in files.items():
            path = entry / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        try:
            os.replace(entry, folder() / key)
        except OSError:
            if not (folder() / key).is_dir():  # else another build was first with the same bytes
                raise
