"""The series: figures over time, with their ranges, bounds and gaps."""

from datetime import date
from itertools import pairwise
from statistics import median
from textwrap import wrap

from matplotlib.ticker import MaxNLocator

from ..errors import unknown
from ..figure import WIDTH, Figure
from ..prose import fill, listing, say
from ..view import highest
from .axis import amount, cells, figures, short_date
from .flags import hang, spread, width
from .style import ACCENT, INK, MUTED, PAPER, SIDES, canvas, source_line, sources_of

ROOM, PLOT, SIZE, LINE = WIDTH * 72, 178, 8.5, 11.5  # points: picture width, plot height, text, pitch of text lines
LINES = [(INK, "o"), (ACCENT, "s"), (SIDES["damascus"], "D"), (SIDES["coalition"], "v"), (SIDES["iran"], "P")]


def draw_series(view, measures, title=None, mark=()):
    """Measures (ids, or one id) of one unit over time, with the events `mark` (ids) as turning points: a `Figure`.

    A dot is a figure, a bar from low to high a range, an open triangle a bound; a line joins counts that are not
    unusually far apart, and estimates or claims only of one publisher. An event not known yet is not drawn.
    `title` may use {count}, {first}, {last}, {peak} (points of the first measure, as {last} and {last:date}),
    {measure:title} and the last point of each by its id, as {al_hol_total}. ValueError for two units;
    a `Prose` says so when no figure was known.
    """
    rows = _rows(view, [measures] if isinstance(measures, str) else measures)
    drawn = [series for row in rows if (series := view.series(row.id)).points]
    if not drawn:
        # Not by its name: that can give away what became known later.
        return say("No figure on this was public by {day}.", day=view.as_of)
    points = [point for series in drawn for point in series.points]
    with canvas(1) as (picture, axes):
        _draw(picture, axes, view, drawn, _turns(view, mark, points))
    values = _values(drawn)
    message = fill(title or _message(drawn), **values)
    extra = " ".join([*_caveats(drawn), *_gaps(drawn)])
    table = tuple(_table_row(series, point) for series in drawn for point in series.points)
    return Figure(
        picture, "series-" + "-".join(series.measure.id for series in drawn), message, _alt(drawn), source_line(points, view, extra),
        ("date", "measure", "low", "best", "high", "unit", "note", "publisher"), table, sources_of(points),
    )


def _rows(view, ids):
    """The measure rows of ids; refuses an id that does not exist and a second unit."""
    rows = [view.evidence.find("measures", id) for id in ids]
    for id, row in zip(ids, rows, strict=True):
        if row is None:
            raise unknown("measure", id, [known.id for known in view.evidence.measures])
        if row.unit != rows[0].unit:
            raise ValueError(f"one chart has one unit: {rows[0].id} is in {rows[0].unit}, {row.id} in {row.unit}")
    return rows


def _turns(view, ids, points):
    """Events of the given ids that were known, in order, from the first point on."""
    events = filter(None, (view.evidence.find("events", id) for id in ids))
    begin = min(point.date.first for point in points)
    return sorted((event for event in events if begin <= event.date.middle <= view.as_of), key=lambda event: event.date.middle)


def _x(point):
    return point.date.middle.toordinal()


def _draw(picture, axes, view, drawn, turns):
    ends = [_end_words(series, len(drawn) > 1) for series in drawn]
    right = 14 + max(width(words, SIZE, "bold") for lines in ends for words in lines)
    ticks = _scale_up(axes, drawn)
    left = 6 + max(map(width, ticks, [SIZE] * len(ticks)))
    days = [_x(point) for series in drawn for point in series.points] + [turn.date.middle.toordinal() for turn in turns]
    reach = max(days) - min(days) or 365
    axes.set_xlim(min(days) - reach * 0.02, max(days) + reach * 0.02)
    levels = _draw_turns(axes, turns, left, right)
    _frame(picture, axes, left, right, 18, 20 + LINE * levels)
    _draw_axes(axes, drawn[0].measure.unit, left, right, levels)
    colors = _styles(view, drawn)
    for series, style in zip(drawn, colors, strict=True):
        _draw_points(axes, series, *style)
    if len(drawn) == 1:
        _draw_peak(axes, drawn[0], colors[0][0])
    _draw_ends(axes, drawn, ends, colors)


def _frame(picture, axes, left, right, bottom, top, plot=PLOT):
    """Size the picture for a plot `plot` points high with these margins (points)."""
    height = plot + bottom + top
    picture.set_layout_engine("none")
    picture.set_size_inches(WIDTH, height / 72)
    axes.set_position((left / ROOM, bottom / height, (ROOM - left - right) / ROOM, plot / height))


def _scale_up(axes, drawn):
    """Set y from 0 to above the highest figure, with room for its label; the words of the ticks."""
    most = max(highest(point) for series in drawn for point in series.points) or 1
    ticks = [tick for tick in MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(0, most) if tick <= most * 1.12]
    axes.set_ylim(0, most * 1.12)
    axes.set_yticks(ticks, [figures(tick) for tick in ticks])
    return [figures(tick) for tick in ticks]


def _draw_axes(axes, unit, left, right, levels):
    first, last = (int(day) for day in axes.get_xlim())
    parts = cells(date.fromordinal(first), date.fromordinal(last), ROOM - left - right)[1:]
    axes.set_xticks([day.toordinal() for day, _ in parts], [words for _, words in parts])
    axes.grid(axis="y")
    axes.tick_params(axis="y", length=0, pad=5)
    axes.annotate(unit, (0, 1), (-left, 8 + LINE * levels), "axes fraction", "offset points", color=MUTED, fontsize=SIZE)


def _draw_turns(axes, turns, left, right):
    """Dashed lines with a word above the plot; how many lines of words there are."""
    low, high = axes.get_xlim()
    poles = [(turn.date.middle.toordinal() - low) / (high - low) * (ROOM - left - right) for turn in turns]
    flags = hang([left + pole for pole in poles], [4 + width(turn.label, SIZE) for turn in turns], ROOM) if turns else []
    for turn, pole, (level, side) in zip(turns, poles, flags or [], strict=True):
        day, y = turn.date.middle.toordinal(), 3 + LINE * (level - 1)
        top = axes.get_ylim()[1] * (1 + (y + 8) / PLOT)
        axes.plot([day, day], [0, top], color=MUTED, lw=0.8, ls=(0, (3, 2)), clip_on=False, zorder=1)
        axes.annotate(turn.label, (day, 1), (4 * side, y), ("data", "axes fraction"), "offset points",
                      color=MUTED, fontsize=SIZE, ha="left" if side > 0 else "right", annotation_clip=False)
    return max((level for level, _ in flags or []), default=0)


def _styles(view, drawn):
    """Colour and marker of each series: of the side of its first actor, as long as no other has that colour."""
    styles = []
    for series in drawn:
        actor = next((view.evidence.find("actors", id) for id in series.measure.actors), None)
        wanted = [(SIDES[actor.side], "o")] if actor and actor.side in SIDES else []
        taken = {color for color, _ in styles}
        styles.append(next((style for style in wanted + LINES if style[0] not in taken), LINES[0]))
    return styles


def _draw_points(axes, series, color, marker):
    for before, after in pairwise(series.points):
        if _joined(series, before, after):
            axes.plot([_x(before), _x(after)], [before.best, after.best], color=color, lw=1.2, zorder=3)
    for point in series.points:
        _draw_point(axes, point, color, marker)


def _draw_point(axes, point, color, marker):
    x = _x(point)
    if point.low is not None and point.high is not None:
        axes.plot([x, x], [point.low, point.high], color=color, lw=4, alpha=0.35, zorder=2, solid_capstyle="butt")
    if point.best is not None:
        axes.plot([x], [point.best], marker, ms=4.5, color=color, mec=PAPER, mew=0.6, zorder=4, clip_on=False)
    elif point.high is None:
        axes.plot([x], [point.low], "^", ms=6, mfc=PAPER, mec=color, mew=1.1, zorder=4, clip_on=False)
    elif point.low is None:
        axes.plot([x], [point.high], "v", ms=6, mfc=PAPER, mec=color, mew=1.1, zorder=4, clip_on=False)


def _joined(series, before, after):
    """Whether a line may run between two points: see `draw_series`."""
    if before.best is None or after.best is None or _x(after) - _x(before) > _usual(series):
        return False
    publishers = [{source.publisher for source in point.sources} for point in (before, after)]
    return series.measure.kind in ("stock", "flow") or bool(publishers[0] & publishers[1])


def _usual(series):
    """The longest gap in days that a line may cross: three times the middle one, and half a year at least."""
    return max(3 * median([_x(after) - _x(before) for before, after in pairwise(series.points)] or [0]), 183)


def _latest(series):
    """The points of the last date: more than one where figures compete."""
    return [point for point in series.points if point.date == series.last.date]


def _last_words(series):
    return " or ".join(dict.fromkeys(amount(point) for point in _latest(series)))


def _end_words(series, named):
    """Lines of the label at the end of a series: its name where there are several, last figure, date."""
    name = wrap(series.measure.title, 20) if named else []
    return [*name, *wrap(_last_words(series), 20), short_date(series.last.date)]


def _draw_ends(axes, drawn, ends, styles):
    scale = PLOT / axes.get_ylim()[1]
    heights = [len(lines) * LINE + 5 for lines in ends]
    levels = [highest(series.last) * scale for series in drawn]
    edge = axes.get_xlim()[1]
    for series, lines, y, height, level, (color, _) in zip(
        drawn, ends, spread(levels, heights, 0, PLOT), heights, levels, styles, strict=True
    ):
        if abs(y - level) > 4 or edge - _x(series.last) > (edge - axes.get_xlim()[0]) * 0.03:
            axes.plot([_x(series.last), edge], [level / scale, y / scale], color=color, lw=0.6, alpha=0.6, clip_on=False)
        for rank, words in enumerate(lines):
            dated = rank == len(lines) - 1
            axes.annotate(
                words, (1, 0), (6, y + height / 2 - 2.5 - LINE * (rank + 0.5)), "axes fraction", "offset points", va="center_baseline",
                fontsize=SIZE, color=MUTED if dated else color, weight="regular" if dated else "bold", annotation_clip=False,
            )


def _draw_peak(axes, series, color):
    """Print the highest figure above its point, on the side where there is room."""
    peak, (low, high) = series.peak, axes.get_xlim()
    if peak in _latest(series):
        return
    side = "left" if _x(peak) < (low + high) / 2 else "right"
    axes.annotate(
        f"{amount(peak)}, {short_date(peak.date)}", (_x(peak), highest(peak)), (0, 7), textcoords="offset points", ha=side,
        color=color, fontsize=SIZE, zorder=6, bbox=dict(facecolor=PAPER, lw=0, pad=0.5),
    )


def _values(drawn):
    first = drawn[0]
    each = {series.measure.id.replace("-", "_"): series.last for series in drawn}
    count = sum(len(series.points) for series in drawn)
    return dict(each, count=count, first=first.first, last=first.last, peak=first.peak, measure=first.measure)


def _message(drawn):
    """What the last figure is and, for one series, how it stands to the highest; as text without values to fill."""
    words = [f"{series.measure.title}: {_last_words(series)} {_on(series.last)}" for series in drawn]
    words += [] if len(drawn) > 1 else [_against_peak(drawn[0])]
    return ("; " if len(drawn) > 1 else "").join(words).replace("{", "{{").replace("}", "}}")


def _on(point):
    """'in January 2025', 'on 3 March 2025', 'over 2020 to 2024'."""
    when = point.date
    return f"{'on' if when.first == when.last and not when.about else 'over' if ' to ' in str(when) else 'in'} {when}"


def _against_peak(series):
    last, peak = series.last, series.peak
    if series.first.date == last.date:
        return ""
    if highest(last) >= highest(peak):
        return ", the highest figure so far"
    if last.best is None or peak.best is None:
        return f", {'after' if last.high is None and last.best is None else 'down from'} {amount(peak)} {_on(peak)}"
    return f", {_share(last.best / peak.best)} the peak of {amount(peak)} {_on(peak)}"


def _share(share):
    """A share in words: 'about half', '81 % of'."""
    near = {0.25: "about a quarter of", 1 / 3: "about a third of", 0.5: "about half", 2 / 3: "about two thirds of", 0.75: "about three quarters of"}
    return next((words for value, words in near.items() if abs(share - value) <= 0.03), f"{share:.0%} of".replace("%", " %"))


def _caveats(drawn):
    for series in drawn:
        vintage = series.measure.vintage
        yield from filter(None, [
            series.measure.caveat,
            vintage and f"Values as in {vintage}; the edition of the day may have differed.",
        ])


def _gaps(drawn):
    """Says between which dates no figure is known for unusually long: the longest gap of each series."""
    for series in drawn:
        before, after = max(pairwise(series.points), key=lambda pair: _x(pair[1]) - _x(pair[0]), default=(series.last,) * 2)
        if _x(after) - _x(before) > _usual(series):
            yield f"{series.measure.title}: no figure between {before.date} and {after.date}."


def _table_row(series, point):
    publisher = listing(dict.fromkeys(source.publisher or source.title for source in point.sources))
    measure = series.measure
    return (str(point.date), measure.title, point.low, point.best, point.high, measure.unit, point.note, publisher)


def _alt(drawn):
    each = "; ".join(_described(series, len(drawn) < 3) for series in drawn)
    marks = "dots are figures, bars ranges from low to high, open triangles bounds"
    return f"Chart of figures over time in {drawn[0].measure.unit}, drawn from zero upward: {marks}. {each}."


def _described(series, at_length):
    first, last, peak, title = series.first, series.last, series.peak, series.measure.title
    if first is last:
        return f"{title}: one figure, {amount(last)} {_on(last)}"
    start = f"{title}: {len(series.points)} figures, from {amount(first)} {_on(first)} to {_last_words(series)} {_on(last)}"
    return f"{start}, at most {amount(peak)} {_on(peak)}" if at_length else start
