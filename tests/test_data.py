"""The only door to the evidence."""

from datetime import date, timedelta

import pytest
from dossier.data import REDACTED, cut_off, first_as_of, load
from dossier.errors import RequestError
from dossier.project import THEMES
from dossier.tables import read, tables
from dossier.view import presets
from samples import ROWS, with_regimes, write_package


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


def test_measure_is_known_by_a_figure_of_either_table(tmp_path):
    """A measure whose figures stand in the share-alike table is known with the first of them."""
    rows = with_regimes()
    del rows["regimes"][0]
    folder = write_package(tmp_path, rows)
    days = {"2024-12-14": ["people"], "2024-12-15": ["people", "index"]}
    assert {day: [row.id for row in load(day, folder).measures] for day in days} == days


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


@pytest.mark.parametrize("order", [1, -1])
def test_row_about_a_superseded_one_is_about_the_one_in_its_place(order, tmp_path):
    """An indicator stays when its judgement is corrected, and says so whichever day was asked for first."""
    judgement = dict(theme="isis-threat", statement="It is likely.", wording="likely", band="55-80", confidence="low")
    judgement |= dict(confidence_why="Few counts.", events="count", resolves_on="2025-05-01", sources="camp-page")
    indicator = dict(id="sign", judgement="first", label="A sign", watch="Counts", threshold="Two", state="quiet")
    indicator |= dict(why="None.", date="2024-12-01", precision="day", sources="camp-page", known_from="2024-12-01")
    judgements = [
        {**judgement, "id": "first", "known_from": "2024-12-01"},
        {**judgement, "id": "second", "known_from": "2025-02-01", "supersedes": "first"},
        {**judgement, "id": "third", "known_from": "2025-03-01", "supersedes": "second"},
    ]
    folder = write_package(tmp_path, {**ROWS, "judgements": judgements, "indicators": [indicator]})
    days = {"2025-01-31": "first", "2025-02-01": "second", "2025-03-01": "third"}
    for day in list(days)[::order]:
        assert [row.judgement.id for row in load(day, folder).indicators] == [days[day]]


@pytest.mark.parametrize("as_of", ["2024-11-26", "2025-06-01", "yesterday"])
def test_days_without_evidence_are_refused(as_of, evidence_folder):
    """Outside the days that the evidence covers, the refusal names the range or the form."""
    with pytest.raises(RequestError, match=r"2024-11-27 to 2025-05-31|YYYY-MM-DD"):
        load(as_of, evidence_folder)


def test_faulty_row_is_refused(tmp_path):
    """A cell that is not as declared, or an id of no row, stops the load before any row is shown."""
    rows = {**ROWS, "events": [{**ROWS["events"][0], "credibility": "high"}]}
    with pytest.raises(RequestError, match=r"events\.csv:2 \(call\): credibility 'high' is not a whole number"):
        load("2024-12-10", write_package(tmp_path / "cell", rows))
    rows = {**ROWS, "events": [{**ROWS["events"][0], "actors": "sudanni"}]}
    with pytest.raises(RequestError, match=r"events\.csv \(call\): actors 'sudanni' is not in actors\.csv"):
        load("2024-12-10", write_package(tmp_path / "id", rows))


def test_rows_and_evidence_cannot_be_changed(evidence_folder):
    """A view of the evidence is immutable, row by row and as a whole."""
    evidence = load("2024-12-10", evidence_folder)
    with pytest.raises(AttributeError):
        evidence.events[0].summary = "something else"
    with pytest.raises(AttributeError, match="cannot be changed: events"):
        evidence.events = ()
    with pytest.raises(AttributeError, match="no table 'event'"):
        _ = evidence.event


def test_actor_is_shown_under_the_name_of_the_day(tmp_path):
    """A former name counts until its last day, and only from the day on which it was known."""
    former = dict(id="old", actor="sharaa", name="The Commander", language="en", kind="former", valid_to="2024-12")
    former |= dict(sources="camp-page", known_from="2024-12-05")
    given_up = {**former, "id": "older", "name": "The Emir", "valid_to": "2016"}
    folder = write_package(tmp_path, {**ROWS, "names": [*ROWS["names"], given_up, former]})
    days = {"2024-12-04": "Ahmed al-Sharaa", "2024-12-31": "The Commander", "2025-01-01": "Ahmed al-Sharaa"}
    for day in [*days, *reversed(days)]:  # what another day gave before must not matter
        evidence = load(day, folder)
        assert evidence.find("actors", "sharaa").name == days[day]
        assert evidence.find("events", "count").actors[0].name == days[day]


def test_current_name_counts_until_a_row_ends_it(tmp_path):
    """Before its end was known nothing says that it ends, and the actor bears it; then one row replaces the other."""
    current = dict(id="now", actor="sharaa", name="The Commander", language="en", kind="current")
    current |= dict(sources="camp-page", known_from="2024-11-01")
    ended = {**current, "id": "then", "kind": "former", "valid_to": "2024-12", "known_from": "2024-12-20"}
    rows = [*ROWS["names"], current, {**ended, "supersedes": "now"}]
    folder = write_package(tmp_path, {**ROWS, "names": rows})
    days = {"2024-12-19": "now", "2024-12-20": "then", "2024-12-31": "then", "2025-01-01": ""}
    for day in [*days, *reversed(days)]:  # what another day gave before must not matter
        evidence = load(day, folder)
        [row] = [row for row in evidence.names if row.name == "The Commander"]
        assert (row.id, row.valid_to) == (("now", "") if day < "2024-12-20" else ("then", "2024-12"))
        assert evidence.find("actors", "sharaa").name == ("The Commander" if days[day] else "Ahmed al-Sharaa")
        assert evidence.find("events", "count").actors[0].name == evidence.find("actors", "sharaa").name


def test_row_is_the_same_object_once_it_says_the_same(evidence_folder):
    """Opened rows are shared by the days on which nothing in them differs; a redacted source is no such row."""
    early, late, last = (load(day, evidence_folder) for day in ("2024-12-10", "2025-01-20", "2025-05-31"))
    assert early.find("events", "count") is late.find("events", "count")
    assert early.find("events", "call") != late.find("events", "call")
    assert late.find("events", "call") is last.find("events", "call")


def test_every_id_is_opened(evidence_folder):
    """Foreign keys hold rows: the question of a position, the measure of a figure, the holder of an office."""
    evidence = load("2024-12-10", evidence_folder)
    assert evidence.positions[0].issue.question == "Should they talk?"
    assert evidence.series[0].measure.title == "People in the camp"
    assert evidence.offices[0].actor.name == "Mohammed Shia al-Sudani"
    assert evidence.find("events", "call").attributed_to is None


def days_to_look_at():
    """Every day on which something became known, and the day before, as far as a view can be asked for."""
    known = {row.known_from for table in tables() for row in read(table) if hasattr(row, "known_from")}
    days = {day - timedelta(days=n) for day in known for n in (0, 1)} | {first_as_of(), cut_off()}
    return sorted(day for day in days if first_as_of() <= day <= cut_off())


SEEN = {}  # id() of a row -> (the row, which keeps that id, its last day): rows are shared between days, and deep


def latest(value):
    """The last day on which any row within a value became known, however deep it is opened."""
    if not isinstance(value, tuple):
        return date.min
    if not hasattr(value, "_fields"):
        return max(map(latest, value), default=date.min)
    if id(value) not in SEEN:
        known = getattr(value, "known_from", None) or date.min
        SEEN[id(value)] = value, max([known, *map(latest, value)])
    return SEEN[id(value)][1]


def test_latest_finds_a_row_that_hides_in_another():
    """The search of the next test sees an opened source, not only the row itself."""
    call = load(cut_off()).find("events", "assad-falls")
    assert call.known_from == date(2024, 12, 8)
    assert latest((("x", call),)) == date(2025, 5, 31)  # the day of its last source


def test_every_day_of_the_shipped_evidence_shows_only_what_was_known():
    """On each day on which something became known, and the day before, no later row is in any table or view."""
    days = days_to_look_at()
    assert len(days) > 60
    for day in days:
        evidence = load(day)
        for table in tables():
            assert latest(getattr(evidence, table)) <= day, table
        hidden = {row.id for row in read("sources") if row.known_from > day}
        for source in evidence.sources:
            assert source.id not in hidden or (source.title, source.url, source.author) == (REDACTED, "", "")
        for theme in THEMES:
            for focus in presets(evidence, theme):
                assert all(latest(answer) <= day for answer in answers(evidence.view(theme, focus))), (theme, focus)


def answers(view):
    """What a view gives to a notebook, by every way of asking."""
    yield from (view.events, view.recent, view.ties, view.places, view.focus)
    for issue in read("issues"):
        yield view.positions(issue.id)
    # Neither hangs on theme or focus.
    alone = (view.theme, view.focus.id) == ("isis-threat", "all")
    for measure in read("measures") if alone else ():
        yield view.series(measure.id)
    for event in read("events") if alone else ():
        yield (view.event(event.id),)
