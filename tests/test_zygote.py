"""The process that kernels are forks of."""

import os
import subprocess
import sys

import pytest
from dossier.zygote import SETTINGS, apart, start


def test_settings_are_only_lent():
    """While the zygote starts the environment has our settings, and there is no main program; then all is as before."""
    before, program = dict(os.environ), sys.modules["__main__"]
    with apart(ADDED="1"):
        assert os.environ.items() >= {**SETTINGS, "ADDED": "1"}.items()
        assert sys.modules["__main__"] is not program
    assert dict(os.environ) == before and sys.modules["__main__"] is program


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no safe fork here: start does nothing")
def test_zygote_begins_before_it_is_asked():
    """A process that starts the zygote early has it there, with its imports under way, before any kernel."""
    source = (
        "from multiprocessing import forkserver; from dossier.zygote import start;"
        "start(); print(forkserver._forkserver._forkserver_pid > 0, forkserver._forkserver._preload_modules)"
    )
    run = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "True ['dossier.preload']"


def test_elsewhere_nothing_is_started(monkeypatch):
    """Where a fork is not safe, no zygote is started."""
    monkeypatch.setattr("dossier.zygote.sys.platform", "darwin")
    monkeypatch.setattr("dossier.zygote.forkserver.ensure_running", lambda: pytest.fail("started"))
    start()
