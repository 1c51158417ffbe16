"""How much the record holds, in a few lines."""

from collections import Counter

from ..data import FIGURES
from ..project import THEMES


def lines(record):
    """Rows of each table; what can be drawn of them; events and sources by grade; first and last known_from."""
    events, positions = record.rows("events"), record.rows("positions")
    figures = [row for table in FIGURES for row in record.rows(table)]
    days = [row["known_from"] for rows in record.tables.values() for row in rows if row["known_from"]]
    themes = Counter(theme for row in events for theme in row["themes"] or ())
    return [
        f"rows: {_counted({table: len(rows) for table, rows in record.tables.items()})}",
        f"actors with positions: {len({row['actor'] for row in positions})}",
        f"issues: {len(record.rows('issues'))}",
        f"events by theme: {_counted({theme: themes[theme] for theme in THEMES})}",
        f"events by credibility: {_by(events, 'credibility')}",
        f"series points: {len(record.rows('series'))}",
        f"regimes points: {len(record.rows('regimes'))}",
        f"measures with points: {len({row['measure'] for row in figures})}",
        f"places with coordinates: {len([row for row in record.rows('places') if row['lat'] is not None])}",
        f"sources by reliability: {_by(record.rows('sources'), 'reliability')}",
        f"known_from: {min(days, default='none')} to {max(days, default='none')}",
    ]


def _by(rows, column):
    return _counted(dict(sorted(Counter(row.text[column] for row in rows).items())))


def _counted(numbers):
    return ", ".join(f"{name} {number}" for name, number in numbers.items())
