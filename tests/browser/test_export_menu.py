"""JupyterLab's menu "Save and Export Notebook As", used as a student uses it."""

import io
import json
import time
import urllib.request

import pypdf
import pytest
from dossier.data import cut_off
from dossier.dates import spell_day
from test_lab_browser import executed, opened


@pytest.fixture(scope="module")
def notebook(browser, lab):
    """`start-here` in JupyterLab, every cell run."""
    page = opened(browser, lab, "start-here")
    page.wait_for_selector("figure img[alt]", state="attached", timeout=120_000)
    executed(page)
    yield page
    page.close()


def exported(page, label):
    """(file name, content) that the server hands out for the menu entry with this label."""
    found = []

    def take(route):
        found.append(route.fetch(timeout=120_000))
        route.fulfill(status=204)  # the tab that the menu opens would close without a trace of its download

    page.context.route("**/nbconvert/**", take)
    page.locator(".lm-MenuBar-itemLabel:text-is('File')").click()
    page.locator("text=Save and Export Notebook As").hover()
    page.locator(f".lm-Menu-itemLabel:text-is('{label}')").click()
    end = time.monotonic() + 120
    while not found:
        assert time.monotonic() < end, "the menu entry asked for nothing"
        page.wait_for_timeout(200)
    page.context.unroute("**/nbconvert/**")
    assert found[0].status == 200, found[0].text()
    return found[0].headers["content-disposition"].partition("''")[2], found[0].body()


def test_server_lists_both_exporters(lab):
    """The list from which the menu is made has both, with their kinds."""
    found = json.load(urllib.request.urlopen(f"{lab}/api/nbconvert"))
    assert found["dossier-html"] == {"output_mimetype": "text/html"}
    assert found["dossier-pdf"] == {"output_mimetype": "application/pdf"}


def test_page_from_the_menu(notebook):
    """The page is that of the notebook as it was run, with the cut-off of its parameters cell."""
    name, content = exported(notebook, "Dossier-html")
    page = content.decode()
    assert name == "start-here.html" and "<h1>Where do I start?</h1>" in page
    assert f"Information cut-off {spell_day(cut_off())}" in page


def test_paper_from_the_menu(notebook):
    """So is the PDF."""
    name, content = exported(notebook, "Dossier-pdf")
    paper = pypdf.PdfReader(io.BytesIO(content))
    assert name == "start-here.pdf" and paper.metadata["/Title"] == "Where do I start?"
    assert spell_day(cut_off()) in paper.pages[0].extract_text()
