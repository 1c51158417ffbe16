"""What a cell printed, as blocks: streams, errors and the plainest form of a result."""

import json
import re

from .blocks import Code
from .notes import clean
from .tables import read_tables

# What a terminal obeys and paper shows as rubbish: colours, titles, moves of the cursor.
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]")
_ERASED = re.compile(r"[^\n\x08]\x08")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def tidy(text):
    """Text without what is none: control signs, those that this room keeps for itself, half a surrogate pair."""
    return clean(_CONTROLS.sub("", text).encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def on_screen(text):
    """Printed text as it stood on the screen in the end."""
    lines = _ESCAPES.sub("", text).split("\n")
    text = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)  # a progress bar leaves its last state
    while (shorter := _ERASED.sub("", text)) != text:
        text = shorter
    return tidy(text)


def merged(outputs):
    """The outputs of a cell, each run of one stream as one: print and flush cut it at any place."""
    found = []
    for output in outputs:
        name = output.get("name")
        if output.output_type == "stream" and found and found[-1].get("name") == name:
            found[-1] = {**found[-1], "text": found[-1]["text"] + output.text}
        else:
            found.append(output)
    return found


def output_blocks(output):
    """The blocks of an output that is neither picture nor Markdown; none where it shows nothing.

    HTML is never passed on: what is a table becomes one, all else is shown by its plain text.
    """
    if output["output_type"] == "error":
        return _code("\n".join(output["traceback"]) or f"{output['ename']}: {output['evalue']}", "error")
    if output["output_type"] == "stream":
        return _code(output["text"], "stderr" if output["name"] == "stderr" else "output")
    data = output.get("data", {})
    return read_tables(tidy(data.get("text/html", ""))) or _code(_plainest(data), "output")


def _plainest(data):
    kind = next((kind for kind in data if kind == "application/json" or kind.endswith("geo+json")), None)
    if kind:
        return json.dumps(data[kind], indent=2, ensure_ascii=False)
    if "text/plain" in data or not data:
        return data.get("text/plain", "")
    return f"[a result of kind {', '.join(data)}, which a document cannot show]"


def _code(text, kind):
    text = on_screen(text).strip("\n")
    return [Code(text, kind)] if text.strip() else []
