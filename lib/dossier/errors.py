"""Refusals that tell a user what, where, what would be right and what is nearest."""

import difflib
from itertools import islice
from typing import NamedTuple

from .letters import legible

LINES, LETTERS = 6, 300  # what a refusal may have, and what a line of it may have


class RequestError(Exception):
    """A request or the data is wrong; nothing was started. The message is a `refusal`."""

    def __init__(self, message):
        super().__init__(refusal(message))


def refusal(message):
    """A message with at most six lines, long ones cut in the middle, and nothing in it that a terminal obeys."""
    return "\n".join(_cut(legible(line)) for line in message.split("\n")[:LINES])


def _cut(line):
    return line if len(line) <= LETTERS else f"{line[: LETTERS // 2]} … {line[-LETTERS // 2 :]}"


class Fault(NamedTuple):
    """One thing that is wrong in the data or a notebook: in which row or cell, what, and what would be right."""

    where: str
    what: str
    right: str

    def __str__(self):
        return f"{self.where}: {self.what}; right: {self.right}"


def nearest(name, choices):
    """' Did you mean ...?' for the choice closest to `name`, or '' when none is close."""
    close = difflib.get_close_matches(str(name), [str(c) for c in choices], n=1, cutoff=0.5)
    return f" Did you mean {close[0]!r}?" if close else ""


def listed(choices, most=12):
    """The choices in one line, cut after `most` of them with the number left out."""
    choices = [str(c) for c in choices]
    shown = ", ".join(islice(choices, most))
    return shown if len(choices) <= most else f"{shown} and {len(choices) - most} more"


def one_of(name, choices):
    """'one of a, b; nearest b': what would be right in place of `name`."""
    close = difflib.get_close_matches(name, choices, n=1, cutoff=0.5)
    return f"one of {listed(choices)}" + (f"; nearest {close[0]}" if close else "")


def unknown(what, name, choices):
    """A RequestError for a name that is not among `choices`, with the nearest one."""
    return RequestError(f"unknown {what} {name!r}.{nearest(name, choices)}\nvalid: {listed(choices)}")
