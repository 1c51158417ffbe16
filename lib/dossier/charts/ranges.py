"""Ranges: the figures of several sources for one thing, a row each, on one axis."""

from textwrap import wrap

from matplotlib.ticker import MaxNLocator

from ..dates import When
from ..errors import RequestError
from ..figure import Figure
from ..prose import fill, say
from ..view import highest
from .axis import amount, figures, short_date
from .flags import width
from .series import LINE, PLOT, ROOM, SIZE, _caveats, _frame, _rows
from .style import ACCENT, INK, MUTED, PAPER, RULE, canvas, source_line, sources_of

NAMED = {"source": "who says so", "note": "what the note names"}
ROW, WHO = 20, 30  # points from row to row; letters in a line of a name


def draw_ranges(view, measure, title=None, by="source"):
    """Each figure of a measure (id) as a row, with its range and its bounds: a `Figure`.

    `by` is what a row is called: "source" (publisher, and the date of the figure) or "note" (the beginning
    of the point's note, up to a bar or semicolon, and the date of its publication). `title` may use {count}, {lowest}, {highest},
    {first}, {last}, {measure}. A `Prose` says so when no figure was known.
    """
