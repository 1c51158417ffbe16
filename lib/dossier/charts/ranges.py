"""Ranges: the figures for one thing by what each of them measures, a row each, on one axis."""

from ..errors import unknown
from ..figure import Figure
from ..prose import amount, figures, fill
from ..view import highest, reliability
from .axis import short_date
from .disagreement import counter, draw_disagreement
from .rows import Row, draw_rows, from_zero, lowest
from .series import caveats, known_measures, nothing_known
from .style import canvas, source_cell, source_line, sources_of

BY = ("source", "note")


def draw_ranges(view, measure, title=None, by="source"):
    """The figures of a measure (id) as rows, each with its range or bound: a `Figure`.

    `by` names the rows: "source" by who counted, which is `draw_disagreement`; "note" by the beginning of
    the point's note (up to a bar or semicolon), the highest figure first. `title` may use {count}, {lowest},
    {highest}, {times:.2g} (how many times the lowest the highest is), {first}, {last} (points in the order shown)
    and {measure:title}. A `Prose` says so when no figure was known.
    """
    if by not in BY:
        raise unknown("by", by, BY)
    if by == "source":
        return draw_disagreement(view, measure, title)
    known_measures(view, [measure])
    series = view.series(measure)
    if not series.points:
        return nothing_known(view)
    points = sorted(series.points, key=highest, reverse=True)
    rows = [_row(point, len({point.date for point in points}) > 1) for point in points]
    with canvas(1) as (picture, axes):
        draw_rows(picture, axes, series.measure.unit, rows)
    values = _values(series.measure, points)
    message, alt = fill(title or _message(values), **values), _alt(values, rows)
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
    low, high = min(map(lowest, points)), max(map(highest, points))
    ends = dict(lowest=figures(low), highest=figures(high), times=high / low if low else 0)
    return dict(ends, count=len(points), first=points[0], last=points[-1], measure=measure)


def _message(values):
    if values["count"] == 1:
        return "{measure:title}: one figure, {first}"
    if values["times"] == 1:
        return "{measure:title}: {count} figures agree on {highest}"
    spoken = "{measure:title}: {count} figures from {lowest} to {highest}"
    return spoken + ", the highest {times:.2g} times the lowest" if values["times"] >= 2 else spoken


def _alt(values, rows):
    said = [f"{row.name}, {short_date(row.point.date)}: {amount(row.point)}" for row in rows]
    short = [words for rank, words in enumerate(said) if len(" ".join(said[: rank + 1]).split()) < 50]
    more = f"; and {len(said) - len(short)} more" if len(short) < len(said) else ""
    kind = f"Dot and range plot in {values['measure'].unit}, a row for each of {len(said)} figures"
    return f"{kind}: dots are figures, bars ranges, open triangles bounds. {'; '.join(short)}{more}."
