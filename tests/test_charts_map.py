"""The map: right shapes in right places, names that keep clear, nothing known later."""

from functools import cache
from itertools import combinations, product

import pytest
from dossier.charts.basemap import NOTE, RIVER, SHADE
from dossier.charts.labels import Clearing, shared
from dossier.charts.map import draw_map
from dossier.data import load
from dossier.errors import RequestError
from dossier.figure import Figure
from dossier.prose import Prose
from matplotlib.colors import to_hex
from samples import write_package

PLACES = [
    ("qaim", "al-Qaim", "القائم", "crossing", "IRQ", 34.40, 40.98),
    ("bukamal", "Albu Kamal", "البوكمال", "town", "SYR", 34.45, 40.92),
    ("hol", "al-Hol camp", "الهول", "camp", "SYR", 36.39, 41.15),
    ("asad", "Ain al-Asad", "", "base", "IRQ", 33.79, 42.44),
    ("mosul", "Mosul", "الموصل", "city", "IRQ", 36.34, 43.13),
    ("anbar", "Anbar", "الأنبار", "governorate", "IRQ", None, None),
    ("washington", "Washington", "", "city", "USA", 38.9, -77.0),
    ("tal", "Tal", "", "town", "SYR", 36.39, 40.95),  # where the name of the camp would stand
    ("ramadi", "Ramadi", "", "city", "IRQ", 33.42, 43.3),
]
VISITS = ["qaim", "qaim", "qaim", "bukamal", "bukamal", "hol", "asad", "mosul", "anbar", "washington", "tal"]


def _place(id, name, name_ar, kind, country, lat, lon):
    return dict(
        id=id,
        name=name,
        name_ar=name_ar,
        kind=kind,
        country=country,
        lat=lat,
        lon=lon,
        governorate="Anbar" if id == "anbar" else "",
        sources="page",
        known_from="2024-11-01",
    )


def _event(number, place, day="2024-11-20"):
    return dict(
        id=f"event-{number}",
        date=day,
        precision="day",
        themes="border-security",
        countries="IRQ",
        place=place,
        label="Event",
        summary="It happened.",
        kind="visit",
        importance="1",
        credibility="2",
        sources="page",
        known_from=day,
        derived="no",
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Nine places, eleven early events and one late one, on the project's own base map."""
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
        "places": [*(_place(*place) for place in PLACES), _place("roj", "Roj camp", "", "camp", "SYR", None, None)],
        "events": [*(_event(n, place) for n, place in enumerate(VISITS)), _event("late", "ramadi", "2025-02-01")],
        "presets": [
            dict(theme="border-security", id="all", label="Everything"),
            dict(theme="border-security", id="nowhere", label="Nobody", places="roj"),
        ],
    }
    folder = write_package(tmp_path_factory.mktemp("map") / "data", rows)
    return folder


@cache
def draw(folder, as_of="2024-12-10", focus="all", **options):
    """The map of the tiny evidence."""
    return draw_map(load(as_of, folder).view("border-security", focus), **options)


def parts(figure, prefix):
    """Artists of the picture by what follows `prefix` in their gid."""
    artists = figure.picture.axes[0].get_children()
    return {
        artist.get_gid()[len(prefix) :]: artist for artist in artists if (artist.get_gid() or "").startswith(prefix)
    }


def boxes(figure, prefix):
    """Id -> box in pixels."""
    clearing = Clearing(figure.picture, figure.picture.bbox)
    return {id: clearing.measure(artist, 0) for id, artist in parts(figure, prefix).items()}


SHAPES = [("qaim", "s"), ("hol", "^"), ("asad", "D"), ("mosul", "o"), ("bukamal", "o")]


@pytest.mark.parametrize(("place", "marker"), SHAPES)
def test_each_kind_has_its_shape_at_its_coordinates(folder, place, marker):
    """A crossing is a square, a camp a triangle, a base a diamond, a city or town a dot, where the table says."""
    mark = parts(draw(folder), "mark-")[place]
    assert mark.get_marker() == marker
    lat, lon = next((row[5], row[6]) for row in PLACES if row[0] == place)
    assert (mark.get_xdata()[0], mark.get_ydata()[0]) == (lon, lat)


def test_the_key_names_only_the_shapes_drawn(folder):
    """The source line explains the shapes that are there and ends with the note on the base map."""
    source = draw(folder, most=2).source
    assert "Squares are crossings and dots are cities and towns." in source
    assert "triangles" not in source
    assert source.endswith(NOTE)


def test_nothing_that_became_known_later_is_drawn(folder):
    """A place of a later event is on the map of that day and not before."""
    assert "Ramadi" not in str(draw(folder, places=("qaim",)).record())
    assert "ramadi" in parts(draw(folder, "2025-02-01"), "mark-")


def test_places_with_most_events_come_first(folder):
    """The table counts the events placed at each place and keeps the `most` first ones."""
    assert draw(folder, most=2).columns[-2] == "events placed there"
    assert [(row[0], row[-2]) for row in draw(folder, most=2).rows] == [("al-Qaim", 3), ("Albu Kamal", 2)]


def test_a_place_that_is_asked_for_is_drawn(folder):
    """A place without an event stands on the map when its id is given."""
    rows = draw(folder, places=("ramadi",), most=1).rows
    assert [(row[0], row[-2]) for row in rows] == [("Ramadi", 0)]


def test_an_unknown_place_is_refused(folder):
    """A misspelt id names the nearest one."""
    with pytest.raises(RequestError, match="Did you mean 'ramadi'"):
        draw(folder, places=("ramady",))


def test_names_overlap_neither_each_other_nor_a_mark(folder):
    """Every name and mark has room of its own, also for two places a few kilometres apart."""
    figure = draw(folder)
    names, marks = boxes(figure, "name-"), boxes(figure, "mark-")
    assert len(names) == 7
    pairs = [*combinations(names.values(), 2), *product(names.values(), marks.values())]
    assert not [(one, other) for one, other in pairs if shared([one], other)]


def test_names_keep_off_rivers_and_stay_inside(folder):
    """No river runs through the name of a point, and no name leaves the picture."""
    figure = draw(folder)
    rivers = [line for line in figure.picture.axes[0].get_lines() if to_hex(line.get_color()) == RIVER]
    assert rivers
    for id, box in boxes(figure, "name-").items():
        assert figure.picture.bbox.containsx(box.x0) and figure.picture.bbox.containsx(box.x1), id
        for river in rivers:
            assert not river.get_path().transformed(river.get_transform()).intersects_bbox(box, filled=False), id


def test_a_governorate_is_shaded_and_named_in_italics(folder):
    """An event in a governorate tints it and has no mark."""
    figure = draw(folder)
    assert SHADE in [to_hex(patch.get_facecolor()) for patch in figure.picture.axes[0].patches]
    assert parts(figure, "name-")["anbar"].get_style() == "italic"
    assert "anbar" not in parts(figure, "mark-")


def test_the_arabic_name_stands_under_the_english_one(folder):
    """A label starts with Latin script and has the Arabic name in its second line."""
    assert parts(draw(folder), "name-")["qaim"].get_text() == "al-Qaim\nالقائم"


def test_a_place_beyond_the_base_map_is_said_not_drawn(folder):
    """Washington is not on this map, and the source line says so."""
    figure = draw(folder)
    assert "Washington" not in [row[0] for row in figure.rows]
    assert "Not on the map: Washington." in figure.source


def test_the_frame_holds_the_places_and_not_both_countries(folder):
    """The picture is framed on what is drawn."""
    axes = draw(folder, places=("qaim", "hol"), most=2).picture.axes[0]
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    assert west < 40.98 and 41.15 < east and south < 34.4 and 36.39 < north
    assert east - west < 9


def test_a_given_title_is_filled(folder):
    """The documented values can be used in a title; without one the message is computed."""
    title = "{top}: {count} of {events} events, {places} places"
    assert draw(folder, title=title, most=3).title == "al-Qaim: 3 of 10 events, 3 places"
    assert draw(folder).title == "al-Qaim: most events are placed there, 3 of 10"


def test_the_description_says_what_is_seen(folder):
    """The alt text has 30 to 80 words and counts the events placed at each place, and does not call them its mentions."""
    alt = draw(folder).alt
    assert 30 <= len(alt.split()) <= 80
    assert "events known by 10 December 2024 that are placed there" in alt and "named" not in alt
    assert "al-Qaim (3)" in alt and "2 cities" not in alt and "1 crossing" in alt


def test_no_place_is_said_in_words(folder):
    """Without a place there is a sentence, never an empty figure."""
    prose = draw(folder, focus="nowhere")
    assert isinstance(prose, Prose)
    assert "10 December 2024" in prose.markdown


def test_two_drawings_have_the_same_bytes(folder):
    """The SVG of one view is the same on every run."""
    first, second = draw(folder), draw.__wrapped__(folder)
    assert isinstance(first, Figure)
    assert first.svg() == second.svg()
