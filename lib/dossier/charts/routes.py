"""Ways between plates that stand in columns: through the gaps, never under a plate."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

LANE = 0.075  # inches between two lines side by side
CLEAR = 0.07  # inches between a line and a plate


class Plate(NamedTuple):
    """A box in inches, y growing downwards, in a column (counted from the left)."""

    column: int
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self):
        """Half way down."""
        return (self.top + self.bottom) / 2


def routes(pairs, plates, blocks=()):
    """One way (array of points) per pair of keys of `plates`; `blocks` are plates that no tie ends at.

    The same pair may come twice: its ways then run side by side.
    """
    pairs = [sorted(pair, key=lambda key: (plates[key].column, plates[key].middle)) for pair in pairs]
    lanes, taken = {}, {}
    for i in sorted(range(len(pairs)), key=lambda i: (*_length(pairs[i], plates), i)):
        lanes[i] = _lanes(*(plates[key] for key in pairs[i]), [*plates.values(), *blocks], taken)
    shifts = _ports(pairs, plates, lanes)
    return [_way(*(plates[key] for key in pair), lanes[i], shifts[i], plates.values()) for i, pair in enumerate(pairs)]


def _length(pair, plates):
    first, last = (plates[key] for key in pair)
    return last.column - first.column, abs(last.middle - first.middle)


def _lanes(first, last, plates, taken):
    """Where a line crosses the columns between two plates: two points (either edge) for each column."""
    points = []
    top, bottom = min(plate.top for plate in plates), max(plate.bottom for plate in plates) + 4 * LANE
    for column in range(first.column + 1, last.column):
        stack = [plate for plate in plates if plate.column == column]
        if stack:
            start = points[-1][1] if points else first.middle
            straight = start + (last.middle - start) / (last.column - column + 1)
            y = _free(stack, straight, np.arange(top, bottom, LANE / 3), taken.setdefault(column, []))
            points += [(min(plate.left for plate in stack), y), (max(plate.right for plate in stack), y)]
    return points


def _free(stack, wanted, heights, taken):
    """The height nearest to the one wanted that is free of plates and of other lines."""
    free = [
        y
        for y in heights
        if not any(plate.top - CLEAR < y < plate.bottom + CLEAR for plate in stack)
        and all(abs(y - other) > LANE * 0.9 for other in taken)
    ]
    taken.append(min(free, key=lambda y: (abs(y - wanted), y), default=wanted))
    return taken[-1]


def _ports(pairs, plates, lanes):
    """Per pair the shift of either end from the middle of its side: lines leave a plate fanned out, uncrossed."""
    ends = {}
    for i, pair in enumerate(pairs):
        for end, key in enumerate(pair):
            other = plates[pair[1 - end]]
            side = np.sign(other.column - plates[key].column)
            toward = lanes[i][-end][1] if lanes[i] else other.middle
            ends.setdefault((key, side), []).append((toward, other.middle, i, end))
    shifts = {}
    for (key, _), lines in ends.items():
        room = (plates[key].bottom - plates[key].top) * 0.8 / len(lines)
        for rank, (*_, i, end) in enumerate(sorted(lines)):
            shifts[i, end] = (rank - (len(lines) - 1) / 2) * min(LANE, room)
    return [(shifts[i, 0], shifts[i, 1]) for i in range(len(pairs))]


def _way(first, last, lanes, shifts, plates):
    if first.column == last.column:
        return _within_column(first, last, shifts, plates)
    start, end = first.middle + shifts[0], last.middle + shifts[1]
    # Level as far as the edge of the column, so that no line cuts the corner of a wider plate above or below.
    leave = max(plate.right for plate in plates if plate.column == first.column)
    reach = min(plate.left for plate in plates if plate.column == last.column)
    return _smooth([(first.right, start), (leave, start), *lanes, (reach, end), (last.left, end)])


def _within_column(first, last, shifts, plates):
    """A straight line to the next plate below, else an arc beside the column."""
    between = [plate for plate in plates if plate.column == first.column and first.middle < plate.middle < last.middle]
    if not between:
        x = (first.left + first.right) / 2 + shifts[0]
        return np.array([(x, first.bottom), (x, last.top)])
    reach = max(plate.right for plate in (first, last, *between)) + 0.12 + 0.05 * len(between)
    start, end = (first.right, first.middle + shifts[0]), (last.right, last.middle + shifts[1])
    along = np.linspace(0, 1, 40)[:, None]
    bulge = 2 * reach - (start[0] + end[0]) / 2
    corners = [np.array(point) for point in (start, (bulge, start[1]), (bulge, end[1]), end)]
    weights = [(1 - along) ** 3, 3 * along * (1 - along) ** 2, 3 * along**2 * (1 - along), along**3]
    return sum(weight * corner for weight, corner in zip(weights, corners, strict=True))


def _smooth(points):
    """A line through the points that leaves and reaches each of them level."""
    along = np.linspace(0, 1, 25)
    ease = along**2 * (3 - 2 * along)
    parts = [
        np.column_stack([x0 + (x1 - x0) * along, y0 + (y1 - y0) * ease]) for (x0, y0), (x1, y1) in pairwise(points)
    ]
    return np.concatenate(parts)
