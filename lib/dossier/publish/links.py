"""Links from notes to references, put into a finished PDF.

Typst sets every text with a link to a label twice, and a place in the document is known only when all of it is set. So
a note points to the address `source:7`, and once the paper is made, that becomes the place of the seventh reference.
"""

import re

_LINK = re.compile(rb"/A<</Type/Action/S/URI/URI\(source:(\d+)\)>>")
_WORDS = re.compile(rb"/Contents\(source:(\d+)\)")  # what a reader hears of the link
_PAGES = re.compile(rb"/Type/Pages/Count \d+/Kids\[([^]]*)\]")
_HEIGHT = re.compile(rb"/MediaBox\[0 0 \S+ ([\d.]+)\]")
ABOVE = 10  # points of paper that a reader shows above the place


def linked(pdf, places):
    """The PDF, bytes, with its links to `source:n` going to `places[n - 1]`: (page, x, y), in points from its top left.

    A link takes as many bytes as before, so that nothing moves in the file.
    """
    if not places:
        return pdf
    pages = re.findall(rb"\d+ 0 R", _PAGES.search(pdf)[1])
    height = float(_HEIGHT.search(pdf)[1])

    def destination(found):
        page, x, y = places[int(found[1]) - 1]
        place = b"/Dest[%s/XYZ %.1f %.1f 0]" % (pages[page - 1], x, height - max(y - ABOVE, 0))
        return place.ljust(len(found[0]))

    return _WORDS.sub(rb"/Contents(source \1)", _LINK.sub(destination, pdf))
