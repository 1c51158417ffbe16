"""The notebooks that a student opens."""

import shutil
import subprocess

import nbformat
from dossier.lab import copies
from dossier.project import ROOT
from samples import small_notebook


def notebooks(folder):
    """A folder with one notebook that has a solution, and a template that is nobody's lesson."""
    notebook = small_notebook("isis-threat")
    notebook.cells.append(nbformat.v4.new_markdown_cell("The answer", id="answer", metadata={"tags": ["solution"]}))
    folder.mkdir()
    nbformat.write(notebook, folder / "isis-threat.ipynb")
    nbformat.write(notebook, folder / "_template.ipynb")
    return folder


def test_no_solution_is_in_reach(tmp_path):
    """The copies for students hold no solution, and no template is copied."""
    copies(tmp_path / "lab", notebooks(tmp_path / "notebooks"))
    text = (tmp_path / "lab" / "isis-threat.ipynb").read_text(encoding="utf-8")
    assert "The answer" not in text and "bottom-line" in text
    assert not (tmp_path / "lab" / "_template.ipynb").exists()


def test_work_of_a_student_is_kept(tmp_path):
    """A copy that was changed is never overwritten; an untouched one is brought up to date."""
    source, lab = notebooks(tmp_path / "notebooks"), tmp_path / "lab"
    assert copies(lab, source) == []
    fresh = small_notebook("isis-threat", ("new", "1 + 1"))
    nbformat.write(fresh, source / "isis-threat.ipynb")
    assert copies(lab, source) == [] and "1 + 1" in (lab / "isis-threat.ipynb").read_text(encoding="utf-8")
    (lab / "isis-threat.ipynb").write_text("my own work", encoding="utf-8")
    assert copies(lab, source) == ["isis-threat.ipynb"]
    assert (lab / "isis-threat.ipynb").read_text(encoding="utf-8") == "my own work"


def test_cleaning_keeps_the_work_of_a_student(tmp_path):
    """`make clean` takes the environment and the exports, and no copy that a student may have changed."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for path in (
        ".venv/bin",
        ".lab/isis-threat.ipynb",
        "exports/isis-threat",
        "exports/README.md",
        "exports/brief.png",
    ):
        (tmp_path / path).mkdir(parents=True)
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)
    left = {path.name for path in tmp_path.glob("*")} | {path.name for path in tmp_path.glob("*/*")}
    assert left == {"Makefile", ".lab", "isis-threat.ipynb", "exports", "README.md", "brief.png"}
