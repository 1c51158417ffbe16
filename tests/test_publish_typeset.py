"""Markdown to Typst."""

import io

import pypdf
import pytest
import typst
from dossier.prose import escape
from dossier.publish.paths import TEMPLATES
from dossier.publish.typeset import to_typst
from test_publish_markdown import HOSTILE

TRICKY = [
    HOSTILE,
    '#panic("x") #[ #{ #let',
    "$a$ `raw` ```three``` ~ tilde~tilde",
    "@ref <label> label<x>",
    "\\ \\\\ \\u{1f600} \\# end\\",
    "[ ] ( ) { } ]] ;; #x[y](z)",
    "\"double\" 'single' it's",
    "// comment http://x.org/a//b https://y.org /* open",
    "-- --- ... -1 2-3 -? a_b *c* _d_",
    *("= head", "- item", "+ item", "/ term: x", "1. one", "12) two", "=== x"),
]


def shown(markdown):
    """The text that a reader gets of a piece of Markdown on paper, spaces made one; the piece ends where it ends."""
    main = f'#import "marks.typ": *\n#set page(width: 900mm)\n#[{to_typst(markdown, {})}]\n\nTHE END'
    files = {
        "main.typ": main.encode(),
        "marks.typ": (TEMPLATES / "marks.typ").read_bytes(),
        "sources.json": b"[]",
    }
    pages = pypdf.PdfReader(io.BytesIO(typst.compile(files))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert text.endswith("THE END")
    return text.removesuffix("THE END").strip()


@pytest.mark.parametrize("text", TRICKY)
def test_value_is_printed_letter_for_letter(text):
    """A value full of markup of Markdown or Typst is its own text: in a line, at its start, in bold, list and table."""
    value = escape(text)
    assert shown(value) == text
    assert shown(f"**{value}** and _{value}_") == f"{text} and {text}"
    assert shown(f"- {value}\n\n> {value}").count(text) == 2
    assert shown(f"| {value} | B |\n| - | - |\n| {value} | {value} |").count(text) == 3


@pytest.mark.parametrize(
    "text", ['#panic("x") $a$', "`=x`{=typst}", "<label> @ref", "= head", "/* open // x", "a]\n\n#b"]
)
def test_markup_of_typst_is_text(text):
    """What is no markup in Markdown is none on paper, though nobody escaped it."""
    assert shown(f"before {text} [after").replace("`", "") == " ".join(f"before {text} [after".replace("`", "").split())


def test_code_is_printed_letter_for_letter():
    """Code in a line or in a block is a string that ends where it ends."""
    code = '"#panic(1)" \\ \\" $x$ ```'
    assert shown(f"```` {code} ````") == code
    assert shown(f"~~~\n{code}\n~~~\n\nafter") == f"{code} after"


@pytest.mark.parametrize("left_open", ["```\nx", "<!-- x", "[x]: https://example.org", "*x", "[x", "| x |\n| - |"])
def test_pieces_stay_apart(left_open):
    """What one piece leaves open ends with it and does not reach the next."""
    assert shown(left_open) in ("x", "<!-- x", "", "*x", "[x")
    assert shown("[x] *fine*") == "[x] fine"


def test_raw_html_is_text():
    """HTML is shown as its text."""
    assert shown("a <b>x</b>") == "a <b>x</b>" and shown("<div>y</div>") == "<div>y</div>"


def test_image_reads_no_file():
    """An image is its description, so that no path is opened."""
    assert to_typst("![a map](/etc/passwd)", {}) == "a map"


@pytest.mark.parametrize("target", ["javascript:x", "#label", "file:///x", "data:text/html,x", "//host/x", "https.typ"])
def test_risky_link_is_its_text(target):
    """Only web and mail links are links on paper."""
    assert to_typst(f"[a]({target})", {}) == "a"


@pytest.mark.parametrize("target", ["https://example.org", "http://example.org/?a=b", "mailto:a@example.org"])
def test_link(target):
    """A link is one; a quote or a backslash in its address does not end the string."""
    assert to_typst(f"[c]({target})", {}) == f'#link("{target}")[c];'
    assert shown(f'[c](<{target}"\\\\>) after') == "c after"


def test_notes():
    """A citation becomes a call that ends before any bracket after it."""
    assert to_typst("Seen [@a; @b; @c](x).", {"a": 1, "b": 2, "c": 3}) == r"Seen#note((1, 3));\(x\)\."
    assert to_typst("**Seen [@a]**", {"a": 1}) == "#strong[Seen#note((1, 1));];"


def test_table_has_a_head_and_its_last_row():
    """The head is told apart, alignment is kept, and the last row is in the table."""
    made = to_typst("| A | B |\n| - | --: |\n| one | *two* |\n| three | last |", {}).splitlines()
    assert made[0] == "#rows((auto, auto,), false, ([A], table.cell(align: right)[B], ),"
    assert made[1:3] == ["[one], table.cell(align: right)[#emph[two];], ", "[three], table.cell(align: right)[last], "]


def test_column_of_long_text_takes_the_rest():
    """A column with a cell longer than any line, however it is marked up, takes what room the others leave."""
    long = "so *many* words " * 14
    assert to_typst(f"| A | B |\n| - | - |\n| {long} | x |", {}).startswith("#rows((1fr, auto,), ")
    assert to_typst("| A |\n| - |", {}).startswith("#rows((auto,), ")


def test_lists():
    """A list is a list, nested or numbered from where it starts; an item stays on one page."""
    assert to_typst("- a\n  - b", {}) == "#list([#whole[a\n#list([#whole[b]], );]], );"
    assert to_typst("3. c\n4. d", {}) == "#enum(start: 3, [#whole[c]], [#whole[d]], );"


def after_a_picture_put_off(piece, lead, height, whole=True):
    """The words on small pages of a piece of Typst that begins on the first, after `lead` words; on the second a picture
    of `height` mm leaves little room."""
    main = f"""#import "marks.typ": *
        {"" if whole else "#let whole(body) = body"}
        #set page(width: 100mm, height: 100mm, margin: 10mm)
        #set text(size: 10pt, lang: "en")
        #show table: it => layout(room => block(width: 100%, align(left, it)))
        #show figure.where(kind: table): set block(breakable: true)
        #lorem({lead})

        #place(top, float: true, clearance: 5mm, rect(height: {height}mm, width: 100%))
        A B C.

        {piece}"""
    files = {"main.typ": main.encode(), "marks.typ": (TEMPLATES / "marks.typ").read_bytes()}
    pages = pypdf.PdfReader(io.BytesIO(typst.compile(files))).pages
    return [word for page in pages for word in page.extract_text().split() if word.startswith("Iw")]


@pytest.mark.parametrize(
    "before, after, lead, height", [("1. ", "", 82, 70), ("| A | B |\n| --- | --- |\n| x | ", " |\n| y | z |", 64, 64)]
)
def test_no_line_is_lost_before_a_picture(before, after, lead, height):
    """An item or a row that meets a picture put off is whole; Typst, where it may break there, loses lines of it."""
    words = [f"Iw{n}" for n in range(45)]
    piece = to_typst(before + " ".join(words) + after, {})
    torn = piece.replace(", false, ", ", true, ")
    assert after_a_picture_put_off(piece, lead, height) == words
    torn = after_a_picture_put_off(torn, lead, height, whole=False)
    assert len(torn) < len(words), "Typst has mended this: nothing need be kept whole any more"


def test_what_is_taller_than_a_page_may_be_broken():
    """An item or a cell with more text than a page holds is not kept whole: it would run off the page."""
    words = " ".join(["words"] * 1200)
    assert to_typst(f"- {words}", {}).startswith("#list([words ")
    assert to_typst("- a\n" + "  - b\n" * 60, {}).startswith("#list([a")
    assert to_typst(f"| A |\n| --- |\n| {words} |", {}).startswith("#rows((1fr,), true,")
    assert to_typst("| A |\n| --- |\n| words |", {}).startswith("#rows((auto,), false,")
    narrow = f"|{' A |' * 8}\n|{' - |' * 8}\n|{' ' + words[:800] + ' |'}{' x |' * 7}"
    assert to_typst(narrow, {}).startswith("#rows((1fr, auto, auto, auto, auto, auto, auto, auto,), true,")


def test_heading_in_a_piece_is_no_heading():
    """Headings are blocks of a document; a setext heading in a piece does not upset the outline."""
    assert to_typst("Title\n=====", {}) == "#strong[Title];"


def test_words_that_belong_together():
    """A name with al- and a run of Arabic stay in one piece; a list of Arabic names may be broken after a comma."""
    assert to_typst("In al-Qaim.", {}) == r"In #box[al\-Qaim];\."
    arabic = to_typst("داعش، القائم", {})
    assert arabic == '#box(text(lang: "ar")[داعش]);، #box(text(lang: "ar")[القائم]);'


def test_name_with_an_escaped_sign_is_one():
    """A sign that Markdown escapes does not tear a name apart."""
    assert to_typst(r"al\-Qaim", {}) == r"#box[al\-Qaim];"


def test_word_longer_than_a_line():
    """A word that no line holds is in parts, between which it may be broken."""
    assert to_typst("x" * 50, {}) == "#box[xxxxxxxx];" * 6 + "#box[xx];"
    assert to_typst("x" * 49, {}) == "x" * 49
    accented = "e\u0301"
    assert to_typst(accented * 50, {}) == f"#box[{accented * 8}];" * 6 + f"#box[{accented * 2}];"
