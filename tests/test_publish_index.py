"""The index of a build: the page beside the manifest."""

import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from html import escape

import pytest
from dossier.project import ROOT, THEMES, notebook_path
from dossier.publish import index
from dossier.publish.html import to_html
from dossier.request import from_command_line, mark
from test_publish_document import read
from test_publish_html import Elements
from test_publish_markdown import HOSTILE

SHARED = {"the library": "1"}

DEFAULTS = {
    "as_of": "2025-05-31",
    "since": "2024-11-27",
    "focus": "all",
    "scale": "icd203",
    "actors": [],
    "places": [],
    "grade": "F",
    "counting": "all",
}
PAGE = "<!DOCTYPE html><html><head><title>{} – Iraq Dossier: {}</title></head></html>"


def item(
    theme="isis-threat", as_of="2025-05-31", edition="brief", format="html", *, error=None, size=226_300, **others
):
    """An item of a manifest: made, or failed with an `error`; `others` are parameters besides the defaults."""
    path = f"{theme}/{as_of}{mark(others)}/{theme}_{as_of}_{edition}.{format}"
    made = {"path": path, "sha256": hashlib.sha256(path.encode()).hexdigest(), "bytes": size, "status": "built"}
    failed = {"path": None, "sha256": None, "bytes": None, "status": "failed"}
    what = {"theme": theme, "parameters": {**DEFAULTS, "as_of": as_of, **others}, "edition": edition, "format": format}
    return {**what, **(failed if error else made), "error": error}


def put_page(out, item, title):
    """Write a page with a title where the item says that its page is."""
    path = out / item["path"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(escape(title), THEMES[item["theme"]]), encoding="utf-8")


def made_up(out, count):
    """Items of `count` briefings over all themes, two days apart, with a titled page for each brief; some failed."""
    items = []
    for number in range(count):
        theme, step = list(THEMES)[number % 4], number // 4
        day = str(date(2025, 5, 31) - timedelta(2 * (step // 2)))
        others = {"grade": "B"} if step % 2 else {}
        error = f"{theme}: cell watch: ValueError: <b>no rows</b>" if number % 50 == 3 else None
        for edition in ("brief", "student"):
            items.append(item(theme, day, edition, "html", **others))
            items.append(item(theme, day, edition, "pdf", error=error, **others))
        put_page(out, items[-4], f"Headline {number} of {theme}: al-Hol (الهول) & more")
    return items


def page(items, out):
    """The index of some items as `Elements`."""
    return Elements(index.to_html(items, out))


def rows(html):
    """(title, the rest in plain text) of each row of an index."""
    found = re.findall(r"<article.*?<h4>(.*?)</h4>(.*?)</article>", html, re.DOTALL)
    return [tuple(" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in row) for row in found]


def test_row_names_the_briefing_and_its_files(tmp_path):
    """A row is the headline of the brief, then each edition with its formats and sizes, best known first."""
    items = [
        item(edition="student", format="pdf", size=1_249_000),
        item(edition="student", format="ipynb", size=300),
        item(edition="brief", format="pdf", size=999_500),
        item(),
    ]
    put_page(tmp_path, items[-1], "Fewer people – Iraq Dossier: in the camp")
    html = index.to_html(items, tmp_path)
    assert rows(html) == [
        (
            "Fewer people – Iraq Dossier: in the camp",
            "Brief Brief as HTML 226 KB Brief as PDF 1.0 MB Student Student as PDF 1.2 MB Student as Notebook 1 KB",
        )
    ]
    links = [a["href"] for a in Elements(html).all("a") if a["href"].startswith("isis")]
    stem = "isis-threat/2025-05-31/isis-threat_2025-05-31"
    assert links == [
        f"{stem}_{end}" for end in ("brief.html", "brief.html", "brief.pdf", "student.pdf", "student.ipynb")
    ]


def test_rows_are_grouped_by_theme_and_day_newest_first(tmp_path):
    """Themes come in the order of the project, days newest first, a briefing at its defaults before the others."""
    items = [
        item("isis-threat", "2024-12-10", grade="B"),
        item("isis-threat", "2024-12-10"),
        item("isis-threat", "2025-05-31"),
        item("baathist-legacy", "2025-01-01"),
    ]
    html = index.to_html(items, tmp_path)
    heads = re.findall(r"<h2[^>]*>(.*?)</h2>|<time[^>]*>(.*?)</time>", html)
    assert [theme or day for theme, day in heads] == [
        "Baathist legacy",
        "1 January 2025",
        "ISIS threat",
        "31 May 2025",
        "10 December 2024",
    ]
    assert [rest.partition(" Brief")[0] for _, rest in rows(html)[2:]] == ["Brief", "Worst source shown: B"]
    jumps = [a["href"] for a in Elements(html.partition("<nav")[2].partition("</nav>")[0]).all("a")]
    assert jumps == ["#baathist-legacy", "#isis-threat", "#isis-threat-2025-05", "#isis-threat-2024-12"]


def test_other_parameters_are_named_in_words(tmp_path):
    """A focus has its label, an actor and a place its name; what is at its default is not named."""
    others = dict(focus="camps-and-prisons", actors=["united-states"], places=["al-hol-camp"], since="2025-01-01")
    html = index.to_html([item(**others)], tmp_path)
    words = rows(html)[0][1].partition(" Brief")[0]
    assert set(words.split(" · ")) == {
        "Focus: Camps and prisons",
        "Actors chosen: United States",
        "Places chosen: al-Hol camp",
        "Recent means since: 1 January 2025",
    }
    also = page([item(**others)], tmp_path).all("article")[0]["data-also"].split()
    assert {"2025-05-31", "camps-and-prisons", "al-hol-camp"} <= set(also)


def test_address_of_a_row_is_that_of_its_folder(tmp_path):
    """The row of a briefing with other parameters bears the mark of its folder, in whatever order they are declared."""
    (briefing,) = from_command_line(["isis-threat"], ["2025-05-31"], ["grade=B", "focus=badia-desert"], [], [])
    made = item(**briefing.others)
    for parameters in (briefing.values, dict(reversed(briefing.values.items()))):
        row = page([{**made, "parameters": parameters}], tmp_path).all("article")[0]
        assert row["id"] == briefing.folder.replace("/", "-")


def test_briefing_without_a_page_is_named_by_theme_and_day(tmp_path):
    """Only a page has a title to take: a PDF, a page that is gone and one without a title leave theme and day."""
    gone, untitled = item("pmu-debate", "2025-01-02"), item("pmu-debate", "2025-01-01")
    put_page(tmp_path, untitled, "")
    html = index.to_html([item("pmu-debate", "2025-01-03", format="pdf"), gone, untitled], tmp_path)
    assert [title for title, _ in rows(html)] == [f"PMU debate as of {day} January 2025" for day in (3, 2, 1)]


@pytest.mark.parametrize("edition", ["brief", "student"])
def test_title_is_that_of_the_exported_page(edition, tmp_path):
    """What a page is called there is what its row is called here."""
    document, made = read(edition), item(edition=edition)
    path = tmp_path / made["path"]
    path.parent.mkdir(parents=True)
    path.write_text(to_html(document), encoding="utf-8")
    assert rows(index.to_html([made], tmp_path))[0][0] == escape(document.title, quote=False)


def test_failed_items_are_in_their_row_and_at_the_end(tmp_path):
    """The head counts them, the row leads to the error, which stands once for all files that it cost."""
    bad = "isis-threat: cell watch: ValueError: no rows"
    items = [item(), *(item(edition=e, format="pdf", error=bad) for e in ("brief", "student"))]
    html = index.to_html(items, tmp_path)
    assert "2 of 3 files failed" in html and html.count(bad) == 1
    assert "Brief as PDF failed" in rows(html)[0][1] and "Student as PDF failed" in rows(html)[0][1]
    assert re.search(r'<li id="failed-isis-threat-2025-05-31"><a href="#isis-threat-2025-05-31">', html)
    assert "Brief PDF, Student PDF:</b> " + bad in html
    assert "failed" not in index.to_html(items[:1], tmp_path).partition("<body")[2].partition("<script")[0]


def test_briefing_of_which_nothing_was_made_opens_nothing(tmp_path):
    """Its row stands there with what failed, and its name is no link."""
    html = index.to_html([item(error="killed")], tmp_path)
    assert "<h4>ISIS threat as of 31 May 2025</h4>" in html


def test_edition_and_format_of_later_have_a_name_and_a_place(tmp_path):
    """What this page has no words for comes after what it knows, named as the manifest names it."""
    items = [item(edition="slides-instructor"), item(edition="brief", format="epub"), item()]
    assert rows(index.to_html(items, tmp_path))[0][1] == (
        "Brief Brief as HTML 226 KB Brief as EPUB 226 KB Slides instructor Slides instructor as HTML 226 KB"
    )


def test_hostile_content_is_text(tmp_path):
    """Markup in titles, parameters, errors and paths is shown letter for letter."""
    good, bad = item(focus=HOSTILE), item(edition="student", error=HOSTILE, focus=HOSTILE)
    put_page(tmp_path, good, f"{HOSTILE}</title><script>alert(3)</script>")
    good["path"], plain = "javascript:alert(1)//'\"><b>", good["path"]
    (tmp_path / "javascript:alert(1)").mkdir()
    (tmp_path / plain).rename(tmp_path / good["path"])
    elements = page([good, bad], tmp_path)
    assert len(elements.all("script")) == 1 and not [tag for tag, attrs in elements.found if "onclick" in attrs]
    assert not elements.all("img") and elements.text.count(HOSTILE) == 4
    assert elements.all("article")[0]["data-also"] == f"2025-05-31 {HOSTILE}"
    assert {a["href"] for a in elements.all("a")} == {
        "#list",
        "#failed",
        "#failed-" + elements.all("article")[0]["id"],
        "#" + elements.all("article")[0]["id"],
        "javascript%3Aalert%281%29//%27%22%3E%3Cb%3E",
        "manifest.json",
    }


def test_page_is_whole_and_silent(tmp_path):
    """One file: its script and fonts are inside, links are relative, every jump has its target."""
    html = index.to_html(made_up(tmp_path, 60), tmp_path)
    elements = Elements(html)
    assert elements.all("html") == [{"lang": "en"}] and len(elements.all("h1")) == 1
    assert elements.all("script") == [{}] and not elements.all("link") and not elements.all("img")
    assert not re.search(r"url\((?!data:)|@import|https?://", html)
    ids = [attrs["id"] for _, attrs in elements.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = [a["href"][1:] for a in elements.all("a") if a["href"].startswith("#")]
    assert set(targets) <= set(ids) and len(targets) == 12
    assert not [a["href"] for a in elements.all("a") if re.match(r"/|\w+:", a["href"])]


def test_choices_are_only_those_that_there_are(tmp_path):
    """One theme on one day asks for neither; days are offered singly and by month."""
    names = [select["name"] for select in page([item(), item(format="pdf")], tmp_path).all("select")]
    assert names == ["format"]
    elements = page([item(as_of=day) for day in ("2025-05-31", "2025-05-01", "2025-01-01")], tmp_path)
    assert [option["value"] for option in elements.all("option")] == [
        "",
        "2025-05",
        "2025-05-31",
        "2025-05-01",
        "2025-01",
        "2025-01-01",
    ]


def test_page_brings_the_letters_of_its_headlines(tmp_path):
    """A headline with Arabic says so and has its font; without any there is none."""
    items = made_up(tmp_path, 1)
    html = index.to_html(items, tmp_path)
    assert '<span lang="ar" dir="rtl">الهول</span>' in html and 'font-family:"IBM Plex Sans Arabic";' in html
    put_page(tmp_path, items[0], "No other script")
    assert 'font-family:"IBM Plex Sans Arabic";' not in index.to_html(items, tmp_path)


def test_same_items_give_the_same_bytes(tmp_path):
    """Whether an export was built now or before does not show, nor in which folder."""
    items = made_up(tmp_path / "a", 8)
    made_up(tmp_path / "b", 8)
    cached = [{**item, "status": "cached" if item["path"] else "failed"} for item in items]
    assert index.renewed(items, tmp_path / "a", SHARED) == index.renewed(cached, tmp_path / "b", SHARED)


class Kept:
    """A folder whose index was written."""

    def __init__(self, out):
        self.out, self.items = out, made_up(out, 4)
        self.path = out / "index.html"
        self.path.write_bytes(index.renewed(self.items, out, SHARED))

    def renewed(self, shared=SHARED):
        """Whether the next build writes another index."""
        return index.renewed(self.items, self.out, shared) is not None


@pytest.fixture
def kept(tmp_path):
    """A `Kept` folder."""
    return Kept(tmp_path)


def test_unchanged_index_is_left_alone(kept):
    """What is there already is not made again."""
    assert not kept.renewed()


def test_changed_item_renews_the_index(kept):
    """Another hash is another page, perhaps with another title."""
    kept.items[0]["sha256"] = "0" * 64
    assert kept.renewed()


def test_changed_library_renews_the_index(kept):
    """The page is made from the library, its templates and the tables too."""
    assert kept.renewed({**SHARED, "the library": "2"})


def test_changed_notebook_renews_the_index(kept, monkeypatch, tmp_path):
    """The defaults of the parameters stand in the notebook of the theme."""
    copy = tmp_path / "copy.ipynb"
    copy.write_bytes(notebook_path("isis-threat").read_bytes() + b"\n")
    monkeypatch.setattr(index, "notebook_path", lambda theme: copy)
    assert kept.renewed()


DAMAGE = [lambda page: page[:-200], lambda page: page.replace(b"Headline", b"Hoax"), lambda page: b""]


@pytest.mark.parametrize("damage", DAMAGE, ids=["cut short", "edited", "emptied"])
def test_damaged_index_is_made_again(damage, kept):
    """A page that was cut short, edited or emptied does not pass for the one that was written."""
    kept.path.write_bytes(damage(kept.path.read_bytes()))
    assert kept.renewed()


def test_unchanged_build_loads_nothing_heavy(kept):
    """To see that nothing changed takes no template engine, no font tools, no notebook format."""
    (kept.out / "items.json").write_text(json.dumps(kept.items), encoding="utf-8")
    code = (
        "import json, sys; from pathlib import Path; from dossier.publish import index; out = Path(sys.argv[1]);"
        "print(index.renewed(json.loads((out / 'items.json').read_text('utf-8')), out, {'the library': '1'}), *sys.modules)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "lib")}
    run = subprocess.run(
        [sys.executable, "-c", code, str(kept.out)], env=env, capture_output=True, text=True, check=True
    )
    answer, *modules = run.stdout.split()
    heavy = {"jinja2", "markupsafe", "fontTools", "mistune", "nbformat", "nbconvert", "matplotlib", "dossier.data"}
    assert answer == "None" and not heavy & set(modules)
