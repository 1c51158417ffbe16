"""Series and ranges: what is drawn of a figure, a range, a bound and a gap, and what must not be shown."""

from itertools import combinations

import pytest
from dossier import draw_disagreement, draw_ranges, draw_series
from dossier.charts.flags import spread
from dossier.charts.style import SIDES
from dossier.data import cut_off, load
from dossier.errors import RequestError
from dossier.prose import Prose
from matplotlib.backends.backend_agg import FigureCanvasAgg
from samples import write_package


def measure(id, title, unit="residents", kind="stock", **more):
    """A row of measures.csv."""
    return dict(id=id, title=title, unit=unit, kind=kind, definition="All", themes="isis-threat", **more)


def point(measure, date, known_from, low="", best="", high="", source="camp", **more):
    """A row of series.csv."""
    row = dict(id=f"{measure}-{date}", measure=measure, date=date, precision="day", low=low, best=best, high=high)
    return {**row, "sources": source, "known_from": known_from, "derived": "no", **more}


def turn(id, date, label, known_from):
    """A row of events.csv."""
    row = dict(id=id, date=date, label=label, known_from=known_from, precision="day", themes="isis-threat")
    row |= dict(summary="It happened.", credibility=2, countries="SYR", importance=1, sources="camp", derived="no")
    return {**row, "kind": "regime-change"}


ROWS = {
    "sources": [
        dict(
            id="camp",
            publisher="Camp Office",
            kind="un",
            reliability="B",
            licence="press: facts only",
            known_from="2019-01-01",
            derived="no",
        ),
        dict(
            id="press",
            publisher="The Long Name of a Press Agency of Record",
            kind="press",
            reliability="C",
            licence="press: facts only",
            known_from="2019-01-01",
            derived="no",
        ),
        dict(
            id="late",
            publisher="Later Review",
            kind="press",
            reliability="C",
            licence="press: facts only",
            known_from="2025-05-01",
            derived="no",
        ),
    ],
    "events": [
        turn("fall", "2024-12-08", "Government falls", "2024-12-08"),
        turn("early", "2020-10-01", "Early turn", "2020-10-01"),
        turn("told-late", "2024-12-01", "Told later", "2025-03-01"),
        turn("announced", "2025-01-15", "Announced", "2024-12-01"),
    ],
    "measures": [
        measure("people", "People in the camp", caveat="Bodies count differently."),
        measure("iraqis", "Iraqis in the camp"),
        measure("fighters", "Fighters, estimates", unit="fighters in the field", kind="estimate"),
        measure("length", "Length of the border", unit="km", kind="claim", vintage="release 4"),
        measure("many", "Counted every year"),
        measure("secret", "A name that only hindsight gives"),
    ],
    "series": [
        point("people", "2019-03-01", "2019-03-01", best=72000),
        point("people", "2019-09-01", "2019-09-01", best=69000),
        point("people", "2020-03-01", "2020-03-01", best=66000),
        point("people", "2024-06-01", "2024-06-01", best=41000),
        point("people", "2025-01-10", "2025-01-20", best=36000),
        point("iraqis", "2020-03-01", "2020-03-01", best=31000),
        point("iraqis", "2025-01-10", "2025-01-20", best=35500),
        point("fighters", "2020-08-24", "2020-08-24", low=10000),
        point("fighters", "2022-02-01", "2022-02-01", low=6000, high=10000),
        point("fighters", "2023-02-01", "2023-02-01", low=5000, best=6000, high=7000, source="press"),
        point("fighters", "2024-01-01", "2024-01-01", high=3000, note="Agency | up to"),
        point("length", "2021-01-01", "2021-01-01", best=599),
        point("length", "2022-01-01", "2022-01-01", best=617, source="press"),
        point("length", "2023-01-01", "2023-01-01", best=605, source="late"),
        *(point("many", f"20{year}-01-01", f"20{year}-01-01", best=year, source="press") for year in range(11, 24)),
        point("secret", "2025-05-01", "2025-05-01", best=1),
    ],
    "presets": [dict(theme="isis-threat", id="all", label="All")],
}


@pytest.fixture(scope="module")
def see(tmp_path_factory):
    """A function that gives the view on a day."""
    folder = write_package(tmp_path_factory.mktemp("series") / "data", ROWS)
    return lambda as_of="2025-05-31", **more: load(as_of, folder).view("isis-threat", **more)


def axes(figure):
    """The axes of a figure."""
    return figure.picture.axes[0]


def texts(figure):
    """The words drawn inside the axes, in no order."""
    return [text.get_text() for text in axes(figure).texts]


def lines(figure, marker="None"):
    """The (x, y) data of lines without a marker, or with this one."""
    chosen = [line for line in axes(figure).lines if str(line.get_marker()) == marker]
    return [(list(line.get_xdata()), list(line.get_ydata())) for line in chosen]


def heights(figure, marker="None"):
    """The y values of each line or marker, as a list of lists."""
    return [ys for _, ys in lines(figure, marker)]


def check_clear(figure):
    """Fails where two texts touch or one leaves the picture; two pixels are Agg's rounding."""
    figure.picture.set_dpi(200)
    renderer = FigureCanvasAgg(figure.picture).get_renderer()
    figure.picture.draw(renderer)
    ticks = [label for axis in (axes(figure).xaxis, axes(figure).yaxis) for label in axis.get_ticklabels()]
    written = [text for text in [*axes(figure).texts, *ticks] if text.get_text()]
    labels = [(text.get_text(), text.get_window_extent(renderer)) for text in written]
    page = figure.picture.bbox.padded(2)
    assert not [words for words, box in labels if not (page.contains(*box.min) and page.contains(*box.max))]
    for (words, box), (others, other) in combinations(labels, 2):
        wide = min(box.x1, other.x1) - max(box.x0, other.x0)
        high = min(box.y1, other.y1) - max(box.y0, other.y0)
        assert wide <= 2 or high <= 2, (words, others)


def test_last_figure_is_printed_at_the_end(see):
    """The end of a line says the last value and its date, and there is no legend."""
    figure = draw_series(see(), "people")
    assert {"36,000", "10 Jan 2025"} <= set(texts(figure)) and axes(figure).get_legend() is None


def test_each_line_is_labelled_directly(see):
    """With several measures each end carries the name too, and colours differ."""
    figure = draw_series(see(), ["people", "iraqis"])
    assert {"People in the camp", "36,000", "Iraqis in the camp", "35,500"} <= set(texts(figure))
    colors = {text.get_text(): text.get_color() for text in axes(figure).texts}
    assert colors["People in the camp"] != colors["Iraqis in the camp"]


def test_two_countries_have_the_colours_of_the_timeline():
    """Where each series is of another country its line has that country's colour; where all are of one, it has not."""
    view = load(cut_off()).view("baathist-legacy")
    drawn = draw_series(view, ["unhcr-refugees-from-syria", "unhcr-refugees-from-iraq"])
    assert {SIDES["baghdad"], SIDES["damascus"]} <= {text.get_color() for text in axes(drawn).texts}
    alone = draw_series(view, ["unhcr-refugees-from-syria"])
    assert SIDES["damascus"] not in {text.get_color() for text in axes(alone).texts}


def test_ends_are_spread():
    """Labels that would cover each other move apart, up from the bottom and down from the top."""
    assert spread([2, 4, 50], [10, 10, 10], 0, 60) == [5, 15, 50]
    assert spread([57, 58], [10, 10], 0, 60) == [45, 55]


def test_values_start_at_zero(see):
    """The axis of a series begins at zero."""
    assert axes(draw_series(see(), "people")).get_ylim()[0] == 0


def test_range_is_a_bar_and_best_a_dot(see):
    """A range is drawn from low to high, with a dot only where a source gives one figure."""
    figure = draw_series(see(), "fighters")
    assert [6000, 10000] in heights(figure) and [5000, 7000] in heights(figure)
    assert heights(figure, "o") == [[6000]]


def test_bounds_are_open_marks(see):
    """More than is an open mark upward, up to an open mark downward."""
    figure = draw_series(see(), "fighters")
    assert heights(figure, "^") == [[10000]] and heights(figure, "v") == [[3000]]
    assert "up to 3,000" in texts(figure)


def test_long_gap_stays_a_gap(see):
    """No line runs through years without a figure, and the source line says which."""
    figure = draw_series(see(), "people")
    assert heights(figure)[:2] == [[72000, 69000, 66000], [41000, 36000]]
    assert "no figure between 1 March 2020 and 1 June 2024" in figure.source


def test_estimates_of_different_bodies_are_not_joined(see):
    """A line joins estimates only where one publisher made both."""
    assert not [ys for ys in heights(draw_series(see(), "length")) if set(ys) <= {599, 617, 605}]


def test_turning_point_is_drawn_only_when_known(see):
    """The word of a turning point appears once it has happened and was known, not when announced or told later."""
    turns = {"Government falls", "Told later", "Announced"}
    drawn = [
        set(texts(draw_series(see(day), "people", mark=["fall", "told-late", "announced"])))
        for day in ("2024-12-07", "2024-12-08", "2025-05-31")
    ]
    assert [words & turns for words in drawn] == [set(), {"Government falls"}, turns]


def test_nothing_after_the_cut_off_is_shown(see):
    """A figure published after the cut-off is in neither picture, table, title nor description."""
    figure = draw_series(see("2025-01-19"), "people")
    everything = [figure.title, figure.alt, str(figure.rows), *texts(figure)]
    assert "41,000" in texts(figure) and not [words for words in everything if "36,000" in words or "36000" in words]


def test_two_units_are_refused(see):
    """Residents and fighters do not share an axis."""
    with pytest.raises(ValueError, match="people is in residents, fighters in fighters"):
        draw_series(see(), ["people", "fighters"])


def test_unknown_measure_is_refused(see):
    """A misspelt measure gets the nearest right one."""
    with pytest.raises(RequestError, match=r"unknown measure 'peple'. Did you mean 'people'"):
        draw_series(see(), "peple")


@pytest.mark.parametrize("draw", [draw_series, draw_ranges, draw_disagreement])
def test_nothing_known_is_said_without_a_name(see, draw):
    """Before the first figure there is a sentence that does not give the measure away."""
    nothing = draw(see("2024-12-10"), "secret")
    assert (
        isinstance(nothing, Prose)
        and nothing.markdown == "No figure on this was public by 10 December 2024, at the grade chosen."
    )


@pytest.mark.parametrize("draw", [draw_series, draw_ranges, draw_disagreement])
def test_claims_that_do_not_count_are_said_to(see, draw):
    """Where the counting rule leaves out a measure, the sentence in its place names the rule."""
    nothing = draw(see(counting="without-claims"), "length")
    assert "at the grade and by the counting rule chosen" in nothing.markdown


def test_measure_without_figures_is_left_out(see):
    """One measure without figures does not stop the other, and is not named."""
    figure = draw_series(see("2024-12-10"), ["people", "secret"])
    assert figure.name == "series-people" and "hindsight" not in str(figure.record())


def test_title_is_true_on_the_day(see):
    """The message compares the last figure with the highest, or says that it is the highest or the only one."""
    assert draw_series(see(), "people").title == (
        "People in the camp: 36,000 on 10 January 2025, about half the peak of 72,000 on 1 March 2019"
    )
    assert draw_series(see(), "iraqis").title.endswith("35,500 on 10 January 2025, the highest figure so far")
    assert draw_series(see("2024-12-10"), "iraqis").title == "Iraqis in the camp: 31,000 on 1 March 2020"


def test_title_names_an_earlier_time_that_was_as_high(tmp_path):
    """A level that was reached before is not told as a new height."""
    years = ["2018-01-01", "2020-01-01", "2022-01-01"]
    rows = [point("many", year, year, best=best) for year, best in zip(years, (2, 6, 6), strict=True)]
    view = load("2025-05-31", write_package(tmp_path / "data", {**ROWS, "series": rows})).view("isis-threat")
    assert draw_series(view, "many").title.endswith(
        "6 on 1 January 2022, the highest figure so far, as on 1 January 2020"
    )


def test_bound_is_not_compared_as_a_figure(see):
    """Up to 3,000 is below more than 10,000: no share is made up."""
    assert draw_series(see(), "fighters").title.endswith(
        "up to 3,000 on 1 January 2024, down from more than 10,000 on 24 August 2020"
    )


def test_title_is_a_template(see):
    """A given title is filled with points and the measure."""
    title = "{measure:title}: {first} to {people}, Iraqis {iraqis:date}"
    figure = draw_series(see(), ["people", "iraqis"], title=title)
    assert figure.title == "People in the camp: 72,000 to 36,000, Iraqis 10 January 2025"


def test_caveat_of_two_measures_is_said_once(tmp_path):
    """What holds for two measures alike stands once under the chart that draws both."""
    both = [measure(id, id, caveat="Bodies count differently.") for id in ("people", "iraqis")]
    folder = write_package(tmp_path, {**ROWS, "measures": [*both, *ROWS["measures"][2:]]})
    source = draw_series(load("2025-05-31", folder).view("isis-threat"), ["people", "iraqis"]).source
    assert source.count("Bodies count differently.") == 1


def test_caveat_stands_under_the_chart(see):
    """The source line names publishers with grades and ends with caveat and edition."""
    assert draw_series(see(), "people").source.startswith("Sources: Camp Office (B). Bodies count differently.")
    assert "Values as in release 4" in draw_disagreement(see(), "length").source


def test_edition_is_named_once_it_was_published(tmp_path):
    """Figures from an edition that came out after the day say so, without its name; from its day on it is named."""
    package = {**ROWS["sources"][0], "id": "package", "known_from": "2025-01-20"}
    rows = {**ROWS, "sources": [*ROWS["sources"], package]}
    rows["measures"] = [measure("people", "People in the camp", vintage="package of January 2025")]
    rows["series"] = [
        point("people", year, "2024-07-01", best=9, precision="year", source="package") for year in ("2022", "2023")
    ]
    folder = write_package(tmp_path, rows)
    early, late = (draw_series(load(day, folder).view("isis-threat"), "people") for day in ("2025-01-19", "2025-01-20"))
    assert "an edition that came out later; the edition of the day may have differed." in early.source
    assert "package of January 2025" not in early.source
    assert "Values as in package of January 2025; the edition of the day may have differed." in late.source


def monthly(id, first=2004, last=2018, base=50):
    """A figure with its range for every month of these years, highest in July 2014."""
    rows = []
    for year in range(first, last + 1):
        for month in range(1, 13):
            best = base + month + (400 if (year, month) == (2014, 7) else 0)
            when = dict(low=best - 9, best=best, high=best + 30, precision="month")
            rows.append({**point(id, f"{year}-{month:02}", "2024-01-01"), **when})
    return rows


@pytest.fixture(scope="module")
def long_view(tmp_path_factory):
    """A view with three monthly series and a yearly index, long and with ranges."""
    kinds = [("state", "State-based violence"), ("other", "Non-state violence"), ("against", "One-sided violence")]
    measures = [measure(id, title, unit="deaths", kind="estimate", vintage="release 9") for id, title in kinds]
    index = [
        {
            **point(
                "index", str(year), "2025-03-01", low=0.1, best=f"0.{200 + year - 1946}", high=0.9 - (year - 1946) / 200
            ),
            "precision": "year",
        }
        for year in range(1946, 2025)
    ]
    rows = [row for n, (id, _) in enumerate(kinds) for row in monthly(id, base=50 + 200 * n)]
    measures.append(measure("index", "Liberal democracy", unit="index, 0 to 1", kind="estimate"))
    tables = {**ROWS, "measures": measures, "series": [*rows, *index]}
    folder = write_package(tmp_path_factory.mktemp("long") / "data", tables)
    return load("2025-05-31", folder).view("isis-threat")


def test_long_series_is_a_line_in_a_band(long_view):
    """180 months are one line and one band; a mark stands at the last point and at the highest only."""
    figure = draw_series(long_view, "state")
    assert [len(ys) for ys in heights(figure) if len(ys) > 2] == [180] and len(axes(figure).collections) == 1
    assert heights(figure, "o") == [[62], [457]] and heights(figure, "_") == []
    assert "457, Jul 2014" in texts(figure)


def test_words_on_a_long_series_are_short_and_true(long_view):
    """Message and description name first, last and highest with its range, and stay short; the table has all rows."""
    figure = draw_series(long_view, "state")
    assert figure.title == ("State-based violence: 62 in December 2018, down from 457 (448 to 487) in July 2014")
    assert "a line in a pale band from low to high" in figure.alt and "180 figures" in figure.alt
    assert "dots" not in figure.alt and len(figure.alt.split()) < 60 and len(figure.rows) == 180


def test_long_series_are_lines_of_their_own(long_view):
    """Three long series are three lines that never join, with a label each, and the edition is said once."""
    figure = draw_series(long_view, ["state", "other", "against"])
    assert [len(ys) for ys in heights(figure) if len(ys) > 2] == [180] * 3
    bands = [(min(ys), max(ys)) for ys in heights(figure) if len(ys) > 2]
    assert bands == [(51, 457), (251, 657), (451, 857)]
    assert figure.source.count("release 9") == 1 and len(figure.title) < 150


def test_highest_figure_is_the_best_not_the_end_of_a_range(long_view):
    """An index of 0 to 1 keeps its decimals, and its highest year is by the figure given, not by the band."""
    figure = draw_series(long_view, "index")
    assert figure.title == "Liberal democracy: 0.278 in 2024, the highest figure so far"
    assert "0.278" in texts(figure) and "the highest 0.278 (0.1 to 0.51) in 2024" in figure.alt


@pytest.mark.parametrize("measures", ["state", "index", ["state", "other", "against"]])
def test_long_series_keep_clear(long_view, measures):
    """Labels of long series touch neither each other nor the edge."""
    check_clear(draw_series(long_view, measures, mark=["fall"]))


def test_table_holds_what_is_drawn(see):
    """The data has one row a point: dates as text, numbers as numbers, None where the source says nothing."""
    figure = draw_series(see(), "fighters")
    assert figure.columns[:5] == ("date", "measure", "low", "best", "high")
    assert figure.rows[0][:5] == ("24 August 2020", "Fighters, estimates", 10000, None, None)
    assert len(figure.rows) == 4


@pytest.mark.parametrize("measures", ["people", ["people", "iraqis"], "fighters"])
def test_series_keep_clear(see, measures):
    """Ends that nearly meet, a turning point and the ticks: no text touches another or the edge."""
    check_clear(draw_series(see(), measures, mark=["fall", "early", "told-late", "announced"]))


@pytest.mark.parametrize("measure", ["fighters", "length"])
def test_ranges_keep_clear(see, measure):
    """Names of two lines, values beside marks and the ticks: no text touches another or the edge."""
    check_clear(draw_disagreement(see(), measure))


def test_ranges_say_who_and_when(see):
    """Each row names publisher and date and prints its figure with its range."""
    words = texts(draw_disagreement(see(), "fighters"))
    assert {"Camp Office", "24 Aug 2020", "6,000 (5,000 to 7,000)", "more than 10,000", "up to 3,000"} <= set(words)


def test_long_names_are_wrapped(see):
    """The name of a publisher takes two lines rather than the room of the plot."""
    assert {"The Long Name of a Press", "Agency of Record"} <= set(texts(draw_disagreement(see(), "length")))


def test_long_lists_are_cut_in_the_description(see):
    """The description of many rows says how many it leaves out and stays short."""
    alt = draw_disagreement(see(), "many").alt
    assert "1 Jan 2023: 23; " in alt and alt.endswith(" more.") and len(alt.split()) <= 80


def test_ranges_by_note_name_what_the_note_names(see):
    """By note a row is called what the note begins with."""
    figure = draw_ranges(see(), "fighters")
    assert "Agency" in texts(figure) and figure.columns[0] == "note"


def test_ranges_say_where_the_axis_does_not_begin_at_zero(see):
    """Claims close together are shown close up, which the source line says; others begin at zero."""
    assert "does not begin at zero" in draw_disagreement(see(), "length").source
    figure = draw_disagreement(see(), "fighters")
    assert axes(figure).get_xlim()[0] == 0 and "begin at zero" not in figure.source


def test_ranges_do_not_name_a_later_page(see):
    """A row known in time that rests on a page published later does not name the page."""
    figure = draw_disagreement(see("2024-12-10"), "length")
    assert "Reported after the cut-off" in texts(figure) and "Later Review" not in str(figure.record())


def test_ranges_title_gives_the_span(see):
    """The message says how many figures there are and how far apart, and takes a template."""
    assert draw_ranges(see(), "length").title == "Length of the border: 3 figures from 599 to 617"
    assert draw_disagreement(see(), "length", title="{lowest} or {highest}").title == "599 or 617"
    # "3.3 times" would be too exact, as both ends are bounds.
    assert draw_ranges(see(), "fighters").title == "Fighters, estimates: 4 figures from up to 3,000 to more than 10,000"


@pytest.mark.parametrize("draw", [draw_series, draw_ranges, draw_disagreement])
def test_alt_describes_the_picture(see, draw):
    """The description has kind, unit and figures, and is neither short nor long."""
    alt = draw(see(), "fighters").alt
    assert "in fighters" in alt and "more than 10,000" in alt and 30 <= len(alt.split()) <= 80


@pytest.mark.parametrize("draw", [draw_series, draw_ranges, draw_disagreement])
def test_picture_is_the_same_twice(see, draw):
    """Two runs give the same bytes."""
    assert draw(see(), "fighters").svg() == draw(see(), "fighters").svg()
