"""Where the project's files are and which themes it has."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
FONTS = Path(__file__).parent / "fonts"

THEMES = {
    "baathist-legacy": "Baathist legacy",
    "border-security": "Border security",
    "pmu-debate": "PMU debate",
    "isis-threat": "ISIS threat",
}


def notebook_path(theme):
    """The source notebook of a theme, a Path."""
    return NOTEBOOKS / f"{theme}.ipynb"
