"""HTML: one file that asks no host for anything, written by nbconvert through our own template."""

import re
from base64 import b64encode
from functools import cache

from markupsafe import Markup
from nbconvert.exporters import HTMLExporter

from ..dates import spell_day
from . import markdown
from .blocks import STREAMS
from .colophon import GRADES
from .exporters import DocumentExporter
from .fonts import FONTS_HERE, font_faces
from .formulas import as_mathml, fill_formulas
from .notes import runs
from .passages import Passages, sign
from .paths import TEMPLATES
from .pictures import image_source

LONGEST, SHOWN = 40, 15  # rows of a table that is shown whole; else so many of its first and last rows
ON_ONE_LINE = 5  # note numbers of one call; more may go on in the next line, as on a phone they must


class PageExporter(DocumentExporter, HTMLExporter):
    """nbconvert's HTML exporter with the page of this project."""

    format = "dossier-html"
    export_from_notebook = "Iraq Dossier page"

    def __init__(self, **kw):
        super().__init__(template_file=str(TEMPLATES / "page.html.j2"), **kw)

    def _create_environment(self):
        environment = super()._create_environment()
        environment.autoescape = True
        environment.trim_blocks = environment.lstrip_blocks = True
        return environment

    def written(self, document, name):
        """The page of a document. Not by HTMLExporter, which puts a made-up description on pictures without one."""
        html = self.template.render(resources={**_helpers(document), "document": document})
        html = _without_dead_links(html) if document.at_hand else html
        return html.replace(FONTS_HERE, font_faces(_body(html), document.title), 1)


def to_html(document):
    """The page of a document, HTML text."""
    return _exporter().written(document, "")


def make_ready():
    """Compile the template and cut the fonts that most pages have."""
    _exporter().template  # noqa: B018
    font_faces("<em><code>ا", "")


@cache
def _exporter():
    return PageExporter()  # kept, because it keeps the compiled template


def _helpers(document):
    """What the template calls. Each note points to its reference, each reference back to its first note."""
    calls, passages, written = [], Passages(), as_mathml(document.formulas)

    def note(numbers):
        calls.append(numbers)
        links = list(map(_run, runs(numbers)))
        comma = "," if len(links) <= ON_ONE_LINE else ",<wbr>"
        return f'<sup class="note" id="note-{len(calls)}">{comma.join(links)}</sup>'

    def first_call(number):
        return next(count for count, numbers in enumerate(calls, 1) if number in numbers)

    return {
        "note_of": lambda figure: Markup(note(numbers)) if (numbers := document.numbers(figure)) else "",
        "first_call": first_call,
        "text": lambda source: Markup(
            fill_formulas(markdown.to_html(source, document.notes, note, passages.text), written)
        ),
        "figure_id": lambda record: passages.figure(record["name"], record["title"]),
        "sign": sign,
        "passages": lambda: passages.found,
        "line": lambda source: Markup(fill_formulas(markdown.inline_html(source), written)),
        "arabic": markdown.arabic,
        # Safe in an attribute as it is; escaped, each quote of a drawing would take five bytes.
        "picture": lambda block: Markup(image_source(block.svg, block.png)),
        "excerpt": lambda rows: _excerpt(rows, document),
        "cell": lambda value: "" if value is None else markdown.arabic(_shown(value)),
        "day": spell_day(document.as_of) if document.ours else "",
        "image": lambda block: f"data:{block.mime};base64,{b64encode(block.data).decode()}",
        "grades": GRADES,
        "streams": STREAMS,
    }


def _run(run):
    first, last = run
    links = [f'<a href="#source-{number}" aria-label="Source {number}">{number}</a>' for number in dict.fromkeys(run)]
    return "–".join(links) if last > first else links[0]


def _excerpt(rows, document):
    """The first rows of a table, how many are left out, the last rows; none is left out where no file has them all."""
    if len(rows) <= LONGEST or document.at_hand:
        return rows, 0, []
    return rows[:SHOWN], len(rows) - 2 * SHOWN, rows[-SHOWN:]


def _shown(value):
    return format(value, ".10g") if isinstance(value, float) else str(value)


def _body(html):
    """The text of a page for its fonts: without style sheet and pictures, which would only add letters."""
    return re.sub(r"data:image[^\"]*", "", html.partition("<body")[2])


def _without_dead_links(html):
    """Links of a notebook from elsewhere to a heading that it does not have, as their words."""
    ids = set(re.findall(r' id="([^"]+)"', html))
    link = re.compile(r'<a href="#(s-[^"]*)">(.*?)</a>', re.DOTALL)
    return link.sub(lambda found: found[0] if found[1] in ids else found[2], html)
