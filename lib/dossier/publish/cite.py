"""A briefing and its sources for a reference manager: CSL-JSON and BibTeX."""

import json
import re

from ..data import REDACTED
from .colophon import AUTHOR

_LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def items(document):
    """CSL items: the document itself, then the sources of its notes in their order; a redacted one is left out."""
    sources = (document.items[id] for id in document.notes)
    return [_own(document), *(_plain(item) for item in sources if item["title"] != REDACTED)]


def to_csl(document):
    """CSL-JSON text of `items`."""
    return json.dumps(items(document), ensure_ascii=False, indent=1) + "\n"


def to_bibtex(document):
    """BibTeX text of `items`: an entry each, all of type misc."""
    return "\n".join(map(_entry, items(document)))


def _own(document):
    day = document.as_of
    return {
        "id": f"iraq-dossier-{document.theme.lower().replace(' ', '-')}-{day}-{document.edition}",
        "type": "report",
        "title": document.title,
        "author": [{"literal": AUTHOR}],
        "container-title": f"Iraq Dossier: {document.theme}",
        "genre": f"{document.edition} edition",
        "version": document.version,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "note": f"Information cut-off {day}",
    }


def _plain(item):
    """A source as it is, without the reliability that our notes give it; a described title loses its brackets."""
    return {**{k: v for k, v in item.items() if k != "note"}, "title": re.sub(r"^\[(.*)\]", r"\1", item["title"])}


def _entry(item):
    date = item.get("issued", {}).get("date-parts", [[]])[0]
    fields = {
        # Braces keep the capitals of a title, and a name in one piece.
        "title": f"{{{_escaped(item['title'])}}}",
        "author": " and ".join(f"{{{_escaped(name['literal'])}}}" for name in item.get("author", ())),
        "howpublished": _escaped(item.get("container-title", "")),
        "type": _escaped(item.get("genre", "")),
        "version": _escaped(item.get("version", "")),
        "date": "-".join(f"{part:02}" for part in date),
        "year": f"{date[0]}" if date else "",
        "url": re.sub(r"[{}\\\s]", lambda sign: f"%{ord(sign[0]):02X}", item.get("URL", "")),
        "note": _escaped(item.get("note", "")),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{item['id']},", *lines, "}\n"])


def _escaped(text):
    return re.sub(r"[\\~^&%$#_{}]", lambda sign: _LATEX.get(sign[0], "\\" + sign[0]), text)
