"""References: CSL items in, Markdown out, worded by pandoc's citeproc."""

import json
import re
import subprocess

from ..data import REDACTED
from .paths import TEMPLATES, pandoc

_ENTRY = re.compile(r'<div id="ref-(.+?)" class="csl-entry">\n\n(.*?)\n\n</div>', re.DOTALL)
_DESCRIPTION = re.compile(r"\[(.+)\](.*)")  # a title in brackets describes the page: "[Camp count] (Arabic)"
_worded = {}  # a CSL item as JSON -> its Markdown; one process words each source once


def references(items):
    """Id -> Markdown of each CSL item: 'Author, “Title”, Publisher, date. Reliability B.', the title a link."""
    keys = {item["id"]: json.dumps(item, sort_keys=True) for item in items}
    fresh = [item for item in items if keys[item["id"]] not in _worded]
    if fresh:
        entries = dict(_ENTRY.findall(_citeproc(fresh)))
        _worded.update({keys[item["id"]]: entries[item["id"]] for item in fresh})
    return {id: _worded[key] for id, key in keys.items()}


def _citeproc(items):
    command = [
        pandoc(),
        "--from=csljson",
        "--to=commonmark",
        "--wrap=none",
        "--citeproc",
        f"--csl={TEMPLATES / 'references.csl'}",
    ]
    source = json.dumps([_for_style(item) for item in items])
    return subprocess.run(command, input=source, capture_output=True, check=True, encoding="utf-8").stdout


def _for_style(item):
    """The item as our style wants it: a description or a redacted source has a type without quotes."""
    title = item["title"]
    if title == REDACTED:
        return {"id": item["id"], "type": "document", "title": title, "note": item["note"]}
    described = _DESCRIPTION.fullmatch(title)
    return {**item, "type": "document", "title": described[1] + described[2]} if described else item
