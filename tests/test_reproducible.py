"""The same input gives the same bytes: another folder, day, time zone, number of jobs, order of hashes."""

import json
import shutil
from datetime import date, timedelta

import pytest
from dossier.project import NOTEBOOKS
from samples import ProjectCopy

# The two zones are 26 hours apart: it is never the same day in both.
HERE = {"TZ": "Etc/GMT+12", "PYTHONHASHSEED": "0"}
THERE = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4242", "LANG": "de_DE.UTF-8", "HOME": "/nowhere"}
BUILD = ("build", "--as-of", "2024-12-10", "--edition", "brief", "--edition", "student", "--edition", "instructor")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """OUT of two builds of everything, in folders of different names and depths."""
    folders = []
    for folder, jobs, env in (("a", "1", HERE), ("deep/er/b c", "2", THERE)):
        project = ProjectCopy(tmp_path_factory.mktemp("same") / folder)
        shutil.copytree(NOTEBOOKS, project.folder / "notebooks", dirs_exist_ok=True)
        formats = [part for format in ("html", "pdf", "ipynb") for part in ("--format", format)]
        run = project.run(*BUILD, *formats, "--jobs", jobs, env=env)
        assert run.returncode == 0, run.stderr
        folders.append(project.folder / "exports")
    return folders


def files(folder):
    """Relative path -> bytes of all that a build wrote."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_builds_are_equal_byte_for_byte(built):
    """HTML, PDF, notebooks, figure data, citations, index and manifest are the same."""
    here, there = map(files, built)
    assert list(sorted(here)) == list(sorted(there))
    assert [name for name in here if here[name] != there[name]] == []
    endings = {name.rpartition(".")[2] for name in here}
    assert {"html", "pdf", "ipynb", "csv", "bib", "json"} <= endings
    assert {"index.html", "manifest.json"} <= set(here) and len(here) > 4 * 3 * 3
    assert len(json.loads(here["manifest.json"])["items"]) == 4 * 3 * 3


def test_no_file_knows_the_day_on_which_it_was_made(built):
    """Neither today nor a day beside it is in any export, in the ways in which programs write dates."""
    days = [date.today() + timedelta(days=n) for n in (-1, 0, 1)]
    written = [form for day in days for form in (day.isoformat(), f"D:{day:%Y%m%d}", f"{day.day} {day:%B %Y}")]
    for name, content in files(built[0]).items():
        assert [form for form in written if form.encode() in content] == [], name
