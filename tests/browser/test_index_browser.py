"""The index of a build as a reader uses it, from a file."""

import functools
import http.server
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from dossier.publish import index
from test_publish_index import item, made_up, put_page
from test_publish_markdown import HOSTILE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MANY = 500
FRAMES = "async () => { for (let n = 0; n < 8; n++) await new Promise(requestAnimationFrame) }"  # a jump settles


def written(out, items):
    """A folder with the index of some items."""
    (out / "index.html").write_text(index.to_html(items, out), encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """Sixteen briefings, of which one has failed files, and one with hostile text."""
    out = tmp_path_factory.mktemp("few")
    hostile = (
        item("pmu-debate", "2024-12-10", error=HOSTILE, focus=HOSTILE),
        item("pmu-debate", "2024-12-10", format="pdf"),
    )
    words = item("isis-threat", "2024-12-10")
    put_page(out, words, f"{HOSTILE} <img src=x onerror=alert(4)> {'Unbroken' * 20}")
    return written(out, [*made_up(out, 14), *hostile, words])


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Five hundred briefings."""
    out = tmp_path_factory.mktemp("many")
    return written(out, made_up(out, MANY))


@pytest.fixture
def opened(browser):
    """A function that opens the index in a folder: a page on which no script raised and no box popped up."""
    contexts, faults = [], []

    def open_index(folder, hash="", width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(error))
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
        page.goto(f"{(folder / 'index.html').as_uri()}{hash}")
        return page

    yield open_index
    for context in contexts:
        context.close()
    assert not faults


def texts(found):
    """The text of each element in one line."""
    return [" ".join(text.split()) for text in found.all_inner_texts()]


def titles(page):
    """The headlines in sight."""
    return texts(page.locator("article:visible h4"))


def says(page, words):
    """Wait until the status line says so."""
    page.locator("[role=status]", has_text=words).wait_for(timeout=10_000)
    assert page.locator("[role=status]").inner_text() == words


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("hash", ["", "#find=nothing-such", "#edition=student&format=pdf"])
def test_no_accessibility_fault(scheme, hash, few, opened):
    """axe-core finds nothing by WCAG 2.2 AA or its best practices: whole, filtered and without a match."""
    page = opened(few, hash, color_scheme=scheme)
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.response["violations"] == [], found.generate_report()
    assert found.response["passes"]


def test_live_region_is_polite(few, opened):
    """The number of matches is told without stealing the reader's place."""
    status = opened(few).locator("[role=status]")
    assert status.count() == 1 and status.get_attribute("aria-live") == "polite"


def test_nothing_else_is_asked_for(few, browser):
    """Opened from a host's sub-folder the page asks for itself and no more; a link leads on within the folder."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=few.parent)
    handler.log_message = lambda *_: None
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        asked, page = [], browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        base = f"http://127.0.0.1:{server.server_port}/{few.name}"
        page.goto(f"{base}/index.html", wait_until="networkidle")
        assert [url for url in asked if not url.startswith("data:")] == [f"{base}/index.html"]
        page.locator("article h4 a").first.click()
        assert page.url == f"{base}/baathist-legacy/2025-05-31/baathist-legacy_2025-05-31_brief.html"
        page.close()
        server.shutdown()


def test_typing_narrows_the_list(few, opened):
    """Words of headline, theme, day, focus and edition count together; what is empty goes, its jumps too."""
    page = opened(few)
    says(page, "All shown, newest first")
    page.get_by_label("Find", exact=True).press_sequentially("hol isis")
    says(page, "3 of 17 briefings")
    assert titles(page) == [f"Headline {n} of isis-threat: al-Hol (الهول) & more" for n in (3, 7, 11)]
    assert texts(page.locator("h2:visible")) == ["ISIS threat", "Failed"]
    assert texts(page.locator("nav a:visible")) == ["ISIS threat", "ISIS threat, May 2025"]
    assert page.url.endswith("/index.html#find=hol+isis")


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("AL-HOL", 14),
        ("الهُول", 14),
        ("(الهول)", 14),
        ("more.", 14),
        ("2025-05-3", 8),
        ("31 may", 8),
        ("ol", 0),
        ("2024-12", 3),
        ("december", 3),
        ("b", 17),
        ("worst source: b", 6),
        ("failed", 2),
        ("notebook", 0),
        ("kb", 0),
        ("226", 0),
    ],
)
def test_words_are_found_by_their_start(typed, count, few, opened):
    """Case, marks and signs do not matter; days are found as written and as spelled; sizes are no words."""
    page = opened(few)
    page.get_by_label("Find", exact=True).fill(typed)
    says(
        page,
        f"{count} of 17 briefings" if count else "No briefing fits. Use fewer or shorter words, or press “Show all”.",
    )
    assert len(titles(page)) == count


def test_choice_leaves_only_the_files_that_fit(few, opened):
    """With an edition and a format chosen a row shows that file alone, and its headline opens it."""
    page = opened(few)
    page.get_by_label("Edition", exact=True).select_option("Student")
    page.get_by_label("Format", exact=True).select_option("PDF")
    says(page, "14 of 17 briefings")
    files = page.locator("article:visible").first.locator("li:visible")
    assert texts(files) == ["Student Student as PDF 226 KB"]
    title = page.locator("article:visible h4 a").first.get_attribute("href")
    assert title.endswith("/baathist-legacy_2025-05-31_student.pdf")
    page.get_by_label("Theme", exact=True).select_option("PMU debate")
    page.get_by_label("Information cut-off", exact=True).select_option("May 2025")
    says(page, "3 of 17 briefings")
    assert page.url.endswith("#theme=pmu-debate&day=2025-05&edition=student&format=pdf")


def test_view_can_be_linked(few, opened):
    """The address brings the view back; what it asks for that is not there is left out."""
    page = opened(few, "#find=31+may&theme=isis-threat")
    says(page, "2 of 17 briefings")
    assert page.get_by_label("Find", exact=True).input_value() == "31 may"
    page.goto(page.url.partition("#")[0] + "#theme=%3Cscript%3E&edition=nobody")
    says(page, "All shown, newest first")
    assert page.locator("#by-theme option:checked").inner_text() == "All themes" and "#" not in page.url


def test_no_match_says_what_to_do(few, opened):
    """Without a match the page says how to get on, and one button shows all and gives the field back."""
    page = opened(few, "#find=nothing-such")
    says(page, "No briefing fits. Use fewer or shorter words, or press “Show all”.")
    assert titles(page) == [] and page.locator("h2:visible").count() == 0
    page.get_by_role("button", name="Show all").press("Enter")
    says(page, "All shown, newest first")
    assert len(titles(page)) == 17 and "#" not in page.url
    assert page.evaluate("document.activeElement.name") == "find"
    assert not page.get_by_role("button", name="Show all").is_visible()


def test_keyboard_reaches_everything(few, opened):
    """From the skip link on, Tab goes through every field and link in sight, each with a visible outline."""
    page = opened(few, "#find=31+may&theme=isis-threat")
    says(page, "2 of 17 briefings")
    wanted = page.evaluate(
        "[...document.querySelectorAll('a, input, select, button')].filter(e => e.checkVisibility()).length"
    )
    reached = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(() => { const e = document.activeElement, s = getComputedStyle(e);"
                " return [e.outerHTML, s.outlineStyle, e.getBoundingClientRect().left >= 0] })()"
            )
        )
    assert len({html for html, _, _ in reached}) == wanted > 10
    assert "Skip to the briefings" in reached[0][0]
    assert {(style, seen) for _, style, seen in reached[1:]} == {("solid", True)}


def test_enter_goes_to_the_first_match(few, opened):
    """Enter in the field moves on to the first headline that fits."""
    page = opened(few)
    page.get_by_label("Find", exact=True).fill("pmu")
    page.get_by_label("Find", exact=True).press("Enter")
    assert page.evaluate("document.activeElement.textContent").startswith("Headline 2 of pmu-debate")


def test_skip_link_leads_to_the_list(few, opened):
    """The first Tab and Enter pass over the form: the next stop is the first headline."""
    page = opened(few)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("Headline 0 of baathist-legacy")


@pytest.mark.parametrize("scripts", [True, False])
def test_no_sideways_scroll_on_a_phone(scripts, few, opened):
    """At 320 px nothing is wider than the page, whatever a headline is made of."""
    page = opened(few, width=320, java_script_enabled=scripts)
    width = page.evaluate("document.documentElement.scrollWidth") if scripts else None
    boxes = page.locator("h4, article li a, select, input, .failed p").all()
    right = max(box["x"] + box["width"] for element in boxes if (box := element.bounding_box()))
    assert width in (320, None) and right <= 320


def test_without_scripts_it_is_the_whole_list(many, opened):
    """Scripts off: no form that does nothing, every row, and jumps that land."""
    page = opened(many, java_script_enabled=False)
    assert not page.locator("form").is_visible() and page.locator("article:visible").count() == MANY
    page.locator("nav a[href='#isis-threat-2025-03']").click()
    assert page.url.endswith("#isis-threat-2025-03")
    assert 0 <= page.locator("#isis-threat-2025-03").bounding_box()["y"] < 100


@pytest.mark.parametrize("width", [320, 1280])
def test_five_hundred_are_found_and_jumped_through(width, many, opened):
    """One of many is found by a few words; a jump up or down lands on its month, below the name of the theme."""
    page = opened(many, width=width)
    for target in ("isis-threat-2025-02", "baathist-legacy-2025-03", "failed", "border-security"):
        page.locator(f"a[href='#{target}']").first.click()
        page.evaluate(FRAMES)
        assert 0 <= page.locator(f"#{target}").bounding_box()["y"] < 100, target
    page.get_by_label("Find", exact=True).fill("pmu 31 may worst")
    says(page, f"1 of {MANY} briefings")
    assert titles(page) == ["Headline 6 of pmu-debate: al-Hol (الهول) & more"]


def test_print_is_the_list(few, opened):
    """On paper there is no form and no jump, and what was filtered out stays out."""
    page = opened(few, "#find=headline")
    says(page, "14 of 17 briefings")
    page.emulate_media(media="print")
    assert not page.locator("form").is_visible() and not page.locator("nav").is_visible()
    assert len(titles(page)) == 14
