"""Markdown to HTML."""

import pytest
from dossier.prose import escape
from dossier.publish import markdown


def html(source, **numbers):
    """A piece of Markdown as HTML with notes written plainly."""
    return markdown.to_html(source, numbers, lambda found: f"<sup>{found}</sup>")


HOSTILE = '<script>alert(1)</script> *a* _b_ [c](d) ![e](f) `g` # h | i "j" &amp; $k$ [@x]'


def test_escaped_value_shows_letter_for_letter():
    """A value full of markup comes out as its own text."""
    assert markdown.plain(escape(HOSTILE)).replace("&#34;", '"') == HOSTILE


@pytest.mark.parametrize("source", ["<b>bold</b> text", "<div onclick=x>y</div>", "<!-- comment", "text <img src=x>"])
def test_raw_html_is_text(source):
    """HTML in Markdown is shown, not obeyed."""
    shown = html(source)
    assert "&lt;" in shown and "<b>" not in shown and "<div" not in shown and "<img" not in shown


@pytest.mark.parametrize("target", ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//host/x", "file:///x"])
def test_risky_link_is_its_text(target):
    """A link to anything but the web, mail or the page itself is no link."""
    assert html(f"[words]({target})") == "<p>words</p>\n"


def test_image_is_its_description():
    """An image in Markdown would ask a host: its description stands instead."""
    assert html("See ![a map](https://example.org/map.png).") == "<p>See a map.</p>\n"


def test_table_has_scoped_head():
    """The head of a table says that it heads columns; alignment is kept."""
    shown = html("| A | B |\n| :-- | --: |\n| 1 | 2 |")
    assert '<th scope="col" class="left">A</th>' in shown and '<td class="right">2</td>' in shown


def test_arabic_is_marked():
    """A run of Arabic says its language and direction, spaces included."""
    assert html("In الحشد الشعبي today") == '<p>In <span lang="ar" dir="rtl">الحشد الشعبي</span> today</p>\n'


def test_note_is_written():
    """A citation becomes a note with its numbers."""
    assert html("Seen [@a].", a=4) == "<p>Seen<sup>[4]</sup>.</p>\n"


@pytest.mark.parametrize("source", ["to al-Qaim.", r"to al\-Qaim.", "to *al-Qaim*.", "*to* **al\\-Qaim**."])
def test_name_stays_in_one_piece(source):
    """A name such as al-Qaim is not torn apart, typed or escaped, in emphasis or not; other hyphens may break."""
    assert '<span class="name">al-Qaim</span>' in html(source)
    assert "name" not in html("Semi-final, total-war")


def test_table_is_named_and_can_be_reached():
    """A table that is too wide scrolls by keyboard, and its name are its heads without their notes."""
    shown = html("| A [@a] | *B* |\n| :-- | --: |\n| 1 | 2 |", a=4)
    assert '<div class="scroll" tabindex="0" role="group" aria-label="Table: A, B"><table>' in shown


def test_passages_are_written_once_each():
    """Paragraph, list, table and quotation at the top of the text are passages; what is inside of them is none."""
    found = []
    source = "One [@a].\n\n- two\n\n  three\n\n---\n\n> four\n\n| five |\n| - |\n| six |"
    markdown.to_html(source, {"a": 1}, str, lambda html, words: found.append(" ".join(words.split())) or html)
    assert found == ["One.", "two three", "four", "five six"]
