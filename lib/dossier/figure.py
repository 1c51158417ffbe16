"""A figure as a reader gets it: picture, message, description, source line and the data behind it."""

import base64
import html
import io
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from .drawings import kept
from .project import FONTS
from .reads import in_a_build

MIME = "application/vnd.dossier.figure+json"
SVG = "module://dossier.svg"
STYLE = Path(__file__).parent / "charts" / "dossier.mplstyle"
WIDTH = 6.75  # inches: the text width of an A4 page with margins of 19 mm


@contextmanager
def look():
    """The shared style as a matplotlib context: every figure is drawn and saved inside one."""
    import matplotlib

    if matplotlib.rcParams["svg.hashsalt"] == _settings()["svg.hashsalt"]:  # within another one already
        yield
        return
    with matplotlib.rc_context(_settings()), warnings.catch_warnings():
        # A letter that no font has is drawn as a box, which is trace enough: a warning would stand on the page.
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        yield


@cache
def _settings():
    """The settings of the shared style, read once; its fonts are then known too."""
    import matplotlib
    from matplotlib import font_manager

    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for font in sorted(FONTS.glob("*.ttf")):
        if str(font) not in known:
            font_manager.fontManager.addfont(font)
    return matplotlib.rc_params_from_file(STYLE, use_default_template=False)


@dataclass(frozen=True)
class Figure:
    """What a chart verb returns.

    `draw` draws the picture when it is asked for: a `partial` of a function of a module with rows and plain values, by
    which a build knows what it has drawn before. `title` is the message, `alt` describes the picture to those who do
    not see it, `source` is the line below it, `columns` and `rows` are the data table (text, numbers or None), `name`
    is the stem of its CSV. `sources` maps the ids of the sources drawn to their rows.
    """

    draw: object
    name: str
    title: str
    alt: str
    source: str
    columns: tuple
    rows: tuple
    sources: dict

    @cached_property
    def picture(self):
        """The matplotlib figure."""
        return self.draw()

    def svg(self):
        """The picture as SVG text, the same on every run."""
        stamp = {"Date": None, "Creator": None}
        return kept(self.draw, self.name, lambda: self._saved(io.StringIO(), "svg", stamp, backend=SVG))

    def png(self):
        """The picture as PNG bytes, the same on every run."""
        return self._saved(io.BytesIO(), "png", {"Software": None})

    def _saved(self, file, format, stamp, **how):
        with look():
            self.picture.savefig(file, format=format, metadata=stamp, **how)
        return file.getvalue()

    def record(self):
        """What an export needs beside the picture, as JSON types."""
        from .prose import csl

        return {
            "name": self.name,
            "title": self.title,
            "alt": self.alt,
            "source": self.source,
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "sources": {id: csl(row) for id, row in self.sources.items()},
        }

    def _repr_mimebundle_(self, include=None, exclude=None):
        words = f"{self.title}\n{self.alt}\n{self.source}"
        bundle = {"image/svg+xml": self.svg(), "text/plain": words, MIME: self.record()}
        # Drawing the PNG takes as long as the SVG, and a build, which shows nobody its notebooks, exports the SVG.
        return bundle if in_a_build() else self._for_lab() | bundle

    def _for_lab(self):
        png = self.png()
        return {"text/html": self._lab_html(png), "image/png": base64.b64encode(png).decode("ascii")}

    def _lab_html(self, png):
        data = base64.b64encode(png).decode("ascii")
        title, alt, source = map(html.escape, (self.title, self.alt, self.source))
        return (
            f'<figure style="margin:0;max-width:{WIDTH}in"><figcaption><strong>{title}</strong></figcaption>'
            f'<img src="data:image/png;base64,{data}" alt="{alt}" style="width:100%">'
            f"<p><small>{source}</small></p></figure>"
        )
