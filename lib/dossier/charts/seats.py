"""Where each actor of a network sits: a column for its side, and a seat in it that is the same at every date."""

from collections import Counter
from itertools import chain

from ..data import cut_off, first_as_of

# From Tehran to Washington; each side has its own head, and ISIS stands at the foot of its column.
COLUMNS = (("iran",), ("baghdad", "sunni"), ("damascus",), ("sdf", "isis"), ("coalition", "region", "other"))
ROW, HEAD = 0.72, 0.38  # inches from actor to actor, and for the head of a side


def ends(tie):
    """The two actors of a tie."""
    return tie.source_actor, tie.target_actor


def chosen(ties, asked, most):
    """Ids of the actors with most ties, those asked for first."""
    counts = Counter(actor.id for tie in ties for actor in _ends(tie))
    ranked = sorted(counts, key=lambda id: (id not in asked, -counts[id], id))
    return set(ranked[: max(most, len(asked))]) | set(asked)


def between(ties, ids):
    return [tie for tie in ties if all(actor.id in ids for actor in _ends(tie))]


def seats(view, asked, most):
    """Actor id -> (column, inches from the top), the same at every date of this selection.

    Room is kept for whoever is among the chosen on any day up to the close of the evidence, so that nobody
    moves from date to date; nothing else of a later day is used here, and nothing of it is shown.
    """
    whole = view.at(cut_off(view.evidence.folder))
    begin = first_as_of(view.evidence.folder)
    cast, days = {id: whole.evidence.find("actors", id) for id in asked}, {id: {begin} for id in asked}
    for day in sorted({max(row.known_from, begin) for row in (*whole.ties, *whole.events)}):
        seen = {actor.id for event in whole.events if event.known_from <= day for actor in event.actors}
        known = [tie for tie in whole.ties if tie.known_from <= day and {actor.id for actor in _ends(tie)} & seen]
        for actor in chain.from_iterable(map(_ends, _between(known, _chosen(known, asked, most)))):
            cast[actor.id] = actor
            days.setdefault(actor.id, set()).add(day)
    return _stacked(cast, days, {frozenset(actor.id for actor in _ends(tie)) for tie in whole.ties})


def _stacked(cast, days, tied):
    """Each side in one stretch of its column; every other column stands half a row lower."""
    places = {}
    for column, sides in enumerate(COLUMNS):
        down = ROW / 2 * (column % 2)
        for side in sides:
            slots = _slots({id for id in cast if cast[id].side == side}, days, tied)
            down += HEAD * bool(slots)
            places |= {id: (column, down + ROW * (slot + 0.5)) for id, slot in slots.items()}
            down += ROW * (1 + max(slots.values(), default=-1))
    return places


def _slots(members, days, tied):
    """Id -> slot: those drawn on most days first, then whoever is tied to the last one; slots are few.

    Actors who are never drawn on the same day may share a slot: no holes are left for those gone or to come.
    """
    rest, slots, used = sorted(members, key=lambda id: (-len(days[id]), id)), {}, []
    while rest:
        tied_to_last = [id for id in rest if slots and {id, list(slots)[-1]} in tied]
        id = (tied_to_last or rest)[0]
        slots[id] = next((slot for slot, taken in enumerate(used) if not taken & days[id]), len(used))
        used[slots[id]:slots[id] + 1] = [days[id].union(*used[slots[id]:slots[id] + 1])]
        rest.remove(id)
    return slots


