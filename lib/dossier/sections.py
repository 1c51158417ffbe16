"""The fixed parts of a briefing: cut-off block, what changed, evidence with grades, terms, references."""

from datetime import timedelta

from .dates import spell_day
from .editions import BUDGETS
from .project import THEMES
from .prose import say
from .view import by_date, grade

NEWS = timedelta(days=28)  # what counts as new in a briefing: the four weeks to its cut-off


def cut_off_block(view, leaves_out):
    """What a reader must know first: cut-off, scope, and what the briefing leaves out (text), as a `Prose`."""
    return say(
        "Information cut-off **{day}** · Iraq and Syria · focus: {focus} · {events} on record, "
        "{recent} since {since} · leaves out: {leaves_out}",
        day=view.as_of,
        focus=view.focus.label,
        events=f"{len(view.events)} event{'s' * (len(view.events) != 1)}",
        recent=len(view.recent),
        since=view.since,
        leaves_out=leaves_out,
    )


def changed(view):
    """Events that became known in the four weeks to the cut-off, latest first, as a `Prose` list."""
    chosen = _news(view)[::-1]
    if not chosen:
        return say("Nothing in this focus became known in the four weeks to {day}.", day=view.as_of)
    lines = [f"- **{{d{n}}}.** {{e{n}}} [@e{n}]" for n in range(len(chosen))]
    values = {f"e{n}": event for n, event in enumerate(chosen)}
    return say("\n".join(lines), **values, **{f"d{n}": _news_date(event) for n, event in enumerate(chosen)})


def _news(view):
    news = [event for event in view.events if event.known_from > view.as_of - NEWS]
    return _weightiest(view, news, BUDGETS["changed"])


def _news_date(event):
    """When it happened; of old matters that became known lately, since when they are public."""
    old = event.date.last < event.known_from - NEWS
    return f"Public by {spell_day(event.known_from)}" if old else event.date


def key_evidence(view, *said):
    """The events that headline and bottom line (`Prose`) name, in focus or not, and the weightiest others, oldest first.

    An `evidence_table` of as many as a brief holds beside its news.
    """
    named = [row for prose in said for row in prose.rows if hasattr(row, "importance")]  # events, not figures or actors
    return _table(_weightiest(view, view.events, max(BUDGETS["evidence"] - len(_news(view)), 1), named))


def evidence_table(view, events=None):
    """Every event in focus, or these, with date, grade and source, as a `Prose` table."""
    return _table(view.events if events is None else events)


def _table(events):
    if not events:
        return say("No evidence within this selection was public by the cut-off.")
    lines = [
        "| Date | What is reported | Grade |",
        "| :----------- | :------------------------------------------ | :---- |",
    ]
    lines += [f"| {{e{n}:date}} | {{e{n}}} [@e{n}] | {{g{n}}} |" for n in range(len(events))]
    values = {f"e{n}": event for n, event in enumerate(events)}
    grades = {f"g{n}": grade(event) for n, event in enumerate(events)}
    return say("\n".join(lines), **values, **grades)


def _weightiest(view, events, most, first=()):
    """At most `most` events, oldest first: those of `first`, by importance, then of this main theme, then the latest."""

    def weight(event):
        main = event.themes[0] == view.theme or set(event.themes) == set(THEMES)
        return (event not in first, event.importance, not main, -event.date.middle.toordinal())

    return sorted(sorted(dict.fromkeys([*events, *first]), key=weight)[:most], key=by_date)


def glossary(view):
    """The terms of the theme that were in use by the cut-off, with their Arabic, as a `Prose` table."""
    terms = [term for term in view.evidence.glossary if view.theme in term.themes]
    lines = ["| Term | Arabic | Meaning |", "| :------ | :------ | :------------------------------ |"]
    lines += [f"| **{{t{n}:term}}** | {{t{n}:term_ar}} | {{t{n}:definition}} [@t{n}] |" for n in range(len(terms))]
    return say("\n".join(lines), **{f"t{n}": term for n, term in enumerate(terms)})


def references(view):
    """The sources of the events in focus with their reliability; an export numbers its own list here."""
    sources = {source.id: source for event in view.events for source in event.sources}
    lines = [
        f"- {{s{n}:title}} {{s{n}:publisher}} {{s{n}:published}} ({{s{n}:reliability}})" for n in range(len(sources))
    ]
    return say("\n".join(lines), **{f"s{n}": source for n, source in enumerate(sources.values())})
