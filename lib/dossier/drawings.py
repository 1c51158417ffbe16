"""Pictures that a build has drawn before: the same function with the same rows and values draws the same again."""

import os
from datetime import date
from pathlib import Path

from . import cache
from .reads import answer_fingerprint

STATE = "DOSSIER_DRAWN_WITH"  # the environment variable by which a build tells a kernel the hash of its surroundings
PLAIN = (str, int, float, date, Path, type(None))


def kept(draw, save):
    """The SVG text of the picture of `draw`, a `functools.partial` of rows and plain values; `save()` gives it.

    In a build it is drawn once for all briefings that show the same. TypeError for any other value: what prints as its
    address could be taken for another.
    """
    state = os.environ.get(STATE)
    if not state:
        return save()
    key = f"{state} {_fingerprint(draw)}"
    digest = cache.get("pictures", key)
    content = cache.get_file(digest) if digest else None
    if content is None:
        content = save().encode()
        cache.put("pictures", key, cache.put_file(content))
    return content.decode()


def _fingerprint(draw):
    name = draw.func.__qualname__
    for value in _values(draw.args):
        if not isinstance(value, PLAIN):
            raise TypeError(f"{name} is to be given rows and plain values, not {type(value).__name__}")
    return answer_fingerprint((draw.func.__module__, name, *draw.args))


def _values(given):
    """What is in tuples, lists and dicts, however deep; a row is plain as a whole."""
    if hasattr(given, "_fields") and hasattr(given, "id"):
        return
    if isinstance(given, dict):
        given = (*given, *given.values())
    if not isinstance(given, (tuple, list)):
        yield given
        return
    for value in given:
        yield from _values(value)
