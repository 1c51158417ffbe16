"""Where the pictures of a lesson go on paper, so that no page ends half empty."""

SIZES = (100, 92, 84, 76)  # per cent of the full width
NEXT_PAGE = 0  # the picture opens the next page, and the text after it goes on here


def place_pictures(count, look):
    """A size for each of `count` pictures. `look(placing)` gives room and heights of each under that placing.

    A picture that fits stays as it is; one that does not is set up to a quarter smaller, or opens the next page.
    Each choice moves what follows, so the document is looked at again after each.
    """
    placing = [SIZES[0]] * count
    decided = 0
    while decided < count:
        found = look(placing)
        misfit = next((n for n in range(decided, count) if found[n]["heights"][0] > found[n]["room"]), None)
        if misfit is None:
            return placing
        placing[misfit] = _size(found[misfit])
        decided = misfit + 1
    return placing


def _size(picture):
    fitting = (size for size, height in zip(SIZES, picture["heights"], strict=True) if height <= picture["room"])
    return next(fitting, NEXT_PAGE)
