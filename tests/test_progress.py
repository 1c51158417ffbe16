"""What a build shows while it runs."""

from types import SimpleNamespace

from dossier.progress import Progress

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
