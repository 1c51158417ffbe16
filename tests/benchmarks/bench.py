"""`make bench`: how long briefings take here and the plain way, side by side in one run; README.md has the result.

The same notebooks, parameters, editions and formats each time:

- papermill CLI, then the CLI of `jupyter nbconvert` for each edition and format, one process after another
- papermill and nbconvert called in one Python process (peers.py)
- `dossier build`: from nothing, after one changed row, with nothing changed
- the floor (floor.py)

Each run samples the peers with one theme at one date, others each time, and scales them to the batch; the floor is
sampled with that theme.
CPU is that of all processes of a measurement, orphans included.
"""

import argparse
import contextlib
import csv
import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import report
from dossier.data import cut_off, first_as_of
from dossier.project import ROOT, THEMES
from peers import HIDDEN, edition

HERE, BIN = Path(__file__).parent, Path(sys.executable).parent
DATES = 13
FEW = 6  # dates by which the overhead is told from the start-up
CHANGED = "rabia-stays-closed"  # an event of border security alone, known from 29 April 2025
WORKED = 200  # executions by one worker, whose memory is watched
SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: whose parent ends becomes a child of this process


def dates():
    """Dates of the batch, spread over the evidence."""
    first, last = first_as_of(), cut_off()
    return [(first + (last - first) * n // (DATES - 1)).isoformat() for n in range(DATES)]


def measured(command, folder, **environment):
    """{"wall", "cpu": seconds, "memory": MB of the largest process} of a command and all that it starts."""
    begin, cpu, memory, wall = time.monotonic(), 0, 0, None
    process = subprocess.Popen(command, cwd=folder, env=os.environ | environment, stdout=subprocess.DEVNULL)
    while True:
        try:
            pid, status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return {"wall": wall, "cpu": cpu, "memory": memory}
        cpu, memory = cpu + usage.ru_utime + usage.ru_stime, max(memory, usage.ru_maxrss / 1024)
        if pid == process.pid:
            wall, process.returncode = time.monotonic() - begin, os.waitstatus_to_exitcode(status)
            if process.returncode:
                raise subprocess.CalledProcessError(process.returncode, command)


def added(measurements):
    """Measurements one after another as one."""
    return {
        "wall": sum(one["wall"] for one in measurements),
        "cpu": sum(one["cpu"] for one in measurements),
        "memory": max(one["memory"] for one in measurements),
    }


class Project:
    """A copy of the project that a measurement may change."""

    def __init__(self, folder, browser):
        self.folder, self.out = Path(folder), Path(folder) / "exports"
        for name in ("data", "lib", "notebooks"):
            shutil.copytree(ROOT / name, self.folder / name)
        self.setting = {
            "PYTHONPATH": str(self.folder / "lib"),
            "DOSSIER_CACHE": str(self.folder / "cache"),
            "PLAYWRIGHT_BROWSERS_PATH": browser,
            "PYTHONDONTWRITEBYTECODE": "",  # all ways keep what Python has compiled, as they would anywhere
        }

    def build(self, *arguments, fresh=False):
        """A measured `dossier build`."""
        if fresh:
            shutil.rmtree(self.folder / "cache", ignore_errors=True)
            shutil.rmtree(self.out, ignore_errors=True)
        command = [sys.executable, "-m", "dossier", "build", "--quiet", "--out", self.out, *arguments]
        return measured(command, self.folder, **self.setting)

    def change_a_row(self):
        """Add a word to the summary of the event CHANGED."""
        path = self.folder / "data" / "events.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        (row,) = (row for row in rows if row["id"] == CHANGED)
        row["summary"] += " Changed."
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, rows[0], lineterminator="\n")
            table.writeheader()
            table.writerows(rows)

    def items(self, status):
        """The items of the last build that have a status."""
        return [
            item for item in json.loads((self.out / "manifest.json").read_text())["items"] if item["status"] == status
        ]

    def tool(self, *command):
        """A measured command of the peers, run where the notebooks are."""
        return measured([BIN / command[0], *map(str, command[1:])], self.folder / "notebooks", **self.setting)


def cli_peers(project, theme, day):
    """{step: measurement} of one briefing by the command lines of papermill and nbconvert."""
    with tempfile.TemporaryDirectory() as folder:
        executed = Path(folder) / "executed.ipynb"
        steps = {
            "papermill": project.tool("papermill", f"{theme}.ipynb", executed, "-p", "as_of", day, "--no-progress-bar")
        }
        for name in HIDDEN:
            source = Path(folder) / f"{name}.ipynb"
            nbformat.write(edition(nbformat.read(executed, 4), name), source)  # for nothing, in favour of the peers
            for format, more in (("html", ()), ("webpdf", ("--WebPDFExporter.disable_sandbox=True",))):
                steps[f"{name} {format}"] = project.tool("jupyter", "nbconvert", source, "--to", format, *more)
    return steps


def process_peers(project, theme, days):
    """A measurement of one briefing after another by papermill and nbconvert in one process."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, HERE / "peers.py", folder, project.folder / "notebooks" / f"{theme}.ipynb", *days]
        return measured(command, project.folder, **project.setting)


def overhead(project, theme, days):
    """{"execution", "file", "start"}: CPU seconds over the floor, one worker, by builds of other sizes."""
    floor = floor_of(project, theme, days)
    brief = ("--jobs", "1", "--edition", "brief", "--format", "html")
    one = project.build(theme, "--as-of", days[0], *brief, fresh=True)["cpu"]
    few = project.build(theme, *as_of(days), *brief, fresh=True)["cpu"]
    full = project.build(theme, *as_of(days), "--jobs", "1", fresh=True)["cpu"]
    cells = [each["cells"] for each in floor]
    file = (full - few - sum(each["typst"] for each in floor)) / (3 * len(days))
    execution = (few - one - sum(cells[1:])) / (len(days) - 1) - file
    return {"execution": execution, "file": file, "start": one - cells[0] - execution - file}


def floor_of(project, theme, days):
    """The floor of each day, as floor.py prints it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, HERE / "floor.py", folder, *(f"{theme}={day}" for day in days)]
        made = subprocess.run(command, env=os.environ | project.setting, capture_output=True, check=True, text=True)
    with contextlib.suppress(ChildProcessError):
        while True:  # its kernels, which would be counted with what comes next
            os.wait()
    return json.loads(made.stdout)


def as_of(days):
    """The options of `dossier build` for these days."""
    return [option for day in days for option in ("--as-of", day)]


def one_run(number, browser):
    """All measurements of one run."""
    theme, days = list(THEMES)[number % len(THEMES)], dates()
    day = days[3 * number % len(days)]
    with tempfile.TemporaryDirectory() as folder:
        project = Project(folder, browser)
        cli = cli_peers(project, theme, day)
        found = {
            "theme": theme,
            "cli": added(cli.values()),
            "cli one": added([cli["papermill"], cli["student html"], cli["student webpdf"]]),
            "day": day,
            "process": process_peers(project, theme, [day]),
            "process twice": process_peers(project, theme, [day, day]),
            "one": project.build(theme, "--as-of", day, "--edition", "student", fresh=True),
            "overhead": overhead(project, theme, days[:: DATES // FEW][:FEW]),
            "cold": project.build(*as_of(days), fresh=True),
            "unchanged": project.build(*as_of(days)),
        }
        found["files"] = len(project.items("cached"))
        project.change_a_row()
        found["changed"] = project.build(*as_of(days))
        found["rebuilt"] = sorted({(item["theme"], item["parameters"]["as_of"]) for item in project.items("built")})
    return found


def stand_in_browser(folder):
    """A folder in which Playwright finds the system's Chromium where it would look for its own."""
    from playwright.sync_api import Error, sync_playwright

    os.environ["PLAYWRIGHT_BROWSERS_PATH"] = str(folder)
    chromium = shutil.which("chromium") or sys.exit("the peers need Chromium on the path")
    with sync_playwright() as playwright:
        try:
            playwright.chromium.launch()
        except Error as error:
            place = Path(error.message.partition("doesn't exist at ")[2].split("\n")[0])
            place.parent.mkdir(parents=True)
            place.write_text(f'#!/bin/sh\nexec {chromium} "$@"\n')
            place.chmod(0o755)
    return str(folder)


def main():
    """Measure, and write results.json and README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        browser = stand_in_browser(folder)
        found = [one_run(number, browser) for number in range(runs)]
    grown = subprocess.run([sys.executable, HERE / "memory.py", str(WORKED)], capture_output=True, check=True).stdout
    results = {"dates": DATES, "cores": os.cpu_count(), "runs": found, "memory": json.loads(grown)}
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (HERE / "README.md").write_text(report.page(results), encoding="utf-8")
    print(report.page(results))


if __name__ == "__main__":
    main()
