"""Fixtures that many tests share."""

import os

import hostile
import pytest
from samples import ROWS, ProjectCopy, write_package


@pytest.fixture(scope="session", autouse=True)
def store_of_the_tests(tmp_path_factory):
    """Nothing is taken from the user's store, and nothing is left in it."""
    os.environ["DOSSIER_CACHE"] = str(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="session")
def evidence_folder(tmp_path_factory):
    """The tiny evidence package."""
    return write_package(tmp_path_factory.mktemp("evidence") / "data", ROWS)


@pytest.fixture(scope="session")
def hostile_exports(tmp_path_factory):
    """The folder with the exports of hostile evidence."""
    return hostile.build(tmp_path_factory.mktemp("hostile") / "project")


@pytest.fixture
def project(tmp_path):
    """A `ProjectCopy` in a temporary folder."""
    return ProjectCopy(tmp_path / "project")
