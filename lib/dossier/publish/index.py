"""The index of a build: one page from which a reader finds a briefing by theme, date, edition and format."""

import hashlib
import html
import json
import re
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from ..project import THEMES, notebook_path
from .paths import TEMPLATES

# A build in which nothing changed reads this module: what is heavy is imported by the functions that need it.

_HEAD = 16_384  # bytes of a page in which its <title> stands
_SEAL = b"\n<!-- made from "
_FORMATS = {"html": "HTML", "pdf": "PDF", "ipynb": "Notebook"}
_EDITIONS = {
    "brief": "Two pages for a desk.",
    "student": "The lesson, with questions and an exercise.",
    "instructor": "The lesson with solutions and notes: not for students.",
}


@dataclass(frozen=True)
class File:
    """One item of the manifest: what it is and where; `size` in words, or `error` where it was not made."""

    edition: str
    format: str
    href: str
    size: str
    error: str


@dataclass(frozen=True)
class Row:
    """One briefing: its headline or '', the parameters that differ from the defaults in words, its files."""

    anchor: str  # the same in every build, so that a row can be linked to
    theme: str
    as_of: str
    title: str
    settings: tuple  # of 'Label: value'
    values: tuple  # the same as given to the build, so that they can be found too
    files: tuple

    @property
    def editions(self):
        """(edition, its files), in order."""
        return [(edition, list(files)) for edition, files in groupby(self.files, lambda file: file.edition)]

    @property
    def first(self):
        """The file that the headline opens, or None when none was made."""
        return next((file for file in self.files if file.href), None)

    @property
    def failures(self):
        """(error, the files that it cost)."""
        failed = [file for file in self.files if file.error]
        return [(error, [f for f in failed if f.error == error]) for error in dict.fromkeys(f.error for f in failed)]


def renewed(items, out, shared):
    """The bytes of OUT/index.html for the items of the manifest; None where the page that is there says the same.

    `shared`: the hashes of what all pages are made from, library and tables, JSON values.

    The last line of the page is a seal over the page and all that it was made from, so that a build in which
    nothing changed makes no page, and a page that was cut short or edited is made again.
    """
    made_from = _made_from(items, shared)
    try:
        page, _, seal = (out / "index.html").read_bytes().rpartition(_SEAL)
    except OSError:
        page, seal = b"", b""
    if seal == _seal(page, made_from):
        return None
    page = to_html(items, out).encode()
    return page + _SEAL + _seal(page, made_from)


def _made_from(items, shared):
    told = [{name: value for name, value in item.items() if name != "status"} for item in items]
    notebooks = [notebook_path(theme).read_bytes() for theme in sorted({item["theme"] for item in items})]
    digest = hashlib.sha256(json.dumps([shared, told]).encode())
    for notebook in notebooks:
        digest.update(hashlib.sha256(notebook).digest())
    return digest.digest()


def _seal(page, made_from):
    return hashlib.sha256(made_from + page).hexdigest().encode() + b" -->\n"


def to_html(items, out):
    """The index of the items of a manifest, HTML text; `out` (a Path) is where their files are, for the titles."""
    from .fonts import FONTS_HERE, font_faces

    rows = _rows(items, out)
    page = _environment().get_template("index.html.j2").render(_shown(rows))
    titles = "Iraq Dossier" + "".join(row.title for row in rows)
    return page.replace(FONTS_HERE, font_faces(page.partition("<body")[2], titles), 1)


def _environment():
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from ..dates import first_day, parse_day, spell_day
    from .markdown import arabic

    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(TEMPLATES),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "arabic": arabic,
        "day": lambda text: spell_day(parse_day(text)),
        "month": lambda text: f"{first_day(text):%B %Y}",
        "edition": lambda name: name.replace("-", " ").capitalize(),
        "format": lambda name: _FORMATS.get(name, name.upper()),
    }
    return environment


def _shown(rows):
    """What the template sets: the rows by theme, month and day, newest first, and what a reader can choose from."""
    from .colophon import AUTHOR, PURPOSE

    shelves = {}
    for row in rows:
        months = shelves.setdefault(row.theme, {})
        months.setdefault(row.as_of[:7], {}).setdefault(row.as_of, []).append(row)
    files = [file for row in rows for file in row.files]
    editions = sorted({file.edition for file in files}, key=_place(_EDITIONS))
    return {
        "rows": rows,
        "shelves": shelves,
        "labels": {theme: THEMES.get(theme, theme) for theme in shelves},
        "days": sorted({row.as_of for row in rows}, reverse=True),
        "editions": {edition: _EDITIONS.get(edition, "") for edition in editions},
        "formats": sorted({file.format for file in files}, key=_place(_FORMATS)),
        "files": len(files),
        "failed": sum(bool(file.error) for file in files),
        "author": AUTHOR,
        "purpose": PURPOSE,
    }


def _rows(items, out):
    """The briefings of the items: by theme, newest cut-off first, the one at its defaults before the others."""
    briefings = {}
    for item in items:
        briefings.setdefault((item["theme"], json.dumps(item["parameters"])), []).append(item)
    defaults = {theme: _defaults(theme) for theme in {theme for theme, _ in briefings}}
    rows = [_row(group, out, defaults) for group in briefings.values()]
    rows.sort(key=lambda row: (len(row.settings), row.settings))
    rows.sort(key=lambda row: row.as_of, reverse=True)
    rows.sort(key=lambda row: _place(THEMES)(row.theme))
    return rows


def _defaults(theme):
    from ..parameters import stored

    return {name: parameter.default for name, parameter in stored(theme).items()}


def _row(items, out, defaults):
    from ..request import mark

    theme, parameters = items[0]["theme"], items[0]["parameters"]
    items = sorted(items, key=lambda item: (_place(_EDITIONS)(item["edition"]), _place(_FORMATS)(item["format"])))
    others = {name: value for name, value in parameters.items() if name != "as_of" and value != defaults[theme][name]}
    values = [value for given in others.values() for value in (given if isinstance(given, list) else [given])]
    return Row(
        f"{theme}-{parameters['as_of']}{mark(others)}",
        theme,
        parameters["as_of"],
        next(filter(None, (_title(item, out) for item in items)), ""),
        _worded(theme, others),
        tuple(map(str, values)),
        tuple(map(_file, items)),
    )


def _place(order):
    """A sort key: the place of a name in `order`, names that are not in it after the others."""
    names = list(order)
    return lambda name: (names.index(name) if name in names else len(names), name)


def _title(item, out):
    """The title of an exported page without what every title ends on; None where there is none."""
    if item["format"] != "html" or not item["path"]:
        return None
    try:
        with (out / item["path"]).open("rb") as file:
            head = file.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return None
    found = re.search(r"<title>(.*?)</title>", head, re.DOTALL)
    return found and html.unescape(found[1]).strip().rpartition(" – Iraq Dossier: ")[0]


def _worded(theme, others):
    """Parameters in words, as the pages word them, with names in place of ids."""
    if not others:
        return ()
    from ..tables import read
    from .colophon import parameter_table

    shown = dict(others)
    for table in {"actors", "places"} & set(others):
        names = {row.id: row.name for row in read(table)}
        shown[table] = [names.get(id, id) for id in others[table]]
    labels = {(row.theme, row.id): row.label for row in read("presets")}
    if "focus" in others:
        shown["focus"] = labels.get((theme, others["focus"]), others["focus"])
    return tuple(f"{label}: {value}" for label, value in parameter_table(shown))


def _file(item):
    href = quote(item["path"]) if item["path"] else ""
    return File(item["edition"], item["format"], href, _size(item["bytes"] or 0), item["error"] or "")


def _size(count):
    """A number of bytes as readers know it: '226 KB', '1.2 MB'."""
    return f"{count / 1e6:.1f} MB" if count >= 999_500 else f"{max(1, round(count / 1000))} KB"
