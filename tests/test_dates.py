"""Days, whole and partial."""

from datetime import date

import pytest
from dossier.dates import When, parse_day


@pytest.mark.parametrize("text", ["2025-5-31", "31.05.2025", "2025-05", "2025-02-30", "20250531", " 2025-05-31", ""])
def test_parse_day_takes_iso_days_only(text):
    """Any writing of a day but YYYY-MM-DD is refused."""
    with pytest.raises(ValueError):
        parse_day(text)


@pytest.mark.parametrize(
    ("start", "end", "precision", "spelled"),
    [
        ("2024-12-03", "", "day", "3 December 2024"),
        ("2025-02", "", "month", "February 2025"),
        ("1980", "1988", "year", "1980 to 1988"),
        ("1940", "1949", "approximate", "about 1940 to 1949"),
        ("2024-11-27", "2024-12-08", "day", "27 November 2024 to 8 December 2024"),
    ],
)
def test_when_is_spelled_as_exactly_as_its_source(start, end, precision, spelled):
    """A date is worded no more exactly than it is known."""
    assert str(When.read(start, end, precision)) == spelled


def test_when_covers_every_day_that_a_partial_date_can_mean():
    """A month runs from its first day to its last, leap years included."""
    assert When.read("2024-02") == (date(2024, 2, 1), date(2024, 2, 29), False)
