"""Ranges: the figures that different sources give for one thing, a row each, on one axis."""

from textwrap import wrap

from matplotlib.ticker import MaxNLocator

from ..errors import unknown
from ..figure import Figure
from ..prose import amount, figures, fill, listing, say
from ..view import highest
from .axis import short_date, with_range
from .flags import width
from .lines import LINE, SIZE, frame
from .series import caveats, known_measures
from .style import ACCENT, INK, MUTED, PAPER, RULE, canvas, source_cell, source_line, sources_of

BY = ("source", "note")
LETTERS = 30  # in a line of a name


def draw_ranges(view, measure, title=None, by="source"):
    """The figures of a measure (id) as rows, oldest first, each with its range or bound: a `Figure`.

    `by` names the rows: "source" by publisher and the date of the figure, "note" by the beginning of
    the point's note (up to a bar or semicolon), the highest figure first. `title` may use {count}, {lowest},
    {highest}, {times:.2g} (how many times the lowest the highest is), {first}, {last} (points in the order shown)
    and {measure:title}. A `Prose` says so when no figure was known.
    """
    if by not in BY:
        raise unknown("by", by, BY)
    known_measures(view, [measure])
    series = view.series(measure)
    if not series.points:
        return say("No figure on this was public by {day}, at the grade chosen.", day=view.as_of)
    points = series.points if by == "source" else sorted(series.points, key=highest, reverse=True)
    names = [_name(point, by) for point in points]
    with canvas(1) as (picture, axes):
        _draw(picture, axes, series.measure, points, names)
    values = _values(series.measure, points)
    message, alt = fill(title or _message(values), **values), _alt(values, points, names)
    extra = [*caveats([series]), *([] if _from_zero(points) else ["The axis does not begin at zero."])]
    columns = (by, "date", "low", "best", "high", "unit", "note", "sources")
    rows = tuple(_table_row(name, point, series.measure.unit) for name, point in zip(names, points, strict=True))
    source = source_line(points, " ".join(extra))
    return Figure(picture, f"ranges-{measure}", message, alt, source, columns, rows, sources_of(points))


def _table_row(name, point, unit):
    return (*name, point.low, point.best, point.high, unit, point.note, source_cell(point))


def _name(point, by):
    """Who says so or what is measured, and the date of the figure."""
    publishers = dict.fromkeys(source.publisher or source.title for source in point.sources)
    name = listing(publishers) if by == "source" else point.note.partition("|")[0].partition(";")[0].strip()
    return name or listing(publishers), short_date(point.date)


def _lowest(point):
    return next(value for value in (point.low, point.best, point.high) if value is not None)


def _values(measure, points):
    low, high = min(map(_lowest, points)), max(map(highest, points))
    ends = dict(lowest=figures(low), highest=figures(high), times=high / low if low else 0)
    return dict(ends, count=len(points), first=points[0], last=points[-1], measure=measure)


def _message(values):
    if values["count"] == 1:
        return "{measure:title}: one figure, {first}"
    if values["times"] == 1:
        return "{measure:title}: {count} figures agree on {highest}"
    spoken = "{measure:title}: {count} figures from {lowest} to {highest}"
    return spoken + ", the highest {times:.2g} times the lowest" if values["times"] >= 2 else spoken


def _alt(values, points, names):
    rows = [f"{name}, {when}: {amount(point)}" for point, (name, when) in zip(points, names, strict=True)]
    said = [row for rank, row in enumerate(rows) if len(" ".join(rows[: rank + 1]).split()) < 50]
    more = f"; and {len(rows) - len(said)} more" if len(said) < len(rows) else ""
    kind = f"Dot and range plot in {values['measure'].unit}, a row for each of {len(rows)} figures"
    return f"{kind}: dots are figures, bars ranges, open triangles bounds. {'; '.join(said)}{more}."


def _draw(picture, axes, measure, points, names):
    lines = [wrap(name, LETTERS) for name, _ in names]
    heights = [max(len(words), 1) * LINE + 10 for words in lines]
    dates = len({when for _, when in names}) > 1
    left = max(width(words, SIZE) for name in lines for words in name) + 12
    right = max(width(with_range(point), SIZE, "bold") for point in points) + 12
    if dates:
        date_column, left = left, left + max(width(when, SIZE) for _, when in names) + 14
    left = max(left, width(measure.unit, SIZE) + 18)
    frame(picture, axes, left, right, 20, 4, sum(heights))
    _scale(axes, points, measure.unit, left, sum(heights))
    tops = [sum(heights[i:]) for i in range(len(heights))]
    for point, name, (_, when), top, height in zip(points, lines, names, tops, heights, strict=True):
        y = top - height / 2
        _write_row(axes, name, left, y)
        if dates:
            _write(axes, when, date_column - left, y, MUTED)
        _draw_row(axes, point, y)


def _from_zero(points):
    return len(points) == 1 or min(map(_lowest, points)) < 0.8 * max(map(highest, points))


def _scale(axes, points, unit, left, height):
    """From 0, or from just under the lowest figure where all lie close together: these are dots, not bars."""
    low, high = min(map(_lowest, points)), max(map(highest, points))
    start = 0 if _from_zero(points) else low - max(high - low, high / 50) * 0.15
    axes.set(xlim=(start, high + (high - start) * 0.02), ylim=(0, height), yticks=[])
    steps = MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]).tick_values(start, high)
    ticks = [tick for tick in steps if start <= tick <= high]
    axes.set_xticks(ticks, [figures(tick) for tick in ticks])
    axes.annotate(unit, (0, 0), (-left, -14), "axes fraction", "offset points", color=MUTED, fontsize=SIZE)


def _write(axes, words, x, y, color):
    """Text `x` points right of the left edge of the plot."""
    look = dict(color=color, fontsize=SIZE, va="center_baseline")
    axes.annotate(words, (0, y), (x, 0), ("axes fraction", "data"), "offset points", **look)


def _write_row(axes, name, left, y):
    for rank, words in enumerate(name):
        _write(axes, words, -left, y + LINE * ((len(name) - 1) / 2 - rank), INK)


def _draw_row(axes, point, y):
    axes.axhline(y, color=RULE, lw=0.5, zorder=1)
    if point.low is not None and point.high is not None:
        axes.plot([point.low, point.high], [y, y], color=ACCENT, lw=6, alpha=0.4, zorder=2, solid_capstyle="butt")
    if point.best is not None:
        axes.plot([point.best], [y], "o", ms=6, color=ACCENT, zorder=4)
    elif point.high is None:
        axes.plot([point.low], [y], ">", ms=7, mfc=PAPER, mec=ACCENT, mew=1.2, zorder=4)
    elif point.low is None:
        axes.plot([point.high], [y], "<", ms=7, mfc=PAPER, mec=ACCENT, mew=1.2, zorder=4)
    look = dict(color=ACCENT, fontsize=SIZE, weight="bold", va="center_baseline")
    look |= dict(bbox=dict(facecolor=PAPER, lw=0, pad=1), zorder=3)
    axes.annotate(with_range(point), (highest(point), y), (8, 0), textcoords="offset points", **look)
