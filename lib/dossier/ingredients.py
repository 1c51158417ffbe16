"""What a briefing is made from, and whether it would come out the same today.

Its parts are the notebook, the parameters, the code and whatever else all briefings share; and the answers that the
evidence gave to its questions. Where parts and answers are those of an earlier build, so is the briefing.
"""

import hashlib
import json
import os
import platform
import sys
from functools import cache
from pathlib import Path

from . import cache as store
from .data import load
from .errors import RequestError, listed
from .project import DATA, ROOT
from .reads import answer_fingerprint, fingerprint, frozen, rows_in
from .tables import package, tables
from .view import ask_again

KEPT = 4  # how many states of the data are remembered for one briefing: going back to an earlier one costs nothing


def surroundings():
    """Name -> hash of what every briefing depends on besides its notebook, its parameters and the rows."""
    return {
        "the library": _digest(_library()),
        "the lock": _digest([ROOT / "requirements.lock"]),
        "the installed packages": fingerprint(_packages()),
        "the columns or the base map": fingerprint([_declared(), _digest(_base_map())]),
        "Python or the platform": fingerprint([sys.version, platform.platform()]),
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", ""),
    }


def tables_digest():
    """One hash for all tables as they are written."""
    return _digest(_tables())


def stamps():
    """Size and time of each file that all briefings share, by which an edit while a build runs is seen at once."""
    return [_stamp(path) for path in (*_library(), *_base_map(), *_tables(), DATA / "datapackage.json")]


def _library():
    # Files alone: a folder changes when Python puts what it has compiled into it.
    paths = Path(__file__).parent.rglob("*")
    return [path for path in paths if "__pycache__" not in path.parts and path.is_file()]


def _base_map():
    return (DATA / "geo").glob("*.geojson")


def _tables():
    return [DATA / f"{table}.csv" for table in tables()]


def _packages():
    """'name-version.dist-info' of each: with conda, or after an upgrade, the lock does not say what is installed."""
    return sorted(path.name for folder in sys.path for path in Path(folder).glob("*.dist-info"))


def _stamp(path):
    try:
        found = path.stat()
    except FileNotFoundError:
        return str(path), None
    return str(path), found.st_size, found.st_mtime_ns


def _declared():
    """The package without the hashes of its files: an edited row changes those too."""
    resources = [{k: v for k, v in r.items() if k not in ("hash", "bytes")} for r in package()["resources"]]
    return json.dumps({**package(), "resources": resources})


def _digest(paths):
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        try:
            content = path.read_bytes()
        except OSError as error:
            raise RequestError(f"{path}: {error.strerror}\nright: a file that can be read") from None
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


class Ingredients:
    """The parts of one briefing: notebook (bytes), parameters, `surroundings()`; with `tables_digest()`."""

    def __init__(self, briefing, source, shared, written):
        self.name = json.dumps([briefing.theme, briefing.values], ensure_ascii=False)
        self.parts = {**shared, "the notebook": hashlib.sha256(source).hexdigest()}
        self._key = fingerprint([self.name, sorted(self.parts.items())])
        self._written = written

    def answers(self):
        """The hash of what the evidence answers to the questions of an earlier build; None where none fits."""
        known = store.get("answers", f"{self._key} {self._written}")
        if known:
            return known
        for record in store.get("reads", self._key) or ():
            if all(_answer(question) == answer for question, answer in record["questions"]):
                return self._remember(record)
        return None

    def keep(self, questions, rows):
        """Note what an execution asked and read (see `reads.read_record`); returns the hash of the answers."""
        record = {"answers": fingerprint(questions), "questions": questions, "rows": rows}
        others = [other for other in store.get("reads", self._key) or () if other["answers"] != record["answers"]]
        store.put("reads", self._key, [record, *others][:KEPT])
        return self._remember(record)

    def item_key(self, answers, *item):
        """The key of one export: the same ingredients, the same key. `item`: edition, format, paper."""
        return " ".join([self._key, answers, *item])

    def why(self):
        """Why nothing kept fits, in words."""
        last = store.get("last", self.name)
        if not last:
            return "not built before"
        changed = [name for name in self.parts if self.parts[name] != last["parts"].get(name)]
        if changed:
            return f"changed: {', '.join(changed)}"
        moved = _moved((store.get("reads", self._key) or [None])[0])
        return f"changed: {listed(moved, most=3)}" if moved else "not kept any more"

    def _remember(self, record):
        store.put("answers", f"{self._key} {self._written}", record["answers"])
        store.put("last", self.name, {"parts": self.parts})
        return record["answers"]


def _moved(record):
    """The rows for which a record no longer holds, in words."""
    if not record:
        return []
    known = {(kind, id): digest for kind, id, digest in record["rows"]}
    asked = [question for question, answer in record["questions"] if _answer(question) != answer]
    now = dict(row for question in asked for row in rows_in(_found(frozen(question))))
    moved = [f"{kind.lower()} {id}" for (kind, id), digest in now.items() if known.get((kind, id)) != digest]
    return moved or (["rows that are gone or of a later day"] if asked else [])


def _answer(question):
    return _fingerprint(frozen(question))


@cache
def _fingerprint(question):
    return answer_fingerprint(_found(question))


@cache
def _found(question):
    return ask_again(_evidence(question[0]), question)


@cache
def _evidence(day):
    return load(day)
