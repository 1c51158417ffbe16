"""What of a notebook at hand cannot stand on paper, replaced by words: pictures, formulas, letters."""

import unicodedata
from dataclasses import fields, is_dataclass, replace
from functools import cache

from .blocks import Code
from .formulas import as_typst
from .layout import split_table
from .pdf import fault, picture_name
from .tables import take_columns


def for_paper(document):
    """(the document as it can be set, a line for each thing that was replaced)."""
    complaints = []
    parts = tuple(
        replace(part, blocks=tuple(found for block in part.blocks for found in _blocks(block, complaints)))
        for part in document.parts
    )
    formulas = _formulas(document.formulas, complaints)
    return _printed(replace(document, parts=parts, formulas=formulas), complaints), complaints


def _blocks(block, complaints):
    if block.kind == "table":
        return _tables(block)
    return [_picture(block, complaints) if block.kind == "image" else block]


def _picture(image, complaints):
    name = picture_name(image)
    reason = fault(f'#image("{name}", alt: "-")', {name: image.data})
    if not reason:
        return image
    complaints.append(f"cell {image.cell}: a picture is left out of the PDF: {reason}")
    return Code(f"[Picture {image.number}, from cell {image.cell}, cannot be set on paper. {image.alt}]", "output")


def _tables(table):
    """A table that is wider than the page as several, each with the heads of its rows."""
    heads = next((n for n, cell in enumerate(table.body[0]) if cell.scope != "row"), 0) if table.body else 0
    groups = split_table(table.widths, heads)
    if len(groups) == 1:
        return [table]
    return [replace(take_columns(table, *group, heads), caption=_columns(table, *group, heads)) for group in groups]


def _columns(table, first, end, heads):
    number, last = first - heads + 1, end - heads
    which = f"Column {number}" if number == last else f"Columns {number} to {last}"
    return f"{table.caption} {which} of {len(table.widths) - heads}".strip()


def _formulas(formulas, complaints):
    """The formulas, as plain TeX where Typst does not take what pandoc makes of them."""
    if not fault("\n\n".join(as_typst(formulas)), {}):
        return formulas
    checked = []
    for formula in formulas:
        reason = fault(as_typst([formula])[0], {})
        if reason:
            complaints.append(f"formula {formula.tex!r} is shown as TeX: {reason}")
        checked.append(formula._replace(verbatim=bool(reason)))
    return tuple(checked)


def _printed(document, complaints):
    """The document with letters that no font of ours has as their name: 🚀 becomes ‹rocket›."""
    replaced = set()

    def printed(text):
        missing = {letter for letter in set(text) if not _has(letter)}
        replaced.update(missing)
        return text.translate({ord(letter): _named(letter) for letter in missing}) if missing else text

    document = _mapped(document, printed)
    shown = sorted(letter for letter in replaced if _named(letter))
    if shown:
        named = ", ".join(map(_named, shown[:8])) + (", ..." if len(shown) > 8 else "")
        complaints.append(f"letters that no font of the PDF has are named: {named}")
    return document


def _mapped(value, change):
    """The same data with each text changed."""
    if isinstance(value, str):
        return change(value)
    if is_dataclass(value):
        return replace(value, **{field.name: _mapped(getattr(value, field.name), change) for field in fields(value)})
    if isinstance(value, tuple):
        items = [_mapped(item, change) for item in value]
        return value._make(items) if hasattr(value, "_make") else tuple(items)
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in value.items()}
    return value


def _named(letter):
    """A letter in words; '' for a sign that only changes the one before it, as those of emoji do."""
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return ""
    name = unicodedata.name(letter, "").lower() if unicodedata.category(letter) == "So" else ""
    return f"‹{name or f'U+{ord(letter):04X}'}›"


# The faces in which text can be set, each with those that stand in for its missing letters.
_FACES = (
    ("IBMPlexSans-Regular", "IBMPlexSansArabic-Regular", "DejaVuSansMono"),
    ("IBMPlexSans-Bold", "IBMPlexSansArabic-Bold", "DejaVuSansMono-Bold"),
    ("IBMPlexSans-Italic", "IBMPlexSansArabic-Regular", "DejaVuSansMono-Oblique"),
)


@cache
def _has(letter):
    """Whether a letter can be set in every face; one that only some have is tried, for Typst knows more fonts."""
    if all(letter in face for face in _faces()) or letter in "\n\t" or "\ue000" <= letter < "\ue010":
        return True
    sample = f'#set text(font: ("IBM Plex Sans", "DejaVu Sans Mono"), style: "italic")\n#"{letter}"'
    return any(letter in face for face in _faces()) and not fault(sample, {})


@cache
def _faces():
    """The letters of each face."""
    from fontTools.ttLib import TTFont

    from .fonts import font_file

    files = {name: TTFont(font_file(name), lazy=True).getBestCmap() for face in _FACES for name in face}
    return [{chr(code) for name in face for code in files[name]} for face in _FACES]
