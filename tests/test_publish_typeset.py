"""Markdown to Typst."""

from dossier.prose import escape
from dossier.publish import typeset
from test_publish_markdown import HOSTILE


def typst(*pieces, **numbers):
    """Pieces of Markdown as Typst."""
    return typeset.to_typst(pieces, numbers)


def test_pieces_stay_apart():
    """A fence, a comment or a link definition left open in one piece does not reach the next."""
    made = typst("```\nopen", "<!-- open", "[x]: https://example.org", "[x] *fine*")
    assert len(made) == 4
    assert made[3] == r"\[x\] #emph[fine]"


def test_markup_of_typst_is_text():
    """Nothing in Markdown is Typst: no code, no math, no raw block, no label."""
    (made,) = typst('#panic("x") $a$ `=x`{=typst} <label> @ref \\include')
    assert r"\#panic" in made and r"\$a\$" in made and r"\<label\>" in made and r"\@ref" in made


def test_escaped_value_is_text():
    """A value full of markup has no call left in it."""
    (made,) = typst(escape(HOSTILE))
    assert "#" not in made.replace(r"\#", "")


def test_raw_html_is_text():
    """HTML is shown as its text."""
    assert typst("<b>x</b>", "<div>y</div>") == [r"\<b\>x\</b\>", r"\<div\>y\</div\>"]


def test_image_reads_no_file():
    """An image is its description, so that no path is opened."""
    assert typst("![a map](/etc/passwd)") == ["a map"]


def test_risky_link_is_its_text():
    """Only web and mail links are links on paper."""
    assert typst("[a](javascript:x)", "[b](#label)") == ["a", "b"]
    assert typst("[c](https://example.org)") == ['#link("https://example.org")[c]']


def test_notes():
    """A citation becomes a call that ends before any bracket after it."""
    (made,) = typst("Seen [@a; @b; @c](x).", a=1, b=2, c=3)
    assert made == "Seen#note((1, 3));(x)."


def test_last_row_of_a_table_is_in_it():
    """A table at the end of a piece keeps its last row."""
    first, second = typst("| A |\n| - |\n| one |\n| last |", "| A |\n| - |\n| last |")
    assert "[last]" in first and "[last]" in second


def test_heading_in_a_piece_is_no_heading():
    """Headings are blocks of a document; a setext heading in a piece does not upset the outline."""
    assert typst("Title\n=====") == ["#strong[Title]"]
