"""JupyterLab as a student opens it: every notebook runs, and its slider redraws the figure."""

import time

import pytest
from dossier.project import THEMES


def opened(browser, lab, name):
    """A page on a notebook with every cell run, one after the other."""
    page = browser.new_page(viewport={"width": 1500, "height": 1000})
    page.goto(f"{lab}/lab/tree/{name}.ipynb?reset", wait_until="domcontentloaded")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=90_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=90_000)
    page.wait_for_selector("#jp-main-statusbar >> text=/Python 3.*Idle/", timeout=90_000)
    page.locator("text=Run >> nth=0").click()
    page.locator("[data-command='runmenu:run-all']").click()
    return page


def executed(page):
    """The source notebook as JupyterLab holds it now, after the kernel came to rest."""
    page.wait_for_function(
        "() => { const p = document.querySelectorAll('.jp-CodeCell .jp-InputPrompt');"
        " return p.length && ![...p].some(e => e.textContent.includes('*')) }",
        timeout=120_000,
    )


@pytest.mark.parametrize("theme", ["start-here", *THEMES])
def test_notebook_runs_from_top_to_bottom(theme, browser, lab):
    """Run All Cells ends without an error and leaves figures with a description."""
    page = opened(browser, lab, theme)
    page.wait_for_selector("figure img[alt]", state="attached", timeout=120_000)
    executed(page)
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.error']").count() == 0
    alt = page.locator("figure img").first.get_attribute("alt")
    assert len(alt.split()) > 15, alt
    page.close()


@pytest.mark.parametrize("theme", THEMES)
def test_slider_and_focus_redraw_the_figure(theme, browser, lab):
    """A step of the slider shows another day's figure; another focus shows another one again."""
    page = opened(browser, lab, theme)
    slider = page.locator(".widget-slider .noUi-handle").first
    slider.wait_for(timeout=120_000)
    executed(page)
    figure = page.locator(
        ".jupyter-widgets.widget-output img, .jupyter-widgets.widget-output .jp-RenderedMarkdown"
    ).first
    figure.wait_for(timeout=60_000)
    seen = [look(page)]
    for _ in range(6):
        slider.press("ArrowLeft")
    changed(page, seen)
    page.locator(".widget-dropdown select").first.select_option(index=1)
    changed(page, seen)
    assert len(set(seen)) == 3
    page.close()


def look(page):
    """What the explorer shows: the description of its figure, or its sentence, with the day on the slider."""
    return page.evaluate(
        "() => { const box = document.querySelector('.widget-output');"
        " const img = box.querySelector('img'); return img ? img.alt + img.src.length : box.innerText }"
    )


def changed(page, seen):
    """Wait until the explorer shows something else than the last time, and note it."""
    end = time.monotonic() + 30
    while (now := look(page)) == seen[-1]:
        assert time.monotonic() < end, f"the figure stayed as it was: {now[:200]}"
        time.sleep(0.2)
    seen.append(now)
