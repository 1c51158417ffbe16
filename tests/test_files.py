"""Files that appear whole or not at all."""

import os

import pytest
from dossier.files import write


def test_write_leaves_the_old_file_when_it_fails(tmp_path, monkeypatch):
    """A write that is interrupted leaves the old file and no scrap."""
    path = tmp_path / "page.html"
    write(path, b"old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_write_makes_folders_and_keeps_to_the_umask(tmp_path):
    """A file of a build can be read by whoever may read other files of the user."""
    old = os.umask(0o027)
    try:
        write(tmp_path / "a" / "b.txt", b"x")
    finally:
        os.umask(old)
    assert (tmp_path / "a" / "b.txt").stat().st_mode & 0o777 == 0o640
