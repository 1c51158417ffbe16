"""The publishing room: one executed notebook in, HTML and PDF out.

`document.py` holds what both are made of, in the blocks of `blocks.py`; `html.py` and `pdf.py` set it. `reader.py`
reads the cells of our editions, `outline.py` their headings, `outputs.py` and `tables.py` what they printed.
Notes are numbered in `notes.py`, references worded in `citations.py`, Markdown turned into HTML in `markdown.py` and
into Typst in `typeset.py`; `layout.py` decides where things go on paper, `pictures.py` makes pictures small enough for
a page, `passages.py` gives its passages addresses, `fonts.py` cuts its fonts; `figures.py` gives the data behind the
figures, `cite.py` the citations, `colophon.py` says how all was made. `index.py` sets the page from which a reader
finds what a build made.

Other notebooks come in by `exporters.py`, which nbconvert and JupyterLab list. `at_hand.py` tells a copy of ours from
one from elsewhere, `jupyter_reader.py` reads all that Jupyter can show: its Markdown (`dialect.py`), pictures
(`bare_pictures.py`) and formulas (`formulas.py`). `paper.py` replaces what paper cannot hold.
"""
