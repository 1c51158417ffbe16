"""Reading tables that may be wrong: every cell that can be read, a fault for each that cannot."""

from datetime import date

import pytest
from dossier.check.record import read
from dossier.check.tables import faults
from dossier.dictionary import refresh
from dossier.errors import RequestError
from samples import sound_rows, write_package

# What is seeded -> cell of events.csv, its text, the one line that must come out.
CELLS = {
    "bad-day": (
        "known_from",
        "2024-12-32",
        "events.csv:2 (call): known_from '2024-12-32' is not a day; right: a day of the calendar, written YYYY-MM-DD",
    ),
    "bad-number": (
        "importance",
        "1_0",
        "events.csv:2 (call): importance '1_0' is not a whole number; right: digits only",
    ),
    "bad-yes": ("derived", "maybe", "events.csv:2 (call): derived 'maybe' is not a yes or a no; right: yes or no"),
}
# What is seeded -> text of ties.csv that is replaced, by what, the beginning of the one line.
FILES = {
    "missing-column": (",summary", "", "ties.csv:1: no column summary; right: id,source_actor,target_actor,sign"),
    "mistyped-column": ("sign", "sing", "ties.csv:1: no column sign; right: id,source_actor"),
    "extra-column": ("id,", "id,mood,", "ties.csv:1: column mood is not declared; right: id,source_actor"),
    "order-of-columns": ("id,source_actor", "source_actor,id", "ties.csv:1: columns are in another order; right: id,"),
    "too-few-cells": ("They talk.,", "They talk.", "ties.csv:2: 13 cells; right: 14, one for each column"),
    "not-utf-8": ("They", "Thé", "ties.csv: cannot be read: 'utf-8' codec"),
}


@pytest.mark.parametrize("seed", CELLS)
def test_an_unreadable_cell_is_the_one_fault(seed, tmp_path):
    """A cell that is not of its type is reported once; no rule trips over it."""
    column, text, line = CELLS[seed]
    rows = sound_rows()
    rows["events"][0][column] = text
    assert [str(fault) for fault in faults(read(write_package(tmp_path, rows)))] == [line]


def test_an_unreadable_day_of_an_office_is_the_one_fault(tmp_path):
    """Without the day on which it was known, nothing is said on whether it had begun."""
    rows = sound_rows()
    rows["offices"][0]["known_from"] = "January"
    assert [str(fault) for fault in faults(read(write_package(tmp_path, rows)))] == [
        "offices.csv:2 (sharaa-president): known_from 'January' is not a day; "
        "right: a day of the calendar, written YYYY-MM-DD"
    ]


def test_an_unreadable_figure_is_not_called_missing(tmp_path):
    """The rules on low, best and high leave a figure alone that could not be read."""
    rows = sound_rows()
    rows["series"][0]["best"] = "nan"
    assert [str(fault) for fault in faults(read(write_package(tmp_path, rows)))] == [
        "series.csv:2 (people-1): best 'nan' is not a number; right: digits, with a point before decimals"
    ]


@pytest.mark.parametrize("seed", FILES)
def test_a_broken_table_is_the_one_fault(seed, tmp_path):
    """A table without its columns is reported once, and not once for each row that refers to it."""
    old, new, line = FILES[seed]
    path = write_package(tmp_path, sound_rows()) / "ties.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace(old, new, 1).encode("latin-1"))
    refresh(tmp_path)
    [found] = faults(read(tmp_path))
    assert str(found).startswith(line)


def test_a_missing_table_is_the_one_fault(tmp_path):
    """A file that is declared and not there is reported, and the references to it are not."""
    (write_package(tmp_path, sound_rows()) / "actors.csv").unlink()
    [found] = faults(read(tmp_path))
    assert str(found).startswith("actors.csv: cannot be read: ") and str(found).endswith("; right: a CSV in UTF-8")


def test_without_a_package_there_is_nothing_to_check(tmp_path):
    """A folder without datapackage.json is a wrong request, not a fault of a row."""
    with pytest.raises(RequestError, match=r"datapackage\.json"):
        read(tmp_path)
    (tmp_path / "datapackage.json").write_text('{"resources": []}')
    with pytest.raises(RequestError, match=r"firstAsOf"):
        read(tmp_path)


def test_a_row_knows_its_place_and_its_days(tmp_path):
    """A partial date spans the days that it can mean."""
    row = read(write_package(tmp_path, sound_rows())).row("events", "count")
    assert row.where == "events.csv:3 (count)"
    assert (row.first("date"), row.last("date")) == (date(2024, 11, 1), date(2024, 11, 30))
    assert row["actors"] == ("sharaa",) and row["attributed_to"] == "" and row["no-such-column"] is None
