"""One execution."""

import os

import pytest
from dossier.execute import ExecutionError, execute
from dossier.kernels import Client
from dossier.prose import MIME
from dossier.reads import FILE
from samples import PARAMETERS, small_notebook


def values():
    """The defaults of the small notebook with another cut-off."""
    space = {}
    exec(PARAMETERS, space)
    return {name: space[name] for name in ("since", "focus")} | {"as_of": "2024-12-10"}


def test_parameters_reach_the_cells():
    """A cell computes with the value that was given, not with the default."""
    done = execute(small_notebook("isis-threat"), "isis-threat", values())
    prose = [o["data"][MIME] for cell in done.cells for o in cell.get("outputs", []) if MIME in o.get("data", {})]
    assert prose[0]["values"]["day"] == "10 December 2024"


def test_explorers_are_not_executed():
    """No export shows an explorer, so a build does not run it; the cells after it run."""
    book = small_notebook("isis-threat", ("explorer", "1 / 0"), ("after", "6 * 7"))
    book.cells[-2].metadata.tags = ["interactive"]
    done = execute(book, "isis-threat", values())
    assert done.cells[-2].outputs == [] and done.cells[-1].outputs[0]["data"]["text/plain"] == "42"


def test_failure_names_notebook_cell_and_error():
    """An error is one line: notebook, number and id of the cell, error."""
    with pytest.raises(ExecutionError) as error:
        execute(small_notebook("isis-threat", ("chart", "{}['x']")), "isis-threat", values())
    assert str(error.value) == "isis-threat.ipynb, cell 7 (chart): KeyError: 'x'"


def test_cell_in_which_the_kernel_dies_is_named():
    """Also where no error came back, the line says in which cell the execution ended."""
    with pytest.raises(ExecutionError) as error:
        execute(small_notebook("isis-threat", ("dies", "import os; os._exit(1)"), ("on", "1")), "isis-threat", values())
    assert str(error.value) == "isis-threat.ipynb, cell 7 (dies): the kernel died"


def test_kernel_that_does_not_answer_is_a_failed_execution(monkeypatch):
    """It is one line, and an outcome that the exports of a briefing share: none waits for another kernel."""

    async def never(*_, **__):
        raise RuntimeError("the kernel did not answer in 60 s")

    monkeypatch.setattr(Client, "wait_for_ready", never)
    with pytest.raises(ExecutionError) as error:
        execute(small_notebook("isis-threat"), "isis-threat", values())
    assert str(error.value) == "isis-threat.ipynb: the kernel did not answer in 60 s"


def test_record_of_what_was_read_comes_along():
    """The executed notebook says which questions it asked, with hashes, and which rows it was given."""
    record = execute(small_notebook("isis-threat"), "isis-threat", values()).metadata["dossier"]
    assert ["2024-12-10", "view", "isis-threat", "all"] in [question[:4] for question, _ in record["questions"]]
    assert "events" in [question[-1] for question, _ in record["questions"]]
    assert ["Events", "assad-falls"] in [row[:2] for row in record["rows"]]
    assert FILE not in os.environ


def test_what_a_build_runs_is_not_in_the_history_of_its_user():
    """IPython, which keeps what is typed, keeps no cell of a notebook that a build runs."""
    book = small_notebook("isis-threat", ("last", "get_ipython().history_manager.enabled"))
    done = execute(book, "isis-threat", values())
    assert done.cells[-1].outputs[0]["data"]["text/plain"] == "False"
