"""The two lanes of a timeline, drawn: the ribbon of days between them, marks, labels and a key."""

from itertools import pairwise
from math import hypot
from typing import NamedTuple

from matplotlib.patches import Rectangle

from ..figure import WIDTH
from .axis import cells
from .flags import width
from .style import INK, MUTED, PAPER, RULE, SIDES, canvas

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


def draw_lanes(events, plan):
    """The picture of a plan: ribbon, marks, labels and key, in the height that they need."""
    with canvas(1) as (picture, axes):
        _lay_sheet(picture, axes, plan)
        _draw_ribbon(axes, plan)
        _draw_bars(axes, _bars(events, plan))
        _draw_dots(axes, _dots(events, plan))
        _draw_flags(axes, events, plan)
        _draw_key(axes, events, plan)
    return picture


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
        axes.add_artist(Rectangle((part.left, -RIBBON), part.right - part.left, 2 * RIBBON, color="#f0f2f4", lw=0))
        _draw_calendar(axes, part)
        for lane, (_, color) in LANES.items():
            axes.plot([part.left, part.right], [lane * RIBBON] * 2, color=color, lw=1.2, solid_capstyle="butt")
    for part, after in pairwise(plan.stretches):  # a span does not run through the break
        gap = after.left - part.right
        axes.add_artist(Rectangle((part.right, -DOTS), gap, 2 * DOTS, color=PAPER, lw=0, zorder=3.5))
    for lane, (name, color) in LANES.items():
        axes.text(0, lane * (DOTS - 3), name, color=color, weight="bold", **TEXT)


def _draw_calendar(axes, part):
    parts = cells(part.start, part.end, part.right - part.left)
    edges = [part.at(day.toordinal()) for day, _ in parts] + [part.right]
    axes.vlines(edges[:-1], -RIBBON, RIBBON, color=RULE, lw=0.8)
    for (_, words), (left, right) in zip(parts, pairwise(edges), strict=True):
        if width(words, SIZE) + 6 <= right - left:
            axes.text(left + 4, 0, words, color=MUTED, **TEXT)


def _colors(event):
    """Colours of the upper and the lower half of a mark: two where both countries are concerned."""
    lanes = countries(event)
    return (LANES[lanes[-1]][1], LANES[lanes[0]][1]) if lanes else (MUTED, MUTED)


def _bars(events, plan):
    """((left, right, y), colours, whether it is vague) of the events that are not of one day; of like ones one."""
    found = {}
    for event in events:
        if not _one_day(event):
            left, right = extent(event, plan.stretches)
            middle, reach = (left + right) / 2, max(right - left, 7) / 2
            place = middle - reach, middle + reach, plan.lanes[event.id] * BARS
            found[place, _colors(event), vague(event)] = None
    return list(found)


def _draw_bars(axes, bars):
    """Bars of two halves, one colour to each country; a pale one, of a vague date, is open at both ends."""
    halves = [(*place, side, colors[side < 0], pale) for place, colors, pale in bars for side in (2, -2)]
    for left, right, y, side, color, pale in halves:
        tint = dict(color=color, alpha=0.15 if pale else 0.85, lw=0)
        axes.add_artist(Rectangle((left, min(y, y + side)), right - left, 2, zorder=3, **tint))
    if edges := [(y + side, left, right, color) for left, right, y, side, color, pale in halves if pale]:
        ys, lefts, rights, colors = zip(*edges, strict=True)
        axes.hlines(ys, lefts, rights, colors=colors, lw=0.9, zorder=3, capstyle="butt")


def _dots(events, plan):
    """(colours, whether it is labelled) -> the spots of the events of one day: like dots are drawn at once."""
    found = {}
    for event in events:
        if _one_day(event):
            spot = sum(extent(event, plan.stretches)) / 2, plan.lanes[event.id] * DOTS
            found.setdefault((_colors(event), event.id in plan.flags), []).append(spot)
    return found


def _draw_dots(axes, dots):
    """Dots with a white rim, those with a label larger and on top; of two halves, one colour to each country."""
    for ((upper, lower), labelled), spots in dots.items():
        size, order = (6.5 if labelled else 4), 3 + labelled
        if upper == lower:
            axes.plot(*zip(*spots, strict=True), "o", ms=size + 0.7, mfc=upper, mec=PAPER, mew=0.7, zorder=order)
            continue
        for apart in _apart(spots, size + 1.4):  # a rim of their own would part the halves too
            at = tuple(zip(*apart, strict=True))
            axes.plot(*at, "o", ms=size + 1.4, color=PAPER, mew=0, zorder=order)
            axes.plot(*at, "o", ms=size, fillstyle="top", mfc=upper, mfcalt=lower, mew=0, zorder=order)


def _apart(spots, across):
    """The spots in groups, to be drawn one after another: dots so far across that overlap lie in their order."""
    groups, level = [], {}
    for spot in spots:
        below = [level[other] for other in level if hypot(spot[0] - other[0], spot[1] - other[1]) < across]
        level[spot] = max(below, default=-1) + 1
        if level[spot] == len(groups):
            groups.append([])
        groups[level[spot]].append(spot)
    return groups


def _draw_flags(axes, events, plan):
    """The label of each event that has one, on its pole."""
    poles = []
    for event in events:
        if event.id in plan.flags:
            (pole, level, side), lane = plan.flags[event.id], plan.lanes[event.id]
            y = lane * (FIRST + LINE * (level - 1))
            poles.append((pole, lane * (DOTS + 3 if _one_day(event) else BARS + 2.5), y + lane * 3.5))
            _write_flag(axes, event, plan.words[event.id], pole, y, side)
    if poles:
        xs, begins, ends = zip(*poles, strict=True)
        axes.vlines(xs, begins, ends, color="#a3abb5", lw=0.7, zorder=2, capstyle="butt", gid="poles")


def _write_flag(axes, event, words, pole, y, side):
    when, label = words
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
        _draw_dots(axes, {(tuple(colors), True): [(x, y)]})
        x = _write_key(axes, x + 7, y, words)
    if any(map(vague, events)):
        _draw_bars(axes, [((x - 4, x + 12, y), (MUTED, MUTED), True)])
        x = _write_key(axes, x + 16, y, "known to the month, the year or about")
    if len(plan.flags) < len(events):
        _draw_dots(axes, {((MUTED, MUTED), False): [(x, y)]})
        _write_key(axes, x + 6, y, f"{len(events) - len(plan.flags)} more, not labelled")


def _write_key(axes, x, y, words):
    axes.text(x, y, words, color=MUTED, fontsize=8, va="center_baseline")
    return x + width(words, 8) + 16
