"""Where things go on paper: the pictures of a lesson so that no page ends half empty, a brief on two pages."""

from itertools import pairwise, product

# How a brief is set that would need a third page, from as usual to closest, with the size of its chart: the budgets
# of its sections keep most briefs from that.
CLOSER = ((False, 100), (True, 100), (True, 84), (True, 70))
PAGES = 2
OPENING = 4  # rows of evidence without which its table does not open on a page
SIZES = (100, 92, 84, 76)  # per cent of the full width
ACROSS = 172  # mm between the margins of A4
TABLE_SIZES = ((8.4, 2.2), (7.5, 1.6), (6.5, 1.1))  # pt of text, mm of space on each side of a column
LETTER = 0.6 * 0.353  # mm: how wide a letter of one pt is, figures and bold ones too
NEXT_PAGE = 0  # the picture opens the next page, and the text after it goes on here
LONGEST = 30  # letters of a word in a table, after which it may be broken


def place_pictures(count, look):
    """(sizes of `count` pictures,): each stays as it is where it fits, else is set up to a quarter smaller, else
    opens the next page.

    `look(sizes)` gives for each picture the page of its place in the text, the room there and its height at each
    size, in mm. A size moves what follows, so that is guessed anew and the document looked at again, until every
    size is right.
    """
    placing, settled = (NEXT_PAGE,) * count, 0  # as most of them end
    while settled < count:
        seen = look(placing)
        right = [_size(picture, picture["room"]) for picture in seen["pictures"]]
        wrong = next((n for n in range(settled, count) if placing[n] != right[n]), None)
        if wrong is None:
            break
        placing = (*placing[:wrong], right[wrong], *_guess(wrong, placing, seen))
        settled = wrong + 1
    return (placing,)


def place_brief(count, look):
    """(sizes of `count` pictures, tight, apart) of a brief: the first way in which it fits two pages.

    `look(placing, tight, apart)` gives how many pages that makes and on which of them each row of the evidence
    stands. `apart` opens the evidence on a new page: only where its first rows do not fit on the one it is on.
    Where evidence opens badly in every way that fits, the first of these is taken. ValueError where none fits.
    """
    fitting = []
    for (tight, size), apart in product(CLOSER, (False, True)):
        way, closer = ((size,) * count, tight, apart), ((size,) * count, True, False)
        found = look(*way)
        if found["pages"] <= PAGES and (apart or _opens_well(found["rows"])):
            # A second page for a few sources only is spared where a closer set does without.
            spare = found["pages"] > 1 and set(found["rows"]) == {1}
            return closer if spare and look(*closer)["pages"] == 1 else way
        fitting += [way] if found["pages"] <= PAGES else []
    if fitting:
        return fitting[0]
    raise ValueError(f"PDF: the brief has {found['pages']} pages; two is what a brief may have")


def fit_table(widths):
    """{size, gap, longest} for a table whose longest words have so many letters, column by column.

    The largest of `TABLE_SIZES` at which it fits across the page; where none does, the smallest with words broken.
    """
    for size, gap in TABLE_SIZES:
        if sum(_width(letters, size, gap) for letters in widths) <= ACROSS:
            return {"size": size, "gap": gap, "longest": LONGEST}
    room = (ACROSS / len(widths) - 2 * gap) / (LETTER * size)
    return {"size": size, "gap": gap, "longest": max(int(room), 1)}


def split_table(widths, heads):
    """(first, end) of the columns that stand together where not all fit across the page at the smallest size.

    `heads` columns at the left head the rows and are repeated; a table that fits, or would not if split, is one group.
    """
    columns = [_width(letters, *TABLE_SIZES[-1]) for letters in widths]
    room = ACROSS - sum(columns[:heads])
    if sum(columns[heads:]) <= room or max(columns[heads:], default=0) > room:
        return [(heads, len(widths))]
    groups, first = [], heads
    for end in range(heads + 1, len(widths) + 1):
        if end == len(widths) or sum(columns[first : end + 1]) > room:
            groups.append((first, end))
            first = end
    return groups


def _width(letters, size, gap):
    return min(letters, LONGEST) * LETTER * size + 2 * gap


def _opens_well(rows):
    return not rows or rows.count(rows[0]) >= min(OPENING, len(rows))


def _guess(start, placing, seen):
    """A size for each picture after `start`, told from the lengths of the texts between them."""
    pictures, texts, put_off, guessed = seen["pictures"], _texts(placing, seen), 0, []
    room = pictures[start]["room"]
    for (picture, following), text in list(zip(pairwise(pictures), texts, strict=True))[start:]:
        size = _size(picture, room)
        put_off += _height(picture, SIZES[0]) if size == NEXT_PAGE else 0
        room -= _height(picture, size) + text
        while room < 0:
            room, put_off = room + seen["height"] - put_off, 0
        guessed.append(_size(following, room))
    return guessed


def _texts(placing, seen):
    """About how long the text between each two pictures is, in mm down the pages as they were seen."""
    for (size, picture), (_, following) in pairwise(zip(placing, seen["pictures"], strict=True)):
        pages, height = following["page"] - picture["page"], _height(picture, size or SIZES[0])
        if height > picture["room"]:
            height = 0 if size == NEXT_PAGE else picture["room"] + height  # it left the room empty
        yield pages * seen["height"] + picture["room"] - following["room"] - height


def _height(picture, size):
    """What a picture takes in its place in the text."""
    return 0 if size == NEXT_PAGE else picture["heights"][SIZES.index(size)]


def _size(picture, room):
    return next((size for size in SIZES if _height(picture, size) <= room), NEXT_PAGE)
