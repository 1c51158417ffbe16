"""What all charts share: canvas, colours with a meaning, source line."""

from contextlib import contextmanager

from ..figure import WIDTH, look
from ..tables import share_alike

INK, MUTED, RULE, PAPER = "#1b1f24", "#5b6672", "#c9ced6", "#ffffff"
ACCENT, RAISED, QUIET = "#1f5a99", "#b3541e", "#2a7f62"

# Side of an actor -> colour. A label or a shape always says the same.
SIDES = {
    "baghdad": "#1f5a99",
    "damascus": "#2a7f62",
    "iran": "#8a4f9e",
    "coalition": "#b3541e",
    "sdf": "#8a6600",
    "sunni": "#4f7488",
    "isis": "#1b1f24",
    "region": "#5b6672",
    "other": "#5b6672",
}
SIDE_NAMES = {
    "baghdad": "Baghdad",
    "damascus": "Damascus",
    "iran": "Iran-aligned",
    "coalition": "US and coalition",
    "sdf": "SDF and Kurdish parties",
    "sunni": "Sunni blocs",
    "isis": "ISIS",
    "region": "Other states",
    "other": "Others",
}


@contextmanager
def canvas(height):
    """A matplotlib figure of the shared look, `height` inches high, with one set of axes: `with canvas(3) as (picture, axes)`.

    Made without pyplot, so that no figure is shown twice and none stays open.
    """
    from matplotlib.figure import Figure as Picture

    with look():
        picture = Picture(figsize=(WIDTH, height))
        yield picture, picture.add_subplot()


def source_line(rows, extra=""):
    """'Sources: Qantara (B); ... and 3 more.' for the rows drawn, best reliability first; then `extra`.

    A figure drawn from share-alike data is under their licence, and says so.
    """
    sources = sources_of(rows)
    named = sorted({(source.reliability, source.publisher or source.title) for source in sources.values()})
    shown = "; ".join(f"{name} ({letter})" for letter, name in named[:4])
    more = f" and {len(named) - 4} more" if len(named) > 4 else ""
    licence = next((source.licence for source in sources.values() if share_alike(source.licence)), "")
    bound = licence and f"Data and figure: {licence}."
    return " ".join(filter(None, [f"Sources: {shown}{more}.", bound, extra]))


def sources_of(rows):
    """Source id -> source row for the rows drawn, in their order."""
    return {source.id: source for row in rows for source in row.sources}


def source_cell(*rows):
    """What a data table says of the sources of one mark: 'Qantara (B), 2024-12-03, https://...; ...'."""
    return "; ".join(
        ", ".join(
            filter(None, [f"{source.publisher or source.title} ({source.reliability})", source.published, source.url])
        )
        for source in sources_of(rows).values()
    )
