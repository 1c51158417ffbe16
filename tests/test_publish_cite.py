"""A briefing and its sources for a reference manager."""

import json
import subprocess
from datetime import date
from types import SimpleNamespace

import pytest
from dossier.data import REDACTED
from dossier.publish.cite import to_bibtex, to_csl
from dossier.publish.paths import pandoc

SOURCE = {
    "id": "camp-page",
    "type": "webpage",
    "title": "[Camp count] 50% & more_{x} ~ $1 #2 ^ \\end",
    "container-title": "Camp Office",
    "author": [{"literal": "A. Writer"}, {"literal": "Smith, Jones & Co"}],
    "issued": {"date-parts": [[2024, 11]]},
    "URL": "https://example.org/a_b?c={d}%20e",
    "note": "B",
}


@pytest.fixture
def document():
    """What a document gives: title, theme, day, notes and the sources behind them."""
    hidden = {"id": "late", "type": "webpage", "title": REDACTED, "note": "C"}
    return SimpleNamespace(
        theme="ISIS threat",
        edition="brief",
        title="Fewer people in al-Hol",
        as_of=date(2025, 5, 31),
        version="0.1.0",
        notes={"late": 1, "camp-page": 2},
        items={"camp-page": SOURCE, "late": hidden, "unused": {**SOURCE, "id": "unused"}},
    )


def test_csl_has_the_briefing_and_then_its_sources(document):
    """The briefing comes first with its cut-off, then each source of a note; no grade of ours, no redacted source."""
    own, source = json.loads(to_csl(document))
    assert own["id"] == "iraq-dossier-isis-threat-2025-05-31-brief" and own["title"] == "Fewer people in al-Hol"
    assert own["author"] == [{"literal": "Iraq Dossier contributors"}]
    assert own["issued"] == {"date-parts": [[2025, 5, 31]]} and own["note"] == "Information cut-off 2025-05-31"
    assert source["id"] == "camp-page" and source["title"].startswith("Camp count") and "note" not in source


def test_bibtex_says_the_same_to_another_reader(document):
    """pandoc reads the entries back: titles with signs that LaTeX minds, authors in one piece, dates, address."""
    command = [pandoc(), "--from=biblatex", "--to=csljson"]
    read = subprocess.run(command, input=to_bibtex(document), capture_output=True, check=True, encoding="utf-8")
    own, source = json.loads(read.stdout)
    assert (own["id"], own["title"]) == ("iraq-dossier-isis-threat-2025-05-31-brief", "Fewer people in al-Hol")
    assert own["author"] == [{"literal": "Iraq Dossier contributors"}]
    assert own["issued"] == {"date-parts": [[2025, 5, 31]]}
    assert [name["literal"] for name in source["author"]] == ["A. Writer", "Smith, Jones & Co"]
    for part in ("50% & more", "$1 #2 ^", "\\end"):
        assert part in source["title"].replace("\u00a0", " ")
    assert source["URL"] == "https://example.org/a_b?c=%7Bd%7D%20e"
    assert source["issued"] == {"date-parts": [[2024, 11]]}
