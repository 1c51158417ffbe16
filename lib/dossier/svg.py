"""matplotlib's SVG in less time: a backend for `savefig` that measures and sets each text once for all pictures.

What is written is what matplotlib writes itself, but for the blanks between elements.
"""

from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.colors import rgb2hex

from .words import SIZE, UNITS, extent, heights, letters, number, outline


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
        return heights(prop)

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        if not s or ismath or _is_special(gc, mtext):
            return super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
        uses, names = letters(s, prop)
        self.writer.comment(s)
        scale = prop.get_size_in_points() / SIZE
        turned = f" rotate({number(-angle)})" if angle else ""
        place = f"translate({number(x)} {number(y)}){turned} scale({number(scale)} {number(-scale)})"
        self._write(f'<g{_style(gc)} transform="{place}">{self._definitions(names)}{uses}</g>\n')

    def _definitions(self, names):
        """The letters that this picture has not had yet."""
        new = [name for name in names if name not in self._glyph_map]
        self._glyph_map.update(dict.fromkeys(new))
        defined = "".join(f'<path id="{name}"{_path(name)} transform="scale({1 / UNITS})"/>' for name in new)
        return defined and f"<defs>{defined}</defs>"


def _path(name):
    path = outline(name)
    return path and f' d="{path}"'  # a blank has none


def _is_special(gc, text):
    """Whether a text is cut off, a link or set by more than its font: matplotlib draws it."""
    cut = gc.get_clip_rectangle() is not None or gc.get_clip_path()[0] is not None
    return cut or gc.get_url() is not None or (text and (text.get_fontfeatures() or text.get_language()))


def _style(gc):
    color, alpha = rgb2hex(gc.get_rgb()), gc.get_alpha() if gc.get_forced_alpha() else gc.get_rgb()[3]
    said = [f"fill: {color}"] * (color != "#000000") + [f"opacity: {number(alpha)}"] * (alpha != 1)
    return f' style="{"; ".join(said)}"' if said else ""
