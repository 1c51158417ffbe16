"""Faults of the notebooks: each rule finds its own, in one line that says which cell, what and what would be right."""

import nbformat
import pytest
from dossier.check.notebooks import faults, read
from dossier.check.record import read as read_record
from dossier.project import THEMES
from samples import PARAMETERS, sound_notebook, sound_rows, write_package

BOOK = "isis-threat.ipynb"
code, markdown = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell


def say(source, **more):
    """A cell of computed prose."""
    return code(source, id="said", metadata={"jupyter": {"source_hidden": True}, **more})


def edit(id, **parts):
    """A seed that changes source, outputs, id or metadata of one cell."""

    def seed(notebook):
        next(cell for cell in notebook.cells if cell.id == id).update(parts)

    return seed


def append(*cells):
    """A seed that adds cells at the end: cell 13 and after."""
    return lambda notebook: notebook.cells.extend(cells)


def drop(id):
    """A seed that takes a cell out."""

    def seed(notebook):
        notebook.cells[:] = [cell for cell in notebook.cells if cell.id != id]

    return seed


def parameters(old, new):
    """A seed in the parameters cell."""
    return edit("parameters", source=PARAMETERS.replace(old, new))


def tagged(id, *tags, **dossier):
    """A seed in the metadata of a cell."""
    hidden = {"source_hidden": True}
    return edit(id, metadata=nbformat.from_dict({"tags": [*tags], "jupyter": hidden, "dossier": dossier}))


OUTPUT = nbformat.v4.new_output("stream", text="seen")
LONG = "\n".join(f"step = {n}" for n in range(16))

# What is seeded -> how, and the one line that must come out.
SEEDS = {
    "stored-output": (
        edit("load", outputs=[OUTPUT]),
        f"{BOOK}, cell 4 (load): stored with its output; right: outputs cleared",
    ),
    "stored-count": (
        edit("load", execution_count=4),
        f"{BOOK}, cell 4 (load): stored with its output; right: outputs cleared",
    ),
    "id-of-a-machine": (
        append(markdown("Text.", id="A1_b")),
        f"{BOOK}, cell 13 (A1_b): id does not say what the cell is; right: 2 to 40 lower-case letters, digits, hyphens",
    ),
    "title-no-question": (
        edit("title", source="# An answer\n\nTeach, Explore, Read."),
        f"{BOOK}: does not begin with a title; right: cell 1: `# ` and a question",
    ),
    "second-title": (
        append(markdown("# Another?", id="more")),
        f"{BOOK}, cell 13 (more): a second title; right: `##` or lower; the only `#` is the question of cell 1",
    ),
    "heading-leap": (
        append(markdown("## Two\n\n#### Four", id="more")),
        f"{BOOK}, cell 13 (more): heading of level 4 under level 2; right: level 3 or higher",
    ),
    "mistyped-tag": (
        append(markdown("Text.", id="more", metadata={"tags": ["exercize"]})),
        f"{BOOK}, cell 13 (more): unknown tag 'exercize'; right: exercise",
    ),
    "stray-tag": (
        append(markdown("Text.", id="more", metadata={"tags": ["xyz"]})),
        f"{BOOK}, cell 13 (more): unknown tag 'xyz'; "
        "right: one of brief, exercise, instructor, interactive, parameters, setup, solution",
    ),
    "long-cell": (
        append(code(LONG, id="more"), markdown("Text.", id="text")),
        f"{BOOK}, cell 13 (more): 16 lines; right: 15 or fewer",
    ),
    "no-python": (
        append(code("%matplotlib inline", id="more"), markdown("Text.", id="text")),
        f"{BOOK}, cell 13 (more): line 1 is not Python: invalid syntax; right: code that can be parsed, without magics",
    ),
    **{
        f"has-{what}": (
            append(code(source, id="more"), markdown("Text.", id="text")),
            f"{BOOK}, cell 13 (more): has {what}; right: one verb of `dossier`; imports in the setup cell",
        )
        for what, source in {
            "plotting": "plt.plot()",
            "def": "def f():\n    return 1",
            "class": "class C:\n    pass",
            "lambda": "key = lambda row: row.id",
            "import": "from dossier import frame",
            "sys.path": "sys.path += ['..']",
        }.items()
    },
    "path-in-setup": (
        edit("setup", source="import sys\nsys.path += ['..']"),
        f"{BOOK}, cell 2 (setup): has import, sys.path; right: one verb of `dossier`; imports in the setup cell",
    ),
    "f-string-in-say": (
        append(say('say(f"It is {day}.")')),
        f"{BOOK}, cell 13 (said): an f-string in computed prose; right: a template with {{name}}, and name=value",
    ),
    "f-string-in-otherwise": (
        append(say('say("{a}", a=a, otherwise=headline(f"{b}"))')),
        f"{BOOK}, cell 13 (said): an f-string in computed prose; right: a template with {{name}}, and name=value",
    ),
    "computed-template": (
        append(say('say("It is " + day)')),
        f"{BOOK}, cell 13 (said): the template is computed; right: a template written out, and name=value",
    ),
    "typed-year": (
        append(say('say("In 2014 it was so [@e1].", e1=e1)')),
        f"{BOOK}, cell 13 (said): a figure is typed into 'In 2014 it was so [@e1].'; "
        "right: {name} with a row of the evidence",
    ),
    "typed-number-in-otherwise": (
        append(say('say("{a}", a=a, otherwise="About 40 men")')),
        f"{BOOK}, cell 13 (said): a figure is typed into 'About 40 men'; right: {{name}} with a row of the evidence",
    ),
    "typed-number-in-a-title": (
        append(code('draw_map(view, title="12 events")', id="more"), markdown("Text.", id="text")),
        f"{BOOK}, cell 13 (more): a figure is typed into '12 events'; right: {{name}} with a row of the evidence",
    ),
    "prose-shows-its-code": (
        append(code("changed(view)", id="more")),
        f"{BOOK}, cell 13 (more): the code of computed prose shows; "
        'right: metadata "jupyter": {"source_hidden": true}',
    ),
    "second-parameters-cell": (
        append(code('more: str = "x"  # more', id="more", metadata={"tags": ["parameters"]}), markdown("", id="text")),
        f"{BOOK}: 2 cells are tagged `parameters`; right: exactly one, with typed literals",
    ),
    "derived-parameter": (
        parameters('"F"', "max('AF')"),
        f"{BOOK}: parameters cell: \"grade: str = max('AF')\"; right: a literal, nothing computed",
    ),
    "parameters-no-python": (
        parameters('"F"  # worst', '("F"  # worst'),
        f"{BOOK}, cell 3 (parameters): line 7 is not Python: '(' was never closed; "
        "right: code that can be parsed, without magics",
    ),
    "parameter-without-comment": (
        parameters("  # counting rule", ""),
        f"{BOOK}, cell 3 (parameters): parameter counting has no comment; right: what it means, beside it",
    ),
    "parameter-default-of-another-type": (
        parameters('"F"', "5"),
        f"{BOOK}, cell 3 (parameters): grade is 5 by default; right: a value of type str",
    ),
    "parameter-missing": (
        parameters('grade: str = "F"  # worst source shown\n', ""),
        f"{BOOK}, cell 3 (parameters): parameters are as_of, since, focus, scale, actors, places, counting; "
        "right: as_of, since, focus, scale, actors, places, grade, counting",
    ),
    "old-default": (
        parameters("2025-05-31", "2025-05-30"),
        f"{BOOK}, cell 3 (parameters): as_of is '2025-05-30' by default; "
        "right: 2025-05-31, the day the evidence closed",
    ),
    "no-paths": (
        edit("title", source="# A question?"),
        f"{BOOK}: cell 1 does not name the three paths; right: Teach, Explore and Read with their minutes",
    ),
    "setup-elsewhere": (
        lambda notebook: notebook.cells.insert(1, markdown("Text.", id="more")),
        f"{BOOK}: cells 2 to 4 are not setup, parameters and evidence; right: these three, in this order",
    ),
    "another-theme": (
        edit("load", source='view = load(as_of).view("pmu-debate", focus)'),
        f"{BOOK}, cell 4 (load): does not open the evidence of its theme; "
        'right: load(as_of).view("isis-threat", focus ...)',
    ),
    "missing-section": (
        drop("evidence"),
        f"{BOOK}: no section 'evidence'; "
        'right: one cell tagged `brief`, metadata "dossier": {"section": "evidence"}',
    ),
    "unknown-section": (
        append(say("references(view)", tags=["brief"], dossier={"section": "referencs"})),
        f"{BOOK}, cell 13 (said): section 'referencs' of a brief is unknown; right: references",
    ),
    "section-twice": (
        append(say("changed(view)", tags=["brief"], dossier={"section": "changed"})),
        f"{BOOK}, cell 13 (said): section 'changed' occurs a second time; right: one cell for each section",
    ),
    "section-without-tag": (
        append(say("changed(view)", dossier={"section": "watch"})),
        f"{BOOK}, cell 13 (said): section 'watch' without the tag; right: tag `brief`",
    ),
    "no-explorer": (drop("explorer"), f"{BOOK}: 0 explorers; right: one cell that calls explore(...)"),
    "explorer-without-tag": (
        tagged("explorer"),
        f"{BOOK}, cell 8 (explorer): an explorer without its tag; right: tag `interactive`",
    ),
    "explorer-without-twin": (
        edit("explorer", source='explore(draw_timeline, view, title="All")'),
        f'{BOOK}, cell 8 (explorer): not followed by its static twin; right: draw_timeline(view, title="All")',
    ),
    "little-prose": (
        append(*(code(f"rows = {n}", id=f"more-{n}") for n in "1234")),
        f"{BOOK}: 7 of 16 cells are prose; right: half or more",
    ),
}


@pytest.fixture
def record(tmp_path):
    """The tiny evidence, as `check` reads it."""
    return read_record(write_package(tmp_path / "data", sound_rows()))


@pytest.fixture
def folder(tmp_path):
    """Four sound notebooks."""
    (tmp_path / "notebooks").mkdir()
    for theme in THEMES:
        nbformat.write(sound_notebook(theme), tmp_path / "notebooks" / f"{theme}.ipynb")
    return tmp_path / "notebooks"


def found(folder, record):
    """The lines that a folder of notebooks brings."""
    return [str(fault) for fault in faults(read(folder), record)]


def test_sound_notebooks_have_no_fault(folder, record):
    """The small notebooks are clean, so whatever a seeded one shows was seeded."""
    assert found(folder, record) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seeded_notebook_has_the_one_fault(seed, folder, record):
    """One wrong cell brings one line: notebook, cell, what is wrong, what would be right."""
    change, line = SEEDS[seed]
    notebook = sound_notebook("isis-threat")
    change(notebook)
    (folder / BOOK).write_text(nbformat.v4.writes(notebook))
    assert found(folder, record) == [line]


def test_theme_without_its_notebook_is_found(folder, record):
    """A theme that cannot be briefed is a fault."""
    (folder / BOOK).unlink()
    assert found(folder, record) == [f"{BOOK}: no such notebook in notebooks/; right: a notebook"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("no notebook", ": not a notebook: not JSON: "),
        ("[]", ": not a notebook: JSON of another kind; "),
        (
            nbformat.v3.writes_json(nbformat.convert(sound_notebook("isis-threat"), 3)),
            ": not a notebook of nbformat 4: ",
        ),
        ('{"nbformat": 4, "metadata": {}, "cells": [1]}', ", cell 1: not a cell: "),
    ],
)
def test_what_is_no_notebook_is_found(text, what, folder, record):
    """A file that is not JSON, or JSON that is no notebook, brings the line that every command refuses it with."""
    (folder / BOOK).write_text(text)
    [line] = found(folder, record)
    assert line.startswith(f"{BOOK}{what}")
    assert line.endswith("; right: a notebook of nbformat 4, as JupyterLab saves it")


def test_invalid_notebook_is_found(folder, record):
    """A cell that the format of notebooks does not allow brings one line."""
    notebook = sound_notebook("isis-threat")
    notebook.cells[0].outputs = []
    (folder / BOOK).write_text(nbformat.v4.writes(notebook))
    [line] = found(folder, record)
    assert line.startswith(f"{BOOK}: is not valid: ") and line.endswith("; right: nbformat 4.5")


def test_a_section_is_asked_for_once_its_table_has_rows(folder, record):
    """With the first indicator, every brief has to watch it."""
    record.add("indicators", [{"id": "a-second-call"}])
    assert len(found(folder, record)) == len(THEMES)
    assert "isis-threat.ipynb: no section 'watch'; " in found(folder, record)[2]


def test_a_notebook_that_is_no_theme_has_fewer_rules(folder, record):
    """The way in needs no explorer and no brief, but its title is a question as well."""
    way_in = nbformat.v4.new_notebook(cells=sound_notebook("isis-threat").cells[:4])
    way_in.cells[2].source = PARAMETERS.splitlines()[0]
    (folder / "start-here.ipynb").write_text(nbformat.writes(way_in))
    assert found(folder, record) == []
    way_in.cells[0].source = "# An answer"
    (folder / "start-here.ipynb").write_text(nbformat.writes(way_in))
    assert found(folder, record) == [
        "start-here.ipynb: does not begin with a title; right: cell 1: `# ` and a question"
    ]
