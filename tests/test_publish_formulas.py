"""Formulas in TeX."""

import pytest
from dossier.publish.formulas import Formula, as_mathml, as_typst, fill_formulas, mark_formulas
from dossier.publish.pdf import fault


def found(markdown):
    """(TeX, whether on its own line) of each formula in Markdown."""
    formulas = []
    mark_formulas(markdown, formulas)
    return [(formula.tex, formula.display) for formula in formulas]


@pytest.mark.parametrize(
    ("markdown", "formulas"),
    [
        ("a $x^2$ b", [("x^2", False)]),
        ("the $n$th of ($k$)", [("n", False), ("k", False)]),
        ("$$\nx\n$$", [("x", True)]),
        (r"\\(x\\) and \\[y\\]", [("x", False), ("y", True)]),
        (r"\begin{align}a&=b\end{align}", [(r"\begin{align}a&=b\end{align}", True)]),
        (r"$a \$ b$", [(r"a \$ b", False)]),
        ("from $5 to $6, or $7", []),
        (r"\$x\$ and $ y $", []),
        ("$x\n\ny$ and $$ $$", []),
    ],
)
def test_formulas_are_told_from_prices(markdown, formulas):
    """Formulas as JupyterLab writes them are found; prices, escaped dollars and what runs over a paragraph are not."""
    assert found(markdown) == formulas


def test_marks_come_back_as_formulas():
    """What is marked can be filled again, in order."""
    formulas = []
    marked = mark_formulas("$a$ then $b$", formulas)
    assert "$" not in marked and fill_formulas(marked, ["A", "B"]) == "A then B"


def test_mathml_carries_its_tex():
    """A page has MathML, with the TeX as annotation; a formula on its own line is a block."""
    inline, block = as_mathml([Formula("x^2", False), Formula("y", True)])
    assert inline.startswith('<math display="inline"') and "<msup><mi>x</mi><mn>2</mn></msup>" in inline
    assert ">x^2</annotation>" in inline and block.startswith('<math display="block"')


def test_typst_formula_is_described_by_its_tex():
    """Paper has an equation with its TeX as alternative text; numbers and labels, which TeX alone knows, are left out."""
    (made,) = as_typst([Formula(r'\frac{1}{2} \label{eq:"1"}', True)])
    assert r'alt: "\\frac{1}{2} \\label{eq:\"1\"}"' in made and "block: true" in made and "<eq" not in made
    assert fault(made, {}) == ""


@pytest.mark.parametrize("tex", [r"\foo{x}", r"\frac{", r"#panic(1)", r'"]#panic()', r"\href{javascript:alert(1)}{x}"])
def test_what_is_no_tex_is_shown_as_it_is(tex):
    """A formula that pandoc cannot read is its TeX, letter for letter, on page and paper."""
    (page,), (paper,) = as_mathml([Formula(tex, False)]), as_typst([Formula(tex, False)])
    assert page.startswith("<code>") and paper.startswith("#raw(") and fault(paper, {}) == ""


def test_formula_is_never_markup():
    """Tags inside of TeX are letters of a formula."""
    (page,) = as_mathml([Formula("<script>alert(1)</script>", False)])
    assert "<script" not in page
