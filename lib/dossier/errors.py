"""Refusals that tell a user what, where, what would be right and what is nearest."""

import difflib
from itertools import islice


class RequestError(Exception):
    """A request or the data is wrong; nothing was started. The message has at most six lines."""


def nearest(name, choices):
    """' Did you mean ...?' for the choice closest to `name`, or '' when none is close."""
    close = difflib.get_close_matches(str(name), [str(c) for c in choices], n=1, cutoff=0.5)
    return f" Did you mean {close[0]!r}?" if close else ""


def listed(choices, most=12):
    """The choices in one line, cut after `most` of them with the number left out."""
    choices = [str(c) for c in choices]
    shown = ", ".join(islice(choices, most))
    return shown if len(choices) <= most else f"{shown} and {len(choices) - most} more"


def unknown(what, name, choices):
    """A RequestError for a name that is not among `choices`, with the nearest one."""
    return RequestError(f"unknown {what} {name!r}.{nearest(name, choices)}\nvalid: {listed(choices)}")
