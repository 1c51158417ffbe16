"""Signs that nobody sees."""

import pytest
from dossier.letters import legible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1b[31m\x7f\x85", "a[U+0000]b[U+001B][31m[U+007F][U+0085]"),
        ("\u202ecba\u202c \u2066x\u2069", "[U+202E]cba[U+202C] [U+2066]x[U+2069]"),
        ("a\u200bb\u2060c\ufeff", "a[U+200B]b[U+2060]c[U+FEFF]"),
        ("\ue000 \uf8ff \U000f0000", "[U+E000] [U+F8FF] [U+F0000]"),
        ("\udcff \uffff", "[U+DCFF] [U+FFFF]"),
    ],
)
def test_sign_that_nobody_sees_is_spelled_out(text, shown):
    """Control, direction, width, private use, half a character: each leaves its code point."""
    assert legible(text) == shown


@pytest.mark.parametrize("text", ["two\nlines\tand a tab", "می\u200cخواهم", "الهول\u200f!", "naïve — “x” 漢字 😀"])
def test_text_stays_as_it_is(text):
    """Letters of any script, line ends, and the joiners and marks that Arabic and Persian are written with."""
    assert legible(text) == text
