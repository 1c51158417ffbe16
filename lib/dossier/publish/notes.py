"""Notes in text: which sources Markdown cites, and their numbers carried through a parser."""

import re

from ..letters import legible

CITATION = re.compile(r"\s*\[((?:@[\w-]+)(?:; @[\w-]+)*)\]")

# A note inside Markdown that is on its way through a parser: its numbers between two signs that `clean`
# takes out of all content, so that no text can forge a note.
_OPEN, _CLOSE = "\ue001", "\ue002"
MARK = re.compile(f"{_OPEN}([\\d,]+){_CLOSE}")


def clean(text):
    """Text without signs that nobody sees, among them those which this room keeps for itself: they are spelled out."""
    return legible(text)


def cited(markdown):
    """The source ids that Markdown cites, in order, each once."""
    ids = [id for match in CITATION.finditer(markdown) for id in _ids(match)]
    return list(dict.fromkeys(ids))


def mark(markdown, numbers):
    """Markdown with every `[@id; ...]` as marked note numbers, for `replace` after parsing."""
    return CITATION.sub(lambda match: marked([numbers[id] for id in _ids(match)]), markdown)


def marked(numbers):
    """Note numbers as a mark, in order; '' for none."""
    return f"{_OPEN}{','.join(map(str, sorted(set(numbers))))}{_CLOSE}" if numbers else ""


def replace(text, write):
    """`text` with each mark as `write(numbers)` gives it."""
    return MARK.sub(lambda match: write([int(number) for number in match[1].split(",")]), text)


def runs(numbers):
    """Sorted numbers as (first, last) of each run of three or more; others alone: [1, 3, 4, 5] -> (1, 1), (3, 5)."""
    found = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    pairs = ([(first, last)] if last - first != 1 else [(first, first), (last, last)] for first, last in found)
    return [run for pair in pairs for run in pair]


def _ids(match):
    return re.findall(r"@([\w-]+)", match[1])
