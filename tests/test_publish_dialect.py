"""Jupyter's Markdown made plain."""

import pytest
from dossier.publish.dialect import Code, without_html


def plain(markdown):
    """Markdown as the publisher gets it, without blank lines around."""
    code = Code()
    return code.back_in(without_html(code.out_of(markdown))).strip("\n")


@pytest.mark.parametrize(
    ("jupyter", "markdown"),
    [
        ("a <b>b</b> <em>c</em> <code>d</code>", "a **b** *c* `d`"),
        ('<a href="https://example.org">x</a> <a name="y"></a>z', "[x](https://example.org) z"),
        ("<h2 align='center'>Head <i>x</i></h2>", "## Head *x*"),
        ("Title\n=====\n\nPart\n---\ntext", "# Title\n\n## Part\ntext"),
        ("one<br>two<br/>\nthree", "one  \ntwo  \nthree"),
        ("| a<br>b | c |", "| a b | c |"),
        ("<ul><li>x</li><li>y</li></ul>", "- x\n- y"),
        ("a <!-- note --> b<script>alert(1)</script><style>p {}</style>", "a  b"),
        ("<div class='alert'>Note</div>", "Note"),
        ("&lt;b&gt; &amp;amp; &eacute;&nbsp;x", "\\<b\\> \\&amp; é\u00a0x"),
        ("<span onclick='a > b'>x</span>", "x"),
    ],
)
def test_html_becomes_markdown(jupyter, markdown):
    """What Markdown can say is said in Markdown; other tags go and their words stay."""
    assert plain(jupyter) == markdown


@pytest.mark.parametrize(
    "markdown",
    [
        "`<b>x</b> &lt;`",
        "``a ` <br>``",
        "```html\n<b>x</b>\n# no\n```",
        "~~~~\n~~~\n<i>x</i>\n~~~~",
        "```\n<b>left open",
        r"\<b> and \&lt;",
        "List<T>, <your name>, a < b and c > d",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "- item\n---",
    ],
)
def test_code_and_what_is_no_html_stay(markdown):
    """Code, escaped signs, angle brackets of other meaning and tables are not touched."""
    assert plain(markdown) == markdown


def test_preformatted_text_is_code():
    """What stands in <pre> is a fence of its words, code signs in it included."""
    assert plain("<pre>\nx = <b>1</b> &lt; 2 `q`\n</pre>") == "````\nx = 1 < 2 `q`\n````"
