"""Every page as a reader opens it: by eye, by keyboard, by ear, on a phone, in the dark, on paper, without a network."""

import io
import os
import re
import subprocess
import sys
import unicodedata

import pypdf
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from dossier.project import ROOT, THEMES

EDITIONS = ("brief", "student", "instructor")
LARGEST = {"brief": 250_000, "student": 900_000}  # bytes
DESK, TABLET, PHONE = (dict(width=width, height=900) for width in (1280, 768, 320))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIRST_ROWS = "tbody tr:nth-child(n+6), li:nth-child(n+10) { display: none }"
PAPER, DARK = "rgb(255, 255, 255)", "rgb(20, 24, 29)"  # the ground of a page by day and by night
# What can be clicked and is reached by Tab; a sign beside a passage is for pointers, its link is in a list at the foot.
STOPS = "a[href]:not(.sign), summary, [tabindex='0']"

EVERY = [(theme, edition) for theme in THEMES for edition in EDITIONS]
every_brief_and_lesson = pytest.mark.parametrize(
    "theme, edition", [(theme, edition) for theme, edition in EVERY if edition in LARGEST]
)


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """(theme, edition) -> the file of each page, from one build."""
    out = tmp_path_factory.mktemp("pages")
    editions = [option for edition in EDITIONS for option in ("--edition", edition)]
    command = [sys.executable, "-m", "dossier", "build", *editions, "--format", "html", "--out", str(out)]
    env = {**os.environ, "DOSSIER_CACHE": str(out / "cache")}
    run = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return {(theme, edition): next(out.glob(f"{theme}/*/*_{edition}.html")) for theme in THEMES for edition in EDITIONS}


@pytest.fixture(scope="module")
def open_page(browser, pages):
    """Opens a page in a context of its own; every request but for the page itself is stopped and kept in `.asked`."""

    def open_page(theme, edition, viewport=DESK, **settings):
        page = browser.new_context(viewport=viewport, **settings).new_page()
        page.asked, address = [], pages[theme, edition].as_uri()
        page.on("request", lambda request: request.url.startswith("data:") or page.asked.append(request.url))
        page.route("**/*", lambda route: route.continue_() if route.request.url == address else route.abort())
        page.goto(address)
        return page

    return open_page


@pytest.fixture
def opened(open_page):
    """Opens pages for one test."""
    mine = []

    def opened(*what, **settings):
        mine.append(open_page(*what, **settings))
        return mine[-1]

    yield opened
    for page in mine:
        page.context.close()


@pytest.fixture(scope="module", params=EVERY, ids="-".join)
def shared(request, open_page):
    """Each page in turn, opened once for all tests that only look."""
    page = open_page(*request.param)
    page.theme, page.edition = request.param
    yield page
    page.context.close()


@pytest.fixture
def page(shared):
    """A page as it opens on a desk by day; whatever a test folds or resizes is put back."""
    yield shared
    shared.set_viewport_size(DESK)
    shared.emulate_media(media="screen", color_scheme="light")
    shared.eval_on_selector_all("details", "all => all.forEach(one => one.open = false)")


def unfold(page):
    """Open all that is folded."""
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")


def axe(page, rules=None):
    """What axe-core finds, and what it looked at: (lines of violations, ids of the rules with something to look at)."""
    page.evaluate(AXE_SCRIPT)
    options = {"runOnly": {"type": "tag", "values": RULES}, "rules": rules or {}, "resultTypes": ["violations"]}
    results = page.evaluate("options => axe.run(options)", options)
    nodes = [(rule["id"], node) for rule in results["violations"] for node in rule["nodes"]]
    looked = {rule["id"] for kind in ("passes", "violations", "incomplete") for rule in results[kind]}
    return [f"{id}: {node['target']} {node['failureSummary']}" for id, node in nodes], looked


@pytest.mark.parametrize("scheme, ground", [("light", PAPER), ("dark", DARK)], ids=["light", "dark"])
def test_axe_finds_nothing(scheme, ground, page):
    """axe-core finds nothing by day and by night, all unfolded; it looked at contrast and at the size of targets.

    Of a long table or list in a lesson it sees the first rows: a hundred of the same make take minutes.
    """
    page.emulate_media(color_scheme=scheme)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground
    unfold(page)
    short = page.add_style_tag(content="/* all */" if page.edition == "brief" else FIRST_ROWS)
    found, looked = axe(page)
    short.evaluate("style => style.remove()")
    assert found == []
    assert {"target-size", "color-contrast", "image-alt", "heading-order", "region", "link-name"} <= looked


def test_axe_finds_nothing_on_a_phone(page):
    """Nothing on a narrow screen either, folded as a reader first sees it; contrast is the same there."""
    page.set_viewport_size(PHONE)
    found, looked = axe(page, {"color-contrast": {"enabled": False}})
    assert found == [] and "target-size" in looked


def test_axe_would_find_a_fault(opened):
    """The same call names a small target, a pale word and a picture without description where there are some."""
    page = opened("isis-threat", "brief")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('afterbegin', '<p style=\"color:#ccc\">pale</p><img src=\"data:,\">"
        '<div><button style="width:9px;height:9px;padding:0">a</button><button style="width:9px;height:9px;padding:0">b</button></div>\')'
    )
    assert {line.partition(":")[0] for line in axe(page)[0]} >= {"color-contrast", "image-alt", "target-size"}


def test_page_is_one_file(page, pages):
    """Unfolded, scrolled to its end, by night and on paper, a page asks for nothing but itself; it has no script."""
    unfold(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(
        "document.fonts.ready.then(() => [...document.images].every(one => one.complete && one.naturalWidth > 0))"
    )
    assert page.asked == [pages[page.theme, page.edition].as_uri()]
    assert page.locator("script, link, iframe, object, embed").count() == 0


def test_same_text_without_scripts(page, opened):
    """Whoever forbids scripts reads the same."""
    text = page.locator("body").inner_text()
    assert opened(page.theme, page.edition, java_script_enabled=False).locator("body").inner_text() == text
    assert len(text) > 3000


@every_brief_and_lesson
def test_size(theme, edition, pages):
    """A brief goes with a mail, a lesson opens on a slow line."""
    assert pages[theme, edition].stat().st_size <= LARGEST[edition]


def test_figures_are_described(page):
    """Each figure has a description in sentences, its own and not its title."""
    figures = page.eval_on_selector_all(
        "figure", "all => all.map(one => [one.querySelector('img').alt, one.querySelector('figcaption').innerText])"
    )
    assert figures and len({alt for alt, _ in figures}) == len(figures)
    for alt, title in figures:
        assert len(alt.split()) >= 20 and alt.endswith(".") and "No description" not in alt
        assert alt not in title and title not in alt


@pytest.mark.parametrize("viewport", [PHONE, TABLET], ids=["phone", "tablet"])
def test_no_page_scrolls_sideways(viewport, page):
    """On a narrow screen the page stays in its width, unfolded too; what is wider scrolls in a region of its own."""
    page.set_viewport_size(viewport)
    unfold(page)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= viewport["width"]
    scrolling = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(one => one.scrollWidth > one.clientWidth + 1
             && one.clientWidth && getComputedStyle(one).overflowX != 'visible')
             .map(one => [one.className, one.tabIndex, one.getAttribute('aria-label')])"""
    )
    assert all(tab == 0 and label for _, tab, label in scrolling)
    assert viewport is TABLET or "plate" in {name for name, _, _ in scrolling}
    beyond = page.evaluate(
        """() => [...document.querySelectorAll('main *, footer *')].filter(one => !one.closest('.plate, .scroll')
             && one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML.slice(0, 80))"""
    )
    assert beyond == []


def test_names_stay_in_one_piece(page):
    """No line ends in al-, on a phone and on a desk."""
    names = page.evaluate(
        r"""() => { const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
             while (walker.nextNode())
               if (/\b[Aa]l-[A-Z]/.test(walker.currentNode.data) && !walker.currentNode.parentElement.closest('pre, code'))
                 found.push([walker.currentNode.data, walker.currentNode.parentElement.className])
             return found }"""
    )
    assert names and [name for name in names if name[1] != "name"] == []
    for viewport in (PHONE, DESK):
        page.set_viewport_size(viewport)
        torn = page.eval_on_selector_all(
            ".name", "all => all.filter(one => one.getClientRects().length > 1).map(one => one.textContent)"
        )
        assert torn == []


WATCH = """() => {
  window.reached = []
  addEventListener('focusin', event => {
    const style = getComputedStyle(event.target)
    reached.push([event.target, style.outlineStyle != 'none' && parseFloat(style.outlineWidth) >= 2])
  })
}"""


def walk(page):
    """Press Tab from the top to the end; (stops in the order in which they came, those in the page, all were outlined)."""
    page.evaluate(WATCH)
    wanted = page.evaluate(f'[...document.querySelectorAll("{STOPS}")].filter(one => one.checkVisibility()).length')
    for _ in range(wanted):
        page.keyboard.press("Tab")
    return page.evaluate(
        f"""() => {{
          const all = [...document.querySelectorAll("{STOPS}")].filter(one => one.checkVisibility())
          return [reached.map(([one]) => all.indexOf(one)), all.length, reached.every(([_, outlined]) => outlined)]
        }}"""
    )


@every_brief_and_lesson
def test_keyboard_reaches_everything_in_reading_order(theme, edition, opened):
    """Tab stops at each link, fold and scrolling region, once each and in the order of the text, and shows where it is."""
    page = opened(theme, edition)
    unfold(page)
    reached, count, outlined = walk(page)
    assert reached == list(range(count)) and outlined
    assert count > 20


def test_order_of_the_text_is_that_of_the_page(page):
    """What comes later in the text does not stand higher on the page."""
    page.set_viewport_size(TABLET)
    tops = page.eval_on_selector_all(
        "main p, main li, main h1, main h2, main h3, figure, main table, footer dt",
        "all => all.filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect().top)",
    )
    assert tops == sorted(tops) and len(tops) > 30


@every_brief_and_lesson
def test_focus_is_seen(theme, edition, opened):
    """Each of the first forty stops is on the screen and under nothing else."""
    page = opened(theme, edition)
    for _ in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const one = document.activeElement, box = one.getClientRects()[0]
                 const x = box.left + Math.min(box.width, 40) / 2, y = box.top + Math.min(box.height, 20) / 2
                 const hit = document.elementFromPoint(x, y)
                 return hit && (one.contains(hit) || hit.contains(one)) || one.outerHTML.slice(0, 90) }"""
        )
        assert seen is True


@every_brief_and_lesson
def test_fold_opens_by_keyboard(theme, edition, opened):
    """Enter on the line under a figure shows its data."""
    page = opened(theme, edition)
    page.locator("details.data summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.data table").first.is_visible()


@every_brief_and_lesson
def test_skip_link_leads_to_the_text(theme, edition, opened):
    """The first Tab shows a link, and Enter on it goes on from the main text."""
    page = opened(theme, edition)
    page.keyboard.press("Tab")
    box = page.locator(".skip").bounding_box()
    assert box["x"] >= 0 and box["y"] >= 0 and page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("location.hash") == "#main"
    assert page.evaluate(
        "document.activeElement == document.querySelector(`main :is(a[href]:not(.sign), summary, [tabindex='0'])`)"
    )


def test_landmarks_and_headings(page):
    """One banner, main, footer and h1; a lesson has contents that name its h2 in order; no level is left out."""
    for role in ("banner", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    levels = page.eval_on_selector_all("h1, h2, h3, h4, h5, h6", "all => all.map(one => Number(one.tagName[1]))")
    assert levels[0] == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert page.get_by_role("navigation").count() == (page.edition != "brief")
    listed = page.locator("nav.contents a").evaluate_all("all => all.map(one => [one.hash, one.textContent])")
    headings = page.locator("h2").evaluate_all("all => all.map(one => ['#' + one.id, one.textContent])")
    assert listed == (headings if page.edition != "brief" else [])


def test_every_passage_can_be_cited(page):
    """Each paragraph, list, table and figure of the text has an address, listed at the foot in reading order."""
    passages = page.eval_on_selector_all(".passage", "all => all.map(one => '#' + one.id)")
    assert len(set(passages)) == len(passages) > 3
    for links in (".passages a", ".sign"):
        assert page.locator(links).evaluate_all("all => all.map(one => one.getAttribute('href'))") == passages
    without = page.eval_on_selector_all(
        "main :is(p, ul, ol, table, figure)",
        """all => all.filter(one => !one.closest('.passage, .contents, .references') && !one.matches('.label'))
             .map(one => one.outerHTML.slice(0, 80))""",
    )
    assert without == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_sign_of_a_passage(viewport, opened):
    """The sign shows when a pointer is on the passage, stands on the screen beside it, and its link is the address."""
    page = opened("pmu-debate", "instructor", viewport)
    for passage in page.locator(".passage").all()[:25]:
        page.mouse.move(0, 0)
        sign = passage.locator("> .sign")
        assert sign.evaluate("one => getComputedStyle(one).opacity") == "0"
        passage.hover(position={"x": 2, "y": 2})
        assert sign.evaluate("one => getComputedStyle(one).opacity") == "1"
        box, text = sign.bounding_box(), passage.bounding_box()
        assert 0 <= box["x"] and box["x"] + box["width"] <= text["x"] + 1 and box["width"] > 8
    sign.click()
    assert page.evaluate("location.hash") == f"#{passage.get_attribute('id')}"


def test_link_of_the_list_leads_to_the_passage(opened):
    """By keyboard: unfold the list, choose a passage, and it is marked on the screen."""
    page = opened("isis-threat", "student")
    page.locator(".passages summary").press("Enter")
    link = page.locator(".passages a").nth(20)
    link.press("Enter")
    target = page.locator(":target")
    assert f"#{target.get_attribute('id')}" == link.get_attribute("href")
    assert 0 <= target.bounding_box()["y"] < 900
    assert target.evaluate("one => getComputedStyle(one).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_print_shows_all_of_the_text(page):
    """On paper the page is light and has no navigation; nothing is cut at the side or scrolls."""
    page.set_viewport_size(dict(width=650, height=970))  # A4 within its margins
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == PAPER
    for hidden in (".skip", "nav", ".sign", ".passages", "details.data", "details.code", ".back"):
        assert not page.locator(hidden).evaluate_all("all => all.some(one => one.checkVisibility())")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(one => one.checkVisibility() && (
             one.getBoundingClientRect().right > innerWidth + 1 || one.scrollWidth > one.clientWidth + 1
             && one.clientWidth && getComputedStyle(one).display != 'inline')).map(one => one.outerHTML.slice(0, 80))"""
    )
    assert cut == []


@pytest.mark.parametrize("theme", THEMES)
def test_paper_of_a_browser_has_every_line(theme, opened):
    """What the browser prints of a brief has every line of it, but for those that the end of a page cuts."""
    page = opened(theme, "brief")
    page.emulate_media(media="print")
    page.eval_on_selector_all(".note", "all => all.forEach(one => one.remove())")  # readers give raised signs elsewhere
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = squeezed("".join(sheet.extract_text() for sheet in printed.pages))
    lines = page.locator("body").inner_text().splitlines()
    lines = [line for line in lines if line and not re.search(r"[\u0600-\u06ff]", line)]
    missing = [line for line in lines if squeezed(line) not in text]
    assert len(lines) > 40 and len(missing) <= len(printed.pages), missing


def squeezed(text):
    """Text without blanks, each letter by itself."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
