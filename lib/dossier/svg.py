"""matplotlib's SVG in less time: a backend for `savefig` that measures and sets each text once for all pictures.

Letters are a third of the work of a picture, and pictures repeat their words. What is written is what matplotlib
writes itself, but for the blanks between elements.
"""

from functools import cache

from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.colors import rgb2hex
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

SIZE = text_to_path.FONT_SCALE  # points: letters are drawn at this size and scaled
UNITS = 64  # of an outline in a point, as FreeType counts

_outlines = {}  # name of a letter -> (vertices, codes) of its path in points
_paths = {}  # name of a letter -> its path as SVG, in units


def extent(words, font):
    """(width, height, descent) in points of a text in a font (`FontProperties`), without hinting."""
    scale = font.get_size_in_points() / SIZE
    return tuple(length * scale for length in _extent(words, files(font)))


class FigureCanvas(FigureCanvasSVG):
    """What `savefig` looks for in a backend."""

    def print_svg(self, filename, *, metadata=None, **others):
        """Write the picture into `filename`, an open text file; `others` are for backends of pixels."""
        self.figure.dpi = self.fixed_dpi
        width, height = self.figure.get_size_inches() * self.fixed_dpi
        renderer = _Renderer(width, height, filename, metadata=metadata)
        self.figure.draw(renderer)
        renderer.finalize()


class _Renderer(RendererSVG):
    def __init__(self, width, height, file, *, metadata):
        super().__init__(width, height, file, metadata=metadata)
        self._write = file.write

    def get_text_width_height_descent(self, s, prop, ismath):
        return super().get_text_width_height_descent(s, prop, ismath) if ismath else extent(s, prop)

    def _get_font_height_metrics(self, prop):
        """What matplotlib would look up for each text: (ascent, descent, gap between lines) in points."""
        scale = prop.get_size_in_points()
        return tuple(length * scale for length in _heights(files(prop)))

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        if not s or ismath or _is_special(gc, mtext):
            return super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
        uses, names = _letters(s, files(prop))
        self.writer.comment(s)
        scale = prop.get_size_in_points() / SIZE
        turned = f" rotate({_number(-angle)})" if angle else ""
        place = f"translate({_number(x)} {_number(y)}){turned} scale({_number(scale)} {_number(-scale)})"
        self._write(f'<g{_style(gc)} transform="{place}">{self._definitions(names)}{uses}</g>\n')

    def _definitions(self, names):
        """The letters that this picture has not had yet."""
        new = [name for name in names if name not in self._glyph_map]
        self._glyph_map.update(dict.fromkeys(new))
        defined = "".join(f'<path id="{name}"{self._path(name)} transform="scale({1 / UNITS})"/>' for name in new)
        return defined and f"<defs>{defined}</defs>"

    def _path(self, name):
        if name not in _paths:
            vertices, codes = _outlines[name]
            path = self._convert_path(Path(vertices * UNITS, codes), simplify=False)
            _paths[name] = path and f' d="{path}"'  # a blank has none
        return _paths[name]


def _is_special(gc, text):
    """Whether a text is cut off, a link or set by more than its font: matplotlib draws it."""
    cut = gc.get_clip_rectangle() is not None or gc.get_clip_path()[0] is not None
    return cut or gc.get_url() is not None or (text and (text.get_fontfeatures() or text.get_language()))


def _style(gc):
    color, alpha = rgb2hex(gc.get_rgb()), gc.get_alpha() if gc.get_forced_alpha() else gc.get_rgb()[3]
    said = [f"fill: {color}"] * (color != "#000000") + [f"opacity: {_number(alpha)}"] * (alpha != 1)
    return f' style="{"; ".join(said)}"' if said else ""


def _number(value):
    return f"{value:f}".rstrip("0").rstrip(".")


def files(font):
    """The files of a font, one for each family: a letter is taken from the first that has it."""
    return _found(tuple(font.get_family()), font.get_style(), font.get_variant(), font.get_weight(), font.get_stretch())


@cache
def _found(families, style, variant, weight, stretch):
    look = dict(style=style, variant=variant, weight=weight, stretch=stretch)
    return tuple(findfont(FontProperties(family=[family], **look)) for family in families)


def _opened(paths):
    font = get_font(paths)
    font.set_size(SIZE, text_to_path.DPI)  # whoever measures without us sets it to another one
    return font


@cache
def _heights(paths):
    """(ascent, descent, gap between lines) of a font that is one point large."""
    table = _opened(paths).get_sfnt_table
    units, said = table("head")["unitsPerEm"], table("OS/2")
    return said["sTypoAscender"] / units, -said["sTypoDescender"] / units, said["sTypoLineGap"] / units


@cache
def _extent(words, paths):
    font = _opened(paths)
    font.set_text(words, 0.0, flags=LoadFlags.NO_HINTING)
    return tuple(length / UNITS for length in (*font.get_width_height(), font.get_descent()))


@cache
def _letters(words, paths):
    """(a text at SIZE as SVG, the names of its letters); `_outlines` has them from then on."""
    placed, new, _ = text_to_path.get_glyphs_with_font(_opened(paths), words, _outlines, return_new_glyphs_only=True)
    _outlines.update(new)
    uses = "".join(f'<use xlink:href="#{name}"{_moved(x, y)}/>' for name, x, y, _ in placed)
    return uses, list(dict.fromkeys(name for name, *_ in placed))


def _moved(x, y):
    return f' transform="translate({_number(x)} {_number(y)})"' if x or y else ""
