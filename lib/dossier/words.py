"""Words as they are measured and set in a font: once for all pictures, whatever their size.

Letters are a third of the work of a picture, and pictures repeat their words. What is found can be told to another
process, which then need not find it again.
"""

from functools import cache
from pathlib import Path

from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.path import Path as Outline
from matplotlib.textpath import text_to_path

SIZE = text_to_path.FONT_SCALE  # points: letters are drawn at this size and scaled
UNITS = 64  # of an outline in a point, as FreeType counts

_known = {
    "extents": {},  # fonts and words -> [width, height, descent] at one point
    "letters": {},  # fonts and words -> [SVG that uses the letters by name, their names]
    "outlines": {},  # name of a letter -> its SVG path
}
_fresh = {"extents": {}, "letters": {}}  # of these, what was found since `take_fresh` was asked


def know(found):
    """Take over what `take_fresh` gave in a process with the same fonts and the same matplotlib."""
    for kind, entries in found.items():
        _known[kind].update(entries)


def take_fresh():
    """What was found since this was asked the last time: kind -> entries, JSON types, with the outlines they need."""
    found = {kind: dict(entries) for kind, entries in _fresh.items()}
    for entries in _fresh.values():
        entries.clear()
    names = {name for _, names in found["letters"].values() for name in names}
    return found | {"outlines": {name: _known["outlines"][name] for name in names}}


def extent(words, font):
    """(width, height, descent) in points of a text in a font (`FontProperties`), without hinting."""
    scale, fonts = font.get_size_in_points() / SIZE, files(font)
    found = _once("extents", f"{_named(fonts)} {words}", lambda: _measured(words, fonts))
    return tuple(length * scale for length in found)


def letters(words, font):
    """(a text at SIZE as SVG that uses its letters by name, their names) in a font (`FontProperties`)."""
    fonts = files(font)
    return _once("letters", f"{_named(fonts)} {words}", lambda: _set(words, fonts))


def outline(name):
    """The letter of this name, which `letters` gave, as an SVG path in UNITS of a point; '' for a blank."""
    return _known["outlines"][name]


def heights(font):
    """(ascent, descent, gap between lines) in points of a font (`FontProperties`)."""
    return tuple(length * font.get_size_in_points() for length in _heights(files(font)))


def files(font):
    """The files of a font, one for each family: a letter is taken from the first that has it."""
    return _found(tuple(font.get_family()), font.get_style(), font.get_variant(), font.get_weight(), font.get_stretch())


def _once(kind, key, find):
    known = _known[kind]
    if key not in known:
        known[key] = _fresh[kind][key] = find()
    return known[key]


@cache
def _found(families, style, variant, weight, stretch):
    look = dict(style=style, variant=variant, weight=weight, stretch=stretch)
    return tuple(findfont(FontProperties(family=[family], **look)) for family in families)


@cache
def _named(fonts):
    return "+".join(Path(file).stem for file in fonts)  # wherever they lie


def _opened(fonts):
    font = get_font(fonts)
    font.set_size(SIZE, text_to_path.DPI)  # whoever measures without us sets it to another one
    return font


@cache
def _heights(fonts):
    """Those of a font that is one point large."""
    table = _opened(fonts).get_sfnt_table
    units, said = table("head")["unitsPerEm"], table("OS/2")
    return said["sTypoAscender"] / units, -said["sTypoDescender"] / units, said["sTypoLineGap"] / units


def _measured(words, fonts):
    font = _opened(fonts)
    font.set_text(words, 0.0, flags=LoadFlags.NO_HINTING)
    return [length / UNITS for length in (*font.get_width_height(), font.get_descent())]


def _set(words, fonts):
    outlines = _known["outlines"]
    placed, new, _ = text_to_path.get_glyphs_with_font(_opened(fonts), words, outlines, return_new_glyphs_only=True)
    outlines.update((name, _as_path(*outline)) for name, outline in new.items())
    uses = "".join(f'<use xlink:href="#{name}"{_moved(x, y)}/>' for name, x, y, _ in placed)
    return [uses, list(dict.fromkeys(name for name, *_ in placed))]


def _as_path(vertices, codes):
    return RendererSVG._convert_path(None, Outline(vertices * UNITS, codes), simplify=False)


def _moved(x, y):
    return f' transform="translate({number(x)} {number(y)})"' if x or y else ""


def number(value):
    """A number as matplotlib writes it in SVG."""
    return f"{value:f}".rstrip("0").rstrip(".")
