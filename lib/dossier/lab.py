"""`python -m dossier.lab EDITION`: JupyterLab on the notebooks of one edition.

Students work on copies in .lab/, cut so that no solution is ever in reach; a copy that a reader
changed is kept. The instructor edition is the stored notebooks themselves.
"""

import hashlib
import json
import os
import sys

import nbformat

from .editions import cut_source
from .errors import RequestError, unknown
from .files import write
from .project import NOTEBOOKS, ROOT

COPIES = ROOT / ".lab"
WRITTEN = ".written.json"  # name -> hash of each copy as written, to know which ones a reader changed


def copies(folder=COPIES, notebooks=NOTEBOOKS):
    """Write the student copy of each notebook into `folder`; returns the names that were kept as changed."""
    record = folder / WRITTEN
    written = json.loads(record.read_text()) if record.exists() else {}
    kept = []
    for path in sorted(notebooks.glob("[!_]*.ipynb")):
        copy = folder / path.name
        if copy.exists() and _hash(copy.read_bytes()) != written.get(path.name):
            kept.append(path.name)
            continue
        content = nbformat.writes(cut_source(nbformat.read(path, as_version=4), "student")).encode() + b"\n"
        write(copy, content)
        written[path.name] = _hash(content)
    write(record, json.dumps(written, indent=1).encode())
    return kept


def _hash(content):
    return hashlib.sha256(content).hexdigest()


def main(edition="student"):
    """Prepare the notebooks and become JupyterLab; RequestError for another edition."""
    if edition not in ("student", "instructor"):
        raise unknown("edition", edition, ("student", "instructor"))
    folder = NOTEBOOKS
    if edition == "student":
        folder = COPIES
        for name in copies():
            print(f"{name}: your changed copy in {folder.name}/ is kept; delete it to get a fresh one")
    sys.stdout.flush()
    os.execv(sys.executable, [*command(folder), str(folder / "start-here.ipynb")])


def command(folder):
    """The command line of a JupyterLab over `folder` that asks no other host for news or updates."""
    quiet = ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    # In a container one is root, and JupyterLab would refuse to start.
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [sys.executable, "-m", "jupyterlab", f"--notebook-dir={folder}", *quiet, *root]


if __name__ == "__main__":
    try:
        main(*sys.argv[1:2])
    except RequestError as error:
        sys.exit(f"dossier.lab: {error}")
