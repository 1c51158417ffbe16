"""Reading all that a Jupyter notebook can show."""

import nbformat
import pytest
from dossier.publish.jupyter_reader import JupyterReader
from foreign import SVG, code, notebook, picture, printed, shown

SAME = {"attachments": {"a.png": {"image/png": picture()}}}


def read(*cells, edition="student", folder=None):
    """(title, blocks, formulas) of a notebook of these cells."""
    found = notebook(*cells)
    reader = JupyterReader(edition, found.cells, folder)
    for cell in found.cells:
        reader.read(cell)
    return reader.title, [block for part in reader.parts for block in part.blocks], reader.formulas


def markdown(source, **more):
    """The blocks of one Markdown cell."""
    return read(nbformat.v4.new_markdown_cell(source, **more))[1]


def text(*cells):
    """All text of cells: Markdown, code and printed."""
    return [getattr(block, "markdown", getattr(block, "text", block.kind)) for block in read(*cells)[1]]


@pytest.mark.parametrize(
    ("tags", "seen"),
    [
        (["remove-cell"], []),
        (["remove_cell"], []),
        (["remove-input"], ["out", "err"]),
        (["remove-output"], ["x"]),
        (["remove-stderr"], ["x", "out"]),
        (["hide-me"], ["x", "out", "err"]),
    ],
)
def test_tags_of_the_jupyter_world(tags, seen):
    """What the tags of other tools remove is removed."""
    assert text(code("x", printed("out"), printed("err", "stderr"), tags=tags)) == seen


def test_hidden_source_raw_cells_and_empty_code():
    """A result shows without its hidden source; raw and empty cells show nothing."""
    cells = [code("x", printed("out"), jupyter={"source_hidden": True}), nbformat.v4.new_raw_cell("raw"), code(" ")]
    assert text(*cells) == ["out"]


def test_result_in_markdown_is_text_with_headings():
    """text/markdown is read as Markdown, after the headings before it."""
    cell = code("x", shown(text_markdown="### Deep $x$\n\n<b>b</b>", text_plain="no"), jupyter={"source_hidden": True})
    _, (head, part, words), formulas = read("## Head", cell)
    assert (head.level, part.level, words.markdown) == (2, 3, "**b**") and formulas[0].tex == "x"


def test_result_in_latex():
    """A formula is a formula; a document in LaTeX is shown by its plain text."""
    _, blocks, formulas = read(code("", shown(text_latex=r"$\displaystyle x^2$", text_plain="x**2")))
    assert formulas[0].tex == r"\displaystyle x^2" and blocks[0].kind == "text"
    assert text(code("", shown(text_latex=r"\textbf{a} $x$", text_plain="plain"))) == ["plain"]


def test_pictures_know_their_number_and_cell():
    """Pictures count through the notebook; the cell is counted with those that show none."""
    _, blocks, _ = read("## Head", code("", shown(png=picture())), code("", shown(svg=SVG)))
    images = [block for block in blocks if block.kind == "image"]
    assert [(image.number, image.cell) for image in images] == [(1, 2), (2, 3)]
    assert images[0].caption == "Picture 1, from cell 2 of the notebook. Its author gave no description."


def test_attachment_on_its_own_line_stands_there():
    """Text, picture, text: in this order, without a caption where it is described."""
    before, image, after = markdown("Before\n\n![A field](attachment:a.png)\n\nAfter", **SAME)
    assert (before.markdown, image.alt, image.caption, after.markdown) == ("Before", "A field", "", "After")


def test_picture_inside_of_text_is_called_by_its_number():
    """A picture in a sentence, a heading or a table stands below, under the number that the text calls it by."""
    words, image = markdown("See ![A field](attachment:a.png) here.", **SAME)
    assert (words.markdown, image.caption) == ("See (Picture 1) here.", "Picture 1")
    head, image = markdown("## Head ![A field](attachment:a.png)", **SAME)
    assert (head.markdown, image.kind) == ("Head", "image")


def test_img_tag():
    """An img tag is a picture as Markdown has it, with its width."""
    (image,) = markdown('<center><img src="attachment:a.png" width="20" alt="A field"/></center>', **SAME)
    assert (image.alt, image.width) == ("A field", 20)


def test_picture_elsewhere_is_a_link():
    """Nothing is fetched: the words of a picture lead to it, those of a badge to what it links to."""
    assert text("![Map](https://x.org/m.png)") == ["[Map](https://x.org/m.png)"]
    assert text("[![Open](https://x.org/b.svg)](https://y.org)") == ["[Open](https://y.org)"]
    assert text("![Map](gone.png) <img src=gone.png>") == ["Map picture gone.png"]


def test_table_in_html():
    """A table in HTML inside of Markdown is a table, numbered with those of results; in code it is code."""
    before, table = markdown("x\n<table><tr><th>a</th></tr><tr><td>`b`</td></tr></table>")
    assert (before.markdown, table.number, table.body[0][0].text) == ("x", 1, "`b`")
    assert markdown("`<table></table>`")[0].markdown == "`<table></table>`"
    assert "svg" not in markdown("<table><tr><td><svg>x</svg></td></tr></table>")[0].markdown


def test_formula_in_code_is_code():
    """Dollars in code open no formula."""
    _, blocks, formulas = read("`$x$` and $y$\n\n```\n$z$\n```")
    assert [formula.tex for formula in formulas] == ["y"] and "`$x$`" in blocks[0].markdown


def test_nothing_cites_but_say():
    """A citation of another tool is shown as it is written."""
    assert text("As [@knuth84] says") == [r"As [\@knuth84] says"]


def test_link_inside_of_the_notebook_leads_to_our_anchor():
    """A link to a heading by Jupyter's name for it leads to the heading here."""
    _, (words, head), _ = read("[see](#Two%20words)\n\n## Two words")
    assert words.markdown == f"[see](#{head.anchor})"
