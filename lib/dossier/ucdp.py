"""UCDP GED event files as rows for data/series.csv: deaths and events of one actor, by country and month or year."""

import csv
import re
from collections import Counter, defaultdict, namedtuple
from itertools import product
from operator import itemgetter
from pathlib import Path

from .dates import parse_day
from .errors import RequestError, listed, nearest, unknown

KINDS = {1: "state-based", 2: "non-state", 3: "one-sided"}
COUNTRIES = ("Iraq", "Syria")
RIGHT = "right: the csv of the UCDP Georeferenced Event Dataset, unzipped, from ucdp.uu.se/downloads"
CITE = "Sundberg & Melander (2013) Introducing the UCDP Georeferenced Event Dataset, J. Peace Research 50(4):523-532"
CITE_WITH = {
    "19.1": "Högbladh (2019) UCDP GED Codebook 19.1, Uppsala University",
    "25.1": "Davies, Pettersson, Sollenberg & Öberg (2025) Organized violence 1989-2024, J. Peace Research 62(4)",
    "candidate": "Hegre et al. (2020) Introducing the UCDP Candidate Events Dataset, Research & Politics",
}
REMARKS = {
    "in an alliance": "counted",
    "spanning months": "in their year, in no month",
    "spanning years": "in the year of their start",
    "dated to no month (date_prec 5)": "in their year, in no month",
    "placed in no province (where_prec 6, 7)": "in their country",
    "low, best, high out of order": "summed as they are",
}

# One name per column, whatever a version calls it; the values are text.
Event = namedtuple("Event", "country type_of_violence side_a side_b side_a_id side_b_id date_start date_end date_prec where_prec low best high")  # fmt: skip
_OTHER_NAMES = {f"side_{s}_id": (f"side_{s}_new_id", f"side_{s}_dset_id") for s in "ab"}
_OTHER_NAMES |= {name: (f"{name}_est",) for name in ("low", "best", "high")}


def read_events(path):
    """(line, `Event`) of a UCDP GED csv, one at a time; RequestError when it is none or a row is cut short."""
    try:
        with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
            rows = csv.reader(file)
            header = next(rows, [])
            pick = _picker(header, path)
            for row in filter(None, rows):
                if len(row) != len(header):
                    raise RequestError(f"{path}, line {rows.line_num}: {len(row)} columns\nright: {len(header)}")
                event = Event._make(pick(row))
                if not event.date_start.startswith("#"):  # the tags that HDX puts below the header
                    yield rows.line_num, event
    except (OSError, csv.Error) as error:
        raise RequestError(f"{path}: {getattr(error, 'strerror', None) or error}\n{RIGHT}") from None


def _picker(header, path):
    if len(header) < 2 or re.search("[\0\ufffd]", "".join(header)):
        raise RequestError(f"{path}: not a CSV with a row of column names\n{RIGHT}")
    columns = [name.strip().lower() for name in header]
    named = {name: (name, *_OTHER_NAMES.get(name, ())) for name in Event._fields}
    found = {name: next((n for n in names if n in columns), None) for name, names in named.items()}
    missing = [f"no column {' or '.join(named[n])}.{nearest(n, columns)}" for n in found if not found[n]]
    if missing:
        raise RequestError("\n".join([f"{path}: {len(missing)} columns of GED are missing", *missing[:4], RIGHT]))
    return itemgetter(*(columns.index(column) for column in found.values()))


def _typed(event, where):
    for column, convert in _CONVERT.items():
        try:
            event = event._replace(**{column: convert(getattr(event, column).removesuffix(".0"))})
        except ValueError as error:
            raise RequestError(f"{where}, column {column}: {error}") from None
    if event.date_end < event.date_start:
        raise RequestError(f"{where}, column date_end: {event.date_end}\nright: {event.date_start} or later")
    if event.type_of_violence not in KINDS:
        raise RequestError(f"{where}, column type_of_violence: {event.type_of_violence}\nright: {listed(KINDS)}")
    # UCDP's own files have rows with low above best or best above high; only a full reversal is a mix-up.
    if event.low > event.best > event.high:
        raise RequestError(f"{where}, column low: {event.low} > {event.best} > {event.high}\nright: low <= best")
    return event


def _whole(text):
    if not text.isdecimal():
        raise ValueError(f"{text!r} is not a whole number from 0, as in 12")
    return int(text)


_CONVERT = {name: _whole for name in ("type_of_violence", "date_prec", "where_prec", "low", "best", "high")}
_CONVERT |= {f"date_{x}": lambda text: parse_day(re.sub("[ T]00:00:00(.0+)?$", "", text)) for x in ("start", "end")}


class Tally:
    """What a file holds of an actor, in Counters of events, low, best and high (deaths).

    `sums` by (country, kind, period); `aside` by (country, kind, year): events in no month or, by year, those that
    end in a later one; `remarks` by the names in REMARKS and "used". `absent`: countries without such events.
    """

    def __init__(self, actor, countries, by):
        self.actor, self.countries, self.by = actor, countries, by
        self.sums, self.aside, self.remarks = (defaultdict(Counter) for _ in range(3))
        self.years, self.found_in, self.ids, self.absent = Counter(), set(), {}, []

    def add(self, event, where):
        """Read an event, count it when it is the actor's; RequestError when it cannot be right."""
        self.years[event.date_start[:4]] += 1
        self.ids |= {event.side_a: event.side_a_id, event.side_b: event.side_b_id}
        if f", {self.actor}, ".casefold() in f", {event.side_a}, , {event.side_b}, ".casefold():
            self.found_in.add(event.country)
            if event.country.casefold() in map(str.casefold, self.countries):
                self._count(_typed(event, where))

    def _count(self, event):
        start, end, deaths = event.date_start, event.date_end, (event.low, event.best, event.high)
        allied = self.actor.casefold() not in (event.side_a.casefold(), event.side_b.casefold())
        spans = ((start.year, start.month) != (end.year, end.month), start.year != end.year, event.date_prec == 5)
        holds = (allied, *spans, event.where_prec > 5, not event.low <= event.best <= event.high)
        aside = spans[0] or spans[2] if self.by == "month" else spans[1]
        one = dict(zip(("events", "low", "best", "high"), (1, *deaths), strict=True))
        for kind in (KINDS[event.type_of_violence], "all"):
            if aside:
                self.aside[event.country, kind, f"{start.year}"].update(one)
            if not aside or self.by == "year":
                self.sums[event.country, kind, f"{start}"[: 7 if self.by == "month" else 4]].update(one)
        for remark in ("used", *(name for name, true in zip(REMARKS, holds, strict=True) if true)):
            self.remarks[remark].update(one)


def tally(path, actor="IS", countries=(), by="year"):
    """A `Tally` of a file; RequestError for an actor (name or UCDP id) or a named country without events in it."""
    result = Tally(_name_of(path, actor) if actor.isdecimal() else actor, countries or COUNTRIES, by)
    for line, event in read_events(path):
        result.add(event, f"{path}, line {line}")
    if not result.found_in:
        raise unknown("actor", actor, sorted(result.ids))
    result.absent = absent = [c for c in result.countries if c.casefold() not in map(str.casefold, result.found_in)]
    if absent and (countries or len(absent) == len(COUNTRIES)):
        wrong = f"{path}: no event of {result.actor} in {absent[0]!r}.{nearest(absent[0], result.found_in)}"
        raise RequestError(f"{wrong}\nvalid: {listed(sorted(result.found_in))}")
    return result


def _name_of(path, id):
    # An alliance has an id of its own, so that an actor is found by name.
    sides = (side for _, e in read_events(path) for side in ((e.side_a_id, e.side_a), (e.side_b_id, e.side_b)))
    return next((name for side_id, name in sides if side_id.removesuffix(".0") == id), id)


def series_rows(tally, release=""):
    """Rows of data/series.csv as dicts: deaths (low, best, high) and number of events, by country, kind and period.

    A period without events between the first and the last is 0. Known from 1 July of the next year, by rule.
    """
    source = re.sub(r"\W+", "-", f"ucdp ged {release}".strip())
    for country, kind in product(sorted({key[0] for key in tally.sums}), (*KINDS.values(), "all")):
        for period in _periods(tally, country):
            of = tally.sums.get((country, kind, period), Counter())
            shared = {"date": period, "precision": tally.by, "note": _note(tally, country, kind, period, of)}
            shared |= {"sources": source, "known_from": f"{int(period[:4]) + 1}-07-01", "derived": "yes"}
            for what, *figures in (("deaths", of["low"], of["best"], of["high"]), ("events", "", of["events"], "")):
                measure = re.sub(r"\W+", "-", f"ucdp {tally.actor} {what} {kind} {country} {tally.by}".lower())
                named = {"id": f"{measure}-{period}", "measure": measure}
                yield named | dict(zip(("low", "best", "high"), figures, strict=True)) | shared


def _periods(tally, country):
    met = sorted(period for place, _, period in tally.sums if place == country)
    months = [f"-{month:02}" for month in range(1, 13)] if tally.by == "month" else [""]
    every = (f"{year}{month}" for year in range(int(met[0][:4]), int(met[-1][:4]) + 1) for month in months)
    return [period for period in every if met[0] <= period <= met[-1]]


def _note(tally, country, kind, period, of):
    aside = tally.aside.get((country, kind, period[:4]))
    what = f"of {period[:4]} and in no month" if tally.by == "month" else "that end in a later year"
    notes = [f"events {what}: {aside['events']} (deaths: {aside['best']})"] if aside else []
    ordered = of["low"] <= of["best"] <= of["high"]
    return "; ".join(notes if ordered else [*notes, "low, best, high out of order in UCDP's rows"])


def release(path):
    """'19.1', or '25.0.3' of a candidate file, from a name that UCDP gives; '' when it says none, as no column does."""
    found = re.search(r"(?i)ged(?:event_v)?(\d{2}_\d+_\d+(?:_\d+)?|\d{1,2}_?\d)(?!\d)", Path(path).name)
    return re.sub(r"^(\d+)(\d)$", r"\1.\2", found[1]).replace("_", ".") if found else ""


def report(tally, path):
    """What was read, what was done with it, its licence and how to cite it, line by line."""
    version, ids = release(path), {name.casefold(): id for name, id in tally.ids.items()}
    of = f"UCDP GED {version} (from the file's name)" if version else "UCDP GED, version not stated in the file"
    yield f"{path}: {of}; {tally.years.total():,} events, {min(tally.years)} to {max(tally.years)}"
    who = f"{tally.actor} (UCDP id {ids.get(tally.actor.casefold(), 'of its alliances')}), alone or in an alliance"
    yield f"filter: {who}; {listed(tally.countries)}; by {tally.by}"
    for remark, then in {"used": "in the rows, unless a line below takes them out", **REMARKS}.items():
        of = tally.remarks[remark]
        yield f"{remark}: events {of['events']:,}, deaths {of['best']:,}; {then}"
    yield from (f"{country}: no event of {tally.actor} in this file" for country in tally.absent)
    yield "licence: CC BY 4.0, as Our World in Data records it; see ucdp.uu.se/downloads before publishing"
    also = CITE_WITH.get("candidate" if version.count(".") > 1 else version, "what the codebook of the version asks")
    yield f"cite: {CITE}; {also}"
