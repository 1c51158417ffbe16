"""What axes say."""

from datetime import date

import pytest
from dossier.charts.axis import Stretch, cells, short_date
from dossier.dates import When


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When.read("2024-12-03"), "3 Dec 2024"),
        (When.read("2025-02"), "Feb 2025"),
        (When.read("1940", "1949", "approximate"), "c. 1940–1949"),
        (When.read("2024-11-27", "2024-12-08"), "27 Nov–8 Dec 2024"),
    ],
)
def test_short_date_is_no_more_exact_than_its_source(when, words):
    """A label shows a day, a month, a span or about, as the evidence has it."""
    assert short_date(when) == words


def test_cells_grow_with_the_span():
    """The same room shows days of a week, months of half a year, decades of a century."""
    assert [words for _, words in cells(date(2024, 12, 1), date(2024, 12, 3), 400)] == ["1 Dec", "2 Dec", "3 Dec"]
    assert "Jan 2025" in [words for _, words in cells(date(2024, 11, 27), date(2025, 5, 31), 400)]
    assert [words for _, words in cells(date(1940, 1, 1), date(2024, 12, 31), 300)][1] == "1950"


def test_stretch_places_days_between_its_ends():
    """The first morning stands at the left, the middle in the middle, what lies outside at an end."""
    week = Stretch(date(2024, 12, 2), date(2024, 12, 8), 0, 70)
    assert week.at(date(2024, 12, 2).toordinal()) == 0
    assert week.at(date(2024, 12, 5).toordinal()) == 30
    assert week.at(date(2025, 1, 1).toordinal()) == 70
