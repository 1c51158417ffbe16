"""The shipped tables: every checkable fact of the two articles, coded once. Their form is held by `dossier check`."""

from datetime import date

import pytest
from dossier.charts.basemap import governorate, read_base
from dossier.data import cut_off, first_as_of, load, read
from dossier.project import DATA, THEMES
from matplotlib.path import Path as Outline


@pytest.fixture(scope="module")
def evidence():
    """Everything that was public when the evidence was closed."""
    return load(cut_off())


def test_undated_rows_of_an_article_count_from_its_rule():
    """What only an article tells, without a day of its own, is known from the article's own day and marked derived."""
    days = {("seed-000",): date(2024, 12, 31), ("seed-004",): date(2025, 5, 31)}
    for row in read("events"):
        if row.sources in days and row.kind in ("situation", "threat", "estimate") and row.derived:
            assert row.known_from <= days[row.sources], row.id


@pytest.mark.parametrize(
    ("spelling", "actor"),
    [
        ("Asaad Hassan al-Shibani", "asaad-al-shibani"),
        ("Asaad Al-Sheibani", "asaad-al-shibani"),
        ("Abu Mohammed al-Jolani", "ahmed-al-sharaa"),
        ("Daesh", "isis"),
        ("Hashd al-Shaabi", "pmu"),
    ],
)
def test_spellings_lead_to_their_actor(spelling, actor):
    """Whoever knows an actor by another spelling finds it."""
    assert {row.actor for row in read("names") if row.name.casefold() == spelling.casefold()} == {actor}


def test_articles_are_coded_widely():
    """Far more than 120 rows cite the two articles, over all tables that hold facts."""
    cited = [
        (table, row.id)
        for table in ("events", "positions", "ties", "offices", "names", "actors", "places")
        for row in read(table)
        if {"seed-000", "seed-004"} & set(row.sources)
    ]
    assert len([row for row in cited if row[0] in ("events", "positions", "ties")]) > 120
    assert len(cited) > 250


@pytest.mark.parametrize(
    ("event", "day", "sources"),
    [
        ("sudani-erdogan-call", date(2024, 12, 3), {"seed-000"}),
        ("sadr-urges-non-interference", date(2024, 12, 5), {"seed-000"}),
        ("sudani-in-amman", date(2024, 12, 11), {"seed-000"}),
        ("blinken-in-baghdad", date(2024, 12, 13), {"seed-000"}),
        ("sudani-iraqiya-interview", date(2024, 12, 19), {"seed-000"}),
        ("crossings-closed", date(2024, 11, 30), {"seed-000"}),
        ("shatri-in-damascus", date(2024, 12, 26), {"seed-000", "seed-004"}),
        ("sudani-congratulates-sharaa", date(2025, 4, 1), {"seed-004"}),
    ],
)
def test_dated_facts_of_the_articles(event, day, sources, evidence):
    """The dates that the articles print are in the table, once each, with every article that tells them."""
    row = evidence.find("events", event)
    assert (row.date.first, row.date.last) == (day, day)
    assert sources <= {source.id for source in row.sources}


def test_two_dates_for_one_event_are_said(evidence):
    """The fall of the Assad government is one event for all themes; the article's other date is kept beside it."""
    row = evidence.find("events", "assad-falls")
    assert row.date.first == date(2024, 12, 8) and "7 December" in row.note
    assert set(row.themes) == set(THEMES)


def test_every_focus_shows_something():
    """Each focus of a theme shows events on an early and on the last day."""
    last = load(cut_off())
    early = load("2024-12-10")
    for theme in THEMES:
        focuses = [preset.id for preset in last.presets if preset.theme == theme]
        for focus in focuses:
            assert len(last.view(theme, focus).events) >= 4, (theme, focus)
            assert early.view(theme, focus).events, (theme, focus)


def test_the_first_day_is_before_the_fall():
    """Views begin on the day on which the offensive in Syria began."""
    assert first_as_of() == date(2024, 11, 27)


def test_every_governorate_of_the_base_map_is_a_place():
    """Each governorate that the base map outlines is one place, by its name there."""
    outlined = {
        about["name"]: about["country"] for about, _ in read_base(DATA)["admin1"] if about["kind"] == "governorate"
    }
    places = [(row.governorate, row.country) for row in read("places") if row.kind == "governorate"]
    assert sorted(places) == sorted(outlined.items())


def test_points_of_governorates_lie_within_their_outlines():
    """The point of a governorate is on its own ground, so that a map can mark and name it there."""
    for row in read("places"):
        if row.kind == "governorate":
            outlines = governorate(read_base(DATA), row.governorate)
            assert any(Outline(outline).contains_point((row.lon, row.lat)) for outline in outlines), row.id


def test_measures_of_clashes_alone_say_so():
    """Counts that leave out killings of civilians are measures of their own: title, unit and caveat name the limit."""
    rows = [row for row in read("measures") if "clash" in row.id]
    assert len(rows) == 2
    for row in rows:
        assert all("clashes only" in text.lower() for text in (row.title, row.unit, row.caveat)), row.id


def test_no_end_of_a_name_is_told_before_its_day():
    """On the first day the leader of HTS bears his nom de guerre and nothing says until when; later rows do."""
    for day, name, end in (
        ("2024-11-27", "Abu Mohammed al-Jolani", ""),
        ("2024-12-31", "Abu Mohammed al-Jolani", "2024-12"),
        ("2025-01-01", "Ahmed al-Sharaa", "2024-12"),
    ):
        evidence = load(day)
        assert evidence.find("actors", "ahmed-al-sharaa").name == name
        assert [row.valid_to for row in evidence.names if row.name == "Abu Mohammed al-Jolani"] == [end]
        ends = [row.valid_to for table in ("names", "offices", "ties") for row in getattr(evidence, table)]
        assert max(ends) <= day
