"""What Markdown presupposes: no event, office or date that came after the first day that can be asked for.

Computed prose is safe by `load(as_of)`; Markdown is shown on every day. A cell that knows more says so in
metadata, `dossier: {"known_from": DATE}`, and is held against that day.
"""

import re
from functools import cache

from ..dates import first_day, parse_day, spell_day
from ..errors import Fault

# Turns of phrase that give an event away without its label: id of the event -> pattern.
PHRASES = {
    "assad-falls": r"post-Assad|after Assad|ouster of (the )?Assad",
    "sharaa-invited-to-summit": r"Arab summit",
    "sharaa-becomes-president": r"transitional (government|president|authorities)",
    "bashir-leads-caretakers": r"caretaker",
}
_SMALL = set("a an and as at be by for from in is it its of on or that the to with".split())
_WORD = r"\w[\w'’-]*"
_FORMS = {"fell": "fall", "fallen": "fall"}
_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(
    rf"(?P<iso>\b[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}\b)|(?P<day>\b[0-9]{{1,2}} )?\b(?P<month>{'|'.join(_MONTHS)})"
    r"(?P<year> (?:19|20)[0-9]{2}\b)?|\b(?P<bare>(?:19|20)[0-9]{2})\b"
)


def faults(books, record):
    """What Markdown cells, and the labels of focuses, name before its day."""
    hindsight = _Hindsight(record)
    for cell in (cell for book in books for cell in book.cells if not cell.is_code):
        stated = cell.node.metadata.get("dossier", {}).get("known_from")
        try:
            day = parse_day(stated) if stated else record.first_as_of
        except ValueError as error:
            yield Fault(cell.where, f"dossier.known_from: {error}", "YYYY-MM-DD")
            continue
        for what in hindsight.named(cell.node.source, day):
            yield Fault(cell.where, what, "say() with its row, or dossier.known_from in the metadata of the cell")
    for row in record.rows("presets"):
        for what in hindsight.named(row["label"] or "", record.first_as_of):
            yield Fault(row.where, f"label {what}", "words that were true on every day")


class _Hindsight:
    """What the evidence knows with its days, to hold a text against."""

    def __init__(self, record):
        self._first_as_of = record.first_as_of
        self._names = _names(record)
        self._events = [row for row in record.rows("events") if row["known_from"] and row["label"]]
        self._held = _offices(record)
        self._name_words = {word for names in self._names.values() for name in names for word in _words(name)}

    def named(self, text, day):
        """What a text names that was not known on `day`, in words."""
        yield from (f"names {label!r}, known from {known}" for label, known in self._events_in(text, day))
        yield from (f"names {office!r}, known from {known}" for office, known in self._offices_in(text, day))
        yield from self._dates_in(text, day)

    def _events_in(self, text, day):
        sentences = [_words(sentence) for sentence in re.split(r"(?<=[.?!:;|])\s|\n\n", text)]
        for row in self._events:
            if row["known_from"] > day and (_occurs(row["label"], text) or self._hinted(row["id"], text, sentences)):
                yield row["label"], row["known_from"]

    def _hinted(self, id, text, sentences):
        """Whether a phrase or a sentence gives an event away: all words of its id, one of them a name."""
        if id in PHRASES and re.search(rf"(?i)\b({PHRASES[id]})\b", text):
            return True
        words = _words(id.replace("-", " "))
        return len(words) > 1 and bool(words & self._name_words) and any(words <= sentence for sentence in sentences)

    def _offices_in(self, text, day):
        for (actor, office), known in self._held.items():
            if known > day:
                for name in self._names.get(actor, ()):
                    if _occurs(f"{office} {name}", text) or _occurs(f"{name}, the {office}", text):
                        yield f"{office} {name}", known
                        break

    def _dates_in(self, text, day):
        """Dates written out, other than the first day; one beside `as_of` is a value to set, not a statement."""
        for sentence in re.split(r"(?<=[.?!])\s|\n\n", text):
            for match in () if "as_of" in sentence else _DATE.finditer(sentence):
                written = self._begins(match)
                if written and written > day:
                    yield f"names {match[0].strip()}, after {spell_day(day)}"
                elif written and written != self._first_as_of:
                    yield f"has {match[0].strip()} typed in"

    def _begins(self, match):
        """The first day that a written date means; None where it means none."""
        try:
            return first_day(match["iso"] or match["bare"] or self._partial(**match.groupdict()))
        except ValueError:
            return None

    def _partial(self, day, month, year, **rest):
        """YYYY-MM or YYYY-MM-DD of a day and a month in words; without a year, the next such day."""
        if not day and not year:
            raise ValueError("the name of a month alone, or the verb may")
        month, first = _MONTHS.index(month) + 1, self._first_as_of
        year = int(year or first.year + ((month, int(day)) < (first.month, first.day)))
        return f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")


def _occurs(phrase, text):
    """Whether a phrase of two words or more stands in a text, whatever its case and line breaks."""
    return " " in phrase and _flat(phrase) in _flat(text)


@cache
def _flat(text):
    return f" {' '.join(re.findall(_WORD, text.casefold()))} "


@cache
def _words(text):
    """The words of a text that carry meaning, in one form: no article, no plural or possessive."""
    found = (re.sub(r"^al-|['’]?s$", "", word) for word in re.findall(_WORD, text.casefold()))
    return {_FORMS.get(word, word) for word in found} - _SMALL


def _names(record):
    """Actor -> every spelling of it."""
    names = {row["id"]: [row["name"] or ""] for row in record.rows("actors")}
    for row in record.rows("names"):
        names.setdefault(row["actor"], []).append(row["name"] or "")
    return names


def _offices(record):
    """(actor, office) -> the day on which it was first known; a row that only ends an office adds nothing."""
    held = {}
    for row in (row for row in record.rows("offices") if row["known_from"] and row["office"]):
        key = (row["actor"], row["office"])
        held[key] = min(row["known_from"], held.get(key, row["known_from"]))
    return held
