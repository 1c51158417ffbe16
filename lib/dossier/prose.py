"""Computed prose: the author's Markdown template, and values that are formatted and escaped here only."""

import re
import string
from dataclasses import dataclass, field
from datetime import date

from .dates import When, spell_day
from .letters import legible

MIME = "application/vnd.dossier.prose+json"

_MARKUP = re.compile(
    r"([\\`*_{}\[\]()<>#+\-.!|~$@^&:=])"
)  # what Markdown, in any dialect used here, could take for markup
_CITATION = re.compile(r"\[((?:@[\w-]+)(?:; @[\w-]+)*)\]")
_STATEMENTS = re.compile(r"\{(\w+):(dated|told)\}")


def escape(text):
    """Text as Markdown that shows it letter for letter: markup in a value is never markup on the page."""
    return _MARKUP.sub(r"\\\1", " ".join(legible(text).split()))


def listing(names):
    """'a', 'a and b', 'a, b and c'."""
    names = list(names)
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def figures(value):
    """A number in few digits: '39,904', '2.16 billion'."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{value / size:.4g} {word}"
    return f"{value:,.10g}"


def amount(point):
    """The figure of a series row in few digits: one number, a range or a bound."""
    low, best, high = (None if value is None else figures(value) for value in (point.low, point.best, point.high))
    if best:
        return best
    if low and high:
        return f"{low} to {high}"
    return f"more than {low}" if low else f"up to {high}"


def plain(value, spec=""):
    """A value as text, not yet escaped; `spec` is a column of a row or a Python number format."""
    if isinstance(value, When):
        return str(value)
    if hasattr(value, "_fields"):
        return plain(getattr(value, spec)) if spec else _row_text(value)
    if isinstance(value, date):
        return spell_day(value)
    if isinstance(value, (tuple, list)):
        return listing(plain(item, spec) for item in value)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise TypeError(
            f"say: no wording for a {type(value).__name__}: {value!r}; give text, a number, a date or a row"
        )
    return value if isinstance(value, str) else format(value, spec or ",.10g")


def _row_text(row):
    if hasattr(row, "measure"):
        return amount(row)
    return next(
        getattr(row, column) for column in ("summary", "name", "title", "term", "label", "id") if hasattr(row, column)
    )


class _Template(string.Formatter):
    """str.format that understands rows; `finish` is done to each value."""

    def __init__(self, finish):
        self._finish = finish

    def format_field(self, value, spec):
        return self._finish(plain(value, spec))


def fill(template, **values):
    """A template as plain text, with the same wording of values as `say`: for titles of figures."""
    return _Template(str).format(template, **values)


@dataclass(frozen=True)
class Prose:
    """A piece of text: the template, its values as shown, and the sources that it cites.

    `markdown` keeps citations as `[@source-id]`, `lab_markdown` spells them as (Publisher, date, B2);
    `sources` maps the id of each source cited to its row; `rows` are the rows of the evidence that it names.
    """

    template: str
    values: dict
    markdown: str
    lab_markdown: str
    sources: dict = field(default_factory=dict)
    rows: tuple = ()

    def _repr_mimebundle_(self, include=None, exclude=None):
        record = {
            "template": self.template,
            "values": self.values,
            "markdown": self.markdown,
            "sources": {id: csl(row) for id, row in self.sources.items()},
        }
        return {"text/markdown": self.lab_markdown, "text/plain": self.lab_markdown, MIME: record}


def say(template, *, otherwise=None, **values):
    """A `Prose` from Markdown and values: `{name}` shows a value, `[@name]` cites its row.

    A value is text, a number, a date, a `When`, a row of the evidence or a list of these; `{row:column}`
    shows one column; `{row:told}` is its sentence with its note, `{row:dated}` has its date before them: of a list each
    row that is not None. Where a value is None (not known on the day), `otherwise` (a template or a `Prose`)
    is said in its place.
    ValueError when a value is missing and there is no `otherwise`, or when a citation names no row.
    """
    missing = [name for name, value in values.items() if value is None]
    if missing and otherwise is None:
        raise ValueError(f"say: {', '.join(missing)} is not known; give `otherwise=` for that case in {template!r}")
    if isinstance(otherwise, Prose) and missing:
        return otherwise
    if missing:
        return say(otherwise, **{name: value for name, value in values.items() if value is not None})
    template, values = _spelled_out(template, values)
    sources = {source.id: source for row in _cited(template, values) for source in row.sources}
    as_text = {name: _as_text(value) for name, value in values.items()}
    shown, in_lab = (_shown(template, values, wording) for wording in (_as_ids, _as_words))
    return Prose(template, as_text, shown, in_lab, sources, tuple(_rows_among(values.values())))


def headline(template, **values):
    """The finding in one line, without notes: the title of a brief."""
    prose = say(template, **values)
    if prose.sources or "\n" in prose.markdown:
        raise ValueError("headline: one line without notes; the bottom line is where a finding is cited")
    return prose


def _spelled_out(template, values):
    """The template with each `:dated` and `:told` as plain values and notes, and the values that it then names."""
    lists, found = {name for name, _ in _STATEMENTS.findall(template)}, {}

    def statements(match):
        name, how = match.groups()
        given = values[name] if isinstance(values[name], list) else [values[name]]
        rows = {f"{name}_{n}": row for n, row in enumerate(given, 1) if row is not None}
        found.update(rows)
        if how == "told":
            return " ".join(f"{{{key}}} [@{key}]" for key in rows)
        found.update({f"{key}_on": _begun(str(row.date)) for key, row in rows.items()})
        return " ".join(f"{{{key}_on}}: {{{key}}} [@{key}]" for key in rows)

    template = _STATEMENTS.sub(statements, template).strip()
    kept = {name: value for name, value in values.items() if name not in lists or not isinstance(value, list)}
    return template, kept | found


def _begun(words):
    """Words as they begin a sentence: 'About April 2025'."""
    return words[:1].upper() + words[1:]


def _rows_among(values):
    for value in values:
        if hasattr(value, "sources"):
            yield value
        elif isinstance(value, list):
            yield from _rows_among(value)


def _as_text(value):
    return "" if isinstance(value, (tuple, list)) and not value else plain(value)


def _shown(template, values, wording):
    """The template with its citations worded from the rows that they cite, and its values filled in."""
    with_citations = _CITATION.sub(lambda match: wording(_rows(match, values)), template)
    return _Template(escape).format(with_citations, **values)


def _cited(template, values):
    return [row for match in _CITATION.finditer(template) for row in _rows(match, values)]


def _rows(citation, values):
    """The rows that `[@name; @name]` cites."""
    rows = []
    for name in re.findall(r"@([\w-]+)", citation[1]):
        if name not in values:
            raise ValueError(f"say: [@{name}] cites nothing; pass the row as {name}=")
        rows += values[name] if isinstance(values[name], list) else [values[name]]
    return rows


def _as_ids(rows):
    ids = dict.fromkeys(source.id for row in rows for source in row.sources)
    return "[" + "; ".join(f"@{id}" for id in ids) + "]" if ids else ""


def _as_words(rows):
    cited = dict.fromkeys((source, getattr(row, "credibility", None)) for row in rows for source in row.sources)
    named = (
        ", ".join(
            filter(None, [source.publisher or source.title, source.published, f"{source.reliability}{digit or ''}"])
        )
        for source, digit in cited
    )
    # Braces would be read as a value of the template.
    return f"({'; '.join(escape(name).replace('{', '{{').replace('}', '}}') for name in named)})" if cited else ""


def csl(source):
    """A source row as a CSL-JSON item, with its reliability as `note`."""
    item = {"id": source.id, "type": "webpage", "title": source.title, "note": source.reliability}
    if source.publisher:
        item["container-title"] = source.publisher
    if source.author:
        item["author"] = [{"literal": source.author}]
    if source.published:
        item["issued"] = {"date-parts": [[int(part) for part in source.published.split("-")]]}
    if source.url:
        item["URL"] = source.url
    return item
