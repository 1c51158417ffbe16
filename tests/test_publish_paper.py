"""What cannot stand on paper."""

from dataclasses import replace

import pandas
import pytest
from dossier.publish import pdf
from dossier.publish.at_hand import open_notebook
from dossier.publish.formulas import Formula
from dossier.publish.paper import for_paper
from foreign import code, described, notebook, picture, printed, shown
from test_publish_pdf import text


def settled(*cells):
    """(document for paper, complaints) of a notebook of these cells."""
    return for_paper(open_notebook(notebook(*cells), "student", "any"))


def test_what_can_be_set_is_left_alone():
    """A notebook without trouble comes back as it is."""
    document = open_notebook(described(), "student", "any")
    assert for_paper(document) == (document, [])


def test_letters_without_a_font_are_named():
    """An emoji is its name, another letter its number, signs of emoji go; one line says so."""
    document, complaints = settled("# Fly 🚀\n\nto 你 ✔️", code("x = '🐝'", printed("🐝\n")), "Arabic ع, ✓ and é stay")
    assert document.title == "Fly ‹rocket›"
    assert document.blocks[0].markdown == "to ‹U+4F60› ✔" and document.blocks[1].text == "x = '‹honeybee›'"
    assert document.blocks[-1].markdown == "Arabic ع, ✓ and é stay"
    assert complaints == ["letters that no font of the PDF has are named: ‹U+4F60›, ‹honeybee›, ‹rocket›"]
    assert "‹rocket›" in text(pdf.to_pdf(document))


@pytest.mark.parametrize(
    "svg",
    [
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="https://x.org/a.png" width="5" height="5"/></svg>',
        "<svg>left open",
    ],
)
def test_picture_that_cannot_be_set_is_said(svg):
    """A drawing that wants another host, or is none, is replaced by words, and its cell is named."""
    document, (complaint,) = settled("# T", code("", shown({"alt": "Two bars"}, svg=svg)))
    assert "cannot be set on paper. Two bars" in document.blocks[-1].text
    assert complaint.startswith("cell 2: a picture is left out of the PDF: ")
    assert "Two bars" in text(pdf.to_pdf(document))


def test_half_a_picture_is_said():
    """A picture whose end is missing does not stop the PDF."""
    _, complaints = settled("# T", code("", shown(png=picture()[:-24])))
    assert [complaint[:7] for complaint in complaints] == ["cell 2:"]


def test_formula_that_typst_refuses_is_its_tex(monkeypatch):
    """Where pandoc writes what Typst does not know, the TeX is shown; the other formulas stay."""
    document = open_notebook(notebook("# T\n\n$a$ and $b$"), "student", "any")
    wrong = "dossier.publish.paper.as_typst"
    monkeypatch.setattr(wrong, lambda all: ["$nonsense(" if formula.tex == "b" else "$x$" for formula in all])
    monkeypatch.setattr("dossier.publish.paper.fault", lambda source, files: "unclosed" if "nonsense" in source else "")
    formulas, complaints = for_paper(document)[0].formulas, for_paper(document)[1]
    assert formulas == (Formula("a", False), Formula("b", False, True))
    assert complaints == ["formula 'b' is shown as TeX: unclosed"]
    monkeypatch.undo()
    assert "𝑎 and b" in text(pdf.to_pdf(replace(document, formulas=formulas)))


def test_table_wider_than_the_page_is_several():
    """A frame of many columns stands in groups that say which ones they are, each with the heads of the rows."""
    frame = pandas.DataFrame([[1234.5] * 14], columns=[f"column_{n}" for n in range(14)], index=["first"])
    document, _ = settled("# T", code("", shown(text_html=frame.to_html())))
    tables = document.blocks[-2:]
    assert [table.caption for table in tables] == ["Columns 1 to 12 of 14", "Columns 13 to 14 of 14"]
    assert all(table.body[0][0].text == "first" for table in tables) and tables[1].head[0][-1].text == "column_13"
    assert "column_13" in text(pdf.to_pdf(document))
