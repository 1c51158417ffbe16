"""Data of the figures as CSV."""

from dossier.publish.figures import figure_tables, to_csv
from test_publish_document import code, figure, sample


def test_table_of_each_figure():
    """Each figure of the edition gives a CSV under its name, gaps left blank."""
    assert figure_tables(sample(), "student") == {"camp-line": "Month,People\n2024-11,40000\n2024-12,\n"}


def test_figure_of_a_solution_stays_with_the_instructor():
    """The data of a figure that a reader does not see is not handed out either."""
    notebook = sample(code("draw()", figure("answer"), "solution"))
    assert "answer" not in figure_tables(notebook, "student")
    assert "answer" in figure_tables(notebook, "instructor")


def test_no_cell_is_a_formula():
    """Text that a spreadsheet would run is made text; numbers below zero stay numbers."""
    assert to_csv(("a", "b"), [("=1+1", -2), ("@x", "-y"), ("a-b", 0.5)]) == "a,b\n'=1+1,-2\n'@x,'-y\na-b,0.5\n"
