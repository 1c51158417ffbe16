"""Pictures as a Jupyter notebook holds them, in outputs, attachments, addresses and files beside it."""

import base64
import io
import mimetypes
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from .outputs import tidy

# Where there is a choice, in this order: a PNG is the same in every reader, an SVG may want fonts that are not there.
KINDS = ("image/png", "image/jpeg", "image/svg+xml", "image/webp", "image/gif")
_NO_ALT = "No description has been provided for this image"  # what nbconvert puts where there is none
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


class Found(NamedTuple):
    """A picture: MIME kind, bytes, its author's description or '', width in CSS pixels or None."""

    kind: str
    content: bytes
    alt: str
    width: float | None


def in_output(output, cell):
    """The picture of an output, or None; its description is its own, the output's, or that of a cell with one picture."""
    found = _in_bundle(output.get("data", {}))
    if not found:
        return None
    metadata = output.get("metadata", {})
    own = metadata[found.kind] if isinstance(metadata.get(found.kind), dict) else {}
    alone = sum(any(kind in o.get("data", {}) for kind in KINDS) for o in cell.outputs) == 1
    given = (own.get("alt"), metadata.get("alt"), cell.metadata.get("alt") if alone else None)
    alt = next((alt for alt in given if isinstance(alt, str)), "")
    return found._replace(alt=_description(alt), width=_width(own.get("width", metadata.get("width"))) or found.width)


def in_markdown(target, alt, width, attachments, folder):
    """The picture that Markdown shows from `target`, or None where it is neither in the notebook nor in its folder."""
    scheme, colon, rest = target.partition(":")
    if scheme == "attachment":
        found = _in_bundle(attachments.get(unquote(rest)) or attachments.get(rest) or {})
    elif scheme == "data":
        kind, _, text = rest.partition(";base64,")
        found = _in_bundle({kind: text})
    else:
        found = None if colon else _in_folder(unquote(target), folder)
    return found and found._replace(alt=_description(alt, target), width=_width(width) or found.width)


def attributes(tag):
    """(target, alt, width) that an img tag gives; '' for what it does not give."""
    found = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag)}
    return found.get("src", ""), found.get("alt", ""), found.get("width", "")


def _in_bundle(data):
    kind = next((kind for kind in KINDS if kind in data), None)
    if kind == "image/svg+xml" and re.search(r"<svg[\s>]", data[kind]):
        return Found(kind, tidy(data[kind]).encode(), "", None)
    try:
        return _checked(kind, base64.b64decode("".join(data[kind].split()), validate=True)) if kind else None
    except ValueError:
        return None


def _in_folder(target, folder):
    """A picture in a file; a notebook from elsewhere gets at none outside of its folder."""
    kind = mimetypes.guess_type(target)[0]
    if folder is None or kind not in KINDS:
        return None
    path = (Path(folder) / target).resolve()
    inside = path.is_relative_to(Path(folder).resolve()) and path.is_file()
    return _checked(kind, path.read_bytes()) if inside else None


def _checked(kind, content):
    """The picture where its bytes are one; as wide as it has pixels, as a notebook shows it."""
    if kind == "image/svg+xml":
        return Found(kind, content, "", None) if re.search(rb"<svg[\s>]", content) else None
    from PIL import Image  # ~40 ms that a notebook without pictures does not need

    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "WEBP", "GIF"]) as picture:
            return Found(Image.MIME[picture.format], content, "", picture.width)
    except (OSError, Image.DecompressionBombError):
        return None


def _description(alt, target=""):
    """The alt text, '' where it is only a file name or what a tool put there."""
    alt = " ".join(tidy(alt).split())
    names = {unquote(target).rpartition("/")[2], unquote(target).partition(":")[2]}
    return "" if alt in names or alt == _NO_ALT else alt


def _width(given):
    """CSS pixels, or None for anything else, such as a share of the page."""
    if isinstance(given, str) and re.fullmatch(r"\d{1,4}(px)?", given):
        given = int(given.removesuffix("px"))
    return given if isinstance(given, (int, float)) and 0 < given < 10_000 else None
