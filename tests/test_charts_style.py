"""What all charts share."""

from collections import namedtuple

import pytest
from dossier.charts.disagreement import draw_disagreement
from dossier.charts.map import draw_map
from dossier.charts.network import draw_network
from dossier.charts.ranges import draw_ranges
from dossier.charts.series import draw_series
from dossier.charts.stances import draw_stances
from dossier.charts.style import canvas, source_cell, source_line
from dossier.charts.timeline import draw_timeline
from dossier.data import load

Source = namedtuple("Source", "id publisher title published url reliability licence")
Row = namedtuple("Row", "sources")

PAPER = Source("paper", "Paper", "A page", "2024-12-03", "https://example.org/a", "B", "press: facts only")
LATE = Source("late", "", "Reported after the cut-off", "", "", "C", "CC BY-SA 4.0 (facts only used)")
DRAWINGS = [
    (draw_disagreement, (["pmu-headcount-budgeted", "pmu-headcount-estimates"],)),
    (draw_map, ()),
    (draw_network, ()),
    (draw_ranges, ("border-wall-km",)),
    (draw_series, ("al-hol-total",)),
    (draw_stances, ("intervene-in-syria",)),
    (draw_timeline, ()),
]


def test_source_cell_names_each_source_once():
    """The cell says who, how reliable, when and where, of a redacted source only that it came later."""
    assert source_cell(Row((PAPER, LATE)), Row((PAPER,))) == (
        "Paper (B), 2024-12-03, https://example.org/a; Reported after the cut-off (C)"
    )


def test_source_line_names_four_at_most():
    """The most reliable publishers come first, the rest are counted."""
    rows = [Row((PAPER._replace(id=name, publisher=name),)) for name in "edcba"]
    assert source_line([*rows, Row((LATE,))], "Note.") == "Sources: a (B); b (B); c (B); d (B) and 2 more. Note."


def test_source_line_names_the_licence_of_share_alike_data():
    """A figure drawn from share-alike data is under that licence; one that only took facts from there is not."""
    rows = [Row((PAPER,)), Row((PAPER._replace(id="index", publisher="Index", licence="CC BY-SA 4.0"),))]
    assert source_line(rows, "Note.") == "Sources: Index (B); Paper (B). Data and figure: CC BY-SA 4.0. Note."


@pytest.mark.parametrize(("draw", "options"), DRAWINGS)
def test_every_row_of_a_data_table_has_its_sources(draw, options):
    """The table behind a figure ends with the sources of each row, all of those that the figure names."""
    figure = draw(load("2025-05-31").view("border-security"), *options)
    assert figure.columns[-1] == "sources"
    assert all(len(row) == len(figure.columns) and row[-1] for row in figure.rows)
    said = "; ".join(row[-1] for row in figure.rows)
    assert all(
        f"{source.publisher or source.title} ({source.reliability})" in said for source in figure.sources.values()
    )


def test_canvas_leaves_no_figure_open():
    """A canvas is as wide as the page and nothing that pyplot knows of."""
    import matplotlib.pyplot as plt

    with canvas(3) as (picture, axes):
        assert picture.get_size_inches().tolist() == [6.75, 3] and picture.axes == [axes]
    assert plt.get_fignums() == []
