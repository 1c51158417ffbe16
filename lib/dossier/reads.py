"""What was asked of the evidence: each question with a hash of its answer, and the rows that the answers held.

The build keeps the record of an execution. Where the same questions get the same answers from changed data, the
briefing is the same too; and the rows say what it rests on.
"""

import hashlib
import json
import os

from .errors import RequestError

FILE = "DOSSIER_READS"  # the environment variable that names the file to which a kernel adds what it asks


def in_a_build():
    """Whether this process runs a notebook for a build, which then cuts its exports from what the cells leave."""
    return bool(os.environ.get(FILE))


class Reads:
    """The record of one notebook, or of one reader. `day` is the information cut-off of its first view."""

    def __init__(self, day):
        self.day = day
        self.answers = {}  # question -> hash of its answer
        self.rows = {}  # (kind of row, id) -> hash of the row, opened; only of days up to `day`
        self._found, self._asking = {}, False

    def answer(self, day, question, ask):
        """What `ask()` gives, noted under (day, *question); asked once. A question inside a question is not noted."""
        if self._asking:
            return ask()
        key = (day.isoformat(), *question)
        if key not in self._found:
            self._found[key] = self._asked(key, ask, shown=day <= self.day)
        return self._found[key]

    def _asked(self, key, ask, shown):
        self._asking = True
        try:
            found = ask()
        except RequestError as error:
            self._note(key, str(error), shown)
            raise
        finally:
            self._asking = False
        self._note(key, found, shown)
        return found

    def _note(self, key, found, shown):
        rows, frame = _taken_apart(found)
        self.answers[key] = _fingerprint_of(rows, frame)
        rows = dict(rows) if shown else {}  # a later day arranges seats in a figure; nothing of it is shown
        fresh = {name: found for name, found in rows.items() if name not in self.rows}
        self.rows |= fresh
        if in_a_build():
            with open(os.environ[FILE], "a", encoding="utf-8") as file:
                line = [key, self.answers[key], [[*name, found] for name, found in fresh.items()]]
                file.write(json.dumps(line, ensure_ascii=False) + "\n")


def read_record(path):
    """([question, hash of its answer] lists, [kind, id, hash] lists of rows): what a kernel wrote into FILE.

    A question is a list (day, what, ...).
    """
    with open(path, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    return [line[:2] for line in lines], [row for line in lines for row in line[2]]


def answer_fingerprint(found):
    """The hash of an answer: of its rows as they are opened, and of what it says besides."""
    return _fingerprint_of(*_taken_apart(found))


def _fingerprint_of(rows, frame):
    return fingerprint(([digest for _, digest in rows], frame))


def fingerprint(value):
    """The sha256 of what a value prints as, hex digits."""
    return hashlib.sha256(repr(value).encode()).hexdigest()


def rows_fingerprint(rows):
    """One sha256 for rows ([kind, id, hash] lists), whatever the order in which they were read."""
    return fingerprint(sorted(map(tuple, rows)))


def frozen(value):
    """A value with tuples in place of lists, however deep: a question comes back from JSON as lists."""
    return tuple(map(frozen, value)) if isinstance(value, (list, tuple)) else value


_fingerprints = {}  # id() of an opened row -> (the row, which keeps that id, its hash): rows are shared, and deep


def _row_fingerprint(row):
    if id(row) not in _fingerprints:
        _fingerprints[id(row)] = row, fingerprint(row)  # an opened row prints its sources, actors and place too
    return _fingerprints[id(row)][1]


def rows_in(found):
    """((kind of row, id), hash) of each row in an answer, in order."""
    return _taken_apart(found)[0]


def _taken_apart(found):
    """(rows in an answer, as `rows_in` gives them; the answer with a word in place of each row)."""
    rows = []
    return rows, _frame(found, rows)


def _frame(found, rows):
    if isinstance(found, (tuple, list)):
        if hasattr(found, "_fields") and hasattr(found, "id"):
            rows.append(((type(found).__name__, found.id), _row_fingerprint(found)))
            return "row"
        return [_frame(item, rows) for item in found]
    return found
