"""Tables as the package declares them: the first thing that is wrong is named, with what would be right."""

import re

import pytest
from dossier.errors import RequestError
from dossier.project import DATA
from dossier.tables import check_licences, check_references, fields, homes, package, read, resource, tables
from samples import ROWS, write_package


def with_cell(folder, table, **cells):
    """A package in which the first row of a table has these cells."""
    first, *rest = ROWS[table]
    return write_package(folder, {**ROWS, table: [{**first, **cells}, *rest]})


@pytest.mark.parametrize(
    ("table", "cells", "message"),
    [
        (
            "events",
            {"credibility": "high"},
            "events.csv:2 (call): credibility 'high' is not a whole number\nright: digits",
        ),
        ("events", {"credibility": "7"}, "events.csv:2 (call): credibility 7 is out of range\nright: 1 to 6"),
        (
            "events",
            {"known_from": "3 December"},
            "events.csv:2 (call): known_from '3 December' is not a day\nright: a day",
        ),
        ("events", {"date": "2024-12-3"}, "events.csv:2 (call): date '2024-12-3' does not fit\nright: the pattern"),
        (
            "events",
            {"id": "x/../../escaped"},
            "events.csv:2 (x/../../escaped): id 'x/../../escaped' does not fit\nright: the pattern [a-z0-9-]+",
        ),
        ("events", {"summary": ""}, "events.csv:2 (call): summary is blank\nright: a string"),
        (
            "events",
            {"kind": "statment"},
            "events.csv:2 (call): kind 'statment' is not a category\nright: one of statement",
        ),
        (
            "events",
            {"derived": "perhaps"},
            "events.csv:2 (call): derived 'perhaps' is not a yes or a no\nright: yes or no",
        ),
        ("series", {"best": "1,000"}, "series.csv:2 (people-1): best '1,000' is not a number\nright: digits"),
        ("positions", {"actor": ""}, "positions.csv:2 (sudani-talk): actor is blank\nright: a string"),
        ("sources", {"licence": "no-sharing"}, "sources.csv:2 (camp-page): licence 'no-sharing' is not a category"),
        ("events", {"id": "speech"}, "events.csv:2 (speech): id 'speech' occurs 2 times\nright: one row for each key"),
    ],
)
def test_wrong_cell_is_named(table, cells, message, tmp_path):
    """File, line, row, column, value, and what would be right."""
    with pytest.raises(RequestError) as refusal:
        read(table, with_cell(tmp_path, table, **cells))
    assert str(refusal.value).startswith(message)


@pytest.mark.parametrize("table", tables())
def test_no_id_leads_out_of_a_folder(table):
    """Files are named by ids, so each table declares of what signs an id is made: none of them ends a folder."""
    pattern = fields(table)["id"]["constraints"]["pattern"]
    assert re.fullmatch(pattern, "al-hol-2024")
    for id in ("a/b", "a\\b", "..", "a.b", "a:b", "a\n", "A", ""):
        assert not re.fullmatch(pattern, id), id


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id,mood\n", "ties.csv:1: columns are id,mood\nright: id,source_actor,target_actor"),
        (b"", "ties.csv:1: columns are \nright: id,source_actor"),
        ("id\u00e9".encode("latin-1"), "ties.csv: cannot be read: 'utf-8' codec"),
        (None, "ties.csv: cannot be read: [Errno 2]"),
    ],
)
def test_broken_file_is_named(content, message, tmp_path):
    """A table without its columns, in another encoding or not there is refused as a whole."""
    path = write_package(tmp_path, ROWS) / "ties.csv"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(RequestError) as refusal:
        read("ties", tmp_path)
    assert str(refusal.value).startswith(message)


def test_row_of_another_length_is_named(tmp_path):
    """A cell too many is no reason to guess."""
    path = write_package(tmp_path, ROWS) / "ties.csv"
    path.write_text(path.read_text("utf-8").replace("They talk.,", "They talk.,,"), "utf-8")
    with pytest.raises(RequestError, match=r"ties\.csv:2 \(tie\): 15 cells\nright: 14, one for each column"):
        read("ties", tmp_path)


def test_id_of_no_row_is_named(tmp_path):
    """A foreign key, or an item of a list of ids, that leads nowhere is refused with the nearest id."""
    with pytest.raises(
        RequestError,
        match=r"series\.csv \(people-1\): measure 'peple' is not in measures\.csv\nright: an id of measures\.csv\. Did you mean 'people'",
    ):
        check_references(with_cell(tmp_path / "key", "series", measure="peple"))
    with pytest.raises(RequestError, match=r"ties\.csv \(tie\): sources 'camp' is not in sources\.csv"):
        check_references(with_cell(tmp_path / "list", "ties", sources="late-page;camp"))


def test_licence_that_forbids_sharing_is_refused(tmp_path):
    """A row that rests on a source which must not be shared is named; such a source alone is no fault."""
    shut = {**ROWS["sources"][0], "id": "shut-page", "licence": "no sharing"}
    rows = {**ROWS, "sources": [*ROWS["sources"], shut]}
    check_licences(write_package(tmp_path / "unused", rows))
    rows["series"] = [{**ROWS["series"][0], "sources": "camp-page;shut-page"}]
    with pytest.raises(RequestError, match=r"series\.csv \(people-1\): rests on shut-page, whose licence forbids"):
        check_licences(write_package(tmp_path / "used", rows))


def test_tables_come_after_those_whose_ids_they_hold():
    """Each table finds the rows that it names opened already; names lead to actors and are read as they are."""
    seen = set()
    for table in tables():
        named = set(homes(resource(table, DATA)).values()) - ({"actors"} if table == "names" else set())
        assert named <= seen, table
        seen.add(table)
    assert {"judgements", "indicators", "hypotheses", "ratings"} <= seen


@pytest.mark.parametrize("text", ["{", "[]", "{}", None])
def test_package_that_is_none_is_refused(text, tmp_path):
    """A description of data/ that is cut short, empty or not there is named, with what would be right."""
    if text is not None:
        (tmp_path / "datapackage.json").write_text(text)
    with pytest.raises(RequestError, match=r"datapackage\.json: cannot be read: .*\nright: the package"):
        package(tmp_path)


def test_empty_line_is_no_row_and_endless_cell_is_refused(tmp_path):
    """A blank line between rows is passed over, as `check` does; a cell beyond all measure is a refusal."""
    folder = write_package(tmp_path, ROWS)
    path = folder / "issues.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(lines[0] + "\n" + "".join(lines[1:]), "utf-8")
    assert len(read("issues", folder)) == len(ROWS["issues"])
    (folder / "places.csv").write_text((folder / "places.csv").read_text("utf-8") + "x" * 200_000, "utf-8")
    with pytest.raises(RequestError, match=r"places\.csv: cannot be read: field larger"):
        read("places", folder)
