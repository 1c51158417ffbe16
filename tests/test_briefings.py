"""Whole briefings, as a reader gets them: the right date, actor and number, and nothing known later."""

import json
import os
import re
import subprocess
import sys
from calendar import month_name
from datetime import timedelta
from html import unescape
from random import Random

import pypdf
import pytest
from dossier.data import cut_off, first_as_of, load
from dossier.dates import parse_day
from dossier.project import ROOT, THEMES
from dossier.tables import read, tables

EARLY, LATE = "2024-12-10", "2025-05-31"


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """The ISIS briefing of two days in three editions and two formats."""
    return built(tmp_path_factory.mktemp("exports"), ["isis-threat"], [EARLY, LATE], ["brief", "student", "instructor"])


def built(out, themes, days, editions):
    """A folder with the exports of themes and days."""
    command = [sys.executable, "-m", "dossier", "build", *themes, "--out", str(out)]
    command += [part for day in days for part in ("--as-of", day)]
    command += [part for edition in editions for part in ("--edition", edition)]
    env = {**os.environ, "DOSSIER_CACHE": str(out / "cache")}
    run = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return out


def text(exports, as_of, edition, format, theme="isis-threat"):
    """What one export says, descriptions of pictures and metadata included, with white space folded."""
    path = exports / theme / as_of / f"{theme}_{as_of}_{edition}.{format}"
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
    for column, shortest in (("author", 8), ("url", 1), ("title", 25)):
        said = {
            later: {getattr(row, column) for row in read("sources") if (row.known_from > day) == later}
            for later in (0, 1)
        }
        hidden = [words for words in said[True] - said[False] if len(words) >= shortest]
        assert hidden
        assert [words for words in hidden if words.strip("[]") in page] == []


def drawn_days():
    """The first day, and eight on which something became known, or a day before one, drawn from all but the last."""
    known = {row.known_from for row in read("events")}
    days = sorted({day - timedelta(days=n) for day in known for n in (0, 1)})
    eight = Random(8).sample([d for d in days if first_as_of() <= d < cut_off()], 8)
    return [str(day) for day in sorted({first_as_of(), *eight})]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """The four briefings of these days, as brief and as the edition that leaves nothing out."""
    return built(tmp_path_factory.mktemp("drawn"), list(THEMES), drawn_days(), ["brief", "instructor"])


# What a reader would recognise a row by, besides its figure.
TELLING = (
    "summary label words title author url name name_ar office term term_ar definition description statement".split()
)
TELLING += "watch why question caveat silent".split()


def sayings(row):
    """What a reader would recognise a row by: its sentence, its name, its title, its figure."""
    found = [getattr(row, column, "") or "" for column in TELLING]
    figures = [getattr(row, column, None) for column in ("low", "best", "high")]
    found += [f"{figure:,.0f}" for figure in figures if isinstance(figure, float | int) and figure > 9999]
    return {words.strip("[].") for words in found if len(words) > 25 or "," in words or " " in words}


def known_later(as_of):
    """What is said only by rows that became known after a day: of all tables, also of those without days of their own."""
    day, shown = parse_day(as_of), load(as_of)
    rows = [row for table in tables() for row in read(table) if hasattr(row, "known_from")]
    early = [row for row in rows if row.known_from <= day] + [*shown.measures, *shown.issues, *shown.presets]
    late = [row for row in rows if row.known_from > day] + [*read("measures"), *read("issues")]
    said = "\n".join(str(cell) for row in early for cell in row)
    said += "".join(figure for row in early for figure in sayings(row) if "," in figure)
    return {words for words in set().union(*map(sayings, late)) if words not in said}


@pytest.mark.parametrize("as_of", drawn_days())
@pytest.mark.parametrize("theme", THEMES)
def test_briefing_of_a_drawn_day_names_nothing_known_later(drawn, theme, as_of):
    """Text, alternative texts and metadata of HTML and PDF hold no words that only a later row has."""
    later = known_later(as_of)
    assert len(later) > 5
    for edition in ("brief", "instructor"):
        for format in ("html", "pdf"):
            page = text(drawn, as_of, edition, format, theme)
            assert len(page) > 2_000
            assert sorted(words for words in later if words in page) == [], (edition, format)


def test_search_for_what_is_known_later_finds_it():
    """The words that are searched for are those that a later briefing holds, from every table."""
    later = known_later(EARLY)
    assert "34,068" in later and "41,740" not in later
    assert "Iraq expected to back transition" in later
    for table, row, column in (
        ("actors", "tom-barrack", "name"),
        ("names", "mazloum-abdi-ar", "name"),
        ("glossary", "pmf-authority-law", "definition"),
        ("measures", "seats-2025", "title"),
        ("issues", "pmf-authority-law", "question"),
    ):
        words = next(getattr(found, column) for found in read(table) if found.id == row)
        assert words.strip("[].") in later, row
    assert "Abu Mohammed al-Jolani" not in later


# A month of a year, or a year; three digits before or behind are those of a number.
DATED = re.compile(rf"\b(?:({'|'.join(month_name[1:])}) )?(?<![\d,.])(20[0-9]{{2}})\b(?![,.]\d)")


def dates_after(words, day):
    """The months and years in a text that begin after a day and not after the day on which the evidence closed."""
    found = [
        (match[0], f"{match[2]}-{list(month_name).index(match[1] or 'January'):02}") for match in DATED.finditer(words)
    ]
    return [date for date, begins in found if f"{day:%Y-%m}" < begins <= f"{cut_off():%Y-%m}"]


@pytest.mark.parametrize("as_of", drawn_days())
@pytest.mark.parametrize("theme", THEMES)
def test_briefing_names_no_later_month_or_year(drawn, theme, as_of):
    """What a page says, tables and source lines included, holds no date after its day but in a plan known by then."""
    day = parse_day(as_of)
    rows = [row for table in tables() for row in read(table) if getattr(row, "known_from", cut_off()) <= day]
    cells = {str(cell) for row in rows for cell in row if isinstance(cell, str | float)}
    plans = sorted((cell for cell in cells if dates_after(cell, day)), key=len, reverse=True)
    for edition in ("brief", "instructor"):
        page = (drawn / theme / as_of / f"{theme}_{as_of}_{edition}.html").read_text("utf-8")
        page = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>|</?(span|a|em|bdi)\b[^>]*>", "", page)
        words = " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split()).replace("’", "'")
        for plan in plans:
            words = words.replace(plan.rstrip("."), "")
        assert len(words) > 2_000
        assert dates_after(words, day) == [], edition


def test_search_for_later_dates_finds_them():
    """A month or a year after the day is found; a number, a day of the year and the far future are not."""
    day = parse_day("2024-12-10")
    assert dates_after("after January 2026, in 2025 (and 2026)", day) == ["January 2026", "2025", "2026"]
    assert dates_after("10 December 2024, 2024, 2,025 dead, 2025.5, 2027, 12025", day) == []


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
    (rows,) = re.findall(r"<tbody>((?:(?!<tbody>).)*?<td[^>]*>[A-F][1-6]</td>.*?)</tbody>", page)
    grades = re.findall(r"<td[^>]*>([A-F][1-6])</td>", rows)
    assert len(grades) == rows.count("<tr>") > 5
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
