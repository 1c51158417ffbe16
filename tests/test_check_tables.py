"""Faults of the tables: each rule finds its own, in one line that says where, what and what would be right."""

import hashlib
import json

import pytest
from dossier.check.record import read
from dossier.check.tables import faults
from dossier.dictionary import refresh
from samples import sound_rows, with_regimes, write_package

# What is seeded -> table, id of the row, cells that are changed, the one line that must come out.
SEEDS = {
    "blank-required": ("events", "call", {"summary": ""}, "events.csv:2 (call): summary is blank; right: a string"),
    "blank-id": ("ties", "tie", {"id": ""}, "ties.csv:2 (): id is blank; right: a string"),
    "wrong-enum": (
        "sources",
        "camp-page",
        {"reliability": "G"},
        "sources.csv:2 (camp-page): reliability 'G' is not a category; right: one of A, B, C, D, E, F",
    ),
    "near-enum": (
        "events",
        "call",
        {"kind": "statment"},
        "events.csv:2 (call): kind 'statment' is not a category; right: one of statement, meeting, visit, decision, "
        "deployment, strike, attack, war, regime-change, agreement, movement, threat and 3 more; nearest statement",
    ),
    "pattern": (
        "events",
        "call",
        {"date": "3 December 2024"},
        r"events.csv:2 (call): date '3 December 2024' does not fit; right: the pattern \d{4}(-\d{2}(-\d{2})?)?",
    ),
    "out-of-range": (
        "positions",
        "sudani-talk",
        {"stance": "3"},
        "positions.csv:2 (sudani-talk): stance 3 is out of range; right: -2 to 2",
    ),
    "id-not-plain": (
        "glossary",
        "camp-term",
        {"id": "Camp Term"},
        "glossary.csv:2 (Camp Term): id 'Camp Term' does not fit; right: the pattern [a-z0-9-]+",
    ),
    "unknown-actor": (
        "positions",
        "sudani-talk",
        {"actor": "sudanni"},
        "positions.csv:2 (sudani-talk): actor: 'sudanni' is not in actors.csv; "
        "right: an id of actors.csv, such as sudani",
    ),
    "unknown-actor-in-a-list": (
        "events",
        "call",
        {"actors": "sudani;nobody"},
        "events.csv:2 (call): actors: 'nobody' is not in actors.csv; right: an id of actors.csv",
    ),
    "sign-that-nobody-sees": (
        "places",
        "camp",
        {"name": "The\u200b Camp"},
        "places.csv:2 (camp): name has signs that nobody sees: The[U+200B] Camp; right: letters alone",
    ),
    "unknown-speaker": (
        "events",
        "call",
        {"attributed_to": "shara"},
        "events.csv:2 (call): attributed_to: 'shara' is not in actors.csv; right: an id of actors.csv, such as sharaa",
    ),
    "unknown-place": (
        "events",
        "count",
        {"place": "kamp"},
        "events.csv:3 (count): place: 'kamp' is not in places.csv; right: an id of places.csv, such as camp",
    ),
    "dangling-source": (
        "series",
        "people-1",
        {"sources": "camp-page;kamp-page"},
        "series.csv:2 (people-1): sources: 'kamp-page' is not in sources.csv; "
        "right: an id of sources.csv, such as camp-page",
    ),
    "blank-in-a-list": (
        "events",
        "call",
        {"sources": "late-page;"},
        "events.csv:2 (call): sources 'late-page;' has a blank item; right: ids with one ; between them",
    ),
    "unknown-theme": (
        "events",
        "call",
        {"themes": "isis-threat;pmu-debat"},
        "events.csv:2 (call): theme 'pmu-debat' is unknown; "
        "right: one of baathist-legacy, border-security, pmu-debate, isis-threat; nearest pmu-debate",
    ),
    "bad-date": (
        "events",
        "count",
        {"date": "2024-13"},
        "events.csv:3 (count): date 2024-13 is not in the calendar; right: YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    "precision-of-a-day": (
        "events",
        "call",
        {"date": "2024-12"},
        "events.csv:2 (call): date 2024-12 with precision day; right: YYYY-MM-DD, or another precision",
    ),
    "precision-of-a-month": (
        "series",
        "people-2",
        {"precision": "month"},
        "series.csv:3 (people-2): date 2024-11-20 with precision month; right: YYYY-MM, or another precision",
    ),
    "date-without-precision": (
        "positions",
        "sudani-talk",
        {"precision": ""},
        "positions.csv:2 (sudani-talk): date 2024-12-03 without a precision; "
        "right: one of day, month, year, approximate",
    ),
    "date-end-before-date": (
        "events",
        "call",
        {"date_end": "2024-12-01"},
        "events.csv:2 (call): date_end 2024-12-01 is before date; right: 2024-12-03 or later",
    ),
    "office-ended-before-it-began": (
        "offices",
        "sudani-chair-ended",
        {"valid_to": "2021"},
        "offices.csv:4 (sudani-chair-ended): valid_to 2021 is before valid_from; right: 2022 or later",
    ),
    "known-before-the-event": (
        "events",
        "call",
        {"known_from": "2024-12-01"},
        "events.csv:2 (call): known_from 2024-12-01 is before the event; right: 2024-12-03 or later",
    ),
    "source-known-before-published": (
        "sources",
        "late-page",
        {"known_from": "2025-01-19"},
        "sources.csv:3 (late-page): known_from 2025-01-19 is before its publication; right: 2025-01-20 or later",
    ),
    "measure-without-its-silence": (
        "measures",
        "people",
        {"silent": ""},
        "measures.csv:2 (people): does not say where its source was silent; "
        "right: a sentence in `silent`: no report is not the same as no event",
    ),
    "coverage-that-is-no-span": (
        "measures",
        "people",
        {"covered": "2024-13/2025"},
        "measures.csv:2 (people): covered '2024-13/2025' is no span; right: as 2004-01/2018-12",
    ),
    "coverage-that-runs-backwards": (
        "measures",
        "people",
        {"covered": "2024-01/2023-12"},
        "measures.csv:2 (people): covered 2024-01/2023-12 ends before it begins; right: as 2004-01/2018-12",
    ),
    "known-after-the-cut-off": (
        "events",
        "speech",
        {"known_from": "2025-06-01"},
        "events.csv:4 (speech): known_from 2025-06-01 is after the cut-off; right: 2025-05-31 or earlier",
    ),
    "future-office": (
        "offices",
        "sharaa-president",
        {"valid_from": "2025-03"},
        "offices.csv:2 (sharaa-president): valid_from 2025-03 is after known_from 2025-01-31: it has not begun; "
        "right: known_from 2025-03-01 or later",
    ),
    "future-end-of-an-office": (
        "offices",
        "sudani-chair-ended",
        {"valid_to": "2025-02"},
        "offices.csv:4 (sudani-chair-ended): valid_to 2025-02 is after known_from 2025-01-20: it has not ended; "
        "right: no end here, and a row with it, known from 2025-02-01 or later, that supersedes this one",
    ),
    "future-end-of-a-name": (
        "names",
        "sharaa-ar",
        {"valid_to": "2024-12"},
        "names.csv:2 (sharaa-ar): valid_to 2024-12 is after known_from 2024-11-01: it has not ended; "
        "right: no end here, and a row with it, known from 2024-12-01 or later, that supersedes this one",
    ),
    "future-end-of-a-tie": (
        "ties",
        "tie",
        {"valid_to": "2024-12-01"},
        "ties.csv:2 (tie): valid_to 2024-12-01 is after known_from 2024-11-30: it has not ended; "
        "right: no end here, and a row with it, known from 2024-12-01 or later, that supersedes this one",
    ),
    "superseding-a-name-known-later": (
        "names",
        "sharaa-ar",
        {"supersedes": "sharaa"},
        "names.csv:2 (sharaa-ar): supersedes 'sharaa', which is no row; right: an id of names.csv, such as sharaa-ar",
    ),
    "no-source": (
        "ties",
        "tie",
        {"sources": ""},
        "ties.csv:2 (tie): rests on no source; right: an id of sources.csv, or no row",
    ),
    "superseding-an-unknown-row": (
        "offices",
        "sudani-chair-ended",
        {"supersedes": "sudani-chain"},
        "offices.csv:4 (sudani-chair-ended): supersedes 'sudani-chain', which is no row; "
        "right: an id of offices.csv, such as sudani-chair",
    ),
    "superseding-a-later-row": (
        "offices",
        "sudani-chair-ended",
        {"supersedes": "sharaa-president"},
        "offices.csv:4 (sudani-chair-ended): supersedes sharaa-president, known from 2025-01-31; "
        "right: a row known on 2025-01-19 or earlier",
    ),
    "low-above-high": (
        "series",
        "people-2",
        {"low": "39600"},
        "series.csv:3 (people-2): low 39600, high 39500; right: low <= best <= high",
    ),
    "no-figure": (
        "series",
        "people-1",
        {"best": ""},
        "series.csv:2 (people-1): no figure; right: low, best or high",
    ),
    "coordinates-without-origin": (
        "places",
        "camp",
        {"coordinates_from": ""},
        "places.csv:2 (camp): coordinates without coordinates_from; right: where they were read",
    ),
    "one-coordinate": ("places", "camp", {"lon": ""}, "places.csv:2 (camp): lat alone; right: lat and lon, or neither"),
    "coordinates-swapped": (
        "places",
        "camp",
        {"lat": "41.1", "lon": "-36.4"},
        "places.csv:2 (camp): 41.1 N, -36.4 E is far from Iraq and Syria; right: 10 to 50 N, 20 to 60 E",
    ),
    "coordinates-off-the-map": (
        "places",
        "camp",
        {"lat": "3.64"},
        "places.csv:2 (camp): 3.64 N, 41.1 E is far from Iraq and Syria; right: 10 to 50 N, 20 to 60 E",
    ),
    "long-quote": (
        "positions",
        "sudani-talk",
        {"quote": "one two three four five six seven eight nine ten eleven twelve thirteen"},
        "positions.csv:2 (sudani-talk): quote has 13 words; right: 12 or fewer",
    ),
    "long-label": (
        "events",
        "call",
        {"label": "A label that is far too long for it"},
        "events.csv:2 (call): label has 35 characters; right: 34 or fewer",
    ),
    "two-actors-one-spelling": (
        "names",
        "sharaa-ar",
        {"name": "Mohammed shia al-sudani"},
        "names.csv:2 (sharaa-ar): 'Mohammed shia al-sudani' leads to sharaa and to sudani; "
        "right: one actor for each spelling",
    ),
}


def found(folder):
    """The lines that a data folder brings."""
    return [str(fault) for fault in faults(read(folder))]


def row(rows, table, id):
    """One row, to be changed."""
    return next(row for row in rows[table] if row["id"] == id)


def test_sound_tables_have_no_fault(tmp_path):
    """The tiny package is clean, so whatever a seeded one shows was seeded."""
    assert found(write_package(tmp_path, sound_rows())) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seeded_cell_is_the_one_fault(seed, tmp_path):
    """One wrong cell brings one line: file, row, what is wrong, what would be right."""
    table, id, cells, line = SEEDS[seed]
    rows = sound_rows()
    row(rows, table, id).update(cells)
    assert found(write_package(tmp_path, rows)) == [line]


def test_duplicate_id_is_found_once(tmp_path):
    """The second row of a key is the fault, not the first."""
    rows = sound_rows()
    rows["ties"].append(rows["ties"][0])
    assert found(write_package(tmp_path, rows)) == [
        "ties.csv:3 (tie): id occurs a second time; right: one row for each key"
    ]


def test_licence_that_forbids_sharing_keeps_a_row_out(tmp_path):
    """A row that rests on a source which may not be shared does not belong in the tables."""
    rows = sound_rows()
    shut = {**row(rows, "sources", "camp-page"), "id": "shut-page", "licence": "no sharing"}
    rows["sources"].append(shut)
    row(rows, "series", "people-2")["sources"] = "camp-page;shut-page"
    assert found(write_package(tmp_path, rows)) == [
        "series.csv:3 (people-2): rests on shut-page, whose licence forbids sharing; "
        "right: a source that may be shared, or no row"
    ]


def test_share_alike_data_have_a_table_of_their_own(tmp_path):
    """A row that rests on share-alike data is at home in the table of that licence and nowhere else."""
    rows = with_regimes()
    assert found(write_package(tmp_path / "apart", rows)) == []
    row(rows, "series", "people-2")["sources"] = "index-page"
    assert found(write_package(tmp_path / "mixed", rows)) == [
        "series.csv:3 (people-2): rests on index-page, whose licence is CC BY-SA 4.0; "
        "right: a table of its own under that licence"
    ]


def test_share_alike_figures_keep_their_order(tmp_path):
    """Low, best and high of the share-alike table are held to the rule of all figures."""
    rows = with_regimes()
    row(rows, "regimes", "index-2023")["low"] = "0.25"
    assert found(write_package(tmp_path, rows)) == [
        "regimes.csv:3 (index-2023): low 0.25, best 0.2, high 0.3; right: low <= best <= high"
    ]


@pytest.mark.parametrize("left", ["camps", "all"])
def test_a_theme_needs_four_focuses_and_all(left, tmp_path):
    """Three focuses, or four without `all`, are too few."""
    rows = sound_rows()
    mine = [preset for preset in rows["presets"] if preset["theme"] == "pmu-debate"]
    if left == "all":
        rows["presets"].remove(mine[1])
    else:
        mine[0]["id"] = "other"
    listed = "other, camps, damascus, baghdad" if left == "camps" else "all, damascus, baghdad"
    assert found(write_package(tmp_path, rows)) == [
        f"presets.csv (pmu-debate): focuses are {listed}; right: 4 or more, one is `all`"
    ]


def test_a_far_country_has_its_own_coordinates(tmp_path):
    """Washington is no slip of the pen."""
    rows = sound_rows()
    row(rows, "places", "camp").update(country="USA", lat="38.9", lon="-77.0")
    assert found(write_package(tmp_path, rows)) == []


def test_another_file_than_stated_is_found(tmp_path):
    """What datapackage.json states of a file, its sha256 and its size, must be that file's."""
    folder = write_package(tmp_path, sound_rows())
    real = (folder / "ties.csv").read_bytes()
    declare(folder, "ties", hash="sha256:" + 64 * "0", bytes=7)
    [line] = found(folder)
    assert line == (
        f"ties.csv: is another file than datapackage.json states: hash sha256:{64 * '0'}, bytes 7; "
        f"right: hash sha256:{hashlib.sha256(real).hexdigest()}, bytes {len(real)} (`make data`)"
    )


@pytest.mark.parametrize("path", ["ties.csv", "geo/rivers.geojson"])
def test_one_changed_byte_is_found(path, tmp_path):
    """A table or a layer of the map that was changed after its hash was written is found."""
    folder = write_package(tmp_path, sound_rows())
    (folder / path).write_bytes((folder / path).read_bytes().replace(b"e", b"f", 1))
    assert any(line.startswith(f"{path}: is another file than datapackage.json states: hash") for line in found(folder))


def test_line_ends_of_another_system_are_found(tmp_path):
    """A table is stored with LF, so that its hash is the same everywhere."""
    path = write_package(tmp_path, sound_rows()) / "ties.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    refresh(tmp_path)
    assert found(tmp_path) == ["ties.csv: has CR at the end of lines; right: LF alone"]


def test_a_table_that_nobody_declared_is_found(tmp_path):
    """A file without a schema would escape every rule."""
    folder = write_package(tmp_path, sound_rows())
    (folder / "spare.csv").write_text("id\n")
    assert found(folder) == ["spare.csv: is not declared; right: a resource of datapackage.json with its schema"]


def declare(folder, table, **properties):
    """State something of a table in the datapackage.json of a folder."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text())
    next(resource for resource in package["resources"] if resource["name"] == table).update(properties)
    path.write_text(json.dumps(package))


def test_declared_file_that_is_missing_is_found(tmp_path):
    """Without a layer of the base map every map would fail."""
    folder = write_package(tmp_path, sound_rows())
    (folder / "geo" / "admin1.geojson").unlink()
    said = [str(fault) for fault in faults(read(folder))]
    assert "geo/admin1.geojson: is declared and not there; right: the file, or no such resource" in said
