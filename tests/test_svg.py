"""Our SVG beside matplotlib's own."""

import io

import pytest
from dossier.charts.style import canvas
from dossier.figure import SVG, look
from matplotlib.patches import Rectangle


def saved(picture, **how):
    """The SVG of a picture, without the blanks between elements."""
    file = io.StringIO()
    with look():
        picture.savefig(file, format="svg", metadata={"Date": None, "Creator": None}, **how)
    return " ".join(file.getvalue().split()).replace("> <", "><")


def drawn(words, **more):
    """A picture with a text."""
    with canvas(1) as (picture, axes):
        axes.text(0.1, 0.5, words, **more)
    return picture


@pytest.mark.parametrize(
    "picture",
    [
        drawn("Baghdad & <Damascus>"),
        drawn("of two\nlines, the second longer", weight="bold", rotation=30, linespacing=1.4),
        drawn("one\n\nthree"),
        drawn("\n"),
        drawn("pale", alpha=0.4, color="black"),
        drawn("القائم and al-Qaim", fontsize=6.5),
        drawn("no letter of ours: \U0001f600"),
        drawn("a plate", bbox=dict(facecolor="white", pad=2)),
        drawn("cut off", clip_on=True),
        drawn("a link", url="https://example.org"),
        drawn("AV To", fontfeatures=["-kern"]),
        drawn("x_2", parse_math=True),
    ],
)
def test_as_matplotlib_writes_it(picture):
    """A text of any kind has the same elements, attributes and places as in matplotlib's own SVG, the second time too."""
    assert saved(picture, backend=SVG) == saved(picture, backend=SVG) == saved(picture)


def test_shapes_are_matplotlibs():
    """What is no text is drawn as it was; letters of several texts are defined once."""
    with canvas(2) as (picture, axes):
        axes.plot([1, 2, 3], [2, 1, 2], "o-", label="figures")
        axes.add_patch(Rectangle((1, 1), 1, 1, alpha=0.3))
        axes.set(xlabel="years", title="Figures of the years")
        axes.legend()
    found = saved(picture, backend=SVG)
    assert found == saved(picture)
    names = [part.partition('"')[0] for part in found.split('<path id="IBM')[1:]]
    assert len(names) == len(set(names)) > 10
