"""Fonts inside a page."""

import base64
import io
import re

from dossier.publish import fonts, html
from dossier.publish.fonts import font_faces, spelled
from fontTools.ttLib import TTFont


def faces(html, title="A title"):
    """(family, weight, style) -> the font of each rule."""
    rule = r'font-family:"(.*?)";font-weight:(\d+);font-style:(\w+).*?base64,(.*?)\)'
    found = re.findall(rule, font_faces(html, title))
    return {
        (family, int(weight), style): TTFont(io.BytesIO(base64.b64decode(data)))
        for family, weight, style, data in found
    }


def test_page_brings_what_it_uses():
    """Regular and bold text and the bold title always; italic, code and Arabic only where they are used."""
    plain = {("IBM Plex Sans", 400, "normal"), ("IBM Plex Sans", 700, "normal"), ("IBM Plex Serif", 700, "normal")}
    assert set(faces("<p>text</p>")) == plain
    assert set(faces("<em>x</em><code>y</code> داعش")) - plain == {
        ("IBM Plex Sans", 400, "italic"),
        ("DejaVu Sans Mono", 400, "normal"),
        ("IBM Plex Sans Arabic", 400, "normal"),
        ("IBM Plex Sans Arabic", 700, "normal"),
    }


def test_letters_of_the_page_are_in_the_fonts():
    """Every letter of text and title is in the font that sets it, also one that few pages have."""
    found = faces("<p>Čačak ½</p> داعش", "Why ½?")
    assert set(map(ord, "Čačak ½")) <= set(found["IBM Plex Sans", 400, "normal"].getBestCmap())
    assert set(map(ord, "داعش")) <= set(found["IBM Plex Sans Arabic", 700, "normal"].getBestCmap())
    assert set(map(ord, "Why ½?")) <= set(found["IBM Plex Serif", 700, "normal"].getBestCmap())


def test_pages_share_their_fonts():
    """Two pages of other words and titles have the same fonts, which are then cut once."""
    assert font_faces("<p>Why داعش</p>", "Who?") == font_faces("<p>When بغداد</p>", "Where?")


def test_page_has_the_fonts_cut_before_it():
    """A page of the collection, with its line ends, has the fonts that `make_ready` has cut: none is cut for it alone."""
    html.make_ready()
    cut = fonts._cut.cache_info().misses
    font_faces("<em>Why</em>\n<code>x</code> داعش", "Who?")
    assert fonts._cut.cache_info().misses == cut


def test_font_is_cut_once_for_all_processes(monkeypatch):
    """Another process finds the cut in the store, unless it would cut otherwise."""
    first = font_faces("x", "")
    monkeypatch.setattr(fonts, "_as_woff", lambda name, letters: b"cut anew")
    fonts._cut.cache_clear()
    assert font_faces("x", "") == first
    monkeypatch.setattr(fonts, "_OWN_SOURCE", "other options")
    fonts._cut.cache_clear()
    assert base64.b64encode(b"cut anew").decode() in font_faces("x", "")
    fonts._cut.cache_clear()


def test_font_names_itself_and_no_more():
    """A font has its family and style, which a browser may ask for, and no licence text in each page."""
    names = faces("x")["IBM Plex Sans", 700, "normal"]["name"].names
    assert [str(name) for name in names] == ["IBM Plex Sans", "Bold"]


def test_arabic_letters_still_join():
    """The subset keeps what joins Arabic letters."""
    font = faces("داعش")["IBM Plex Sans Arabic", 400, "normal"]
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina"} <= features


def test_letter_that_no_font_has_is_spelled_out():
    """Paper has the fonts of the collection and no other: what they lack stands as its code point."""
    assert spelled("naïve → الهول Жα ● \U0001f600 漢") == "naïve → الهول Жα ● [U+1F600] [U+6F22]"
    assert spelled("می\u200cخواهم\u200f\n") == "می\u200cخواهم\u200f\n"
