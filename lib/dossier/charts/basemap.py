"""The base of the map: land, governorates, rivers and the quiet names of countries."""

import json
from functools import cache
from pathlib import Path

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

from .labels import dense, halo, spaced, within

LAND, ABROAD, SEA, SHADE = "#fcfbf8", "#ececea", "#e1e9f0", "#f1e7dd"
BORDER, HAIRLINE, RIVER, FAINT = "#a7a49e", "#dbd8d2", "#8fb3d1", "#6e6a64"
WATER = "#3f7299"
NOTE = (
    "Base map: Natural Earth; boundaries do not imply a position. The Golan, Halabja governorate and "
    "disputed internal lines are not shown separately."
)
CORE = ("IRQ", "SYR")


@cache
def read_base(folder):
    """Layer -> list of (properties, outlines), an outline being an array of longitudes and latitudes."""
    layers = {}
    for layer in ("countries", "admin1", "rivers"):
        text = (Path(folder) / "geo" / f"{layer}.geojson").read_text(encoding="utf-8")
        layers[layer] = [(shape["properties"], _outlines(shape["geometry"])) for shape in json.loads(text)["features"]]
    return layers


def _outlines(geometry):
    """Outer rings, or lines; what fills a hole is a feature of its own, drawn with its own border."""
    parts = geometry["coordinates"] if geometry["type"].startswith("Multi") else [geometry["coordinates"]]
    return [np.array(part[0] if "Polygon" in geometry["type"] else part) for part in parts]


def extent(outlines):
    """The box of degrees around outlines."""
    points = np.concatenate(list(outlines))
    return Bbox([points.min(axis=0), points.max(axis=0)])


def whole(base):
    """The box of degrees that the base covers."""
    return extent(outline for _, outlines in base["countries"] for outline in outlines)


def governorate(base, name):
    """The outlines of a governorate by its English name; [] when the base has none."""
    return next((outlines for properties, outlines in base["admin1"] if properties["name"] == name), [])


def clipped(base, frame):
    """The layers as far as a frame (degrees) shows them: what lies outside is neither drawn nor measured."""
    ground = frame.padded(0.1)  # the cut itself stays out of sight
    layers = {"rivers": base["rivers"]}  # cutting would close them
    for layer in ("countries", "admin1"):
        cut = [(properties, _cut(outlines, ground)) for properties, outlines in base[layer]]
        layers[layer] = [(properties, outlines) for properties, outlines in cut if outlines]
    return layers


def _cut(outlines, box):
    paths = [Outline(outline).clip_to_bbox(box) for outline in outlines]
    for path in paths:
        path.should_simplify = False  # that would count degrees as pixels
    return [part for path in paths for part in path.to_polygons(closed_only=False)]


def draw_base(axes, base, clearing, shaded=()):
    """Land, borders and rivers, with outlines in `shaded` tinted; labels will keep off the lines."""
    _fill(axes, _all(base["countries"]), facecolor=ABROAD, edgecolor="none")
    _fill(axes, _all(base["countries"], lambda land: land["iso"] in CORE), facecolor=LAND, edgecolor="none")
    _fill(axes, shaded, facecolor=SHADE, edgecolor="none")
    for layer, color, width, weight in (("admin1", HAIRLINE, 0.6, 0.12), ("countries", BORDER, 0.9, 1.0)):
        outlines = _all(base[layer])
        _fill(axes, outlines, facecolor="none", edgecolor=color, linewidth=width)
        _clear(axes, clearing, outlines, weight)
    for _, outlines in base["rivers"]:
        for line in outlines:
            axes.plot(*line.T, color=RIVER, linewidth=1.4)
        _clear(axes, clearing, outlines, 12.0)


def _all(features, wanted=lambda properties: True):
    return [outline for properties, outlines in features if wanted(properties) for outline in outlines]


def _fill(axes, outlines, **look):
    """All outlines as one drawing: fifty would take ten times as long. Not by `add_patch`, which measures each curve."""
    if len(outlines):
        shape = Outline.make_compound_path(*(Outline(outline, closed=True) for outline in outlines))
        axes.add_artist(PathPatch(shape, **look))


def _clear(axes, clearing, outlines, weight):
    for outline in outlines:
        clearing.keep_off(axes.transData.transform(outline), weight)


def name_countries(axes, base, clearing):
    """Each country's name where the frame shows most of it and nothing else stands; else no name."""
    for properties, outlines in base["countries"]:
        ground = LAND if properties["iso"] in CORE else ABROAD
        name_area(axes, outlines, label(axes, spaced(properties["name"]), ground), clearing, 14)


def name_area(axes, outlines, text, clearing, limit=np.inf):
    """Set a name inside an area, near the middle of what is seen of it; remove it where all costs more than `limit`."""
    grid = np.array([(x, y) for x in np.linspace(*axes.get_xlim(), 48) for y in np.linspace(*axes.get_ylim(), 40)])
    seen = grid[_covered(outlines, grid)]
    if len(seen) < 6:
        return text.remove()
    size, spots = clearing.measure(text, 4), axes.transData.transform(seen)
    half = np.array([size.width, size.height]) / 2
    corners = (spots[:, None] + half * [(-1, -1), (-1, 1), (1, -1), (1, 1)]).reshape(-1, 2)
    inside = _covered(outlines, axes.transData.inverted().transform(corners)).reshape(-1, 4).sum(axis=1)
    away = np.hypot(*((seen - seen.mean(axis=0)) / np.ptp(seen, axis=0).clip(0.1)).T)
    clearing.lay(text, spots, limit, 9 * away + 10 * (4 - inside))


def _covered(outlines, points):
    """Which points lie in one of the outlines; only those in the box of an outline are tried."""
    found = np.zeros(len(points), bool)
    for outline in outlines:
        near = within(points, Bbox([outline.min(axis=0), outline.max(axis=0)])) & ~found
        found[near] = Outline(outline).contains_points(points[near])
    return found


def name_rivers(axes, base, clearing):
    """Each river's name beside it, once, where there is room."""
    for properties, outlines in base["rivers"]:
        text = label(axes, properties["name"], color=WATER, style="italic")
        shift = clearing.measure(text, 3).width / 2 + 5
        line = np.concatenate([dense(axes.transData.transform(outline), 12) for outline in outlines])
        clearing.lay(text, np.concatenate([line + side * np.array([shift, 0]) for side in (1, -1)]), 3)


def draw_scale(axes, clearing):
    """A bar of 100 km where the edge is emptiest."""
    text = label(axes, "100 km", fontsize=8)
    size = clearing.measure(text, 3)
    long = 100 / (111.2 * np.cos(np.radians(np.mean(axes.get_ylim()))))
    reach = max(long * axes.bbox.width / np.ptp(axes.get_xlim()), size.width) / 2 + 8
    along = np.linspace(axes.bbox.x0 + reach, axes.bbox.x1 - reach, 12)
    clearing.lay(text, [(x, y) for y in (axes.bbox.y0 + 22, axes.bbox.y1 - 18) for x in along], np.inf)
    x, y = text.xy
    below = y - size.height / 2 * np.ptp(axes.get_ylim()) / axes.bbox.height
    axes.plot((x - long / 2, x + long / 2), (below, below), color=FAINT, linewidth=1.4)


def label(axes, words, ground=LAND, spot=(0, 0), **look):
    """A text centred on a spot (degrees), with a halo in the colour of the ground."""
    look = {"fontsize": 9, "color": FAINT, "ha": "center", "va": "center", "path_effects": halo(ground), **look}
    return axes.annotate(words, spot, (0, 0), textcoords="offset points", annotation_clip=False, **look)
