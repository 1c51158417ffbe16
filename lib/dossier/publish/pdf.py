"""PDF: the document as data for a Typst template; PDF/UA-1 and PDF/A-2b are enforced when it is compiled."""

import json
import os
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import shorten

from ..dates import spell_day
from ..project import FONTS
from .blocks import STREAMS
from .colophon import GRADES, PURPOSE
from .fonts import spelled
from .formulas import as_typst, fill_formulas
from .layout import SIZES, fit_table, place_brief, place_pictures
from .links import linked
from .notes import runs
from .paths import TEMPLATES
from .typeset import to_typst

PAPERS = {"a4": "a4", "letter": "us-letter"}


def to_pdf(document, paper="a4"):
    """The document on paper, PDF bytes; `paper` is a4 or letter. ValueError where it cannot be set."""
    count = sum(block.kind == "figure" for block in document.blocks)
    with _folder(_files(document, PAPERS[paper])) as folder:
        look = cache(lambda *setting: _look(folder, *setting))
        whole = len(document.parts)
        if document.brief:
            setting = whole, *place_brief(count, partial(look, whole))
        else:
            setting = whole, *place_pictures(count, partial(look, _last_with_picture(document)))
        _set(folder, *setting)
        return _compile(folder, document)


def _compile(folder, document):
    """The paper of the files in a folder, PDF bytes."""
    import typst

    how = {"pdf_standards": _standards(document), "timestamp": _timestamp(document.as_of)}
    compiler = _compiler(folder)
    try:
        pdf, warnings = compiler.compile_with_warnings(**how)
    except typst.TypstError as error:
        raise ValueError(f"PDF: {error.message}") from None
    # A font that is not there is replaced without a word on the page: that is a fault, not a detail.
    faults = [warning.message for warning in warnings if "font" in warning.message]
    if faults:
        raise ValueError(f"PDF: {'; '.join(faults)}")
    return linked(pdf, _seen(compiler)["sources"])


def _standards(document):
    """PDF/UA too, unless a picture has no description: it would be a false claim, and Typst refuses it."""
    return ["a-2b"] if document.undescribed else ["a-2b", "ua-1"]


@contextmanager
def _folder(files):
    """A folder with these files (name -> bytes): given from memory, Typst would take them in anew at each look."""
    with TemporaryDirectory(prefix="dossier-") as folder:
        _write(Path(folder), files)
        yield Path(folder)


def _write(folder, files):
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _compiler(folder):
    import typst  # ~20 ms that HTML alone does not need

    return typst.Compiler(str(folder / "main.typ"), root=str(folder), font_paths=_fonts(), ignore_system_fonts=True)


def fault(source, pictures):
    """What keeps Typst source from being set as accessible PDF, in one line; '' for nothing."""
    import typst

    source = f'#set document(title: "-")\n#set text(font: "IBM Plex Sans")\n{source}'
    try:
        with _folder({"main.typ": source.encode(), **pictures}) as folder:
            _compiler(folder).compile(pdf_standards=["a-2b", "ua-1"], timestamp=0)
    except typst.TypstError as error:
        return " ".join(error.message.split())
    return ""


def _set(folder, parts, placing, tight=False, apart=False):
    """Write by what a document is set: how many of its parts, and how."""
    setting = {"parts": parts, "placing": placing, "tight": tight, "apart": apart}
    _write(folder, {"setting.json": json.dumps(setting).encode()})


def _last_with_picture(document):
    """How many parts there are up to the last one with a figure: no less decides where figures go."""
    with_figure = [any(block.kind == "figure" for block in part.blocks) for part in document.parts]
    return len(with_figure) - with_figure[::-1].index(True) if any(with_figure) else 0


def _look(folder, *setting):
    """What is seen of a document that is set so."""
    _set(folder, *setting)
    try:
        return _seen(_compiler(folder))
    except RuntimeError as error:
        raise ValueError(f"PDF: {error}") from None


def _seen(compiler):
    """What layout.py and links.py want to know of the pages: a dict of their number and of what stands on them."""
    return json.loads(compiler.query("<seen>", field="value", one=True))


def make_ready():
    """Load Typst and its fonts."""
    _fonts()


@cache
def _fonts():
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def _timestamp(as_of):
    """The date of the PDF: the information cut-off, unless SOURCE_DATE_EPOCH says otherwise.

    Without a cut-off it is the first second of 1970, by which no reader takes it for a date.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given or not as_of:
        return int(given or 0)
    return int(datetime.combine(as_of, time(), UTC).timestamp())


def _files(document, paper):
    """File name -> bytes: template, data and pictures."""
    pieces = _Pieces()
    data = _data(document, paper, pieces)
    written = as_typst(document.formulas)
    data["pieces"] = [fill_formulas(to_typst(piece, document.notes), written) for piece in pieces.markdown]
    files = {name: (TEMPLATES / name).read_bytes() for name in ("briefing.typ", "marks.typ")}
    files["main.typ"] = files.pop("briefing.typ")
    files |= {picture_name(block): block.svg.encode() for block in document.blocks if block.kind == "figure"}
    files |= {picture_name(block): block.data for block in document.blocks if block.kind == "image"}
    return files | {"data.json": spelled(json.dumps(data, ensure_ascii=False)).encode()}


class _Pieces:
    """Collects Markdown that is typeset in one run; `add` gives the number by which the template finds it."""

    def __init__(self):
        self.markdown = []

    def add(self, markdown):
        self.markdown.append(spelled(markdown))
        return len(self.markdown) - 1


def _data(document, paper, pieces):
    """What the template reads: text as strings, Markdown as numbers of pieces."""
    lengths = [len(reference) for reference in document.references]
    return {
        "paper": paper,
        "language": document.language,
        "ours": document.ours,
        "collection": "Iraq Dossier" if document.ours else "",
        "authors": document.authors,
        "purpose": PURPOSE if document.ours else "",
        "grades": GRADES,
        "streams": STREAMS,
        "brief": document.brief,
        "sizes": SIZES,
        "theme": _theme(document),
        "title": document.title,
        "cut_off": f"Information cut-off {spell_day(document.as_of)}" if document.ours else "",
        "command": document.command,
        "parameters": document.parameters,
        "colophon": document.colophon,
        "scope": pieces.add(document.scope) if document.scope else None,
        "lead": pieces.add(document.lead) if document.lead else None,
        "parts": [_part(part, document, pieces) for part in document.parts],
        "references": [pieces.add(reference) for reference in document.references],
        "balance": next((n for n in range(len(lengths)) if 2 * sum(lengths[:n]) >= sum(lengths)), 0),
    }


def _part(part, document, pieces):
    blocks = [_block(block, document, pieces) for block in part.blocks]
    return {"role": part.role, "section": part.section, "label": part.label, "blocks": blocks}


def _block(block, document, pieces):
    if block.kind in ("heading", "text"):
        return {"kind": block.kind, "level": getattr(block, "level", 0), "piece": pieces.add(block.markdown)}
    if block.kind == "image":
        shown = {"alt": block.alt, "width": block.width, "caption": block.caption}
        return {"kind": "image", "file": picture_name(block), **shown}
    if block.kind == "table":
        return asdict(block) | fit_table(block.widths)
    if block.kind != "figure":
        return asdict(block)
    record = {name: block.record[name] for name in ("title", "alt", "source")}
    notes = runs(document.numbers(block))
    return {"kind": "figure", "number": block.number, "file": picture_name(block), "notes": notes, **record}


def picture_name(block):
    """The file of a picture; its ending tells Typst what is in it."""
    if block.kind == "figure":
        return f"figure-{block.number}.svg"
    return f"picture-{block.number}.{block.mime.partition('/')[2].partition('+')[0]}"


def _theme(document):
    if not document.ours:
        return shorten(document.title, 90, placeholder=" …")  # one line at the head of each page
    return f"{document.theme} · instructor edition" if document.edition == "instructor" else document.theme
