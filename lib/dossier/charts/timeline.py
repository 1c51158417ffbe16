"""The timeline: what happened in Iraq and in Syria, on two lanes that face each other."""

from collections import Counter
from datetime import date
from functools import partial

from ..dates import parse_day, spell_day
from ..figure import Figure, look
from ..prose import fill, say
from .axis import Stretch, short_date
from .flags import hang
from .lanes import (
    COUNTRIES,
    DOWN,
    LANES,
    LEFT,
    LINE,
    ROOM,
    UP,
    Plan,
    countries,
    draw_lanes,
    extent,
    label_widths,
    vague,
    whereabouts,
)
from .style import source_cell, source_line, sources_of

BREAK = 12  # points between the stretches of two scales
TALLEST = 11  # levels of labels on one lane
MARGINS = [ROOM * share / 10 for share in range(5)]  # room tried to the right of the last day
TURNS = ("regime-change", "war")
SLOTS = 8  # labels go round so many parts of the time, one to each in turn


def draw_timeline(view, title=None, most=16, since=None, history=False):
    """The view's events since `view.since`, or since another day, on a lane for Iraq and one for Syria: a `Figure`.

    At most `most` events carry a label: the latest of the most important and the latest of all, which titles name; then
    the most important, of these wars and changes of rule, then one in turn from each eighth of the time, there those
    dated to the day, then the latest; the others are small marks. A label has its year where the time is a year or more.
    A day is a dot, a span a bar, a date known to the month, the year or about a pale open bar; marks for both countries
    are half and half. With `history` the events before that day stand on a stretch with a scale of its own and get half
    of the labels.
    `title` may use {count}, {labelled}, {keys} (numbers of events: all, labelled, of the highest importance),
    {first}, {last}, {key} (the earliest, the latest, the latest of the highest importance, as {key:label} and
    {key:date}), {since}, {as_of}. A `Prose` says so when no event was known.
    """
    start = view.since if since is None else parse_day(since)
    begun = [event for event in view.events if event.date.first <= view.as_of]
    events = [event for event in begun if history or event.date.last >= start]
    if not events:
        span = "" if history else " from {since} on"
        return say(f"No event of this focus{span} was public by {{as_of}}.", since=start, as_of=view.as_of)
    plan = _plan(events, start, view.as_of, most)
    values = _values(events, plan, start, view.as_of)
    message = fill(title or _message(values), **values)
    columns = ("date", "event", "where", "importance", "labelled", "sources")
    rows = tuple(_row(event, plan) for event in events)
    alt, source = _alt(events, plan, values), source_line(events)
    picture, name = partial(draw_lanes, events, plan), _name(view, since, history)
    return Figure(picture, name, message, alt, source, columns, rows, sources_of(events))


def _name(view, since, history):
    """The focus, then what else sets a timeline apart from another one of the same notebook."""
    return "-".join(["timeline", view.focus.id, *["history"] * history, *([f"since-{since}"] if since else [])])


def _row(event, plan):
    labelled = "yes" if event.id in plan.flags else "no"
    return (str(event.date), event.label, whereabouts(event), event.importance, labelled, source_cell(event))


def _rank(event):
    """Sorts events by what should carry a label first."""
    return (event.importance or 9, event.kind not in TURNS, vague(event), -event.date.last.toordinal(), event.id)


def _ranked(events, start, end, most):
    """All events, those first that get a label: up to half of the labels are for events before `start`."""
    first = min(event.date.first for event in events)
    before = _turns([event for event in events if event.date.last < start], first, start)
    since = _turns([event for event in events if event.date.last >= start], start, end)
    old, new, turns = sorted(before, key=before.get), sorted(since, key=since.get), before | since
    held = max(most // 2, most - len(new))
    rest = most - len(old[:held])
    return sorted(old[:held] + new[:rest], key=turns.get) + old[held:] + new[rest:]


def _turns(events, start, end):
    """Event -> key by which it gets a label: weeks with much news leave labels to the rest of the time from `start` on."""
    wide = (end - start).days / SLOTS + 1
    seen, turns = Counter(), {}
    for event in sorted(events, key=_rank):
        importance, turn, *others = _rank(event)
        slot = importance, max((event.date.middle - start).days, 0) // wide
        turns[event] = (importance, turn, seen[slot], *others)
        seen[slot] += 1
    return turns


@look()  # once for all labels that are measured
def _plan(events, start, end, most):
    ranked = list(dict.fromkeys([_keys(events)[-1], events[-1], *_ranked(events, start, end, most)]))
    lanes = _lanes(ranked)
    long = (end - start).days >= 365  # a day and a month can then be those of two years
    words = {
        event.id: (short_date(event.date, year=long or event.date.last < start), event.label) for event in ranked[:most]
    }
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
        own = countries(event)
        lanes[event.id] = own[0] if len(own) == 1 else home or (UP if sum(lanes.values()) <= 0 else DOWN)
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
    eve = date.fromordinal(start.toordinal() - 1)
    return [Stretch(begin, eve, LEFT, turn - BREAK), Stretch(start, end, turn, right)]


def _pole(event, stretches):
    return sum(extent(event, stretches)) / 2


def _arrange(chosen, lanes, words, stretches):
    """A `Plan` with a flag for each chosen event, or None where that needs too many levels."""
    flags = {}
    for lane in LANES:
        here = [event for event in chosen if lanes[event.id] == lane]
        row = sorted((_pole(event, stretches), event.date.first, event.id) for event in here)
        poles, ids = [pole for pole, _, _ in row], [id for _, _, id in row]
        hung = hang(poles, [4 + sum(label_widths(*words[id])) for id in ids], ROOM) if row else []
        if hung is None or max((level for level, _ in hung), default=0) > TALLEST:
            return None
        flags |= {id: (pole, *flag) for id, pole, flag in zip(ids, poles, hung, strict=True)}
    return Plan(stretches, lanes, words, flags)


def _keys(events):
    """The events of the highest importance that there is."""
    best = min(_rank(event)[0] for event in events)
    return [event for event in events if _rank(event)[0] == best]


def _values(events, plan, start, end):
    keys = _keys(events)
    return dict(
        count=len(events),
        labelled=len(plan.flags),
        first=events[0],
        last=events[-1],
        key=keys[-1],
        keys=len(keys),
        since=start,
        as_of=end,
    )


def _message(values):
    """The latest of the most important events, and of how many."""
    several = ["the latest of {keys} key events", "the one key event"][values["keys"] == 1]
    return "{key:label}, {key:date}: " + several


def _alt(events, plan, values):
    lanes = Counter(map(whereabouts, events))
    broken = f" The axis changes scale on {spell_day(values['since'])}." if len(plan.stretches) > 1 else ""
    spread = ", ".join(f"{count} {name}" for name, count in lanes.most_common())
    month, most = Counter(f"{event.date.middle:%B %Y}" for event in events).most_common(1)[0]
    keys = "; ".join(f"{event.label}, {event.date}" for event in sorted(events, key=_rank)[:3])
    return (
        f"Timeline on two lanes, Iraq above and Syria below, from {events[0].date} to {events[-1].date}: "
        f"{len(events)} events ({spread}), {len(plan.flags)} of them labelled. "
        f"The fullest month is {month} with {most}. The most important: {keys}. "
        f"Known by {spell_day(values['as_of'])}.{broken}"
    )
