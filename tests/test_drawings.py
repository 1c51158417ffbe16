"""Pictures are drawn once for the same rows and values, and never taken for others."""

from functools import partial

import pytest
from dossier import cache, drawings, words
from dossier.charts.disagreement import draw_disagreement
from dossier.charts.map import draw_map
from dossier.charts.network import draw_network
from dossier.charts.ranges import draw_ranges
from dossier.charts.series import draw_series
from dossier.charts.stances import draw_stances
from dossier.charts.timeline import draw_timeline
from dossier.data import load
from dossier.drawings import KEEP, kept
from dossier.figure import look
from matplotlib.font_manager import FontProperties


def verb(*values):
    """What stands for a function that draws."""


@pytest.fixture
def saved(tmp_path, monkeypatch):
    """`saved(*values)`: the text for these values, and how often it was made; kept in a store of its own."""
    monkeypatch.setenv("DOSSIER_CACHE", str(tmp_path))
    monkeypatch.setenv(KEEP, "yes")
    made = []

    def save(*values):
        return kept(partial(verb, *values), "figure", lambda: made.append(values) or f"{values}"), len(made)

    return save


def test_same_values_are_drawn_once(saved):
    """The second time the text is the kept one."""
    assert saved("one", 2) == saved("one", 2) == ("('one', 2)", 1)


def test_other_values_are_drawn_anew(saved):
    """A picture with another value is another one."""
    assert [saved("one"), saved("two"), saved("one")] == [("('one',)", 1), ("('two',)", 2), ("('one',)", 2)]


def test_changed_row_is_drawn_anew(saved, evidence_folder):
    """A row of the same id that says something else is another value."""
    row = load("2024-12-10", evidence_folder).find("sources", "camp-page")
    assert [saved(row)[1], saved(row)[1], saved(row._replace(title="Changed"))[1]] == [1, 1, 2]


def test_changed_library_draws_anew(saved, monkeypatch):
    """What was drawn with other code is not used."""
    saved("one")
    monkeypatch.setattr(drawings, "loaded", lambda: "another")
    assert saved("one")[1] == 2


def test_nothing_is_kept_outside_a_build(saved, monkeypatch):
    """In JupyterLab each picture is drawn."""
    monkeypatch.setenv(KEEP, "")
    assert (saved("one")[1], saved("one")[1]) == (1, 2)


def test_damaged_picture_is_drawn_anew(saved):
    """A kept file that is not what it was is not shown."""
    saved("one")
    for path in (cache.folder() / "dossier-store" / "files").rglob("*"):
        path.is_file() and path.write_text("damaged")
    assert saved("one") == ("('one',)", 2)


@pytest.fixture
def written(tmp_path, monkeypatch):
    """`written(value)`: words set for the picture of this value by a new process, kept in a store of its own."""
    monkeypatch.setenv("DOSSIER_CACHE", str(tmp_path))
    monkeypatch.setenv(KEEP, "yes")
    words.take_fresh()

    def write(value):
        for entries in words._known.values():
            entries.clear()
        with look():
            return kept(partial(verb, value), "figure", lambda: words.letters("Words", FontProperties(size=8))[0])

    return write


def test_words_of_other_days_are_not_set_again(written, monkeypatch):
    """A picture that shows more takes the letters that another process has set for the one before it."""
    first = written(1)
    monkeypatch.setattr(words, "get_font", None)
    assert written(2) == first != ""
    monkeypatch.setattr(drawings, "loaded", lambda: "another library")
    with pytest.raises(TypeError):
        written(2)


def test_damaged_words_are_set_anew(written):
    """Kept letters that are not what they were are not used."""
    first = written(1)
    for path in (cache.folder() / "dossier-store" / "files").rglob("*"):
        path.is_file() and path.write_text(path.read_text().replace("use", "abuse"))
    assert written(2) == first and "abuse" not in first


def test_value_that_prints_as_its_address_is_refused(saved):
    """Two objects may have one address, in one process after another."""
    with pytest.raises(TypeError, match="verb is to be given rows and plain values"):
        saved(object())


def test_words_that_look_like_an_address_are_words(saved):
    """A text is a plain value, whatever it says; deep in a list an object is refused too."""
    assert saved("an object at 0x7f", ("deep", [1.5]))[1] == 1
    with pytest.raises(TypeError):
        saved("one", ("deep", {"in": [object()]}))


VERBS = {
    "map": lambda view: draw_map(view),
    "network": lambda view: draw_network(view),
    "ranges": lambda view: draw_ranges(view, "border-wall-km"),
    "disagreement": lambda view: draw_disagreement(view, "border-wall-km"),
    "series": lambda view: draw_series(view, "border-wall-km"),
    "stances": lambda view: draw_stances(view, "engage-damascus"),
    "timeline": lambda view: draw_timeline(view),
}


@pytest.mark.parametrize("verb", VERBS)
def test_verbs_give_rows_and_plain_values(saved, verb):
    """The picture of each chart is kept, and found again by rows that were read anew."""
    first, second = (VERBS[verb](load("2025-05-31").view("border-security")) for _ in range(2))
    assert first.svg() == second.svg()
    assert "picture" in vars(first) and "picture" not in vars(second)
