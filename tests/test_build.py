"""Exports and manifest."""

import hashlib
import os

import pytest
from dossier import build


def test_manifest_tells_what_was_written(project):
    """Each item has the hash and size of its file; items are sorted; nothing of the clock is in them."""
    run = project.run("build", "isis-threat", "--as-of", "2025-05-31", "--as-of", "2024-12-10", "--format", "html")
    assert run.returncode == 0, run.stderr
    items = project.manifest()
    assert [(i["parameters"]["as_of"], i["edition"]) for i in items] == [
        ("2024-12-10", "brief"),
        ("2024-12-10", "student"),
        ("2025-05-31", "brief"),
        ("2025-05-31", "student"),
    ]
    for item in items:
        content = (project.folder / "exports" / item["path"]).read_bytes()
        assert (item["sha256"], item["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))
        assert list(item) == [
            "theme",
            "parameters",
            "edition",
            "format",
            "path",
            "sha256",
            "bytes",
            "status",
            "error",
        ]


def test_page_holds_what_was_computed(project):
    """The export shows the number that the cell computed, for its cut-off."""
    project.run("build", "isis-threat", "--as-of", "2024-12-10", "--edition", "brief", "--format", "html")
    page = (project.folder / "exports/isis-threat/2024-12-10/isis-threat_2024-12-10_brief.html").read_text(
        encoding="utf-8"
    )
    assert "The finding of 10 December 2024" in page and "Seen by 10 December 2024:" in page
    assert "31 May 2025" not in page


def test_index_leads_to_every_export(project):
    """Beside the manifest is a page with a link to each export; a build in which nothing changed leaves it alone."""
    build = ("build", "isis-threat", "--as-of", "2024-12-10", "--format", "html", "--format", "ipynb")
    project.run(*build)
    page = project.folder / "exports" / "index.html"
    html, written = page.read_text("utf-8"), page.stat().st_mtime_ns
    assert [item["path"] for item in project.manifest() if f'href="{item["path"]}" data-format' not in html] == []
    assert "The finding of 10 December 2024</a></h4>" in html and len(project.manifest()) == 4
    project.run(*build)
    assert {item["status"] for item in project.manifest()} == {"cached"} and page.stat().st_mtime_ns == written


def test_killed_worker_is_reported_and_ends_the_build(project):
    """A worker that dies costs its briefing and those not started; the manifest says so for each."""
    execute = project.folder / "lib" / "dossier" / "execute.py"
    execute.write_text(
        execute.read_text("utf-8") + "\n\ndef execute(*_):\n    import os\n\n    os.kill(os.getpid(), 9)\n", "utf-8"
    )
    run = project.run("build", "isis-threat", "pmu-debate", "--edition", "brief", "--format", "html", "--jobs", "1")
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert [item["error"][:27] for item in project.manifest()] == ["a worker process was killed"] * 2


def test_write_leaves_the_old_file_when_it_fails(tmp_path, monkeypatch):
    """A write that is interrupted leaves the old file and no scrap."""
    path = tmp_path / "page.html"
    build.write(path, b"old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        build.write(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]
