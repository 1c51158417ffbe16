"""Which cells each reader gets."""

import nbformat
from dossier.editions import cut, cut_foreign, cut_source, section, shows_code


def notebook():
    """A cell of each kind, the sections of the brief out of order."""
    code, text = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell

    def brief(id):
        return code(id, id=id, metadata={"tags": ["brief"], "dossier": {"section": id}})

    cells = [
        text("# Q", id="title"),
        code("import x", id="setup", metadata={"tags": ["setup"]}),
        code("a: int = 1", id="parameters", metadata={"tags": ["parameters"]}),
        code("a = 2", id="injected", metadata={"tags": ["injected-parameters"]}),
        brief("evidence"),
        brief("headline"),
        brief("chart"),
        code("explore()", id="explorer", metadata={"tags": ["interactive"]}),
        code("draw()", id="twin"),
        text("Try", id="task", metadata={"tags": ["exercise"]}),
        text("42", id="answer", metadata={"tags": ["solution"]}),
        text("Say", id="hint", metadata={"tags": ["instructor"]}),
        code("say()", id="prose", metadata={"jupyter": {"source_hidden": True}}),
    ]
    return nbformat.v4.new_notebook(cells=cells)


def ids(notebook):
    """The ids of the cells."""
    return [cell.id for cell in notebook.cells]


def test_brief_has_its_sections_in_order_and_nothing_else():
    """A brief is cut to its sections, in the order in which a reader expects them."""
    assert ids(cut(notebook(), "brief")) == ["headline", "chart", "evidence"]


def test_student_never_gets_solution_or_instructor_note():
    """Neither the page nor the notebook of a student holds an answer."""
    assert ids(cut(notebook(), "student")) == ["title", "evidence", "headline", "chart", "twin", "task", "prose"]
    assert not {"answer", "hint"} & set(ids(cut_source(notebook(), "student")))


def test_instructor_gets_everything_but_explorers():
    """A page for instructors has solutions and notes; widgets do not survive on paper."""
    kept = ids(cut(notebook(), "instructor"))
    assert {"answer", "hint", "task"} <= set(kept) and "explorer" not in kept


def test_runnable_notebook_keeps_machinery_and_explorer():
    """What a student runs has its imports, its parameters and its explorer."""
    kept = ids(cut_source(notebook(), "student"))
    assert kept[:4] == ["title", "setup", "parameters", "injected"] and "explorer" in kept


def test_runnable_brief_keeps_what_its_cells_need():
    """A brief that runs has its machinery, the cells that only compute, and its sections, nothing else."""
    whole = notebook()
    whole.cells.insert(4, nbformat.v4.new_code_cell("view = load(as_of)", id="load"))
    assert ids(cut_source(whole, "brief")) == [
        "setup",
        "parameters",
        "injected",
        "load",
        "evidence",
        "headline",
        "chart",
    ]


def test_remark_computes_nothing():
    """A code cell that holds a comment alone, or nothing, is in no brief that runs."""
    whole = notebook()
    whole.cells += [nbformat.v4.new_code_cell(source, id=id) for id, source in (("remark", "# why"), ("empty", ""))]
    assert not {"remark", "empty"} & set(ids(cut_source(whole, "brief")))
    assert {"remark", "empty"} <= set(ids(cut_source(whole, "student")))


def test_code_of_prose_and_of_briefs_is_never_shown():
    """A reader of a brief sees no code, a student none of computed prose."""
    cells = {cell.id: cell for cell in notebook().cells}
    assert shows_code(cells["twin"], "student")
    assert not shows_code(cells["twin"], "brief")
    assert not shows_code(cells["prose"], "instructor")


def test_cutting_leaves_the_notebook_alone():
    """An edition is a new notebook; the executed one is cut again for the next edition."""
    whole = notebook()
    cut(whole, "brief"), cut_source(whole, "student")
    assert ids(whole) == ids(notebook())
    assert section(whole.cells[4]) == "evidence"


def test_notebook_from_elsewhere_keeps_all_but_what_is_for_others():
    """Setup, parameters and widgets of a notebook from elsewhere are shown; solutions stay with the instructor."""
    student, instructor = (ids(cut_foreign(notebook(), edition)) for edition in ("student", "instructor"))
    assert instructor == ids(notebook())
    assert student == [id for id in instructor if id not in ("answer", "hint")]
