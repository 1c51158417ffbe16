"""Data of the figures as CSV."""

import re

import pytest
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


def test_repeated_name_is_refused():
    """Two figures of one name would leave one CSV: the second is named with its cell and what would be right."""
    again = code("again()", figure(), "brief")
    with pytest.raises(
        ValueError, match=f"cell {again.id}: figure 'camp-line' has the name of .* right: a name of its own"
    ):
        figure_tables(sample(again), "student")


@pytest.mark.parametrize("name", ["x/../../escaped", "..", "", "a b", "Camp", "camp.csv", "camp\n"])
def test_name_that_is_no_plain_file_name_is_refused(name):
    """No id of a table leads out of the folder of the figures, or is another file on another system."""
    with pytest.raises(ValueError, match=f"figure {re.escape(repr(name))} is no plain .* right: lower-case ASCII"):
        figure_tables(sample(code("draw()", figure(name), "brief")), "student")


def test_no_cell_is_a_formula():
    """Text that a spreadsheet would run is made text; numbers below zero stay numbers."""
    assert to_csv(("a", "b"), [("=1+1", -2), ("@x", "-y"), ("a-b", 0.5)]) == "a,b\n'=1+1,-2\n'@x,'-y\na-b,0.5\n"
