"""The only door to the evidence."""

import pytest
from dossier.data import REDACTED, cut_off, first_as_of, load
from dossier.errors import RequestError
from samples import ROWS, write_package


def test_nothing_known_later_is_loaded(evidence_folder):
    """A row appears on the day it became known and not on the day before."""
    before, after = load("2025-01-19", evidence_folder), load("2025-01-20", evidence_folder)
    assert [event.id for event in before.events] == ["call", "count"]
    assert [event.id for event in after.events] == ["call", "count", "speech"]


def test_issue_and_measure_wait_for_their_first_row(evidence_folder):
    """A question or a measure of which nothing is known yet is not even named."""
    evidence = load("2025-01-19", evidence_folder)
    assert [row.id for row in evidence.issues] == ["talk"]
    assert [row.id for row in evidence.measures] == ["people"]


def test_later_source_shows_its_grade_only(evidence_folder):
    """A row known in time keeps a source that was published later, without title, author, publisher or date."""
    source = load("2024-12-10", evidence_folder).find("events", "call").sources[0]
    assert (source.title, source.reliability) == (REDACTED, "C")
    assert not any([source.publisher, source.author, source.published, source.url, source.known_from])
    assert load("2025-01-20", evidence_folder).find("events", "call").sources[0].author == "A. Writer"


def test_ids_are_opened_into_rows(evidence_folder):
    """Actors, places, sources and dates of a row are objects, not ids."""
    count = load("2024-12-10", evidence_folder).find("events", "count")
    assert (count.place.name, count.actors[0].name, str(count.date)) == ("The Camp", "Ahmed al-Sharaa", "November 2024")


def test_office_is_the_one_known_on_the_day(evidence_folder):
    """An office that was taken later is not held before."""
    for day, held in [("2025-01-20", None), ("2025-01-31", "President of Syria")]:
        evidence = load(day, evidence_folder)
        office = evidence.office(evidence.find("actors", "sharaa"))
        assert (office and office.office) == held


def test_superseded_row_gives_way_on_the_day_of_the_correction(evidence_folder):
    """The end of an office is a new row: before it was known the office is held, after it the old row is gone."""
    before, after = load("2025-01-19", evidence_folder), load("2025-01-21", evidence_folder)
    assert before.office(before.find("actors", "sudani")).office == "Chairman"
    assert after.office(after.find("actors", "sudani")) is None
    assert after.find("offices", "sudani-chair") is None


@pytest.mark.parametrize("as_of", ["2024-11-26", "2025-06-01", "yesterday"])
def test_days_without_evidence_are_refused(as_of, evidence_folder):
    """Outside the days that the evidence covers, the refusal names the range or the form."""
    with pytest.raises(RequestError, match=r"2024-11-27 to 2025-05-31|YYYY-MM-DD"):
        load(as_of, evidence_folder)


def test_faulty_cell_is_named(tmp_path):
    """A wrong value is refused with file, row, column and value."""
    rows = {**ROWS, "events": [{**ROWS["events"][0], "credibility": "high"}]}
    with pytest.raises(RequestError, match=r"events\.csv:2: column credibility: 'high'"):
        load("2024-12-10", write_package(tmp_path / "data", rows))


def test_rows_cannot_be_changed(evidence_folder):
    """A view of the evidence is immutable."""
    with pytest.raises(AttributeError):
        load("2024-12-10", evidence_folder).events[0].summary = "something else"


def test_every_day_of_the_shipped_evidence_shows_only_what_was_known():
    """On each day on which something became known, and the day before, no later row is in any table."""
    from datetime import timedelta

    whole = load(cut_off())
    tables = ("places", "actors", "names", "offices", "events", "positions", "ties", "series", "glossary")
    known = {row.known_from for table in tables for row in getattr(whole, table)}
    days = {day - timedelta(days=n) for day in known for n in (0, 1)} | {first_as_of()}
    for day in sorted(day for day in days if day >= first_as_of()):
        evidence = load(day)
        assert all(row.known_from <= day for table in tables for row in getattr(evidence, table))
        assert all(s.title == REDACTED or s.known_from <= day for s in evidence.sources)
