"""The page of a notebook from elsewhere in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from dossier.publish.at_hand import open_notebook
from dossier.publish.html import to_html
from foreign import FRAME, code, described, notebook, shown, undescribed


def several_levels():
    """A notebook with tables that have levels of headers, names of index and columns, and no headers at all."""
    levels = FRAME.set_index("name", append=True).rename_axis(["first", "second"]).T.rename_axis("columns")
    tables = [levels.to_html(), levels.T.to_html(), "<table><tr><td>bare</td></tr></table>"]
    return notebook("# Tables", *(code("", shown(text_html=html)) for html in tables))


@pytest.fixture
def page(browser, tmp_path):
    """Opens the page of a notebook; every request, dialog and fault that it makes is in `page.said`."""
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.said = []
    page.on("request", lambda request: page.said.append(request.url) if request.url.startswith("http") else None)
    page.on("dialog", lambda dialog: (page.said.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: page.said.append(str(error)))

    def show(made, **look):
        file = tmp_path / "any.html"
        file.write_text(to_html(open_notebook(made, "student", "any")), encoding="utf-8")
        page.emulate_media(**look)
        page.goto(file.as_uri())
        return page

    yield show
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("made", [described, undescribed, several_levels])
def test_no_accessibility_fault(made, scheme, page):
    """axe finds nothing, in light and in dark."""
    found = Axe().run(page(made(), color_scheme=scheme)).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []


def test_page_asks_for_nothing_and_runs_nothing(page):
    """No host is asked, no script of the notebook runs, every picture is drawn."""
    opened = page(described())
    assert opened.said == []
    assert opened.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")


def test_formula_is_drawn(page):
    """The browser lays the formula out: a root is wider than nothing."""
    assert page(described()).evaluate("document.querySelector('math msqrt').getBoundingClientRect().width") > 5


def test_page_fits_a_phone(page):
    """On a narrow screen only tables scroll, not the page."""
    cells = [code("x" * 300), code("", shown(text_html=FRAME.T.to_html())), described().cells[2]]
    narrow = page(notebook("# Wide", *cells))
    narrow.set_viewport_size({"width": 320, "height": 600})
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320


def test_code_can_be_folded(page):
    """Code stands open and folds at its summary."""
    block = page(described()).locator("details.code").first
    assert block.locator("pre").is_visible()
    block.locator("summary").click()
    assert not block.locator("pre").is_visible()
