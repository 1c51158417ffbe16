"""The map: where the events of a view happened, on a quiet base of borders and rivers."""

from collections import Counter
from functools import partial
from math import cos, radians
from textwrap import fill as wrap

import numpy as np
from matplotlib.transforms import Bbox

from ..errors import unknown
from ..figure import WIDTH, Figure
from ..prose import fill, listing, say
from .basemap import (
    FAINT,
    LAND,
    NOTE,
    SEA,
    SHADE,
    clipped,
    draw_base,
    draw_scale,
    extent,
    governorate,
    label,
    name_area,
    name_countries,
    name_rivers,
    read_base,
    whole,
)
from .labels import Clearing
from .style import ACCENT, INK, MUTED, RAISED, canvas, source_cell, source_line, sources_of

# Kind of place -> marker, its size, colour, weight of the name, plural for the key.
MARKS = {
    "crossing": ("s", 7, ACCENT, "bold", "squares are crossings"),
    "camp": ("^", 8, RAISED, "bold", "triangles are camps"),
    "base": ("D", 6, INK, "bold", "diamonds are bases"),
    "city": ("o", 5, INK, "normal", "dots are cities and towns"),
    "town": ("o", 5, INK, "normal", "dots are cities and towns"),
}
AREAS = ("governorate", "region", "border")
REACHES = (7, 20, 34, 50)  # pixels from a mark to its name, the near ones first
LEAST = (6.4, 4.2)  # degrees of longitude and latitude that a frame shows at least
TALLEST, LOWEST = 5.4, 3.6  # inches


def draw_map(view, title=None, places=(), most=9):
    """The places at which most of the view's events are placed, and `places` (ids), on a map: a `Figure`.

    An event counts at the one place that it has, not where it names others.
    `title` may use {top} (the place or places with most events), {count} (events there), {events} (all events
    with a place on the map) and {places} (number drawn). Where no place is known: a `Prose` that says so.
    """
    base = read_base(view.evidence.folder)
    named = _named(view, base, places)
    drawn = dict(list(named.items())[: max(most, len(places))])
    if not drawn:
        return say("No place of these events that this map could show was public by {day}.", day=view.as_of)
    events = [event for event in view.events if event.place in drawn]
    extra = " ".join(filter(None, [_key(drawn), _left_out(view, drawn), NOTE]))
    source = source_line(events or drawn, extra)
    rows = tuple(_table_row(place, _spot(place, base), events) for place in drawn)
    columns = ("place", "Arabic name", "kind", "longitude", "latitude", "events placed there", "sources")
    message, sources = _message(named, drawn, title), sources_of(events or drawn)
    picture = partial(_picture, view.evidence.folder, tuple(drawn))
    return Figure(picture, "map", message, _alt(view, drawn), source, columns, rows, sources)


def _table_row(place, spot, events):
    """The sources are those of the events there; of a place without any, its own."""
    here = [event for event in events if event.place == place]
    return (place.name, place.name_ar, place.kind, *spot, len(here), source_cell(*(here or [place])))


def _named(view, base, asked):
    """Place row -> number of the view's events there: those asked for, then those with most."""
    counts = Counter(event.place for event in view.events if event.place)
    for id in asked:
        place = view.evidence.find("places", id)
        if place is None:
            raise unknown("place", id, [row.id for row in view.evidence.places])
        counts[place] += 0
    order = sorted(counts, key=lambda row: (row.id not in asked, -counts[row], row.id))
    return {row: counts[row] for row in order if _spot(row, base)}


def _spot(place, base):
    """Where a place stands (longitude, latitude), or None when this map has no room for it."""
    if place.kind not in MARKS and place.kind not in AREAS:
        return None
    spot = (place.lon, place.lat) if place.lat is not None else None
    if outlines := _shape(place, base):
        spot = tuple(map(float, (extent(outlines).min + extent(outlines).max) / 2))
    return spot if spot and whole(base).contains(*spot) else None


def _shape(place, base):
    return governorate(base, place.governorate or place.name) if place.kind == "governorate" else []


def _frame(base, places):
    """The degrees shown (places, a margin, the shape of a page, never past the base) and how narrow a degree is."""
    box = extent([np.array([_spot(place, base) for place in places])])
    middle, size = (box.min + box.max) / 2, np.maximum((box.max - box.min) * 1.3, LEAST)
    narrow = cos(radians(middle[1]))
    size[0] = max(size[0], size[1] * WIDTH / TALLEST / narrow)
    size[1] = max(size[1], size[0] * LOWEST / WIDTH * narrow)
    size = np.minimum(size, whole(base).size)
    low = np.clip(middle - size / 2, whole(base).min, whole(base).max - size)
    return Bbox([low, low + size]), narrow


def _picture(folder, places):
    base = read_base(folder)
    frame, narrow = _frame(base, places)
    with canvas(WIDTH * frame.height / (frame.width * narrow)) as (picture, axes):
        axes.set(position=(0, 0, 1, 1), xlim=frame.intervalx, ylim=frame.intervaly, facecolor=SEA, xticks=(), yticks=())
        axes.spines[:].set_visible(False)
        clearing = Clearing(picture, picture.bbox.padded(-4))
        ground = clipped(base, frame)
        draw_base(axes, ground, clearing, [outline for place in places for outline in _shape(place, base)])
        _draw_places(axes, base, clearing, places)
        name_countries(axes, ground, clearing)
        name_rivers(axes, ground, clearing)
        draw_scale(axes, clearing)
    return picture


def _draw_places(axes, base, clearing, places):
    """Marks before names, so that every name keeps off every mark."""
    for place in places:
        if place.kind in MARKS:
            marker, size, color, *_ = MARKS[place.kind]
            look = dict(color=color, markersize=size, markeredgecolor=LAND, markeredgewidth=0.8)
            (mark,) = axes.plot(*_spot(place, base), marker, gid=f"mark-{place.id}", **look)
            clearing.taken.append(clearing.measure(mark))
    for place in places:
        if outlines := _shape(place, base):
            name_area(axes, outlines, _name(axes, place, SHADE), clearing)
            continue
        text, marked = _name(axes, place, LAND, _spot(place, base)), place.kind in MARKS
        leader = clearing.put(text, REACHES if marked else (-40, -20, 5, 20))
        if leader is not None and marked:
            axes.plot(*axes.transData.inverted().transform(leader).T, color=MUTED, linewidth=0.6, zorder=1.9)
            clearing.keep_off(leader, 20)


def _name(axes, place, ground, spot=(0, 0)):
    """The name with the Arabic one under it; in italics where it is an area and has no mark."""
    *_, color, weight, _ = MARKS.get(place.kind, (FAINT, "normal", ""))
    name, style = (place.name, "normal") if place.kind in MARKS else (wrap(place.name, 14), "italic")
    look = dict(color=color, weight=weight, style=style, linespacing=1.15)
    return label(axes, f"{name}\n{place.name_ar}".strip(), ground, spot, gid=f"name-{place.id}", **look)


def _key(drawn):
    shapes = [words for kind, (*_, words) in MARKS.items() if any(place.kind == kind for place in drawn)]
    areas = ["names in italics are areas"] if any(place.kind in AREAS for place in drawn) else []
    return f"{listing(dict.fromkeys([*shapes, *areas])).capitalize()}."


def _left_out(view, drawn):
    """The places of the events that the map does not show, so that nobody takes it for the whole record."""
    named = {event.place for event in view.events if event.place and event.place.kind != "country"}
    rest = {place.name for place in named - set(drawn)}
    shown = sorted(rest) if len(rest) < 6 else [*sorted(rest)[:4], f"{len(rest) - 4} more"]
    return f"Not on the map: {listing(shown)}." if rest else ""


def _message(named, drawn, title):
    most = max(named.values())
    top = [row.name for row in named if named[row] == most]
    values = dict(top=listing(top), count=most, events=sum(named.values()), places=len(drawn))
    return fill(title or _finding(named, top, most), **values)


def _finding(named, top, most):
    """The template that fits what the record says of its places: true of any day."""
    if len(named) == 1:
        return "The events on record that can be put on a map are all at {top}"
    if most < 2 or len(top) > 2:
        return "{places} places of these events are on record, none far ahead of the others"
    return "{top}: most events are placed there, {count} of {events}" + (" each" if len(top) > 1 else "")


def _alt(view, drawn):
    kinds = Counter(place.kind for place in drawn)
    plural = {kind: "cities" if kind == "city" else f"{kind}s" for kind in kinds}
    counted = listing(f"{count} {kind if count == 1 else plural[kind]}" for kind, count in kinds.items())
    named = listing(f"{place.name} ({count})" for place, count in list(drawn.items())[:6])
    return fill(
        "Map of parts of Iraq, Syria and their neighbours with {n}: {kinds}. "
        "Number of events known by {day} that are placed there, not counting those that only name it: {named}.",
        n="one place" if len(drawn) == 1 else f"{len(drawn)} places",
        day=view.as_of,
        kinds=counted,
        named=named,
    )
