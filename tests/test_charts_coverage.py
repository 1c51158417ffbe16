"""Silence: time that was not covered is hatched, a zero within it is a zero."""

from datetime import date

import pytest
from dossier import draw_series
from dossier.charts.coverage import spans, to_the_edge, uncovered
from dossier.charts.style import MUTED
from dossier.data import load
from samples import write_package
from test_charts_series import ROWS, axes, check_clear, measure, point, texts, turn

HALVES = "2010-01/2010-12;2012/2013-06"
TABLES = {
    **ROWS,
    "events": [turn("later", "2018-06-01", "Something else", "2018-06-01")],
    "measures": [
        measure("halves", "Attacks", unit="attacks", kind="flow", covered=HALVES, silent="The north is thin."),
        measure("long", "Attacks, other list", unit="attacks", kind="flow", covered="2005/2030"),
        measure("now", "Attacks, now and then", unit="attacks", kind="flow"),
    ],
    "series": [
        *(point("halves", f"{year}-0{m}-15", "2014-01-01", best=m - 1) for year in (2010, 2013) for m in (1, 3, 5)),
        *(point("long", f"{year}-01-15", "2019-01-01", best=9) for year in range(2010, 2019)),
        point("now", "2010-05-15", "2014-01-01", best=0),
        point("now", "2013-12-15", "2014-01-01", best=2),
    ],
}


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    """The view of the last day."""
    return load("2025-05-31", write_package(tmp_path_factory.mktemp("coverage") / "data", TABLES)).view("isis-threat")


def day(text):
    """A day as a number."""
    return date.fromisoformat(text).toordinal()


def hatched(figure):
    """(start, end) of what is hatched, in days."""
    return [(box.get_x(), box.get_x() + box.get_width()) for box in axes(figure).patches if box.get_hatch()]


def test_spans_are_read_to_their_last_day(view):
    """A span runs from the first day of its first month or year to the last day of its last."""
    first, second = spans(view.series("halves").measure)
    assert (first.first, first.last) == (date(2010, 1, 1), date(2010, 12, 31))
    assert (second.first, second.last) == (date(2012, 1, 1), date(2013, 6, 30))


def test_uncovered_is_what_no_source_covered(view):
    """Between and after the spans nothing was covered; another source can have, and one that comes now and then undoes it."""
    halves, long, now = map(view.series, ("halves", "long", "now"))
    edges = day("2010-02-01"), day("2014-02-01")
    gaps = [(day("2011-01-01"), day("2012-01-01")), (day("2013-07-01"), day("2014-02-01"))]
    assert uncovered([halves], *edges) == gaps
    assert uncovered([halves, long], *edges) == [] and uncovered([halves, now], *edges) == []


def test_stretch_at_the_end_reaches_the_edge():
    """What begins or ends with the data is drawn to the edge of the axis, and nothing else is."""
    assert to_the_edge([(10, 20), (25, 30), (40, 50)], [10, 50], (8, 52)) == [(8, 20), (25, 30), (40, 52)]


def test_time_outside_is_hatched_with_a_word(view):
    """The stretch between two spans is hatched and says so; the margins of the axis are not."""
    figure = draw_series(view, "halves")
    assert hatched(figure) == [(day("2011-01-01"), day("2012-01-01"))] and "not covered" in texts(figure)
    assert "Hatched: not covered by the source." in figure.source and "hatched" in figure.alt
    late = draw_series(view, "halves", mark=["later"])
    assert len(hatched(late)) == 2 and hatched(late)[1] == (day("2013-07-01"), axes(late).get_xlim()[1])


@pytest.mark.parametrize("measures", ["halves", ["halves", "now"]])
def test_no_line_crosses_years_without_figures(view, measures):
    """No line leads from a last figure over a long stretch to a label at the edge, where it would pass for a trend."""
    figure = axes(draw_series(view, measures, mark=["later"]))
    edge = figure.get_xlim()[1]
    assert not [line for line in figure.lines if line.get_xdata()[-1] == edge and line.get_color() != MUTED]


def test_last_figure_before_a_silence_is_printed_beside_its_point(view):
    """The label stands in the hatching right of the point, and at the right of the plot where the figures reach its end."""
    late, near = (_written(draw_series(view, "halves", mark=marked)) for marked in (["later"], []))
    assert late["15 May 2013"].xy[0] == day("2013-05-15") and late["15 May 2013"].get_position()[0] == 6
    assert near["15 May 2013"].xy == (1, 0)


def _written(figure):
    return {text.get_text(): text for text in axes(figure).texts}


def test_zero_is_drawn_and_said(view):
    """A covered zero stands on the axis as a figure, and the text says what it is; of figures now and then it does not."""
    figure = draw_series(view, "halves")
    assert [0.0] in [list(line.get_ydata()) for line in axes(figure).lines if line.get_marker() == "o"]
    assert "A zero is a figure of the source, not a gap." in figure.source
    assert "A zero" not in draw_series(view, "now").source


def test_zero_that_its_measure_explains_is_not_explained_again(tmp_path):
    """What a zero means is said by the measure where it does so."""
    told = [{**row, "silent": "A zero means fewer than 25 deaths."} for row in TABLES["measures"]]
    folder = write_package(tmp_path / "data", {**TABLES, "measures": told})
    source = draw_series(load("2025-05-31", folder).view("isis-threat"), "halves").source
    assert "fewer than 25 deaths." in source and "figure of the source" not in source


def test_gap_that_was_not_covered_is_said_once(view):
    """No figure between two dates is a finding only where somebody looked; the silence of the source is said."""
    assert "no figure between" not in draw_series(view, "halves").source
    assert "The north is thin." in draw_series(view, "halves").source
    assert "no figure between" in draw_series(view, "now").source


def test_sources_that_looked_at_different_times_are_told_apart(view):
    """With several series the text says when each was covered; of a span that goes on, not when it will end."""
    source = draw_series(view, ["halves", "long"]).source
    assert "Attacks: covered " in source and "Attacks, other list: covered from 1 January 2005 on." in source
    assert "2030" not in source and "Hatched" not in source


@pytest.mark.parametrize("measures", ["halves", ["halves", "long"]])
def test_words_keep_clear(view, measures):
    """The word in the hatching touches no other text."""
    check_clear(draw_series(view, measures, mark=["later"]))
