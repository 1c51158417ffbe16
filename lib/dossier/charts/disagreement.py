"""The disagreement: what each counter gives for one thing, a row each on one axis, with method, date and grade."""

from datetime import date
from functools import partial

from ..dates import last_day, parse_day
from ..figure import Figure
from ..prose import amount, fill, listing
from ..view import highest, reliability
from .axis import short_date
from .rows import KINDS, Row, described, draw_rows, ends, from_zero
from .series import caveats, known_measures, nothing_known
from .style import source_cell, source_line, sources_of

MOST = 14  # rows
COLUMNS = tuple("counted by,measure,kind,method,date,low,best,high,unit,drawn,note,sources".split(","))
KIND = {"stock": "count", "flow": "count", "estimate": "estimate", "claim": "claim"}
MARKS = {"count": "dots are counts", "estimate": "diamonds estimates", "claim": "squares claims"}


def draw_disagreement(view, measures, title=None, since=None):
    """The figures of measures (ids, or one id) of one unit, a row each, with who counted what, how and when: a `Figure`.

    Counts come first, then estimates, then claims, each from the latest back; bars are ranges, open triangles bounds.
    Of more than 14 figures those are drawn for whose time two counters differ (the latest of each counter where none
    do), and the text below says how many stand in the table alone. `since` (YYYY-MM-DD) leaves out what ended earlier.
    `title` may use, of the figures drawn, {count}, {counters}, {lowest}, {highest} (with the word of a bound, as "up
    to 1,000"), {times:.2g} (how many times the lowest the highest is), {first}, {last} (points, in time), and {all}
    (how many are known) and {measure:title}.
    A `Prose` says so when no figure was known.
    """
    start = parse_day(since) if since else date.min
    asked = known_measures(view, [measures] if isinstance(measures, str) else measures)
    series = [view.series(row.id) for row in asked]
    known = [point for each in series for point in each.points if point.date.last >= start]
    if not known:
        return nothing_known(view)
    rows = list(dict.fromkeys(point.measure for point in known))
    drawn = sorted(_chosen(known), key=_order)
    lines = list(_rows(drawn, len(rows) > 1))
    picture = partial(draw_rows, rows[0].unit, lines)
    values = _values(drawn, known)
    message = fill(title or _message(values, len(rows) > 1), **values)
    name = "-".join(["disagreement", *(row.id for row in rows)])
    source, table = source_line(known, _extra(series, drawn, known)), tuple(_cells(point, drawn) for point in known)
    marks = ", ".join(MARKS[kind] for kind in dict.fromkeys(line.kind for line in lines))
    alt = described(rows[0].unit, lines, marks)
    return Figure(picture, name, message, alt, source, COLUMNS, table, sources_of(known))


def counter(point):
    """Who counted: as the row says, else its publishers."""
    return point.counted_by or listing(dict.fromkeys(source.publisher or source.title for source in point.sources))


def _rows(points, several):
    """Rows with what was counted: as the row says, else by the measure, once above the rows where all are of one."""
    measures = {kind: list(dict.fromkeys(p.measure for p in points if KIND[p.measure.kind] == kind)) for kind in MARKS}
    for point in points:
        kind = KIND[point.measure.kind]
        alone = len(measures[kind]) == 1
        what = point.method or ("" if alone or not several else point.measure.title)
        aside = short_date(point.date), reliability(point)
        yield Row(point, counter(point), what, *aside, kind, point.measure.title if several and alone else "")


def _order(point):
    return list(KINDS).index(KIND[point.measure.kind]), -point.date.last.toordinal(), counter(point), -highest(point)


def _chosen(points):
    """All points, or those that differ on the same time, the latest first; or the latest of each counter."""
    if len(points) <= MOST:
        return points
    latest = sorted(points, key=lambda point: point.date.middle, reverse=True)
    contested = [point for point in latest if _rivals(point, latest)][:MOST]
    # The last of these may have lost its rival to the cut.
    contested = [point for point in contested if _rivals(point, contested)]
    newest = {counter(point): point for point in reversed(latest)}
    return contested or [point for point in latest if newest[counter(point)] is point][:MOST]


def _rivals(point, others):
    """Points of other counters for the same time, to the month, that give another figure."""
    return [
        other
        for other in others
        if counter(other) != counter(point) and amount(other) != amount(point) and _meet(point.date, other.date)
    ]


def _meet(when, other):
    return when.first.replace(day=1) <= _month_end(other.last) and other.first.replace(day=1) <= _month_end(when.last)


def _month_end(day):
    return last_day(f"{day:%Y-%m}")


def _values(drawn, known):
    in_time = sorted(drawn, key=lambda point: point.date.middle)
    values = ends(drawn) | dict(first=in_time[0], last=in_time[-1], measure=drawn[0].measure, all=len(known))
    # A publisher need not have counted.
    values |= dict(whose="counter" if all(point.counted_by for point in drawn) else "source")
    return dict(values, count=len(drawn), counters=len({counter(point).casefold() for point in drawn}))


def _message(values, several):
    """The spread and how many counters; the years, where time can be the reason."""
    what = "" if several else " for “{measure:title}”"
    if values["count"] == 1:
        return f"One figure{what}: {{first}}"
    years = [values["first"].date.first.year, values["last"].date.last.year]
    when = f", {years[0]} to {years[1]}" if years[0] < years[1] else ""
    by = f"{{counters}} {values['whose']}" + "s" * (values["counters"] > 1)
    if values["lowest"] == values["highest"]:
        return f"{{count}} figures{what} agree on {{highest}}{when}, {by}"
    return f"From {{lowest}} to {{highest}}: {{count}} figures{what}{when}, {by}"


def _extra(series, drawn, known):
    shown = [each for each in series if set(each.points) & set(known)]
    left = len(known) - len(drawn)
    more = f"{left} more figure{'s' * (left > 1)} in the table." if left else ""
    scale = "" if from_zero(drawn) else "The axis does not begin at zero."
    return " ".join(filter(None, [*caveats(shown), more, scale]))


def _cells(point, drawn):
    shown = "yes" if point in drawn else "no"
    measure, numbers = point.measure, (point.low, point.best, point.high)
    who = (counter(point), measure.title, KIND[measure.kind], point.method, str(point.date))
    return (*who, *numbers, measure.unit, shown, point.note, source_cell(point))
