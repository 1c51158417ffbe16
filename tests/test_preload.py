"""What the zygote does when it imports its one module."""

import os
import subprocess
import sys

import pytest
from dossier.zygote import SETTINGS


@pytest.mark.parametrize(
    ("names", "fault"),
    [("()", "None"), ("('no_such_module',)", "ModuleNotFoundError: No module named 'no_such_module'")],
)
def test_import_that_fails_is_named(names, fault):
    """With its imports done nothing forbids a fork; one that fails is said in one line, and nothing is raised."""
    source = f"import dossier.zygote as k; k.PRELOAD += {names}; import dossier.preload as p; print(p.FAULT)"
    run = subprocess.run(
        [sys.executable, "-c", source], env={**os.environ, **SETTINGS}, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == fault


def test_second_thread_forbids_a_fork():
    """A fork keeps one thread of several: whoever has started one gets no warm kernel."""
    source = (
        "import threading, time; threading.Thread(target=time.sleep, args=(60,), daemon=True).start();"
        "import dossier.preload as p; print(p.FAULT)"
    )
    run = subprocess.run(
        [sys.executable, "-c", source], env={**os.environ, **SETTINGS}, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "2 threads after the imports; a fork keeps only one"
