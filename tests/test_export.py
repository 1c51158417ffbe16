"""One briefing into its files."""

from types import SimpleNamespace

import nbformat
import pytest
from dossier import export
from dossier.execute import ExecutionError
from dossier.request import from_command_line
from samples import small_notebook


@pytest.fixture
def briefing():
    """The ISIS briefing of 10 December 2024, with a focus."""
    (found,) = from_command_line(["isis-threat"], ["2024-12-10"], ["focus=badia-desert"], [], [])
    return found


def exporter(briefing, *cells):
    """An exporter over a small notebook."""
    return export.Exporter(briefing, nbformat.writes(small_notebook("isis-threat", *cells)).encode())


def test_one_execution_serves_every_edition_and_format(briefing, monkeypatch):
    """Editions and formats are cut from the same executed notebook."""
    runs = []
    whole = export.execute
    monkeypatch.setattr(export, "execute", lambda *arguments: runs.append(1) or whole(*arguments))
    maker = exporter(briefing)
    for edition in ("brief", "student"):
        for format in ("html", "pdf"):
            assert maker.files(edition, format)
    assert len(runs) == 1


def test_failure_is_not_tried_again(briefing, monkeypatch):
    """A notebook that raises is executed once, and each item reports the same error."""
    runs = []

    def fail(*_):
        runs.append(1)
        raise ExecutionError("isis-threat.ipynb, cell 7 (x): no")

    monkeypatch.setattr(export, "execute", fail)
    maker = exporter(briefing)
    for format in ("html", "pdf"):
        with pytest.raises(export.ExportError, match="cell 7"):
            maker.files("brief", format)
    assert len(runs) == 1


def test_figure_without_a_file_of_its_own_fails_its_exports(briefing):
    """Two figures of one name are an error of page and paper that names the second; the notebook is still made."""
    draw = "from dossier import draw_timeline; draw_timeline(view)"
    maker = exporter(briefing, ("one", draw), ("two", draw))
    for format in ("html", "pdf"):
        with pytest.raises(export.ExportError, match=rf"_student\.{format}: ValueError: cell two: figure 'timeline-"):
            maker.files("student", format)
    assert maker.files("student", "ipynb")


def test_command_makes_the_briefing_again(briefing):
    """The printed command, read as a command line, asks for the same briefing."""
    import shlex

    words = shlex.split(export.command_line(briefing, "student"))
    assert words == "dossier build isis-threat --as-of 2024-12-10 -p focus=badia-desert --edition student".split()


def test_notebook_needs_no_execution(briefing, monkeypatch):
    """A runnable notebook is cut from the source: no kernel starts for it."""
    monkeypatch.setattr(export, "execute", None)
    files = exporter(briefing).files("student", "ipynb")
    name, content = next(iter(files.items()))
    assert name == "isis-threat_2024-12-10_student.ipynb"
    assert "focus: str = 'badia-desert'" in nbformat.reads(content.decode(), as_version=4).cells[2].source


@pytest.mark.parametrize("edition", ["brief", "student"])
def test_notebook_that_cannot_run_is_not_handed_out(edition, briefing):
    """A cell that is not Python fails the notebook of each edition, in one line that names it."""
    with pytest.raises(export.ExportError) as error:
        exporter(briefing, ("chart", "1 + 1"), ("broken", "x = 1\ny = (")).files(edition, "ipynb")
    assert str(error.value) == (
        "isis-threat.ipynb, cell 8 (broken): line 2 is not Python: '(' was never closed; "
        "right: code that can be parsed, without magics"
    )


@pytest.mark.parametrize("format", ["html", "ipynb"])
def test_what_is_no_notebook_is_named(format, briefing):
    """A source that nbformat cannot read fails as an export does."""
    with pytest.raises(
        export.ExportError, match=r"^isis-threat\.ipynb: not a notebook: NotJSONError: .*; right: a note"
    ):
        export.Exporter(briefing, b"no notebook").files("brief", format)


@pytest.mark.parametrize("part", ["_runnable", "_beside"])
def test_any_error_is_a_failed_export(part, briefing, monkeypatch):
    """What goes wrong in the notebook, or in the files beside a page, is one line that names the export."""

    def fail(*_):
        raise ValueError("no\nway")

    monkeypatch.setattr(export.Exporter, part, fail)
    format = "ipynb" if part == "_runnable" else "html"
    with pytest.raises(export.ExportError, match=rf"^isis-threat_2024-12-10_brief\.{format}: ValueError: no way$"):
        exporter(briefing).files("brief", format)


def test_runnable_notebook_holds_no_cell_of_a_later_day(briefing):
    """A cell that presupposes what became known later is in no notebook with an earlier cut-off."""
    notebook = small_notebook("isis-threat")
    for id, day in [("later", "2025-01-20"), ("earlier", "2024-12-08")]:
        metadata = {"dossier": {"known_from": day}}
        notebook.cells.append(nbformat.v4.new_markdown_cell(f"Words of {id}", id=id, metadata=metadata))
    maker = export.Exporter(briefing, nbformat.writes(notebook).encode())
    text = next(iter(maker.files("student", "ipynb").values())).decode()
    assert "Words of earlier" in text and "Words of later" not in text


def test_what_all_briefings_need_is_made_ready_once(monkeypatch):
    """The first briefing of a process makes page, paper and references ready; the next ones make nothing ready."""
    made = []
    monkeypatch.setattr(export, "_unprepared", [lambda: made.append("ready")])
    monkeypatch.setattr(export, "Thread", lambda target, daemon: SimpleNamespace(start=target))
    for _ in range(3):
        export.prepare()
    assert made == ["ready"]
