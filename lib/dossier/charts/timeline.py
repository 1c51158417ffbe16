"""The timeline: what happened in Iraq and in Syria, on two lanes that face each other."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from matplotlib.patches import Rectangle

from ..dates import parse_day, spell_day
from ..figure import WIDTH, Figure
from ..prose import fill, say
from .axis import Stretch, cells, short_date
from .flags import hang, width
from .style import INK, MUTED, PAPER, RULE, SIDES, canvas, source_line, sources_of

# All in points, from the middle of the ribbon outward.
ROOM, LEFT, BREAK = WIDTH * 72, 34, 12
RIBBON, BARS, DOTS, FIRST, LINE = 8.5, 12, 18.5, 31, 13.5
TALLEST = 11  # levels of labels on one lane
MARGINS = [ROOM * share / 20 for share in range(10)]  # room tried to the right of the last day
TEXT = dict(fontsize=8.5, va="center_baseline")
UP, DOWN = 1, -1
LANES = {UP: ("Iraq", SIDES["baghdad"]), DOWN: ("Syria", SIDES["damascus"])}
COUNTRIES = {"IRQ": UP, "SYR": DOWN}
WHERE = {(UP,): "Iraq", (DOWN,): "Syria", (DOWN, UP): "both", (): "elsewhere"}


class Plan(NamedTuple):
    """Where all is drawn: the stretches of the axis, event id -> lane, event id -> (pole, level, side)."""

    stretches: list
    lanes: dict
    flags: dict

    def levels(self, lane):
        """How many levels of labels a lane has."""
        return max((level for id, (_, level, _) in self.flags.items() if self.lanes[id] == lane), default=0)


def draw_timeline(view, title=None, most=16, since=None, history=False):
    """The view's events since `view.since`, or since another day, on a lane for Iraq and one for Syria: a `Figure`.

    At most `most` events carry a label, the most important and then the latest first; the others are
    small marks. With `history` the events before that day stand on a stretch of their own with its own scale.
    `title` may use {count}, {labelled}, {first}, {last}, {key}, {keys}, {since}, {as_of}: numbers of events, the
    earliest, the latest, the latest of the most important (each with {last:label}, {last:date}), how many
    such there are, days. A `Prose` says so when no event was known.
    """
    start = view.since if since is None else parse_day(since)
    events = [event for event in view.events if event.date.first <= view.as_of and (history or event.date.last >= start)]
    if not events:
        return say("Nothing on this was public for the time from {since} to {as_of}.", since=start, as_of=view.as_of)
    with canvas(1) as (picture, axes):
        plan = _plan(axes, events, start, view.as_of, most)
        _lay_sheet(picture, axes, plan)
        _draw_ribbon(axes, plan)
        for event in events:
            _draw_mark(axes, event, plan)
        _draw_key(axes, events, plan)
    values = _values(events, plan, start, view.as_of)
    message = fill(title or _message(values), **values)
    columns = ("date", "event", "where", "importance", "labelled")
    rows = tuple(_row(event, plan) for event in events)
    return Figure(
        picture, "timeline", message, _alt(events, plan, values), source_line(events, view), columns, rows, sources_of(events)
    )


def _row(event, plan):
    return (str(event.date), event.label, _where(event), event.importance, "yes" if event.id in plan.flags else "no")


def _where(event):
    return WHERE[_sides(event)]


def _sides(event):
    return tuple(sorted({COUNTRIES[code] for code in event.countries if code in COUNTRIES}))


def _rank(event):
    """Sorts events by what should carry a label first."""
    return (event.importance or 9, -event.date.last.toordinal(), event.id)


def _plan(axes, events, start, end, most):
    ranked = sorted(events, key=_rank)
    lanes = _lanes(ranked)
    words = {event.id: _words(event, start) for event in ranked[:most]}
    widths = {id: sum(_widths(axes, *pair)) for id, pair in words.items()}
    for labelled in range(min(most, len(ranked)), 0, -1):
        chosen = ranked[:labelled]
        plans = [_arrange(chosen, lanes, widths, _stretches(events, chosen, start, end, margin)) for margin in MARGINS]
        cost = {rank: _cost(plan, MARGINS[rank]) for rank, plan in enumerate(plans) if plan}
        if cost:
            return plans[min(cost, key=cost.get)]
    return Plan(_stretches(events, events, start, end, 0), lanes, {})


def _cost(plan, margin):
    return LINE * (plan.levels(UP) + plan.levels(DOWN)) + margin / 4


def _lanes(ranked):
    """Event id -> lane; of both countries or of neither: the lane of the place, else the one with fewer events."""
    lanes = {}
    for event in ranked:
        home = (event.place and COUNTRIES.get(event.place.country)) or 0
        sides = _sides(event)
        lanes[event.id] = sides[0] if len(sides) == 1 else home or (UP if sum(lanes.values()) <= 0 else DOWN)
    return lanes


def _stretches(events, chosen, start, end, margin):
    """One stretch of days; two with a break where there are events before `start` and after it."""
    right = ROOM - margin - 2
    old = [event for event in chosen if event.date.last < start]
    first = min(event.date.first for event in events)
    if all(event.date.last >= start for event in events):
        return [Stretch(start, end, LEFT, right)]
    begin = date(first.year, 1, 1)
    if all(event.date.last < start for event in events):
        return [Stretch(begin, end, LEFT, right)]
    turn = LEFT + (right - LEFT) * min(max(len(old) / len(chosen), 0.35), 0.65)
    return [Stretch(begin, date.fromordinal(start.toordinal() - 1), LEFT, turn - BREAK), Stretch(start, end, turn, right)]


def _ends(event, stretches):
    """Where an event begins and ends on the axis, in points."""
    return _at(stretches, event.date.first.toordinal()), _at(stretches, event.date.last.toordinal() + 1)


def _at(stretches, day):
    return next((part for part in stretches if day < part.end.toordinal() + 1), stretches[-1]).at(day)


def _arrange(chosen, lanes, widths, stretches):
    """A `Plan` with a flag for each chosen event, or None where that needs too many levels."""
    flags = {}
    for lane in LANES:
        row = sorted((sum(_ends(event, stretches)) / 2, event.date.first, event.id) for event in chosen if lanes[event.id] == lane)
        poles = [pole for pole, _, _ in row]
        hung = hang(poles, [widths[id] for _, _, id in row], ROOM) if row else []
        if hung is None or max((level for level, _ in hung), default=0) > TALLEST:
            return None
        flags |= {id: (pole, *flag) for (pole, _, id), flag in zip(row, hung, strict=True)}
    return Plan(stretches, lanes, flags)


def _words(event, start):
    return short_date(event.date, year=event.date.last < start), event.label


def _widths(axes, when, label):
    return 3 + width(axes, when, weight="bold", **TEXT) + 4, width(axes, label, **TEXT)


def _lay_sheet(picture, axes, plan):
    """Make the axes the whole page, in points, with zero in the middle of the ribbon."""
    top = FIRST + LINE * plan.levels(UP) - LINE / 2 + 4
    bottom = FIRST + LINE * plan.levels(DOWN) - LINE / 2 + 22
    picture.set_layout_engine("none")
    picture.set_size_inches(WIDTH, (top + bottom) / 72)
    axes.set_position((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, ROOM), ylim=(-bottom, top))


def _draw_ribbon(axes, plan):
    for part in plan.stretches:
        axes.add_patch(Rectangle((part.left, -RIBBON), part.right - part.left, 2 * RIBBON, color="#f0f2f4", lw=0))
        parts = cells(part.start, part.end, int((part.right - part.left) / 36))
        edges = [part.at(day.toordinal()) for day, _ in parts] + [part.right]
        for (_, words), left, right in zip(parts, edges, edges[1:], strict=False):
            axes.plot([left, left], [-RIBBON, RIBBON], color=RULE, lw=0.8)
            if width(axes, words, **TEXT) + 6 <= right - left:
                axes.text(left + 4, 0, words, color=MUTED, **TEXT)
        for lane, (_, color) in LANES.items():
            axes.plot([part.left, part.right], [lane * RIBBON] * 2, color=color, lw=1.2, solid_capstyle="butt")
    for lane, (name, color) in LANES.items():
        axes.text(0, lane * DOTS - lane * 3, name, color=color, weight="bold", **TEXT)
