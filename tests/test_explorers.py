"""Explorers, without a browser."""

import pytest
from dossier.data import load
from dossier.explorers import days, explore
from dossier.prose import say


@pytest.fixture
def view(evidence_folder):
    """Everything that the tiny evidence holds."""
    return load("2025-05-31", evidence_folder).view("isis-threat")


def summary(view, prefix):
    """A stand-in for a chart verb: what it was given, as text."""
    return say("{prefix} {day} {focus} {n}", prefix=prefix, day=view.as_of, focus=view.focus.id, n=len(view.events))


def shown(box):
    """The text that the explorer shows now."""
    return box.children[1].outputs[-1]["data"]["text/plain"]


def test_slider_reaches_no_day_beyond_the_cut_off(view):
    """The days to choose from are those on which something became known, up to the cut-off."""
    assert [str(day) for day in days(view)] == ["2024-11-27", "2024-11-30", "2024-12-03", "2025-01-20", "2025-05-31"]
    assert max(days(view.at("2024-12-03"))) == view.at("2024-12-03").as_of


def test_slider_and_focus_redraw(view):
    """Moving the slider or choosing a focus draws the figure for that day and focus."""
    box = explore(summary, view, "seen")
    day, focus = box.children[0].children
    assert shown(box) == "seen 31 May 2025 all 3"
    day.value = days(view)[2]
    assert shown(box) == "seen 3 December 2024 all 2"
    focus.value = "damascus"
    assert shown(box) == "seen 3 December 2024 damascus 1"
