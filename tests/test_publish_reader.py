"""Reading the cells of a published edition."""

import pytest
from dossier.figure import MIME
from dossier.publish.reader import Reader
from foreign import FRAME, code, notebook, picture, printed, raised, shown


def read(*cells):
    """The blocks of a lesson of these cells."""
    reader = Reader("student")
    for cell in notebook(*cells).cells:
        reader.read(cell)
    return [block for part in reader.parts for block in part.blocks]


def test_bare_picture_is_refused():
    """A published edition holds no picture without title and description, even one with an alt text."""
    for metadata in ({}, {"alt": "A field"}):
        with pytest.raises(ValueError, match="without title and description; use a chart verb"):
            read(code("plt.plot()", shown(metadata, png=picture())))


def test_figure_that_lost_its_picture_is_named():
    """A figure of ours of which a notebook keeps only the record is refused with the cell and what to do."""
    lost = code("draw_map(view)", shown())
    lost.outputs[0].data = {MIME: {"title": "A map"}}
    with pytest.raises(ValueError, match=r"cell .*: a figure without its picture; run the notebook again"):
        read(lost)


def test_markdown_is_taken_as_it_is_written():
    """In our own notebooks HTML shows as text and a dollar is a dollar: nothing is rewritten."""
    (block,) = read("<b>x</b> costs $5$ ![a map](attachment:a.png)")
    assert block.markdown == "<b>x</b> costs $5$ ![a map](attachment:a.png)"


def test_results_keep_their_kind():
    """Frames are numbered tables; streams in pieces are one; errors and standard error are told apart."""
    frames = [code("f", shown(text_html=FRAME.to_html(), text_plain="x")) for _ in "ab"]
    blocks = read(*frames, code("p", printed("a"), printed("b"), printed("w", "stderr"), raised()))
    assert [block.number for block in blocks if block.kind == "table"] == [1, 2]
    assert [block.kind for block in blocks[-4:]] == ["code", "output", "stderr", "error"] and blocks[-3].text == "ab"
