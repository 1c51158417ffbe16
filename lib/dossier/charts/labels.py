"""Labels that keep clear of each other, of marks and of lines: measured with Agg, then placed."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

# Eight ways from a mark, the quiet ones first; the halves lie between them.
WAYS = [(1, 0), (-1, 0), (1, 0.5), (1, -0.5), (-1, 0.5), (-1, -0.5), (1, 1), (1, -1), (-1, 1), (-1, -1), (0, 1), (0, -1)]
TOUCHING = 1000


def halo(color, width=2.5):
    """A path effect that keeps text readable where something must pass behind it."""
    return [withStroke(linewidth=width, foreground=color)]


def spaced(text):
    """A name in letterspaced capitals: the quiet label of an area."""
    return "\u2009".join(text.upper())


def dense(points, step=3.0):
    """A line in pixels with a point every `step` pixels, so that counting points measures what a label covers."""
    points = np.asarray(points, float)
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0], np.cumsum(steps)])
    wanted = np.arange(0, along[-1] + step, step)
    return np.column_stack([np.interp(wanted, along, points[:, axis]) for axis in (0, 1)])


def within(points, box):
    """How many points (pixels) lie in a box."""
    return int(np.count_nonzero(np.all((points >= box.min) & (points <= box.max), axis=1)))


def shared(box, other):
    """The area in square pixels that two boxes share."""
    width = min(box.x1, other.x1) - max(box.x0, other.x0)
    height = min(box.y1, other.y1) - max(box.y0, other.y0)
    return max(width, 0) * max(height, 0)


class Clearing:
    """What a label of one picture must not touch (`taken` boxes) and should keep off (lines), in pixels."""

    def __init__(self, picture, room):
        self.renderer = FigureCanvasAgg(picture).get_renderer()
        self.room = room
        self.taken = []
        self._lines = []

    def measure(self, artist, padding=1.0):
        """The box of an artist as Agg draws it."""
        return artist.get_window_extent(self.renderer).padded(padding)

    def keep_off(self, points, weight):
        """Let labels avoid a line (pixels), the more the higher its weight."""
        self._lines.append((dense(points), weight))

    def cost(self, box):
        """How bad a label in this box would be; from TOUCHING on it covers a label, a mark or the edge."""
        outside = box.width * box.height - shared(box, self.room)
        touched = outside + sum(shared(box, other) for other in self.taken)
        return (TOUCHING + touched if touched > 0.5 else 0) + sum(within(line, box) * weight for line, weight in self._lines)

    def put(self, text, distances):
        """Move an annotation from its anchor to the best free spot and take the spot.

        The anchor is the annotation's `xy`; returns the pixels from mark to label where that is far, else None.
        """
        size = self.measure(text)
        anchor = text.axes.transData.transform(text.xy)
        spots = [_spot(anchor, size, way, distance) for distance in distances for way in WAYS]
        costs = [self._spot_cost(anchor, box, rank) for rank, box in enumerate(spots)]
        best = int(np.argmin(costs))
        self._settle(text, anchor, spots[best], WAYS[best % len(WAYS)][0])
        return self._leader(anchor, spots[best]) if best >= len(WAYS) else None

    def _spot_cost(self, anchor, box, rank):
        leader = dense(self._leader(anchor, box))[3:-1]
        crossed = sum(within(leader, other) for other in self.taken) if rank >= len(WAYS) else 0
        return self.cost(box) + 20 * crossed + 0.15 * rank + (4 if rank >= len(WAYS) else 0)

    @staticmethod
    def _leader(anchor, box):
        return [tuple(anchor), tuple(np.clip(anchor, box.min, box.max))]

    def _settle(self, text, anchor, box, side):
        text.set_multialignment({1: "left", 0: "center", -1: "right"}[side])
        text.set_position(((box.min + box.max) / 2 - anchor) * 72 / text.figure.dpi)
        self.taken.append(box)


def _spot(anchor, size, way, distance):
    """The box of a label that stands `distance` pixels from its mark in one of the WAYS."""
    reach = distance / max(np.hypot(*way), 1)
    shift = [way[0] * (reach + size.width / 2), way[1] * (reach + size.height / 2)]
    return Bbox.from_bounds(*(anchor + shift - [size.width / 2, size.height / 2]), size.width, size.height)
