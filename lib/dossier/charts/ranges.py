"""Ranges: the figures for one thing by what each of them measures, a row each, on one axis."""

from functools import partial

from ..figure import Figure
from ..prose import fill
from ..view import highest, reliability
from .axis import short_date
from .disagreement import counter
from .rows import Row, described, draw_rows, ends, from_zero
from .series import caveats, known_measures, nothing_known
from .style import source_cell, source_line, sources_of


def draw_ranges(view, measure, title=None):
    """The figures of a measure (id) as rows, the highest first, each with its range or bound: a `Figure`.

    A row is named by the beginning of the point's note, up to a bar or semicolon; for who counted what see
    `draw_disagreement`. `title` may use {count}, {lowest}, {highest}, {times:.2g} (how many times the lowest the highest
    is), {first}, {last} (points in the order shown) and {measure:title}. A `Prose` says so when no figure was known.
    """
    known_measures(view, [measure])
    series = view.series(measure)
    if not series.points:
        return nothing_known(view)
    points = sorted(series.points, key=highest, reverse=True)
    rows = [_row(point, len({point.date for point in points}) > 1) for point in points]
    picture = partial(draw_rows, series.measure.unit, rows)
    values = _values(series.measure, points)
    message = fill(title or _message(values), **values)
    alt = described(series.measure.unit, rows, "dots are figures")
    extra = [*caveats([series]), *([] if from_zero(points) else ["The axis does not begin at zero."])]
    columns = ("note", "date", "low", "best", "high", "unit", "note in full", "sources")
    table = tuple(_cells(row, series.measure.unit) for row in rows)
    source = source_line(points, " ".join(extra))
    return Figure(picture, f"ranges-{measure}", message, alt, source, columns, table, sources_of(points))


def _row(point, dated):
    name = point.note.partition("|")[0].partition(";")[0].strip() or counter(point)
    return Row(point, name, when=short_date(point.date) if dated else "", grade=reliability(point))


def _cells(row, unit):
    point = row.point
    return (row.name, str(point.date), point.low, point.best, point.high, unit, point.note, source_cell(point))


def _values(measure, points):
    return dict(ends(points), count=len(points), first=points[0], last=points[-1], measure=measure)


def _message(values):
    if values["count"] == 1:
        return "{measure:title}: one figure, {first}"
    if values["lowest"] == values["highest"]:
        return "{measure:title}: {count} figures agree on {highest}"
    spoken = "{measure:title}: {count} figures from {lowest} to {highest}"
    return spoken + ", the highest {times:.2g} times the lowest" if values["times"] >= 2 and values["exact"] else spoken
