"""Faults of the tables: what datapackage.json declares, then the rules of data/README.md.

A rule takes a row and the record and yields (what is wrong, what would be right). A cell that
cannot be read is reported once, by `record`; rules pass over it.
"""

import difflib
import hashlib
import re
from collections import Counter
from datetime import timedelta

from ..data import FIGURES
from ..dates import first_day, last_day
from ..errors import Fault, listed, one_of
from ..letters import legible
from ..project import THEMES
from ..tables import constraint_faults, homes, licence_faults
from .judgements import judgement, no_hindsight
from .undated import undated

LONGEST_QUOTE = 12  # words: what a quotation may have
LONGEST_LABEL = 34  # signs: what stands beside a mark on a timeline
FOCUSES = 4  # a theme has as many or more
EAST, NORTH = (20, 60), (10, 50)  # where the places of this collection lie, in degrees
FAR = {"USA"}  # countries whose places lie elsewhere

_PARTS = {"day": 3, "month": 2, "year": 1}
_SPANS = (("date", "date_end"), ("valid_from", "valid_to"))
_PARTIAL = ("published", *_SPANS[0], *_SPANS[1])


def faults(record):
    """The faults of all tables: files, then rows in their order, then what rows have to be together."""
    yield from _files(record)
    yield from record.faults
    for row in (row for rows in record.tables.values() for row in rows):
        for rule in _ROW_RULES:
            for what, right in rule(row, record):
                yield Fault(row.where, what, right)
    yield from _keys(record)
    yield from _spellings(record)
    yield from _presets(record)


def _files(record):
    declared = {resource["path"]: resource for resource in record.package["resources"]}
    for path in sorted(record.folder.glob("*.csv")):
        if path.name not in declared:
            yield Fault(path.name, "is not declared", "a resource of datapackage.json with its schema")
    for name, resource in declared.items():
        if (record.folder / name).is_file():
            yield from _fingerprint(name, (record.folder / name).read_bytes(), resource)
        elif "schema" not in resource:  # that a table is missing is said where it is read
            yield Fault(name, "is declared and not there", "the file, or no such resource")


def _fingerprint(name, content, resource):
    if b"\r" in content and name.endswith(".csv"):
        yield Fault(name, "has CR at the end of lines", "LF alone")
    real = {"hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "bytes": len(content)}
    wrong = [f"{key} {resource.get(key, 'missing')}" for key in real if resource.get(key) != real[key]]
    if wrong:
        right = ", ".join(f"{key} {value}" for key, value in real.items())
        yield Fault(name, f"is another file than datapackage.json states: {', '.join(wrong)}", f"{right} (`make data`)")


def _schema(row, record):
    for field in record.resource(row.table)["schema"]["fields"]:
        name = field["name"]
        if not row.text[name] or row[name] is not None:
            yield from constraint_faults(field, row.text[name], row[name])


def _references(row, record):
    """Foreign keys; a list column that is named like a table holds ids of that table."""
    for column, home in homes(record.resource(row.table)).items():
        ids = row[column] if isinstance(row[column], tuple) else filter(None, [row[column]])
        for id in ids:
            if not id:
                yield f"{column} {row.text[column]!r} has a blank item", "ids with one ; between them"
            elif home in record.tables and not record.row(home, id):
                yield f"{column}: {id!r} is not in {home}.csv", _id_of(home, id, record)


def _id_of(table, id, record):
    close = difflib.get_close_matches(id, [row["id"] or "" for row in record.rows(table)], n=1, cutoff=0.5)
    return f"an id of {table}.csv" + (f", such as {close[0]}" if close else "")


def _themes(row, record):
    named = row["themes"] or () if "themes" in row else filter(None, [row["theme"]])
    for theme in named:
        if theme not in THEMES:
            yield f"theme {theme!r} is unknown", one_of(theme, THEMES)


def _calendar(row, record):
    for column in _PARTIAL:
        partial = re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", row[column] or "")
        if partial and not row.last(column):
            yield f"{column} {row[column]} is not in the calendar", "YYYY, YYYY-MM or YYYY-MM-DD"


def _precision(row, record):
    for column in _SPANS[0]:
        if "precision" not in row or not row.first(column):
            continue
        parts = _PARTS.get(row["precision"], 0)
        if not row.text["precision"]:
            yield f"{column} {row[column]} without a precision", f"one of {listed([*_PARTS, 'approximate'])}"
        elif parts and row[column].count("-") + 1 != parts:
            right = "-".join(["YYYY", "MM", "DD"][:parts])
            yield f"{column} {row[column]} with precision {row['precision']}", f"{right}, or another precision"


def _order_of_dates(row, record):
    for start, end in _SPANS:
        begun, ended = row.first(start), row.last(end)
        if begun and ended and ended < begun:
            yield f"{end} {row[end]} is before {start}", f"{row[start]} or later"


def _known_from(row, record):
    known, column = row["known_from"], "published" if row.table == "sources" else "date"
    if not known:
        return
    begun = row.first(column)
    if begun and known < begun:
        what = {"events": "the event", "sources": "its publication"}.get(row.table, f"its date {row[column]}")
        yield f"known_from {known} is before {what}", f"{begun} or later"
    elif known > record.cut_off:
        yield f"known_from {known} is after the cut-off", f"{record.cut_off} or earlier"


def _not_yet(row, record):
    """A name, an office or a tie is known from its begin, and its end from its end: neither can lie ahead."""
    known, begun, ended = row["known_from"], row.first("valid_from"), row.first("valid_to")
    if known and begun and begun > known:
        yield (
            f"valid_from {row['valid_from']} is after known_from {known}: it has not begun",
            f"known_from {begun} or later",
        )
    elif known and ended and ended > known:
        yield (
            f"valid_to {row['valid_to']} is after known_from {known}: it has not ended",
            f"no end here, and a row with it, known from {ended} or later, that supersedes this one",
        )


def _rests_on_a_source(row, record):
    if "known_from" in row and row["sources"] == ():
        yield "rests on no source", "an id of sources.csv, or no row"


def _licence(row, record):
    for id in row["sources"] or ():
        source = record.row("sources", id)
        for what, right in licence_faults(source and source["licence"], record.resource(row.table)):
            yield f"rests on {id}, whose licence {what}", right


def _supersedes(row, record):
    if not row["supersedes"]:
        return
    old = record.row(row.table, row["supersedes"])
    if not old:
        yield f"supersedes {row['supersedes']!r}, which is no row", _id_of(row.table, row["supersedes"], record)
    elif row["known_from"] and old["known_from"] and old["known_from"] >= row["known_from"]:
        day = row["known_from"] - timedelta(days=1)
        yield f"supersedes {old['id']}, known from {old['known_from']}", f"a row known on {day} or earlier"


def _figures(row, record):
    columns = ("low", "best", "high")
    if row.table not in FIGURES or any(row[column] is None and row.text[column] for column in columns):
        return
    given = {column: row[column] for column in columns if row[column] is not None}
    if not given:
        yield "no figure", "low, best or high"
    elif list(given.values()) != sorted(given.values()):
        yield ", ".join(f"{column} {row.text[column]}" for column in given), "low <= best <= high"


def _coverage(row, record):
    if row.table != "measures":
        return
    if not row["silent"]:
        yield (
            "does not say where its source was silent",
            "a sentence in `silent`: no report is not the same as no event",
        )
    for span in row["covered"] or ():
        try:
            begun, ended = first_day(span.partition("/")[0]), last_day(span.partition("/")[2])
        except ValueError:
            yield f"covered {span!r} is no span", "as 2004-01/2018-12"
            continue
        if ended < begun:
            yield f"covered {span} ends before it begins", "as 2004-01/2018-12"


def _coordinates(row, record):
    given = {column: row[column] for column in ("lat", "lon") if row[column] is not None}
    if given and not row["coordinates_from"]:
        yield "coordinates without coordinates_from", "where they were read"
    if len(given) == 1:
        yield f"{next(iter(given))} alone", "lat and lon, or neither"
    elif (
        given
        and row["country"] not in FAR
        and not (NORTH[0] <= given["lat"] <= NORTH[1] and EAST[0] <= given["lon"] <= EAST[1])
    ):
        yield (
            f"{given['lat']} N, {given['lon']} E is far from Iraq and Syria",
            f"{NORTH[0]} to {NORTH[1]} N, {EAST[0]} to {EAST[1]} E",
        )


def _lengths(row, record):
    words = len((row["quote"] or "").split())
    if words > LONGEST_QUOTE:
        yield f"quote has {words} words", f"{LONGEST_QUOTE} or fewer"
    signs = len(row["label"] or "") if row.table == "events" else 0
    if signs > LONGEST_LABEL:
        yield f"label has {signs} characters", f"{LONGEST_LABEL} or fewer"


def _unseen(row, record):
    for column, text in row.text.items():
        if legible(text) != text:
            yield f"{column} has signs that nobody sees: {legible(text)}", "letters alone"


_ROW_RULES = (
    _schema,
    _references,
    _themes,
    _calendar,
    _precision,
    _order_of_dates,
    _known_from,
    _not_yet,
    _rests_on_a_source,
    _licence,
    _supersedes,
    _figures,
    _coverage,
    _coordinates,
    _lengths,
    _unseen,
    judgement,
    no_hindsight,
    undated,
)


def _keys(record):
    for table, rows in record.tables.items():
        columns = record.resource(table)["schema"]["primaryKey"]
        seen = Counter()
        for row in rows:
            key = tuple(row.text[column] for column in columns)
            seen[key] += 1
            if seen[key] == 2:
                yield Fault(row.where, f"{', '.join(columns)} occurs a second time", "one row for each key")


def _spellings(record):
    owners = {}
    for row in [*record.rows("actors"), *record.rows("names")]:
        actor = row["id"] if row.table == "actors" else row["actor"]
        owner = owners.setdefault(row.text["name"].casefold(), actor)
        if owner != actor:
            yield Fault(row.where, f"{row['name']!r} leads to {actor} and to {owner}", "one actor for each spelling")


def _presets(record):
    if "presets" not in record.tables:
        return
    for theme in THEMES:
        focuses = [row["id"] for row in record.rows("presets") if row["theme"] == theme]
        if len(focuses) < FOCUSES or "all" not in focuses:
            yield Fault(f"presets.csv ({theme})", f"focuses are {listed(focuses)}", f"{FOCUSES} or more, one is `all`")
