"""Days as analysts write them: whole or partial, exact or about."""

import calendar
import re
from datetime import date
from typing import NamedTuple

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse_day(text):
    """A `datetime.date` from YYYY-MM-DD and nothing else; ValueError says what would be right."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        raise ValueError(f"{text!r} is not a date; dates are written YYYY-MM-DD, as in 2025-05-31")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day of the calendar") from None


def first_day(text):
    """The first day that a partial date (YYYY, YYYY-MM or YYYY-MM-DD) can mean."""
    return parse_day(text + "-01-01"[3 * (text.count("-")) :])


def last_day(text):
    """The last day that a partial date (YYYY, YYYY-MM or YYYY-MM-DD) can mean."""
    first = first_day(text)
    month = first.month if "-" in text else 12
    day = first.day if text.count("-") == 2 else calendar.monthrange(first.year, month)[1]
    return date(first.year, month, day)


def spell_day(day):
    """'8 December 2024'."""
    return f"{day.day} {day:%B %Y}"


class When(NamedTuple):
    """A moment or a span, no more exact than its source: first and last day it can mean."""

    first: date
    last: date
    about: bool = False

    @classmethod
    def read(cls, start, end="", precision="day"):
        """From the columns `date`, `date_end` and `precision` of a row."""
        return cls(first_day(start), last_day(end or start), precision == "approximate")

    @property
    def middle(self):
        """The day halfway through the span: where a mark stands on an axis."""
        return self.first + (self.last - self.first) / 2

    def __str__(self):
        return f"about {self._span()}" if self.about else self._span()

    def _span(self):
        first, last = self.first, self.last
        if first == last:
            return spell_day(first)
        whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        if whole_years:
            return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
        whole_months = first.day == 1 and last == last_day(f"{last:%Y-%m}")
        if whole_months:
            return (
                f"{first:%B %Y}"
                if (first.year, first.month) == (last.year, last.month)
                else f"{first:%B %Y} to {last:%B %Y}"
            )
        return f"{spell_day(first)} to {spell_day(last)}"
