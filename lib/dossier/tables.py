"""The tables of data/ as datapackage.json declares them: typed rows of every day, each cell held against its schema.

`load` in data.py is the door for whoever shows rows; it never lets a later day through.
"""

import csv
import json
import re
from collections import Counter, namedtuple
from functools import cache, partial
from pathlib import Path

from .dates import parse_day
from .errors import RequestError, nearest, one_of
from .letters import legible
from .project import DATA


@cache
def package(folder=DATA):
    """datapackage.json as a dict: tables, their fields, first and last day of `as_of`. RequestError where it is none."""
    try:
        found = json.loads((Path(folder) / "datapackage.json").read_text(encoding="utf-8"))
        found["resources"], found["firstAsOf"], found["cutOff"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())
        raise RequestError(
            f"datapackage.json: cannot be read: {what}\nright: the package that describes data/"
        ) from None
    return found


@cache
def resource(table, folder=DATA):
    """What the package declares of one table, a dict."""
    return next(declared for declared in package(folder)["resources"] if declared["name"] == table)


@cache
def fields(table, folder=DATA):
    """Field name -> what is declared of it, in column order."""
    return {field["name"]: field for field in resource(table, folder)["schema"]["fields"]}


def tables(folder=DATA):
    """The names of all tables, each after those whose ids it holds."""
    return [declared["name"] for declared in package(folder)["resources"] if "schema" in declared]


def homes(declared):
    """Column -> table whose ids it holds: by foreign key; a list column does by its name, as `actors` and `sources`."""
    keys = declared["schema"].get("foreignKeys", [])
    lists = {field["name"] for field in declared["schema"]["fields"] if field["type"] == "list"}
    named = {column: column for column in lists - {"themes", "countries", "covered"}}
    return {key["fields"][0]: key["reference"]["resource"] for key in keys} | named


def _like(pattern, text, wanted):
    if not re.fullmatch(pattern, text):
        raise ValueError(f"not {wanted}")
    return text


# Declared type -> text to value; ValueError for a text that is not of the type. Blank is always let through.
CONVERT = {
    "string": legible,
    "date": lambda text: parse_day(text) if text else None,
    "integer": lambda text: int(_like("-?[0-9]+", text, "a whole number")) if text else None,
    "number": lambda text: float(_like(r"-?[0-9]+(\.[0-9]+)?", text, "a number")) if text else None,
    "boolean": lambda text: _like("yes|no|", text, "yes or no") == "yes",
    "list": lambda text: tuple(legible(text).split(";")) if text else (),
}

# Declared type -> what a cell of it is, and how it is written.
WANTED = {
    "date": ("a day", "a day of the calendar, written YYYY-MM-DD"),
    "integer": ("a whole number", "digits only"),
    "number": ("a number", "digits, with a point before decimals"),
    "boolean": ("a yes or a no", "yes or no"),
}


def constraint_faults(field, text, value):
    """(what is wrong, what would be right) of a cell that could be read, by the constraints of its field."""
    name, rules = field["name"], field.get("constraints", {})
    if not text:
        if rules.get("required"):
            yield f"{name} is blank", f"a {field['type']}"
        return
    if value not in rules.get("enum", [value]):
        yield f"{name} {text!r} is not a category", one_of(text, rules["enum"])
    if "pattern" in rules and not re.fullmatch(rules["pattern"], text):
        yield f"{name} {text!r} does not fit", f"the pattern {rules['pattern']}"
    if not rules.get("minimum", value) <= value <= rules.get("maximum", value):
        yield f"{name} {text} is out of range", f"{rules.get('minimum', '')} to {rules.get('maximum', 'any')}"


@cache
def read(table, folder=DATA):
    """All rows of a table as named tuples, whatever day they became known; no id is opened.

    RequestError names file, row, column and value of the first cell that is not as declared, and what would be right.
    """
    declared = fields(table, folder)
    row_type = namedtuple(table.title().replace("-", ""), declared)
    path = Path(folder) / f"{table}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            _check_header(path.name, next(lines, []), list(declared))
            values = partial(_values, path, declared, {})
            rows = [(lines.line_num, row_type._make(values(lines.line_num, cells))) for cells in lines if cells]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RequestError(f"{path.name}: cannot be read: {error}\nright: a CSV in UTF-8") from None
    _check_keys(path.name, rows, resource(table, folder)["schema"]["primaryKey"])
    return tuple(row for _, row in rows)


def _check_header(name, found, declared):
    if found != declared:
        raise RequestError(f"{name}:1: columns are {','.join(found)}\nright: {','.join(declared)}")


def _values(path, declared, seen, number, cells):
    """The values of a row; `seen` holds those of its table so far, as most cells repeat one."""
    where = f"{path.name}:{number} ({cells[0] if cells else ''})"
    if len(cells) != len(declared):
        raise RequestError(f"{where}: {len(cells)} cells\nright: {len(declared)}, one for each column")
    for text, (name, field) in zip(cells, declared.items(), strict=True):
        if (name, text) in seen:
            yield seen[name, text]
            continue
        try:
            value = CONVERT[field["type"]](text)
        except ValueError:
            wanted, right = WANTED[field["type"]]
            raise RequestError(f"{where}: {name} {text!r} is not {wanted}\nright: {right}") from None
        for what, right in constraint_faults(field, text, value) if "constraints" in field else ():
            raise RequestError(f"{where}: {what}\nright: {right}")
        seen[name, text] = value
        yield value


def _check_keys(name, rows, columns):
    keys = Counter(tuple(getattr(row, column) for column in columns) for _, row in rows)
    for number, row in rows:
        key = tuple(getattr(row, column) for column in columns)
        if keys[key] > 1:
            raise RequestError(
                f"{name}:{number} ({row.id}): {', '.join(columns)} {' '.join(key)!r} occurs {keys[key]} times\n"
                "right: one row for each key"
            )


@cache
def check_references(folder=DATA):
    """RequestError that names the first cell of any table which holds an id of no row."""
    for table in tables(folder):
        for column, home in homes(resource(table, folder)).items():
            known = {row.id for row in read(home, folder)}
            for row in read(table, folder):
                for id in set(_ids(getattr(row, column))) - known:
                    raise RequestError(
                        f"{table}.csv ({row.id}): {column} {id!r} is not in {home}.csv\n"
                        f"right: an id of {home}.csv.{nearest(id, known)}"
                    )


def _ids(value):
    return value if isinstance(value, tuple) else [value] if value else []


@cache
def check_licences(folder=DATA):
    """RequestError that names the first row which rests on a source that must not be shared."""
    barred = {row.id for row in read("sources", folder) if forbids_sharing(row.licence)}
    for table in tables(folder) if barred else ():
        for row in read(table, folder):
            for id in barred & set(getattr(row, "sources", ())):
                raise RequestError(
                    f"{table}.csv ({row.id}): rests on {id}, whose licence forbids sharing\n"
                    "right: a source that may be shared, or no row; nothing was exported"
                )


def licence_faults(licence, declared):
    """(what the licence of a source (text) does, what would be right) where a table so declared may not rest on it."""
    own = [other.get("name", "") for other in declared.get("licenses", ())]
    if forbids_sharing(licence):
        yield "forbids sharing", "a source that may be shared, or no row"
    elif share_alike(licence) and not any("-SA-" in name for name in own):
        yield f"is {licence}", "a table of its own under that licence"


def share_alike(licence):
    """Whether the licence of a source (text) binds what is derived from its data; facts alone do not bind."""
    return (licence or "").endswith("BY-SA 4.0")


def forbids_sharing(licence):
    """Whether the licence of a source (text) bars the rows that rest on it from repository and exports."""
    return "no sharing" in (licence or "").casefold()
