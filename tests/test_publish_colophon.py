"""How a document was made, in words."""

from dataclasses import replace

from dossier.publish.colophon import how_made, parameter_table, provenance
from test_publish_document import PARAMETERS, read


def test_parameters_in_words():
    """Each parameter has a label and a value that a reader understands."""
    assert dict(parameter_table({**PARAMETERS, "scale": "icd203", "places": ["camp", "base"], "mine": 3})) == {
        "Information cut-off": "10 December 2024",
        "Recent means since": "27 November 2024",
        "Focus": "all",
        "Actors chosen": "those of the focus",
        "Worst source shown": "F (all are shown)",
        "Counting rule": "every event on record",
        "Likelihood scale": "ICD 203",
        "Places chosen": "camp and base",
        "mine": "3",
    }


def test_how_to_cite_names_title_edition_and_day():
    """The citation holds what is needed to find the same document again."""
    words = dict(how_made(read("brief")))["How to cite"]
    for part in ("Iraq Dossier contributors", "“The camp shrinks to 40,000”", "brief edition", "10 December", "9.9"):
        assert part in words


def test_notebook_from_elsewhere_has_none():
    """What is not of this collection is not said to be made, cited or licensed like it."""
    assert how_made(replace(read("student"), as_of=None)) == ()


def test_provenance_names_rows_and_code():
    """How many rows were read, a hash of them and one of the code; nothing where nobody kept a record."""
    rows = [["Events", "call", "1"], ["Series", "people-1", "2"]]
    words = provenance(rows, "0.1.0", "c0de" * 16)
    assert words.startswith("2 rows of evidence read, sha256 ") and words.endswith(
        "; version 0.1.0, sha256 of the code c0dec0dec0dec0de."
    )
    assert words != provenance([rows[0], ["Series", "people-1", "3"]], "0.1.0", "c0de" * 16)
    assert words == provenance(rows[::-1], "0.1.0", "c0de" * 16)
    assert provenance([], "0.1.0", "c0de") == provenance(None, "0.1.0", "c0de") == ""
