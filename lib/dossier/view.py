"""One theme of the evidence through a focus: what a notebook computes with."""

from functools import wraps
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from .data import FIGURES, cut_off, first_as_of, load
from .dates import parse_day
from .errors import RequestError, unknown
from .language import SCALES
from .project import THEMES
from .reads import frozen

GRADES = "ABCDEF"


class Rule(NamedTuple):
    """A counting rule: how a reader is told of it, which events count, and the figures of which measures."""

    words: str
    counts: object
    measures: object = lambda measure: True


# The names are values of the parameter `counting`; a notebook lists them in the comment beside it.
COUNTING = {
    "all": Rule("every event on record", lambda event: True),
    "to-the-day": Rule("only events dated to the day", lambda event: event.date.first == event.date.last),
    "reported-plainly": Rule("only events of credibility 1 or 2", lambda event: event.credibility <= 2),
    "without-claims": Rule(
        "no event or figure that rests on one party's word alone",
        lambda event: not event.attributed_to,
        lambda measure: measure.kind != "claim",
    ),
}


class Series(NamedTuple):
    """The points of one measure that were known, oldest first; `measure` is None when none was."""

    measure: object
    points: tuple

    @property
    def last(self):
        """The latest point, or None."""
        return self.points[-1] if self.points else None

    @property
    def first(self):
        """The earliest point, or None."""
        return self.points[0] if self.points else None

    @property
    def peak(self):
        """The point with the highest figure, or None; its best counts, not the upper end of its range."""
        return max(self.points, key=standing, default=None)


def highest(point):
    """The largest figure that a series point gives: high, else best, else low."""
    return next(value for value in (point.high, point.best, point.low) if value is not None)


def standing(point):
    """The figure that stands for a series point: best, else high, else low; never a middle that no source gives."""
    return next(value for value in (point.best, point.high, point.low) if value is not None)


def reliability(row):
    """The best reliability letter among the sources of a row; 'F' without one."""
    return min((source.reliability for source in row.sources), default="F")


def grade(row):
    """Reliability and credibility as analysts write them: 'B2', or 'B' where a row has no credibility."""
    return f"{reliability(row)}{getattr(row, 'credibility', None) or ''}"


_ends_by_day = {}  # (folder of the evidence, question of a view) -> its `ends_by_day`


def _asked(method):
    """A method of `View` whose answers go into the record of what was read."""

    @wraps(method)
    def answer(self, *arguments):
        question = (*self._question, method.__name__, *arguments)
        return self.evidence.reads.answer(self.as_of, question, lambda: method(self, *arguments))

    return answer


class View:
    """The rows of one theme that a focus, a worst grade and a counting rule let through.

    `actors` and `places` (ids) replace those of the focus; `since` (YYYY-MM-DD) is where recent
    events begin. Attributes: evidence, as_of, theme, focus (the preset row), since, counting, scale.
    """

    def __init__(
        self,
        evidence,
        theme,
        focus="all",
        *,
        since="2024-11-27",
        actors=(),
        places=(),
        grade="F",
        counting="all",
        scale="icd203",
    ):
        selection = dict(since=since, actors=actors, places=places, grade=grade, counting=counting, scale=scale)
        self._question = ("view", theme, focus, frozen(list(selection.items())))
        self.evidence, self.as_of, self.theme = evidence, evidence.as_of, theme
        self.focus = evidence.reads.answer(
            evidence.as_of, self._question, lambda: check_selection(evidence, theme, focus, **selection)
        )
        self.since = parse_day(since)
        self.counting, self.scale, self._selection = counting, scale, selection
        self._actors = set(actors or self.focus.actors if not places else actors)
        self._places = set(places or self.focus.places if not actors else places)

    def at(self, as_of=None, focus=None):
        """The same selection on another day or through another focus: a new `View`."""
        evidence = self.evidence if as_of is None else load(as_of, self.evidence.folder, self.evidence.reads)
        return View(evidence, self.theme, focus or self.focus.id, **self._selection)

    @property
    def first_day(self):
        """The first day on which this selection can be asked for: where recent events have begun, and all that it
        names is known."""
        chosen = ((table, id) for table in ("actors", "places") for id in self._selection[table])
        known = [self.evidence.find(table, id).known_from for table, id in chosen]
        return max(first_as_of(self.evidence.folder), self.since, *known)

    @property
    @_asked
    def events(self):
        """Events of the theme in focus, oldest first."""
        chosen = (row for row in self.evidence.events if self.theme in row.themes and self._in_focus(row))
        return tuple(sorted(filter(self._counts, chosen), key=by_date))

    @property
    @_asked
    def recent(self):
        """Events in focus that ended on or after `since`."""
        return tuple(row for row in self.events if row.date and row.date.last >= self.since)

    @_asked
    def event(self, *ids):
        """The first of these events (ids) that was known, is graded well enough and counts, in focus or not; else None."""
        known = (self.evidence.find("events", id) for id in ids)
        return next((event for event in known if event and self._counts(event)), None)

    @_asked
    def positions(self, issue):
        """Positions on an issue (id), oldest first, of the actors in focus and graded well enough."""
        chosen = (row for row in self.evidence.positions if row.issue.id == issue and self._graded(row))
        chosen = (row for row in chosen if not self._actors or row.actor.id in self._actors)
        return tuple(sorted(chosen, key=by_date))

    @property
    @_asked
    def ties(self):
        """Ties with an end among the actors of the view's events."""
        seen = {actor.id for event in self.events for actor in event.actors}
        return tuple(
            row for row in self.evidence.ties if self._graded(row) and {row.source_actor.id, row.target_actor.id} & seen
        )

    @property
    @_asked
    def ends_by_day(self):
        """(((day, ...), ((id, side) of the two actors of each tie)), ...): days on end with the same ties together.

        Every day on which they may have changed, up to the close of the evidence, later ones too: for arranging
        actors, never for showing them. The same on all days of a selection, so it is found once.
        """
        key = self.evidence.folder, self._question
        if key not in _ends_by_day:
            _ends_by_day[key] = self._found_ends()
        return _ends_by_day[key]

    def _found_ends(self):
        changes = self.evidence.days_of_change(self.theme)
        first, last = first_as_of(self.evidence.folder), cut_off(self.evidence.folder)
        days = sorted({first, self.since} | {day for day in changes if first < day <= last})
        found = ((day.isoformat(), view._ends) for day in days if (view := self._on(day)))
        return tuple((tuple(day for day, _ in run), ends) for ends, run in groupby(found, key=itemgetter(1)))

    @property
    def _ends(self):
        return tuple(
            tuple((actor.id, actor.side) for actor in (tie.source_actor, tie.target_actor)) for tie in self.ties
        )

    def _on(self, day):
        """The same selection on a day, None where it cannot be asked for on that day."""
        try:
            return self.at(day)
        except RequestError:
            return None

    @_asked
    def series(self, measure):
        """The `Series` of a measure (id): its points known by now, of either table of figures, oldest first; none where
        the counting rule leaves its figures out."""
        counts = COUNTING[self.counting].measures
        figures = (row for table in FIGURES for row in getattr(self.evidence, table))
        points = (row for row in figures if row.measure.id == measure and counts(row.measure))
        graded = sorted((row for row in points if self._graded(row)), key=by_date)
        return Series(self.evidence.find("measures", measure), tuple(graded))

    @property
    @_asked
    def places(self):
        """Places with coordinates where the view's events happened."""
        found = {event.place.id: event.place for event in self.events if event.place and event.place.lat}
        return tuple(found.values())

    def _graded(self, row):
        return self._selection["grade"] == GRADES[-1] or reliability(row) <= self._selection["grade"]

    def _counts(self, event):
        return event.date is not None and self._graded(event) and COUNTING[self.counting].counts(event)

    def _in_focus(self, event):
        if not self._actors and not self._places:
            return True
        here = bool(event.place) and event.place.id in self._places
        return here or bool({actor.id for actor in event.actors} & self._actors)


def by_date(row):
    """The key by which rows stand oldest first."""
    return (row.date.middle, row.date.first, row.id)


def presets(evidence, theme):
    """Focus id -> preset row, for one theme."""
    if theme not in THEMES:
        raise unknown("theme", theme, THEMES)
    return {row.id: row for row in evidence.presets if row.theme == theme}


def ask_again(evidence, question):
    """The answer that a recorded question (day, what, ...) gets from the evidence of that day; of a refusal its words."""
    _, what, *rest = question
    try:
        return evidence.asked(*rest) if what == "evidence" else _view_answer(evidence, *rest)
    except RequestError as error:
        return str(error)


def _view_answer(evidence, theme, focus, selection, attribute="focus", *arguments):
    answer = getattr(View(evidence, theme, focus, **dict(selection)), attribute)
    return answer(*arguments) if callable(answer) else answer


def check_selection(evidence, theme, focus, *, since, actors, places, grade, counting, scale):
    """The preset row of a selection; RequestError that names the first value which the evidence cannot serve."""
    if focus not in presets(evidence, theme):
        raise unknown("focus", focus, presets(evidence, theme))
    try:
        day = parse_day(since)
    except ValueError as error:
        raise RequestError(f"since: {error}") from None
    if day > evidence.as_of:
        raise RequestError(
            f"since: {since} is after the information cut-off {evidence.as_of}\nvalid: up to {evidence.as_of}"
        )
    for what, ids, table in (("actor", actors, "actors"), ("place", places, "places")):
        known = [row.id for row in getattr(evidence, table)]
        for id in ids:
            if id not in known:
                raise unknown(what, id, known)
    for what, value, choices in (("grade", grade, GRADES), ("counting", counting, COUNTING), ("scale", scale, SCALES)):
        if value not in list(choices):
            raise unknown(what, value, choices)
    return presets(evidence, theme)[focus]
