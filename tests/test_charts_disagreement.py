"""The disagreement: who counted what and how, as rows on one axis."""

import pytest
from dossier import draw_disagreement
from dossier.data import load
from dossier.errors import RequestError
from dossier.prose import Prose
from samples import write_package
from test_charts_series import ROWS, axes, check_clear, measure, point, texts

UN = dict(counted_by="UN OCHA", method="registration, all nationalities")
CAMP = dict(counted_by="Camp office")


def monthly(year, counter, more):
    """Twelve figures of one counter, `more` above those of the other."""
    days = [f"{year}-{month:02}-15" for month in range(1, 13)]
    rows = [point("both", day, day, best=1000 + 10 * rank + more, **counter) for rank, day in enumerate(days)]
    return [{**row, "id": f"{row['id']}-{counter['counted_by'][:2].lower()}"} for row in rows]


MORE = {
    **ROWS,
    "measures": [
        measure("posts", "Posts in the budget", unit="persons"),
        measure(
            "said", "Strength as the chairman says", unit="persons", kind="claim", silent="He was not asked since."
        ),
        measure("guessed", "Strength from outside", unit="persons", kind="estimate"),
        measure("both", "People, two counts"),
        measure("alone", "People, one count"),
        measure("zero", "Attacks", unit="attacks"),
    ],
    "series": [
        point("posts", "2023-01-01", "2023-01-01", best=238000, **UN),
        point("posts", "2024-01-01", "2024-01-01", low=238000, source="press"),
        point("said", "2023-04-18", "2023-04-18", best=204000, source="press", **CAMP),
        point("guessed", "2022-01-01", "2022-01-01", low=100000, high=150000, **CAMP),
        point("guessed", "2017-01-01", "2017-01-01", high=120000, source="late", **UN),
        *monthly(2020, dict(counted_by="UN"), 0),
        *monthly(2020, dict(counted_by="Camp"), 0)[:9],
        *monthly(2020, dict(counted_by="Camp"), 40)[9:],
        *(point("alone", f"20{year}-01-01", f"20{year}-01-01", best=year, **UN) for year in range(10, 25)),
        point("alone", "2009-01-01", "2009-01-01", best=9, source="press"),
        point("zero", "2020-01-01", "2020-01-01", best=0, **UN),
    ],
}
HEADCOUNT = ["posts", "said", "guessed"]


@pytest.fixture(scope="module")
def see(tmp_path_factory):
    """A function that gives the view on a day."""
    folder = write_package(tmp_path_factory.mktemp("disagreement") / "data", MORE)
    return lambda as_of="2025-05-31", **more: load(as_of, folder).view("isis-threat", **more)


def marks(figure):
    """Marker -> x values of those that are drawn."""
    found = {}
    for line in axes(figure).lines:
        if line.get_transform() == axes(figure).transData and str(line.get_marker()) != "None":
            found.setdefault(line.get_marker(), []).extend(line.get_xdata())
    return found


def test_rows_say_who_how_when_and_how_good(see):
    """A row names the counter in bold and, muted, method, date and the grade of the source."""
    figure = draw_disagreement(see(), HEADCOUNT)
    assert {"registration, all", "nationalities", "1 Jan 2023", "B", "18 Apr 2023", "C"} <= set(texts(figure))
    weights = {text.get_text(): text.get_weight() for text in axes(figure).texts}
    assert weights["UN OCHA"] == "bold" and weights["registration, all"] != "bold" != weights["1 Jan 2023"]


def test_a_publisher_stands_where_no_counter_is_named(see):
    """Without a counter the row is its publisher's, and the title speaks of sources."""
    figure = draw_disagreement(see(), "posts")
    assert "The Long Name of a Press" in texts(figure) and figure.title.endswith("2023 to 2024, 2 sources")


def test_kinds_differ_in_shape_colour_and_place(see):
    """Counts, estimates and claims have a mark of their own, named once, and stand in this order."""
    figure = draw_disagreement(see(), HEADCOUNT)
    assert marks(figure) == {"o": [238000], ">": [238000], "s": [204000], "<": [120000]}
    heads = {text.get_text(): text for text in axes(figure).texts if ": " in text.get_text()}
    assert list(heads) == [
        "Counts: Posts in the budget",
        "Estimates: Strength from outside",
        "Claims: Strength as the chairman says",
    ]
    assert len({text.get_color() for text in heads.values()}) == 3
    assert [row[2] for row in figure.rows] == ["count", "count", "claim", "estimate", "estimate"]


def test_zero_is_a_whole_mark(see):
    """A figure of nothing stands on the edge of the plot and is not cut by it."""
    figure = draw_disagreement(see(), "zero")
    dots = [line for line in axes(figure).lines if line.get_marker() == "o" and list(line.get_xdata()) == [0]]
    assert len(dots) == 1 and not dots[0].get_clip_on()


def test_latest_figure_comes_first(see):
    """Within a kind rows run from the latest back."""
    heights = {text.get_text(): text.xy[1] for text in axes(draw_disagreement(see(), HEADCOUNT)).texts}
    assert heights["more than 238,000"] > heights["238,000"] > heights["100,000 to 150,000"] > heights["up to 120,000"]


def test_title_gives_the_spread(see):
    """The message says from where to where, over which years where they differ, and by how many."""
    assert draw_disagreement(see(), HEADCOUNT).title == (
        "From 100,000 to more than 238,000: 5 figures, 2017 to 2024, 3 sources"
    )
    assert draw_disagreement(see(), "both").title == (
        "From 1,090 to 1,150: 6 figures for “People, two counts”, 2 counters"
    )
    assert draw_disagreement(see(), "said").title == "One figure for “Strength as the chairman says”: 204,000"
    title = "{lowest} or {highest} ({times:.2g} times), {count} of {all}, {first:date}"
    assert draw_disagreement(see(), "both", title).title == "1,090 or 1,150 (1.1 times), 6 of 24, 15 October 2020"


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ([("", "", 9), (5, "", "")], ("more than 5", "up to 9")),
        ([("", "", 5), (9, "", "")], ("up to 5", "more than 9")),
        ([("", 5, ""), (5, "", ""), ("", 9, ""), ("", "", 9)], ("5", "9")),
        ([("", 5, ""), ("", "", 5), ("", 9, ""), (9, "", "")], ("up to 5", "more than 9")),
        ([(5, 6, 9)], ("5", "9")),
    ],
)
def test_title_keeps_bounds(tmp_path, spans, words):
    """A bound is named as one in {lowest} and {highest}, and a plain figure only where nobody goes beyond it."""
    rows = [
        point("both", f"2020-01-{day:02}", "2020-02-01", low=low, best=best, high=high)
        for day, (low, best, high) in enumerate(spans, 1)
    ]
    folder = write_package(tmp_path / "data", {**MORE, "series": rows})
    drawn = draw_disagreement(load("2025-05-31", folder).view("isis-threat"), "both", "{lowest}, {highest}")
    assert drawn.title == ", ".join(words)


def test_many_figures_are_cut_to_those_in_dispute(see):
    """Of more than 14 those are drawn on which two counters differ; all stand in the table, which the text says."""
    figure = draw_disagreement(see(), "both")
    assert sorted(marks(figure)["o"]) == [1090, 1100, 1110, 1130, 1140, 1150]
    assert "18 more figures in the table." in figure.source
    assert len(figure.rows) == 24 and [row[9] for row in figure.rows].count("yes") == 6


def test_many_figures_without_dispute_are_cut_to_the_latest_of_each(see):
    """Where no two counters speak of one time, each shows its latest figure."""
    figure = draw_disagreement(see(), "alone")
    assert sorted(marks(figure)["o"]) == [9, 24] and "14 more figures in the table." in figure.source


def test_no_more_than_fourteen_are_drawn(tmp_path):
    """Of many disputes the latest are drawn, none without its other side."""
    rows = monthly(2020, dict(counted_by="UN"), 0) + monthly(2020, dict(counted_by="Camp"), 5)
    for number, more in enumerate(([], [point("both", "2020-12-01", "2020-12-01", best=2000, source="press")])):
        folder = write_package(tmp_path / str(number) / "data", {**MORE, "series": rows + more})
        drawn = sorted(marks(draw_disagreement(load("2025-05-31", folder).view("isis-threat"), "both"))["o"])
        assert (drawn[:3], len(drawn)) == [([1050, 1055, 1060], 14), ([1060, 1065, 1070], 13)][number]


def test_since_leaves_out_what_is_older(see):
    """Figures that ended before the day are in neither picture nor table; nothing after it is said."""
    figure = draw_disagreement(see(), HEADCOUNT, since="2023-04-01")
    assert [row[4] for row in figure.rows] == ["1 January 2024", "18 April 2023"]
    assert isinstance(draw_disagreement(see(), HEADCOUNT, since="2024-02-01"), Prose)


def test_nothing_known_is_said_without_a_name(see):
    """Before the first figure there is a sentence that does not give the measure away."""
    nothing = draw_disagreement(see("2024-12-01"), "guessed", since="2024-11-30")
    assert isinstance(nothing, Prose) and nothing.markdown.startswith("No figure on this was public by 1 December")


def test_unknown_measure_and_second_unit_are_refused(see):
    """A misspelt measure gets the nearest right one, and persons do not share an axis with residents."""
    with pytest.raises(RequestError, match=r"Did you mean 'posts'"):
        draw_disagreement(see(), "post")
    with pytest.raises(ValueError, match="posts is in persons, both in residents"):
        draw_disagreement(see(), ["posts", "both"])


def test_text_below_says_where_the_source_was_silent(see):
    """What the measure says of silence stands under the chart, after the graded sources."""
    source = draw_disagreement(see(), "said").source
    assert source == "Sources: The Long Name of a Press Agency of Record (C). He was not asked since."


def test_a_later_page_is_not_named(see):
    """A row known in time that rests on a page published later does not name the page."""
    assert "Later Review" not in str(draw_disagreement(see("2024-12-10"), "guessed").record())


@pytest.mark.parametrize("measures", [HEADCOUNT, "both", "alone", "zero"])
def test_rows_keep_clear(see, measures):
    """Names, methods, dates, grades, figures and ticks: no text touches another or the edge."""
    check_clear(draw_disagreement(see(), measures))


def test_alt_describes_the_picture(see):
    """The description has kind, unit, marks and figures, and is neither short nor long."""
    alt = draw_disagreement(see(), HEADCOUNT).alt
    assert "in persons" in alt and "dots are counts, diamonds estimates, squares claims" in alt
    assert "UN OCHA, 1 Jan 2023: 238,000" in alt and 30 <= len(alt.split()) <= 90


def test_picture_is_the_same_twice(see):
    """Two runs give the same bytes."""
    assert draw_disagreement(see(), "both").svg() == draw_disagreement(see(), "both").svg()
