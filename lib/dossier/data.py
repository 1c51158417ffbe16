"""The evidence as the public knew it on a day: `load(as_of)` is the only door to data/.

Rows are named tuples with the columns of the table, as datapackage.json declares them; ids are opened into
the rows that they name, dates into `When`.
"""

from bisect import bisect_right
from collections import defaultdict
from datetime import date, timedelta
from functools import cache

from .dates import When, first_day, last_day, parse_day
from .errors import RequestError
from .project import DATA
from .reads import Reads
from .tables import check_references, homes, package, read, resource, tables

REDACTED = "Reported after the cut-off"
FIGURES = ("series", "regimes")  # tables of dated figures: the second is under a licence of its own
# A question or a measure of which nothing is known yet is not even named. Table -> (who use its rows, in which column).
USED_IN = {"measures": (FIGURES, "measure"), "issues": (("positions",), "issue")}
CLOSED = ("names", "presets")  # their ids stay ids: an actor is named by its names, a preset is a choice of ids


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


def load(as_of, folder=DATA, reads=None):
    """The `Evidence` that was public on the day `as_of` (YYYY-MM-DD or a date).

    `reads` is the record that goes on, where a view of one day asks for another. RequestError names file, row,
    column and value of what is not as the package declares, and what would be right.
    """
    day = check_as_of(as_of, folder)
    check_references(folder)
    return Evidence(day, folder, reads or Reads(day))


class Evidence:
    """Every table as it stood on one day: no row that became known later. It cannot be changed.

    Tables are attributes holding tuples of rows: sources, places, actors, names, offices, events, positions,
    ties, measures, series, regimes, issues, presets, glossary, judgements, indicators, hypotheses, ratings.
    `reads` is the record of what was asked of it.
    """

    def __init__(self, as_of, folder, reads):
        vars(self).update(as_of=as_of, folder=folder, reads=reads, _opened={}, _ids={}, _shown={})

    def __setattr__(self, name, value):
        raise AttributeError(f"evidence of a day cannot be changed: {name}")

    def __getattr__(self, name):
        if name.startswith("_") or name not in tables(self.folder):
            raise AttributeError(f"the evidence has no table {name!r}")
        return self._ask(name)

    def find(self, table, id):
        """The row with this id, or None when it does not exist or was not known yet."""
        return self._ask("find", table, id)

    def office(self, actor):
        """The office row that an actor (row) is known to hold on the day, or None."""
        return self._ask("office", actor.id)

    def arabic(self, actor):
        """An actor's name in Arabic script, or ''."""
        return self._ask("arabic", actor.id)

    def days_of_change(self, theme):
        """The days on which something that can change a theme's actors, places, events or ties became known."""
        return self._ask("days_of_change", theme)

    def asked(self, what, *arguments):
        """The answer to a question of the record: a table by its name, or a method by its name with ids."""
        return self._table(what) if what in tables(self.folder) else getattr(self, f"_{what}")(*arguments)

    def view(self, theme, focus="all", **selection):
        """The evidence of one theme through one focus: a `View`."""
        from .view import View

        return View(self, theme, focus, **selection)

    def _ask(self, *question):
        return self.reads.answer(self.as_of, ("evidence", *question), lambda: self.asked(*question))

    def _table(self, table):
        """The rows of a table that may be shown."""
        if table not in USED_IN:
            return self._every(table)
        if table not in self._shown:
            users, column = USED_IN[table]
            used = {getattr(row, column).id for user in users for row in self._every(user)}
            self._shown[table] = tuple(row for row in self._every(table) if row.id in used)
        return self._shown[table]

    def _every(self, table):
        """The rows of a table, opened: once for all days on which the table says the same."""
        if table not in self._opened:
            state = bisect_right(_table_turns(table, self.folder), self.as_of)
            states = _states(table, self.folder)
            if state not in states:
                states[state] = self._open_table(table)
            self._opened[table] = states[state]
        return self._opened[table]

    def _open_table(self, table):
        # A source stays, redacted: a row known in time may rest on a page published later.
        known = [row for row in read(table, self.folder) if table == "sources" or self._known(row)]
        rows = tuple(_current(known))
        if table in CLOSED:
            return rows
        turns, shared, day = _turns(table, self.folder), _shared(table, self.folder), self.as_of
        states = [(row.id, bisect_right(turns[row.id], day)) for row in rows]
        for row, state in zip(rows, states, strict=True):
            if state not in shared:  # the same object on all days on which a row says the same
                shared[state] = self._open(table, row)
        return tuple(shared[state] for state in states if shared[state] is not None)

    def _by_id(self, table):
        if table not in self._ids:
            self._ids[table] = {row.id: row for row in self._every(table)}
        return self._ids[table]

    def _known(self, row):
        return getattr(row, "known_from", self.as_of) <= self.as_of

    def _open(self, table, row):
        """The row as it stood on the day; None when a row that it is about was not known."""
        if table == "sources":
            return row if self._known(row) else _redacted(row)
        opened = {column: self._rows(home, getattr(row, column)) for column, home in _homes(table, self.folder).items()}
        if any(opened[column] is None for column in opened if _required(table, column, self.folder)):
            return None
        if "note" in row._fields and any(source.title == REDACTED for source in opened.get("sources", ())):
            opened["note"] = ""  # a coder's note may compare with a source that nobody had read yet
        if "date" in row._fields:
            opened["date"] = When.read(row.date, getattr(row, "date_end", ""), row.precision) if row.date else None
        if table == "actors":
            opened["name"] = self._borne(row.id) or row.name
        return row._replace(**opened)

    def _rows(self, table, ids):
        if isinstance(ids, tuple):
            return tuple(row for id in ids if (row := self._row(table, id)))
        return self._row(table, ids)

    def _row(self, table, id):
        """The row that an id names on the day: where it was superseded, the one in its place; None where none is known."""
        known, later = self._by_id(table), _later(table, self.folder)
        while id not in known and id in later:
            id = later[id].id
        return known.get(id)

    def _borne(self, actor):
        """The name other than its own that an actor (id) bears on the day, or ''."""
        return next((row.name for row in self._names(actor) if _borne_on(row, self.as_of)), "")

    def _names(self, actor):
        return (row for row in self._table("names") if row.actor == actor)

    def _find(self, table, id):
        row = self._by_id(table).get(id)
        return row if table not in USED_IN or row in self._table(table) else None

    def _arabic(self, actor):
        return next((row.name for row in self._names(actor) if row.kind == "arabic"), "")

    def _days_of_change(self, theme):
        return _days_of_change(theme, self.folder)

    def _office(self, actor):
        held = [row for row in self._table("offices") if row.actor.id == actor and _holds_on(row, self.as_of)]
        return held[-1] if held else None


def _current(rows):
    """The rows that no other known row supersedes."""
    replaced = {getattr(row, "supersedes", "") for row in rows}
    return (row for row in rows if row.id not in replaced)


def _redacted(source):
    blank = {name: "" for name in ("publisher", "author", "url", "published", "note")}
    return source._replace(title=REDACTED, kind="", known_from=None, **blank)


def _holds_on(row, day):
    begun = not row.valid_from or first_day(row.valid_from) <= day
    return begun and (not row.valid_to or last_day(row.valid_to) >= day)


def _borne_on(row, day):
    """Whether a name was in use on a day; a former one without an end was given up before all days here."""
    return (row.kind == "current" or (row.kind == "former" and bool(row.valid_to))) and _holds_on(row, day)


@cache
def _homes(table, folder):
    return homes(resource(table, folder))


@cache
def _required(table, column, folder):
    fields = resource(table, folder)["schema"]["fields"]
    return any(field["name"] == column and field.get("constraints", {}).get("required") for field in fields)


@cache
def _shared(table, folder):
    """(id, how many of its turns have passed) -> the row as it stands then, opened."""
    return {}


@cache
def _states(table, folder):
    """How many of the table's turns have passed -> its rows as they stand then, opened."""
    return {}


@cache
def _table_turns(table, folder):
    """The days, in order, from which on some row of a table, opened, says something else."""
    if table in CLOSED:
        return tuple(sorted({getattr(row, "known_from", date.min) for row in read(table, folder)}))
    return tuple(sorted(set().union(*_turns(table, folder).values())))


@cache
def _turns(table, folder):
    """Id -> the days, in order, from which on that row, opened, says something else."""
    return {row.id: tuple(sorted(_turns_of(table, row, folder))) for row in read(table, folder)}


def _turns_of(table, row, folder):
    """The days on which what a row names becomes known, or changes in turn, or an actor changes its name; and those of
    the row that supersedes it, which then stands for it."""
    if table == "sources":
        return {row.known_from}
    days = {getattr(row, "known_from", date.min)}
    if later := _later(table, folder).get(row.id):
        days |= _turns_of(table, later, folder)
    for column, home in _homes(table, folder).items():
        days.update(*(_turns(home, folder)[id] for id in _named_by(row, column)))
    return days | _renamings(folder).get(row.id, set()) if table == "actors" else days


@cache
def _later(table, folder):
    """Id -> the row that supersedes it, known on a later day: no two rows supersede each other."""
    rows = {row.id: row for row in read(table, folder)}
    pairs = ((rows.get(getattr(row, "supersedes", "")), row) for row in rows.values())
    return {old.id: row for old, row in pairs if old and old.known_from < row.known_from}


@cache
def _renamings(folder):
    """Actor id -> the days from which on it may bear another name."""
    days = defaultdict(set)
    for name in read("names", folder):
        if name.valid_to or name.kind == "current":
            days[name.actor].add(name.known_from)
            days[name.actor] |= {last_day(name.valid_to) + timedelta(days=1)} if name.valid_to else set()
            days[name.actor] |= {first_day(name.valid_from)} if name.valid_from else set()
    return days


def _named_by(row, column):
    ids = getattr(row, column)
    return ids if isinstance(ids, tuple) else filter(None, [ids])


@cache
def _days_of_change(theme, folder):
    rows = [row for table in ("actors", "places", "events", "ties") for row in read(table, folder)]
    return tuple(sorted({row.known_from for row in rows if _concerns(row, theme)}))


def _concerns(row, theme):
    """Whether a row can change what a theme shows: an event of another theme cannot, unless it replaces a row."""
    return theme in getattr(row, "themes", (theme,)) or bool(getattr(row, "supersedes", ""))
