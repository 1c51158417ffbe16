"""What Markdown presupposes: nothing in the evidence that was not known on the first day."""

import nbformat
import pytest
from dossier.check.notebooks import read
from dossier.check.record import read as read_record
from dossier.check.wording import faults
from dossier.project import THEMES
from samples import sound_notebook, sound_rows, write_package

FALL = dict(
    id="assad-falls",
    date="2024-12-08",
    precision="day",
    label="Assad government falls",
    known_from="2024-12-08",
)
GATES = dict(
    id="gates-shut", date="2024-11-29", precision="day", label="Five brigades sent north", known_from="2024-11-29"
)
ASSAD = dict(id="assad", name="Bashar al-Assad", known_from="2024-11-01")
RIGHT = "right: say() with its row, or dossier.known_from in the metadata of the cell"
NAMES_FALL = f"names 'Assad government falls', known from 2024-12-08; {RIGHT}"


@pytest.fixture
def record(tmp_path):
    """The tiny evidence and the fall of Assad, as `check` reads them."""
    rows = sound_rows()
    rows["events"] += [FALL, GATES]
    rows["actors"] += [ASSAD]
    return read_record(write_package(tmp_path / "data", rows))


def found(folder, record, text, **dossier):
    """The lines that one Markdown cell brings."""
    folder.mkdir(exist_ok=True)
    for theme in THEMES:
        nbformat.write(sound_notebook(theme), folder / f"{theme}.ipynb")
    notebook = sound_notebook("isis-threat")
    notebook.cells.append(nbformat.v4.new_markdown_cell(text, id="more", metadata={"dossier": dossier}))
    nbformat.write(notebook, folder / "isis-threat.ipynb")
    return [str(fault) for fault in faults(read(folder), record)]


@pytest.mark.parametrize(
    "text",
    [
        "Later the Assad\ngovernment falls.",
        "What changed with the fall of Assad?",
        "What changed with Assad's fall?",
        "The day on which Assad fell is contested.",
        "Post-Assad Syria is another country.",
        "Life after Assad.",
    ],
)
def test_event_named_before_its_day_is_found(text, tmp_path, record):
    """The fall of Assad is found in each of its wordings, once."""
    assert found(tmp_path / "n", record, text) == [f"isis-threat.ipynb, cell 13 (more): {NAMES_FALL}"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("What did the five brigades\nsent north find?", "'Five brigades sent north', known from 2024-11-29"),
        ("Ask President of Syria Ahmed al-Sharaa.", "'President of Syria Ahmed al-Sharaa', known from 2025-01-31"),
        ("Ask Ahmed al-Sharaa, the President of Syria.", "'President of Syria Ahmed al-Sharaa', known from 2025-01-31"),
        ("On 8 December 2024 it was cold.", "8 December 2024, after 27 November 2024"),
        ("On 8 December it was cold.", "8 December, after 27 November 2024"),
        ("In January 2025 it was cold.", "January 2025, after 27 November 2024"),
        ("On 12 March it was cold.", "12 March, after 27 November 2024"),
        ("On 28 November it was cold.", "28 November, after 27 November 2024"),
        ("Since 2025 it is cold.", "2025, after 27 November 2024"),
        ("On 2024-12-08 it was cold.", "2024-12-08, after 27 November 2024"),
    ],
)
def test_label_office_or_date_named_before_its_day_is_found(text, what, tmp_path, record):
    """A label, an office that was taken later, and a date that lay ahead, are each one fault."""
    assert found(tmp_path / "n", record, text) == [f"isis-threat.ipynb, cell 13 (more): names {what}; {RIGHT}"]


@pytest.mark.parametrize("date", ["2014", "10 June 2014", "June 2014"])
def test_date_typed_into_markdown_is_found(date, tmp_path, record):
    """A date of the evidence is computed, also one that was long known."""
    assert found(tmp_path / "n", record, f"It began {date} or so.") == [
        f"isis-threat.ipynb, cell 13 (more): has {date} typed in; {RIGHT}"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Move the day back to 27 November 2024.",
        "Change `as_of` to 10 December 2024 and run all cells.",
        "Assad governs in Damascus. Prices fall.",
        "A gate that is shut stops nobody.",
        "Call the camp; the speech may count in May or March, on 2 of 40 pages.",
        "Move it to 27 November or 2024-11-27; no 31 June, no 2024-13-40.",
        "Ask Ahmed al-Sharaa, or the President of Syria.",
    ],
)
def test_what_was_true_on_the_first_day_is_let_through(text, tmp_path, record):
    """Neither the first day, nor a day to set, nor words that only look like a later event are faults."""
    assert found(tmp_path / "n", record, text) == []


def test_cell_with_its_own_day_is_held_against_that(tmp_path, record):
    """A cell that says from when it is true may name what was known then, and nothing later."""
    text = "After the fall of Assad."
    assert found(tmp_path / "n", record, text, known_from="2024-12-08") == []
    assert found(tmp_path / "n", record, text, known_from="2024-12-07") == [
        f"isis-threat.ipynb, cell 13 (more): {NAMES_FALL}"
    ]
    [line] = found(tmp_path / "n", record, text, known_from="December")
    assert line.startswith("isis-threat.ipynb, cell 13 (more): dossier.known_from: 'December' is not a date")


def test_office_that_only_ended_later_is_no_hindsight(tmp_path, record):
    """A row that adds the end of an office known before does not make the office a later one."""
    assert found(tmp_path / "n", record, "Ask Chairman Mohammed Shia al-Sudani.") == []


def test_label_of_a_focus_is_shown_on_every_day(tmp_path, record):
    """The table of presets has no day of its own, so its labels presuppose nothing later."""
    record.rows("presets")[1].values["label"] = "Fall of Assad"
    assert found(tmp_path / "n", record, "Text.") == [
        "presets.csv:3 (camps): label names 'Assad government falls', known from 2024-12-08; "
        "right: words that were true on every day"
    ]


def test_rows_that_cannot_be_read_are_passed_over(tmp_path, record):
    """What `record` reported already does not stop the rest of the check."""
    for table, columns in {"events": ["known_from", "label"], "offices": ["known_from", "office"]}.items():
        for row, column in zip(record.rows(table), columns, strict=False):
            row.values[column] = None
    assert found(tmp_path / "n", record, "Text on the camp.") == []
