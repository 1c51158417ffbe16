"""Words in a font, found once."""

import pytest
from dossier import words
from dossier.figure import look
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

TEXT = "Mosul and Qaim القائم"


@pytest.fixture(autouse=True)
def nothing_known():
    """A process that has set no word, in the shared look."""
    forget()
    with look():
        yield
    forget()


def forget():
    """As a new process is."""
    words.take_fresh()
    for entries in words._known.values():
        entries.clear()


def font(size=8, weight="regular"):
    """A font of the look."""
    return FontProperties(size=size, weight=weight)


@pytest.fixture
def no_font(monkeypatch):
    """A function after which no font can be asked."""
    return lambda: monkeypatch.setattr(words, "get_font", None)


def test_extent_grows_with_the_size():
    """A text is as wide as matplotlib says, and twice as wide at twice the size."""
    small = words.extent("Mosul", font())
    assert small == pytest.approx(text_to_path.get_text_width_height_descent("Mosul", font(), False))
    assert words.extent("Mosul", font(16)) == pytest.approx([2 * length for length in small])


def test_heights_are_those_of_the_font():
    """Ascent, descent and gap are those of the first file of the font, in its size."""
    with TTFont(words.files(font())[0]) as file:
        said, units = file["OS/2"], file["head"].unitsPerEm
    expected = [8 * length / units for length in (said.sTypoAscender, -said.sTypoDescender, said.sTypoLineGap)]
    assert words.heights(font()) == pytest.approx(expected) and expected[0] > expected[1] > 0


def test_text_is_set_once(no_font):
    """The words of one picture are neither measured nor set again for the next, in whatever size."""
    found = [(words.extent(TEXT, font())[0], words.letters(TEXT, font()))]
    no_font()
    found.append((words.extent(TEXT, font(12))[0], words.letters(TEXT, font(12))))
    assert found[1][0] == pytest.approx(1.5 * found[0][0]) and found[1][1] == found[0][1]


def test_what_another_process_found_is_not_found_again(no_font):
    """Extent, letters and outlines are those that it found."""
    found = words.extent(TEXT, font()), words.letters(TEXT, font())
    outlines = {name: words.outline(name) for name in found[1][1]}
    fresh = words.take_fresh()
    forget()
    words.know(fresh)
    no_font()
    assert (words.extent(TEXT, font()), words.letters(TEXT, font())) == found
    assert {name: words.outline(name) for name in found[1][1]} == outlines and any(outlines.values())


def test_what_is_told_has_all_letters_it_needs():
    """A text of letters that another one had before comes with their outlines too."""
    _, names = words.letters("sulo", font())
    words.take_fresh()
    assert set(words.letters("soul", font())[1]) == set(names)
    assert set(words.take_fresh()["outlines"]) == set(names)


def test_what_was_told_is_not_told_again():
    """A second question brings only what was found since, words in bold as others."""
    words.letters("Mosul", font())
    words.take_fresh()
    words.letters("Mosul", font())
    assert not any(words.take_fresh().values())
    words.letters("Mosul", font(weight="bold"))
    assert len(words.take_fresh()["letters"]) == 1
