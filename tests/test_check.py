"""The whole check: the shipped data and notebooks are clean, and the command says so as scripts expect."""

import shutil

import pytest
from dossier.check import Fault, faults
from dossier.project import NOTEBOOKS
from samples import sound_rows, write_package


def test_the_shipped_data_and_notebooks_have_no_fault():
    """Nothing in data/ or notebooks/ breaks a rule."""
    assert [str(fault) for fault in faults()] == []


def test_a_fault_is_one_line():
    """Where, what, and what would be right."""
    assert str(Fault("a.csv:2 (b)", "c is blank", "a date")) == "a.csv:2 (b): c is blank; right: a date"


def test_faults_come_tables_first(tmp_path):
    """Data, then notebooks: here the four that are missing."""
    rows = sound_rows()
    rows["ties"][0]["summary"] = ""
    found = faults(write_package(tmp_path / "data", rows), tmp_path)
    assert [fault.where for fault in found] == [
        "ties.csv:2 (tie)",
        "baathist-legacy.ipynb",
        "border-security.ipynb",
        "isis-threat.ipynb",
        "pmu-debate.ipynb",
    ]


@pytest.fixture
def shipped(project):
    """A copy of the project with the shipped notebooks."""
    shutil.copytree(NOTEBOOKS, project.folder / "notebooks", dirs_exist_ok=True)
    return project


def test_command_is_silent_on_faults_that_are_not_there(shipped):
    """A clean collection ends 0 and says so; --stats adds the counts."""
    run = shipped.run("check", "--stats")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.splitlines()[-1] == "no faults"
    assert run.stdout.startswith("rows: sources ") and "events by theme: baathist-legacy " in run.stdout


def test_command_ends_1_with_a_line_for_each_fault(shipped):
    """A duplicate row is one line, its table's hash another, and the last line counts the faults."""
    path = shipped.folder / "data" / "ties.csv"
    path.write_text(path.read_text(encoding="utf-8") + path.read_text(encoding="utf-8").splitlines()[-1] + "\n")
    run = shipped.run("check")
    assert run.returncode == 1
    other, line, last = run.stdout.splitlines()
    assert other.startswith("ties.csv: is another file than datapackage.json states")
    assert line.startswith("ties.csv:") and line.endswith("id occurs a second time; right: one row for each key")
    assert last == "2 faults"


def test_command_ends_2_without_a_package(shipped):
    """Without datapackage.json there is nothing to check against."""
    (shipped.folder / "data" / "datapackage.json").write_text("{")
    run = shipped.run("check")
    assert (run.returncode, run.stdout) == (2, "") and "datapackage.json" in run.stderr
