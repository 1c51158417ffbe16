"""Figures as rows on one axis: who says so at the left, a dot, a range or a bound, the figure in words beside it."""

from itertools import groupby
from textwrap import shorten, wrap
from typing import NamedTuple

from matplotlib.ticker import MaxNLocator

from ..prose import amount, figures
from ..view import highest
from .axis import short_date, with_range
from .flags import width
from .lines import LINE, SIZE, frame
from .style import ACCENT, INK, MUTED, PAPER, RAISED, RULE, canvas

LETTERS, GAP, HEAD = 30, 14, LINE + 8  # letters in a line of a name; points between columns, for a head
# Kind of figure -> word above its rows, colour, mark of a plain figure. Open triangles are bounds in all of them.
KINDS = {
    "": ("", ACCENT, "o"),
    "count": ("Counts", ACCENT, "o"),
    "estimate": ("Estimates", INK, "D"),
    "claim": ("Claims", RAISED, "s"),
}


class Row(NamedTuple):
    """A series point as a row: whose it is, what was counted and how, when, its grade.

    `kind` is a key of `KINDS`; `head` stands above the rows of one kind, after the word of the kind.
    """

    point: object
    name: str
    detail: str = ""
    when: str = ""
    grade: str = ""
    kind: str = ""
    head: str = ""

    @property
    def lines(self):
        """(words, look) of each line at the left."""
        names = [
            (words, dict(color=INK, weight="bold" if self.detail or self.grade else "regular"))
            for words in _cut(self.name)
        ]
        return names + [(words, dict(color=MUTED)) for words in _cut(self.detail)]


def _cut(words):
    return wrap(words, LETTERS, break_on_hyphens=False)


def lowest(point):
    """The smallest figure that a series point gives: low, else best, else high."""
    return next(value for value in (point.low, point.best, point.high) if value is not None)


def bound(point):
    """-1 where a series point gives an upper bound alone, 1 where a lower one alone, else 0: a figure or a range."""
    return 0 if point.best is not None else (point.low is not None) - (point.high is not None)


def ends(points):
    """{lowest} and {highest} of a title in words, bounds as such ('up to 1,000', 'more than 12,000'), {times}, and
    whether both are `exact`."""
    low = min(points, key=lambda point: (lowest(point), bound(point)))
    high = max(points, key=lambda point: (highest(point), bound(point)))
    least, most = lowest(low), highest(high)
    words = dict(lowest=amount(low) if bound(low) else figures(least))
    words |= dict(highest=amount(high) if bound(high) else figures(most))
    return dict(words, times=most / least if least else 0, exact=not bound(low) and not bound(high))


def from_zero(points):
    """Whether the axis begins at zero: not where all figures lie close together, as these are dots, not bars."""
    return len(points) == 1 or min(map(lowest, points)) < 0.8 * max(map(highest, points))


def described(unit, rows, marks):
    """The description of a picture of `Row`s whose `marks` are explained: as many in words as 50 words hold."""
    said = [f"{row.name}, {short_date(row.point.date)}: {amount(row.point)}" for row in rows]
    short = [words for rank, words in enumerate(said) if len(" ".join(said[: rank + 1]).split()) < 50]
    more = f"; and {len(said) - len(short)} more" if len(short) < len(said) else ""
    kind = f"Dot and range plot in {unit}, a row for each of {len(said)} figures"
    return f"{kind}: {marks}, bars ranges, open triangles bounds. {'; '.join(short)}{more}."


def draw_rows(unit, rows):
    """The picture of `Row`s from the top down, a head above those of each kind, in the height that they need."""
    with canvas(1) as (picture, axes):
        _lay_rows(picture, axes, unit, rows)
    return picture


def _lay_rows(picture, axes, unit, rows):
    points = [row.point for row in rows]
    date, grade, left = _columns(rows, unit)
    right = max(width(with_range(point), SIZE, "bold") for point in points) + 12
    tall = sum(_height(row) for row in rows) + sum(HEAD for (kind, _), _ in _groups(rows) if kind)
    frame(picture, axes, left, right, 20, 4, tall)
    _scale(axes, points, unit, left, tall)
    y = tall
    for (kind, head), group in _groups(rows):
        y -= _draw_head(axes, kind, head, left, y)
        for row in group:
            middle = y - _height(row) / 2
            _write_lines(axes, row.lines, -left, middle)
            _write(axes, row.when, date - left, middle, color=MUTED)
            _write(axes, row.grade, grade - left, middle, color=MUTED)
            _draw_row(axes, row, middle)
            y -= _height(row)


def _groups(rows):
    return groupby(rows, key=lambda row: (row.kind, row.head))


def _height(row):
    return max(len(row.lines), 1) * LINE + 10


def _columns(rows, unit):
    """Where dates, grades and the plot begin, in points from the left edge; an empty column takes no room."""
    names = max(width(words, SIZE, look.get("weight", "regular")) for row in rows for words, look in row.lines) + 12
    dates, grades = (max(width(words, SIZE) for words in column) for column in zip(*map(_aside, rows), strict=True))
    grade = names + (dates + GAP if dates else 0)
    return names, grade, max(grade + (grades + GAP if grades else 0), width(unit, SIZE) + 18)


def _aside(row):
    return row.when, row.grade


def _scale(axes, points, unit, left, height):
    """From 0, or from just under the lowest figure where all lie close together."""
    low, high = min(map(lowest, points)), max(map(highest, points))
    start = 0 if from_zero(points) else low - max(high - low, high / 50) * 0.15
    axes.set(xlim=(start, high + (high - start) * 0.02 or 1), ylim=(0, height), yticks=[])
    steps = MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]).tick_values(start, high)
    ticks = [tick for tick in steps if start <= tick <= high]
    axes.set_xticks(ticks, [figures(tick) for tick in ticks])
    axes.annotate(unit, (0, 0), (-left, -14), "axes fraction", "offset points", color=MUTED, fontsize=SIZE)


def _write(axes, words, x, y, **look):
    """Text `x` points right of the left edge of the plot."""
    look |= dict(fontsize=SIZE, va="center_baseline")
    axes.annotate(words, (0, y), (x, 0), ("axes fraction", "data"), "offset points", **look)


def _write_lines(axes, lines, x, y):
    for rank, (words, look) in enumerate(lines):
        _write(axes, words, x, y + LINE * ((len(lines) - 1) / 2 - rank), **look)


def _draw_head(axes, kind, head, left, top):
    """The word of a kind with its mark, which is the legend; gives the height that it took."""
    if not kind:
        return 0
    words, color, marker = KINDS[kind]
    y = top - HEAD / 2
    spot = axes.get_yaxis_transform()
    across = axes.get_position().width * axes.figure.get_size_inches()[0] * 72
    axes.plot([(5 - left) / across], [y], marker, ms=6, color=color, transform=spot, clip_on=False)
    _write(axes, shorten(f"{words}: {head}" if head else words, 90), 14 - left, y, color=color, weight="bold")
    return HEAD


def _draw_row(axes, row, y):
    point, (_, color, marker) = row.point, KINDS[row.kind]
    axes.axhline(y, color=RULE, lw=0.5, zorder=1)
    if point.low is not None and point.high is not None:
        axes.plot([point.low, point.high], [y, y], color=color, lw=6, alpha=0.4, zorder=2, solid_capstyle="butt")
    spot, bound = dict(color=color, zorder=4, clip_on=False), dict(ms=7, mfc=PAPER, mew=1.2)  # a zero is a whole mark
    if point.best is not None:
        axes.plot([point.best], [y], marker, ms=6, **spot)
    elif point.high is None:
        axes.plot([point.low], [y], ">", **spot, **bound)
    elif point.low is None:
        axes.plot([point.high], [y], "<", **spot, **bound)
    look = dict(color=color, fontsize=SIZE, weight="bold", va="center_baseline")
    look |= dict(bbox=dict(facecolor=PAPER, lw=0, pad=1), zorder=3)
    axes.annotate(with_range(point), (highest(point), y), (8, 0), textcoords="offset points", **look)
