"""The notebooks: what a class finds in them, and what they compute on several days. `dossier check` holds their shape."""

import ast
import re

import nbformat
import pytest
from dossier.data import FIGURES, cut_off, load, read
from dossier.dates import parse_day
from dossier.editions import section, shows_code, tags
from dossier.execute import execute
from dossier.figure import MIME as FIGURE
from dossier.figure import Figure
from dossier.parameters import declared
from dossier.project import NOTEBOOKS, THEMES
from dossier.prose import MIME as PROSE


def stored(name):
    """A notebook as it is stored."""
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def code(notebook):
    """Its code cells."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


every_notebook = pytest.mark.parametrize("name", ["start-here", *THEMES])
every_theme = pytest.mark.parametrize("name", THEMES)


@every_theme
def test_lesson_has_what_a_class_needs(name):
    """Objectives with minutes, two questions, an exercise, its solution and a note for the instructor."""
    notebook = stored(name)
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert len(re.findall(r"(?m)^- \*\*\w+\*\*.*minutes\)", text)) >= 3
    assert re.search(r"(?m)^2\. ", text.split("## Two questions")[1])
    kinds = [tag for cell in notebook.cells for tag in tags(cell)]
    assert {"exercise", "solution", "instructor", "interactive"} <= set(kinds)


def run(name, **given):
    """A notebook executed at its defaults with some parameters changed."""
    notebook = stored(name)
    values = {p.name: p.default for p in declared(notebook, name).values()}
    return execute(notebook, name, {**values, **given}, timeout=120)


def chart_id(name):
    """The id of the cell with the main figure."""
    return next(cell.id for cell in stored(name).cells if section(cell) == "chart")


def in_process(name, **given):
    """Cell id -> what its last expression shows: the cells of a notebook run here, without a kernel."""
    values = results(name, **given)
    return {id: value._repr_mimebundle_() for id, value in values.items() if hasattr(value, "_repr_mimebundle_")}


def results(name, **given):
    """Cell id -> the value of its last expression, of which nothing is drawn yet."""
    notebook, space, found = stored(name), {}, {}
    for cell in code(notebook):
        body = ast.parse(cell.source).body
        last = ast.Expression(body.pop().value) if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), cell.id, "exec"), space)
        if "parameters" in tags(cell):
            space.update(given)
        found[cell.id] = eval(compile(last, cell.id, "eval"), space) if last else None
    return found


def shown(executed):
    """All text that an executed notebook shows or carries, hidden records included."""
    return "\n".join(str(output.get("data", output)) for cell in executed.cells for output in cell.get("outputs", []))


@every_notebook
def test_runs_on_its_defaults(name):
    """Every notebook runs from top to bottom without a network and draws its figures."""
    executed = run(name)
    figures = [o for cell in executed.cells for o in cell.get("outputs", []) if "image/svg+xml" in o.get("data", {})]
    assert len(figures) >= (1 if name == "start-here" else 3)
    assert not [o for cell in executed.cells for o in cell.get("outputs", []) if o.output_type in ("stream", "error")]


@every_theme
@pytest.mark.parametrize("as_of", ["2024-11-27", "2024-12-10"])
def test_earlier_cut_off_holds_nothing_known_later(name, as_of):
    """On an earlier day no later event, figure, name, source or date is in any output, hidden or shown."""
    text = shown(run(name, as_of=as_of))
    day, early, late = parse_day(as_of), load(as_of), load(cut_off())
    known = {row.summary for row in early.events} | {row.label for row in early.events}
    later = [row for row in late.events if row.known_from > day]
    assert [row.id for row in later if {row.summary, row.label} - known and (row.summary in text)] == []
    hidden = [s for s in read("sources") if s.known_from > day]
    assert [s.id for s in hidden if s.url and s.url in text] == []
    assert [s.id for s in hidden if s.title.strip("[]") in text and len(s.title) > 20] == []
    months = {f"{m} 2025" for m in ("January", "February", "March", "April", "May")}
    assert [month for month in months if month in text] == []


@every_theme
def test_every_focus_runs(name):
    """Each focus gives a bottom line and a chart or a sentence, never an error."""
    for preset in load(cut_off()).presets:
        if preset.theme == name and preset.id != "all":
            bundles = in_process(name, focus=preset.id, as_of="2024-12-10")
            assert bundles["bottom-line"][PROSE]["markdown"], preset.id
            assert {PROSE, FIGURE} & set(bundles[chart_id(name)]), preset.id


@every_theme
@pytest.mark.parametrize("as_of", ["2024-12-10", "2025-05-31", "2026-04-30"])
def test_each_figure_has_a_name_of_its_own(name, as_of):
    """No two figures of a notebook share a name, which their data bear as files in one folder."""
    values = results(name, as_of=as_of).values()
    names = [value.name for value in values if isinstance(value, Figure)]
    assert len(names) >= 3 and sorted(names) == sorted(set(names))


def test_way_in_counts_the_figures_of_every_table():
    """The dated figures that the way in counts are those of both tables, not of the larger one alone."""
    evidence = load(cut_off())
    figures = sum(len(getattr(evidence, table)) for table in FIGURES)
    assert f" ties and {figures:,} dated figures." in results("start-here")["count"].markdown


@every_theme
def test_code_that_a_student_sees_gives_nothing_away(name):
    """Shown code is the same at every cut-off, so it names no event that became known after the first day."""
    later = {row.id for row in load(cut_off()).events if row.known_from > parse_day("2024-11-27")}
    for cell in code(stored(name)):
        if shows_code(cell, "student") and not tags(cell) & {"interactive", "solution", "instructor"}:
            assert not [id for id in later if f'"{id}"' in cell.source], cell.id
            assert "new-damascus" not in cell.source, cell.id
