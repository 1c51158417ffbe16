"""What axes say: days in cells of weeks, months or years, dates in short form, figures with their range."""

from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from ..dates import last_day
from ..prose import amount, figures

STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600)  # months in a cell


class Stretch(NamedTuple):
    """The days `start` to `end`, both whole, drawn from `left` to `right` (points)."""

    start: date
    end: date
    left: float
    right: float

    def at(self, day):
        """Where the morning of a day (a proleptic ordinal, may be broken) stands; days outside stand at the ends."""
        first, last = self.start.toordinal(), self.end.toordinal() + 1
        share = (min(max(day, first), last) - first) / (last - first)
        return self.left + share * (self.right - self.left)


def cells(start, end, room):
    """(first day, words) of the parts of a calendar that cover `start` to `end` and whose words fit in `room` points.

    Days, else weeks, months or years; the first part begins at `start` and may be cut.
    """
    days = (end - start).days + 1
    if days * 36 <= room:
        return [(start + timedelta(i), _day_words(start + timedelta(i))) for i in range(days)]
    if days / 7 * 36 <= room:
        mondays = range(-start.weekday() % 7 or 7, days, 7)
        return [(day, _day_words(day)) for day in [start, *(start + timedelta(i) for i in mondays)]]
    step = next(step for step in STEPS if days / 30.4 / step * (48 if step < 12 else 29) <= room)
    return [(start, _month_words(start, step)), *((day, _month_words(day, step)) for day in _months(start, end, step))]


def _months(start, end, step):
    """First days of every `step` months after `start`; steps of years fall on round years."""
    begun = (start.year * 12 + start.month - 1) // step
    for part in count(begun + 1):
        day = date(part * step // 12, part * step % 12 + 1, 1)
        if day > end:
            return
        yield day


def _day_words(day):
    return f"{day.day} {day:%b}"


def _month_words(day, step):
    return f"{day.year}" if step >= 12 else f"{day:%b %Y}"


def short_date(when, year=True):
    """A `When` for a label: '3 Dec 2024', '27 Nov–8 Dec', 'Feb 2025', 'c. 1947'; `year` applies to whole days."""
    return f"c. {_span(when, year)}" if when.about else _span(when, year)


def _span(when, year):
    first, last = when.first, when.last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return _between(f"{first.year}", f"{last.year}")
    if first.day == 1 and last == last_day(f"{last:%Y-%m}"):
        return _between(f"{first:%b %Y}", f"{last:%b %Y}")
    style = "{0.day} {0:%b %Y}" if year or first.year != last.year else "{0.day} {0:%b}"
    return _between(style.format(first), style.format(last))


def _between(start, end):
    """'3–5 Dec', 'Feb–Apr 2025': words at the end of both are said once."""
    words, others = start.split(), end.split()
    while words and words[-1] == others[-1]:
        words.pop(), others.pop()
    return f"{' '.join(words)}–{end}" if words else end


def with_range(point):
    """The figure of a series row and, where it has both, its range: '12,000 (10,000 to 14,000)'."""
    both = point.best is not None and point.low is not None and point.high is not None
    return f"{amount(point)} ({figures(point.low)} to {figures(point.high)})" if both else amount(point)
