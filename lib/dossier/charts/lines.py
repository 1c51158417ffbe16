"""Lines of figures over time, drawn: points, ranges and bounds, turning points, labels at the ends."""

from datetime import date
from math import isnan, nan
from textwrap import wrap

from matplotlib.ticker import MaxNLocator

from ..figure import WIDTH
from ..prose import amount, figures
from ..view import highest
from .axis import cells, short_date
from .coverage import draw_uncovered, to_the_edge
from .flags import hang, spread, width
from .runs import day_of, is_dense, runs
from .style import ACCENT, INK, MUTED, PAPER, SIDES, canvas

ROOM, PLOT, SIZE, LINE = WIDTH * 72, 178, 8.5, 11.5  # points: picture width, plot height, text, pitch of text lines
LINES = [(INK, "o"), (ACCENT, "s"), (SIDES["damascus"], "D"), (SIDES["coalition"], "v"), (SIDES["iran"], "P")]
FAR = 0.15  # part of the axis beyond a last point across which a line to its label would pass for figures
COUNTRIES = {"IRQ": "baghdad", "SYR": "damascus"}  # country -> side whose colour is its own where two are compared


def draw_lines(drawn, turns, gaps):
    """The picture of `Series`, the events `turns` and the uncovered stretches `gaps` on one pair of axes, in the
    height that they need."""
    with canvas(1) as (picture, axes):
        _lay_lines(picture, axes, drawn, turns, gaps)
    return picture


def _lay_lines(picture, axes, drawn, turns, gaps):
    ends = [_end_words(series, len(drawn) > 1) for series in drawn]
    wide = max(width(words, SIZE, "bold") for lines in ends for words in lines)
    ticks = _scale_up(axes, drawn)
    left = 6 + max(map(width, ticks, [SIZE] * len(ticks)))
    days = [day_of(row) for row in [*turns, *(point for series in drawn for point in series.points)]]
    reach = max(days) - min(days) or 365
    axes.set_xlim(min(days) - reach * 0.02, max(days) + reach * 0.02)
    beyond = _beyond(axes, drawn[0].last)
    within = len(drawn) == 1 and beyond > FAR and beyond * (ROOM - left - 14) > wide + 14
    right = 14 if within else 14 + wide
    draw_uncovered(axes, to_the_edge(gaps, days, axes.get_xlim()), ROOM - left - right)
    plot = max(PLOT, sum(map(_tall, ends)))
    levels, begin = _draw_turns(axes, turns, left, right, plot)
    unit = drawn[0].measure.unit
    lift = levels if begin < width(unit, SIZE) + 8 else 0  # the unit makes room for words at the left
    frame(picture, axes, left, right, 18, 8 + LINE * max(levels, lift + 1), plot)
    _draw_axes(axes, unit, left, right, lift)
    colors = _styles(drawn)
    for series, style in zip(drawn, colors, strict=True):
        _draw_points(axes, series, is_dense(series, drawn), *style)
    if len(drawn) == 1:
        _draw_peak(axes, drawn[0], *colors[0], ROOM - left - right, list(map(day_of, turns)))
    _draw_ends(axes, drawn, ends, colors, plot, within)


def frame(picture, axes, left, right, bottom, top, plot=PLOT):
    """Size the picture for a plot `plot` points high with these margins (points)."""
    height = plot + bottom + top
    picture.set_size_inches(WIDTH, height / 72)
    axes.set_position((left / ROOM, bottom / height, (ROOM - left - right) / ROOM, plot / height))


def latest(series):
    """The points of the last date: more than one where figures compete."""
    return [point for point in series.points if point.date == series.last.date]


def last_words(series):
    """The figures of the last date in words: '3.5 billion or 2.9 billion'."""
    return " or ".join(dict.fromkeys(amount(point) for point in latest(series)))


def _scale_up(axes, drawn):
    """Set y from 0 to above the highest figure, with room for its label; the words of the ticks."""
    most = max(highest(point) for series in drawn for point in series.points) or 1
    ticks = [tick for tick in MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(0, most) if tick <= most * 1.12]
    axes.set_ylim(0, most * 1.12)
    axes.set_yticks(ticks, [figures(tick) for tick in ticks])
    return [figures(tick) for tick in ticks]


def _draw_axes(axes, unit, left, right, lift):
    first, last = (int(day) for day in axes.get_xlim())
    parts = cells(date.fromordinal(first), date.fromordinal(last), ROOM - left - right)[1:]
    axes.set_xticks([day.toordinal() for day, _ in parts], [words for _, words in parts])
    axes.grid(axis="y")
    axes.tick_params(axis="y", length=0, pad=5)
    axes.annotate(unit, (0, 1), (-left, 7 + LINE * lift), "axes fraction", "offset points", color=MUTED, fontsize=SIZE)


def _draw_turns(axes, turns, left, right, plot):
    """Dashed lines with a word above the plot; how many lines of words there are and where the first word begins."""
    low, high = axes.get_xlim()
    poles = [left + (day_of(turn) - low) / (high - low) * (ROOM - left - right) for turn in turns]
    widths = [4 + width(turn.label, SIZE) for turn in turns]
    flags = (hang(poles, widths, ROOM) or []) if turns else []
    for turn, (level, side) in zip(turns, flags, strict=False):
        _draw_turn(axes, turn, 3 + LINE * (level - 1), side, plot)
    starts = [min(pole, pole + side * wide) for pole, wide, (_, side) in zip(poles, widths, flags, strict=False)]
    return max((level for level, _ in flags), default=0), min(starts, default=ROOM)


def _draw_turn(axes, turn, y, side, plot):
    day, top = day_of(turn), axes.get_ylim()[1] * (1 + (y + 8) / plot)
    axes.plot([day, day], [0, top], color=MUTED, lw=0.8, ls=(0, (3, 2)), clip_on=False, zorder=1)
    axes.annotate(
        turn.label,
        (day, 1),
        (4 * side, y),
        ("data", "axes fraction"),
        "offset points",
        color=MUTED,
        fontsize=SIZE,
        ha="left" if side > 0 else "right",
        annotation_clip=False,
    )


def _styles(drawn):
    """Colour and marker of each series, unless another has that colour: of the side of its first actor, or of its
    country where each is of another one."""
    styles, countries = [], [_country(series.measure) for series in drawn]
    apart = len(set(countries)) == len(countries) > 1
    for series, country in zip(drawn, countries, strict=True):
        actor = next(iter(series.measure.actors), None)
        side = actor.side if actor else COUNTRIES.get(country) if apart else None
        wanted = [(SIDES[side], "o")] if side in SIDES else []
        taken = {color for color, _ in styles}
        styles.append(next((style for style in wanted + LINES if style[0] not in taken), LINES[0]))
    return styles


def _country(measure):
    """The country of a measure, where all its places are of one."""
    found = {place.country for place in measure.places}
    return found.pop() if len(found) == 1 else None


def _draw_points(axes, series, dense, color, marker):
    for run in runs(series, dense):
        if len(run) > 1:
            _draw_run(axes, run, color, dense)
        for point in [] if dense and len(run) > 1 else run:
            _draw_point(axes, point, color, marker)
    if dense and series.last.best is not None:
        axes.plot([day_of(series.last)], [series.last.best], marker, **_dot(color))


def _draw_run(axes, run, color, dense):
    look = dict(color=color, lw=1 if dense else 1.2, zorder=3, clip_on=False)  # a zero is a whole line on the axis
    axes.plot(list(map(day_of, run)), [point.best for point in run], **look)
    if dense:
        _draw_band(axes, run, color)


def _draw_band(axes, run, color):
    """From low to high; it breaks off where a point has not both."""
    ranges = [(p.low, p.high) if None not in (p.low, p.high) else (nan, nan) for p in run]
    if not all(isnan(low) for low, _ in ranges):
        axes.fill_between([day_of(p) for p in run], *zip(*ranges, strict=True), color=color, alpha=0.2, lw=0, zorder=2)


def _dot(color):
    return dict(ms=4.5, color=color, mec=PAPER, mew=0.6, zorder=4, clip_on=False)


def _draw_point(axes, point, color, marker):
    x = day_of(point)
    if point.low is not None and point.high is not None:
        axes.plot([x, x], [point.low, point.high], color=color, lw=5, alpha=0.4, zorder=2, solid_capstyle="butt")
        axes.plot([x, x], [point.low, point.high], "_", ms=7, mew=1.1, color=color, zorder=2)
    if point.best is not None:
        axes.plot([x], [point.best], marker, **_dot(color))
    elif point.high is None:
        axes.plot([x], [point.low], "^", ms=6, mfc=PAPER, mec=color, mew=1.1, zorder=4, clip_on=False)
    elif point.low is None:
        axes.plot([x], [point.high], "v", ms=6, mfc=PAPER, mec=color, mew=1.1, zorder=4, clip_on=False)


def _end_words(series, named):
    """Lines of the label at the end of a series: its name where there are several, last figure, date."""
    name = wrap(series.measure.title, 20) if named else []
    return [*name, *wrap(last_words(series), 20), short_date(series.last.date)]


def _tall(lines):
    return len(lines) * LINE + 5


def _height(point):
    """Where a label's leader meets a point: its figure, the middle of its range, its bound."""
    known = [value for value in (point.low, point.high) if value is not None]
    return point.best if point.best is not None else sum(known) / len(known)


def _draw_ends(axes, drawn, ends, styles, plot, within):
    """Labels in a column at the right, level with the last points as far as there is room; `within` the plot, right
    beside the point."""
    scale = plot / axes.get_ylim()[1]
    levels = [_height(series.last) * scale for series in drawn]
    centres = spread(levels, list(map(_tall, ends)), 0, plot)
    for series, lines, y, (color, _) in zip(drawn, ends, centres, styles, strict=True):
        if not within:
            _draw_leader(axes, series.last, y / scale, color)
        spot = ((day_of(series.last), 0), ("data", "axes fraction")) if within else ((1, 0), "axes fraction")
        _write_end(axes, lines, *spot, y, color)


def _write_end(axes, lines, spot, coordinates, y, color):
    """The lines of a label in the colour of its series, the last one, a date, in muted type."""
    for rank, words in enumerate(lines):
        font = dict(color=color, weight="bold") if rank < len(lines) - 1 else dict(color=MUTED)
        font |= dict(fontsize=SIZE, va="center_baseline", zorder=6, bbox=dict(facecolor=PAPER, lw=0, pad=1))
        offset = (6, y + LINE * ((len(lines) - 1) / 2 - rank))
        axes.annotate(words, spot, offset, coordinates, "offset points", **font)


def _beyond(axes, point):
    """The part of the time axis that is right of a point."""
    low, high = axes.get_xlim()
    return (high - day_of(point)) / (high - low)


def _draw_leader(axes, point, y, color):
    """A thin line from a point to its label, unless they are next to each other, or so far apart that it would pass for
    figures."""
    beyond, top = _beyond(axes, point), axes.get_ylim()[1]
    if beyond <= FAR and (abs(y - _height(point)) > top * 0.02 or beyond > 0.03):
        ends = [day_of(point), axes.get_xlim()[1]], [_height(point), y]
        axes.plot(*ends, color=color, clip_on=False, lw=0.6, alpha=0.5)


def _draw_peak(axes, series, color, marker, room, turns):
    """Print the highest figure beside and above its point, above all points that it would cover."""
    peak, (low, high) = series.peak, axes.get_xlim()
    if peak in latest(series):
        return
    words, day = f"{amount(peak)}, {short_date(peak.date)}", day_of(peak)
    side, reach = _side(day, (4 + width(words, SIZE)) / room * (high - low), (low, high), turns)
    top = max(highest(point) for point in series.points if reach[0] <= day_of(point) <= reach[1])
    if is_dense(series, [series]):
        axes.plot([day], [_height(peak)], marker, **_dot(color))
    look = dict(color=color, fontsize=SIZE, zorder=6, bbox=dict(facecolor=PAPER, lw=0, pad=0.5))
    look |= dict(textcoords="offset points", ha="left" if side > 0 else "right")
    axes.annotate(words, (day, top), (4 * side, 7), **look)


def _side(day, wide, edges, turns):
    """The side (1 is right) on which a label beside a day has room, and the days that it takes up: away from the
    nearer edge, unless a turning point stands there and none on the other side."""
    away = 1 if day < sum(edges) / 2 else -1
    reaches = {side: tuple(sorted([day, day + side * wide])) for side in (away, -away)}
    free = {side: edges[0] <= low and high <= edges[1] for side, (low, high) in reaches.items()}
    clear = [side for side, (low, high) in reaches.items() if free[side] and not any(low < x < high for x in turns)]
    side = clear[0] if clear else away
    return side, reaches[side]
