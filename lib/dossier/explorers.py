"""Explorers for JupyterLab: a slider over knowledge time and a focus redraw one figure."""

from .data import FIGURES
from .tables import read
from .view import presets


def explore(draw, view, *arguments, **options):
    """Widgets that redraw `draw(view, *arguments, **options)`: an as-of slider and a focus menu.

    The slider holds the days on which something of the theme became known, up to the cut-off of `view`:
    no day beyond it can be reached. `draw` is any chart verb. Returns the box of widgets.
    """
    import ipywidgets as widgets  # half a second that no build needs: exports show no explorer

    day = widgets.SelectionSlider(
        options=days(view),
        value=view.as_of,
        description="As of",
        continuous_update=False,
        layout=widgets.Layout(width="36rem"),
    )
    focus = widgets.Dropdown(options=_focuses(view), value=view.focus.id, description="Focus")
    figure = widgets.Output()

    def redraw(change=None):
        figure.outputs = (_shown(draw(view.at(day.value, focus.value), *arguments, **options)),)

    day.observe(redraw, "value")
    focus.observe(redraw, "value")
    redraw()
    return widgets.VBox([widgets.HBox([day, focus]), figure])


def days(view):
    """The days on which something of the theme became known, oldest first, from the first one that can be asked for.

    That day and the cut-off are always among them; every focus counts, as the menu leads to each.
    """
    first, last = view.first_day, view.as_of
    known = {row.known_from for row in _of_theme(view.evidence, view.theme)}
    return sorted({day for day in known if first < day < last} | {first, last})


def _of_theme(evidence, theme):
    """The rows from which charts of a theme are drawn, and ties that were superseded since."""
    events = [row for row in evidence.events if theme in row.themes]
    seen = {actor.id for event in events for actor in event.actors}
    yield from events
    yield from (row for row in read("ties", evidence.folder) if {row.source_actor, row.target_actor} & seen)
    yield from (row for row in evidence.positions if theme in row.issue.themes)
    yield from (row for table in FIGURES for row in getattr(evidence, table) if theme in row.measure.themes)


def _shown(result):
    bundle = result._repr_mimebundle_()
    data = {mime: bundle[mime] for mime in ("text/html", "text/markdown", "text/plain") if mime in bundle}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def _focuses(view):
    return [(preset.label, preset.id) for preset in presets(view.evidence, view.theme).values()]
