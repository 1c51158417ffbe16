"""Where the sources of a series looked: a zero there is a finding, time outside was not counted at all."""

from ..dates import When, spell_day
from ..prose import listing
from .flags import width
from .style import MUTED, RULE

WORD, SHADE, SIZE = "not covered", "#f3f4f6", 8.5


def spans(measure):
    """The spans (`When`) in which the source of a measure looked, in order; [] where figures come now and then."""
    return sorted(When.read(*span.partition("/")[::2]) for span in measure.covered)


def uncovered(drawn, first, last):
    """(start, end) in days (ordinals) between `first` and `last` that the source of none of these `Series` covered.

    Nothing where one of them has no spans: its figures come now and then, and no time is outside.
    """
    if not all(series.measure.covered for series in drawn):
        return []
    seen = sorted(_days(span) for series in drawn for span in spans(series.measure))
    edges, gaps = first, []
    for start, end in [*seen, (last, last)]:
        if start > edges:
            gaps.append((edges, min(start, last)))
        edges = max(edges, end)
    return [gap for gap in gaps if gap[0] < gap[1]]


def _days(span):
    return span.first.toordinal(), span.last.toordinal() + 1


def draw_uncovered(axes, gaps, room):
    """Hatch these stretches of the time axis, with a word in each that has room for it; `room` is its width in points."""
    low, high = axes.get_xlim()
    for start, end in gaps:
        axes.axvspan(start, end, facecolor=SHADE, edgecolor=RULE, hatch="////", lw=0, zorder=0)
        wide = (end - start) / (high - low) * room
        if wide >= SIZE + 4:
            _write(axes, (start + end) / 2, wide < width(WORD, SIZE) + 8, end == high)


def _write(axes, x, upright, last):
    """The word at the foot; of the last stretch at the top, as lines from the last points to their labels cross it."""
    look = dict(color=MUTED, fontsize=SIZE, rotation=90 if upright else 0, ha="center", va="top" if last else "bottom")
    look |= dict(bbox=dict(facecolor=SHADE, lw=0, pad=1), zorder=5, transform=axes.get_xaxis_transform())
    axes.text(x, 0.97 if last else 0.03, WORD, **look)


def to_the_edge(gaps, days, edges):
    """The stretches with those that reach the first or the last of `days` drawn out to the `edges` of the axis."""
    ends = {min(days): edges[0], max(days): edges[1]}
    return [(ends.get(start, start), ends.get(end, end)) for start, end in gaps]


def said(drawn, gaps, as_of):
    """Sentences on hatching and zeros and, where sources of several series looked at different times, on when each did."""
    if gaps:
        yield f"Hatched: {'covered by none of the sources' if len(drawn) > 1 else 'not covered by the source'}."
    if any(map(_leaves_zeros_open, drawn)):
        yield "A zero is a figure of the source, not a gap."
    if len({series.measure.covered for series in drawn}) > 1:
        for series in (series for series in drawn if series.measure.covered):
            yield f"{series.measure.title}: covered {listing(_spoken(span, as_of) for span in spans(series.measure))}."


def _leaves_zeros_open(series):
    """Whether a series has zeros and its measure does not itself say what they mean."""
    measure = series.measure
    zeros = measure.covered and any(point.best == 0 for point in series.points)
    return zeros and "zero" not in f"{measure.caveat} {measure.silent}".casefold()


def _spoken(span, as_of):
    """'1970 to 2020'; of a span that goes on after the day only where it begins."""
    return f"from {spell_day(span.first)} on" if span.last > as_of else str(span)
