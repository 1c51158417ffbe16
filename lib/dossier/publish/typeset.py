"""Markdown to Typst. Content is data: what Typst could take for markup is escaped, raw HTML shows as text, an image
as its description, a risky link as its text. Each piece is parsed alone: what it leaves open ends with it."""

import re
from functools import cache, lru_cache

import mistune

from .markdown import ARABIC, NAME, PLUGINS, WholeWords
from .notes import mark, replace, runs

_SPACE = re.compile("[ \t\n\r\f\v\x85\u2028\u2029]+")
_SIGN = re.compile(r"[!-+\--/:-@\[-`{-~]")  # all signs of ASCII but the comma: it is no markup and stands in notes
# What is not to be torn apart at the end of a line, and words so long that they must be. Typst could find them itself,
# for a fifth of its time.
_LETTER = r"\w[\u0300-\u036f]*"  # with its accents, where they are signs of their own
_TOGETHER = re.compile(f"({ARABIC}|{NAME}|(?:{_LETTER}){{50,}})")
_ARABIC, _PARTS = re.compile(ARABIC), re.compile(f"(?:{_LETTER}){{1,8}}")
_SURE = 140  # letters: a column with so long a cell takes what room the others leave
_SAFE_LINK = re.compile(r"(https?|mailto):", re.IGNORECASE)


def to_typst(markdown, numbers):
    """A piece of Markdown as Typst markup; `numbers` maps source ids to note numbers."""
    return replace(_typeset(mark(markdown, numbers)), _note).strip()


@lru_cache(maxsize=4096)  # other editions and dates say much the same
def _typeset(marked):
    return _parser()(marked)


def _note(numbers):
    written = "".join(f"({first}, {last})," for first, last in runs(numbers))
    return f"#note({written.removesuffix(',')});"


@cache
def _parser():
    return mistune.create_markdown(renderer=_Renderer(), plugins=PLUGINS)


def _string(text):
    return '"' + text.replace("\\", r"\\").replace('"', r"\"") + '"'


def _plain(text):
    return _SIGN.sub(r"\\\g<0>", text)


def _boxed(words):
    if _ARABIC.match(words):
        # In a box: without it readers lose the last letter of each run. A list may be broken after a comma.
        return "، ".join(f'#box(text(lang: "ar")[{_plain(name)}]);' for name in words.split("، "))
    parts = [words] if "-" in words else _PARTS.findall(words)  # only a name has a hyphen
    return "".join(f"#box[{_plain(part)}];" for part in parts)


def _columns(table):
    """The widths of columns, for Typst would set all cells of one once more to find out that it takes the rest; and
    whether a row may be broken."""
    head, *body = table["children"]
    rows = [head, *(row for part in body for row in part["children"])]
    longest = [max(map(_letters, column)) for column in zip(*(row["children"] for row in rows), strict=True)]
    widths = ", ".join("1fr" if letters > _SURE else "auto" for letters in longest)
    return {"columns": widths, "breakable": str(_tall(max(longest) * len(longest))).lower()}


def _letters(token):
    return len(token.get("raw", "")) + sum(map(_letters, token.get("children", ())))


def _tall(letters, breaks=0):
    """Whether so many letters may need more than 30 lines, about half a page: what needs less is kept whole, see
    briefing.typ. In a table they count once for each column, for each has at least its share of the page."""
    return letters / 70 + breaks > 30


class _Renderer(WholeWords):
    """Every call ends with a semicolon: a bracket in the text after it would be taken for its arguments."""

    def render_token(self, token, state):
        text = token["raw"] if "raw" in token else self.render_tokens(token.get("children", ()), state)
        attrs = _columns(token) if token["type"] == "table" else token.get("attrs", {})
        return self._get_method(token["type"])(text, **attrs)

    def text(self, text):
        parts = _TOGETHER.split(_SPACE.sub(" ", text))
        return "".join(_boxed(part) if n % 2 else _plain(part) for n, part in enumerate(parts))

    def emphasis(self, text):
        return f"#emph[{text}];"

    def strong(self, text):
        return f"#strong[{text}];"

    def codespan(self, text):
        return f"#raw({_string(text)});"

    def link(self, text, url, title=None):
        return f"#link({_string(url)})[{text}];" if _SAFE_LINK.match(url) else text

    def image(self, text, url, title=None):
        return text

    def inline_html(self, html):
        return self.text(html)

    def softbreak(self, text):
        return "\n"

    def linebreak(self, text):
        return "#linebreak();"

    def paragraph(self, text):
        return f"{text}\n\n"

    def block_text(self, text):
        return f"{text}\n"

    def block_html(self, html):
        return self.paragraph(self.text(html.strip()))

    def block_code(self, text, info=None):
        return f"#raw({_string(text.rstrip())}, block: true);\n\n"

    def block_quote(self, text):
        return f"#quote(block: true)[{text}];\n\n"

    def heading(self, text, level, **attrs):
        # Headings are blocks of their own in a Document; one that still comes here would upset the outline.
        return self.paragraph(self.strong(text))

    def thematic_break(self, text):
        return "#rule;\n\n"

    def blank_line(self, text):
        return ""

    def list(self, text, ordered, start=1, **attrs):
        return f"#enum(start: {start}, {text});\n\n" if ordered else f"#list({text});\n\n"

    def list_item(self, text):
        item = text.strip()
        breaks = sum(map(item.count, ("\n", "#linebreak", "#whole[")))
        return f"[{item}], " if _tall(len(item), breaks) else f"[#whole[{item}]], "

    def table(self, text, columns, breakable):
        return f"#rows(({columns},), {breakable}, {text});\n\n"

    def table_head(self, text):
        return f"({text}),\n"

    def table_body(self, text):
        return text

    def table_row(self, text):
        return f"{text}\n"

    def table_cell(self, text, align=None, head=False):
        return f"table.cell(align: {align})[{text}], " if align else f"[{text}], "
