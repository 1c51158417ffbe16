"""Markdown to Typst: all pieces of a document in one run of pandoc."""

import subprocess

from ..prose import SPLIT
from .notes import mark, replace, runs
from .paths import TEMPLATES, pandoc


def to_typst(pieces, numbers):
    """Each piece of Markdown as Typst markup; `numbers` maps source ids to note numbers."""
    source = SPLIT.join(mark(piece, numbers) for piece in pieces)
    command = [pandoc(), f"--from={TEMPLATES / 'pieces.lua'}", "--to=typst", "--wrap=none"]
    made = subprocess.run(command, input=source, capture_output=True, check=True, encoding="utf-8").stdout
    return [replace(piece.strip(), _note) for piece in made.split(SPLIT)[:-1]]


def _note(numbers):
    # The semicolon ends the call: a bracket after a note would be taken for its arguments.
    written = "".join(f"({first}, {last})," for first, last in runs(numbers))
    return f"#note({written.removesuffix(',')});"
