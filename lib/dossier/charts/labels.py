"""Labels that keep clear of each other, of marks and of lines: measured with Agg, then placed."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

# The ways from a mark to its label, in the order in which a reader likes them.
WAYS = (
    *((1, 0), (-1, 0), (1, 0.5), (1, -0.5), (-1, 0.5), (-1, -0.5)),
    *((1, 1), (1, -1), (-1, 1), (-1, -1), (0, 1), (0, -1)),
)
TOUCHING = 1000


def halo(color, width=2.5):
    """A path effect that keeps text readable where something must pass behind it."""
    return [withStroke(linewidth=width, foreground=color)]


def spaced(text):
    """A name in letterspaced capitals: the quiet label of an area."""
    return "\u2009".join(text.upper())


def dense(points, step=3.0):
    """A line (pixels) with a point every `step` pixels, so that counting points measures what a label covers."""
    points = np.asarray(points, float)
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    wanted = np.append(np.arange(0, along[-1], step), along[-1])
    return np.column_stack([np.interp(wanted, along, points[:, axis]) for axis in (0, 1)])


def within(points, box):
    """Which points lie in a box, as an array of booleans."""
    (x0, y0), (x1, y1) = box.get_points()
    x, y = points.T
    return (x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)


def shared(boxes, other):
    """The area that each of some boxes shares with another."""
    return _shared(sides(boxes), other)


def sides(boxes):
    """The left, lower, right and upper ends of boxes, a row each."""
    return np.array([box.extents for box in boxes])


def _shared(sides, other):
    reach = np.minimum(sides[:, 2:], other.max) - np.maximum(sides[:, :2], other.min)
    return reach.clip(0).prod(axis=1)


def centred(size, at):
    """The box of this size around a point."""
    return Bbox.from_bounds(at[0] - size.width / 2, at[1] - size.height / 2, size.width, size.height)


class Clearing:
    """Free room in one picture, in pixels: labels never touch a `taken` box and keep off lines."""

    def __init__(self, picture, room):
        self.renderer = FigureCanvasAgg(picture).get_renderer()
        self.room, self.taken = room, []
        self._points, self._weights = np.empty((0, 2)), np.empty(0)

    def measure(self, artist, padding=1.0):
        """The box of an artist as Agg draws it."""
        return artist.get_window_extent(self.renderer).padded(padding)

    def keep_off(self, line, weight):
        """Let labels avoid a line (pixels): each 3 pixels covered cost `weight`."""
        points = dense(line)
        points = points[within(points, self.room)]
        self._points = np.concatenate([self._points, points])
        self._weights = np.append(self._weights, np.full(len(points), weight))

    def costs(self, boxes):
        """How bad a label in each box would be; from TOUCHING on it covers a label, a mark or the edge."""
        ends = sides(boxes)
        areas = (ends[:, 2:] - ends[:, :2]).prod(axis=1)
        touched = areas - _shared(ends, self.room) + sum(_shared(ends, other) for other in self.taken)
        return np.where(touched > 0.5, TOUCHING + touched, 0) + self._covered(ends)

    def _covered(self, ends):
        """The weight of the lines under each box: of points in order of x, only those between its sides are tried."""
        order = np.argsort(self._points[:, 0], kind="stable")
        (x, y), weights = self._points[order].T, self._weights[order]
        spans = zip(np.searchsorted(x, ends[:, 0]), np.searchsorted(x, ends[:, 2], "right"), ends, strict=True)
        return np.array([weights[i:j][(y[i:j] >= low) & (y[i:j] <= high)].sum() for i, j, (_, low, _, high) in spans])

    def lay(self, text, centres, limit, costs=0):
        """Centre an annotation on the best of some points (pixels), or remove it where all cost more than `limit`."""
        size = self.measure(text, 6)
        boxes = [centred(size, at) for at in centres]
        total = self.costs(boxes) + costs
        best = int(np.argmin(total))
        if total[best] > limit:
            return text.remove()
        text.xy = text.axes.transData.inverted().transform(centres[best])
        self.taken.append(boxes[best])

    def put(self, text, distances):
        """Move an annotation beside the mark at its `xy`, at the first of `distances` (pixels) that is free enough.

        Returns the line (pixels) from mark to label where the label had to go farther, else None.
        """
        size, mark = self.measure(text), text.axes.transData.transform(text.xy)
        spots = [_beside(mark, size, way, distance) for distance in distances for way in WAYS]
        near = len(WAYS)
        led = [0] * near + [self._leads(mark, box) for box in spots[near:]]
        best = int(np.argmin(self.costs(spots) + led + 0.15 * np.arange(len(spots))))
        text.set_multialignment({1: "left", 0: "center", -1: "right"}[WAYS[best % near][0]])
        text.set_position(((spots[best].min + spots[best].max) / 2 - mark) * 72 / text.get_figure().dpi)
        self.taken.append(spots[best])
        return leader(mark, spots[best]) if best >= near else None

    def _leads(self, mark, box):
        line = dense(leader(mark, box))[2:-1]
        return 7 + 20 * sum(np.count_nonzero(within(line, other)) for other in self.taken)


def leader(mark, box):
    """The line from a mark to the nearest point of a box."""
    return np.array([mark, np.clip(mark, box.min, box.max)])


def _beside(mark, size, way, distance):
    reach = distance / max(np.hypot(*way), 1)
    return centred(size, (mark[0] + way[0] * (reach + size.width / 2), mark[1] + way[1] * (reach + size.height / 2)))
