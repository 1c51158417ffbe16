"""The page of a benchmark: medians, spread and ratios of results.json as Markdown."""

from statistics import median

HEAD = """<!-- Made by `make bench`. -->
# How fast

Four themes x {dates} dates x brief and student x HTML and PDF: {executions} executions, {files} files, on {cores} cores. Medians
of {runs} runs, in brackets the least and the most. *CPU* is of all processes, *memory* of the largest one. Peers are sampled
with one theme at one date a run ({sampled}) and scaled to the batch, in one process by what a second briefing adds; they take
no advantage of a second core. The cut of their editions is not counted. Machines differ: read the ratios.
"""
ROWS = {
    "cli": "papermill and `jupyter nbconvert`, a process each",
    "process": "papermill and nbconvert in one process",
    "cold": "`dossier build`, from nothing",
    "changed": "`dossier build`, one row changed",
    "unchanged": "`dossier build`, nothing changed",
}


def page(results):
    """The page, Markdown text."""
    runs, executions = results["runs"], 4 * results["dates"]
    scaled = [scaled_up(run, executions) for run in runs]
    sampled = ", ".join(f"{run['theme']} {run['day']}" for run in runs)
    counts = {"dates": results["dates"], "cores": results["cores"], "runs": len(runs), "sampled": sampled}
    parts = [HEAD.format(executions=executions, files=runs[0]["files"], **counts), "## A batch", batch(scaled)]
    parts += ["## Against the plain way", against(scaled), "## Over the floor", over(runs), "## Memory", flat(results)]
    return "\n\n".join(parts) + "\n"


def scaled_up(run, executions):
    """A run with its peers, which made one briefing or two, as if they had made the batch."""
    cli, one, two = run["cli"], run["process"], run["process twice"]
    added = {what: one[what] + (two[what] - one[what]) * (executions - 1) for what in ("wall", "cpu")}
    return run | {
        "cli": {**cli, **{what: cli[what] * executions for what in ("wall", "cpu")}},
        "process": {**two, **added},
    }


def batch(runs):
    """Wall clock, CPU and memory of each way."""
    rows = [
        [name, *(spread([run[key][what] for run in runs]) for what in ("wall", "cpu", "memory"))]
        for key, name in ROWS.items()
    ]
    return table(["", "wall, s", "CPU, s", "memory, MB"], rows)


def against(runs):
    """How many times faster than the peers."""
    one = [ratio(runs, "cli one", "one")]
    rows = [
        ["the batch from nothing, than a process each", ratio(runs, "cli", "cold")],
        ["the batch from nothing, than in one process", ratio(runs, "process", "cold")],
        ["one student edition, HTML and PDF, from a cold start, than a process each", *one],
        ["nothing changed, than a process each", ratio(runs, "cli", "unchanged")],
    ]
    rebuilt = sorted({str(len(run["rebuilt"])) for run in runs})
    return f"{table(['', 'times faster'], rows)}\n\nBriefings made anew after one changed row: {', '.join(rebuilt)}."


def over(runs):
    """CPU over the floor."""
    rows = [
        [
            f"per {what}" if what != "start" else "start of the build and of a worker",
            spread([run["overhead"][what] for run in runs]),
        ]
        for what in ("execution", "file", "start")
    ]
    return table(["", "CPU over the floor, s"], rows)


def flat(results):
    """Memory of one worker as it goes on."""
    grown = results["memory"]
    return table(["executions by one worker", "its memory, MB"], [[count, f"{size:.0f}"] for count, size in grown])


def ratio(runs, slow, fast):
    """The spread of how many times longer one took than the other, in the same run."""
    return spread([run[slow]["wall"] / run[fast]["wall"] for run in runs])


def spread(values):
    """'4.2 (3.9-5)' for the median, the least and the most."""
    found = (median(values), min(values), max(values))
    middle, least, most = (f"{value:,.0f}" if value >= 100 else f"{value:.3g}" for value in found)
    return f"{middle} ({least}-{most})"


def table(head, rows):
    """A Markdown table; columns after the first are to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
