"""The benchmark: what it measures is what it says, and its page says what was measured."""

import sys

import nbformat
import pytest
from dossier.project import ROOT, notebook_path

sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))
floor, peers, report = (pytest.importorskip(name) for name in ("floor", "peers", "report"))


def run(cli, cold, rebuilt=2):
    """A run in which the peers took `cli` seconds for one briefing and a batch of 8 took `cold`."""
    spent = {"cli": cli, "cli one": cli, "process": cli / 2, "process twice": 0.9 * cli}
    spent |= {"one": 2, "cold": cold, "changed": 1, "unchanged": 0.5}
    measured = {name: {"wall": wall, "cpu": wall, "memory": 100} for name, wall in spent.items()}
    over = {"execution": 0.5, "file": 0.1, "start": 4}
    return measured | {"overhead": over, "files": 32, "rebuilt": [["a", "b"]] * rebuilt, "theme": "a", "day": "b"}


def test_the_floor_draws_every_figure_of_a_lesson():
    """Its cells are those of the notebook on that day: as many figures as an execution leaves, none of them empty."""
    notebook = nbformat.read(notebook_path("isis-threat"), as_version=4)
    early = floor.run_cells(notebook, {"as_of": "2024-11-27"})
    assert 3 <= early <= floor.run_cells(notebook, {"as_of": "2026-04-30"})


def test_peers_get_the_cells_of_the_edition():
    """A student gets no solution, a brief only what is tagged for it."""
    tags = ([], ["brief"], ["solution"], ["instructor"])
    cells = [nbformat.v4.new_markdown_cell(str(tag), metadata={"tags": tag}) for tag in tags]
    notebook = nbformat.v4.new_notebook(cells=cells)
    assert [cell.source for cell in peers.edition(notebook, "student").cells] == ["[]", "['brief']"]
    assert [cell.source for cell in peers.edition(notebook, "brief").cells] == ["['brief']"]


def test_the_page_scales_the_peers_and_gives_the_spread():
    """Peers that made a briefing or two stand for the batch; each figure has its median, least and most."""
    page = report.page({"dates": 2, "cores": 2, "runs": [run(10, 4), run(20, 5), run(300, 6)], "memory": [[25, 240.4]]})
    assert "8 executions, 32 files, on 2 cores" in page
    assert (
        "| papermill and `jupyter nbconvert`, a process each | 160 (80-2,400) | 160 (80-2,400) | 100 (100-100) |"
        in page
    )
    assert "| papermill and nbconvert in one process | 66 (33-990) |" in page
    assert "| the batch from nothing, than a process each | 32 (20-400) |" in page
    assert "one changed row: 2." in page and "| 25 | 240 |" in page
