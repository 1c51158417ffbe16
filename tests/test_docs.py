"""The documents say what is there."""

import re
import shlex

import nbformat
import pytest
from dossier.cli import _parser
from dossier.data import cut_off, first_as_of
from dossier.project import NOTEBOOKS, ROOT, THEMES

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def question(name):
    """The title of a notebook."""
    cells = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells
    return cells[0].source.splitlines()[0].removeprefix("# ")


def test_readme_is_short():
    """A newcomer reads it in two minutes."""
    assert len(README.splitlines()) < 80


def test_readme_lists_every_theme_with_its_question():
    """The table of themes is the titles of the notebooks."""
    rows = dict(re.findall(r"(?m)^\| `([a-z-]+)` \| (.+) \|$", README.split("<!-- themes")[1].split("<!-- /themes")[0]))
    assert rows == {theme: question(theme) for theme in THEMES}


def test_start_here_lists_every_theme_with_its_question():
    """The way in names the same questions as the notebooks it leads to."""
    start = "\n".join(cell.source for cell in nbformat.read(NOTEBOOKS / "start-here.ipynb", as_version=4).cells)
    rows = dict(re.findall(r"(?m)^\| \[[^\]]+\]\(([a-z-]+)\.ipynb\) \| (.+) \|$", start))
    assert rows == {theme: question(theme) for theme in THEMES}


def test_dates_in_the_readme_are_those_of_the_evidence():
    """The days that can be asked for are as the evidence says."""
    assert f"Dates run from {first_as_of()} to {cut_off()}" in README


@pytest.mark.parametrize("text", [README, CONTRIBUTING, (ROOT / ".ci" / "run").read_text(encoding="utf-8")])
def test_make_verbs_exist(text):
    """Every `make` verb that a document names is in the Makefile."""
    verbs = set(re.findall(r"(?m)(?:`|^ *)make ([a-z]+)", text))
    assert verbs and verbs <= set(re.findall(r"(?m)^([a-z]+):", MAKEFILE)) - {"docs"}


def test_commands_in_the_readme_are_valid():
    """Every `dossier` command of the README is one that the command line takes."""
    commands = re.findall(r"(?m)^    (dossier [^#\n]+)", README) + re.findall(r"`(dossier [^`]+)`", README)
    assert len(commands) >= 4
    for command in commands:
        _parser().parse_args(shlex.split(command.replace("FILE", "batch.yml"))[1:])


@pytest.mark.parametrize("text", [README, CONTRIBUTING])
def test_paths_exist(text):
    """Every file or folder that a document names is there."""
    named = re.findall(r"`((?:notebooks|data|lib|tests|exports)/[\w./-]*)`", text)
    named += [path for path in re.findall(r"\]\(([\w./-]+)\)", text)]
    generated = {"exports/manifest.json", "exports/index.html"}
    assert named and [path for path in named if path not in generated and not (ROOT / path).exists()] == []


def test_every_module_has_its_test():
    """Tests mirror modules: whoever opens one finds the other."""
    package = ROOT / "lib" / "dossier"
    modules = [path.relative_to(package).with_suffix("") for path in package.rglob("*.py") if path.stem[0] != "_"]
    without = {"project", "publish/paths", "charts/style"}  # paths and colours: nothing to assert beyond their use
    # Seen only through what they draw: asserted where it is drawn.
    without |= {"charts/ranges", "charts/rows", "charts/lines", "charts/lanes"}
    expected = {f"test_{'_'.join(module.parts)}.py" for module in modules if str(module) not in without}
    assert sorted(expected - {path.name for path in (ROOT / "tests").glob("test_*.py")}) == []


def test_modules_stay_small():
    """A module is one job: none grows past 300 lines."""
    long = {path.name: n for path in (ROOT / "lib").rglob("*.py") if (n := len(path.read_text().splitlines())) > 300}
    assert long == {}


def test_themes_have_a_notebook_each():
    """There is one notebook per theme, and the way in."""
    assert {path.stem for path in NOTEBOOKS.glob("[!_]*.ipynb")} == {"start-here", *THEMES}
