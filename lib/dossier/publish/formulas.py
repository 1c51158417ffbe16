"""Formulas in TeX: marked in Markdown on its way through a parser, then set as MathML or for Typst by pandoc."""

import json
import re
import subprocess
from html import escape
from typing import NamedTuple

from .paths import pandoc

_OPEN, _CLOSE = "\ue003", "\ue004"  # signs that `notes.clean` has taken out of all content
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_CUT = "\ue000"  # between two formulas in one run of pandoc

# As JupyterLab finds them; a single dollar as pandoc does, so that "$5 and $6" are prices.
_FORMULA = re.compile(
    r"""
    \\[\\$](?![(\[]) |                                             # an escaped sign opens nothing
    \$\$ (?P<display> .+? ) \$\$ |
    \\\\\[ (?P<bracket> .+? ) \\\\\] |
    \\\\\( (?P<inline> .+? ) \\\\\) |
    (?P<environment> \\begin\{(?P<name>[a-zA-Z]+\*?)\} .*? \\end\{(?P=name)\} ) |
    (?<! \w ) \$ (?! [\s$] ) (?P<dollar> (?: \\. | [^\\$] )+? ) (?<! [\s\\] ) \$ (?! [\d$] )
    """,
    re.VERBOSE | re.DOTALL,
)
_NOT_SHOWN = re.compile(r"\\(?:label|tag)\*?\{[^{}]*\}|\\nonumber\b|\\notag\b")


class Formula(NamedTuple):
    """TeX without its dollars; `display`: on a line of its own; `verbatim`: shown as the TeX that it is."""

    tex: str
    display: bool
    verbatim: bool = False


def mark_formulas(markdown, formulas):
    """Markdown without code, its formulas as marks; each is added to `formulas`, a list."""

    def marked(found):
        kind = next((kind for kind in ("display", "bracket", "inline", "environment", "dollar") if found[kind]), None)
        if not kind or not found[kind].strip() or re.search("\n\n|\ue005", found[0]):
            return found[0]  # none, or it would hold a blank line or a piece of code
        formulas.append(Formula(found[kind].strip(), kind not in ("inline", "dollar")))
        return f"{_OPEN}{len(formulas) - 1}{_CLOSE}"

    return _FORMULA.sub(marked, markdown)


def fill_formulas(text, written):
    """`text` with each mark replaced by its formula out of `written`, a list."""
    return _MARK.sub(lambda found: written[int(found[1])], text)


def as_mathml(formulas):
    """Each formula as MathML that carries its TeX; what pandoc cannot read as its TeX in `<code>`."""
    return [
        made.removeprefix("<p>").removesuffix("</p>") if "<math" in made else f"<code>{escape(formula.tex)}</code>"
        for formula, made in zip(formulas, _converted(formulas, "html", "--mathml"), strict=True)
    ]


def as_typst(formulas):
    """Each formula as a Typst equation described by its TeX; what pandoc cannot read as its TeX in code."""
    return [_equation(*pair) for pair in zip(formulas, _converted(formulas, "typst"), strict=True)]


def _equation(formula, made):
    tex = json.dumps(formula.tex, ensure_ascii=False)  # a string of Typst is written like one of JSON
    if formula.verbatim or not (made.startswith("$") and made.endswith("$")):
        return f"#raw({tex});"
    return f"#math.equation(block: {json.dumps(formula.display)}, alt: {tex}, {made});"


def _converted(formulas, *to):
    if not formulas:
        return []
    blocks = [block for formula in formulas for block in _paragraphs(formula)]
    source = json.dumps({"pandoc-api-version": [1, 23], "meta": {}, "blocks": blocks})
    command = [pandoc(), "--from=json", "--wrap=none", "--to", *to]
    made = subprocess.run(command, input=source, capture_output=True, check=True, encoding="utf-8").stdout
    return [piece.strip() for piece in re.split(f"(?:<p>)?{_CUT}(?:</p>)?", made)[:-1]]


def _paragraphs(formula):
    """As pandoc's own data: no dialect of Markdown stands between a formula and its reader."""
    kind = {"t": "DisplayMath" if formula.display else "InlineMath"}
    math = {"t": "Math", "c": [kind, _NOT_SHOWN.sub("", formula.tex)]}
    return [{"t": "Para", "c": [math]}, {"t": "Para", "c": [{"t": "Str", "c": _CUT}]}]
