"""Which points a line joins, and when marks would hide it."""

from dossier.charts.runs import is_dense, runs, usual_gap
from dossier.data import load
from samples import write_package
from test_charts_series import ROWS, measure, point

MONTHS = [f"{year}-{month:02}-01" for year in range(2010, 2014) for month in range(1, 13)]


def read(tmp_path, days, kind="flow", sources=("camp",), **more):
    """The `Series` of a measure with a figure on each of these days, of the sources in turn."""
    rows = [point("m", day, day, best=n, source=sources[n % len(sources)]) for n, day in enumerate(days)]
    tables = {**ROWS, "measures": [measure("m", "Attacks", kind=kind, **more)], "series": rows}
    return load("2025-05-31", write_package(tmp_path / "data", tables)).view("isis-threat").series("m")


def lengths(series, dense):
    """How many points each line joins."""
    return [len(run) for run in runs(series, dense)]


def test_many_points_at_regular_steps_are_dense(tmp_path):
    """Regular steps and more than 40 points in the chart are a line; fewer, or at odd times, are marks."""
    series = read(tmp_path, MONTHS)
    few = series._replace(points=series.points[:20])
    assert is_dense(series, [series]) and not is_dense(few, [few]) and is_dense(few, [few] * 3)
    odd = series._replace(points=tuple(p for n, p in enumerate(series.points * 2) if (n * n) % 7 < 4)[:41])
    odd = odd._replace(points=tuple(sorted(set(odd.points), key=lambda p: p.date)))
    assert not is_dense(odd, [series, odd]) and not is_dense(series._replace(points=series.points[:11]), [series])


def test_missing_step_of_a_dense_series_is_a_gap(tmp_path):
    """Where marks do not show each month a line must not hide that one is missing; a sparse series may cross it."""
    series = read(tmp_path, [*MONTHS[:20], *MONTHS[21:]])
    assert lengths(series, dense=True) == [20, 27] and lengths(series, dense=False) == [47]
    assert 44 < usual_gap(series, True) < 50 and usual_gap(series, False) > 93


def test_line_does_not_cross_what_was_not_covered(tmp_path):
    """Two points with a stretch between them in which nobody looked are not joined, however close."""
    series = read(tmp_path, MONTHS, covered="2010-01/2011-06;2011-09/2013-12")
    assert lengths(series._replace(points=series.points[:18] + series.points[20:]), dense=False) == [18, 28]


def test_estimates_are_joined_by_publisher_only(tmp_path):
    """Counts of two publishers are one line, their estimates are none."""
    days = MONTHS[:4]
    assert lengths(read(tmp_path / "a", days, sources=("camp", "press")), False) == [4]
    assert lengths(read(tmp_path / "b", days, "estimate", ("camp", "press")), False) == [1, 1, 1, 1]
    assert lengths(read(tmp_path / "c", days, "estimate"), False) == [4]
