"""The headings of a document: Markdown split at them, one title, no level left out, an anchor for each."""

import re

from .blocks import Heading, Text
from .markdown import plain

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})(.*)")


class Outline:
    """Splits Markdown into blocks, piece after piece; `titled`: the first `# ` is the title and no block."""

    def __init__(self, titled):
        self.title = ""
        self._titled, self._anchors, self._level = titled, set(), 1

    def blocks(self, markdown):
        """`Heading` and `Text` blocks of clean Markdown, in order."""
        text, fenced = [], None
        for line in markdown.splitlines():
            fenced = _fence(line, fenced)
            heading = None if fenced else _HEADING.fullmatch(line)
            if not heading:
                text.append(line)
                continue
            yield from _text(text)
            text = []
            yield from self._heading(len(heading[1]), heading[2])
        yield from _text(text)

    def _heading(self, level, markdown):
        if not plain(markdown).strip():
            return  # signs without words are no heading
        if level == 1 and self._titled and not self.title:
            self.title = markdown
            return
        # No level is left out: readers who step from heading to heading count on it, and PDF/UA asks for it.
        self._level = min(max(level, 2), self._level + 1)
        yield Heading(self._level, markdown, self._anchor(plain(markdown)))

    def _anchor(self, text):
        stem = anchor(text)
        found, count = stem, 2
        while found in self._anchors:
            found, count = f"{stem}-{count}", count + 1
        self._anchors.add(found)
        return found


def anchor(text):
    """The id of the first heading with this text."""
    return f"s-{re.sub(r'[^a-z0-9]+', '-', text.lower()).strip('-') or 'section'}"


def _fence(line, fenced):
    """The fence that code stands in after this line, or None; it ends at one as long, with nothing after it."""
    found = _FENCE.match(line)
    if not found or (fenced and not found[1].startswith(fenced)):
        return fenced
    if not fenced:
        return found[1]
    return fenced if found[2].strip() else None


def _text(lines):
    markdown = "\n".join(lines).strip("\n")
    return [Text(markdown)] if markdown.strip() else []
