"""The figure object."""

import base64

import pytest
from dossier.charts.style import canvas
from dossier.data import load
from dossier.figure import MIME, WIDTH, Figure, look


@pytest.fixture
def figure(evidence_folder):
    """A line with a title that looks like markup, drawn from the camp counts."""
    from matplotlib.figure import Figure as Picture

    source = load("2024-12-10", evidence_folder).find("sources", "camp-page")
    with look():
        picture = Picture(figsize=(WIDTH, 2))
        axes = picture.add_subplot()
        axes.plot([1, 2], [40000, 38000])
        axes.set_title("People")
    return Figure(
        lambda: picture,
        "people",
        "Fewer <people>",
        "A falling line.",
        "Source: Camp Office (B).",
        ("date", "people"),
        (("October 2024", 40000), ("November 2024", 38000)),
        {source.id: source},
    )


def test_bundle_has_both_pictures_and_the_record(figure):
    """SVG, PNG and the record of title, description, source and data go together."""
    bundle = figure._repr_mimebundle_()
    assert bundle["image/svg+xml"].lstrip().startswith("<?xml")
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    record = bundle[MIME]
    assert (record["title"], record["alt"], record["rows"][0]) == (
        "Fewer <people>",
        "A falling line.",
        ["October 2024", 40000],
    )
    assert record["sources"]["camp-page"]["container-title"] == "Camp Office"


def test_a_build_gets_no_png(figure, monkeypatch, tmp_path):
    """Where a build runs the notebook, the picture is drawn once, as SVG, with its record and nothing for Lab."""
    monkeypatch.setenv("DOSSIER_READS", str(tmp_path / "reads"))
    assert set(figure._repr_mimebundle_()) == {"image/svg+xml", "text/plain", MIME}


def test_lab_view_escapes_and_describes(figure):
    """In JupyterLab the picture carries its description, and markup in the title shows as text."""
    page = figure._repr_mimebundle_()["text/html"]
    assert 'alt="A falling line."' in page and "Fewer &lt;people&gt;" in page


def test_same_bytes_each_time(figure):
    """A picture is saved twice with the same bytes."""
    assert figure.svg() == figure.svg() and figure.png() == figure.png()


def test_type_is_the_shipped_one():
    """Figures are set in the shipped face, whatever the system has."""
    import matplotlib
    from matplotlib import font_manager

    with look():
        found = font_manager.findfont(font_manager.FontProperties(family=matplotlib.rcParams["font.family"]))
    assert found.endswith("dossier/fonts/IBMPlexSans-Regular.ttf")


def saved(words):
    """The SVG of a picture with one label."""
    with canvas(1) as (picture, axes):
        axes.text(0, 0, words)
    return Figure(lambda: picture, "x", "", "", "", (), (), {}).svg()


def test_dollar_is_no_mathematics():
    """What TeX could not set is drawn, and what it could is drawn as its letters: backslash, dollars, braces."""
    assert saved("$\\alpha_{$").count("<use") > saved("").count("<use") + 9
    assert saved("$x$").count("<use") - saved("x").count("<use") == 2


def test_letter_without_a_font_leaves_a_box(recwarn):
    """A letter that no font has is drawn all the same, without a warning on the page."""
    assert "LastResort" in saved("\U0001f600") and "LastResort" not in saved("x")
    assert not [warning for warning in recwarn if "Glyph" in str(warning.message)]


def test_look_is_left_behind():
    """Drawing a figure does not change the defaults of a reader's own figures."""
    import matplotlib

    before = matplotlib.rcParams["font.size"]
    with look():
        assert matplotlib.rcParams["font.size"] == 9
    assert matplotlib.rcParams["font.size"] == before
