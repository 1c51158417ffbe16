"""Seats in a network."""

import pytest
from dossier.charts.seats import HEAD, ROW, _slots, _stacked


def test_the_longest_drawn_sits_first_and_its_partner_beside_it():
    """Whoever is tied to the last one comes before those drawn on more days."""
    days = {"a": {1, 2, 3}, "b": {1, 2, 3}, "c": {1, 2}}
    assert _slots({"a", "b", "c"}, days, {frozenset("ac")}) == {"a": 0, "c": 1, "b": 2}


def test_two_who_never_meet_share_a_seat():
    """An actor who is gone leaves the seat to one who comes later."""
    days = {"a": {1, 2, 3}, "gone": {1}, "comes": {2, 3}}
    assert _slots(set(days), days, set()) == {"a": 0, "comes": 1, "gone": 1}


def test_sides_of_one_column_stand_under_each_other():
    """The second side of a column begins below the first, with room for its head; odd columns are lower."""
    sides = {"x": "iran", "y": "baghdad", "z": "sunni"}
    places = _stacked(sides, {id: {1} for id in sides}, set())
    assert places["x"] == (0, HEAD + ROW / 2)
    assert places["y"] == (1, ROW / 2 + HEAD + ROW / 2)
    assert places["z"][1] - places["y"][1] == pytest.approx(ROW + HEAD)
