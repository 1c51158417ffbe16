"""Pictures on the pages of a lesson, and a brief on its two pages."""

from itertools import pairwise

import pytest
from dossier.publish.layout import NEXT_PAGE, SIZES, fit_table, place_brief, place_pictures, split_table

HEIGHT = 250  # mm of text on a page


class Lesson:
    """Pages of a lesson: texts of these lengths, each followed by a picture of that height. Counts the looks at it."""

    def __init__(self, *texts_and_pictures, grain=1):
        self.texts, self.pictures = texts_and_pictures[::2], texts_and_pictures[1::2]
        self.grain = grain  # what of a text is never torn apart
        self.looks = []

    def look(self, placing):
        """What layout.py sees under a placing."""
        self.looks.append(placing)
        self.page, self.room, self.waiting, seen = 1, HEIGHT, [], []
        for size, text, height in zip(placing, self.texts, self.pictures, strict=True):
            for _ in range(0, text, self.grain):
                self._take(self.grain)
            place = {"page": self.page, "room": self.room, "heights": [height * n / 100 for n in SIZES]}
            seen.append(place)
            if size == NEXT_PAGE and height > self.room:
                self.waiting.append(height)
            else:  # one put off for which there is room stands on this page
                self._take(height * (size or 100) / 100)
        return {"pictures": seen, "height": HEIGHT}

    def _take(self, length):
        while length > self.room:
            self.page, self.room, self.waiting = self.page + 1, HEIGHT - sum(self.waiting), []
        self.room -= length

    def placed(self):
        """The sizes that are found."""
        (placing,) = place_pictures(len(self.pictures), self.look)
        return placing


def test_what_fits_stays():
    """Pictures that fit stay in place, and a second look shows that they do."""
    lesson = Lesson(50, 100, 20, 70)
    assert lesson.placed() == (100, 100) and len(lesson.looks) == 2


def test_what_nearly_fits_is_set_smaller():
    """A picture a little too high takes the largest size that fits."""
    assert Lesson(165, 100).placed() == (84,)


def test_what_does_not_fit_opens_the_next_page():
    """A picture that would have to shrink too far goes on, and the text after it stays before it."""
    lesson = Lesson(200, 100, 30, 100)
    assert lesson.placed() == (NEXT_PAGE, NEXT_PAGE) and len(lesson.looks) == 1
    assert Lesson(200, 100, 60, 100).placed() == (NEXT_PAGE, 100)


def test_what_follows_is_guessed():
    """The sizes that follow from a picture put off or set smaller are told at once: two looks do for five pictures."""
    lesson = Lesson(200, 100, 150, 100, 170, 90, 130, 70, 65, 60)
    assert lesson.placed() == (NEXT_PAGE, NEXT_PAGE, NEXT_PAGE, 84, 100)
    assert len(lesson.looks) == 2


@pytest.mark.parametrize("grain", [1, 13, 29, 61])
@pytest.mark.parametrize("shift", range(0, 250, 31))
def test_wrong_guess_is_mended(shift, grain):
    """However far boxes and tables that stay whole move the text, each picture ends with the size that fits its place."""
    lesson = Lesson(shift, 100, 91, 60, 122, 95, 30, 80, 61, 50, 152, 120, grain=grain)
    placing = lesson.placed()
    for size, place in zip(placing, lesson.look(placing)["pictures"], strict=True):
        fitting = [size for size, height in zip(SIZES, place["heights"], strict=True) if height <= place["room"]]
        assert size == (fitting or [NEXT_PAGE])[0]


def test_no_pictures():
    """A document without pictures needs no look."""
    assert Lesson().placed() == ()


def brief_seen(*found):
    """A look at a brief that finds these (pages, rows) one after the other."""
    left = iter(found)
    return lambda *setting: dict(zip(("pages", "rows"), next(left), strict=True))


@pytest.mark.parametrize("rows", [[], [1, 1], [1, 1, 1, 1, 2], [2] * 9])
def test_brief_flows_where_its_evidence_opens_well(rows):
    """No rows, all rows on one page, or four on the first: nothing has to move."""
    assert place_brief(1, brief_seen((2, rows), (2, rows))) == ((100,), False, False)


def test_brief_is_set_closer_to_spare_a_page_of_sources():
    """Where all evidence is on page one and a closer set has room for the rest too, that is taken."""
    assert place_brief(1, brief_seen((2, [1, 1]), (1, [1, 1]))) == ((100,), True, False)


def test_evidence_that_opens_badly_goes_to_the_next_page():
    """Three rows at the foot of a page are too few."""
    assert place_brief(1, brief_seen((2, [1, 1, 1, 2, 2]), (2, [2] * 5))) == ((100,), False, True)


def test_evidence_opens_badly_rather_than_on_a_third_page():
    """Where two pages are had only with few rows at the foot of the first, that is taken and nothing refused."""
    ways = {((84,), True, False): (2, [1, 1, 2]), ((70,), True, False): (2, [1, 1, 1, 2])}
    assert place_brief(1, lambda *way: dict(zip(("pages", "rows"), ways.get(way, (3, [2])), strict=True))) == (
        ((84,), True, False)
    )


def test_brief_is_set_closer_step_by_step():
    """What takes three pages either way is set closer; what takes three in every way is refused."""
    assert place_brief(2, brief_seen((3, [2]), (3, [2]), (3, [2]), (2, [2]))) == ((100, 100), True, True)
    with pytest.raises(ValueError, match="has 3 pages; two"):
        place_brief(2, lambda *setting: {"pages": 3, "rows": []})


def test_table_is_set_as_large_as_it_fits():
    """Few columns are set in full size, more of them smaller, and past the smallest size words are broken."""
    assert fit_table((5, 8)) == {"size": 8.4, "gap": 2.2, "longest": 30}
    assert [fit_table((8,) * columns)["size"] for columns in (8, 10, 12)] == [8.4, 7.5, 6.5]
    assert fit_table((8,) * 40) == {"size": 6.5, "gap": 1.1, "longest": 1}


def test_one_long_word_makes_no_small_table():
    """A long address is broken before everything else is set smaller."""
    assert fit_table((200, 8))["size"] == 8.4


def test_wide_table_is_split():
    """A table that does not fit is cut into groups of columns that do, each beside the heads of its rows."""
    assert split_table((3, 8, 8), 1) == [(1, 3)]
    groups = split_table((3, *[8] * 30), 1)
    assert groups[0][0] == 1 and groups[-1][1] == 31 and len(groups) == 3
    assert all(end == first for (_, end), (first, _) in pairwise(groups))
    for first, end in groups:
        assert fit_table((3, *[8] * (end - first)))["longest"] == 30


def test_heads_that_fill_the_page_are_not_repeated():
    """Where even one column does not fit beside the heads of the rows, splitting would not help."""
    assert split_table((30,) * 6 + (8,) * 9, 6) == [(6, 15)]
