"""Executed notebooks from elsewhere, one for each situation; the pictures in them are real ones."""

import base64
import io

import nbformat
import pandas
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
TRACEBACK = [
    "\x1b[31m----\x1b[39m",
    "\x1b[31mZeroDivisionError\x1b[39m  Traceback",
    "ZeroDivisionError: division by zero",
]
FRAME = pandas.DataFrame({"people": [39904, 35], "name": ["al-Hol", "<b>Roj</b>"]}, index=["one", "two"])


def picture(kind="PNG", size=(60, 40)):
    """A small picture as base64 text."""
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", size, "#1f5a99").save(file, kind)
    return base64.b64encode(file.getvalue()).decode()


def notebook(*cells, **metadata):
    """A notebook of these cells; text is a Markdown cell."""
    made = [new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    return nbformat.v4.new_notebook(cells=made, metadata=metadata)


def code(source="1", *outputs, tags=(), **metadata):
    """An executed code cell."""
    return new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags), **metadata})


def shown(metadata=None, **data):
    """A result: text_html="..." is the MIME type text/html; svg, png and jpeg are pictures."""
    names = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml", "json": "application/json"}
    kinds = {names.get(name, name.replace("_", "/", 1)): value for name, value in data.items()}
    return new_output("display_data", data=kinds, metadata=metadata or {})


def printed(text, name="stdout"):
    """What a cell printed."""
    return new_output("stream", name=name, text=text)


def raised():
    """An error as IPython records it."""
    return new_output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=TRACEBACK)


def described():
    """A notebook in which all pictures have a description, with every other kind of result."""
    chart = shown({"image/png": {"alt": "A blue field", "width": 30}}, png=picture(), text_plain="<Figure>")
    attached = new_markdown_cell(
        "#### Deep down\n\n![A field of blue](attachment:a.png)\n\nAn area $a^2$ for $5 or $6, and\n\n$$\\sqrt{2}$$",
        attachments={"a.png": {"image/png": picture()}},
    )
    return notebook(
        "Words before the title.\n\n# A study of *camps*\n\nSee [below](#Deep-down) or <b>bold</b> <img src=x onerror=alert(1)>.",
        code("FRAME", shown(text_html=FRAME.to_html(), text_plain="the frame as text")),
        attached,
        code("draw()", chart),
        code("f()", printed("out\x1b[31mput\x1b[0m\n"), printed("a warning\n", "stderr"), raised()),
        code("Markdown()", shown(text_markdown="### From a result\n\n*words*", text_plain="<Markdown>")),
        code("plotly()", shown(text_html="<div id='p'></div><script>alert(2)</script>", text_plain="Figure(1)")),
        code("hidden = 1", printed("hidden result\n"), jupyter={"source_hidden": True}),
        nbformat.v4.new_raw_cell("raw words"),
        authors=[{"name": "Ada Author"}],
    )


def undescribed():
    """A notebook with three pictures, two of them without a description, and no title."""
    cells = [
        code("one()", shown(png=picture())),
        code("two()", shown(svg=SVG)),
        code("three()", shown({"image/jpeg": {"alt": "Blue"}}, jpeg=picture("JPEG"))),
    ]
    return notebook("No title here.", *cells)
