"""Exports and manifest."""

import hashlib
import os
import signal
import subprocess
import sys

from dossier import build, cache


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


def edit(project, table, old, new):
    """Change a table of the copy."""
    path = project.folder / "data" / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def statuses(project):
    """(theme, as_of, status) of the items of the last build."""
    return [(item["theme"], item["parameters"]["as_of"], item["status"]) for item in project.manifest()]


TWO = ("build", "isis-threat", "pmu-debate", "--as-of", "2024-12-10", "--edition", "brief", "--format", "html")


def test_unchanged_build_makes_nothing(project):
    """A second build finds everything, says why, and leaves the files as they are."""
    first = project.run(*TWO, "--explain")
    assert first.stdout.count("not built before") == 2
    path = project.folder / "exports" / project.manifest()[0]["path"]
    written = path.stat().st_mtime_ns
    second = project.run(*TWO, "--explain")
    assert second.stdout.count("unchanged") == 3 and "0 built, 2 unchanged" in second.stdout
    assert {status for *_, status in statuses(project)} == {"cached"}
    assert path.stat().st_mtime_ns == written


def test_lost_or_changed_export_is_put_back(project):
    """An export that was deleted or edited comes back from the store, byte for byte."""
    project.run(*TWO)
    paths = [project.folder / "exports" / item["path"] for item in project.manifest()]
    whole = [path.read_bytes() for path in paths]
    paths[0].unlink()
    paths[1].write_bytes(b"edited")
    project.run(*TWO)
    assert [path.read_bytes() for path in paths] == whole
    assert {status for *_, status in statuses(project)} == {"cached"}


def test_damaged_store_is_noticed_and_mended(project):
    """A kept page with another content is made again instead of being handed out."""
    project.run(*TWO)
    pages = {item["path"]: item["sha256"] for item in project.manifest()}
    for digest in pages.values():
        (project.folder / "cache" / "dossier-store" / "files" / digest[:2] / digest).write_bytes(b"rubbish")
    run = project.run(*TWO, "--out", "elsewhere", "--explain")
    assert run.stdout.count("not built before, or damaged") == 2
    assert {item["path"]: item["sha256"] for item in project.manifest("elsewhere")} == pages


def test_one_changed_row_rebuilds_what_read_it(project):
    """An event of one theme is edited: its briefing is made again and the reason names the row; the other is not."""
    project.write("pmu-debate", ("shown", 'say("{e}", e=view.event("sistani-fatwa"))'))
    project.run(*TWO)
    edit(project, "events", "us-strikes-isis-8-dec,2024-12-08,,day", "us-strikes-isis-8-dec,2024-12-08,2024-12-09,day")
    run = project.run(*TWO, "--explain")
    assert statuses(project) == [("isis-threat", "2024-12-10", "built"), ("pmu-debate", "2024-12-10", "cached")]
    assert "isis-threat_2024-12-10_brief.html: changed: events us-strikes-isis-8-dec" in run.stdout


def test_row_known_later_rebuilds_nothing(project):
    """A briefing of December does not depend on a figure of April."""
    project.run(*TWO)
    edit(project, "series", ",34068,", ",34069,")
    project.run(*TWO)
    assert {status for *_, status in statuses(project)} == {"cached"}


def test_force_makes_all_anew(project):
    """--force asks no store, and says so."""
    project.run(*TWO)
    run = project.run(*TWO, "--force", "--explain")
    assert run.stdout.count(": --force") == 2 and {status for *_, status in statuses(project)} == {"built"}


def test_other_paper_is_another_export(project):
    """A4 and Letter are kept apart under one name, and the page says how it was made."""
    command = ("build", "isis-threat", "--as-of", "2024-12-10", "--edition", "brief", "--format", "pdf")
    project.run(*command)
    [a4] = project.manifest()
    project.run(*command, "--paper", "letter")
    [letter] = project.manifest()
    assert letter["path"] == a4["path"] and letter["sha256"] != a4["sha256"] and letter["status"] == "built"
    project.run(*command)
    assert project.manifest()[0]["sha256"] == a4["sha256"] and project.manifest()[0]["status"] == "cached"


def test_runnable_notebook_is_kept_too(project):
    """An export that needs no execution is found again as well."""
    command = ("build", "isis-threat", "--as-of", "2024-12-10", "--format", "ipynb")
    project.run(*command)
    project.run(*command)
    assert {status for *_, status in statuses(project)} == {"cached"}


def test_first_build_of_a_fresh_copy_is_kept(project):
    """That Python puts its compiled modules beside the library, as it does by default, is no edit of it."""
    command = ("build", "isis-threat", "--as-of", "2024-12-10", "--edition", "brief", "--format", "html")
    run = project.run(*command, env={"PYTHONDONTWRITEBYTECODE": ""})
    assert (project.folder / "lib" / "dossier" / "charts" / "__pycache__").is_dir() and "edited" not in run.stderr
    project.run(*command)
    assert {status for *_, status in statuses(project)} == {"cached"}


def test_edit_during_a_build_does_not_reach_the_store(project):
    """A table that is edited while a cell runs: what is made from it is not served when the edit is taken back."""
    events = project.folder / "data" / "events.csv"
    text = events.read_text("utf-8")
    edit = f"from pathlib import Path; Path({str(events)!r}).write_text('edited', 'utf-8')"
    project.write("isis-threat", ("edits", edit))
    command = ("build", "isis-threat", "--as-of", "2024-12-10", "--edition", "brief", "--format", "html")
    run = project.run(*command)
    assert run.returncode == 0 and "were edited during the build" in run.stderr
    events.write_text(text, "utf-8")
    project.write("isis-threat")
    project.run(*command)
    assert {status for *_, status in statuses(project)} == {"built"}
    project.run(*command)
    assert {status for *_, status in statuses(project)} == {"cached"}


def test_folder_that_cannot_be_written_costs_only_its_own_briefing(project):
    """A file stands where a briefing's folder should be: that one fails with the path, the rest is made and listed."""
    (project.folder / "exports").mkdir()
    (project.folder / "exports" / "isis-threat").write_text("mine")
    run = project.run("build", "isis-threat", "pmu-debate", "--edition", "brief", "--format", "html")
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert {item["theme"]: item["status"] for item in project.manifest()} == {
        "isis-threat": "failed",
        "pmu-debate": "built",
    }
    assert "Not a directory" in run.stderr and "exports/isis-threat" in run.stderr


def test_manifest_that_cannot_be_written_is_a_failure(project):
    """A folder stands where the manifest should be: what was built is told, then that, and the exit code is 1."""
    (project.folder / "exports" / "manifest.json").mkdir(parents=True)
    run = project.run("build", "isis-threat", "--edition", "brief", "--format", "html")
    assert run.returncode == 1 and "1 built" in run.stdout and "Traceback" not in run.stderr
    assert "manifest.json; neither manifest nor index tell" in run.stderr


def test_store_may_be_named_from_where_one_stands(project):
    """With a relative path of the store kernels keep their pictures in the same place."""
    project.write("isis-threat", ("figure", "from dossier import draw_timeline\ndraw_timeline(view)"))
    project.run("build", "isis-threat", "--edition", "brief", "--format", "html", env={"DOSSIER_CACHE": "mine"})
    assert {path.name for path in (project.folder / "mine" / "dossier-store").iterdir()} >= {
        "item",
        "pictures",
        "words",
    }


def test_processes_of_another_executor_share_the_work(project, tmp_path):
    """Two briefings are made in processes that somebody else has started."""
    code = (
        "import multiprocessing, sys\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "from dossier.build import build\n"
        "from dossier.progress import Progress\n"
        "from dossier.request import from_command_line\n"
        "if __name__ == '__main__':\n"
        "    briefings = from_command_line(['isis-threat', 'pmu-debate'], [], [], ['brief'], ['html'])\n"
        "    pool = ProcessPoolExecutor(2, multiprocessing.get_context('spawn'))\n"
        "    made = build(briefings, 'exports', Progress(2, True), jobs=2, executor=pool)\n"
        "    print(*(entry['status'] for entry in made))\n"
    )
    (tmp_path / "others.py").write_text(code)
    env = {**os.environ, "PYTHONPATH": str(project.folder / "lib"), "DOSSIER_CACHE": str(project.folder / "cache")}
    run = subprocess.run(
        [sys.executable, tmp_path / "others.py"],
        cwd=project.folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.stdout.split() == ["built", "built"], run.stderr


def test_two_builds_at_once_share_a_store(project):
    """Builds that run side by side both end well, with the same bytes."""
    env = {**os.environ, "PYTHONPATH": str(project.folder / "lib"), "DOSSIER_CACHE": str(project.folder / "cache")}
    command = [sys.executable, "-m", "dossier", *TWO, "--jobs", "1", "--out"]
    runs = [subprocess.Popen([*command, out], cwd=project.folder, env=env) for out in ("one", "two")]
    assert [run.wait(timeout=300) for run in runs] == [0, 0]
    one, two = ([item["sha256"] for item in project.manifest(out)] for out in ("one", "two"))
    assert one == two and len(one) == 2


def test_interrupted_build_keeps_what_is_done_and_goes_on(project):
    """Ctrl-C ends with 130 after what is under way; the manifest names what was not started; a second build goes on."""
    days = [f"--as-of=2024-12-{day:02}" for day in range(1, 13)]
    command = ["build", "isis-threat", *days, "--edition", "brief", "--format", "html", "--jobs", "1"]
    env = {**os.environ, "PYTHONPATH": str(project.folder / "lib"), "DOSSIER_CACHE": str(project.folder / "cache")}
    process = subprocess.Popen(
        [sys.executable, "-m", "dossier", *command],
        cwd=project.folder,
        env=env,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    for line in process.stderr:
        if line.startswith("[2/12]"):
            break
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process
    assert "stopping: what is under way is finished first" in process.stderr.readline()
    words = process.communicate(timeout=120)[1]
    assert process.returncode == 130 and "Traceback" not in words and "what was finished is kept" in words
    before = [item["status"] for item in project.manifest()]
    assert 2 <= before.count("built") < 12 and before.count("failed") == 12 - before.count("built")
    assert {item["error"] for item in project.manifest()} == {None, "not started: the build was stopped"}
    assert project.run(*command).returncode == 0
    after = [item["status"] for item in project.manifest()]
    assert after.count("cached") == before.count("built") and after.count("built") == before.count("failed")


def test_second_interrupt_ends_a_build_at_once(project):
    """A cell that goes on for ever is not waited for twice; the manifest names every item all the same."""
    project.write("isis-threat", ("for-ever", "import time; time.sleep(600)"))
    env = {**os.environ, "PYTHONPATH": str(project.folder / "lib"), "DOSSIER_CACHE": str(project.folder / "cache")}
    command = ["build", "pmu-debate", "isis-threat", "--edition", "brief", "--format", "html", "--jobs", "1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "dossier", *command], cwd=project.folder, env=env, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr.readline().startswith("[1/2]")  # the other one is under way
    process.send_signal(signal.SIGINT)
    assert "stopping" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    assert "Traceback" not in process.communicate(timeout=120)[1] and process.returncode == 130
    assert [item["status"] for item in project.manifest()] == ["failed", "built"]


def _lock_of_the_store():
    return type(cache._turn).__module__


def test_workers_take_turns_at_what_takes_long():
    """Workers hold one lock by which one of them cuts fonts and words references for all."""
    with build._pool(1) as pool:
        assert pool.submit(_lock_of_the_store).result() == "multiprocessing.synchronize"
