"""The HTML page."""

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest
from dossier.prose import say
from dossier.publish.at_hand import open_notebook
from dossier.publish.html import to_html
from foreign import described, notebook, undescribed
from test_publish_document import PARAMETERS, code, figure, markdown, read, sample
from test_publish_markdown import HOSTILE


@cache
def page(edition):
    """The page of an edition of the sample."""
    return to_html(read(edition))


class Elements(HTMLParser):
    """(tag, attributes) of every element of a page, and its text outside of styles."""

    def __init__(self, html):
        super().__init__()
        self.found, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        """Note text."""
        self.text += data if self.found and self.found[-1][0] != "style" else ""

    def all(self, tag):
        """The attributes of all elements of one kind."""
        return [attrs for name, attrs in self.found if name == tag]


def test_numbers_and_descriptions_arrive():
    """The page carries the number of the finding and the real description of the figure."""
    elements = Elements(page("brief"))
    assert "holds 40,000" in elements.text
    assert [img["alt"] for img in elements.all("img")] == ["A line that falls: The camp shrinks"]


def rows_shown(count, **more):
    """The page of a figure with so many rows, and the numbers of those that it shows."""
    rows = tuple((f"row {n}.", n) for n in range(count))
    html = to_html(replace(read("student", code("draw()", figure("long-line", rows=rows))), **more))
    return html, [n for n in range(count) if f">row {n}.<" in html]


def test_long_table_behind_a_figure_is_cut():
    """Of more than 40 rows the page shows the first and the last and names the file that has all of them."""
    html, shown = rows_shown(50)
    assert shown == [*range(15), *range(35, 50)]
    assert "20 rows not shown; all 50: <code>figures/long-line.csv</code>" in html
    html, shown = rows_shown(40)
    assert shown == [*range(40)] and "not shown" not in html
    assert rows_shown(50, at_hand=True)[1] == [*range(50)]  # no file lies beside it


@pytest.mark.parametrize("edition", ["brief", "student", "instructor"])
def test_page_is_whole_and_silent(edition):
    """A page names its language, has one h1 and closed levels, and asks no host and no script for anything."""
    elements = Elements(page(edition))
    assert elements.all("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in elements.found if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert not elements.all("script") and not elements.all("link")
    assert all(img["src"].startswith("data:image/") for img in elements.all("img"))
    assert not re.search(r"url\((?!data:|%23)|@import", page(edition))
    ids = [attrs["id"] for _, attrs in elements.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = [a["href"][1:] for a in elements.all("a") if a["href"].startswith("#")]
    assert set(targets) <= set(ids)


def test_landmarks():
    """Header, main text and footer are landmarks, the first link skips to the text, a lesson has contents."""
    elements = Elements(page("student"))
    assert elements.all("main") == [{"id": "main"}] and elements.all("header") and elements.all("footer")
    assert elements.all("a")[0] == {"class": "skip", "href": "#main"}
    assert elements.all("nav") and not Elements(page("brief")).all("nav")


def test_notes_lead_to_references_and_back():
    """The first note of the brief names sources 1 and 2; each reference leads back to a note."""
    first = re.search(r'<sup class="note" id="note-1">(.*?)</sup>', page("brief"))[1]
    assert re.findall(r'href="#source-(\d)"', first) == ["1", "2"]
    assert re.findall(r'<li id="source-(\d)">.*?href="#note-(\d)"', page("brief")) == [
        ("1", "1"),
        ("2", "1"),
        ("3", "3"),
    ]


def test_figure_of_a_brief_has_no_notes():
    """The source line of a figure carries notes in a lesson and none in a brief."""
    line = re.compile(r'<p class="source">Source: Camp Office \(A\)(.*?)</p>')
    assert line.search(page("brief"))[1] == ""
    assert re.findall(r'href="#source-(\d)"', line.search(page("student"))[1]) == ["3", "4"]


def test_redacted_source_is_listed_without_more():
    """A source of later date is in the list as such, with its grade."""
    item = re.search(r'<li id="source-2">(.*?)&nbsp;<a', page("brief"))[1]
    assert item.replace("\u00a0", " ") == "Reported after the cut-off. Reliability C."


def test_figure_has_its_data_and_source():
    """Title, source line and the data table with scoped heads stand with the figure."""
    assert "<figcaption>The camp shrinks</figcaption>" in page("brief")
    assert "Figure 1</span> The camp shrinks</figcaption>" in page("student")
    assert '<th scope="col" class="right">People</th>' in page("brief")
    assert '<th scope="row">2024-11</th><td class="right">40000</td>' in page("brief")


def test_code_is_folded_in_lessons_only():
    """A lesson folds its code away; a brief has none; the code of computed prose is shown nowhere."""
    assert "<summary>Code</summary><pre><code>len(view)</code></pre>" in page("student")
    assert "<summary>Code" not in page("brief")
    assert "say(" not in page("student")


@pytest.mark.parametrize("edition", ["brief", "student"])
def test_reader_gets_no_solution(edition):
    """Nothing of the instructor reaches another reader's page."""
    for secret in ("forty-two", "quiet ones", "instructor edition", "explore(view)", "secret_import"):
        assert secret not in page(edition)
    assert "forty-two" in page("instructor")


def test_parameters_and_command():
    """The page says with which parameters it was made and how to make it again."""
    assert '<th scope="row">Information cut-off</th><td>10 December 2024</td>' in page("brief")
    assert "<code>dossier build isis-threat --edition brief</code>" in page("brief")


def test_hostile_content_is_text():
    """Markup in values, titles, tables, code and parameters is shown letter for letter, everywhere."""
    cells = [
        code("say()", say("{text}", text=HOSTILE)),
        code(HOSTILE, figure("f", HOSTILE, rows=((HOSTILE, 1),)), hidden=False, text=HOSTILE),
        markdown("## <script>alert(2)</script>"),
    ]
    html = to_html(read("student", *cells, parameters={**PARAMETERS, "focus": HOSTILE}))
    elements = Elements(html)
    assert not elements.all("script") and not [tag for tag, attrs in elements.found if "onclick" in attrs]
    assert elements.text.count(HOSTILE) >= 5
    assert "A line that falls: " + HOSTILE in [img["alt"] for img in elements.all("img")]


def test_arabic_is_marked_and_has_its_font():
    """Arabic says so and brings its letters; a page without any brings none."""
    assert '<span lang="ar" dir="rtl">الهول</span>' in page("brief")
    assert 'font-family:"IBM Plex Sans Arabic"' in page("brief")
    without = sample()
    without.cells = [cell for cell in without.cells if "الهول" not in str(cell)]
    assert 'font-family:"IBM Plex Sans Arabic"' not in to_html(read("brief", notebook=without))


def test_two_runs_give_the_same_bytes():
    """The page of an executed notebook is the same each time."""
    assert to_html(read("instructor")) == page("instructor")


def test_brief_is_small():
    """A brief weighs at most 250 KB."""
    assert len(page("brief").encode()) < 250_000


@cache
def page_from_elsewhere(made):
    """The page of a notebook from elsewhere, by the function that makes it."""
    return to_html(open_notebook(made(), "student", "any"))


def test_page_from_elsewhere_claims_nothing_of_ours():
    """No name, cut-off, licence or colophon of this collection; the notebook's own author is named."""
    html = page_from_elsewhere(described).partition("<body")[2]
    assert "Dossier" not in html and "cut-off" not in html and "CC BY" not in html
    elements = Elements(page_from_elsewhere(described))
    assert {"name": "author", "content": "Ada Author"} in elements.all("meta") and "Ada Author" in elements.text
    assert not elements.all("header") and not elements.all("footer")


def test_page_from_elsewhere_is_whole_and_silent():
    """One h1, closed levels, no script, no request, no attribute that acts, links that lead somewhere."""
    elements = Elements(page_from_elsewhere(described))
    levels = [int(tag[1]) for tag, _ in elements.found if re.fullmatch("h[1-6]", tag)]
    assert levels == [1, 2, 3]
    assert not elements.all("script") and not [tag for tag, attrs in elements.found if "onerror" in attrs]
    assert all(img["src"].startswith("data:image/") for img in elements.all("img"))
    assert [a["href"] for a in elements.all("a") if a.get("class") != "sign"] == [
        "#main",
        "#s-deep-down",
        "#s-deep-down",
    ]


def test_dead_link_is_its_words():
    """A link to a heading that is not there is no link."""
    html = to_html(open_notebook(notebook("# T\n\n[words](#nowhere)"), "student", "any"))
    assert "<p>words</p>" in html


def test_results_from_elsewhere():
    """Table heads have a scope, streams and errors say what they are, code can be folded, hidden code is not there."""
    html = page_from_elsewhere(described)
    assert '<th scope="col" class="right">people</th>' in html and '<th scope="row">one</th>' in html
    assert '<td class="right">39904</td>' in html and "the frame as text" not in html
    for part in (
        '<p class="stream stderr">Warnings and messages (standard error)</p>\n<pre class="output stderr"><code>a warning<',
        '<p class="stream error">The cell stopped with an error</p>\n<pre class="output error"><code>----\nZeroDiv',
        '<pre class="output"><code>output</code></pre>',
        '<details class="code" open><summary>Code</summary><pre><code>f()</code></pre></details>',
        '<pre class="output"><code>Figure(1)</code></pre>',
        '<math display="block"',
    ):
        assert part in html, part
    assert "hidden result" in html and "hidden = 1" not in html and "raw words" not in html and "\x1b" not in html


def test_described_picture_from_elsewhere():
    """A picture has the description and the width that its author gave, and no caption."""
    first, second = Elements(page_from_elsewhere(described)).all("img")
    assert (first["alt"], second["alt"], second["width"]) == ("A field of blue", "A blue field", "30")
    assert "figcaption" not in page_from_elsewhere(described).partition("<body")[2]


def test_picture_without_description_says_so():
    """No made-up alt text and no empty one: a caption for all readers says which picture it is."""
    html = page_from_elsewhere(undescribed)
    one, two, three = Elements(html).all("img")
    assert "alt" not in one and "alt" not in two and three["alt"] == "Blue"
    assert one["aria-labelledby"] == "picture-1"
    assert (
        '<figcaption class="key" id="picture-1">Picture 1, from cell 2 of the notebook. '
        "Its author gave no description.</figcaption>" in html
    )
    assert "No description has been provided" not in html


def test_formula_in_a_title():
    """A formula in a heading is a formula there and in the contents."""
    html = to_html(open_notebook(notebook("# T\n\n## The $x^2$ law"), "student", "any"))
    assert html.count("<msup><mi>x</mi><mn>2</mn></msup>") == 2
