"""Ways between plates."""

import numpy as np
from dossier.charts.routes import Plate, routes


def plate(column, row, width=1.0):
    """A plate in a grid of columns two inches apart."""
    middle = 2 * column + 0.5
    return Plate(column, middle - width / 2, middle + width / 2, row, row + 0.4)


def under(way, plate):
    """Whether a way runs under a plate."""
    x, y = way.T
    return bool(np.any((x > plate.left) & (x < plate.right) & (y > plate.top) & (y < plate.bottom)))


def test_a_way_goes_from_edge_to_edge():
    """A tie leaves the right side of one plate and reaches the left side of the other."""
    (way,) = routes([("b", "a")], {"a": plate(0, 0), "b": plate(1, 1)})
    assert way[0].tolist() == [1.0, 0.2]
    assert np.allclose(way[-1], [2.0, 1.2])


def test_a_way_goes_round_the_plates_between():
    """A plate in the middle column is passed above or below."""
    plates = {"a": plate(0, 1), "middle": plate(1, 1), "b": plate(2, 1)}
    (way,) = routes([("a", "b")], plates)
    assert not under(way, plates["middle"])


def test_a_way_goes_round_a_head():
    """A block at which no tie ends is passed like a plate."""
    head = plate(1, 1)
    (way,) = routes([("a", "b")], {"a": plate(0, 1), "b": plate(2, 1)}, [head])
    assert not under(way, head)


def test_the_same_pair_twice_runs_side_by_side():
    """Two ties of one pair never lie on each other."""
    one, other = routes([("a", "b"), ("a", "b")], {"a": plate(0, 0), "b": plate(1, 1)})
    assert np.all(np.hypot(*(one - other).T) > 0.05)


def test_neighbours_in_a_column_are_joined_straight_and_others_by_an_arc():
    """The arc stays beside the plate between."""
    plates = {"a": plate(0, 0), "b": plate(0, 1, width=1.3), "c": plate(0, 2)}
    straight, arc = routes([("a", "b"), ("a", "c")], plates)
    assert len(straight) == 2 and straight[0][0] == straight[1][0]
    assert not under(arc, plates["b"])


def test_a_narrow_plate_is_left_level():
    """No way cuts the corner of a wider plate below."""
    plates = {"a": plate(0, 0, width=0.4), "wide": plate(0, 0.5, width=1.2), "b": plate(1, 3)}
    (way,) = routes([("a", "b")], plates)
    assert not under(way, plates["wide"])
