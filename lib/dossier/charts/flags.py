"""Labels as flags on poles: each as low as it can hang without a pole through it or a label over it."""

from bisect import bisect_left, bisect_right
from functools import cache

from matplotlib.font_manager import FontProperties

from ..figure import look
from ..words import extent

GAP = 9  # points between two flags on one level


@cache
def width(words, size, weight="regular"):
    """How wide a text is in the shared look, in points; without hinting, which rounds letters to whole pixels."""
    with look():  # a font is found by the settings of the moment, and what is found is kept
        return extent(words, FontProperties(weight=weight, size=size))[0] * 1.01


def hang(poles, widths, room):
    """(level, side) of a flag on each pole, or None where they cannot all hang between 0 and `room`.

    `poles` are points in rising order; levels count from 1; side is 1 (flies to the right) or -1.
    The first poles fly to the right and the rest to the left, whichever number gives the fewest levels.
    """
    tries = [_hang(poles, widths, [1] * turn + [-1] * (len(poles) - turn), room) for turn in range(len(poles), -1, -1)]
    return min(filter(None, tries), key=lambda flags: max(level for level, _ in flags), default=None)


def _hang(poles, widths, sides, room):
    flags = range(len(poles))
    spans = [sorted((poles[i], poles[i] + sides[i] * (widths[i] + GAP))) for i in flags]
    if any(low < -GAP or high > room + GAP for low, high in spans):
        return None
    # One flag must hang above another whose pole stands in its span, or the pole would cut it.
    above = {i: _cut(i, poles, spans[i], sides[i]) for i in flags}
    levels, waiting = {}, set(flags)
    while waiting:
        free = sorted(i for i in waiting if not above[i] & waiting)
        if not free:
            return None
        for i in free:
            levels[i] = _lowest(i, levels, above[i], spans)
        waiting.difference_update(free)
    return [(levels[i], sides[i]) for i in flags]


def _cut(flag, poles, span, side):
    """The flags whose poles stand in the span of one; of two on one spot the one that comes first hangs higher."""
    standing = range(bisect_left(poles, span[0]), bisect_right(poles, span[1]))
    return {other for other in standing if side * (other - flag) > 0}


def _lowest(flag, levels, below, spans):
    level = 1 + max((levels[other] for other in below), default=0)
    while any(levels[j] == level and _overlap(spans[flag], spans[j]) for j in levels):
        level += 1
    return level


def _overlap(span, other):
    return span[0] < other[1] and other[0] < span[1]


def spread(centres, heights, low, high):
    """The centres of labels moved up or down until none covers another, within `low` and `high` where they fit."""
    order = sorted(range(len(centres)), key=lambda i: centres[i])
    moved, edge = {}, low
    for i in order:
        moved[i] = max(centres[i], edge + heights[i] / 2)
        edge = moved[i] + heights[i] / 2
    edge = high
    for i in reversed(order):
        moved[i] = min(moved[i], edge - heights[i] / 2)
        edge = moved[i] - heights[i] / 2
    return [moved[i] for i in range(len(centres))]
