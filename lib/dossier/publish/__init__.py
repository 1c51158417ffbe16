"""The publishing room: one executed notebook in, HTML and PDF out.

`document.py` reads the notebook into a `Document`; `html.py` and `pdf.py` set it. Notes are numbered in
`notes.py`, references worded in `citations.py`, Markdown turned into HTML in `markdown.py` and into Typst
in `typeset.py`; `fonts.py` cuts the fonts of a page, `figures.py` gives the data behind the figures.
"""
