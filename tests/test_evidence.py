"""The shipped tables: every checkable fact of the two articles, coded once, by the rules of data/README.md."""

import re
from collections import Counter
from datetime import date

import pytest
from dossier.data import cut_off, first_as_of, load, package, read
from dossier.dates import first_day
from dossier.project import THEMES

TABLES = [resource["name"] for resource in package()["resources"]]
DATED = [name for name in TABLES if "known_from" in read(name)[0]._fields and name != "sources"]


@pytest.fixture(scope="module")
def evidence():
    """Everything that was public when the evidence was closed."""
    return load(cut_off())


@pytest.mark.parametrize("table", TABLES)
def test_keys_are_unique_and_plain(table):
    """Each key occurs once and is lower-case ASCII."""
    keys = [(getattr(row, "theme", ""), row.id) for row in read(table)]
    assert [key for key, n in Counter(keys).items() if n > 1] == []
    assert all(re.fullmatch(r"[a-z0-9-]+", id) for _, id in keys)


@pytest.mark.parametrize("resource", package()["resources"], ids=lambda resource: resource["name"])
def test_rows_fit_their_schema(resource):
    """Required cells are filled; enumerations, patterns and ranges hold."""
    for row in read(resource["name"]):
        for field in resource["schema"]["fields"]:
            value, rules = getattr(row, field["name"]), field.get("constraints", {})
            where = (resource["name"], row.id, field["name"], value)
            assert value not in ("", None) or not rules.get("required"), where
            if value in ("", None):
                continue
            assert value in rules.get("enum", [value]), where
            assert "pattern" not in rules or re.fullmatch(rules["pattern"], value), where
            assert rules.get("minimum", value) <= value <= rules.get("maximum", value), where


@pytest.mark.parametrize("table", TABLES)
def test_every_reference_has_its_row(table):
    """No row names a source, actor, place, issue or measure that does not exist."""
    keys = {name: {row.id for row in read(name)} for name in TABLES}
    homes = {
        "sources": "sources",
        "actors": "actors",
        "places": "places",
        "actor": "actors",
        "place": "places",
        "issue": "issues",
        "measure": "measures",
        "source_actor": "actors",
        "target_actor": "actors",
        "attributed_to": "actors",
    }
    dangling = [
        (row.id, column, id)
        for row in read(table)
        for column, home in homes.items()
        if column in row._fields
        for id in _ids(getattr(row, column))
        if id not in keys[home]
    ]
    assert dangling == []


def _ids(value):
    return value if isinstance(value, tuple) else (value,) if value else ()


@pytest.mark.parametrize("table", DATED)
def test_every_row_has_a_source_and_a_day(table):
    """Each row rests on a source, and was known neither before it happened nor after the evidence closed."""
    for row in read(table):
        assert row.sources, (table, row.id)
        assert row.known_from <= cut_off(), (table, row.id)
        begun = first_day(row.date) if getattr(row, "date", "") else date.min
        assert row.known_from >= begun, (table, row.id)


def test_undated_rows_of_an_article_count_from_its_rule():
    """What only an article tells, without a day of its own, is known from the article's own day and marked derived."""
    days = {("seed-000",): date(2024, 12, 31), ("seed-004",): date(2025, 5, 31)}
    for row in read("events"):
        if row.sources in days and row.kind in ("situation", "threat", "estimate") and row.derived:
            assert row.known_from <= days[row.sources], row.id


def test_figures_are_ranges_that_hold():
    """Each point gives a figure, and low, best and high stand in order."""
    for row in read("series"):
        given = [value for value in (row.low, row.best, row.high) if value is not None]
        assert given and given == sorted(given), row.id


def test_every_spelling_leads_to_one_actor():
    """No spelling is shared by two actors, and each actor's own name is found."""
    owners = {}
    for name in read("names"):
        owners.setdefault(name.name.casefold(), set()).add(name.actor)
    assert {name: who for name, who in owners.items() if len(who) > 1} == {}
    for spelling, actor in {
        "Asaad Hassan al-Shibani": "asaad-al-shibani",
        "Asaad Al-Sheibani": "asaad-al-shibani",
        "Abu Mohammed al-Jolani": "ahmed-al-sharaa",
        "Daesh": "isis",
        "Hashd al-Shaabi": "pmu",
    }.items():
        assert owners[spelling.casefold()] == {actor}


def test_quotations_are_short_and_attributed():
    """A quotation has at most twelve words and belongs to an actor."""
    for row in read("positions"):
        assert len(row.quote.split()) <= 12, row.id


def test_labels_fit_a_timeline():
    """A label is short enough to stand beside its mark."""
    assert [row.id for row in read("events") if len(row.label) > 34] == []


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
    """Each theme has four focuses or more, and each shows events on the first and on the last day."""
    last = load(cut_off())
    early = load("2024-12-10")
    for theme in THEMES:
        focuses = [preset.id for preset in last.presets if preset.theme == theme]
        assert len(focuses) >= 4 and "all" in focuses
        for focus in focuses:
            assert len(last.view(theme, focus).events) >= 4, (theme, focus)
            assert early.view(theme, focus).events, (theme, focus)


def test_words_of_later_days_are_not_in_tables_without_a_day():
    """Presets are shown on every day, so they presuppose nothing that came later."""
    later = re.compile(r"(?i)summit|president al-sharaa|transition|caretaker|fall of assad|post-assad")
    assert [row.label for row in read("presets") if later.search(row.label)] == []
    assert first_as_of() == date(2024, 11, 27)
