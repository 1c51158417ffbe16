"""Signs that a reader cannot see: they are shown by their code point, so that nothing hides and nothing vanishes."""

import re

# Control and private characters, what turns the direction of the text around it, blanks of no width and what is no
# character at all. Not the joiners and direction marks that Arabic and Persian are written with.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ud800-\udfff\ue000-\uf8ff"
    "\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U0010ffff]"
)


def legible(text):
    """Text in which every sign that nobody can see stands as its code point, as [U+202E]."""
    if text.isascii() and text.isprintable():  # most cells of a table
        return text
    return _UNSEEN.sub(lambda sign: code_point(sign[0]), text)


def code_point(sign):
    """'[U+202E]' for a sign."""
    return f"[U+{ord(sign):04X}]"
