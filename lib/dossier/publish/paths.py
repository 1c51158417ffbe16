"""Where the templates and the pandoc of this room are."""

from functools import cache
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"


@cache
def pandoc():
    """The pandoc that comes with the wheel, a path."""
    import pypandoc

    return pypandoc.get_pandoc_path()
