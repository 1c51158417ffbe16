"""The data dictionary and the hashes of the data package."""

import json
import shutil

import pytest
from dossier.dictionary import dictionary, refresh
from dossier.errors import RequestError
from dossier.project import DATA
from frictionless import validate
from samples import ROWS, write_package


def package():
    """The shipped datapackage.json."""
    return json.loads((DATA / "datapackage.json").read_text("utf-8"))


def test_shipped_dictionary_is_made_from_the_package():
    """data/README.md says what datapackage.json declares, letter for letter."""
    assert (DATA / "README.md").read_text("utf-8") == dictionary(package())


def test_dictionary_holds_rules_grades_and_every_column():
    """The rule for known_from, the letters A to F, the digits 1 to 6 and each column with its values are in it."""
    text = dictionary(package())
    assert "## When a row was known: `known_from`" in text and "the earliest source cited was published" in text
    for grade in [
        "| A | official record",
        "| F | cannot be judged",
        "| 1 | confirmed by two",
        "| 6 | cannot be judged: a",
    ]:
        assert grade in text
    for table in package()["resources"]:
        for field in table.get("schema", {"fields": ()})["fields"]:
            assert f"| `{field['name']}` | {field['type']}" in text
    assert "| `rating` | string; CC, C, N, I, II; required | How the event fits the hypothesis. |" in text
    assert "| `id` | string; as `[a-z0-9-]+`; required | Key of the table. |" in text
    assert "| `hypothesis` | string; a row of hypotheses; required |" in text


def test_every_column_is_described():
    """No column is left to guess."""
    for table in (table for table in package()["resources"] if "schema" in table):
        assert all(len(field["description"]) > 5 for field in table["schema"]["fields"]), table["name"]


def test_refresh_states_what_the_files_are(tmp_path):
    """Hash and size follow the file; nothing else in the package moves; a second run changes nothing."""
    folder = write_package(tmp_path, ROWS)
    before = json.loads((folder / "datapackage.json").read_text("utf-8"))
    (folder / "ties.csv").write_bytes((folder / "ties.csv").read_bytes().replace(b"They talk.", b"They talk often."))
    refresh(folder)
    text = (folder / "datapackage.json").read_text("utf-8")
    after = json.loads(text)
    [moved] = [new for old, new in zip(before["resources"], after["resources"], strict=True) if old != new]
    assert moved["path"] == "ties.csv" and moved["bytes"] == (folder / "ties.csv").stat().st_size
    refresh(folder)
    assert (folder / "datapackage.json").read_text("utf-8") == text


def test_file_without_a_place_for_its_hash_is_refused(tmp_path):
    """A resource that was written another way is named instead of left without its hash."""
    folder = write_package(tmp_path, ROWS)
    path = folder / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace('"path": "ties.csv", "hash"', '"path": "ties.csv", "sha"'), "utf-8")
    with pytest.raises(RequestError, match=r"datapackage\.json: ties\.csv has no place for its hash"):
        refresh(folder)


def test_another_reader_finds_the_package_valid():
    """frictionless, which is not ours, reads every table and every layer and finds no error."""
    report = validate(str(DATA / "datapackage.json"))
    assert report.flatten(["title", "message"]) == []
    assert len(report.tasks) == len(package()["resources"])


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("events.csv", b"2024-12-08", b"2024-12-88"),
        ("events.csv", b",hts;", b",htss;"),
        ("geo/rivers.geojson", b"4", b"5"),
    ],
)
def test_another_reader_would_see_a_fault(path, old, new, tmp_path):
    """The same reader reports a file that is not the one whose hash is stated."""
    folder = shutil.copytree(DATA, tmp_path / "data")
    (folder / path).write_bytes((folder / path).read_bytes().replace(old, new, 1))
    assert not validate(str(folder / "datapackage.json")).valid
