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
SIZE = 8.5
TEXT = dict(fontsize=SIZE, va="center_baseline")
TURNS = ("regime-change", "war")
UP, DOWN = 1, -1
LANES = {UP: ("Iraq", SIDES["baghdad"]), DOWN: ("Syria", SIDES["damascus"])}
COUNTRIES = {"IRQ": UP, "SYR": DOWN}
WHERE = {(UP,): "Iraq", (DOWN,): "Syria", (DOWN, UP): "both", (): "elsewhere"}


class Plan(NamedTuple):
    """Where all is drawn: stretches of the axis; event id -> lane, (date, label) and (pole, level, side)."""

    stretches: list
    lanes: dict
    words: dict
    flags: dict

    def levels(self, lane):
        """How many levels of labels a lane has."""
        return max((level for id, (_, level, _) in self.flags.items() if self.lanes[id] == lane), default=0)


def draw_timeline(view, title=None, most=16, since=None, history=False):
    """The view's events since `view.since`, or since another day, on a lane for Iraq and one for Syria: a `Figure`.

    At most `most` events carry a label: the most important first, of these wars and changes of rule, then those
    dated to the day, then the latest; the others are small marks. A day is a dot, a span a bar, a date known to
    the month, the year or about a pale open bar; marks for both countries are half and half. With `history` the
    events before that day stand on a stretch with a scale of its own and get half of the labels.
    `title` may use {count}, {labelled}, {keys} (numbers of events: all, labelled, of the highest importance),
    {first}, {last}, {key} (the earliest, the latest, the latest of the highest importance, as {key:label} and
    {key:date}), {since}, {as_of}. A `Prose` says so when no event was known.
    """
    start = view.since if since is None else parse_day(since)
    events = [event for event in view.events if event.date.first <= view.as_of and (history or event.date.last >= start)]
    if not events:
        return say("No event from {since} on was public by {as_of}.", since=start, as_of=view.as_of)
    with canvas(1) as (picture, axes):
        plan = _plan(events, start, view.as_of, most)
        _lay_sheet(picture, axes, plan)
        _draw_ribbon(axes, plan)
        _draw_bars(axes, events, plan)
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
    return (event.importance or 9, event.kind not in TURNS, _vague(event), -event.date.last.toordinal(), event.id)


def _ranked(events, start, most):
    """All events, those first that get a label: half of the labels are for events before `start`, where there are any."""
    ranked = sorted(events, key=_rank)
    old = [event for event in ranked if event.date.last < start]
    new = [event for event in ranked if event.date.last >= start]
    first = old[:max(most // 2, most - len(new))]
    return sorted(first + new[:most - len(first)], key=_rank) + old[len(first):] + new[most - len(first):]


def _plan(events, start, end, most):
    ranked = _ranked(events, start, most)
    lanes = _lanes(ranked)
    words = {event.id: (short_date(event.date, year=event.date.last < start), event.label) for event in ranked[:most]}
    for labelled in range(min(most, len(ranked)), 0, -1):
        chosen = ranked[:labelled]
        plans = [_arrange(chosen, lanes, words, _stretches(events, chosen, start, end, margin)) for margin in MARGINS]
        cost = {rank: _cost(plan, MARGINS[rank]) for rank, plan in enumerate(plans) if plan}
        if cost:
            return plans[min(cost, key=cost.get)]
    return Plan(_stretches(events, events, start, end, 0), lanes, words, {})


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


def _arrange(chosen, lanes, words, stretches):
    """A `Plan` with a flag for each chosen event, or None where that needs too many levels."""
    flags = {}
    for lane in LANES:
        row = sorted((sum(_ends(event, stretches)) / 2, event.date.first, event.id) for event in chosen if lanes[event.id] == lane)
        poles = [pole for pole, _, _ in row]
        hung = hang(poles, [4 + sum(_widths(*words[id])) for _, _, id in row], ROOM) if row else []
        if hung is None or max((level for level, _ in hung), default=0) > TALLEST:
            return None
        flags |= {id: (pole, *flag) for (pole, _, id), flag in zip(row, hung, strict=True)}
    return Plan(stretches, lanes, words, flags)


def _widths(when, label):
    """Width of the date with the space after it, and of the label."""
    return width(when, SIZE, "bold") + 5, width(label, SIZE)


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
        parts = cells(part.start, part.end, part.right - part.left)
        edges = [part.at(day.toordinal()) for day, _ in parts] + [part.right]
        for (_, words), left, right in zip(parts, edges, edges[1:], strict=False):
            axes.plot([left, left], [-RIBBON, RIBBON], color=RULE, lw=0.8)
            if width(words, SIZE) + 6 <= right - left:
                axes.text(left + 4, 0, words, color=MUTED, **TEXT)
        for lane, (_, color) in LANES.items():
            axes.plot([part.left, part.right], [lane * RIBBON] * 2, color=color, lw=1.2, solid_capstyle="butt")
    for part, after in zip(plan.stretches, plan.stretches[1:], strict=False):  # a span does not run through the break
        axes.add_patch(Rectangle((part.right, -DOTS), after.left - part.right, 2 * DOTS, color=PAPER, lw=0, zorder=3.5))
    for lane, (name, color) in LANES.items():
        axes.text(0, lane * DOTS - lane * 3, name, color=color, weight="bold", **TEXT)


def _colors(event):
    """Colours of the upper and the lower half of a mark: two where both countries are concerned."""
    sides = _sides(event) or (0,)
    upper, lower = (LANES[side][1] if side else MUTED for side in (sides[-1], sides[0]))
    return upper, lower


def _draw_bars(axes, events, plan):
    """Bars of the events that are not of one day; where several have the same span and colours, one."""
    for lane, ends, colors, vague in dict.fromkeys(
        (plan.lanes[event.id], _ends(event, plan.stretches), _colors(event), _vague(event))
        for event in events if not _one_day(event)
    ):
        middle, reach = sum(ends) / 2, max(ends[1] - ends[0], 7) / 2
        _draw_bar(axes, middle - reach, middle + reach, lane * BARS, colors, vague)


def _draw_mark(axes, event, plan):
    lane, flag = plan.lanes[event.id], plan.flags.get(event.id)
    if _one_day(event):
        x = sum(_ends(event, plan.stretches)) / 2
        _draw_dot(axes, x, lane * DOTS, _colors(event), 6.5 if flag else 4, order=4 if flag else 3)
    if flag:
        _draw_flag(axes, event, plan, DOTS + 3 if _one_day(event) else BARS + 2.5)


def _one_day(event):
    return event.date.first == event.date.last and not _vague(event)


def _vague(event):
    """Whether a span is as near as the source comes to the date, not the time that something took."""
    return event.precision != "day"


def _draw_dot(axes, x, y, colors, size, order=4):
    axes.plot([x], [y], "o", ms=size + 1.4, color=PAPER, mew=0, zorder=order)
    upper, lower = colors
    halves = dict(fillstyle="top", markerfacecoloralt=lower) if upper != lower else {}
    axes.plot([x], [y], "o", ms=size, markerfacecolor=upper, markeredgewidth=0, zorder=order, **halves)


def _draw_bar(axes, left, right, y, colors, vague):
    """A filled bar; a vague one is pale and open at both ends."""
    for color, edge in zip(colors, (y + 2, y - 2), strict=True):
        low, high = sorted((y, edge))
        tint = 0.15 if vague else 0.85
        axes.add_patch(Rectangle((left, low), right - left, high - low, color=color, alpha=tint, lw=0, zorder=3))
        if vague:
            axes.plot([left, right], [edge, edge], color=color, lw=0.9, zorder=3, solid_capstyle="butt")


def _draw_flag(axes, event, plan, begin):
    (pole, level, side), lane = plan.flags[event.id], plan.lanes[event.id]
    y = lane * (FIRST + LINE * (level - 1))
    axes.plot([pole, pole], [lane * begin, y + lane * 3.5], color="#a3abb5", lw=0.7, zorder=2, solid_capstyle="butt")
    when, label = plan.words[event.id]
    color = LANES[_sides(event)[0]][1] if len(_sides(event)) == 1 else INK
    before, after = _widths(when, label)
    start = pole + 4 if side > 0 else pole - 4 - before - after
    axes.text(start, y, when, color=color, weight="bold", **TEXT)
    axes.text(start + before, y, label, color=INK, **TEXT)


def _draw_key(axes, events, plan):
    """What the marks mean that the lanes do not say, in one line at the foot."""
    x, y = LEFT + 4, axes.get_ylim()[0] + 6
    where = {_where(event) for event in events}
    dots = [(name, colors) for name, colors in _KEY.items() if name in where]
    for name, colors in dots:
        _draw_dot(axes, x, y, colors, 6.5)
        x = _write_key(axes, x + 7, y, {"both": "both countries", "elsewhere": "elsewhere"}[name])
    if any(_vague(event) for event in events):
        _draw_bar(axes, x - 4, x + 12, y, (MUTED, MUTED), vague=True)
        x = _write_key(axes, x + 16, y, "known to the month, the year or about")
    if len(plan.flags) < len(events):
        _draw_dot(axes, x, y, (MUTED, MUTED), 4)
        _write_key(axes, x + 6, y, f"{len(events) - len(plan.flags)} more, not labelled")


_KEY = {"both": (LANES[UP][1], LANES[DOWN][1]), "elsewhere": (MUTED, MUTED)}


def _write_key(axes, x, y, words):
    axes.text(x, y, words, color=MUTED, fontsize=8, va="center_baseline")
    return x + width(words, 8) + 16


def _values(events, plan, start, end):
    best = min(_rank(event)[0] for event in events)
    keys = [event for event in events if _rank(event)[0] == best]
    return dict(
        count=len(events), labelled=len(plan.flags), first=events[0], last=events[-1],
        key=keys[-1], keys=len(keys), since=start, as_of=end,
    )


def _message(values):
    """The latest of the most important events, and of how many."""
    several = ["the latest of {keys} key events", "the one key event"][values["keys"] == 1]
    return "{key:label}, {key:date}: " + several


def _alt(events, plan, values):
    lanes = Counter(map(_where, events))
    broken = f" The axis changes scale on {spell_day(values['since'])}." if len(plan.stretches) > 1 else ""
    spread = ", ".join(f"{count} {name}" for name, count in lanes.most_common())
    (year, month), most = Counter((event.date.middle.year, event.date.middle.month) for event in events).most_common(1)[0]
    keys = "; ".join(f"{event.label}, {event.date}" for event in sorted(events, key=_rank)[:3])
    return (
        f"Timeline on two lanes, Iraq above and Syria below, from {events[0].date} to {events[-1].date}: "
        f"{len(events)} events ({spread}), {len(plan.flags)} of them labelled. "
        f"The fullest month is {date(year, month, 1):%B %Y} with {most}. The most important: {keys}. "
        f"Known by {spell_day(values['as_of'])}.{broken}"
    )
