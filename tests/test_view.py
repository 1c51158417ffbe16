"""A theme through a focus."""

from datetime import timedelta

import pytest
from dossier.data import load
from dossier.errors import RequestError
from dossier.view import View
from samples import ROWS, sound_rows, with_regimes, write_package


def ids(rows):
    """The ids of rows."""
    return [row.id for row in rows]


def see(folder, as_of="2025-05-31", focus="all", **selection):
    """A view of the tiny evidence."""
    return load(as_of, folder).view("isis-threat", focus, **selection)


def test_focus_selects_by_place_or_actor(evidence_folder):
    """A focus shows the events of its places and of its actors."""
    assert ids(see(evidence_folder, focus="camps").events) == ["count"]
    assert ids(see(evidence_folder, focus="damascus").events) == ["count", "speech"]


def test_actors_replace_the_focus(evidence_folder):
    """Actors that are named take the place of those of the focus."""
    assert ids(see(evidence_folder, focus="camps", actors=["sudani"]).events) == ["call"]


def test_grade_hides_worse_sources(evidence_folder):
    """Nothing that rests on a source below the grade is shown."""
    assert ids(see(evidence_folder, grade="B").events) == ["count"]


def test_counting_rules_select_events(evidence_folder):
    """Each counting rule keeps the events that it names."""
    assert ids(see(evidence_folder, counting="to-the-day").events) == ["call", "speech"]
    assert ids(see(evidence_folder, counting="reported-plainly").events) == ["call", "speech"]


def test_claims_can_be_left_out(tmp_path):
    """Without claims no event that one party tells and no figure of a measure of claims is there, whatever its grade."""
    rows = sound_rows()
    rows["events"][0]["attributed_to"] = "sudani"
    rows["measures"][0]["kind"] = "claim"
    folder = write_package(tmp_path / "data", rows)
    assert ids(see(folder).events) == ["count", "call", "speech"] and see(folder).series("people").last
    view = see(folder, counting="without-claims")
    assert ids(view.events) == ids(view.recent) == ["count", "speech"]
    assert view.series("people").points == () and ids(view.series("later-measure").points) == ["later-1"]
    assert view.at("2024-12-10").series("people").points == ()


def test_event_named_in_prose_obeys_the_counting_rule(tmp_path):
    """What a rule leaves out of the tables no sentence names either: the next event that counts is taken, or none."""
    rows = sound_rows()
    rows["events"][0]["attributed_to"] = "sudani"
    folder = write_package(tmp_path / "data", rows)
    assert see(folder).event("call", "speech").id == "call"
    assert see(folder, counting="without-claims").event("call", "speech").id == "speech"
    assert see(folder, counting="without-claims").event("call") is None
    assert see(folder, counting="to-the-day").event("count") is None


def test_recent_events_begin_at_since(evidence_folder):
    """What ended before `since` is history."""
    assert ids(see(evidence_folder, since="2024-12-01").recent) == ["call", "speech"]


def test_series_gives_last_and_peak(evidence_folder):
    """A series knows its latest and its highest point; an unknown one is empty, not an error."""
    series = see(evidence_folder).series("people")
    assert (series.last.id, series.peak.id) == ("people-2", "people-1")
    assert see(evidence_folder, "2024-12-10").series("later-measure").last is None


def test_series_serves_both_tables_of_figures(tmp_path):
    """A measure of the share-alike table is asked for like any other, and no later than its figures were known."""
    folder = write_package(tmp_path, with_regimes())
    assert ids(see(folder).series("index").points) == ["index-2022", "index-2023"]
    assert ids(see(folder, "2024-12-10").series("index").points) == ["index-2022"]
    assert ids(see(folder).series("people").points) == ["people-1", "people-2"]


def test_ends_of_a_selection_are_found_once(evidence_folder, monkeypatch):
    """The ends of ties are the same on all days of a selection, which finds them once; another one has its own."""
    found = see(evidence_folder).ends_by_day
    assert see(evidence_folder, since="2024-12-01").ends_by_day != found
    monkeypatch.setattr(View, "_found_ends", None)
    assert see(evidence_folder, "2025-03-01").ends_by_day is found


@pytest.mark.parametrize(
    ("given", "first"),
    [
        (dict(since="2014-06-10"), "2024-11-27"),
        (dict(since="2024-12-02"), "2024-12-02"),
        (dict(actors=["late"]), "2025-03-01"),
    ],
)
def test_first_day_can_be_asked_for_and_no_day_before_it(given, first, tmp_path):
    """Whatever of the first as-of day, the begin of recent events and what is chosen comes last."""
    actors = [*ROWS["actors"], {**ROWS["actors"][0], "id": "late", "known_from": "2025-03-01"}]
    view = see(write_package(tmp_path, {**ROWS, "actors": actors}), **given)
    assert str(view.first_day) == str(view.at(first).as_of) == first
    with pytest.raises(RequestError):
        view.at(view.first_day - timedelta(days=1))


def test_another_day_keeps_the_selection(evidence_folder):
    """`at` moves in time with focus and grade unchanged."""
    view = see(evidence_folder, focus="damascus", grade="C").at("2024-12-10")
    assert (str(view.as_of), view.focus.id, ids(view.events)) == ("2024-12-10", "damascus", ["count"])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (dict(focus="camp"), "Did you mean 'camps'"),
        (dict(focus=""), "valid: all, camps, damascus"),
        (dict(grade="G"), "valid: A, B, C, D, E, F"),
        (dict(counting="some"), "valid: all, to-the-day, reported-plainly, without-claims"),
        (dict(scale="icd"), "Did you mean 'icd203'"),
        (dict(actors=["sudany"]), "Did you mean 'sudani'"),
        (dict(places=["tent"]), "valid: camp"),
        (dict(since="2025-06-30"), "after the information cut-off 2025-05-31"),
        (dict(since="May"), "YYYY-MM-DD"),
    ],
)
def test_wrong_selection_is_refused_with_what_would_be_right(given, words, evidence_folder):
    """Each part of a selection that the evidence cannot serve is named, with valid values."""
    with pytest.raises(RequestError) as refusal:
        see(evidence_folder, **given)
    assert words in str(refusal.value)
    assert len(str(refusal.value).splitlines()) <= 6
