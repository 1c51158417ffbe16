"""Any executed notebook as a document."""

import nbformat
import pytest
from dossier.errors import RequestError
from dossier.prose import say
from dossier.publish.at_hand import open_notebook
from foreign import code as foreign_code
from foreign import described, notebook, picture, shown, undescribed
from test_publish_document import PARAMETERS, code, everything, sample


def ours(as_of="2024-12-10", papermill=None):
    """The sample as a student has it after Run All, its parameters cell as that of a theme."""
    made = sample()
    lines = [f'as_of: str = "{as_of}"  # information cut-off', 'focus: str = "all"  # a preset']
    made.cells[2].source = "\n".join(lines)
    if papermill:
        made.metadata["papermill"] = {"parameters": papermill}
    return made


def opened(made, edition="student", name="isis-threat"):
    """The document of a notebook at hand."""
    return open_notebook(made, edition, name, command="jupyter nbconvert")


def test_run_in_lab_its_parameters_are_those_of_its_cell():
    """Without papermill the cell that a student edits says cut-off and focus."""
    document = opened(ours())
    assert document.as_of.isoformat() == "2024-12-10" and document.theme == "ISIS threat"
    assert ("Focus", "all") in document.parameters and document.command == "jupyter nbconvert"


def test_papermill_knows_what_it_was_given():
    """What papermill recorded goes before the defaults, and a cell that was edited after it before that."""
    made = ours("2025-05-31", papermill={"as_of": "2024-12-10", "focus": "deir"})
    assert ("Focus", "deir") in opened(made).parameters
    injected = nbformat.v4.new_code_cell('focus = "camps"', metadata={"tags": ["injected-parameters"]})
    made.cells.insert(3, injected)
    document = opened(made)
    assert ("Focus", "camps") in document.parameters and document.as_of.isoformat() == "2024-12-10"


def test_papermill_record_is_enough():
    """A notebook whose parameters cell is gone is still known by papermill's record."""
    made = sample()
    del made.cells[2]
    made.metadata["papermill"] = {"parameters": PARAMETERS}
    assert opened(made).as_of.isoformat() == "2024-12-10"


def test_every_edition_is_cut_as_in_a_build():
    """A student's copy of the full notebook holds no solution; later matters stay out; a brief has its title."""
    made = ours()
    made.cells.append(
        nbformat.v4.new_markdown_cell("After the summit.", metadata={"dossier": {"known_from": "2025-05-17"}})
    )
    assert "forty-two" not in everything(opened(made)) and "After the summit" not in everything(opened(made))
    assert "forty-two" in everything(opened(made, "instructor"))
    assert opened(made, "brief").title == "The camp shrinks to 40,000"


def test_copy_says_that_it_is_one():
    """A copy claims neither the authorship of what was changed nor data files beside it."""
    words = dict(opened(ours()).colophon)
    assert "What the owner of the copy wrote or changed is not by the Iraq Dossier contributors" in words["How to cite"]
    assert "CSV" not in words["Method"] and words["Licence"].startswith("Text, figures and tables of Iraq Dossier CC")


def test_own_plot_of_a_student_is_shown():
    """`dossier build` refuses a bare picture; a student's own page shows it and says that it has no description."""
    made = ours()
    made.cells.append(foreign_code("plt.plot()", shown(png=picture())))
    assert [image.cell for image in opened(made).undescribed] == [len(made.cells)]


def test_renamed_copy_is_still_ours():
    """JupyterLab names a duplicate after its original; another name is shown as it is."""
    assert opened(ours(), name="isis-threat-Copy1").theme == "ISIS threat"
    assert opened(ours(), name="homework").theme == "homework"


def test_notebook_that_was_not_run_is_refused():
    """Without results there is no page, and the message says what to do."""
    made = ours()
    for cell in made.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    with pytest.raises(RequestError, match=r"has not been run.*\nright: Run All Cells"):
        opened(made)


def test_results_of_another_day_are_refused():
    """A cut-off that was edited after the run would date later evidence back."""
    with pytest.raises(RequestError, match="was run for 10 December 2024, and as_of is 2024-11-30 now"):
        opened(ours(as_of="2024-11-30"))


def test_parameters_that_are_none_are_refused():
    """A date written otherwise is named."""
    with pytest.raises(ValueError, match=r"'10\.12\.2024' is not a date"):
        opened(ours(as_of="10.12.2024"))


def test_elsewhere_nothing_is_claimed():
    """A notebook from elsewhere has no cut-off, colophon, licence or author of this collection."""
    document = opened(described(), name="camps")
    assert not document.ours and document.colophon == () and document.parameters == () and document.references == []
    assert document.authors == ("Ada Author",) and "Iraq Dossier" not in everything(document)


def test_parameters_of_other_projects_are_not_ours():
    """A notebook with papermill and an `as_of` of its own is from elsewhere, and its parameters are code."""
    made = notebook("# Fund", foreign_code('as_of = "2024-12-10"', tags=["parameters"]))
    made.metadata["papermill"] = {"parameters": {"as_of": "2024-12-10"}}
    document = opened(made)
    assert not document.ours and document.blocks[0].text == 'as_of = "2024-12-10"'


def test_title():
    """The first heading of level one, else the metadata, else the file's name; formulas in it as TeX."""
    assert opened(described()).title == "A study of camps"
    assert opened(notebook("# The $x^2$ law")).title == "The x^2 law"
    assert opened(notebook("text", title="From metadata")).title == "From metadata"
    assert opened(undescribed(), name="plots").title == "plots"


def test_authors():
    """Names are taken from the metadata in the shapes in which they are found."""
    assert opened(notebook("x", authors=[{"name": "A  B"}, "C", {"orcid": "1"}])).authors == ("A B", "C")
    assert opened(notebook("x", author="D")).authors == ("D",) and opened(notebook("x")).authors == ()


def test_solutions_are_for_instructors_elsewhere_too():
    """A teacher's own notebook with our tags hands no solution to students."""
    made = notebook("# T", foreign_code("answer", tags=["solution"]), foreign_code("explore", tags=["interactive"]))
    assert "answer" not in everything(opened(made)) and "explore" in everything(opened(made))
    assert "answer" in everything(opened(made, "instructor"))


def test_brief_from_elsewhere_is_refused():
    """A brief needs its sections."""
    with pytest.raises(RequestError, match="right: edition student or instructor"):
        opened(described(), "brief")


def test_verbs_in_a_notebook_of_ones_own():
    """Sentences and figures of ours keep their notes in a notebook without parameters."""
    from test_publish_document import VISIT, figure

    made = notebook("# Mine", code("say()", say("Seen [@visit].", visit=VISIT)), code("draw()", figure()))
    document = opened(made)
    assert not document.ours and len(document.references) == 4
    assert [block.kind for block in document.blocks] == ["text", "figure"]
