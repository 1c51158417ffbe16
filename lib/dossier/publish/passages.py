"""Addresses of the passages of a page, by which each paragraph, list, table and figure can be cited.

The address of a passage comes from its words, of a figure from its name: it stays when others change or move, is the
same in each edition, and never leads to other words than those cited. The sign beside a passage is for pointers
only: reading by keyboard would mean a stop at each. For the keyboard the same links are one list at the foot.
"""

import re
from hashlib import sha256
from textwrap import shorten

from markupsafe import Markup

SHOWN = 60  # letters of a passage in the list


class Passages:
    """Collects the passages of one page in their order; `found` maps the id of each to its first words."""

    def __init__(self):
        self.found = {}

    def text(self, html, words):
        """The HTML of a passage that has an address of its own; `words` are its text."""
        id = self._add("p-" + sha256(" ".join(words.split()).encode()).hexdigest()[:8], words)
        return f'<div class="passage" id="{id}">{sign(id)}{html}</div>'

    def figure(self, name, title):
        """The id of a figure."""
        return self._add("f-" + re.sub(r"[^A-Za-z0-9]+", "-", name), f"Figure: {title}")

    def _add(self, stem, words):
        id, count = stem, 2
        while id in self.found:
            id, count = f"{stem}-{count}", count + 1
        self.found[id] = shorten(words, SHOWN, placeholder=" …")
        return id


def sign(id):
    """The sign that leads to a passage, drawn by the style sheet: it is no part of the text."""
    return Markup(f'<a class="sign" href="#{id}" tabindex="-1" aria-hidden="true"></a>')
