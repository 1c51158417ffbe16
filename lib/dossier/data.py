"""The evidence as the public knew it on a day: `load(as_of)` is the only door to data/.

Rows are named tuples with the columns of the table, as datapackage.json declares them;
ids of sources, actors and places are opened into their rows, dates into `When`.
"""

import csv
import json
import re
from collections import namedtuple
from datetime import date
from functools import cache
from pathlib import Path

from .dates import When, first_day, last_day, parse_day
from .errors import RequestError
from .project import DATA

REDACTED = "Reported after the cut-off"


@cache
def package(folder=DATA):
    """datapackage.json as a dict: tables, their fields, first and last day of `as_of`."""
    return json.loads((Path(folder) / "datapackage.json").read_text(encoding="utf-8"))


@cache
def fields(table, folder=DATA):
    """Field name -> declared type of one table, in column order."""
    resource = next(r for r in package(folder)["resources"] if r["name"] == table)
    return {field["name"]: field for field in resource["schema"]["fields"]}


@cache
def read(table, folder=DATA):
    """All rows of a table as typed named tuples, whatever day they became known; nothing opened."""
    declared = fields(table, folder)
    row_type = namedtuple(table.title().replace("-", ""), declared)
    path = Path(folder) / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        if lines.fieldnames != list(declared):
            raise RequestError(f"{path.name}: columns are {lines.fieldnames}\nright: {list(declared)}")
        return tuple(row_type(*_typed(line, declared, f"{path.name}:{lines.line_num}")) for line in lines)


def _typed(line, declared, where):
    for name, field in declared.items():
        try:
            yield CONVERT[field["type"]](line[name])
        except ValueError as error:
            raise RequestError(f"{where}: column {name}: {line[name]!r}: {error}") from None


def _like(pattern, text, wanted):
    if not re.fullmatch(pattern, text):
        raise ValueError(f"not {wanted}")
    return text


# Declared type -> text to value; ValueError for a text that is not of the type. Blank is always let through.
CONVERT = {
    "string": str,
    "date": lambda text: parse_day(text) if text else None,
    "integer": lambda text: int(_like("-?[0-9]+", text, "a whole number")) if text else None,
    "number": lambda text: float(_like(r"-?[0-9]+(\.[0-9]+)?", text, "a number")) if text else None,
    "boolean": lambda text: _like("yes|no|", text, "yes or no") == "yes",
    "list": lambda text: tuple(text.split(";")) if text else (),
}


def first_as_of(folder=DATA):
    """The first day for which a view can be asked."""
    return parse_day(package(folder)["firstAsOf"])


def cut_off(folder=DATA):
    """The day on which the evidence was closed: the last day for which a view can be asked."""
    return parse_day(package(folder)["cutOff"])


def check_as_of(as_of, folder=DATA):
    """`as_of` as a date; RequestError outside the days that the evidence covers."""
    try:
        day = as_of if isinstance(as_of, date) else parse_day(as_of)
    except ValueError as error:
        raise RequestError(f"as_of: {error}") from None
    first, last = first_as_of(folder), cut_off(folder)
    if not first <= day <= last:
        raise RequestError(f"as_of: {day} is outside the evidence\nvalid: {first} to {last}")
    return day


def load(as_of, folder=DATA):
    """The `Evidence` that was public on the day `as_of` (YYYY-MM-DD or a date)."""
    return Evidence(check_as_of(as_of, folder), folder)


class Evidence:
    """Every table as it stood on one day: no row that became known later.

    Tables are attributes holding tuples of rows: sources, places, actors, names, offices, events,
    positions, ties, measures, series, issues, presets, glossary.
    """

    def __init__(self, as_of, folder=DATA):
        self.as_of = as_of
        self.folder = folder
        self._by_id = {}
        for table, opener in _OPENERS.items():
            # A source stays, redacted: a row known in time may rest on a page published later.
            known = (row for row in read(table, folder) if table == "sources" or self._known(row))
            rows = (opener(self, row) for row in _current(tuple(known)))
            rows = tuple(row for row in rows if row is not None)
            setattr(self, table, rows)
            self._by_id[table] = {row.id: row for row in rows}
        in_series = {point.measure for point in self.series}
        in_positions = {position.issue for position in self.positions}
        self.measures = tuple(row for row in self.measures if row.id in in_series)
        self.issues = tuple(row for row in self.issues if row.id in in_positions)

    def _known(self, row):
        return getattr(row, "known_from", self.as_of) <= self.as_of

    def find(self, table, id):
        """The row with this id, or None when it does not exist or was not known yet."""
        return self._by_id[table].get(id)

    def office(self, actor):
        """The office row that an actor (row) is known to hold on the day, or None."""
        held = [row for row in self.offices if row.actor == actor.id and _holds_on(row, self.as_of)]
        return held[-1] if held else None

    def arabic(self, actor):
        """An actor's name in Arabic script, or ''."""
        return next((name.name for name in self.names if name.actor == actor.id and name.kind == "arabic"), "")

    def view(self, theme, focus="all", **selection):
        """The evidence of one theme through one focus: a `View`."""
        from .view import View

        return View(self, theme, focus, **selection)

    def _open(self, table, ids):
        return tuple(row for id in ids if (row := self.find(table, id)))


def _current(rows):
    """The rows that no other known row supersedes."""
    replaced = {getattr(row, "supersedes", "") for row in rows}
    return (row for row in rows if row.id not in replaced)


def _holds_on(office, day):
    begun = not office.valid_from or first_day(office.valid_from) <= day
    return begun and (not office.valid_to or last_day(office.valid_to) >= day)


def _source(evidence, row):
    if row.known_from <= evidence.as_of:
        return row
    blank = {name: "" for name in ("publisher", "author", "url", "published", "note")}
    return row._replace(title=REDACTED, kind="", known_from=None, **blank)


def _sourced(evidence, row):
    opened = {"sources": evidence._open("sources", row.sources)}
    if "note" in row._fields and any(source.title == REDACTED for source in opened["sources"]):
        opened["note"] = ""  # a coder's note may compare with a source that nobody had read yet
    if "date" in row._fields:
        opened["date"] = When.read(row.date, getattr(row, "date_end", ""), row.precision) if row.date else None
    return row._replace(**opened)


def _event(evidence, row):
    return _sourced(evidence, row)._replace(
        actors=evidence._open("actors", row.actors), place=evidence.find("places", row.place)
    )


def _position(evidence, row):
    actor = evidence.find("actors", row.actor)
    return actor and _sourced(evidence, row)._replace(actor=actor)


def _tie(evidence, row):
    ends = evidence._open("actors", (row.source_actor, row.target_actor))
    return _sourced(evidence, row)._replace(source_actor=ends[0], target_actor=ends[1]) if len(ends) == 2 else None


def _as_is(evidence, row):
    return row


# In the order in which one table opens the ids of another.
_OPENERS = {
    "sources": _source,
    "places": _sourced,
    "actors": _sourced,
    "names": _sourced,
    "offices": _sourced,
    "events": _event,
    "positions": _position,
    "ties": _tie,
    "series": _sourced,
    "measures": _as_is,
    "issues": _as_is,
    "presets": _as_is,
    "glossary": _sourced,
}
