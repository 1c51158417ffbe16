"""Stances: the latest position filled and dated, earlier ones hollow, relayed ones apart."""

from functools import cache
from itertools import combinations
from types import SimpleNamespace

import pytest
from dossier.charts.labels import Clearing, shared
from dossier.charts.stances import _chosen, _finding, draw_stances
from dossier.charts.style import PAPER, SIDES
from dossier.data import cut_off, load
from dossier.dates import When
from dossier.errors import RequestError
from dossier.prose import Prose
from samples import write_package

ACTORS = {
    "sudani": ("Mohammed Shia al-Sudani", "baghdad"),
    "maliki": ("Nouri al-Maliki", "iran"),
    "usa": ("United States", "coalition"),
    "bloc": ("A parliamentary bloc with a long name", "sunni"),
}
POSITIONS = [
    ("sudani", -2, "2024-12-01", ""),
    ("sudani", 1, "2024-12-05", ""),
    ("sudani", 2, "2025-01-15", ""),
    ("maliki", -2, "2024-11-28", ""),
    ("maliki", -2, "2024-12-08", ""),
    ("usa", 2, "2024-12-02", "sudani"),
    ("bloc", 1, "2024-11-30", ""),
    ("bloc", -1, "2024-12-03", ""),
    ("bloc", 0, "2024-12-09", ""),
]


def _position(number, actor, stance, day, relayed):
    return dict(
        id=f"position-{number}",
        actor=actor,
        issue="arms",
        stance=stance,
        words=f"words {number}",
        date=day,
        precision="day",
        attributed_to=relayed,
        sources="page",
        known_from=day,
        derived="no",
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Four actors on one question, and a question on which nothing is known."""
    labels = dict(
        label_m2="Keep and strengthen", label_m1="Keep", label_0="Mixed", label_p1="Integrate", label_p2="Dissolve"
    )
    rows = {
        "sources": [
            dict(
                id="page",
                publisher="Paper",
                title="A page",
                kind="press",
                reliability="B",
                licence="press: facts only",
                known_from="2024-11-01",
                derived="no",
            )
        ],
        "actors": [
            dict(id=id, name=name, kind="person", side=side, sources="page", known_from="2024-11-01")
            for id, (name, side) in ACTORS.items()
        ],
        "issues": [
            dict(
                id="arms",
                themes="pmu-debate",
                question="What should become of the arms?",
                low="Keep",
                high="Dissolve",
                **labels,
            ),
            dict(id="silent", themes="pmu-debate", question="Anything?", low="no", high="yes", **labels),
        ],
        "positions": [_position(number, *position) for number, position in enumerate(POSITIONS)],
        "presets": [dict(theme="pmu-debate", id="all", label="Everything")],
    }
    return write_package(tmp_path_factory.mktemp("stances") / "data", rows)


@cache
def draw(folder, as_of="2024-12-10", issue="arms", **options):
    """The stances of the tiny evidence."""
    return draw_stances(load(as_of, folder).view("pmu-debate"), issue, **options)


def parts(figure, prefix):
    """Artists of the picture by what follows `prefix` in their gid."""
    artists = figure.picture.axes[0].get_children()
    return {
        artist.get_gid()[len(prefix) :]: artist for artist in artists if (artist.get_gid() or "").startswith(prefix)
    }


def hollow_marks(figure, row):
    """The hollow marks in a row, in order."""
    lines = figure.picture.axes[0].get_lines()
    return [line for line in lines if line.get_markerfacecolor() == PAPER and line.get_ydata()[0] == row]


def test_the_latest_position_is_filled_in_the_colour_of_the_side_and_dated(folder):
    """The filled mark stands at the latest stance with its date beside it."""
    figure = draw(folder)
    mark = parts(figure, "latest-")["sudani"]
    assert mark.get_xdata()[0] == 1
    assert mark.get_markerfacecolor() == SIDES["baghdad"]
    assert parts(figure, "date-")["sudani"].get_text() == "5 Dec 2024"


def test_earlier_positions_are_hollow_and_joined(folder):
    """A line leads from the lowest to the highest stance of an actor."""
    figure = draw(folder)
    row = parts(figure, "latest-")["sudani"].get_ydata()[0]
    assert [mark.get_xdata()[0] for mark in hollow_marks(figure, row)] == [-2]
    lines = [way for drawn in figure.picture.axes[0].collections for way in drawn.get_segments()]
    assert [list(xs) for xs, ys in (way.T for way in lines) if list(ys) == [row, row]] == [[-2, 1]]


def test_nothing_after_the_cut_off_is_drawn(folder):
    """A later position changes the chart of its own day only."""
    assert "15 January 2025" not in str(draw(folder).record())
    assert parts(draw(folder, "2025-01-15"), "latest-")["sudani"].get_xdata()[0] == 2


def test_actors_are_ordered_by_their_latest_stance(folder):
    """The highest stance stands on top, in picture and table."""
    figure = draw(folder)
    rows = {id: mark.get_ydata()[0] for id, mark in parts(figure, "latest-").items()}
    assert sorted(rows, key=rows.get) == ["usa", "sudani", "bloc", "maliki"]
    assert list(dict.fromkeys(row[0] for row in figure.rows)) == [ACTORS[id][0] for id in sorted(rows, key=rows.get)]


def test_a_relayed_position_is_a_diamond_and_said(folder):
    """What somebody else reports of an actor has its own mark, its relayer in the table and words in the key."""
    figure = draw(folder)
    assert [parts(figure, "latest-")[id].get_marker() for id in ("usa", "sudani")] == ["D", "o"]
    assert [row[-2] for row in figure.rows if row[0] == "United States"] == ["Mohammed Shia al-Sudani"]
    assert "Diamonds: relayed by others." in figure.source


def test_a_position_held_before_has_a_ring(folder):
    """A stance that is repeated shows as a ring around the filled mark."""
    figure = draw(folder)
    latest = parts(figure, "latest-")["maliki"]
    (ring,) = hollow_marks(figure, latest.get_ydata()[0])
    assert ring.get_markersize() > latest.get_markersize() + 3
    assert "A ring: held before too." in figure.source


def test_the_side_is_written_under_the_name(folder):
    """Colour is never the only sign of a side."""
    words = [text.get_text() for text in draw(folder).picture.axes[0].texts]
    assert {"Baghdad", "Iran-aligned", "US and coalition", "Sunni blocs"} <= set(words)


def test_the_question_and_its_steps_label_the_axis(folder):
    """The question is the caption, the words of the issue are the ticks."""
    axes = draw(folder).picture.axes[0]
    assert axes.get_xlabel() == "What should become of the arms?"
    ticks = [" ".join(label.get_text().split()) for label in axes.get_xticklabels()]
    assert ticks == ["Keep and strengthen", "Keep", "Mixed", "Integrate", "Dissolve"]


@pytest.mark.parametrize("issue", ["arms", "intervene-in-syria", "pmu-future", "sharaa-at-summit"])
def test_no_text_overlaps_text_or_marks(folder, issue):
    """Names, sides, dates and ticks have room, also where a date stands left of its mark or between earlier ones."""
    figure = draw(folder) if issue == "arms" else draw_stances(load(cut_off()).view("pmu-debate"), issue)
    figure.svg()
    axes = figure.picture.axes[0]
    clearing = Clearing(figure.picture, figure.picture.bbox)
    texts = [clearing.measure(text, 0) for text in (*axes.texts, *axes.get_xticklabels(), axes.xaxis.label)]
    marks = [clearing.measure(mark, 0) for mark in parts(figure, "latest-").values()]
    assert not [pair for pair in combinations(texts, 2) if shared(pair[:1], pair[1]) > 1]
    assert not [(text, mark) for text in texts for mark in marks if shared([text], mark) > 1]
    sheet = figure.picture.bbox
    assert all(sheet.x0 <= box.x0 and box.x1 <= sheet.x1 and sheet.y0 <= box.y0 and box.y1 <= sheet.y1 for box in texts)


def test_dates_stand_off_the_line(folder):
    """A date is right of the mark, left of it where the line goes right, above it where the line goes both ways."""
    dates = {id: text.get_position() for id, text in parts(draw(folder), "date-").items()}
    assert dates["sudani"][0] > 0 and dates["bloc"] == (0, 10)


def test_a_title_is_computed_or_filled(folder):
    """The message counts who leans where; a given title uses the documented values."""
    assert draw(folder).title == "2 of 4 actors on record lean to “Dissolve”, 1 to “Keep”"
    assert draw(folder, "2024-11-28").title == "All on record lean to “Keep”"
    title = "{actors}: {toward_low} {low}, {between}, {toward_high} {high}"
    assert draw(folder, title=title).title == "4: 1 Keep, 1, 2 Dissolve"


def test_the_description_says_what_is_seen(folder):
    """The alt text has 30 to 80 words and names who stands at the ends."""
    alt = draw(folder).alt
    assert 30 <= len(alt.split()) <= 80
    assert "At “Dissolve”: United States." in alt and "Actors who moved: 2." in alt


def test_an_unknown_issue_is_refused_and_a_silent_one_said(folder):
    """A misspelt issue names the nearest; one without positions is a sentence."""
    with pytest.raises(RequestError, match="Did you mean 'silent'"):
        draw(folder, issue="silant")
    prose = draw(folder, issue="silent")
    assert isinstance(prose, Prose)
    assert "10 December 2024" in prose.markdown


def test_two_drawings_have_the_same_bytes(folder):
    """The SVG of one view is the same on every run, and its name says the issue."""
    assert draw(folder).svg() == draw.__wrapped__(folder).svg()
    assert draw(folder).name == "stances-arms"


def test_of_many_actors_those_heard_most_and_last_are_drawn(folder):
    """The others are counted in the title, named in the source line and in the table, and not in the picture."""
    figure = draw(folder, most=2)
    assert list(parts(figure, "latest-")) == ["bloc", "maliki"]
    assert figure.title == "2 of 4 actors on record lean to “Dissolve”, 1 to “Keep” (2 of 4 drawn)"
    assert "equals all or none. In the table alone: United States and Mohammed Shia al-Sudani." in figure.source
    assert {row[0] for row in figure.rows if row[-3] == "not drawn"} == {"United States", "Mohammed Shia al-Sudani"}
    assert "2 of 4 actors" in figure.alt and "Of those drawn, at “Dissolve”: nobody." in figure.alt
    assert "In the table alone" not in draw(folder).source and "drawn" not in draw(folder).title + draw(folder).alt


def test_of_actors_with_one_position_the_latest_is_drawn_first(folder):
    """Between actors with as many positions the day of the latest decides."""
    assert list(parts(draw(folder, "2024-12-02", most=2), "latest-")) == ["usa", "sudani"]


def chain(name, stance, count, day=1):
    """An actor with `count` positions, the latest on this day of the month."""
    row = SimpleNamespace(stance=stance, actor=SimpleNamespace(name=name), date=When.read(f"2024-12-{day:02}"))
    return [row] * count


def chosen(actors, most):
    """The names of those who are drawn."""
    return "".join(row.actor.name for row, *_ in _chosen(actors, most))


def test_no_step_that_is_held_looks_empty():
    """The one actor at an end of the scale is drawn before one who was heard more often beside others."""
    actors = [chain("a", 2, 1), chain("b", 1, 3), chain("c", 1, 2), chain("d", -1, 4)]
    assert [chosen(actors, most) for most in (4, 3, 2)] == ["abcd", "abd", "bd"]


def test_equals_are_drawn_all_or_none():
    """Between actors heard as often and as late no name decides; of too many equals all are drawn."""
    actors = [chain("a", 1, 2), chain("b", 1, 1), chain("c", 1, 1), chain("d", 1, 1, day=2)]
    assert [chosen(actors, most) for most in (3, 2, 1)] == ["ad", "ad", "a"]
    assert chosen(actors[1:3], 1) == "bc"


def test_a_finding_counts_in_words_where_a_number_would_be_odd():
    """One actor leans, nobody is 'none', and where nobody leans that is said."""
    counts = dict(actors=4, toward_low=0, between=3, toward_high=1)
    assert _finding(counts).endswith("actors on record leans to “{high}”, none to “{low}”")
    assert _finding(counts | dict(toward_high=0)) == "None of {actors} actors on record leans to “{low}” or “{high}”"
