"""Pictures inside a page."""

import io
import re
from urllib.parse import unquote

import numpy
import typst
from dossier.publish.pictures import image_source, slim
from PIL import Image
from test_publish_document import figure

LONG = "M 0.123456 1.987654 " + "L 10.5 20.25 L 11.75 21 " * 15


def test_smaller_one_is_taken():
    """A small SVG stays a drawing; a long one gives way to the PNG."""
    assert image_source("<svg></svg>", "A" * 500).startswith("data:image/svg+xml,")
    assert image_source("<svg>" + "x" * 999 + "</svg>", "AAAA") == "data:image/png;base64,AAAA"


def test_either_picture_may_be_missing():
    """What a build leaves has no PNG; a picture of a notebook at hand may have no SVG."""
    assert image_source("<svg></svg>", "").startswith("data:image/svg+xml,")
    assert image_source("", "AAAA") == "data:image/png;base64,AAAA"


def test_source_is_safe_in_an_attribute():
    """No quote or angle bracket of the drawing ends the attribute or the address."""
    source = image_source("<svg a=\"1\" b='2'># %</svg>", "A" * 500)
    assert not re.search(r"[\"<>#]", source)
    assert unquote(source).endswith("<svg a=\"1\" b='2'># %</svg>")


def test_pixels_of_a_changed_notebook_are_safe_too():
    """What stands in place of a PNG cannot end the attribute either; real ones are left as they are."""
    assert not re.search(r"[\"<>]", image_source("", '"><script>alert(1)</script>'))
    assert image_source("", "AB+/9w==") == "data:image/png;base64,AB+/9w=="


def test_outline_drawn_twice_is_kept_once():
    """Halo and letter share one outline, each in its own style."""
    svg = f'<svg><defs></defs><path d="{LONG}" style="stroke: white"/><path d="{LONG}" style="fill: red"/></svg>'
    made = slim(svg)
    assert made.count("1.3.8-1.3-.8") == 14 and made.count("<use href='#outline-0'") == 2
    assert "stroke: white" in made and "fill: red" in made


def test_a_straight_run_is_one_step():
    """Points along an axis become one step, a point twice none; a turn stays where it is."""
    path = "M 5 10 L 5.2 10 L 5.44 10 L 8 10 L 8 10 L 8 7.25 L 6 7.25 z"
    assert slim(f'<svg><path d="{path}"/></svg>') == "<svg><path d='m5 10l3 0 0-2.8-2 0z'/></svg>"


def test_letters_have_short_names_and_places():
    """A letter is defined under a short name in whole numbers and set by its place; a blank is not set at all."""
    letters = '<path id="Plex-41" d="M 160 16 L 32 64 z" transform="scale(0.015625)"/>'
    letters += '<path id="Plex-3" transform="scale(0.015625)"/>'
    text = "".join(
        f'<use xlink:href="#Plex-{name}" transform="translate({x} 0)"/>' for name, x in ((3, 51), (41, 60.46))
    )
    made = slim(f'<svg><defs>{letters}</defs><use xlink:href="#Plex-41"/>{text}</svg>')
    assert made == (
        "<svg><defs><path id='t0' transform='scale(.25)' d='m10 1l-8 3z'/></defs>"
        "<use href='#t0'/><use href='#t0' x='60.5'/></svg>"
    )


def test_other_drawings_are_left_alone():
    """A path with arcs or relative steps, which matplotlib never writes, keeps its words."""
    assert "M0 0a5 5 0 1 0 9 9" in slim('<svg><path d="M0 0a5 5 0 1 0 9 9"/></svg>')


def test_picture_looks_the_same():
    """The slimmed drawing of a real figure differs by no more than the edges of its lines."""
    svg = figure().svg()
    pages = []
    for drawing in (svg, slim(svg)):
        files = {"main.typ": b'#set page(width: 200mm, height: 80mm)\n#image("a.svg")', "a.svg": drawing.encode()}
        picture = Image.open(io.BytesIO(typst.compile(files, format="png", ppi=72)))
        pages.append(numpy.asarray(picture.convert("L"), float))
    assert len(slim(svg)) < 0.8 * len(svg)
    assert abs(pages[0] - pages[1]).mean() < 0.5
    assert pages[1].min() < 128  # and it is not blank
