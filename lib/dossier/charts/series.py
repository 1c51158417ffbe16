"""The series: figures over time, with their ranges, bounds and gaps."""

from functools import partial
from itertools import pairwise

from ..data import REDACTED
from ..errors import unknown
from ..figure import Figure
from ..prose import amount, fill, say
from ..tables import read
from ..view import standing
from .axis import with_range
from .coverage import said, uncovered
from .lines import draw_lines, last_words, latest
from .runs import day_of, is_dense, usual_gap
from .style import source_cell, source_line, sources_of


def draw_series(view, measures, title=None, mark=()):
    """Measures (ids, or one id) of one unit over time, with the events `mark` (ids) as turning points: a `Figure`.

    A dot is a figure, a bar from low to high a range, an open triangle a bound; a line joins counts that are not
    unusually far apart, and estimates or claims only of one publisher. More than 40 points at regular steps are
    lines in pale bands from low to high, without marks. Time that no source covered (`covered` of the measures) is hatched, a zero
    within it drawn as a zero. An event not known yet is not drawn.
    `title` may use {count}, {first}, {last}, {peak} (points of the first measure, as {last} and {last:date}),
    {measure:title} and the last point of each by its id, as {al_hol_total}. ValueError for two units;
    a `Prose` says so when no figure was known.
    """
    rows = known_measures(view, [measures] if isinstance(measures, str) else measures)
    drawn = [series for row in rows if (series := view.series(row.id)).points]
    if not drawn:
        return nothing_known(view)
    points = [point for series in drawn for point in series.points]
    turns = _turns(view, mark, points)
    days = [day_of(row) for row in [*turns, *points]]
    gaps = uncovered(drawn, min(days), max(days))
    values = _values(drawn)
    message = fill(title or _message(drawn), **values)
    extra = " ".join([*caveats(drawn), *said(drawn, gaps, view.as_of), *_gaps(drawn)])
    table = tuple(_table_row(series, point) for series in drawn for point in series.points)
    columns = ("date", "measure", "low", "best", "high", "unit", "counted by", "method", "note", "sources")
    name = "-".join(["series", *(series.measure.id for series in drawn)])
    source = source_line(points, extra)
    picture = partial(draw_lines, drawn, turns, gaps)
    return Figure(picture, name, message, _alt(drawn, gaps), source, columns, table, sources_of(points))


def known_measures(view, ids):
    """The rows of those measures (ids) of which a figure was known; refuses an id that does not exist and a second unit."""
    declared = [row.id for row in read("measures", view.evidence.folder)]
    for id in ids:
        if id not in declared:
            raise unknown("measure", id, declared)
    rows = [row for id in ids if (row := view.evidence.find("measures", id))]
    for row in rows:
        if row.unit != rows[0].unit:
            raise ValueError(f"one chart has one unit: {rows[0].id} is in {rows[0].unit}, {row.id} in {row.unit}")
    return rows


def nothing_known(view):
    """The sentence in place of a chart without figures; not by its name, which can give away what became known later."""
    rule = "" if view.counting == "all" else " and by the counting rule"
    return say(f"No figure on this was public by {{day}}, at the grade{rule} chosen.", day=view.as_of)


def _turns(view, ids, points):
    """Events of the given ids that were known, in order, from the first point on."""
    begin = min(point.date.first for point in points)
    events = [event for id in ids if (event := view.evidence.find("events", id))]
    return sorted((event for event in events if begin <= _middle(event) <= view.as_of), key=_middle)


def _middle(event):
    return event.date.middle


def _values(drawn):
    first = drawn[0]
    each = {series.measure.id.replace("-", "_"): series.last for series in drawn}
    count = sum(len(series.points) for series in drawn)
    return dict(each, count=count, first=first.first, last=first.last, peak=first.peak, measure=first.measure)


def _message(drawn):
    """What the last figure is and, for one series, how it stands to the highest; as text without values to fill."""
    words = [f"{series.measure.title}: {last_words(series)} {_on(series.last)}" for series in drawn]
    words += [] if len(drawn) > 1 else [_against_peak(drawn[0])]
    return ("; " if len(drawn) > 1 else "").join(words).replace("{", "{{").replace("}", "}}")


def _on(point):
    """'in January 2025', 'on 3 March 2025', 'over 2020 to 2024'."""
    when = point.date
    return f"{'on' if when.first == when.last and not when.about else 'over' if ' to ' in str(when) else 'in'} {when}"


def _against_peak(series):
    """How the last figure stands to the highest: only what both figures, with their ranges and bounds, allow."""
    last, peak = max(latest(series), key=standing), series.peak
    if series.first.date == last.date or not standing(peak):
        return ""
    if standing(last) >= standing(peak):
        first = "" if peak.date == last.date or standing(last) > standing(peak) else f", as {_on(peak)}"
        return f", the highest figure so far{first}"
    if len(latest(series)) == 1 and _exact(last) and _exact(peak) and last.best:
        top = "the highest figure," if series.measure.kind in ("estimate", "claim") else "the peak of"
        return f", {_share(last.best / peak.best)} {top} {amount(peak)} {_on(peak)}"
    upper = last.high if last.high is not None else last.best
    lower = peak.low if peak.low is not None else peak.best
    down = upper is not None and lower is not None and upper < lower
    return f", {'down from' if down else 'after'} {with_range(peak)} {_on(peak)}"


def _exact(point):
    return point.best is not None and point.low is None and point.high is None


def _share(share):
    """A share in words: 'about half', '81 % of'."""
    near = {3: "a quarter of", 4: "a third of", 6: "half", 8: "two thirds of", 9: "three quarters of"}  # twelfths
    words = next((words for twelfths, words in near.items() if abs(share - twelfths / 12) <= 0.03), None)
    return f"about {words}" if words else f"{100 * share:.0f} % of"


def caveats(drawn):
    """What must stand under the chart: of each measure its caveat, where its source was silent, and its edition."""
    said = {}
    for series in drawn:
        measure = series.measure
        said |= dict.fromkeys([measure.caveat, measure.silent, _edition(series)])
    return [words for words in said if words]


def _edition(series):
    """Of which edition the figures are; that one came out later is said without its name, as of any later source."""
    if not series.measure.vintage:
        return ""
    later = any(source.title == REDACTED for point in series.points for source in point.sources)
    named = "an edition that came out later" if later else series.measure.vintage
    return f"Values as in {named}; the edition of the day may have differed."


def _gaps(drawn):
    """Says between which dates no figure is known for unusually long: the longest gap of each series."""
    for series in drawn:
        gaps = [(day_of(after) - day_of(before), before, after) for before, after in pairwise(series.points)]
        days, before, after = max(gaps, key=lambda gap: gap[0], default=(0, None, None))
        if days > usual_gap(series, is_dense(series, drawn)) and not uncovered([series], day_of(before), day_of(after)):
            yield f"{series.measure.title}: no figure between {before.date} and {after.date}."


def _table_row(series, point):
    figures = point.low, point.best, point.high
    who = series.measure.unit, point.counted_by, point.method
    return (str(point.date), series.measure.title, *figures, *who, point.note, source_cell(point))


def _alt(drawn, gaps):
    each = "; ".join(_described(series, len(drawn) < 3) for series in drawn)
    marks = ": " + ", ".join(_marks(drawn)) if len(drawn) < 3 else ""
    hatched = " Time that is not covered is hatched." if gaps else ""
    return f"Chart of figures over time in {drawn[0].measure.unit}, drawn from zero upward{marks}. {each}.{hatched}"


def _marks(drawn):
    dense = [series for series in drawn if is_dense(series, drawn)]
    if len(dense) < len(drawn):
        yield "dots are figures, bars ranges, open triangles bounds"
    if any(None not in (point.low, point.high) for series in dense for point in series.points):
        yield "a line in a pale band from low to high"
    elif dense:
        yield "a line without marks"


def _described(series, at_length):
    first, last, peak, title = series.first, series.last, series.peak, series.measure.title
    if first is last:
        return f"{title}: one figure, {amount(last)} {_on(last)}"
    spoken = f"{title}: {len(series.points)} figures, {amount(first)} {_on(first)} to {last_words(series)} {_on(last)}"
    return f"{spoken}, the highest {with_range(peak)} {_on(peak)}" if at_length else spoken
