"""Where actors stand on an issue, from -2 to +2: the latest position filled, earlier ones hollow."""

from functools import partial
from textwrap import fill as wrap

from ..errors import unknown
from ..figure import Figure
from ..prose import fill, listing, say
from ..tables import read
from .axis import short_date
from .flags import width
from .lines import ROOM, frame
from .style import INK, MUTED, PAPER, RULE, SIDE_NAMES, SIDES, canvas, source_cell, source_line, sources_of

STEPS, FAINT = (-2, -1, 0, 1, 2), "#e6e9ed"
ROW, ENDS = 22.3, 20  # points from one actor to the next, and more for all of them
EDGE, ASIDE = 7, 10  # points: margin of the picture, from a mark to its date
LEFT, RIGHT = -3.25, 2.95  # ends of the scale of steps
LONGEST = 36  # letters of a name on one line
MOST = 14  # actors


def draw_stances(view, issue, title=None, most=MOST):
    """Each actor's latest and earlier positions on an issue (id), ordered by the latest: a `Figure`.

    Of more actors than `most` those are drawn who have most positions on record at each step, then of all, then those
    heard last, and of equals all or none; title and source line say so, and the others are in the table. `title` may use
    {actors} (how many are on record), {toward_low}, {between} and {toward_high} (how many stand where), {low} and {high}
    (the words of the issue for its ends).
    Where no position is known: a `Prose` that says so.
    """
    if issue not in (known := [row.id for row in read("issues", view.evidence.folder)]):
        raise unknown("issue", issue, known)
    positions = view.positions(issue)
    if not positions:
        return say("No position of the actors in focus was public by {day}.", day=view.as_of)
    question = view.evidence.find("issues", issue)
    actors = _by_latest(positions)
    drawn = _chosen(actors, most)
    source = source_line(positions, " ".join([_key(drawn), *_left_out(actors, drawn)]))
    name, message = f"stances-{issue}", _message(question, actors, title) + _how_many(actors, drawn)
    columns = ("actor", "side", "date", "stance", "step", "position", "shown as", "relayed by", "sources")
    rows = tuple(_table_row(question, row, chain, chain in drawn) for chain in actors for row in chain)
    picture, alt = partial(_picture, question, drawn), _alt(view, question, actors, drawn)
    return Figure(picture, name, message, alt, source, columns, rows, sources_of(positions))


def _by_latest(positions):
    """One list of positions per actor, oldest first; the actors from +2 down to -2 of their latest."""
    chains = {}
    for row in positions:
        chains.setdefault(row.actor.id, []).append(row)
    return sorted(chains.values(), key=lambda chain: _rank(chain[-1]))


def _rank(latest):
    return -latest.stance, list(SIDES).index(latest.actor.side), latest.actor.name


def _chosen(actors, most):
    """About `most` of the actors, in their order: so that no step that is held looks empty, those first who are heard
    most at theirs; equals are not told apart by their names."""
    if len(actors) <= most:
        return actors
    first = {stance: max(_heard(chain) for chain in chains) for stance, chains in _by_step(actors).items()}
    ranks = [(_heard(chain) == first[chain[-1].stance], _heard(chain)) for chain in actors]
    fits = [rank for rank in ranks if sum(other >= rank for other in ranks) <= most]
    worst = min(fits, default=max(ranks))
    return [chain for chain, rank in zip(actors, ranks, strict=True) if rank >= worst]


def _by_step(actors):
    steps = {}
    for chain in actors:
        steps.setdefault(chain[-1].stance, []).append(chain)
    return steps


def _heard(chain):
    return len(chain), chain[-1].date.middle


def _how_many(actors, drawn):
    return f" ({len(drawn)} of {len(actors)} drawn)" if len(drawn) < len(actors) else ""


def _left_out(actors, drawn):
    """Says who is on record and not drawn, and by what rule; nothing where all are drawn."""
    if rest := [chain[-1].actor.name for chain in actors if chain not in drawn]:
        yield "Drawn are those with most positions on record at each step, then of all, then the latest; equals all or none."
        yield fill("In the table alone: {rest}.", rest=rest)


def step(question, stance):
    """The words of an issue for a stance of -2 to +2."""
    return getattr(question, "label_" + {-2: "m2", -1: "m1", 0: "0", 1: "p1", 2: "p2"}[stance])


def _picture(question, actors):
    tall = 1.4 if any(len(chain[-1].actor.name) > LONGEST for chain in actors) else 1
    with canvas(1) as (picture, axes):
        # Not a layout engine: it measures every text once more, a tenth of the time of a picture.
        frame(picture, axes, *_margins(question, actors), ROW * tall * len(actors) + ENDS)
        _draw_scale(axes, question, len(actors))
        _draw_ways(axes, actors)
        for y, chain in enumerate(actors):
            _draw_chain(axes, y, chain)
    return picture


def _margins(question, actors):
    """Points left, right, below and above the plot: for names, dates beyond its end, the scale and its question."""
    names = [width(line, 9) for chain in actors for line in wrap(chain[-1].actor.name, LONGEST).split("\n")]
    left = EDGE + 4 + max(names + [width(SIDE_NAMES[chain[-1].actor.side], 8) for chain in actors])
    dates = [ASIDE + width(short_date(chain[-1].date), 8) for chain in actors if chain[-1].stance == STEPS[-1]]
    beyond = (RIGHT - STEPS[-1]) / (RIGHT - LEFT)  # the part of the plot beyond the last step
    right = EDGE + max(0, (max(dates, default=0) - beyond * (ROOM - left - EDGE)) / (1 - beyond))
    steps, asked = max(map(_lines, _steps(question))), _lines(_asked(question))
    return left, right, 20 + 10.2 * steps + 11.4 * asked, 3


def _steps(question):
    return [wrap(step(question, at), 12) for at in STEPS]


def _asked(question):
    return wrap(question.question, 80)


def _lines(text):
    return text.count("\n") + 1


def _draw_scale(axes, question, rows):
    axes.set(xlim=(LEFT, RIGHT), ylim=(rows - 0.4, -0.6))
    colors = [RULE if at == 0 else FAINT for at in STEPS]
    axes.vlines(STEPS, -0.6, rows - 0.4, color=colors, linewidth=0.8, zorder=0)
    words = _steps(question)
    lines = max(map(_lines, words))
    axes.set_xticks(STEPS, [text + "\n" * (lines - _lines(text)) for text in words])
    axes.set_xlabel(_asked(question), color=INK, fontsize=9.5, weight="bold", labelpad=7)
    axes.set_yticks([])
    axes.tick_params(bottom=False)


def _draw_ways(axes, actors):
    """A line through all positions of each actor."""
    stances = [[row.stance for row in chain] for chain in actors]
    look = dict(color=RULE, linewidth=2.2, capstyle="round", zorder=1)
    axes.hlines(range(len(actors)), list(map(min, stances)), list(map(max, stances)), **look)


def _draw_chain(axes, y, chain):
    latest, color = chain[-1], SIDES[chain[-1].actor.side]
    for row in chain[:-1]:
        size = 12 if row.stance == latest.stance else 7.5
        _mark(axes, row, y, size, markerfacecolor=PAPER, markeredgecolor=color, markeredgewidth=1.2, zorder=2)
    _mark(axes, latest, y, 7.5, color=color, zorder=3, gid=f"latest-{latest.actor.id}")
    _write_date(axes, y, latest, _beside(latest.stance, [row.stance for row in chain]))
    _name_actor(axes, y, latest.actor)


def _write_date(axes, y, latest, beside):
    offset, align = beside
    # A plate, as a halo has each letter drawn anew: a picture of twice the size.
    plate = dict(facecolor=PAPER, lw=0, pad=0.5)
    look = dict(color=MUTED, fontsize=8, bbox=plate, gid=f"date-{latest.actor.id}")
    spot = (latest.stance, y)
    axes.annotate(short_date(latest.date), spot, offset, textcoords="offset points", ha=align, va="center", **look)


def _name_actor(axes, y, actor):
    """The name with the side under it, in the colour of the side: colour is never the only cue."""
    look = dict(ha="right", linespacing=1.1, annotation_clip=False, textcoords="offset points")
    for words, align, color, size in (
        (wrap(actor.name, LONGEST), "bottom", INK, 9),
        (SIDE_NAMES[actor.side], "top", SIDES[actor.side], 8),
    ):
        axes.annotate(words, (0, y), (-4, -1), axes.get_yaxis_transform(), va=align, color=color, fontsize=size, **look)


def _mark(axes, row, y, size, **look):
    axes.plot(row.stance, y, "D" if row.attributed_to else "o", markersize=size - 1.2 * bool(row.attributed_to), **look)


def _beside(stance, stances):
    """Where a date stands so that it is never on the line: right of the mark, else left, else above."""
    if max(stances) == stance:
        return (ASIDE, -0.5), "left"
    return ((-ASIDE, -0.5), "right") if min(stances) == stance else ((0, ASIDE), "center")


def _key(actors):
    """What the marks mean, for the marks there are."""
    rows = [row for chain in actors for row in chain]
    words = ["Filled marks: the latest position, with its date."]
    words += ["Hollow marks: earlier ones."] if len(rows) > len(actors) else []
    words += ["A ring: held before too."] if any(_repeats(chain) for chain in actors) else []
    words += ["Diamonds: relayed by others."] if any(row.attributed_to for row in rows) else []
    return " ".join(words)


def _repeats(chain):
    return chain[-1].stance in [row.stance for row in chain[:-1]]


def _counts(question, actors):
    latest = [chain[-1].stance for chain in actors]
    low, high = sum(at < 0 for at in latest), sum(at > 0 for at in latest)
    return dict(
        actors=len(latest),
        toward_low=low,
        between=len(latest) - low - high,
        toward_high=high,
        low=question.low,
        high=question.high,
    )


def _message(question, actors, title):
    counts = _counts(question, actors)
    return fill(title or _finding(counts), **counts)


def _finding(counts):
    """The template that fits how the actors divide: true of any day."""
    low, high = counts["toward_low"], counts["toward_high"]
    if counts["actors"] in (low, high):
        return "All on record lean to “{low}”" if low else "All on record lean to “{high}”"
    if not low and not high:
        return "None of {actors} actors on record leans to “{low}” or “{high}”"
    if low == high:
        return "As many actors lean to “{low}” as to “{high}”: {toward_low} of {actors} each"
    more, fewer = ("high", "low") if high > low else ("low", "high")
    lean = "leans" if max(low, high) == 1 else "lean"
    rest = f"{{toward_{fewer}}}" if min(low, high) else "none"
    return f"{{toward_{more}}} of {{actors}} actors on record {lean} to “{{{more}}}”, {rest} to “{{{fewer}}}”"


def _alt(view, question, actors, drawn):
    ends = [[chain[-1].actor.name for chain in drawn if chain[-1].stance == end] for end in (2, -2)]
    rests = [[f"{len(names) - 3} more"] if len(names) > 3 else [] for names in ends]
    shown = [listing([*names[:3], *rest]) or "nobody" for names, rest in zip(ends, rests, strict=True)]
    moved = sum(len({row.stance for row in chain}) > 1 for chain in drawn)
    return fill(
        "Dot chart of the latest positions of {actors} actors known by {day} on the question “{question}”. "
        "{whose}t “{top}”: {first}. At “{bottom}”: {last}. Positions in between: {rest}. Actors who moved: {moved}.",
        whose="Of those drawn, a" if len(drawn) < len(actors) else "A",
        day=view.as_of,
        question=question.question,
        top=question.label_p2,
        bottom=question.label_m2,
        first=shown[0],
        last=shown[1],
        rest=len(drawn) - len(ends[0]) - len(ends[1]),
        moved=moved,
        actors=f"{len(drawn)} of {len(actors)}" if len(drawn) < len(actors) else len(actors),
    )


def _table_row(question, row, chain, drawn):
    relayer = row.attributed_to
    shown, relayed = "latest" if row is chain[-1] else "earlier", relayer.name if relayer else ""
    position = str(row.date), row.stance, step(question, row.stance), row.words
    shown = shown if drawn else "not drawn"
    return row.actor.name, SIDE_NAMES[row.actor.side], *position, shown, relayed, source_cell(row)
