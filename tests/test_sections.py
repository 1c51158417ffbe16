"""The fixed parts of a briefing."""

import pytest
from dossier import sections
from dossier.data import load
from dossier.dates import When
from dossier.prose import say


@pytest.fixture
def view(evidence_folder):
    """What was known on 10 December 2024."""
    return load("2024-12-10", evidence_folder).view("isis-threat")


def test_cut_off_block_names_day_scope_and_what_is_left_out(view):
    """A reader sees the cut-off, how much evidence there is, and what is not covered."""
    text = sections.cut_off_block(view, leaves_out="money").markdown
    assert (
        "Information cut-off **10 December 2024**" in text
        and "2 events on record" in text
        and "leaves out: money" in text
    )


def test_changed_lists_what_became_known_in_four_weeks(view):
    """News is what became known lately, latest first; older knowledge is not news."""
    assert sections.changed(view).markdown.index("3 December 2024") < sections.changed(view).markdown.index(
        "November 2024."
    )
    later = view.evidence.view("isis-threat").at("2025-03-01")
    assert "Nothing in this focus became known" in sections.changed(later).markdown


def test_old_matter_is_news_from_the_day_it_became_public(view):
    """What happened long ago and became known lately is dated by the day it became known."""
    count = view.evidence.find("events", "count")
    old = count._replace(date=When.read("2003"))
    assert sections._news_date(old) == "Public by 30 November 2024"
    assert sections._news_date(count) is count.date


def test_evidence_table_has_date_event_grade_and_source(view):
    """Each event is a row with its date, its grade and its sources."""
    table = sections.evidence_table(view).markdown.splitlines()
    assert len(table) == 4
    assert "November 2024" in table[2] and "| B3 |" in table[2] and "[@camp-page]" in table[2]
    assert "3 December 2024" in table[3] and "| C2 |" in table[3]


def test_evidence_table_of_chosen_events(view):
    """A lesson may set out some events alone; where it chose none, a sentence says so."""
    table = sections.evidence_table(view, view.events[1:]).markdown
    assert "Al\\-Sudani warned" in table and "counted" not in table
    assert "No evidence" in sections.evidence_table(view, []).markdown


def test_key_evidence_keeps_the_weightiest(view, monkeypatch):
    """A brief shows as many rows as its budget holds, by importance."""
    monkeypatch.setitem(sections.BUDGETS, "evidence", 1)
    table = sections.key_evidence(view).markdown
    assert "Al\\-Sudani warned" in table and "counted" not in table


def test_key_evidence_has_what_the_bottom_line_names(view, monkeypatch):
    """What headline and bottom line rest on comes before what weighs more, in focus or not, and still oldest first."""
    monkeypatch.setitem(sections.BUDGETS, "evidence", 1)
    count, call = view.events
    table = sections.key_evidence(view, say("{count}", count=count), say("No rows.")).markdown
    assert "counted" in table and "Al\\-Sudani warned" not in table
    camps = view.at(focus="camps")
    monkeypatch.setitem(sections.BUDGETS, "evidence", 15)
    table = sections.key_evidence(camps, say("{call}", call=call), say("{n}", n=camps.series("people").last)).markdown
    assert table.count("\n|") == 3 and table.index("counted") < table.index("Al\\-Sudani warned")


def test_news_takes_rows_from_the_evidence(view, monkeypatch):
    """Where something became known lately, the evidence has that many rows less: both share two pages."""
    monkeypatch.setitem(sections.BUDGETS, "evidence", 2)
    rows = {day: sections.key_evidence(view.at(day)).markdown.count("\n|") - 1 for day in ("2024-12-03", "2025-03-01")}
    assert sections.changed(view.at("2024-12-03")).markdown.startswith("- ") and rows == {
        "2024-12-03": 1,
        "2025-03-01": 2,
    }


def test_empty_evidence_is_said(view):
    """A focus without evidence gives a sentence, not an empty table."""
    empty = view.evidence.view("isis-threat", grade="A")
    assert "No evidence" in sections.evidence_table(empty).markdown


def test_glossary_explains_terms_known_by_then(view):
    """Each term stands beside its meaning and its source."""
    assert "**Camp**" in sections.glossary(view).markdown and "[@camp-page]" in sections.glossary(view).markdown


def test_references_hide_later_pages(view):
    """A source that was published later is listed by its grade only."""
    text = sections.references(view).markdown
    assert "Camp Office" in text and "Reported after the cut\\-off" in text and "hindsight" not in text
