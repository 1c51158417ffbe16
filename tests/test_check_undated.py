"""Texts that are shown from the first day of their row on: none names a later day, month or year."""

import pytest
from dossier.check.record import read
from dossier.check.tables import faults
from samples import sound_rows, write_package

ON, FIRST, LATER = (
    "words that are true and known on that day and on every later one",
    "27 November 2024",
    "20 January 2025",
)
# What is seeded -> table, id of the row, column, text, (the date that is named, the first day shown).
SEEDS = {
    "month": ("measures", "people", "silent", "None was found after January 2025.", ("January 2025", FIRST)),
    "year": ("measures", "people", "caveat", "2022 and 2025 are gaps, not zeros.", ("2025", FIRST)),
    "day": ("measures", "people", "definition", "Counted on 28 November 2024.", ("28 November 2024", FIRST)),
    "iso": ("measures", "people", "title", "People as of 2024-11-28", ("2024-11-28", FIRST)),
    "month-of-the-year": ("measures", "people", "silent", "None was counted in December.", ("December", FIRST)),
    "day-of-the-year": ("measures", "later-measure", "silent", "Nobody counted from 1 March on.", ("1 March", LATER)),
    "of-a-later-measure": (
        "measures",
        "later-measure",
        "silent",
        "Only four statements between 20 January and 12 February 2025.",
        ("12 February 2025", LATER),
    ),
    "issue": ("issues", "talk", "question", "Should they talk in 2025?", ("2025", "3 December 2024")),
    "wording-of-an-issue": ("issues", "later-issue", "label_p2", "By March 2025", ("March 2025", LATER)),
    "preset": ("presets", "camps", "label", "Camps of 2026", ("2026", FIRST)),
}
# Text of a measure that is shown from 27 November 2024 on -> why it may stand.
SOUND = {
    "None was found between mid-2018 and July 2024.": "both are past",
    "No count was read for 2024.": "the year has begun",
    "The day before was 26 November 2024, the day itself 27 November 2024.": "to the day",
    "An edition has 15,092 dead, 2,025 of them soldiers, or 20.25 per cent.": "numbers",
    "It may be counted twice.": "a verb",
    "Row 2025-13 of the file.": "no month of the calendar",
    "Drugs seized from January to June.": "months of the year that is going",
}


def found(rows, folder):
    """The lines that rows bring."""
    return [str(fault) for fault in faults(read(write_package(folder, rows)))]


def seeded(table, id, column, text):
    """Sound rows with one text in the first row of an id."""
    rows = sound_rows()
    next(row for row in rows[table] if row["id"] == id)[column] = text
    return rows


@pytest.mark.parametrize("seed", SEEDS)
def test_a_later_date_is_the_one_fault(seed, tmp_path):
    """A day, month or year after the first day on which a text is shown is named, with that day."""
    table, id, column, text, (date, day) = SEEDS[seed]
    lines = found(seeded(table, id, column, text), tmp_path)
    lines = [line for line in lines if "label names" not in line or "is shown" in line]
    assert [line.partition(": ")[2] for line in lines] == [
        f"{column} names {date}, but is shown from {day} on; right: {ON}"
    ]
    assert lines[0].startswith(f"{table}.csv:") and f"({id})" in lines[0]


@pytest.mark.parametrize("text", SOUND)
def test_what_was_past_may_be_named(text, tmp_path):
    """A date up to the first day, a number and the verb may are no hindsight."""
    assert found(seeded("measures", "people", "silent", text), tmp_path) == [], SOUND[text]


def test_a_text_may_name_what_is_past_when_its_row_is_first_shown(tmp_path):
    """A measure whose first figure came in January 2025 may name that month."""
    assert found(seeded("measures", "later-measure", "title", "Counted in January 2025"), tmp_path) == []


def test_an_edition_may_be_as_late_as_the_source_of_the_figures(tmp_path):
    """An edition is named once its source was published, and so may not be later than that."""
    rows = seeded("measures", "people", "vintage", "package of January 2025")
    assert found(rows, tmp_path / "early") == [
        f"measures.csv:2 (people): vintage names January 2025, but is shown from {FIRST} on; right: {ON}"
    ]
    for point in rows["series"]:
        point["sources"] = "late-page"
    assert found(rows, tmp_path / "late") == []


def test_a_table_with_days_is_left_alone(tmp_path):
    """A row that says when it was known may speak of what was planned then."""
    assert found(seeded("events", "call", "summary", "They agreed to leave by September 2026."), tmp_path) == []
