"""The three lists of dependencies say the same."""

import ast
import re
import sys
import tomllib

import yaml
from dossier.project import ROOT

CONDA = {"matplotlib-base": "matplotlib", "nbconvert-core": "nbconvert"}  # conda's names of the same, without extras


def requirements():
    """name -> lowest version, as pyproject.toml asks for run and test."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    return dict(requirement.split(">=") for requirement in wanted)


def locked():
    """name -> versions in requirements.lock."""
    found = {}
    for name, version in re.findall(r"(?m)^([\w.-]+)==([\w.]+)", lock_text()):
        found.setdefault(name, []).append(version)
    return found


def lock_text():
    """requirements.lock as it stands."""
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


def number(version):
    """A version to compare: its first two numbers."""
    return tuple(int(part) for part in version.split(".")[:2])


def test_lock_holds_every_requirement_new_enough():
    """Each direct dependency is locked at a version that pyproject.toml allows."""
    for name, lowest in requirements().items():
        assert name in locked(), name
        assert all(number(version) >= number(lowest) for version in locked()[name]), name


def test_lock_has_hashes_and_no_address():
    """Each locked package has hashes, and the file names no host."""
    packages = re.split(r"(?m)^(?=[a-z])", lock_text())[1:]
    assert len(packages) > 50 and all("--hash=sha256:" in package for package in packages)
    assert not re.search(r"https?://|--index-url|--find-links|\.org|\.io\b", lock_text())


def imports(tree):
    """Top-level names that a module imports from elsewhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


def test_every_import_is_declared():
    """What the library imports is asked for by name, not left to come along with something else."""
    imported = {name for path in (ROOT / "lib").rglob("*.py") for name in imports(ast.parse(path.read_text("utf-8")))}
    homes = {"fontTools": "fonttools", "yaml": "pyyaml", "pypandoc": "pypandoc-binary"}
    come_with = dict.fromkeys(("bs4", "jinja2", "markupsafe", "traitlets"), "nbconvert")
    come_with |= {
        "jupyter_server": "jupyterlab",
        "ipykernel": "jupyterlab",
        "jupyter_client": "nbclient",
        "PIL": "matplotlib",
    }
    third = imported - set(sys.stdlib_module_names) - {"dossier"}
    assert {come_with.get(name, homes.get(name, name)) for name in third} - set(requirements()) == set()


def test_conda_asks_for_the_same():
    """environment.yml lists the same packages with the same lowest versions."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_pip = next(item["pip"] for item in listed if isinstance(item, dict))
    names = [item for item in [*listed, *by_pip] if isinstance(item, str) and ">=" in item]
    conda = dict(item.split(">=") for item in names)
    python = conda.pop("python")
    assert {CONDA.get(name, name): lowest for name, lowest in conda.items()} == requirements()
    assert f">={python}" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_stock_ignore_list_does_not_hide_the_library():
    """git tracks lib/: an ignore list copied from elsewhere would drop it without a word."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "lib/" not in lines and "lib" not in lines and "data/" not in lines
