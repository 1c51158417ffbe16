"""Whole briefings, as a reader gets them: the right date, actor and number, and nothing known later."""

import json
import os
import re
import subprocess
import sys
from html import unescape

import pypdf
import pytest
from dossier.data import load
from dossier.dates import parse_day
from dossier.project import ROOT

EARLY, LATE = "2024-12-10", "2025-05-31"


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """The ISIS briefing of two days in three editions and two formats."""
    out = tmp_path_factory.mktemp("exports")
    command = [sys.executable, "-m", "dossier", "build", "isis-threat", "--as-of", EARLY, "--as-of", LATE]
    for edition in ("brief", "student", "instructor"):
        command += ["--edition", edition]
    env = {**os.environ, "DOSSIER_CACHE": str(out / "cache")}
    run = subprocess.run([*command, "--out", str(out)], cwd=ROOT, env=env, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return out


def text(exports, as_of, edition, format):
    """What one export says, descriptions of pictures and metadata included, with white space folded."""
    path = exports / "isis-threat" / as_of / f"isis-threat_{as_of}_{edition}.{format}"
    if format == "html":
        page = re.sub(
            r"(?s)<(script|style)\b.*?</\1>|data:[a-z/+-]+;base64,[A-Za-z0-9+/=]+", " ", path.read_text("utf-8")
        )
        return " ".join(unescape(page).split())
    reader = pypdf.PdfReader(path)
    pages = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(f"{pages} {descriptions(reader)} {dict(reader.metadata)} {reader.xmp_metadata.dc_title}".split())


def descriptions(reader):
    """The alternative texts in the structure tree of a PDF."""
    objects = (reader.get_object(number) for number in range(1, len(reader.xref_objStm) + len(reader.xref[0])))
    return " ".join(str(o["/Alt"]) for o in objects if isinstance(o, pypdf.generic.DictionaryObject) and "/Alt" in o)


def prose(exports, as_of, edition, format):
    """The text with hyphens at line ends and note numbers taken out, to search for whole sentences."""
    return re.sub(r"<[^>]+>", "", text(exports, as_of, edition, format)).replace("- ", "")


every_edition = pytest.mark.parametrize("edition", ["brief", "student", "instructor"])
both_formats = pytest.mark.parametrize("format", ["html", "pdf"])


@every_edition
@both_formats
def test_two_days_differ_as_they_should(exports, edition, format):
    """The later briefing has the spring of 2025; the earlier one has the fall of Assad and none of that."""
    early, late = prose(exports, EARLY, edition, format), prose(exports, LATE, edition, format)
    assert "10 December 2024" in early and "31 May 2025" in late
    assert "34,068" in late and "34,068" not in early
    assert "41,740" in early
    assert "Abdul Karim Abdul Fadhil" in late and "Fadhil" not in early
    assert "Bashar alAssad" in early.replace("al-Assad", "alAssad")
    # The end of an axis may say 2025; nothing may have happened or been published then.
    months = "January|February|March|April|May|Jan|Feb|Mar|Apr"
    assert not re.search(rf"(?:{months}) 2025|2025-\d\d", early)


@every_edition
@both_formats
def test_nothing_known_later_is_in_the_earlier_briefing(exports, edition, format):
    """No summary, label, title, author or address of what became known later is in text, description or metadata."""
    page, day = text(exports, EARLY, edition, format), parse_day(EARLY)
    early, late = load(EARLY), load(LATE)
    known = {row.summary for row in early.events}
    later = [row for row in late.events if row.known_from > day and row.summary not in known]
    assert len(later) > 50
    assert [row.id for row in later if row.summary.rstrip(".") in page] == []
    hidden = [row for row in late.sources if row.known_from > day]
    assert len(hidden) > 50
    for source in hidden:
        assert not source.author or source.author not in page, source.id
        assert not source.url or source.url not in page, source.id
        assert len(source.title) < 25 or source.title.strip("[]") not in page, source.id


@both_formats
def test_no_student_gets_a_solution(exports, format):
    """The answer is in the instructor edition alone."""
    for as_of in (EARLY, LATE):
        full, given = (prose(exports, as_of, edition, format) for edition in ("instructor", "student"))
        for words in ("A good answer names a band", "For the instructor"):
            assert words in full and words not in given


@pytest.mark.parametrize("as_of", [EARLY, LATE])
def test_brief_is_two_pages_at_most_and_has_its_sections(exports, as_of):
    """A brief has its sections in order on two pages, and ends with the command that makes it again."""
    reader = pypdf.PdfReader(exports / "isis-threat" / as_of / f"isis-threat_{as_of}_brief.pdf")
    assert len(reader.pages) <= 2
    page = text(exports, as_of, "brief", "pdf")
    heads = ["BOTTOM LINE", "WHAT CHANGED", "EVIDENCE", "SOURCES", "HOW THIS WAS MADE"]
    found = [page.find(head) for head in heads]
    assert -1 not in found and found == sorted(found)
    assert f"dossier build isis-threat --as-of {as_of} --edition brief" in page


def test_evidence_table_shows_grades(exports):
    """Each row of the evidence has its grade, and each note its reliability."""
    page = text(exports, LATE, "brief", "html")
    assert len(re.findall(r"<td[^>]*>[A-F][1-6]</td>", page)) == 16
    assert re.search(r"Reliability [A-F]\.", page)


def test_figure_data_lies_beside_the_page(exports):
    """The numbers of the main figure are a CSV file next to the briefing."""
    found = sorted(path.name for path in (exports / "isis-threat" / LATE / "figures").iterdir())
    series = next(name for name in found if name.startswith("series-al-hol-total"))
    assert "34068" in (exports / "isis-threat" / LATE / "figures" / series).read_text("utf-8")


def test_manifest_lists_every_item(exports):
    """The manifest has each edition and format of each day, all built."""
    items = json.loads((exports / "manifest.json").read_text("utf-8"))["items"]
    assert len(items) == 12 and {item["status"] for item in items} == {"built"}
