"""Pictures inside a page: SVG or PNG, whichever is smaller, and SVG without what a page does not need."""

import re
from collections import Counter
from functools import cache, lru_cache
from urllib.parse import quote

_OUTLINE = re.compile(r'<path d="([^"]{200,})"')
_ATTRIBUTE = re.compile(r' (?:d|x|y|points)="[^"]*"')
_BEYOND_TENTHS = re.compile(r"(?<=\.\d)\d+")
_UNSAFE = re.compile(r"[^\w =:/,;()'!*+~.-]", re.ASCII)
_quoted = cache(quote)


@lru_cache(maxsize=32)  # the editions of one briefing show the same pictures
def image_source(svg, png):
    """A data URI for `<img>`: as an image, the styles and ids of a picture cannot clash with those of the page."""
    pixels = png and "data:image/png;base64," + re.sub(r"\s", "", png)
    vectors = svg and "data:image/svg+xml," + _UNSAFE.sub(lambda sign: _quoted(sign[0]), slim(svg))
    return min(filter(None, (vectors, pixels)), key=len)


def slim(svg):
    """The same picture in fewer bytes: no prolog or metadata, tenths of a point, each long outline once."""
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = _shared(_ATTRIBUTE.sub(lambda attribute: _short(attribute[0]), svg))
    svg = " ".join(svg.split()).replace("> <", "><")
    return svg if "'" in svg else svg.replace('"', "'")  # in an attribute a double quote takes three bytes


def _short(attribute):
    name, _, value = attribute.partition("=")
    value = re.sub(r"\.0(?!\d)", "", _BEYOND_TENTHS.sub("", " ".join(value.split())))
    for command in "MLHVCQz":
        value = value.replace(f" {command}", command).replace(f"{command} ", command)
    return f"{name}={value}"


def _shared(svg):
    """Outlines that are drawn more than once, as halo and letter are, defined once and used by number."""
    often = [outline for outline, count in Counter(_OUTLINE.findall(svg)).items() if count > 1]
    if not often or "<defs>" not in svg:
        return svg
    numbers = {outline: f"outline-{number}" for number, outline in enumerate(often)}
    defined = "".join(f'<path id="{id}" d="{outline}"/>' for outline, id in numbers.items())
    used = _OUTLINE.sub(lambda found: f'<use href="#{numbers[found[1]]}"' if found[1] in numbers else found[0], svg)
    return used.replace("<defs>", f"<defs>{defined}", 1)
