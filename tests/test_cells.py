"""What a stored notebook holds, and the refusal of what cannot be read."""

import json

import nbformat
import pytest
from dossier.cells import as_node, parsed, place, read
from dossier.errors import RequestError
from samples import small_notebook

RIGHT = "right: a notebook of nbformat 4, as JupyterLab saves it"


def raw(**parts):
    """The text of a small notebook with other parts."""
    return json.dumps({**json.loads(nbformat.writes(small_notebook("isis-threat"))), **parts})


def cell(**parts):
    """The text of a small notebook whose fourth cell has other parts."""
    cells = json.loads(raw())["cells"]
    cells[3].update(parts)
    return raw(cells=cells)


def test_cells_are_read_without_nbformat(tmp_path):
    """Id, metadata and source of each cell, whether its lines are stored as a list or as one text."""
    (tmp_path / "x.ipynb").write_text(cell(source="one = 1\ntwo = 2"))
    cells = read(tmp_path / "x.ipynb")
    assert [cell.id for cell in cells] == ["title", "setup", "parameters", "load", "headline", "bottom-line"]
    assert cells[2].metadata == {"tags": ["parameters"]} and cells[2].source.startswith('as_of: str = "2025-05-31"  #')
    assert cells[3].source == "one = 1\ntwo = 2"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("no notebook", "x.ipynb: not a notebook: not JSON: Expecting value: line 1 column 1 (char 0)"),
        ("", "x.ipynb: not a notebook: not JSON: Expecting value"),
        ("[]", "x.ipynb: not a notebook: JSON of another kind"),
        ("null", "x.ipynb: not a notebook: JSON of another kind"),
        ("{}", "x.ipynb: not a notebook of nbformat 4: nbformat is None"),
        (
            nbformat.v3.writes_json(nbformat.convert(small_notebook("isis-threat"), 3)),
            "x.ipynb: not a notebook of nbformat 4: nbformat is 3",
        ),
        (raw(nbformat="4"), "x.ipynb: not a notebook of nbformat 4: nbformat is '4'"),
        (raw(cells=None), "x.ipynb: not a notebook: without its list `cells` or its `metadata`"),
        (raw(metadata=[]), "x.ipynb: not a notebook: without its list `cells` or its `metadata`"),
        (raw(cells=[1]), "x.ipynb, cell 1: not a cell: wrong or no `cell_type`, `source` or `metadata`"),
        (cell(source=3), "x.ipynb, cell 4: not a cell"),
        (cell(cell_type="odd"), "x.ipynb, cell 4: not a cell"),
        (cell(metadata=[]), "x.ipynb, cell 4: not a cell"),
        (cell(metadata={"tags": None}), "x.ipynb, cell 4: not a cell"),
        (cell(metadata={"dossier": []}), "x.ipynb, cell 4: not a cell"),
    ],
)
def test_what_is_no_notebook_is_refused(text, what, tmp_path):
    """File and cell, what is wrong, and what would be right."""
    (tmp_path / "x.ipynb").write_text(text)
    with pytest.raises(RequestError) as refusal:
        read(tmp_path / "x.ipynb")
    assert str(refusal.value).startswith(what) and str(refusal.value).endswith(RIGHT)


def test_another_encoding_is_refused(tmp_path):
    """JSON is UTF-8."""
    (tmp_path / "x.ipynb").write_bytes(raw().replace("A question", "Caf\u00e9").encode("latin-1"))
    with pytest.raises(RequestError, match=r"x\.ipynb: not a notebook: not JSON: 'utf-8' codec can't decode"):
        read(tmp_path / "x.ipynb")


def test_whatever_nbformat_ends_in_is_one_line():
    """nbformat raises many kinds of errors; each is a refusal that names the notebook."""
    assert as_node(raw().encode(), "x.ipynb").cells[3].id == "load"
    for text in (cell(outputs=3), raw(nbformat="4"), "no notebook"):
        with pytest.raises(RequestError, match=r"x\.ipynb: not a notebook: \w+: .+\nright: a notebook of nbformat 4"):
            as_node(text.encode(), "x.ipynb")


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ('a = 1\nb = "x\n', "line 2 is not Python: unterminated string literal"),
        ("a = 1\nb = (", "line 2 is not Python: '(' was never closed"),
        ("%matplotlib inline", "line 1 is not Python: invalid syntax"),
        ("a = '\ud800'", "line 1 is not Python: 'utf-8' codec can't encode"),
    ],
)
def test_code_that_is_not_python_is_named(source, what):
    """Notebook, cell, line, what is wrong, and what would be right."""
    where = place("x.ipynb", 7, nbformat.v4.new_code_cell(id="chart"))
    with pytest.raises(RequestError) as refusal:
        parsed(source, where)
    assert str(refusal.value).startswith(f"x.ipynb, cell 7 (chart): {what}")
    assert str(refusal.value).endswith("\nright: code that can be parsed, without magics")
