"""Explorers, without a browser."""

from datetime import date

import pytest
from dossier.data import load
from dossier.explorers import days, explore
from dossier.prose import say
from samples import ROWS, write_package


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


def row(table, day, **changes):
    """The first row of a table of the tiny evidence once more, known from another day."""
    return table, {**ROWS[table][0], "id": f"{table}-{day}", "known_from": day, **changes}


THEIRS = [
    row("positions", "2025-02-01", date="2025-02-01"),
    row("series", "2025-02-02"),
    row("ties", "2025-02-03"),
    row("ties", "2025-02-04", supersedes="ties-2025-02-03"),
    row("events", "2025-02-05", actors="", importance="3"),
]
OF_OTHERS = [
    row("actors", "2025-03-01", id="stranger"),
    row("events", "2025-03-02", themes="pmu-debate", actors="stranger"),
    row("ties", "2025-03-03", source_actor="stranger", target_actor="stranger"),
    ("issues", {**ROWS["issues"][0], "id": "other-issue", "themes": "pmu-debate"}),
    row("positions", "2025-03-04", issue="other-issue"),
    ("measures", {**ROWS["measures"][0], "id": "other-measure", "themes": "pmu-debate"}),
    row("series", "2025-03-05", measure="other-measure"),
]


@pytest.fixture
def news(tmp_path):
    """The tiny evidence with a row more of each kind, each with a day of its own, of the theme and of another one."""
    rows = {table: list(found) for table, found in ROWS.items()}
    for table, more in THEIRS + OF_OTHERS:
        rows[table].append(more)
    return load("2025-05-31", write_package(tmp_path / "data", rows))


def test_slider_holds_what_became_known_of_the_theme(news):
    """An event, a position, a tie, also one that was superseded, and a figure have their days; other themes have none."""
    found = [str(day) for day in days(news.view("isis-threat", "damascus")) if day > date(2025, 1, 20)]
    assert found == [*(f"2025-02-0{number}" for number in range(1, 6)), "2025-05-31"]


def test_slider_begins_where_the_view_can_be_asked_for(news):
    """Recent events may begin before the first as-of day, or later, and a chosen actor may be known later still."""
    for selection, first in [
        (dict(since="2014-06-10"), "2024-11-27"),
        (dict(since="2024-12-02"), "2024-12-02"),
        (dict(actors=["stranger"]), "2025-03-01"),
    ]:
        view = news.view("isis-threat", **selection)
        asked = [str(view.at(day).as_of) for day in days(view)]
        assert (asked[0], asked[-1]) == (first, "2025-05-31"), selection


def test_slider_has_the_day_of_the_view_alone(view):
    """On the first as-of day there is nothing to move to, and the figure is drawn."""
    first = view.at("2024-11-27")
    assert days(first) == [first.as_of]
    assert shown(explore(summary, first, "seen")) == "seen 27 November 2024 all 0"


def test_slider_and_focus_redraw(view):
    """Moving the slider or choosing a focus draws the figure for that day and focus."""
    box = explore(summary, view, "seen")
    day, focus = box.children[0].children
    assert shown(box) == "seen 31 May 2025 all 3"
    day.value = days(view)[2]
    assert shown(box) == "seen 3 December 2024 all 2"
    focus.value = "damascus"
    assert shown(box) == "seen 3 December 2024 damascus 1"
