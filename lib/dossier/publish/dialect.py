"""Markdown as Jupyter has it, made plain: HTML tags and entities as Markdown, underlined headings as `#`.

What Markdown cannot say is dropped as a tag and kept as words; no tag is handed on, and none but HTML's is touched.
"""

import html
import re

_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*(?:\n(?:.*?\n)?? {0,3}(?P=fence)[`~]* *$|\n.*\Z)"  # to its end, or left open
    r"|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|\\[<&]",  # an escaped sign is as little a tag as one in code
    re.MULTILINE | re.DOTALL,
)
_KEPT, _KEPT_AT = "\ue005{}\ue006", re.compile("\ue005(\\d+)\ue006")  # where code stood while the rest is changed

_BLOCKS = (
    "address article aside blockquote caption center col colgroup details div dl dd dt fieldset figcaption figure "
    "footer form header main nav ol p section summary table tbody td tfoot th thead tr ul"
)
_WORDS = (
    "a abbr audio b big button canvas cite code del dfn em embed font i iframe img input ins kbd label link mark meta "
    "object option q s samp select small source span strike strong sub sup svg time tt u var video wbr"
)


def _tag(names):
    return rf"</?(?:{'|'.join(names.split())})\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"


_CHANGES = [
    (re.compile(pattern, re.DOTALL | re.IGNORECASE | re.MULTILINE), change)
    for pattern, change in (
        (r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", ""),
        (r"<h([1-6])\b[^<>]*>\s*(.*?)\s*</h\1\s*>", lambda found: f"\n\n{'#' * int(found[1])} {_line(found[2])}\n\n"),
        (r"<(?:b|strong)>\s*([^<>]+?)\s*</(?:b|strong)>", r"**\1**"),
        (r"<(?:i|em)>\s*([^<>]+?)\s*</(?:i|em)>", r"*\1*"),
        (r"<(?:code|tt|kbd)>\s*([^<>`]+?)\s*</(?:code|tt|kbd)>", r"`\1`"),
        (r"<a\b[^<>]*?\bhref\s*=\s*[\"']([^\"'<>\s]*)[\"'][^<>]*>(.*?)</a\s*>", r"[\2](\1)"),
        (r"^[ \t]*\|[^\n]*$", lambda found: re.sub(r"<br\b[^<>]*>", " ", found[0])),  # a row stays one line
        (r"[ \t]*<br\b[^<>]*>[ \t]*\n?", "  \n"),
        (r"[ \t]*<hr\b[^<>]*>", "\n\n---\n\n"),
        (r"\s*<li\b[^<>]*>\s*", "\n- "),
        (r"</li\s*>", ""),
        (rf"[ \t]*{_tag(_BLOCKS)}[ \t]*", "\n\n"),
        (_tag(_WORDS), ""),
        (r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|\w{2,31});", lambda found: _literal(html.unescape(found[0]))),
        # Underlined: one line between blank ones that is no list, quote or table.
        (r"(?<![^\n]\n)^ {0,3}(?![#>|*+-]|\d+[.)])(?=[^\n]*\w)([^\n|]+)\n {0,3}=+ *$", r"# \1"),
        (r"(?<![^\n]\n)^ {0,3}(?![#>|*+-]|\d+[.)])(?=[^\n]*\w)([^\n|]+)\n {0,3}--+ *$", r"## \1"),
    )
]
_PREFORMATTED = re.compile(r"<pre\b[^<>]*>\n?(.*?)</pre\s*>", re.DOTALL | re.IGNORECASE)


class Code:
    """The code of a piece of Markdown, set apart while the text around it is changed."""

    def __init__(self):
        self._kept = []

    def out_of(self, markdown):
        """Markdown with a sign for each piece of code, that in `<pre>` made a fence first."""
        outside = _CODE.sub(self._keep, markdown)
        return _CODE.sub(self._keep, _PREFORMATTED.sub(_fenced, outside))

    def back_in(self, text):
        """Text with its code again."""
        while _KEPT_AT.search(text):  # code in <pre> may hold code that was there before
            text = _KEPT_AT.sub(lambda found: self._kept[int(found[1])], text)
        return text

    def _keep(self, found):
        self._kept.append(found[0])
        return _KEPT.format(len(self._kept) - 1)


def without_html(markdown):
    """Markdown (without code) that says what it can of its HTML, the rest of which is dropped."""
    for pattern, change in _CHANGES:
        markdown = pattern.sub(change, markdown)
    return markdown


def _fenced(found):
    words = html.unescape(re.sub(r"<[^<>]*>", "", found[1])).strip("\n")
    return f"\n\n````\n{words}\n````\n\n"


def _line(text):
    return " ".join(text.split())


def _literal(text):
    """Text that an entity stood for, as Markdown that shows it."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
