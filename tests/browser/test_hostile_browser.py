"""Hostile content in a real browser: nothing of it runs, asks for anything or becomes an element."""

import pytest
from dossier.letters import legible
from dossier.tables import tables
from hostile import DAY, PAYLOADS, THEME, words

ELEMENTS = set(
    "html head meta title style body a header p b main h1 h2 div nav ol ul li span strong em sup code pre details"
    " summary table thead tbody tr th td figure figcaption img section footer dl dt dd caption".split()
)


@pytest.fixture(scope="module")
def hostile_page(browser, hostile_exports):
    """The page of hostile evidence, on a phone, unfolded; `.asked` holds what it asked for besides itself."""
    page = browser.new_context(viewport=dict(width=320, height=900)).new_page()
    address, page.asked = (hostile_exports / f"{THEME}_{DAY}_student.html").as_uri(), []
    page.on("request", lambda request: request.url.startswith(("data:", address)) or page.asked.append(request.url))
    page.on("dialog", lambda dialog: page.asked.append(dialog.message))
    page.goto(address)
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    yield page
    page.context.close()


def test_nothing_runs(hostile_page):
    """No handler and no script has left its mark after the page was opened, pointed at, clicked and walked through."""
    for cell in hostile_page.locator("main li").all()[:40]:
        cell.click(position={"x": 40, "y": 4})
    for _ in range(60):
        hostile_page.keyboard.press("Tab")
    assert hostile_page.evaluate("window.hit") is None
    assert hostile_page.asked == []


def test_no_element_is_made_of_content(hostile_page):
    """The document that the browser built has the template's elements, no handler and no link away from itself."""
    made = hostile_page.evaluate(
        """() => { const all = [...document.querySelectorAll('*')]
             return [[...new Set(all.map(one => one.localName))], [...new Set(all.flatMap(one => one.getAttributeNames()))],
                     all.filter(one => one.href && !one.getAttribute('href').startsWith('#')).length] }"""
    )
    assert set(made[0]) <= ELEMENTS
    assert not [name for name in made[1] if name.startswith("on") or name in ("style", "srcdoc", "autofocus")]
    assert made[2] == 0


@pytest.mark.parametrize("payload", PAYLOADS)
def test_reader_sees_it_letter_for_letter(payload, hostile_page):
    """What stands in the document are the letters of the cell."""
    text = " ".join(legible(PAYLOADS[payload]).split())
    said = [f"{table}: {' ¦ '.join([text] * len(words(table)))}" for table in tables()]
    seen = hostile_page.locator("main li").all_text_contents()
    assert [line for line in said if not any(item.startswith(line) for item in seen)] == []


def test_every_figure_is_drawn(hostile_page):
    """No sign in a label breaks its picture."""
    assert hostile_page.evaluate("[...document.images].every(one => one.complete && one.naturalWidth > 100)")
    assert hostile_page.locator("img").count() > 10


def test_page_stays_in_its_width(hostile_page):
    """A word longer than the screen goes on in the next line, in text, tables, titles and sources."""
    assert hostile_page.evaluate("document.scrollingElement.scrollWidth") <= 320
