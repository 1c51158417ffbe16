"""Fixtures that many tests share."""

import hostile
import pytest
from samples import ROWS, ProjectCopy, write_package


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
