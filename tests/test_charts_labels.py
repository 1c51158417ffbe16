"""Labels find free room."""

import numpy as np
from dossier.charts.labels import TOUCHING, Clearing, dense, leader, shared, within
from dossier.charts.style import canvas
from matplotlib.transforms import Bbox


def clearing_of(axes):
    """Free room in the picture of some axes that fill it."""
    axes.set(position=(0, 0, 1, 1), xlim=(0, 10), ylim=(0, 10))
    return Clearing(axes.figure, axes.figure.bbox)


def name_at(axes, spot):
    """A label on its mark, not yet moved."""
    return axes.annotate("A name", spot, (0, 0), textcoords="offset points", ha="center", va="center")


def test_dense_lines_have_points_at_every_step():
    """A long line gets points in between and keeps both ends."""
    points = dense([(0, 0), (9, 0)], step=3)
    assert points.tolist() == [[0, 0], [3, 0], [6, 0], [9, 0]]


def test_shared_area_and_points_within():
    """Boxes that overlap share an area; points are inside or not."""
    box = Bbox([(0, 0), (2, 2)])
    assert shared([Bbox([(1, 1), (4, 4)]), Bbox([(3, 3), (4, 4)])], box).tolist() == [1, 0]
    assert within(np.array([(1, 1), (3, 1)]), box).tolist() == [True, False]


def test_a_label_avoids_what_is_taken():
    """The first place beside a mark is left when something stands there."""
    with canvas(3) as (_, axes):
        clearing = clearing_of(axes)
        free = name_at(axes, (5, 5))
        clearing.put(free, (6,))
        assert free.get_position()[0] > 0
        other = name_at(axes, (5, 5))
        clearing.put(other, (6,))
        assert other.get_position()[0] < 0
        assert shared(clearing.taken[:1], clearing.taken[1]) == 0


def test_a_label_keeps_off_a_line():
    """A line to the right of a mark sends its label to the left."""
    with canvas(3) as (_, axes):
        clearing = clearing_of(axes)
        clearing.keep_off(axes.transData.transform([(5.3, 0), (5.3, 10)]), 3.0)
        text = name_at(axes, (5, 5))
        clearing.put(text, (6,))
        assert text.get_position()[0] < 0


def test_a_label_stays_in_the_room():
    """Leaving the picture costs as much as covering a mark."""
    with canvas(3) as (_, axes):
        clearing = clearing_of(axes)
        outside, inside = clearing.costs([Bbox([(-5, 5), (20, 15)]), Bbox([(5, 5), (20, 15)])])
        assert outside >= TOUCHING and inside == 0


def test_a_name_without_room_is_removed():
    """A quiet name goes where all its places cost too much."""
    with canvas(3) as (_, axes):
        clearing = clearing_of(axes)
        clearing.taken.append(axes.bbox)
        clearing.lay(name_at(axes, (5, 5)), [(100, 100)], limit=10)
        assert axes.texts[:] == []


def test_a_leader_ends_at_the_label():
    """The line from a mark ends on the nearest edge of the box."""
    assert leader((0, 5), Bbox([(10, 0), (20, 10)])).tolist() == [[0, 5], [10, 5]]
