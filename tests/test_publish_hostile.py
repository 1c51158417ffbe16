"""Content is data: payloads in every text column show letter for letter in every export and do nothing."""

import csv
import json
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pypdf
import pytest
import yaml
from dossier.errors import RequestError
from dossier.figure import MIME
from dossier.letters import legible
from dossier.prose import say
from dossier.publish import markdown
from dossier.publish.fonts import spelled
from dossier.request import from_batch, from_command_line
from dossier.tables import tables
from hostile import BEACON, DAY, PAYLOADS, THEME, words
from test_publish_html import Elements

every_payload = pytest.mark.parametrize("payload", PAYLOADS)
STEM = f"{THEME}_{DAY}_student"


def shown(payload):
    """A payload as a page shows it: in one line, with the signs that nobody sees spelled out."""
    return " ".join(legible(PAYLOADS[payload]).split())


def said(payload):
    """What the notebook says of a payload: a line for each table, with all of its columns."""
    return [f"{table}: {' ¦ '.join([shown(payload)] * len(words(table)))}" for table in tables()]


@pytest.fixture(scope="module")
def page(hostile_exports):
    """The elements of the page."""
    return Elements((hostile_exports / f"{STEM}.html").read_text("utf-8"))


@pytest.fixture(scope="module")
def pdf(hostile_exports):
    """The PDF, as pypdf reads it."""
    return pypdf.PdfReader(hostile_exports / f"{STEM}.pdf")


@pytest.fixture(scope="module")
def paper(pdf):
    """The text of the PDF, without what line ends add; pages that are mostly a drawing take long to read and are left out."""
    pages = [page for page in pdf.pages if len(page.get_contents().get_data()) < 500_000]
    return squeezed("".join(page.extract_text() for page in pages))


@pytest.fixture(scope="module")
def pictures(page):
    """The SVG of each figure of the page that has one."""
    return [unquote(img["src"].partition(",")[2]) for img in page.all("img") if img["src"].startswith("data:image/svg")]


def squeezed(text):
    """Text without what a line end may have added or taken: blanks, hyphens, marks of direction."""
    return re.sub(r"[\s\u00ad\u200c-\u200f\u2010-]", "", text)


@every_payload
def test_page_shows_it_letter_for_letter(payload, page):
    """Each column of each table stands on the page as it is in the table."""
    assert [line for line in said(payload) if line not in page.text] == []


@every_payload
def test_page_shows_it_in_tables_figures_and_printed_text(payload, page):
    """The evidence, the glossary, the printed lines and the data of figures have it too; so do titles with a place for it."""
    assert page.text.count(shown(payload)) > sum(len(words(table)) for table in tables()) + 8


def test_no_element_is_made_of_content(page):
    """The page has the elements of its template, no handler, no style, no link away and no picture from elsewhere."""
    assert {tag for tag, _ in page.found} <= set(
        "html head meta title style body a header p b main h1 h2 div nav ol ul li span strong em sup code pre details"
        " summary table thead tbody tr th td caption figure figcaption img section footer dl dt dd".split()
    )
    names = {name for _, attrs in page.found for name in attrs}
    assert not [name for name in names if name.startswith("on") or name in ("style", "srcdoc", "formaction")]
    assert all(a["href"].startswith("#") for a in page.all("a"))
    assert all(img["src"].startswith("data:image/") for img in page.all("img"))


def test_descriptions_hold_content_as_text(page):
    """The description of a figure and the name of its data table say what the rows say, letter for letter."""
    spoken = [img["alt"] for img in page.all("img")] + [div.get("aria-label", "") for div in page.all("div")]
    told = {payload for payload in PAYLOADS if any(shown(payload) in text for text in spoken)}
    assert {"tags", "script", "attribute", "jinja"} <= told and len(told) > 8


@every_payload
def test_paper_shows_it_letter_for_letter(payload, paper):
    """Each column of each table stands in the text of the PDF, but for one or two that the end of a page cuts."""
    columns = sum(len(words(table)) for table in tables())
    if payload == "right-to-left":  # readers give words of the other direction in one order or the other
        assert paper.count("[U+05E9][U+05DC][U+05D5][U+05DD]") > columns
    else:
        assert paper.count(squeezed(spelled(shown(payload)))) > columns


def test_paper_has_no_link_that_acts(pdf):
    """The PDF has links within itself and no action, script, file or address that came from content."""
    objects = [pdf.get_object(number) for number in range(1, pdf.trailer["/Size"])]
    dictionaries = [found for found in objects if isinstance(found, dict)]
    kinds = {str(found["/S"]) for found in dictionaries if found.get("/Type") == "/Action" or "/URI" in found}
    kinds |= {
        str(note["/A"]["/S"])
        for found in dictionaries
        if "/Annots" in found
        for note in annotations(found)
        if "/A" in note
    }
    assert kinds <= {"/GoTo"}
    for key in ("/JavaScript", "/JS", "/Launch", "/AA", "/EmbeddedFiles", "/SubmitForm"):
        assert not [found for found in dictionaries if key in found]
    assert sum(len(found["/Annots"]) for found in dictionaries if "/Annots" in found) > 20


def annotations(page):
    """The annotations of a page."""
    return [note.get_object() for note in page["/Annots"]]


def test_pictures_are_drawings(pictures):
    """Each SVG is whole and has shapes only: no text that a reader could run, no link, no script."""
    assert len(pictures) > 8
    for picture in pictures:
        tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(picture).iter()}
        assert tags <= {"svg", "g", "path", "use", "defs", "clipPath", "rect", "style"}
        assert picture.count("<style") == 1 and not re.search(r"\son\w+=|href=['\"](?!#)|url\((?!#)", picture)


def test_figure_data_has_no_formula(hostile_exports):
    """A cell of a figure's CSV is text to a spreadsheet, and text as it is in the table."""
    cells = [
        cell
        for path in (hostile_exports / "figures").glob("*.csv")
        for row in csv.reader(path.open(encoding="utf-8", newline=""))
        for cell in row
    ]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert "'" + PAYLOADS["formula"] in cells
    for payload in ("script", "jinja", "control", "private", "invisible", "rare"):
        assert legible(PAYLOADS[payload]) in cells


def test_notebook_holds_none_of_it(hostile_exports):
    """A runnable notebook has no output, and so nothing of the tables."""
    notebook = (hostile_exports / f"{STEM}.ipynb").read_text("utf-8")
    assert json.loads(notebook)["cells"] and BEACON not in notebook and "window.hit" not in notebook


@every_payload
def test_lab_shows_it_letter_for_letter(payload):
    """The Markdown that JupyterLab renders shows a value as it is."""
    prose = say("{text}", text=PAYLOADS[payload])
    assert markdown.plain(prose.lab_markdown) == shown(payload)
    assert MIME not in prose._repr_mimebundle_()


def refused(call, *arguments):
    """The message of a refusal, after a look at its form."""
    with pytest.raises(RequestError) as found:
        call(*arguments)
    message = str(found.value).split("\n")
    assert len(message) <= 6 and all(line.isprintable() and len(line) <= 310 for line in message)
    return "\n".join(message)


@every_payload
def test_parameter_is_refused_safely(payload):
    """A payload as a value, a name, a theme or a date is refused in a few lines that no terminal obeys."""
    text = PAYLOADS[payload]
    one = {
        name: text for name in ("focus", "since", "grade", "counting", "scale", "as_of", text.partition("=")[0] or "x")
    }
    several = {name: json.dumps([text], ensure_ascii=False) for name in ("actors", "places")}
    for name, value in {**one, **several}.items():
        refused(from_command_line, [THEME], [], [f"{name}={value}"], [], [])
    refused(from_command_line, [text], [], [], [], [])
    refused(from_command_line, [THEME], [text], [], [], [])
    refused(from_command_line, [THEME], [], [], [text], [])
    refused(from_command_line, [THEME], [], [], [], [text])


@every_payload
def test_batch_file_is_refused_safely(payload, tmp_path):
    """The same in a batch file."""
    text, path = PAYLOADS[payload], tmp_path / "batch.yml"
    for entry in (
        {"theme": text},
        {"theme": THEME, "as_of": text},
        {"theme": THEME, text: 1},
        {"theme": THEME, "editions": [text]},
        {"theme": THEME, "formats": text},
        {"theme": THEME, "parameters": {text: text}},
        {"theme": THEME, "parameters": {"focus": text, "actors": []}},
        {"theme": THEME, "parameters": {"actors": [text]}},
    ):
        path.write_text(yaml.safe_dump({"briefings": [entry]}, allow_unicode=True), encoding="utf-8")
        assert "batch.yml" in refused(from_batch, path)
    path.write_text(text.encode("utf-8", "replace").decode(), encoding="utf-8")
    assert "batch.yml" in refused(from_batch, path)
