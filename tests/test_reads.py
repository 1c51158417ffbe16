"""The record of what a notebook read."""

import pytest
from dossier.data import load
from dossier.errors import RequestError
from dossier.reads import FILE, answer_fingerprint, read_record, rows_fingerprint
from dossier.view import ask_again
from samples import ROWS, with_regimes, write_package


def asked(folder, day="2025-01-20"):
    """The record after a few questions of a notebook."""
    view = load(day, folder).view("isis-threat")
    view.events, view.recent, view.event("call"), view.series("people"), view.positions("talk"), view.ties
    view.evidence.glossary, view.evidence.find("events", "count"), view.evidence.office(view.events[0].actors[0])
    return view.evidence.reads


def changed(record, folder):
    """The questions of a record that get another answer from a folder, by their names."""
    now = {key: answer_fingerprint(ask_again(load(key[0], folder), key)) for key in record.answers}
    return [key[2:] if key[1] == "evidence" else key[5:] for key in now if now[key] != record.answers[key]]


def test_unchanged_data_gives_the_same_answers(evidence_folder, tmp_path):
    """The same questions of the same rows, read from another folder, have the same hashes."""
    record = asked(evidence_folder)
    assert len(record.answers) == 10
    assert changed(record, write_package(tmp_path, ROWS)) == []


@pytest.mark.parametrize(
    ("table", "id", "cells", "moved"),
    [
        ("events", "call", {"summary": "He rang."}, [("events",), ("recent",), ("event", "call")]),
        ("series", "people-1", {"best": "40001"}, [("series", "people")]),
        ("sources", "camp-page", {"publisher": "Camp Bureau"}, "all that cite it"),
        ("glossary", "camp-term", {"definition": "Tents."}, [("glossary",)]),
        ("series", "later-1", {"best": "6"}, []),
        ("names", "sharaa-ar", {"name": "الشرع"}, []),
    ],
)
def test_changed_row_changes_the_answers_that_held_it(table, id, cells, moved, evidence_folder, tmp_path):
    """An edit shows in the questions whose answers it changes, and in no other."""
    rows = {**ROWS, table: [{**row, **cells} if row["id"] == id else row for row in ROWS[table]]}
    found = changed(asked(evidence_folder), write_package(tmp_path, rows))
    assert len(found) >= 6 if moved == "all that cite it" else found == moved


def test_row_that_enters_an_answer_is_seen(evidence_folder, tmp_path):
    """A row that nobody read before counts as soon as it would be in an answer: its own hash could not tell."""
    fresh = {**ROWS["events"][2], "id": "second-speech"}
    found = changed(asked(evidence_folder), write_package(tmp_path, {**ROWS, "events": [*ROWS["events"], fresh]}))
    assert found == [("events",), ("recent",)]


def test_figure_under_a_licence_of_its_own_is_recorded(tmp_path):
    """A point of the share-alike table is in the record by the name of its table, and moves it when it changes."""
    rows = with_regimes()
    folder = write_package(tmp_path / "before", rows)
    view = load("2025-01-20", folder).view("isis-threat")
    view.series("index")
    assert [name for name in view.evidence.reads.rows if name[0] == "Regimes"] == [
        ("Regimes", "index-2022"),
        ("Regimes", "index-2023"),
    ]
    rows["regimes"][0]["best"] = "0.25"
    assert changed(view.evidence.reads, write_package(tmp_path / "after", rows)) == [("series", "index")]


def test_rows_are_those_of_the_answers(evidence_folder):
    """The record names each row once, and no row that was not in an answer."""
    rows = asked(evidence_folder).rows
    assert {id for kind, id in rows if kind == "Events"} == {"call", "count", "speech"}
    assert {id for kind, id in rows if kind == "Series"} == {"people-1", "people-2"}
    assert not any(kind == "Names" for kind, _ in rows)


def test_a_later_day_is_asked_but_no_row_of_it_is_named(evidence_folder):
    """Seats in a figure look at later days: that counts as a question, not as evidence of the briefing."""
    view = load("2024-12-10", evidence_folder).view("isis-threat")
    _ = view.at("2025-01-20").events
    record = view.evidence.reads
    assert ("2025-01-20", "view") in {key[:2] for key in record.answers}
    assert not any(id == "speech" for _, id in record.rows)


def test_question_inside_a_question_is_not_noted(evidence_folder):
    """Ties look at events: whoever asks for ties depends on the ties alone."""
    view = load("2025-01-20", evidence_folder).view("isis-threat")
    _ = view.ties
    assert [key[-1] for key in view.evidence.reads.answers][1:] == ["ties"]


def test_refusal_is_an_answer(evidence_folder):
    """A focus that does not exist yet is noted, so that its coming is noticed."""
    evidence = load("2024-12-10", evidence_folder)
    with pytest.raises(RequestError):
        evidence.view("isis-threat", "no-such-focus")
    assert [key[1:4] for key in evidence.reads.answers] == [("view", "isis-threat", "no-such-focus")]


def test_kernel_hands_its_record_over_in_a_file(evidence_folder, tmp_path, monkeypatch):
    """What is asked is written down at once: a kernel may be killed as soon as its last cell has run."""
    monkeypatch.setenv(FILE, str(tmp_path / "reads"))
    record = asked(evidence_folder)
    questions, rows = read_record(tmp_path / "reads")
    assert [answer for _, answer in questions] == list(record.answers.values())
    assert rows == [[*row, digest] for row, digest in record.rows.items()]
    assert [answer_fingerprint(ask_again(load(key[0], evidence_folder), key)) for key, _ in questions] == [
        a for _, a in questions
    ]


def test_hash_of_rows_does_not_depend_on_their_order():
    """Two notebooks that read the same rows in another order rest on the same evidence."""
    rows = [["Events", "call", "1"], ["Series", "people-1", "2"]]
    assert rows_fingerprint(rows) == rows_fingerprint(rows[::-1])
    assert rows_fingerprint(rows) != rows_fingerprint([["Events", "call", "3"], rows[1]])
