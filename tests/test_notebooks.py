"""The notebooks: their shape, what they presuppose, and what they compute on several days."""

import ast
import re
from datetime import date

import nbformat
import pytest
from dossier.data import cut_off, load, read
from dossier.dates import parse_day
from dossier.editions import SECTIONS, section, tags
from dossier.execute import execute
from dossier.figure import MIME as FIGURE
from dossier.parameters import declared
from dossier.project import NOTEBOOKS, THEMES
from dossier.prose import MIME as PROSE

BRIEF = ["headline", "cut-off", "bottom-line", "chart", "changed", "evidence", "references"]
FIRST_DAY = date(2024, 11, 27)


def stored(name):
    """A notebook as it is stored."""
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def code(notebook):
    """Its code cells."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def says(cell):
    """Whether the only statement of a code cell is a call that makes prose."""
    body = ast.parse(cell.source).body
    verbs = {
        "say",
        "headline",
        "cut_off_block",
        "changed",
        "key_evidence",
        "evidence_table",
        "glossary",
        "scale_box",
        "references",
    }
    return (
        len(body) == 1
        and isinstance(body[0], ast.Expr)
        and getattr(body[0].value, "func", None) is not None
        and (getattr(body[0].value.func, "id", "") in verbs)
    )


every_notebook = pytest.mark.parametrize("name", ["start-here", *THEMES])
every_theme = pytest.mark.parametrize("name", THEMES)


@every_notebook
def test_stored_without_outputs_and_valid(name):
    """A notebook is stored clean: valid, with no output, no count, and ids that say what a cell is."""
    notebook = stored(name)
    nbformat.validate(notebook)
    assert not any(cell.outputs or cell.execution_count for cell in code(notebook))
    assert all(re.fullmatch(r"[a-z0-9-]{2,40}", cell.id) for cell in notebook.cells)


@every_notebook
def test_one_title_and_no_leap_in_headings(name):
    """The only `#` is the title, a question; headings below it never skip a level."""
    text = [cell.source for cell in stored(name).cells if cell.cell_type == "markdown"]
    levels = [len(mark) for source in text for mark in re.findall(r"(?m)^(#+) ", source)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert text[0].splitlines()[0].endswith("?")
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


@every_theme
def test_first_four_cells(name):
    """Title, imports, parameters, evidence: a reader finds them where they are in every notebook."""
    cells = stored(name).cells
    assert cells[0].cell_type == "markdown" and all(path in cells[0].source for path in ("Teach", "Explore", "Read"))
    assert [tags(cell) for cell in cells[1:4]] == [{"setup"}, {"parameters"}, set()]
    assert f'load(as_of).view("{name}", focus' in cells[3].source


@every_theme
def test_parameters_are_those_of_every_theme(name):
    """All themes take the same parameters, each with a comment; the default day is the day the evidence closed."""
    parameters = declared(stored(name), name)
    assert list(parameters) == ["as_of", "since", "focus", "scale", "actors", "places", "grade", "counting"]
    assert parameters["as_of"].default == str(cut_off())
    assert all(parameter.help for parameter in parameters.values())


@every_theme
def test_brief_cells_are_exactly_its_sections(name):
    """Each section of the brief is one cell, tagged, in the order of the sections as far as they exist."""
    brief = [cell for cell in stored(name).cells if "brief" in tags(cell)]
    assert sorted(map(section, brief), key=list(SECTIONS).index) == BRIEF
    assert all(section(cell) is None for cell in stored(name).cells if "brief" not in tags(cell))


@every_theme
def test_lesson_has_what_a_class_needs(name):
    """Objectives with minutes, two questions, an exercise, its solution and a note for the instructor."""
    notebook = stored(name)
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert len(re.findall(r"(?m)^- \*\*\w+\*\*.*minutes\)", text)) >= 3
    assert re.search(r"(?m)^2\. ", text.split("## Two questions")[1])
    kinds = [tag for cell in notebook.cells for tag in tags(cell)]
    assert {"exercise", "solution", "instructor", "interactive"} <= set(kinds)


@every_theme
def test_explorer_is_followed_by_its_static_twin(name):
    """What the slider redraws stands below it as a figure of its own, drawn by the same call."""
    cells = stored(name).cells
    pairs = [
        (cell, after)
        for cell, after in zip(cells, cells[1:], strict=False)
        if "explore(" in cell.source and "interactive" in tags(cell)
    ]
    assert len(pairs) == 1
    explorer, twin = pairs[0]
    verb, arguments = re.fullmatch(r"explore\((draw_\w+), view(.*)\)", explorer.source, re.DOTALL).groups()
    assert twin.source == f"{verb}(view{arguments})"


@every_theme
def test_cells_are_short_and_mostly_prose(name):
    """Half the cells or more are prose, none is above 15 lines, and no cell plots, imports or defines."""
    notebook = stored(name)
    prose = [cell for cell in notebook.cells if cell.cell_type == "markdown" or says(cell)]
    assert len(prose) >= len(notebook.cells) / 2
    for cell in code(notebook):
        assert len(cell.source.splitlines()) <= 15, cell.id
        banned = r"plt\.|\bax\.|sys\.path|\bdef |\blambda\b" + ("" if "setup" in tags(cell) else r"|\bimport\b")
        assert not re.search(banned, cell.source), cell.id


@every_notebook
def test_computed_prose_is_no_fstring_and_hides_its_code(name):
    """Values reach the text through `say` only; the code of computed prose is folded."""
    for cell in code(stored(name)):
        calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
        spoken = [call for call in calls if getattr(call.func, "id", "") in ("say", "headline")]
        assert not any(isinstance(argument, ast.JoinedStr) for call in spoken for argument in ast.walk(call)), cell.id
        if says(cell):
            assert cell.metadata.jupyter.source_hidden is True, cell.id


@every_notebook
def test_no_figure_or_date_is_typed_into_prose(name):
    """Numbers and dates on Iraq and Syria are computed: templates hold none, Markdown only minutes and the first day."""
    for cell in stored(name).cells:
        if cell.cell_type == "markdown":
            assert not re.search(
                r"\b(19|20)\d\d\b",
                cell.source.replace("27 November 2024", "").replace("10 December 2024", "").replace("2024-12-10", ""),
            ), cell.id
        for node in ast.walk(ast.parse(cell.source if cell.cell_type == "code" else "")):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "headline"):
                texts = [
                    a.value
                    for a in [*node.args, *(k.value for k in node.keywords)]
                    if isinstance(a, ast.Constant) and isinstance(a.value, str)
                ]
                assert not any(re.search(r"\d", re.sub(r"\{[^}]*\}|\[@[^\]]*\]", "", text)) for text in texts), cell.id


@every_notebook
def test_plain_markdown_presupposes_nothing_later(name):
    """Markdown cells name no event, office or date that came after 27 November 2024."""
    later = re.compile(
        r"(?i)fall of (the )?assad|assad fell|president al-sharaa|transitional|caretaker|arab summit|8 december|assad-falls"
    )
    for cell in stored(name).cells:
        if cell.cell_type == "markdown" and not cell.metadata.get("dossier", {}).get("known_from"):
            assert not later.search(cell.source), (cell.id, later.search(cell.source))


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
    notebook, space, bundles = stored(name), {}, {}
    for cell in code(notebook):
        body = ast.parse(cell.source).body
        last = ast.Expression(body.pop().value) if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), cell.id, "exec"), space)
        if "parameters" in tags(cell):
            space.update(given)
        value = eval(compile(last, cell.id, "eval"), space) if last else None
        if hasattr(value, "_repr_mimebundle_"):
            bundles[cell.id] = value._repr_mimebundle_()
    return bundles


def shown(executed):
    """All text that an executed notebook shows or carries, hidden records included."""
    return "\n".join(str(output.get("data", output)) for cell in executed.cells for output in cell.get("outputs", []))


@every_notebook
def test_runs_on_its_defaults(name):
    """Every notebook runs from top to bottom without a network and draws its figures."""
    executed = run(name)
    figures = [o for cell in executed.cells for o in cell.get("outputs", []) if "image/png" in o.get("data", {})]
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
