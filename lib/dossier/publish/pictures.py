"""Pictures inside a page: SVG or PNG, whichever is smaller, and SVG without what a page does not need."""

import re
from collections import Counter
from functools import cache, lru_cache
from urllib.parse import quote

_OUTLINE = re.compile(r'<path d="([^"]{200,})"')
_PATH = re.compile(r' d="([^"]*)"')
_PLACE = re.compile(r' ([xy])="(-?\d+\.\d+)"')
_UNSAFE = re.compile(r"[^\w =:/,;()'!*+~.-]", re.ASCII)
_quoted = cache(quote)
# A letter as matplotlib writes it: named after its face, drawn in 64ths of a hundredth of its size, and set by a move.
_LETTER = re.compile(r'<path id="([^"]+)"(?: d="([^"]*)")? transform="scale\(0\.015625\)"/>')
_SET = re.compile(r'<use xlink:href="#([^"]+)"(?: transform="translate\((-?[\d.]+) 0\)")?/>')
COARSE = 1 / 16  # sixteen units of a letter are one of ours, a 400th of its size


@lru_cache(maxsize=32)  # the editions of one briefing show the same pictures
def image_source(svg, png):
    """A data URI for `<img>`: as an image, the styles and ids of a picture cannot clash with those of the page.

    It is safe between double quotes as it is: either picture may come from a notebook that somebody changed.
    """
    pixels = png and "data:image/png;base64," + _safe(re.sub(r"\s", "", png))
    vectors = svg and "data:image/svg+xml," + _safe(slim(svg))
    return min(filter(None, (vectors, pixels)), key=len)


def _safe(text):
    return _UNSAFE.sub(lambda sign: _quoted(sign[0]), text)


def slim(svg):
    """The same picture in fewer bytes: no prolog or metadata, tenths of a point, steps for places, short names."""
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = _shared(_lettered(" ".join(svg.split()).replace("> <", "><")))
    svg = _PATH.sub(lambda path: f' d="{_in_steps(path[1], 10, _tenths)}"', svg)
    svg = _PLACE.sub(lambda place: f' {place[1]}="{_tenths(round(float(place[2]) * 10))}"', svg)
    svg = (
        svg.replace("<defs></defs>", "")
        .replace("xlink:href", "href")
        .replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    )
    return svg if "'" in svg else svg.replace('"', "'")  # in an attribute a double quote takes three bytes


def _lettered(svg):
    """Letters in whole numbers under short names, and each set by its place; a blank is none."""
    drawn = {name: outline for name, outline in _LETTER.findall(svg)}
    short = {name: f"t{number}" for number, name in enumerate(drawn)}

    def letter(found):
        outline = found[2] and _in_steps(found[2], COARSE, str)
        return outline and f'<path id="{short[found[1]]}" transform="scale(.25)" d="{outline}"/>'

    def placed(found):
        if found[1] not in drawn:
            return found[0]
        place = f' x="{found[2]}"' if found[2] else ""
        return drawn[found[1]] and f'<use href="#{short[found[1]]}"{place}/>'

    return _SET.sub(placed, _LETTER.sub(letter, svg))


def _shared(svg):
    """Outlines that are drawn more than once, as halo and letter are, defined once and used by number."""
    often = [outline for outline, count in Counter(_OUTLINE.findall(svg)).items() if count > 1]
    if not often or "<defs>" not in svg:
        return svg
    numbers = {outline: f"outline-{number}" for number, outline in enumerate(often)}
    defined = "".join(f'<path id="{id}" d="{outline}"/>' for outline, id in numbers.items())
    used = _OUTLINE.sub(lambda found: f'<use href="#{numbers[found[1]]}"' if found[1] in numbers else found[0], svg)
    return used.replace("<defs>", f"<defs>{defined}", 1)


@lru_cache(maxsize=4096)  # letters and countries are in many pictures
def _in_steps(outline, per, text):
    """A path as steps from point to point, in whole numbers of which `per` make one unit, each written by `text`."""
    tokens = outline.split()
    if not set(tokens) & set("MLQCz") or any(token.isalpha() and token not in "MLQCz" for token in tokens):
        return outline  # in the style of no drawing of ours
    written, last, before = [], "", ""
    for letter, numbers in _steps(tokens, per):
        if letter != last or letter not in "lqc":  # one letter for a run of its kind
            written.append(letter)
            last, before = letter, ""
        for number in map(text, numbers):
            # A sign, or a second point, begins a number as well as a blank does.
            ended = not before or number[0] == "-" or (number[0] == "." and "." in before)
            written.append(number if ended else f" {number}")
            before = number
    return "".join(written)


def _steps(tokens, per):
    """[(letter, numbers)] of a path; a straight run along an axis is one step, a step to where one stands is none."""
    steps, here, start, letter, numbers = [], (0, 0), (0, 0), "", []
    for token in [*tokens, "end"]:
        if not token.isalpha():
            numbers.append(round(float(token) * per))
            continue
        if letter == "z":
            steps.append(("z", ()))
            here = start
        elif letter:
            moves = tuple(number - here[place % 2] for place, number in enumerate(numbers))
            here = tuple(numbers[-2:])
            start = here if letter == "M" else start
            _add(steps, letter.lower(), moves)
        letter, numbers = token, []
    return steps


def _add(steps, letter, moves):
    if letter == "l" and not any(moves):
        return
    last, before = steps[-1] if steps else ("", ())
    if letter == last == "l" and any(a == b == 0 and c * d > 0 for a, b, c, d in _axes(moves, before)):
        steps[-1] = "l", (moves[0] + before[0], moves[1] + before[1])
    else:
        steps.append((letter, moves))


def _axes(one, other):
    return (one[0], other[0], one[1], other[1]), (one[1], other[1], one[0], other[0])


def _tenths(number):
    """A number of tenths as the shortest text: 12 is '1.2', -4 is '-.4', 50 is '5'."""
    whole, rest = divmod(abs(number), 10)
    return "-" * (number < 0) + (f"{whole or ''}.{rest}" if rest else str(whole))
