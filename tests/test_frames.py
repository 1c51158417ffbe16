"""Rows as a data frame."""

from dossier.data import load
from dossier.frames import frame


def test_columns_are_those_of_the_table_and_rows_are_named(evidence_folder):
    """An analyst sees names and numbers, not nested rows."""
    events = frame(load("2024-12-10", evidence_folder).events)
    count = events.set_index("id").loc["count"]
    assert (count["actors"], count["place"], count["date"]) == ("Ahmed al-Sharaa", "The Camp", "November 2024")
    assert count["credibility"] + 1 == 4


def test_missing_figures_stay_missing(evidence_folder):
    """A blank in the evidence is no number in the frame."""
    points = frame(load("2024-12-10", evidence_folder).series)
    assert points["best"].isna().tolist() == [False, True]


def test_no_rows_make_an_empty_frame():
    """Nothing in, nothing out."""
    assert len(frame(())) == 0
