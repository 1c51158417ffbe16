"""Faults of what the collection assesses: rules of judgements and of all that hangs on them.

A rule takes a row and the record and yields (what is wrong, what would be right), see tables.py.
"""

from ..errors import listed, one_of
from ..language import SCALES

_EVIDENCE = ("events", "positions", "series")  # what a judgement may rest on
_ASSESSED = ("judgements", "indicators", "ratings")


def judgement(row, record):
    """A judgement keeps to a scale, says its wording, rests on evidence of its day and resolves later."""
    if row.table != "judgements" or not row["wording"]:
        return
    yield from _band(row)
    if row["statement"] and row["wording"] not in row["statement"]:
        yield f"statement does not hold its wording {row['wording']!r}", "the wording, letter for letter"
    if not any(row[table] for table in _EVIDENCE):
        yield "rests on no evidence", f"ids in {listed(_EVIDENCE)}"
    if row["known_from"] and row["resolves_on"] and row["resolves_on"] <= row["known_from"]:
        yield f"resolves_on {row['resolves_on']} is not after known_from", f"a day after {row['known_from']}"


def _band(row):
    bands = [f"{low}-{high}" for scale in SCALES.values() for low, high in [scale.get(row["wording"], (0, 0))] if high]
    if not bands:
        choices = dict.fromkeys(wording for scale in SCALES.values() for wording in scale)
        yield f"wording {row['wording']!r} is on no scale", one_of(row["wording"], list(choices))
    elif row["band"] not in bands:
        yield f"band {row['band']} is not that of {row['wording']!r}", " or ".join(dict.fromkeys(bands))


def no_hindsight(row, record):
    """What we assess rests on nothing that became known after the day of the assessment."""
    if row.table not in _ASSESSED or not row["known_from"] or row["outcome"]:
        return
    for table, ids in (*((table, row[table] or ()) for table in _EVIDENCE), ("events", [row["event"]])):
        for known in (other["known_from"] for id in ids if (other := record.row(table, id))):
            if known and known > row["known_from"]:
                yield f"rests on {table} known from {known}", f"known_from {known} or later, or other evidence"
