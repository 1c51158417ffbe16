"""The publishing room: one executed notebook in, HTML and PDF out.

`document.py` reads the notebook into a `Document`; `html.py` and `pdf.py` set it. Notes are numbered in
`notes.py`, references worded in `citations.py`, Markdown turned into HTML in `markdown.py` and into Typst
in `typeset.py`; `layout.py` decides where things go on paper, `pictures.py` makes pictures small enough for a
page, `passages.py` gives its passages addresses, `fonts.py` cuts its fonts; `figures.py` gives the data behind the
figures, `colophon.py` says how all was made. `index.py` sets the page from which a reader finds
what a build made.
"""
