"""The two lanes of a timeline, drawn: the ribbon of days between them, marks, labels and a key."""

from itertools import pairwise
from typing import NamedTuple

from matplotlib.patches import Rectangle

from ..figure import WIDTH
from .axis import cells
from .flags import width
from .style import INK, MUTED, PAPER, RULE, SIDES

# All in points, from the middle of the ribbon outward.
ROOM, LEFT = WIDTH * 72, 36
RIBBON, BARS, DOTS, FIRST, LINE = 9, 12.5, 19, 32, 14
SIZE = 9
TEXT = dict(fontsize=SIZE, va="center_baseline")
UP, DOWN = 1, -1
LANES = {UP: ("Iraq", SIDES["baghdad"]), DOWN: ("Syria", SIDES["damascus"])}
COUNTRIES = {"IRQ": UP, "SYR": DOWN}
WHERE = {(UP,): "Iraq", (DOWN,): "Syria", (DOWN, UP): "both", (): "elsewhere"}
KEY = {"both": ("both countries", LANES[UP][1], LANES[DOWN][1]), "elsewhere": ("elsewhere", MUTED, MUTED)}


class Plan(NamedTuple):
    """Where all is drawn: stretches of the axis; event id -> lane, (date, label) and (pole, level, side)."""

    stretches: list
    lanes: dict
    words: dict
    flags: dict

    def levels(self, lane):
        """How many levels of labels a lane has."""
        return max((level for id, (_, level, _) in self.flags.items() if self.lanes[id] == lane), default=0)


def countries(event):
    """The lanes that an event concerns: none, one or both."""
    return tuple(sorted({COUNTRIES[code] for code in event.countries if code in COUNTRIES}))


def whereabouts(event):
    """'Iraq', 'Syria', 'both' or 'elsewhere'."""
    return WHERE[countries(event)]


def vague(event):
    """Whether a span is as near as the source comes to the date, not the time that something took."""
    return event.precision != "day"


def _one_day(event):
    return event.date.first == event.date.last and not vague(event)


def extent(event, stretches):
    """Where an event begins and ends on the axis, in points."""
    return _at(stretches, event.date.first.toordinal()), _at(stretches, event.date.last.toordinal() + 1)


def _at(stretches, day):
    return next((part for part in stretches if day < part.end.toordinal() + 1), stretches[-1]).at(day)


def label_widths(when, label):
    """Width of the date with the space after it, and of the label."""
    return width(when, SIZE, "bold") + 5, width(label, SIZE)


def draw_lanes(picture, axes, events, plan):
    """Draw ribbon, marks, labels and key of a plan; the picture takes the height that it needs."""
    _lay_sheet(picture, axes, plan)
    _draw_ribbon(axes, plan)
    _draw_bars(axes, events, plan)
    for event in events:
        _draw_mark(axes, event, plan)
    _draw_key(axes, events, plan)


def _lay_sheet(picture, axes, plan):
    """Make the axes the whole page, in points, with zero in the middle of the ribbon."""
    top = FIRST + LINE * plan.levels(UP) - LINE / 2 + 4
    bottom = FIRST + LINE * plan.levels(DOWN) - LINE / 2 + 22
    picture.set_size_inches(WIDTH, (top + bottom) / 72)
    axes.set_position((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, ROOM), ylim=(-bottom, top))


def _draw_ribbon(axes, plan):
    for part in plan.stretches:
        axes.add_patch(Rectangle((part.left, -RIBBON), part.right - part.left, 2 * RIBBON, color="#f0f2f4", lw=0))
        _draw_calendar(axes, part)
        for lane, (_, color) in LANES.items():
            axes.plot([part.left, part.right], [lane * RIBBON] * 2, color=color, lw=1.2, solid_capstyle="butt")
    for part, after in pairwise(plan.stretches):  # a span does not run through the break
        axes.add_patch(Rectangle((part.right, -DOTS), after.left - part.right, 2 * DOTS, color=PAPER, lw=0, zorder=3.5))
    for lane, (name, color) in LANES.items():
        axes.text(0, lane * (DOTS - 3), name, color=color, weight="bold", **TEXT)


def _draw_calendar(axes, part):
    parts = cells(part.start, part.end, part.right - part.left)
    edges = [part.at(day.toordinal()) for day, _ in parts] + [part.right]
    for (_, words), (left, right) in zip(parts, pairwise(edges), strict=True):
        axes.plot([left, left], [-RIBBON, RIBBON], color=RULE, lw=0.8)
        if width(words, SIZE) + 6 <= right - left:
            axes.text(left + 4, 0, words, color=MUTED, **TEXT)


def _colors(event):
    """Colours of the upper and the lower half of a mark: two where both countries are concerned."""
    lanes = countries(event)
    return (LANES[lanes[-1]][1], LANES[lanes[0]][1]) if lanes else (MUTED, MUTED)


def _draw_bars(axes, events, plan):
    """Bars of the events that are not of one day; where several have the same span and colours, one."""
    bars = [
        (plan.lanes[event.id], extent(event, plan.stretches), _colors(event), vague(event))
        for event in events
        if not _one_day(event)
    ]
    for lane, (left, right), colors, pale in dict.fromkeys(bars):
        middle, reach = (left + right) / 2, max(right - left, 7) / 2
        _draw_bar(axes, middle - reach, middle + reach, lane * BARS, colors, pale)


def _draw_mark(axes, event, plan):
    lane, flag = plan.lanes[event.id], plan.flags.get(event.id)
    if _one_day(event):
        x = sum(extent(event, plan.stretches)) / 2
        _draw_dot(axes, x, lane * DOTS, _colors(event), 6.5 if flag else 4, order=4 if flag else 3)
    if flag:
        _draw_flag(axes, event, plan, DOTS + 3 if _one_day(event) else BARS + 2.5)


def _draw_dot(axes, x, y, colors, size, order=4):
    axes.plot([x], [y], "o", ms=size + 1.4, color=PAPER, mew=0, zorder=order)
    upper, lower = colors
    halves = dict(fillstyle="top", markerfacecoloralt=lower) if upper != lower else {}
    axes.plot([x], [y], "o", ms=size, markerfacecolor=upper, markeredgewidth=0, zorder=order, **halves)


def _draw_bar(axes, left, right, y, colors, pale):
    """A bar of two halves; a pale one is open at both ends."""
    for color, edge in zip(colors, (y + 2, y - 2), strict=True):
        tint = dict(color=color, alpha=0.15 if pale else 0.85, lw=0)
        axes.add_patch(Rectangle((left, min(y, edge)), right - left, 2, zorder=3, **tint))
        if pale:
            axes.plot([left, right], [edge, edge], color=color, lw=0.9, zorder=3, solid_capstyle="butt")


def _draw_flag(axes, event, plan, begin):
    (pole, level, side), lane = plan.flags[event.id], plan.lanes[event.id]
    y = lane * (FIRST + LINE * (level - 1))
    axes.plot([pole, pole], [lane * begin, y + lane * 3.5], color="#a3abb5", lw=0.7, zorder=2, solid_capstyle="butt")
    when, label = plan.words[event.id]
    upper, lower = _colors(event)
    color = upper if upper == lower != MUTED else INK
    before, after = label_widths(when, label)
    start = pole + 4 if side > 0 else pole - 4 - before - after
    axes.text(start, y, when, color=color, weight="bold", **TEXT)
    axes.text(start + before, y, label, color=INK, **TEXT)


def _draw_key(axes, events, plan):
    """What the marks mean that the lanes do not say, in one line at the foot."""
    x, y = LEFT + 4, axes.get_ylim()[0] + 6
    for name in [name for name in KEY if name in set(map(whereabouts, events))]:
        words, *colors = KEY[name]
        _draw_dot(axes, x, y, colors, 6.5)
        x = _write_key(axes, x + 7, y, words)
    if any(map(vague, events)):
        _draw_bar(axes, x - 4, x + 12, y, (MUTED, MUTED), pale=True)
        x = _write_key(axes, x + 16, y, "known to the month, the year or about")
    if len(plan.flags) < len(events):
        _draw_dot(axes, x, y, (MUTED, MUTED), 4)
        _write_key(axes, x + 6, y, f"{len(events) - len(plan.flags)} more, not labelled")


def _write_key(axes, x, y, words):
    axes.text(x, y, words, color=MUTED, fontsize=8, va="center_baseline")
    return x + width(words, 8) + 16
