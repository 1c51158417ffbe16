"""What a briefing is made from, and whether it would come out the same."""

import json

import pytest
from dossier import ingredients
from dossier.data import load
from dossier.ingredients import Ingredients
from dossier.request import Briefing

SHARED = {"the library": "1", "the lock": "2"}


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    """A store of its own, and answers that no other test has asked for."""
    monkeypatch.setenv("DOSSIER_CACHE", str(tmp_path / "store"))
    ingredients._fingerprint.cache_clear()
    ingredients._found.cache_clear()


@pytest.fixture
def record():
    """What the ISIS briefing of 10 December 2024 would ask, as lists."""
    view = load("2024-12-10").view("isis-threat")
    view.events, view.series("al-hol-total"), view.event("assad-falls")
    reads = view.evidence.reads
    questions = [[list(key), answer] for key, answer in reads.answers.items()]
    return json.loads(json.dumps([questions, [[*row, digest] for row, digest in reads.rows.items()]]))


def made(source=b"notebook", shared=SHARED, written="tables 1", as_of="2024-12-10"):
    """The ingredients of a briefing."""
    parameters = (("as_of", as_of), ("focus", "all"))
    return Ingredients(Briefing("isis-threat", parameters, (("brief", "html"),)), source, shared, written)


def test_answers_are_remembered_for_the_same_tables(record, monkeypatch):
    """Where no table was touched, nothing is asked again."""
    kept = made().keep(*record)
    monkeypatch.setattr(ingredients, "_answer", lambda question: pytest.fail("asked again"))
    assert made().answers() == kept


def test_answers_are_asked_again_for_changed_tables(record):
    """A table was touched, but every answer is the same: so is the briefing."""
    assert made(written="tables 2").answers() is None
    kept = made().keep(*record)
    assert made(written="tables 2").answers() == kept


def test_changed_answer_is_no_match(record):
    """One answer that differs is enough; the row that moved is named."""
    record[0][1][1] = "another answer"
    event = next(row for row in record[1] if row[:2] == ["Events", "us-strikes-isis-8-dec"])
    event[2] = "another hash"
    made().keep(*record)
    later = made(written="tables 2")
    assert later.answers() is None
    assert later.why() == "changed: events us-strikes-isis-8-dec"


def test_going_back_to_earlier_tables_costs_nothing(record):
    """Several states of the data are remembered, not only the last."""
    first = made().keep(*record)
    other = json.loads(json.dumps(record))
    other[0][1][1] = "another answer"
    second = made(written="tables 2").keep(*other)
    assert first != second
    assert made().answers() == first and made(written="tables 2").answers() == second
    assert made(written="tables 3").answers() == first


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"source": b"other"}, "changed: the notebook"),
        ({"shared": {**SHARED, "the lock": "3"}}, "changed: the lock"),
        (
            {"shared": {"the library": "2", "the lock": "3"}, "source": b"x"},
            "changed: the library, the lock, the notebook",
        ),
        ({"as_of": "2024-12-11"}, "not built before"),
        ({}, "not kept any more"),
    ],
)
def test_reason_names_what_changed(changes, why, record):
    """Notebook, library and lock are named; another day is another briefing."""
    made().keep(*record)
    other = made(**changes)
    assert other.why() == why
    assert (other.answers() is None) == bool(changes)


def test_key_of_an_item_depends_on_everything(record):
    """Parts, answers, edition, format and paper each change the key."""
    keys = {
        made().item_key("a", "brief", "html", "a4"),
        made(source=b"other").item_key("a", "brief", "html", "a4"),
        made(as_of="2024-12-11").item_key("a", "brief", "html", "a4"),
        made(shared={**SHARED, "the lock": "3"}).item_key("a", "brief", "html", "a4"),
        made().item_key("b", "brief", "html", "a4"),
        made().item_key("a", "student", "html", "a4"),
        made().item_key("a", "brief", "pdf", "a4"),
        made().item_key("a", "brief", "html", "letter"),
    }
    assert len(keys) == 8
    assert made(written="tables 2").item_key("a", "brief", "html", "a4") in keys


def test_surroundings_change_with_what_they_hash(monkeypatch):
    """The override of the date of a PDF is part of what an export is made from; the same state has the same hashes."""
    before = ingredients.surroundings()
    assert before == ingredients.surroundings() and len(before) == 6
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    after = ingredients.surroundings()
    assert [name for name in before if before[name] != after[name]] == ["SOURCE_DATE_EPOCH"]


def test_installed_package_is_an_ingredient(tmp_path, monkeypatch):
    """Another version of a package makes what was built with the old one no match, whatever the lock says."""
    (tmp_path / "mistune-9.9.9.dist-info").mkdir()
    before = ingredients.surroundings()
    monkeypatch.syspath_prepend(tmp_path)
    after = ingredients.surroundings()
    assert [name for name in before if before[name] != after[name]] == ["the installed packages"]


def test_stamps_see_an_edit_of_library_and_data(monkeypatch, tmp_path):
    """A file that is touched, and one that is gone while it is looked at, change the stamps."""
    page, gone = tmp_path / "page.py", tmp_path / "gone.py"
    page.write_text("1")
    monkeypatch.setattr(ingredients, "_library", lambda: [page, gone])
    before = ingredients.stamps()
    assert (str(gone), None) in before and ingredients.stamps() == before
    page.write_text("2, and more")
    assert ingredients.stamps() != before
    assert any(stamp[0].endswith("events.csv") for stamp in before)
