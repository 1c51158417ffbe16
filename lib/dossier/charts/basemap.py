"""The base of the map: land, governorates, rivers and the quiet names of countries."""

import json
from functools import cache
from pathlib import Path

import numpy as np
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

from .labels import halo, spaced

LAND, ABROAD, SEA, SHADE = "#fcfbf8", "#ececea", "#e3eaf0", "#f1e7dd"
BORDER, HAIRLINE, RIVER, FAINT = "#a7a49e", "#dbd8d2", "#8fb3d1", "#7d7972"
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


def draw_base(axes, base, clearing, shaded=()):
    """Land, borders and rivers, with outlines in `shaded` tinted; labels will keep off the lines."""
    for properties, outlines in base["countries"]:
        color = LAND if properties["iso"] in CORE else ABROAD
        _fill(axes, outlines, facecolor=color, edgecolor="none")
    _fill(axes, shaded, facecolor=SHADE, edgecolor="none")
    for layer, color, width, weight in (("admin1", HAIRLINE, 0.6, 0.3), ("countries", BORDER, 0.9, 1.0)):
        for _, outlines in base[layer]:
            _fill(axes, outlines, facecolor="none", edgecolor=color, linewidth=width)
            _clear(axes, clearing, outlines, weight)
    for _, outlines in base["rivers"]:
        for line in outlines:
            axes.plot(*line.T, color=RIVER, linewidth=1.4)
        _clear(axes, clearing, outlines, 3.0)


def _fill(axes, outlines, **look):
    for outline in outlines:
        axes.fill(*outline.T, **look)


def _clear(axes, clearing, outlines, weight):
    for outline in outlines:
        clearing.keep_off(axes.transData.transform(outline), weight)


def name_countries(axes, base, clearing):
    """Each country's name where the frame shows most of it and nothing else stands; else no name."""
    grid = np.array([(x, y) for x in np.linspace(*axes.get_xlim(), 60) for y in np.linspace(*axes.get_ylim(), 45)])
    for properties, outlines in base["countries"]:
        seen = grid[_covered(outlines, grid)]
        if len(seen) > 40:
            _name_area(axes, spaced(properties["name"]), outlines, seen, clearing)


def _covered(outlines, points):
    return np.any([Outline(outline).contains_points(points) for outline in outlines], axis=0)


def _name_area(axes, words, outlines, seen, clearing):
    text = axes.annotate(words, seen[0], (0, 0), textcoords="offset points", ha="center", va="center",
                         color=FAINT, fontsize=9, path_effects=halo(LAND, 1.5), gid="country")
    boxes = [_around(axes, clearing.measure(text, 4), point) for point in seen]
    corners = axes.transData.inverted().transform(np.concatenate([box.corners() for box in boxes]))
    inside = _covered(outlines, corners).reshape(-1, 4).all(axis=1)
    away = np.hypot(*((seen - seen.mean(axis=0)) / np.ptp(seen, axis=0).clip(0.1)).T)
    costs = [clearing.cost(box) + 9 * far if fits else np.inf for box, far, fits in zip(boxes, away, inside, strict=True)]
    best = int(np.argmin(costs))
    if costs[best] > 14:
        return text.remove()
    text.xy = seen[best]
    clearing.taken.append(boxes[best])


def _around(axes, size, point):
    x, y = axes.transData.transform(point)
    return Bbox.from_bounds(x - size.width / 2, y - size.height / 2, size.width, size.height)
