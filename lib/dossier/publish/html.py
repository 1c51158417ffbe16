"""HTML: one file that asks no host for anything, written by nbconvert through our own template."""

import re
from functools import cache

from markupsafe import Markup
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbformat.v4 import new_notebook
from traitlets import Unicode

from ..dates import spell_day
from . import markdown
from .colophon import GRADES
from .fonts import FONTS_HERE, font_faces
from .notes import runs
from .passages import Passages, sign
from .paths import TEMPLATES
from .pictures import image_source


class PageExporter(HTMLExporter):
    """nbconvert's HTML exporter with the page of this project: `resources["document"]` is what it sets.

    Called without one, as by `jupyter nbconvert`, it reads the executed notebook as `edition`.
    """

    export_from_notebook = "Iraq Dossier page"
    edition = Unicode("student", help="The edition to write.").tag(config=True)

    def __init__(self, **kw):
        super().__init__(template_file=str(TEMPLATES / "page.html.j2"), **kw)

    def _create_environment(self):
        environment = super()._create_environment()
        environment.autoescape = True
        environment.trim_blocks = environment.lstrip_blocks = True
        return environment

    def from_notebook_node(self, nb, resources=None, **kw):
        """(HTML, resources). Skips the pass of HTMLExporter that puts a made-up description on pictures without one."""
        resources = dict(resources or {})
        document = resources.get("document") or _document(nb, self.edition, resources)
        resources.update(_helpers(document), document=document)
        html, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        return html.replace(FONTS_HERE, font_faces(_body(html), document.title), 1), resources


def to_html(document):
    """The page of a document, HTML text."""
    html, _ = _exporter().from_notebook_node(new_notebook(), {"document": document})
    return html


@cache
def _exporter():
    return PageExporter()  # kept, because it keeps the compiled template


def _document(nb, edition, resources):
    from .. import __version__
    from ..project import THEMES
    from .document import Document

    name = resources.get("metadata", {}).get("name", "")
    parameters = nb.metadata.get("papermill", {}).get("parameters", {})
    return Document.read(nb, edition, THEMES.get(name, name), parameters, f"dossier build {name}", __version__)


def _helpers(document):
    """What the template calls. Each note points to its reference, each reference back to its first note."""
    calls, passages = [], Passages()

    def note(numbers):
        calls.append(numbers)
        return f'<sup class="note" id="note-{len(calls)}">{",".join(map(_run, runs(numbers)))}</sup>'

    def first_call(number):
        return next(count for count, numbers in enumerate(calls, 1) if number in numbers)

    return {
        "note_of": lambda figure: Markup(note(numbers)) if (numbers := document.numbers(figure)) else "",
        "first_call": first_call,
        "text": lambda source: markdown.to_html(source, document.notes, note, passages.text),
        "figure_id": lambda record: passages.figure(record["name"], record["title"]),
        "sign": sign,
        "passages": lambda: passages.found,  # a function: nbconvert copies what is none before it renders
        "line": markdown.inline_html,
        "arabic": markdown.arabic,
        "picture": lambda block: image_source(block.svg, block.png),
        "cell": lambda value: "" if value is None else markdown.arabic(_shown(value)),
        "day": spell_day(document.as_of),
        "grades": GRADES,
    }


def _run(run):
    first, last = run
    links = [f'<a href="#source-{number}" aria-label="Source {number}">{number}</a>' for number in dict.fromkeys(run)]
    return "–".join(links) if last > first else links[0]


def _shown(value):
    return format(value, ".10g") if isinstance(value, float) else str(value)


def _body(html):
    """The text of a page for its fonts: without style sheet and pictures, which would only add letters."""
    return re.sub(r"data:image[^\"]*", "", html.partition("<body")[2])
