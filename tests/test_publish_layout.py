"""Pictures on the pages of a lesson."""

from dossier.publish.layout import NEXT_PAGE, SIZES, place_pictures


def seen(*pictures):
    """A look that finds the same (room, height) for each picture under any placing, and counts its calls."""

    def look(placing):
        look.calls.append(list(placing))
        return [{"room": room, "heights": [height * size / 100 for size in SIZES]} for room, height in pictures]

    look.calls = []
    return look


def test_what_fits_stays():
    """Pictures that fit are looked at once and left alone."""
    look = seen((200, 100), (100, 100))
    assert place_pictures(2, look) == [100, 100]
    assert len(look.calls) == 1


def test_what_nearly_fits_is_set_smaller():
    """A picture a little too high takes the largest size that fits."""
    assert place_pictures(1, seen((85, 100))) == [84]


def test_what_does_not_fit_opens_the_next_page():
    """A picture that would have to shrink too far goes on; what follows is looked at again."""
    look = seen((50, 100), (100, 100), (60, 100))
    assert place_pictures(3, look) == [NEXT_PAGE, 100, NEXT_PAGE]
    assert look.calls == [[100, 100, 100], [NEXT_PAGE, 100, 100]]


def test_no_pictures():
    """A document without pictures is not looked at."""
    assert place_pictures(0, seen()) == []
