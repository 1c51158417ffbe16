"""The parameters cell and what may be given for it."""

import pytest
from dossier.data import cut_off
from dossier.errors import RequestError
from dossier.parameters import declared, from_text, resolve
from samples import PARAMETERS, small_notebook


def test_declared_reads_type_default_and_comment():
    """An annotated literal with a comment becomes a parameter with help."""
    parameter = declared(small_notebook("isis-threat"), "x.ipynb")["actors"]
    assert (parameter.type, parameter.default, parameter.help) == ("list[str]", [], "actor ids")


@pytest.mark.parametrize("tagged", [0, 2])
def test_other_than_one_parameters_cell_is_refused(tagged):
    """A notebook without exactly one parameters cell cannot be built."""
    notebook = small_notebook("isis-threat")
    cell = notebook.cells.pop(2)
    notebook.cells.extend([cell] * tagged)
    with pytest.raises(RequestError, match=rf"x\.ipynb: {tagged} cells are tagged `parameters`"):
        declared(notebook, "x.ipynb")


@pytest.mark.parametrize(
    "line",
    ["as_of = '2025-05-31'", "n: int = 1 + x", "d: dict = {}", "a: str", "print('x')", "a.b: int = 1", "n: int = {[]}"],
)
def test_only_typed_literals_are_parameters(line):
    """A computed, untyped or oddly typed line in the parameters cell is refused and shown."""
    with pytest.raises(RequestError, match="right:"):
        declared(small_notebook("isis-threat", parameters=line), "x.ipynb")


def test_parameters_that_are_not_python_are_refused():
    """A quote that is not closed is a refusal with notebook, cell and line."""
    source = PARAMETERS.replace('"all"  # a focus', '"all  # a focus')
    with pytest.raises(RequestError) as refusal:
        declared(small_notebook("isis-threat", parameters=source), "x.ipynb")
    assert str(refusal.value).startswith("x.ipynb, cell 3 (parameters): line 3 is not Python: unterminated string")
    assert str(refusal.value).endswith("right: code that can be parsed, without magics")


def test_text_is_json_where_that_fits_the_type():
    """A list is written as JSON; a text stays text even when it looks like a number."""
    parameters = declared(small_notebook("x", parameters=PARAMETERS + "\nn: int = 1  # count"), "x.ipynb")
    assert from_text(parameters["actors"], '["iran"]') == ["iran"]
    assert from_text(parameters["focus"], "12") == "12"
    assert from_text(parameters["n"], "12") == 12
    assert from_text(parameters["n"], "twelve") == "twelve"


def test_resolve_fills_in_the_defaults():
    """What is not given is as the notebook declares it."""
    values = resolve("isis-threat", {"as_of": "2024-12-10"})
    assert (values["as_of"], values["focus"], values["actors"]) == ("2024-12-10", "all", [])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"focuss": "x"}, ["unknown parameter 'focuss'", "Did you mean 'focus'", "valid: as_of, since, focus"]),
        ({"focus": 3}, ["focus is 3, a int", "type str"]),
        ({"actors": "iran"}, ["actors is 'iran'", "type list[str]"]),
        ({"actors": [1]}, ["actors is [1]", "type list[str]"]),
        ({"as_of": "2099-01-01"}, ["outside the evidence", f"2024-11-27 to {cut_off()}"]),
        ({"as_of": "1 May 2025"}, ["YYYY-MM-DD"]),
        ({"focus": "everything"}, ["unknown focus 'everything'", "valid: all"]),
        ({"focus": ""}, ["unknown focus ''"]),
        ({"grade": "Z"}, ["unknown grade 'Z'"]),
        ({"since": "2025-01-01", "as_of": "2024-12-10"}, ["since: 2025-01-01 is after the information cut-off"]),
    ],
)
def test_wrong_parameter_is_refused_with_what_would_be_right(given, words):
    """Name, type, range and focus are checked before anything runs; a refusal is six lines at most."""
    with pytest.raises(RequestError) as refusal:
        resolve("isis-threat", given)
    assert all(word in str(refusal.value) for word in words), str(refusal.value)
    assert len(str(refusal.value).splitlines()) <= 6
