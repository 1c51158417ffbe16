"""The network: signs by colour and dash, sides by column, nobody before their day."""

from functools import cache
from itertools import combinations

import pytest
from dossier.charts.labels import Clearing, shared
from dossier.charts.network import SIGNS, draw_network
from dossier.charts.style import SIDES
from dossier.data import load
from dossier.errors import RequestError
from dossier.prose import Prose
from matplotlib.colors import to_hex
from samples import write_package

ACTORS = {
    "iran": ("Iran", "iran"),
    "faction": ("The Faction", "iran"),
    "baghdad": ("Government of Iraq", "baghdad"),
    "party": ("A party with a rather long name", "baghdad"),
    "damascus": ("Government of Syria", "damascus"),
    "sdf": ("Syrian Democratic Forces", "sdf"),
    "usa": ("United States", "coalition"),
    "isis": ("ISIS", "isis"),
    "comer": ("Latecomer", "damascus"),
    "lonely": ("Lonely", "region"),
}
TIES = [
    ("iran", "faction", 1, "", "2024-11-01"),
    ("iran", "faction", 1, "", "2024-11-02"),
    ("iran", "damascus", 1, "2024-11-20", "2024-11-01"),
    ("usa", "iran", -1, "", "2024-11-01"),
    ("usa", "baghdad", 1, "", "2024-11-01"),
    ("usa", "baghdad", -1, "", "2024-11-02"),
    ("baghdad", "damascus", 0, "", "2024-11-01"),
    ("usa", "sdf", 1, "", "2024-11-01"),
    ("sdf", "isis", -1, "", "2024-11-01"),
    ("faction", "isis", -1, "", "2024-11-01"),
    ("party", "baghdad", 1, "", "2024-11-01"),
    ("comer", "baghdad", 1, "", "2025-01-15"),
    ("comer", "usa", -1, "", "2025-01-15"),
    ("comer", "isis", -1, "", "2025-01-15"),
]


def _tie(number, source, target, sign, ended, known):
    return dict(
        id=f"tie-{number}",
        source_actor=source,
        target_actor=target,
        sign=sign,
        kind="supports",
        valid_from="2024-01",
        valid_to=ended,
        summary=f"Tie {number}.",
        sources="page",
        known_from=known,
        derived="no",
    )


def _actor(id, name, side):
    day = "2025-01-15" if id == "comer" else "2024-11-01"
    return dict(id=id, name=name, kind="body", side=side, sources="page", known_from=day)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Ten actors on seven sides, their ties, and an event that brings them into the theme."""
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
        "actors": [*(_actor(id, *actor) for id, actor in ACTORS.items()), _actor("nobody", "Nobody", "other")],
        "events": [
            dict(
                id="event",
                date="2024-11-01",
                precision="day",
                themes="pmu-debate",
                countries="IRQ",
                label="Event",
                summary="It happened.",
                actors=";".join(ACTORS),
                kind="meeting",
                importance="1",
                credibility="2",
                sources="page",
                known_from="2024-11-01",
                derived="no",
            )
        ],
        "ties": [_tie(number, *tie) for number, tie in enumerate(TIES)],
        "presets": [
            dict(theme="pmu-debate", id="all", label="Everything"),
            dict(theme="pmu-debate", id="nobody", label="Nobody", actors="nobody"),
        ],
    }
    return write_package(tmp_path_factory.mktemp("network") / "data", rows)


@cache
def draw(folder, as_of="2024-12-10", focus="all", **options):
    """The network of the tiny evidence."""
    return draw_network(load(as_of, folder).view("pmu-debate", focus), **options)


def parts(figure, prefix):
    """Artists of the picture by what follows `prefix` in their gid."""
    artists = figure.picture.axes[0].get_children()
    return {
        artist.get_gid()[len(prefix) :]: artist for artist in artists if (artist.get_gid() or "").startswith(prefix)
    }


def plates(figure):
    """Actor id -> box of its plate in pixels."""
    clearing = Clearing(figure.picture, figure.picture.bbox)
    for text in parts(figure, "node-").values():
        text.update_bbox_position_size(clearing.renderer)
    return {id: clearing.measure(text.get_bbox_patch(), 0) for id, text in parts(figure, "node-").items()}


def spots(figure):
    """Actor id -> inches from the left and from the top."""
    return {id: tuple(text.get_position()) for id, text in parts(figure, "node-").items()}


@pytest.mark.parametrize(
    ("line", "sign", "style"),
    [
        ("faction-iran-1", 1, "-"),
        ("iran-usa--1", -1, "--"),
        ("baghdad-damascus-0", 0, ":"),
    ],
)
def test_a_sign_has_its_colour_and_its_dash(folder, line, sign, style):
    """Support is a solid line, opposition dashed, talks dotted, each in a colour of its own."""
    drawn = parts(draw(folder), "tie-")[line]
    assert drawn.get_color() == SIGNS[sign][0]
    solid = drawn._unscaled_dash_pattern[1] is None
    assert solid == (style == "-")
    assert len({color for color, *_ in SIGNS.values()}) == len({str(dash) for _, dash, _ in SIGNS.values()}) == 3


def test_ties_of_one_sign_are_one_line_and_two_signs_are_two(folder):
    """Iran supports its faction twice in one line; Washington helps and opposes Baghdad in two that stay apart."""
    lines = parts(draw(folder), "tie-")
    assert [id for id in lines if id.startswith("faction-iran")] == ["faction-iran-1"]
    helps, opposes = lines["baghdad-usa-1"].get_xydata(), lines["baghdad-usa--1"].get_xydata()
    assert min(abs(helps[:, 1] - opposes[:, 1])) > 0.02


def test_sides_stand_in_columns_from_tehran_to_washington(folder):
    """Iran is left of Baghdad, Damascus, the SDF and Washington; ISIS is at the foot of its column."""
    at = spots(draw(folder))
    assert at["iran"][0] < at["baghdad"][0] < at["damascus"][0] < at["sdf"][0] < at["usa"][0]
    assert at["isis"][1] > at["sdf"][1]
    assert at["iran"][0] == at["faction"][0]


def test_every_side_is_named_in_its_colour(folder):
    """A head stands over a side, but not over ISIS, whose only plate says it."""
    figure = draw(folder)
    heads = parts(figure, "head-")
    assert {side: head.get_color() for side, head in heads.items()} == {side: SIDES[side] for side in heads}
    assert set(heads) == {"iran", "baghdad", "damascus", "sdf", "coalition"}
    edge = parts(figure, "node-")["isis"].get_bbox_patch().get_edgecolor()
    assert to_hex(edge) == SIDES["isis"]


def test_an_actor_has_the_same_place_at_every_date(folder):
    """Nobody moves when others become known."""
    early, late = spots(draw(folder)), spots(draw(folder, "2025-02-28"))
    assert "comer" in late and "comer" not in early
    assert {id: late[id] for id in early} == early


def test_nothing_that_became_known_later_is_shown(folder):
    """The latecomer and its ties are nowhere before their day."""
    figure = draw(folder)
    assert "Latecomer" not in str(figure.record())
    assert not [id for id in parts(figure, "tie-") if "comer" in id]


def test_an_ended_tie_is_pale(folder):
    """A tie that ended before the cut-off is drawn pale and marked in the table."""
    figure = draw(folder)
    lines = parts(figure, "tie-")
    assert lines["damascus-iran-1"].get_alpha() < lines["faction-iran-1"].get_alpha() == 1
    assert [row[5] for row in figure.rows if row[:2] == ("Iran", "Government of Syria")] == ["ended"]
    assert "pale: ended" in [text.get_text() for text in figure.picture.axes[0].texts]


def test_plates_and_heads_do_not_overlap(folder):
    """Every name has room of its own, also where all ten actors are drawn."""
    figure = draw(folder, "2025-02-28", actors=("lonely",))
    clearing = Clearing(figure.picture, figure.picture.bbox)
    heads = [clearing.measure(head, 0) for head in parts(figure, "head-").values()]
    boxes = [*plates(figure).values(), *heads]
    assert len(plates(figure)) == 10
    assert not [pair for pair in combinations(boxes, 2) if shared(pair[:1], pair[1])]


def test_no_line_runs_under_a_plate(folder):
    """A tie touches no plate but the two that it joins."""
    figure = draw(folder, "2025-02-28")
    boxes = plates(figure)
    for id, line in parts(figure, "tie-").items():
        way = line.get_path().transformed(line.get_transform())
        strangers = [box for actor, box in boxes.items() if actor not in id.split("-")]
        assert not any(way.intersects_bbox(box, filled=False) for box in strangers), id


def test_the_actors_with_most_ties_are_chosen(folder):
    """`most` keeps the best connected, and those who are asked for."""
    assert set(spots(draw(folder, most=3))) == {"baghdad", "iran", "usa"}
    assert "lonely" in spots(draw(folder, most=3, actors=("lonely", "iran", "usa")))


def test_an_unknown_actor_is_refused(folder):
    """A misspelt id names the nearest one."""
    with pytest.raises(RequestError, match="Did you mean 'damascus'"):
        draw(folder, actors=("damscus",))


def test_the_table_holds_the_ties_drawn(folder):
    """Each row is one tie in words."""
    figure = draw(folder)
    assert len(figure.rows) == 11
    tie = ("United States", "Iran", "opposition or fighting", "supports", "January 2024", "yes", "Tie 3.", "Paper (B)")
    assert figure.rows[3] == tie


def test_a_title_is_computed_or_filled(folder):
    """The message is true of the day; a given title uses the documented values."""
    assert draw(folder).title == "Ties on record: 6 of support, 4 of opposition, 1 of talks or mixed"
    title = "{actors} actors, {ties} ties: {support}, {opposition}, {talks}"
    assert draw(folder, title=title).title == "8 actors, 11 ties: 6, 4, 1"


def test_the_description_says_what_is_seen(folder):
    """The alt text has 30 to 80 words and counts the ties by sign."""
    alt = draw(folder).alt
    assert 30 <= len(alt.split()) <= 80
    assert "6 of support or cooperation, 4 of opposition, 1 of talks" in alt


def test_no_tie_is_said_in_words(folder):
    """Without a tie there is a sentence, never an empty figure."""
    prose = draw(folder, focus="nobody")
    assert isinstance(prose, Prose)
    assert "10 December 2024" in prose.markdown


def test_two_drawings_have_the_same_bytes(folder):
    """The SVG of one view is the same on every run."""
    assert draw(folder).svg() == draw.__wrapped__(folder).svg()
