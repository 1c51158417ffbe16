"""The timeline: what it labels, where, and what it must not show."""

from datetime import date
from itertools import combinations

import pytest
from dossier.charts.lanes import _apart
from dossier.charts.timeline import _ranked, draw_timeline
from dossier.data import load
from dossier.prose import Prose
from matplotlib.backends.backend_agg import FigureCanvasAgg
from samples import write_package

COMMON = dict(themes="isis-threat", kind="statement", credibility="2", sources="page", derived="no", precision="day")


def event(id, date, label, countries, importance, **more):
    """A row of events.csv, known on the day it happened unless told otherwise."""
    return {
        **COMMON,
        "id": id,
        "date": date,
        "label": label,
        "summary": "It happened.",
        "countries": countries,
        "importance": importance,
        "known_from": date,
        **more,
    }


EVENTS = [
    event("founded", "1947", "Party founded", "SYR", 1, precision="approximate", known_from="1947-12-31"),
    event("coup", "1963-02-08", "Coup in Baghdad", "IRQ", 1),
    event("call", "2024-12-03", "Call", "IRQ", 2),
    event("fall", "2024-12-08", "Government falls", "SYR", 1, kind="regime-change"),
    event("shut", "2024-12-08", "Crossing shut", "IRQ;SYR", 2, place="gate"),
    event("fights", "2024-11-27", "Offensive", "SYR", 2, date_end="2024-12-08", known_from="2024-12-08"),
    event("moves", "2025-02", "Envoys move", "IRQ;SYR", 2, precision="month", known_from="2025-02-28"),
    event("abroad", "2025-03-01", "Talks in Doha", "QAT", 3),
    event("summit", "2025-04-17", "Summit", "IRQ;SYR", 1),
    event("election", "2025-11-11", "Election to come", "IRQ", 1, known_from="2025-04-09"),
    *(event(f"crowd-{n}", f"2024-12-{n:02d}", f"Statement of the day, number {n}", "IRQ", 3) for n in range(9, 29)),
]
PAGE = dict(
    id="page",
    publisher="The Page",
    kind="press",
    reliability="B",
    licence="press: facts only",
    known_from="1947-01-01",
    derived="no",
)
GATE = dict(id="gate", name="Gate", kind="crossing", country="SYR", sources="page", known_from="1947-12-31")
ALL = dict(theme="isis-threat", id="all", label="All")
GATES = dict(theme="isis-threat", id="gates", label="The gate", places="gate")
ROWS = {"sources": [PAGE], "places": [GATE], "events": EVENTS, "presets": [ALL, GATES]}


@pytest.fixture(scope="module")
def see(tmp_path_factory):
    """A function that gives the view on a day."""
    folder = write_package(tmp_path_factory.mktemp("timeline") / "data", ROWS)
    return lambda as_of="2025-05-31", focus="all": load(as_of, folder).view("isis-threat", focus)


def texts(figure):
    """The words drawn, in no order."""
    return [text.get_text() for text in figure.picture.axes[0].texts]


def at(figure, words):
    """The middle of a text on the page, in points from the middle of the ribbon."""
    text = next(text for text in figure.picture.axes[0].texts if text.get_text() == words)
    return text.get_position()


def boxes(figure):
    """(words, box) of every text, in pixels as Agg draws them into the PNG."""
    figure.picture.set_dpi(200)
    renderer = FigureCanvasAgg(figure.picture).get_renderer()
    return [(text.get_text(), text.get_window_extent(renderer)) for text in figure.picture.axes[0].texts]


def lane(figure, event):
    """Where the table says that an event is."""
    return {row[1]: row[2] for row in figure.rows}[event]


def check_clear(figure):
    """Fails where two texts touch, or one leaves the picture; a pixel is Agg's rounding."""
    labels, page = boxes(figure), figure.picture.bbox.padded(1)
    assert not [words for words, box in labels if not (page.contains(*box.min) and page.contains(*box.max))]
    for (words, box), (others, other) in combinations(labels, 2):
        wide = min(box.x1, other.x1) - max(box.x0, other.x0)
        high = min(box.y1, other.y1) - max(box.y0, other.y0)
        assert wide <= 1 or high <= 2, (words, others)


def check_poles(figure):
    """Fails where the pole of a label runs through another label."""
    axes = figure.picture.axes[0]
    labels = boxes(figure)
    (poles,) = [lines for lines in axes.collections if lines.get_gid() == "poles"]
    for pole in [axes.transData.transform_path(path).get_extents() for path in poles.get_paths()]:
        beside = [(words, box) for words, box in labels if box.x0 < pole.x0 < box.x1]
        assert not [words for words, box in beside if pole.y0 < box.y1 - 3 and pole.y1 > box.y0 + 3]


def test_iraq_is_above_and_syria_below(see):
    """An event of one country is labelled in that country's lane."""
    figure = draw_timeline(see("2024-12-08"))
    assert at(figure, "Call")[1] > 0 > at(figure, "Government falls")[1]
    assert (lane(figure, "Call"), lane(figure, "Government falls")) == ("Iraq", "Syria")


def test_event_of_both_countries_stands_at_its_place(see):
    """An event of both countries stands in the lane of its place and is called so in table and key."""
    figure = draw_timeline(see("2024-12-08"))
    assert at(figure, "Crossing shut")[1] < 0 and lane(figure, "Crossing shut") == "both"
    assert "both countries" in texts(figure) and "elsewhere" not in texts(figure)


def test_date_is_no_more_exact_than_the_source(see):
    """A label says day, span, month or about, as the source has it."""
    words = texts(draw_timeline(see(), history=True, most=40))
    assert {"8 Dec", "27 Nov–8 Dec", "Feb 2025", "c. 1947", "8 Feb 1963"} <= set(words)


def test_month_is_a_bar_over_its_days(see):
    """A date known to the month is drawn over the whole month, a day as a dot."""
    figure = draw_timeline(see(), most=40)
    ribbon = max(figure.picture.axes[0].patches, key=lambda patch: patch.get_width())
    days = 186 / ribbon.get_width()  # from 27 November to 31 May
    assert any(27.5 < patch.get_width() * days < 28.5 for patch in figure.picture.axes[0].patches)


def test_nothing_after_the_cut_off_is_shown(see):
    """Neither an event that became known later nor one announced for later is drawn or counted."""
    assert not {"Envoys move", "Summit"} & set(texts(draw_timeline(see("2024-12-08"))))
    figure = draw_timeline(see("2025-05-31"), most=40)
    assert "Summit" in texts(figure) and "Election to come" not in texts(figure) + [row[1] for row in figure.rows]


def test_important_events_are_labelled_first(see):
    """With room for three, the most important are labelled and the rest are small marks that the key counts."""
    figure = draw_timeline(see("2025-04-30"), most=3)
    assert {"Government falls", "Summit"} <= set(texts(figure))
    assert not any(words.startswith("Statement of") for words in texts(figure))
    assert [row[4] for row in figure.rows].count("yes") == 3
    assert f"{len(figure.rows) - 3} more, not labelled" in texts(figure)


def test_change_of_rule_comes_before_a_later_event(see):
    """Among equally important events a change of rule is labelled before a later meeting."""
    events = see("2025-04-30").events
    assert _ranked(events, date(2024, 11, 27), date(2025, 4, 30), 1)[0].label == "Government falls"


def test_what_a_title_names_is_labelled(see):
    """The latest event and the latest key event have a label, whatever comes before them by rank."""
    figure = draw_timeline(see("2025-04-30"), title="{last:label}, {key:label}", most=1)
    assert figure.title == "Summit, Summit" and "Summit" in texts(figure)
    figure = draw_timeline(see("2024-12-28"), title="{last:label}, {key:label}", most=2)
    assert figure.title.startswith("Statement of the day, number 28, ")
    assert {"Statement of the day, number 28", "Government falls"} <= set(texts(figure))


def test_year_is_said_where_the_time_is_a_year(see):
    """A day and a month stand without a year only where there is one such day."""
    assert "8 Dec" in texts(draw_timeline(see("2025-05-31")))
    assert {"3 Dec 2024", "8 Dec 2024"} <= set(texts(draw_timeline(see("2025-05-31"), since="2024-05-31", most=40)))


def test_a_crowded_month_does_not_take_all_labels(see):
    """Among equally important events labels go round the time, the latest of each stretch first."""
    figure = draw_timeline(see("2024-12-28"), most=10)
    days = sorted(int(row[0].split()[0]) for row in figure.rows if row[3] == 3 and row[4] == "yes")
    assert days[0] < 14 and days[-1] == 28
    assert all(after - before < 7 for before, after in zip(days, days[1:], strict=False))


@pytest.mark.parametrize("as_of", ["2024-12-08", "2024-12-28", "2025-05-31"])
@pytest.mark.parametrize("history", [False, True])
def test_labels_keep_clear(see, as_of, history):
    """No label touches another, a pole or the edge, in a crowded month and beside eighty years."""
    figure = draw_timeline(see(as_of), most=24, history=history)
    check_clear(figure)
    check_poles(figure)


def test_history_gets_its_share_of_labels(see):
    """Eighty years are labelled beside a crowded month, on a stretch of their own."""
    figure = draw_timeline(see("2024-12-28"), most=6, history=True)
    assert {"Party founded", "Coup in Baghdad", "Government falls"} <= set(texts(figure))
    assert "The axis changes scale on 27 November 2024." in figure.alt
    assert at(figure, "Coup in Baghdad")[0] < at(figure, "Government falls")[0]


def test_since_reaches_back(see):
    """An earlier day shows the events from then on."""
    assert "Coup in Baghdad" not in texts(draw_timeline(see()))
    assert "Coup in Baghdad" in texts(draw_timeline(see(), since="1963-01-01"))


def test_title_is_true_on_the_day(see):
    """The message names the latest key event that was known, and how many there were."""
    assert draw_timeline(see("2024-12-08")).title == "Government falls, 8 December 2024: the one key event"
    assert draw_timeline(see("2025-04-30")).title == "Summit, 17 April 2025: the latest of 2 key events"


def test_title_is_a_template(see):
    """A given title is filled with counts, events and days."""
    title = "{count} events, first {first:label}, last {key:date}, from {since}"
    figure = draw_timeline(see("2024-12-08"), title=title)
    assert figure.title == "4 events, first Offensive, last 8 December 2024, from 27 November 2024"


def test_alt_describes_the_picture(see):
    """The description counts the events of each lane, names the key ones and is neither short nor long."""
    alt = draw_timeline(see("2024-12-08")).alt
    assert "4 events (2 Syria, 1 Iraq, 1 both)" in alt and "Government falls, 8 December 2024" in alt
    assert 30 <= len(alt.split()) <= 80


def test_name_says_what_was_drawn(see):
    """The focus, the history and a day of its own tell the timelines of one notebook apart, the same on every day."""
    view = see()
    drawn = [draw_timeline(view, **how) for how in ({}, {"history": True}, {"since": "1963-01-01"}, {"most": 3})]
    names = ["timeline-all", "timeline-all-history", "timeline-all-since-1963-01-01", "timeline-all"]
    assert [figure.name for figure in drawn] == names
    assert (
        draw_timeline(view.at(focus="gates")).name == draw_timeline(see("2024-12-08", "gates")).name == "timeline-gates"
    )


def test_nothing_known_is_said(see):
    """Where no event was known there is a sentence and no empty picture."""
    nothing = draw_timeline(see("2024-11-27"))
    assert isinstance(nothing, Prose)
    assert nothing.markdown == "No event of this focus from 27 November 2024 on was public by 27 November 2024."


def test_picture_is_the_same_twice(see):
    """Two runs give the same bytes."""
    assert draw_timeline(see()).svg() == draw_timeline(see()).svg()


def test_overlapping_dots_lie_in_their_order():
    """Dots that touch are drawn one after another, those apart at once."""
    assert _apart([(0, 0), (20, 0), (3, 0), (21, 1), (4, 0)], 6) == [[(0, 0), (20, 0)], [(3, 0), (21, 1)], [(4, 0)]]
