"""Where things go on paper: the pictures of a lesson so that no page ends half empty, a brief on two pages."""

from itertools import product

# How a brief is set that would need a third page, from as usual to closest, with the size of its chart: the budgets
# of its sections keep most briefs from that.
CLOSER = ((False, 100), (True, 100), (True, 84), (True, 70))
PAGES = 2
OPENING = 4  # rows of evidence without which its table does not open on a page
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


def place_brief(count, look):
    """(sizes of `count` pictures, tight, apart) of a brief: the first way in which it fits two pages.

    `look(placing, tight, apart)` gives how many pages that makes and on which of them each row of the evidence
    stands. `apart` opens the evidence on a new page: only where its first rows do not fit on the one it is on.
    ValueError where every way takes more pages.
    """
    for (tight, size), apart in product(CLOSER, (False, True)):
        way, closer = ([size] * count, tight, apart), ([size] * count, True, False)
        found = look(*way)
        if found["pages"] <= PAGES and (apart or _opens_well(found["rows"])):
            # A second page for a few sources only is spared where a closer set does without.
            spare = found["pages"] > 1 and set(found["rows"]) == {1}
            return closer if spare and look(*closer)["pages"] == 1 else way
    raise ValueError(f"PDF: the brief has {found['pages']} pages; two is what a brief may have")


def _opens_well(rows):
    return not rows or rows.count(rows[0]) >= min(OPENING, len(rows))


def _size(picture):
    fitting = (size for size, height in zip(SIZES, picture["heights"], strict=True) if height <= picture["room"])
    return next(fitting, NEXT_PAGE)
