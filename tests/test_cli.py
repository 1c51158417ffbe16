"""The command as scripts use it."""

import os
import subprocess
import sys

import nbformat
import pytest

RAISES = ("chart", "1 / 0")


def test_refusal_ends_2_before_anything_starts(project):
    """A misspelt parameter is refused with the valid ones, and no export folder appears."""
    run = project.run("build", "pmu-debate", "-p", "focuss=x")
    assert run.returncode == 2
    assert "unknown parameter 'focuss'. Did you mean 'focus'" in run.stderr and "valid: as_of, since" in run.stderr
    assert not (project.folder / "exports").exists()


def test_notebook_without_parameters_cell_is_refused(project):
    """A notebook whose parameters cell lost its tag is refused before any kernel starts."""
    path = project.folder / "notebooks" / "isis-threat.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].metadata.tags = []
    nbformat.write(notebook, path)
    run = project.run("build", "isis-threat")
    assert (run.returncode, "0 cells are tagged `parameters`" in run.stderr) == (2, True)


@pytest.mark.parametrize("command", [["list"], ["build", "isis-threat"]])
@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ('\\"all', '\\"all\\\\', "isis-threat.ipynb, cell 3 (parameters): line 3 is not Python: unterminated string"),
        ('"nbformat": 4', '"nbformat": 3', "isis-threat.ipynb: not a notebook of nbformat 4: nbformat is 3\nright: "),
    ],
)
def test_faulty_notebook_is_refused(command, old, new, refusal, project):
    """What cannot be read is a refusal with notebook, cell and line, and nothing starts."""
    path = project.folder / "notebooks" / "isis-threat.ipynb"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    run = project.run(*command)
    assert run.returncode == 2 and run.stderr.startswith(f"dossier: {refusal}")
    assert not (project.folder / "exports").exists()


def test_failure_costs_only_its_own_briefing(project):
    """One notebook that raises: the others are built, the failure names notebook, cell and error, exit 1."""
    project.write("pmu-debate", RAISES)
    run = project.run("build", "--edition", "brief", "--format", "html")
    assert run.returncode == 1
    states = {item["theme"]: item["status"] for item in project.manifest()}
    assert states == {
        "baathist-legacy": "built",
        "border-security": "built",
        "isis-threat": "built",
        "pmu-debate": "failed",
    }
    failed = next(item for item in project.manifest() if item["status"] == "failed")
    assert failed["error"] == "pmu-debate.ipynb, cell 7 (chart): ZeroDivisionError: division by zero"
    assert (failed["path"], failed["sha256"], failed["bytes"]) == (None, None, None)
    assert failed["error"] in run.stderr


def test_fail_fast_starts_nothing_after_a_failure(project):
    """With --fail-fast what was not started is reported as such."""
    project.write("baathist-legacy", RAISES)
    run = project.run("build", "--edition", "brief", "--format", "html", "--jobs", "1", "--fail-fast")
    assert run.returncode == 1
    errors = [item["error"] for item in project.manifest()]
    assert errors[1:] == ["not started: --fail-fast after a failure"] * 3


def test_timeout_stops_a_cell(project):
    """A cell that runs longer than --timeout is stopped and reported."""
    project.write("isis-threat", ("endless", "while True: pass"))
    run = project.run("build", "isis-threat", "--edition", "brief", "--format", "html", "--timeout", "3")
    assert run.returncode == 1 and "isis-threat.ipynb, cell 7 (endless): ran longer than 3 s" in run.stderr


def test_second_build_changes_nothing_and_force_builds_again(project):
    """What is unchanged is not executed again, unless --force asks for it."""
    command = ("build", "isis-threat", "--edition", "brief", "--format", "html")
    states = []
    for arguments in (command, command, (*command, "--force")):
        assert project.run(*arguments).returncode == 0
        states.append(project.manifest()[0]["status"])
    assert states == ["built", "cached", "built"]


def test_changed_row_is_not_served_from_the_store(project):
    """A change of the data makes an export again."""
    command = ("build", "isis-threat", "--edition", "brief", "--format", "html")
    project.run(*command)
    path = project.folder / "data" / "events.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("isis-threat", "pmu-debate"), encoding="utf-8")
    project.run(*command)
    item = project.manifest()[0]
    page = (project.folder / "exports" / item["path"]).read_text(encoding="utf-8")
    assert item["status"] == "built" and "31 May 2025: 0 events" in page


def test_batch_and_theme_together_are_refused(project):
    """A batch file says what to build; a theme beside it is a contradiction."""
    assert project.run("build", "isis-threat", "--batch", "batch.yml").returncode == 2


@pytest.mark.parametrize("out", ["/dev/null/x", "requirements.lock"])
def test_unwritable_out_is_refused(out, project):
    """A folder that cannot be made or written to is named before anything starts."""
    run = project.run("build", "isis-threat", "--out", out)
    assert run.returncode == 2 and f"--out {out}:" in run.stderr and "Traceback" not in run.stderr


def test_unwritable_store_is_refused(project):
    """A store that cannot be written to is named before anything starts."""
    run = project.run("build", "isis-threat", env={"DOSSIER_CACHE": "/dev/null/x"})
    assert run.returncode == 2 and "DOSSIER_CACHE /dev/null/x:" in run.stderr and "Traceback" not in run.stderr


def test_unknown_option_is_refused_in_two_lines(project):
    """A flag that does not exist is named without a page of usage."""
    run = project.run("build", "--edtion", "brief")
    assert run.returncode == 2 and len(run.stderr.splitlines()) == 2 and "--edtion" in run.stderr


def test_ipynb_is_runnable_and_holds_its_parameters(project):
    """The notebook of an edition has the parameters that were asked for, and no outputs."""
    run = project.run("build", "isis-threat", "--as-of", "2024-12-10", "--edition", "student", "--format", "ipynb")
    assert run.returncode == 0, run.stderr
    path = project.folder / "exports" / project.manifest()[0]["path"]
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    assert "as_of: str = '2024-12-10'  # information cut-off" in cell.source
    assert not any(cell.get("outputs") for cell in notebook.cells)


def test_list_names_parameters_with_choices(project):
    """`dossier list` tells themes, types, defaults and what may be chosen."""
    out = project.run("list").stdout
    assert "isis-threat: ISIS threat" in out and "grade: str = 'F'" in out and "one of: A, B, C, D, E, F" in out


@pytest.mark.parametrize("arguments", [["list"], ["check"]])
def test_reader_that_has_gone_is_no_error(arguments):
    """Where nobody reads on, as after `| head`, a command ends as other tools do, without a word."""
    reading, writing = os.pipe()
    os.close(reading)
    run = subprocess.run(
        [sys.executable, "-m", "dossier", *arguments], stdout=writing, stderr=subprocess.PIPE, text=True
    )
    os.close(writing)
    assert (run.returncode, run.stderr) == (141, "")


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"]])
def test_help_loads_nothing_heavy(arguments):
    """Help comes without importing the libraries that take long."""
    heavy = ("numpy", "pandas", "matplotlib", "papermill", "nbformat", "nbconvert", "yaml", "tqdm", "platformdirs")
    code = f"import sys; from dossier.cli import main\ntry: main({arguments!r})\nexcept SystemExit: pass\nprint([m for m in {heavy!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_row_that_must_not_be_shared_stops_the_build(project):
    """A row on a source whose licence forbids sharing is named, and nothing is started: no folder, no manifest."""
    sources = project.folder / "data" / "sources.csv"
    text = sources.read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith("seed-000,"))
    sources.write_text(text.replace(row, row.replace("press: facts only", "no sharing")), "utf-8")
    run = project.run("build", "isis-threat", "--format", "html")
    assert run.returncode == 2 and not (project.folder / "exports").exists()
    assert "rests on seed-000, whose licence forbids sharing\nright: a source that may be shared" in run.stderr


def test_faulty_data_stops_the_build(project):
    """A cell that is not as declared is a refusal with file, row, column and value, not a failed briefing."""
    events = project.folder / "data" / "events.csv"
    events.write_text(events.read_text("utf-8").replace(",2024-12-08,no", ",2024-12-88,no", 1), "utf-8")
    run = project.run("build", "isis-threat", "--format", "html")
    assert run.returncode == 2 and not (project.folder / "exports").exists()
    assert "known_from '2024-12-88' is not a day\nright: a day of the calendar, written YYYY-MM-DD" in run.stderr


@pytest.mark.parametrize("given", ["abc", "", "1e9", "-1", "99999999999999", "\u0661"])
def test_source_date_epoch_that_is_no_second_is_refused(given, project):
    """A kernel that cannot read it would never be ready: it is refused before anything starts."""
    run = project.run("build", "isis-threat", "--format", "html", env={"SOURCE_DATE_EPOCH": given})
    assert run.returncode == 2 and f"SOURCE_DATE_EPOCH {given!r}: no such second" in run.stderr
    assert not (project.folder / "exports").exists()


def test_theme_may_stand_after_an_option(project):
    """Both themes are built; an option that there is none of is refused with where to look."""
    run = project.run("build", "isis-threat", "--format", "ipynb", "pmu-debate", "--edition", "brief")
    assert run.returncode == 0 and {item["theme"] for item in project.manifest()} == {"isis-threat", "pmu-debate"}
    run = project.run("build", "--ou", "x")
    assert run.returncode == 2 and "unrecognized arguments: --ou" in run.stderr and "build --help" in run.stderr


def test_batch_without_a_name_is_refused(project):
    """An unset variable of a script builds nothing."""
    run = project.run("build", "--batch", "", "--format", "ipynb")
    assert run.returncode == 2 and "--batch names no file" in run.stderr


def test_folder_in_letters_that_the_terminal_lacks_is_named_all_the_same(project):
    """What is built is built, whatever the terminal can show."""
    out = "\u0639\u0631\u0627\u0642"
    run = project.run("build", "isis-threat", "--format", "ipynb", "--out", out, env={"PYTHONIOENCODING": "ascii"})
    assert run.returncode == 0 and r"\u0639" in run.stdout


def test_unreadable_library_file_is_a_refusal(project):
    """A file that cannot be read is named with its path."""
    (project.folder / "data" / "events.csv").unlink()
    (project.folder / "data" / "events.csv").symlink_to(project.folder / "data" / "events.csv")
    run = project.run("build", "isis-threat", "--format", "ipynb")
    assert run.returncode == 2 and "events.csv" in run.stderr and "Traceback" not in run.stderr
