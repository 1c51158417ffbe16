"""Texts of tables whose rows have no day of their own: what they say is shown from the first day of their row on.

A measure or an issue is known with its first figure or position, a preset on every day. A date in their words that
is later tells a reader of that day what was still to come. A rule takes a row and the record, see tables.py.
"""

import re

from ..data import USED_IN
from ..dates import first_day, spell_day

_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = "|".join(_MONTHS)
# A day, a month or a year in words or in figures. A month alone counts after a word in small letters: "may" is a verb.
_DATE = re.compile(
    rf"\b(?P<iso>[0-9]{{4}}-[0-9]{{2}}(?:-[0-9]{{2}})?)\b"
    rf"|\b(?P<day>[0-9]{{1,2}}) (?P<of>{_MONTH})\b(?: (?P<in>[0-9]{{4}}))?"
    rf"|\b(?P<month>{_MONTH}) (?P<year>[0-9]{{4}})\b|(?<=[a-z] )(?P<alone>{_MONTH})\b"
    r"|(?<![\w.,/-])(?P<bare>(?:19|20)[0-9]{2})(?!\w|[.,][0-9])"
)


def undated(row, record):
    """A text of a table without `known_from` names no day, month or year after the first day on which it is shown."""
    fields = record.resource(row.table)["schema"]["fields"]
    if any(field["name"] == "known_from" for field in fields):
        return
    for column in (field["name"] for field in fields if _is_text(field)):
        shown = _shown_from(row, column, record)
        for date, begins in _dates(row.text[column], shown):
            if begins > shown:
                yield (
                    f"{column} names {date}, but is shown from {spell_day(shown)} on",
                    "words that are true and known on that day and on every later one",
                )


def _is_text(field):
    return field["type"] == "string" and field["name"] not in ("id", "theme")


def _shown_from(row, column, record):
    """The first day on which some briefing can show a cell."""
    users, key = USED_IN.get(row.table, ((), ""))
    used = [user for table in users for user in record.rows(table) if user[key] == row["id"] and user["known_from"]]
    known = [_public(user, record) if column == "vintage" else user["known_from"] for user in used]
    return max(record.first_as_of, min(known, default=record.first_as_of))


def _public(row, record):
    """The day on which a row and the sources that it rests on were known: until then its edition is not named."""
    sources = (record.row("sources", id) for id in row["sources"] or ())
    return max([row["known_from"], *(source["known_from"] for source in sources if source and source["known_from"])])


def _dates(text, shown):
    """(as written, first day that it can mean) of each date; without a year, of the next one named or the day's own."""
    for match in _DATE.finditer(text):
        try:
            yield match[0], first_day(match["iso"] or match["bare"] or _partial(match, text, shown))
        except ValueError:
            continue  # no day of the calendar


def _partial(match, text, shown):
    after = re.search(r"\b(?:19|20)[0-9]{2}\b", text[match.end() :])
    year = match["year"] or match["in"] or (after[0] if after else shown.year)
    month = _MONTHS.index(match["month"] or match["of"] or match["alone"]) + 1
    return f"{year}-{month:02}" + (f"-{int(match['day']):02}" if match["day"] else "")
