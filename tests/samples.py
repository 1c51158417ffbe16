"""What tests work on: a tiny evidence package, small notebooks, and a copy of the project that a test may break."""

import copy
import csv
import json
import os
import re
import shutil
import subprocess
import sys

import nbformat
from dossier.dictionary import refresh
from dossier.project import DATA, ROOT, THEMES

CLOSED = "2025-05-31"  # the day on which the evidence of the samples closes

ROWS = {
    "sources": [
        dict(
            id="camp-page",
            publisher="Camp Office",
            title="Camp count",
            published="2024-11-01",
            kind="un",
            reliability="B",
            licence="UN: facts only",
            known_from="2024-11-01",
            derived="no",
        ),
        dict(
            id="late-page",
            publisher="Later Review",
            title="Seen in hindsight",
            author="A. Writer",
            published="2025-01-20",
            kind="press",
            reliability="C",
            licence="press: facts only",
            known_from="2025-01-20",
            derived="no",
        ),
    ],
    "places": [
        dict(
            id="camp",
            name="The Camp",
            kind="camp",
            country="SYR",
            lat="36.4",
            lon="41.1",
            coordinates_from="Camp Office",
            sources="camp-page",
            known_from="2024-11-01",
        ),
    ],
    "actors": [
        dict(
            id="sudani",
            name="Mohammed Shia al-Sudani",
            kind="person",
            side="baghdad",
            country="IRQ",
            sources="camp-page",
            known_from="2024-11-01",
        ),
        dict(
            id="sharaa",
            name="Ahmed al-Sharaa",
            kind="person",
            side="damascus",
            country="SYR",
            sources="camp-page",
            known_from="2024-11-01",
        ),
    ],
    "names": [
        dict(
            id="sharaa-ar",
            actor="sharaa",
            name="أحمد الشرع",
            language="ar",
            kind="arabic",
            sources="camp-page",
            known_from="2024-11-01",
        ),
    ],
    "offices": [
        dict(
            id="sharaa-president",
            actor="sharaa",
            office="President of Syria",
            valid_from="2025-01",
            sources="late-page",
            known_from="2025-01-31",
            derived="yes",
        ),
        dict(
            id="sudani-chair",
            actor="sudani",
            office="Chairman",
            valid_from="2022",
            sources="camp-page",
            known_from="2024-11-01",
            derived="no",
        ),
        dict(
            id="sudani-chair-ended",
            actor="sudani",
            office="Chairman",
            valid_from="2022",
            valid_to="2025-01-20",
            sources="late-page",
            known_from="2025-01-20",
            derived="no",
            supersedes="sudani-chair",
        ),
    ],
    "events": [
        dict(
            id="call",
            date="2024-12-03",
            precision="day",
            themes="isis-threat",
            countries="IRQ",
            label="Call",
            summary="Al-Sudani warned <b>everybody</b> on the *phone*.",
            actors="sudani",
            kind="statement",
            importance="1",
            credibility="2",
            sources="late-page",
            known_from="2024-12-03",
            derived="no",
        ),
        dict(
            id="count",
            date="2024-11",
            precision="month",
            themes="isis-threat",
            countries="SYR",
            place="camp",
            label="Count",
            summary="The camp was counted.",
            actors="sharaa",
            kind="estimate",
            importance="2",
            credibility="3",
            sources="camp-page",
            known_from="2024-11-30",
            derived="yes",
        ),
        dict(
            id="speech",
            date="2025-01-20",
            precision="day",
            themes="isis-threat",
            countries="SYR",
            label="Speech",
            summary="Al-Sharaa spoke.",
            actors="sharaa",
            kind="statement",
            importance="1",
            credibility="2",
            sources="late-page",
            known_from="2025-01-20",
            derived="no",
        ),
    ],
    "issues": [
        dict(id="talk", themes="isis-threat", question="Should they talk?", low="no", high="yes"),
        dict(id="later-issue", themes="isis-threat", question="Known later?", low="no", high="yes"),
    ],
    "positions": [
        dict(
            id="sudani-talk",
            actor="sudani",
            issue="talk",
            stance="1",
            words="for talks",
            date="2024-12-03",
            precision="day",
            sources="late-page",
            known_from="2024-12-03",
            derived="no",
        ),
        dict(
            id="sharaa-later",
            actor="sharaa",
            issue="later-issue",
            stance="1",
            words="yes",
            date="2025-01-20",
            precision="day",
            sources="late-page",
            known_from="2025-01-20",
            derived="no",
        ),
    ],
    "ties": [
        dict(
            id="tie",
            source_actor="sudani",
            target_actor="sharaa",
            sign="1",
            kind="talks",
            summary="They talk.",
            sources="camp-page",
            known_from="2024-11-30",
            derived="no",
        ),
    ],
    "measures": [
        dict(
            id="people",
            title="People in the camp",
            unit="residents",
            definition="All",
            themes="isis-threat",
            kind="stock",
            silent="Nobody counted in winter.",
        ),
        dict(
            id="later-measure",
            title="Counted later",
            unit="residents",
            definition="All",
            themes="isis-threat",
            kind="stock",
            silent="Nobody counted in winter.",
        ),
    ],
    "series": [
        dict(
            id="people-1",
            measure="people",
            date="2024-10",
            precision="month",
            best="40000",
            sources="camp-page",
            known_from="2024-11-01",
            derived="no",
        ),
        dict(
            id="people-2",
            measure="people",
            date="2024-11-20",
            precision="day",
            low="38000",
            high="39500",
            sources="camp-page",
            known_from="2024-11-30",
            derived="no",
        ),
        dict(
            id="later-1",
            measure="later-measure",
            date="2025-01-20",
            precision="day",
            best="5",
            sources="late-page",
            known_from="2025-01-20",
            derived="no",
        ),
    ],
    "presets": [
        dict(theme="isis-threat", id="all", label="Everything"),
        dict(theme="isis-threat", id="camps", label="The camps", places="camp"),
        dict(theme="isis-threat", id="damascus", label="Damascus", actors="sharaa"),
    ],
    "glossary": [
        dict(
            id="camp-term",
            term="Camp",
            definition="A place to live in.",
            themes="isis-threat",
            sources="camp-page",
            known_from="2024-11-01",
        ),
    ],
}


def write_package(folder, rows):
    """A data folder with the project's schemas and base map, and the given rows; its evidence closes on `CLOSED`."""
    folder.mkdir(parents=True, exist_ok=True)
    package = re.sub(r'("cutOff": )"[^"]*"', rf'\1"{CLOSED}"', (DATA / "datapackage.json").read_text(encoding="utf-8"))
    (folder / "datapackage.json").write_text(package, encoding="utf-8")
    shutil.copytree(DATA / "geo", folder / "geo", dirs_exist_ok=True)
    for resource in json.loads(package)["resources"]:
        if "schema" not in resource:
            continue
        columns = [field["name"] for field in resource["schema"]["fields"]]
        with (folder / f"{resource['name']}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows.get(resource["name"], []))
    refresh(folder)
    return folder


def with_regimes():
    """`sound_rows` and, under its share-alike licence, an index of two years, one of them known late."""
    rows = sound_rows()
    paper = next(row for row in rows["sources"] if row["id"] == "camp-page")
    rows["sources"].append({**paper, "id": "index-page", "publisher": "Index", "licence": "CC BY-SA 4.0"})
    rows["measures"].append(
        dict(id="index", title="Index", unit="index", definition="0 to 1", kind="estimate", silent="Never.")
    )
    shared = dict(measure="index", precision="year", low="0.1", best="0.2", high="0.3", sources="index-page")
    shared["derived"] = "yes"
    known = {"2022": "2023-07-01", "2023": "2024-12-15"}
    rows["regimes"] = [dict(shared, id=f"index-{year}", date=year, known_from=day) for year, day in known.items()]
    return rows


def sound_rows():
    """A copy of `ROWS` that a test may break, with the four focuses that each theme needs: no fault in it."""
    labels = {"all": "Everything", "camps": "The camps", "damascus": "Damascus", "baghdad": "Baghdad"}
    focuses = [dict(theme=theme, id=id, label=label) for theme in THEMES for id, label in labels.items()]
    return {**copy.deepcopy(ROWS), "presets": focuses}


PARAMETERS = """\
as_of: str = "2025-05-31"  # information cut-off
since: str = "2024-11-27"  # where recent events begin
focus: str = "all"  # a focus of the theme
scale: str = "icd203"  # likelihood scale
actors: list[str] = []  # actor ids
places: list[str] = []  # place ids
grade: str = "F"  # worst source shown
counting: str = "all"  # counting rule"""


def small_notebook(theme, *cells, parameters=PARAMETERS):
    """A notebook with the head that every theme has, then code cells given as (id, source)."""
    code = nbformat.v4.new_code_cell
    head = [
        nbformat.v4.new_markdown_cell("# A question?", id="title"),
        code("from dossier import headline, load, say", id="setup", metadata={"tags": ["setup"]}),
        code(parameters, id="parameters", metadata={"tags": ["parameters"]}),
        code(f'view = load(as_of).view("{theme}", focus)', id="load"),
        code(
            'headline("The finding of {day}", day=view.as_of)',
            id="headline",
            metadata={"tags": ["brief"], "dossier": {"section": "headline"}},
        ),
        code(
            'say("Seen by {day}: {n} events.", day=view.as_of, n=len(view.events))',
            id="bottom-line",
            metadata={"tags": ["brief"], "dossier": {"section": "bottom-line"}},
        ),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return nbformat.v4.new_notebook(cells=[*head, *(code(source, id=id) for id, source in cells)], metadata=kernel)


SECTION_CELLS = {
    "cut-off": 'cut_off_block(view, leaves_out="trials")',
    "chart": "draw_timeline(view)",
    "changed": "changed(view)",
    "evidence": "key_evidence(view)",
    "references": "references(view)",
}


def sound_notebook(theme):
    """A small notebook with all that a theme needs: no fault in it."""
    notebook = small_notebook(theme, *SECTION_CELLS.items())
    notebook.cells[0].source += "\n\nTeach, Explore or Read."
    for cell in notebook.cells[6:]:
        cell.metadata.update(tags=["brief"], dossier={"section": cell.id})
    for cell in notebook.cells[4:]:
        cell.metadata.jupyter = {"source_hidden": True}
    explorer = nbformat.v4.new_code_cell("explore(draw_timeline, view)", id="explorer")
    explorer.metadata.tags = ["interactive"]
    notebook.cells.insert([cell.id for cell in notebook.cells].index("chart"), explorer)
    return notebook


class ProjectCopy:
    """The library, the data and four small notebooks in a folder of their own, run as a user would."""

    def __init__(self, folder):
        self.folder = folder
        for name in ("lib", "data"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "requirements.lock", folder)
        (folder / "notebooks").mkdir()
        for theme in ("baathist-legacy", "border-security", "pmu-debate", "isis-threat"):
            self.write(theme)

    def write(self, theme, *cells, **parts):
        """Replace the notebook of a theme by a small one."""
        nbformat.write(small_notebook(theme, *cells, **parts), self.folder / "notebooks" / f"{theme}.ipynb")

    def run(self, *arguments, env=()):
        """`dossier ARGUMENTS` in the copy, with `env` added to the environment; a CompletedProcess with text."""
        own = {"PYTHONPATH": str(self.folder / "lib"), "DOSSIER_CACHE": str(self.folder / "cache")}
        env = {**os.environ, **own, **dict(env)}
        command = [sys.executable, "-m", "dossier", *map(str, arguments)]
        return subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, timeout=300)

    def manifest(self, out="exports"):
        """The items of the manifest that the last build wrote."""
        return json.loads((self.folder / out / "manifest.json").read_text(encoding="utf-8"))["items"]
