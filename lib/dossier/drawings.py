"""Pictures that a build has drawn before: the same function with the same rows and values draws the same again."""

import functools
import json
import os
from datetime import date
from functools import partial
from pathlib import Path

from . import cache
from .reads import answer_fingerprint, fingerprint

KEEP = "DOSSIER_KEEPS_PICTURES"  # the environment variable by which a build has kernels keep pictures and use them
PLAIN = (str, int, float, date, Path, type(None))


def kept(draw, name, save):
    """The SVG text of the picture `name` of `draw`, a `functools.partial` of rows and plain values; `save()` gives it.

    In a build it is drawn once for all briefings that show the same; one that shows more sets only new words. TypeError
    for any other value: what prints as its address could be taken for another.
    """
    if not os.environ.get(KEEP):
        return save()
    drawn = partial(_drawn, save, f"{loaded()} {name}")
    return cache.kept("pictures", f"{loaded()} {_fingerprint(draw)}", drawn).decode()


@functools.cache
def loaded():
    """The hash of what all pictures depend on. To be asked with the imports: what is edited later does not draw."""
    from .ingredients import surroundings

    return fingerprint(sorted(surroundings().items()))


def _drawn(save, key):
    """The picture; words that were set for it on other days are known, and new ones are kept under the same key."""
    from .words import know, take_fresh

    before = json.loads(_words(key))
    know(before)
    picture = save()
    fresh = take_fresh()
    if any(fresh.values()):
        together = {kind: before.get(kind, {}) | entries for kind, entries in fresh.items()}
        cache.put("words", key, cache.put_file(json.dumps(together).encode()))
    return picture.encode()


def _words(key):
    digest = cache.get("words", key)
    return (digest and cache.get_file(digest)) or "{}"


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
