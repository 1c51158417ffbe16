"""Note numbers in text."""

import pytest
from dossier.publish import notes


def test_mark_and_replace():
    """A citation becomes its numbers, in order, and takes the space before it along."""
    marked = notes.mark("Seen [@b; @a]. Heard [@c].", {"a": 1, "b": 2, "c": 3})
    assert notes.replace(marked, str) == "Seen[1, 2]. Heard[3]."


def test_cited_ids_in_order():
    """Ids come in order of use, each once."""
    assert notes.cited("x [@b; @a] y [@a; @c]") == ["b", "a", "c"]


def test_escaped_citation_is_text():
    """A value that looks like a citation has been escaped, and is none."""
    assert notes.cited(r"\[\@a\]") == []


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1], [(1, 1)]),
        ([1, 2], [(1, 1), (2, 2)]),
        ([5, 3, 4, 1], [(1, 1), (3, 5)]),
        ([], []),
    ],
)
def test_runs(numbers, expected):
    """Three or more numbers in a row are one run."""
    assert notes.runs(numbers) == expected
