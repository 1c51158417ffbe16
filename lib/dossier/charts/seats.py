"""Where each actor of a network sits: a column for its side, and a seat in it that is the same at every date."""

from collections import Counter, defaultdict
from itertools import chain

# From Tehran to Washington; each side has its own head, and ISIS stands at the foot of its column.
COLUMNS = (("iran",), ("baghdad", "sunni"), ("damascus",), ("sdf", "isis"), ("coalition", "region", "other"))
ROW, HEAD = 0.72, 0.38  # inches from actor to actor, and for the head of a side


def ends(tie):
    """The two actors of a tie."""
    return tie.source_actor, tie.target_actor


def drawn_ties(view, asked, most):
    """The ties among the actors with most ties in the view, those asked for (ids) always among them."""
    chosen = _chosen([tuple(actor.id for actor in ends(tie)) for tie in view.ties], asked, most)
    return [tie for tie in view.ties if all(actor.id in chosen for actor in ends(tie))]


def _chosen(pairs, asked, most):
    counts = Counter(chain.from_iterable(pairs))
    ranked = sorted(counts, key=lambda id: (id not in asked, -counts[id], id))
    return {*ranked[: max(most, len(asked))], *asked}


def seats(view, asked, most):
    """Actor id -> (column, inches from the top), the same at every date of this selection.

    A seat is kept for whoever would be drawn on any day up to the close of the evidence, so that nobody moves
    from date to date; nothing else of a later day is used here, and nothing of it is shown.
    """
    sides, days, tied = {id: view.evidence.find("actors", id).side for id in asked}, defaultdict(set), set()
    for same, found in view.ends_by_day:
        chosen = _chosen([(one, other) for (one, _), (other, _) in found], asked, most)
        drawn = [pair for pair in found if all(id in chosen for id, _ in pair)]
        sides |= dict(chain.from_iterable(drawn))
        tied |= {frozenset((one, other)) for (one, _), (other, _) in drawn}
        for id in {*asked, *dict(chain.from_iterable(drawn))}:
            days[id].update(same)
    return _stacked(sides, days, tied)


def _stacked(sides, days, tied):
    """Each side in one stretch of its column; every other column stands half a row lower."""
    places = {}
    for column, heads in enumerate(COLUMNS):
        down = ROW / 2 * (column % 2)
        for side in heads:
            slots = _slots({id for id in sides if sides[id] == side}, days, tied)
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
        used[slots[id] : slots[id] + 1] = [days[id].union(*used[slots[id] : slots[id] + 1])]
        rest.remove(id)
    return slots
