"""The tables as they are written: every cell that can be read, and a fault for every one that cannot.

`tables.read` stops at the first wrong cell; a check goes on and reports them all.
"""

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path

from ..dates import first_day, last_day, parse_day
from ..errors import Fault, RequestError
from ..tables import CONVERT, WANTED


@dataclass(frozen=True)
class Row:
    """One line of a table: its cells as written, and as values (None where blank or unreadable)."""

    table: str
    line: int
    text: dict
    values: dict = field(default_factory=dict)

    @property
    def where(self):
        """'events.csv:12 (sudani-call)'."""
        return f"{self.table}.csv:{self.line} ({self.text.get('id', '')})"

    def __getitem__(self, column):
        return self.values.get(column)

    def __contains__(self, column):
        return column in self.values

    def first(self, column):
        """The first day that a date, whole or partial, can mean; None without one."""
        return self._day(column, first_day)

    def last(self, column):
        """The last day that a date, whole or partial, can mean; None without one."""
        return self._day(column, last_day)

    def _day(self, column, end):
        try:
            return end(self[column]) if self[column] else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Record:
    """The package as declared, the rows of each table that has its columns, and the faults of reading them."""

    folder: Path
    package: dict
    tables: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)
    _by_id: dict = field(default_factory=dict)

    @property
    def first_as_of(self):
        """The first day for which a view can be asked."""
        return parse_day(self.package["firstAsOf"])

    @property
    def cut_off(self):
        """The day on which the evidence was closed."""
        return parse_day(self.package["cutOff"])

    def resource(self, table):
        """What the package declares of a table."""
        return next(resource for resource in self.package["resources"] if resource["name"] == table)

    def rows(self, table):
        """The rows of a table; none where it does not exist."""
        return self.tables.get(table, [])

    def row(self, table, id):
        """The first row with this id, or None."""
        return self._by_id.get((table, id))

    def add(self, table, rows):
        """Take in a table that could be read."""
        self.tables[table] = rows
        for row in rows:
            self._by_id.setdefault((table, row["id"]), row)


def read(folder):
    """The `Record` of a data folder; RequestError when there is no package to hold it against."""
    path = Path(folder) / "datapackage.json"
    try:
        record = Record(Path(folder), json.loads(path.read_text(encoding="utf-8")))
        _ = record.first_as_of, record.cut_off
    except (OSError, ValueError, LookupError) as error:
        raise RequestError(f"{path}: {error!r}\nright: a Data Package with firstAsOf and cutOff") from None
    for resource in record.package["resources"]:
        if "schema" in resource:
            _read_table(record, resource)
    return record


def _read_table(record, resource):
    path, fields = record.folder / resource["path"], resource["schema"]["fields"]
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(_lines(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        record.faults.append(Fault(path.name, f"cannot be read: {error}", "a CSV in UTF-8"))
        return
    if fault := _columns(path.name, lines[0][1] if lines else [], [column["name"] for column in fields]):
        record.faults.append(fault)
        return
    rows = (_row(record, resource["name"], number, cells, fields) for number, cells in lines[1:])
    record.add(resource["name"], [row for row in rows if row])


def _lines(file):
    lines = csv.reader(file)
    return ((lines.line_num, cells) for cells in lines if cells)


def _columns(name, found, declared):
    missing = [column for column in declared if column not in found]
    extra = [column for column in found if column not in declared]
    if missing:
        return Fault(f"{name}:1", f"no column {', '.join(missing)}", ",".join(declared))
    if extra:
        return Fault(f"{name}:1", f"column {', '.join(extra)} is not declared", ",".join(declared))
    return Fault(f"{name}:1", "columns are in another order", ",".join(declared)) if found != declared else None


def _row(record, table, number, cells, fields):
    """The `Row` of one line; None, with a fault, when it has too few or too many cells."""
    if len(cells) != len(fields):
        record.faults.append(
            Fault(f"{table}.csv:{number}", f"{len(cells)} cells", f"{len(fields)}, one for each column")
        )
        return None
    text = {column["name"]: cell for column, cell in zip(fields, cells, strict=True)}
    row = Row(table, number, text)
    row.values.update((column["name"], _value(record, row, **column)) for column in fields)
    return row


def _value(record, row, name, type, **rest):
    try:
        return CONVERT[type](row.text[name])
    except ValueError:
        wanted, right = WANTED[type]
        record.faults.append(Fault(row.where, f"{name} {row.text[name]!r} is not {wanted}", right))
        return None
