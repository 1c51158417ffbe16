"""What the zygote does when it imports its one module."""

import os
import subprocess
import sys

import pytest
from dossier.reads import FILE
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


def test_what_all_kernels_need_is_found_before_the_fork():
    """Fonts are found, in a build the ends of each theme's ties too; no font file is left open, of which kernels share
    the place."""
    source = (
        "import dossier.preload as p, dossier.words as w, dossier.view as v, dossier.figure as f, os;"
        "print(p.FAULT, f._settings.cache_info().currsize, w._found.cache_info().currsize, len(v._ends_by_day));"
        "print([link for n in os.listdir('/proc/self/fd') if (link := os.path.realpath(f'/proc/self/fd/{n}')).endswith('ttf')])"
    )
    run = subprocess.run(
        [sys.executable, "-c", source],
        env={**os.environ, **SETTINGS, FILE: os.devnull},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines() == ["None 1 3 4", "[]"]


def test_what_it_asks_is_in_no_record(tmp_path):
    """The record of the notebook for which the zygote was started holds nothing of what all kernels share."""
    record = tmp_path / "reads"
    subprocess.run(
        [sys.executable, "-c", "import os, dossier.preload; assert os.environ['DOSSIER_READS'].endswith('reads')"],
        env={**os.environ, **SETTINGS, FILE: str(record)},
        check=True,
    )
    assert not record.exists()


def test_kernels_of_a_build_know_which_library_they_run():
    """The hash under which pictures are kept is taken with the imports: a library edited later is not what draws."""
    source = "import dossier.preload; from dossier.drawings import loaded; print(loaded.cache_info().currsize)"
    for record, found in ((os.devnull, "1"), ("", "0")):  # in a build, in JupyterLab
        environment = {**os.environ, **SETTINGS, FILE: record}
        run = subprocess.run(
            [sys.executable, "-c", source], env=environment, capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == found
