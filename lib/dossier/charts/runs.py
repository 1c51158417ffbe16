"""Which points of a series a line may join, and which series are so long and regular that they need no mark a point."""

from itertools import pairwise
from statistics import median

from .coverage import uncovered

MANY, FEW = 40, 12  # more points than MANY in a chart are lines, not marks; fewer than FEW are no line


def day_of(point):
    """The day on which a point or an event stands, as a number: the middle of its date."""
    return point.date.middle.toordinal()


def is_dense(series, drawn):
    """Whether a series is drawn without a mark a point: at regular steps, in a chart (`drawn`) of many points.

    Steps are regular where four of five gaps are close to the middle one.
    """
    gaps = _gaps(series)
    usual = [gap for gap in gaps if 0.5 <= gap / (median(gaps) or 1) <= 1.5]
    many = sum(len(each.points) for each in drawn) > MANY
    return many and len(series.points) >= FEW and len(usual) >= 0.8 * len(gaps)


def usual_gap(series, dense):
    """The longest gap in days that a line may cross: one step of a dense series; else three times the middle one,
    or a fifth of the whole time, but never more than three years."""
    gaps = _gaps(series) or [0]
    return 1.5 * median(gaps) if dense else min(max(3 * median(gaps), sum(gaps) / 5), 1100)


def runs(series, dense):
    """The points in order, in lists that a line may join, see `draw_series`."""
    longest, found = usual_gap(series, dense), [[series.points[0]]]
    for before, after in pairwise(series.points):
        if _joined(series, before, after, longest):
            found[-1].append(after)
        else:
            found.append([after])
    return found


def _gaps(series):
    return [day_of(after) - day_of(before) for before, after in pairwise(series.points)]


def _joined(series, before, after, longest):
    if before.best is None or after.best is None or day_of(after) - day_of(before) > longest:
        return False
    if uncovered([series], day_of(before), day_of(after)):
        return False
    publishers = [{source.publisher for source in point.sources} for point in (before, after)]
    return series.measure.kind in ("stock", "flow") or bool(publishers[0] & publishers[1])
