"""Who stands with whom: actors in columns by side, ties of support, opposition and talks between them."""

from collections import Counter
from functools import partial
from itertools import chain
from textwrap import wrap

from ..dates import When, last_day
from ..errors import unknown
from ..figure import WIDTH, Figure
from ..prose import fill, listing, say
from .labels import Clearing
from .routes import Plate, routes
from .seats import COLUMNS, ROW, drawn_ties, ends, seats
from .style import INK, MUTED, PAPER, QUIET, RAISED, SIDE_NAMES, SIDES, canvas, source_cell, source_line, sources_of

# Sign -> colour, dash, words.
SIGNS = {
    1: (QUIET, "solid", "support or cooperation"),
    -1: (RAISED, (0, (4, 2)), "opposition or fighting"),
    0: (MUTED, (0, (1, 1.8)), "talks or mixed"),
}
LETTERS = 14  # letters in a line of a name
ENDED = 0.45  # how much of a line is left once its ties have ended


def draw_network(view, title=None, actors=(), most=12):
    """The actors with most ties in the view, and `actors` (ids), with the ties between them: a `Figure`.

    `title` may use {top} (the actor with most ties), {count} (its ties), {ties}, {actors}, {support},
    {opposition} and {talks} (how many are drawn). Where no tie is known: a `Prose` that says so.
    """
    for id in actors:
        if not view.evidence.find("actors", id):
            raise unknown("actor", id, [row.id for row in view.evidence.actors])
    ties = drawn_ties(view, actors, most)
    if not ties:
        return say("No tie between these actors was public by {day}.", day=view.as_of)
    nodes = {actor.id: actor for actor in chain.from_iterable(map(ends, ties))}
    nodes |= {id: view.evidence.find("actors", id) for id in actors}
    places = seats(view, actors, most)
    spots = {id: ((places[id][0] + 0.5) * WIDTH / len(COLUMNS), places[id][1]) for id in nodes}
    picture = partial(_picture, tuple(nodes.items()), spots, merged(ties, view.as_of))
    message = fill(title or _finding(ties), **_values(nodes, ties))
    columns = ("from", "to", "tie", "kind", "since", "in force", "what it is", "sources")
    rows = tuple(_table_row(view, tie) for tie in ties)
    source, sources = source_line(ties), sources_of(ties)
    return Figure(picture, "network", message, _alt(view, nodes, ties), source, columns, rows, sources)


def _picture(nodes, spots, lines):
    nodes = dict(nodes)
    height = max(y for _, y in spots.values()) + ROW / 2 + 0.32
    with canvas(height) as (picture, axes):
        axes.set(position=(0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        axes.set_axis_off()
        clearing = Clearing(picture, picture.bbox)
        heads = [_plate(axes, clearing.measure(head)) for head in _draw_heads(axes, nodes, spots)]
        plates = {id: _plate(axes, _draw_node(axes, clearing, nodes[id], spots[id])) for id in nodes}
        for line, way in zip(lines, routes([pair for pair, _ in lines], plates, heads), strict=True):
            _draw_tie(axes, *line, lines[line], way)
        _draw_key(axes, lines, height)
    return picture


def _plate(axes, box):
    """A box of pixels in inches, with its column."""
    (left, bottom), (right, top) = axes.transData.inverted().transform(box.get_points())
    return Plate(int((left + right) / 2 * len(COLUMNS) / WIDTH), left, right, top, bottom)


def _draw_heads(axes, nodes, spots):
    """The name of a side over its first actor, unless that actor says it already."""
    for side in SIDES:
        members = [id for id in nodes if nodes[id].side == side]
        if members and [nodes[id].name for id in members] != [SIDE_NAMES[side]]:
            x, y = min((spots[id] for id in members), key=lambda spot: spot[1])
            look = dict(color=SIDES[side], weight="bold", ha="center", va="bottom", fontsize=9, linespacing=1.05)
            yield axes.text(x, y - ROW / 2 + 0.03, _lines(SIDE_NAMES[side]), gid=f"head-{side}", **look)


def _lines(name):
    return "\n".join(wrap(name, LETTERS, break_on_hyphens=False))


def _draw_node(axes, clearing, actor, spot):
    """The name on a plate edged in the colour of the side; returns its box in pixels."""
    shape = "round,pad=0.3,rounding_size=0.5"
    plate = dict(boxstyle=shape, facecolor=PAPER, edgecolor=SIDES[actor.side], linewidth=1.2)
    text = axes.text(
        *spot,
        _lines(actor.name),
        color=INK,
        ha="center",
        va="center",
        fontsize=8.5,
        linespacing=1.05,
        bbox=plate,
        zorder=3,
        gid=f"node-{actor.id}",
    )
    text.update_bbox_position_size(clearing.renderer)
    return clearing.measure(text.get_bbox_patch(), 0)


def merged(ties, day):
    """(pair of ids, sign) -> whether one of its ties is in force on the day: what is drawn as one line."""
    lines = {}
    for tie in ties:
        line = (tuple(sorted(actor.id for actor in ends(tie))), tie.sign)
        lines[line] = lines.get(line, False) or in_force(tie, day)
    return lines


def in_force(tie, day):
    """Whether a tie had not ended by the day."""
    return not tie.valid_to or last_day(tie.valid_to) > day


def _draw_tie(axes, pair, sign, holds, way):
    color, dash, _ = SIGNS[sign]
    axes.plot(
        *way.T,
        color=color,
        linestyle=dash,
        linewidth=1.7 if holds else 1.2,
        alpha=1 if holds else ENDED,
        dash_capstyle="butt",
        zorder=1,
        gid=f"tie-{'-'.join(pair)}-{sign}",
    )


def _draw_key(axes, lines, height):
    """Each kind of line with its meaning beside it, for the lines there are."""
    samples = [(*SIGNS[sign], 1) for sign in SIGNS if any(sign == drawn for _, drawn in lines)]
    samples += [(INK, "solid", "pale: ended", ENDED)] if not all(lines.values()) else []
    x, y = 0.1, height - 0.12
    for color, dash, words, alpha in samples:
        axes.plot((x, x + 0.3), (y, y), color=color, linestyle=dash, alpha=alpha, linewidth=1.7, dash_capstyle="butt")
        axes.text(x + 0.37, y, words, va="center", color=MUTED, fontsize=8.5, gid="key")
        x += 0.62 + 0.062 * len(words)


def _values(nodes, ties):
    counts = Counter(actor.name for tie in ties for actor in ends(tie))
    signs = Counter(tie.sign for tie in ties)
    top, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    divided = dict(support=signs[1], opposition=signs[-1], talks=signs[0])
    return dict(top=top, count=count, ties=len(ties), actors=len(nodes), **divided)


def _finding(ties):
    """The template that fits: who stands in most ties, else how the ties divide."""
    (_, first), (_, second), *_ = Counter(actor.id for tie in ties for actor in ends(tie)).most_common()
    if first > second and len(ties) > 2:
        return "Most connected: {top}, in {count} of {ties} ties on record"
    if len({tie.sign for tie in ties}) == 1:
        return f"All ties on record here are of {SIGNS[ties[0].sign][2]}"
    return "Ties on record: {support} of support, {opposition} of opposition, {talks} of talks or mixed"


def _alt(view, nodes, ties):
    values = _values(nodes, ties)
    sides = [f"{SIDE_NAMES[side]} ({count})" for side, count in Counter(actor.side for actor in nodes.values()).items()]
    counts = Counter(actor.name for tie in ties for actor in ends(tie))
    most = [f"{name} ({count})" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:4]]
    return fill(
        "Network in columns by side, of {actors} actors and {ties} ties known by {day}: {support} of support or "
        "cooperation, {opposition} of opposition, {talks} of talks or mixed. "
        "Actors by side: {sides}. Most ties: {most}.",
        day=view.as_of,
        sides=listing(sides),
        most=listing(most),
        **values,
    )


def _table_row(view, tie):
    since = str(When.read(tie.valid_from)) if tie.valid_from else ""
    holds = "yes" if in_force(tie, view.as_of) else "ended"
    source, target = ends(tie)
    return (source.name, target.name, SIGNS[tie.sign][2], tie.kind, since, holds, tie.summary, source_cell(tie))
