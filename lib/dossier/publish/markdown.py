"""Markdown to HTML. Content is data: raw HTML shows as text, an image as its description, a risky link as text."""

import re
from functools import cache, lru_cache
from itertools import groupby

import mistune
from markupsafe import Markup, escape

from .notes import MARK, mark, replace

# Words in Arabic script, with the spaces and marks between them: one run is one change of direction.
ARABIC = (
    "[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
    "(?:[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc\u200c\u200d \u2013-]*"
    "[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc])?"
)
NAME = r"\b[Aa]l-[^\W\d_]+"  # al-Qaim is not torn apart at the end of a line
_ARABIC, _NAME = re.compile(ARABIC), re.compile(NAME)
PLUGINS = ["table"]
SAFE_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)


def to_html(markdown, numbers, write_note, write_passage=lambda html, words: html):
    """Markdown as HTML; `numbers` maps source ids to note numbers, `write_note(numbers)` gives a note.

    `write_passage(html, words)` gives the final HTML of each paragraph, list, table or quotation; `words` are its text.
    """
    passages = _passages(mark(markdown, numbers))
    html = "".join(write_passage(html, words) if words else html for html, words in passages)
    return Markup(replace(html, write_note))


def inline_html(markdown):
    """One line of Markdown as HTML without the paragraph around it."""
    html = "".join(html for html, _ in _passages(markdown)).strip()
    return Markup(html.removeprefix("<p>").removesuffix("</p>"))


def plain(markdown):
    """One line of Markdown as plain text: for titles and anchors."""
    return Markup(inline_html(markdown)).striptags()


def arabic(text):
    """Plain text as HTML in which Arabic says that it is Arabic and a name such as al-Qaim stays in one piece."""
    html = _ARABIC.sub(lambda run: f'<span lang="ar" dir="rtl">{run[0]}</span>', str(escape(text)))
    return Markup(_NAME.sub(r'<span class="name">\g<0></span>', html))


@lru_cache(maxsize=4096)  # other editions and dates say much the same
def _passages(marked):
    """(HTML, its words) of each paragraph, list, table or quotation."""
    return _parser()(marked)


def _words(html):
    return Markup(MARK.sub("", html)).striptags()


class WholeWords(mistune.BaseRenderer):
    """A renderer that gets each text whole: an escaped sign, which is a token of its own, tears words apart."""

    def iter_tokens(self, tokens, state):
        """Render tokens, those of one text as one."""
        for kind, run in groupby(tokens, key=lambda token: token["type"]):
            run = [{"type": kind, "raw": "".join(token["raw"] for token in run)}] if kind == "text" else run
            yield from super().iter_tokens(run, state)


class _Renderer(WholeWords, mistune.HTMLRenderer):
    def __init__(self):
        super().__init__(escape=True)

    def __call__(self, tokens, state):
        return tuple((html, _words(html)) for html in (self.render_token(token, state) for token in tokens))

    def text(self, text):
        return arabic(text)

    def heading(self, text, level, **attrs):
        # Headings are blocks of their own in a Document; one that still comes here is underlined text.
        return f"<p><strong>{text}</strong></p>\n"

    def image(self, text, url, title=None):
        return str(escape(text))

    def link(self, text, url, title=None):
        return f'<a href="{escape(url)}">{text}</a>' if SAFE_LINK.match(url) else text

    def inline_html(self, html):
        return str(escape(html))

    def block_html(self, html):
        return f"<p>{escape(html.strip())}</p>\n"

    def table(self, text):
        heads = ", ".join(filter(None, map(_words, re.findall("<th.*?</th>", text))))
        return (
            f'<div class="scroll" tabindex="0" role="group" aria-label="Table: {escape(heads)}">'
            f"<table>\n{text}</table></div>\n"
        )

    def table_cell(self, text, align=None, head=False):
        aligned = f' class="{align}"' if align else ""
        return f'<th scope="col"{aligned}>{text}</th>\n' if head else f"<td{aligned}>{text}</td>\n"


@cache
def _parser():
    return mistune.create_markdown(renderer=_Renderer(), plugins=PLUGINS)
