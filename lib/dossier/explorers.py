"""Explorers for JupyterLab: a slider over knowledge time and a focus redraw one figure."""

from .data import FIGURES
from .view import presets


def explore(draw, view, *arguments, **options):
    """Widgets that redraw `draw(view, *arguments, **options)`: an as-of slider and a focus menu.

    The slider holds the days on which something in the theme became known, up to the cut-off of `view`:
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
    """The days up to the cut-off on which something of the theme became known, oldest first, the cut-off last."""
    known = {event.known_from for event in view.evidence.events if view.theme in event.themes}
    known |= {point.known_from for table in FIGURES for point in getattr(view.evidence, table)}
    return sorted({day for day in known if day > view.since} | {view.since, view.as_of})


def _shown(result):
    bundle = result._repr_mimebundle_()
    data = {mime: bundle[mime] for mime in ("text/html", "text/markdown", "text/plain") if mime in bundle}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def _focuses(view):
    return [(preset.label, preset.id) for preset in presets(view.evidence, view.theme).values()]
