"""What the parameters cell of a notebook declares, and whether given values fit it.

The cell is read with `ast`: papermill's own inspection misses annotated literals, and it lets
unknown names and wrong types through with no more than a warning.
"""

import ast
import io
import json
import tokenize
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace

from .accepted import once
from .cells import parsed, place, read
from .data import check_as_of, load
from .editions import tags
from .errors import RequestError, listed, nearest
from .project import notebook_path
from .view import check_selection, presets

# What to show where the default is empty, or no example itself.
_EXAMPLES = {"str": "all", "int": 1, "float": 0.5, "bool": True, "list[str]": ["iran", "pmu"]}
_TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list[str]": list}


@dataclass(frozen=True)
class Parameter:
    """One declared parameter: its type as written, its default and the comment beside it."""

    name: str
    type: str
    default: object
    help: str


def declared(notebook, where):
    """name -> `Parameter` of a notebook (nbformat node); RequestError when its parameters cell is not one."""
    found = [(number, cell) for number, cell in enumerate(notebook.cells, start=1) if "parameters" in tags(cell)]
    if len(found) != 1:
        raise RequestError(
            f"{where}: {len(found)} cells are tagged `parameters`\nright: exactly one, with typed literals"
        )
    [(number, cell)] = found
    tree = parsed(cell.source, place(where, number, cell))
    comments = _comments(cell.source)
    return {p.name: p for p in (_declaration(node, comments, where) for node in tree.body)}


def _comments(source):
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}


def _declaration(node, comments, where):
    line = ast.unparse(node)
    named = isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    if not named or ast.unparse(node.annotation) not in _TYPES:
        raise RequestError(
            f"{where}: parameters cell: {line!r}\nright: name: TYPE = literal, TYPE one of {listed(_TYPES)}"
        )
    try:
        default = ast.literal_eval(node.value)
    except (ValueError, TypeError):  # TypeError: a set of lists, say
        raise RequestError(f"{where}: parameters cell: {line!r}\nright: a literal, nothing computed") from None
    return Parameter(node.target.id, ast.unparse(node.annotation), default, comments.get(node.lineno, ""))


def stored(theme):
    """name -> `Parameter` of the stored notebook of a theme; RequestError when there is none or it cannot be read."""
    path = notebook_path(theme)
    try:
        return _stored(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise RequestError(f"{path.name}: no such notebook in {path.parent.name}/") from None


@lru_cache
def _stored(path, changed):
    return declared(SimpleNamespace(cells=read(path)), path.name)


def from_text(parameter, text):
    """The value that `-p NAME=TEXT` means: JSON where that fits the declared type, else the text itself."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if fits(parameter, value) else text


def resolve(theme, given):
    """All parameters of a theme with `given` values in place of defaults, checked against the evidence.

    RequestError names the parameter, the value, what would be right and the nearest valid name.
    """
    parameters = stored(theme)
    for name in given:
        if name not in parameters:
            raise RequestError(
                f"{theme}: unknown parameter {name!r}.{nearest(name, parameters)}\nvalid: {listed(parameters)}"
            )
    values = {name: given.get(name, parameter.default) for name, parameter in parameters.items()}
    for name, value in values.items():
        _check_type(theme, parameters[name], value)
    once(lambda: _check_evidence(theme, values), theme, values)
    return values


def fits(parameter, value):
    """Whether a value, or the default, is of the declared type."""
    wanted = _TYPES[parameter.type]
    if wanted is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if wanted is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return type(value) is wanted


def _check_type(theme, parameter, value):
    if not fits(parameter, value):
        good = parameter.default if fits(parameter, parameter.default) else None
        example = json.dumps(good or _EXAMPLES[parameter.type])
        raise RequestError(
            f"{theme}: {parameter.name} is {value!r}, a {type(value).__name__}\n"
            f"right: a value of type {parameter.type}, such as {example}"
        )


def _check_evidence(theme, values):
    selection = {name: values[name] for name in ("since", "actors", "places", "grade", "counting", "scale")}
    try:
        evidence = load(check_as_of(values["as_of"]))
        check_selection(evidence, theme, values["focus"], **selection)
    except RequestError as error:
        raise RequestError(f"{theme}: {error}") from None


def choices(theme, name):
    """What a parameter of a theme can be, in words, for `dossier list`; '' where any value of its type fits."""
    from .data import cut_off, first_as_of
    from .view import COUNTING, GRADES, SCALES

    fixed = {"grade": GRADES, "counting": COUNTING, "scale": SCALES}
    if name == "as_of":
        return f"{first_as_of()} to {cut_off()}"
    if name == "focus":
        return ", ".join(presets(load(cut_off()), theme))
    return ", ".join(fixed.get(name, ()))
