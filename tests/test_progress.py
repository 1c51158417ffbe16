"""What a build shows while it runs."""

import threading
from types import SimpleNamespace

from dossier import progress
from dossier.progress import Progress, say_once, share

ITEM = {
    "theme": "isis-threat",
    "parameters": {"as_of": "2024-12-10"},
    "edition": "brief",
    "format": "pdf",
    "status": "built",
}


def test_each_finished_briefing_is_a_line_away_from_a_terminal(capsys):
    """In a log file every briefing is named with its cut-off and the state of its items."""
    progress = Progress(2)
    progress.running([SimpleNamespace(theme="isis-threat", as_of="2024-12-10")])
    progress.finished([ITEM])
    progress.close()
    assert capsys.readouterr().err == "[1/2] isis-threat 2024-12-10: brief pdf built\n"


def test_quiet_says_nothing(capsys):
    """With --quiet nothing is shown."""
    progress = Progress(1, quiet=True)
    progress.running([])
    progress.finished([ITEM])
    progress.close()
    assert capsys.readouterr() == ("", "")


def test_who_shares_a_lock_speaks_once(capsys, monkeypatch):
    """Of all that share a lock, the first to speak is heard."""
    monkeypatch.setattr(progress, "_unsaid", None)
    lock = threading.Lock()
    share(lock)
    say_once("one")
    say_once("two")
    share(lock)
    say_once("three")
    assert capsys.readouterr().err == "dossier: one\n"
