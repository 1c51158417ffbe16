"""The fonts of a page: only the letters it uses, inside the page, the same bytes each time."""

import base64
import io
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from .. import cache as store
from ..letters import code_point
from ..project import FONTS
from ..reads import fingerprint

_OWN_SOURCE = Path(__file__).read_text(encoding="utf-8")  # it says how a font is cut
FONTS_HERE = "/* fonts */"  # in page.css, where the rules for the fonts of a page go

# Cut once for most pages of a batch: what English text, names and figures need, and the whole Arabic alphabet.
_COMMON = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\u00a0·×äáâçéèêëíîïñóôöúûüčğÄÉÖÜß–—‘’“”…→↑−€£¶")
_ARABIC = frozenset(map(chr, range(0x600, 0x700)))
_ALPHABET = frozenset(map(chr, [*range(0x621, 0x63B), *range(0x641, 0x64B)])) | {"،", "ّ"}
_FORMLESS = frozenset(map(ord, "\u00ad\u061c\u200c\u200d\u200e\u200f"))  # joiners and marks of direction
_FACES = {  # file -> family, weight, style
    "IBMPlexSans-Regular": ("IBM Plex Sans", 400, "normal"),
    "IBMPlexSans-Bold": ("IBM Plex Sans", 700, "normal"),
    "IBMPlexSans-Italic": ("IBM Plex Sans", 400, "italic"),
    "IBMPlexSerif-Bold": ("IBM Plex Serif", 700, "normal"),
    "IBMPlexSansArabic-Regular": ("IBM Plex Sans Arabic", 400, "normal"),
    "IBMPlexSansArabic-Bold": ("IBM Plex Sans Arabic", 700, "normal"),
    "DejaVuSansMono": ("DejaVu Sans Mono", 400, "normal"),
}
# Kerning, figures of one width for tables, and what joins Arabic letters.
_FEATURES = ["kern", "tnum", "ccmp", "isol", "init", "medi", "fina", "rlig", "liga", "calt", "mark", "mkmk"]


def font_faces(html, title):
    """The @font-face rules for a page with this body and this title."""
    arabic = frozenset(html) & _ARABIC
    text = frozenset(html) - arabic - {"\n"}  # with which it would be another cut than the common one
    letters = {
        "IBMPlexSans-Regular": text | _COMMON,
        "IBMPlexSans-Bold": text | _COMMON,
        "IBMPlexSerif-Bold": frozenset(title) | _COMMON,
    }
    if "<em>" in html:
        letters["IBMPlexSans-Italic"] = text | _COMMON
    if "<code" in html:
        letters["DejaVuSansMono"] = text | _COMMON
    if arabic:
        arabic |= _ALPHABET
        letters |= {"IBMPlexSansArabic-Regular": arabic, "IBMPlexSansArabic-Bold": arabic}
    return "\n".join(_rule(name, used) for name, used in letters.items())


def spelled(text):
    """Text in which a letter that no font here has stands as its code point, as [U+1F600]: paper has no other font.

    A page keeps such a letter, for the fonts of the reader's system.
    """
    strange = {ord(letter): code_point(letter) for letter in set(text) if not _passes(letter)}
    return text.translate(strange) if strange else text


def _passes(letter):
    # The marks of notes and formulas are private signs; `notes.clean` has spelled out all others.
    return ord(letter) in _drawable() or letter in "\n\t" or "\ue000" <= letter <= "\uf8ff"


@cache
def _drawable():
    from fontTools.ttLib import TTFont

    faces = ("IBMPlexSans-Regular", "IBMPlexSansArabic-Regular", "DejaVuSansMono")
    return frozenset().union(_FORMLESS, *(TTFont(font_file(face)).getBestCmap() for face in faces))


def _rule(name, letters):
    family, weight, style = _FACES[name]
    data = base64.b64encode(_cut(name, letters)).decode("ascii")
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};font-display:block;'
        f'src:url(data:font/woff;base64,{data}) format("woff")}}'
    )


@cache
def _cut(name, letters):
    """The font with these letters only, once for all processes and builds."""
    with open(font_file(name), "rb") as file:
        made_of = [name, sorted(letters), version("fonttools"), file.read(), _OWN_SOURCE]
    return store.kept_for_all("fonts", fingerprint(made_of), lambda: _as_woff(name, letters))


def _as_woff(name, letters):
    """Cut a font to these letters as WOFF: unlike WOFF2 it needs no library beyond the standard one."""
    from fontTools import subset

    options = subset.Options(
        flavor="woff",
        layout_features=_FEATURES,
        hinting=False,
        recalc_timestamp=False,
        notdef_outline=True,
    )
    options.drop_tables += ["FFTM"]  # the maker's time stamp
    font = subset.load_font(font_file(name), options)
    names = _own_names(font)
    del font["name"]  # the cutter would look for mentions of names everywhere, for a third of its time
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=map(ord, letters))
    cutter.subset(font)
    font["name"] = names
    file = io.BytesIO()
    subset.save_font(font, file, options)
    return file.getvalue()


def _own_names(font):
    """The table of names of a font with those of its family and style in English."""
    names = font["name"]
    names.names = [
        name for name in names.names if name.nameID in (1, 2) and (name.platformID, name.langID) == (3, 0x409)
    ]
    return names


def font_file(name):
    """Where the file of a font is, a path as text."""
    # Matplotlib ships the face for code; asking where it is does not import it.
    shipped = Path(find_spec("matplotlib").origin).parent / "mpl-data" / "fonts" / "ttf"
    return str((shipped if name.startswith("DejaVu") else FONTS) / f"{name}.ttf")
