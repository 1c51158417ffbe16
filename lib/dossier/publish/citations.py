"""References: CSL items in, Markdown out, worded by pandoc's citeproc."""

import json
import re
import subprocess
from importlib.metadata import version
from threading import Lock
from urllib.parse import quote

from ..cache import kept_for_all
from ..data import REDACTED
from ..prose import csl
from ..reads import fingerprint
from ..tables import read
from .paths import TEMPLATES, pandoc

_STYLE = TEMPLATES / "references.csl"
_ENTRY = re.compile(r'<div id="ref-(.+?)" class="csl-entry">\n\n(.*?)\n\n</div>', re.DOTALL)
# A title in brackets describes the page: "[Camp count] (Arabic)".
_DESCRIPTION = re.compile(r"\[([^\[\]]+)\]([^\[\]]*)")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_SPAN = re.compile(r"(?<!\\)</?span[^>]*>")  # how pandoc marks words whose case is to stay
# What citeproc would take for markup, or a reader of Markdown for more than text, on its way through pandoc.
_MARKUP = {"<": "\ue010", "&": "\ue011", "@": "\ue012"}
_worded = {}  # a CSL item without its id, as JSON -> its Markdown; one process words each source once
_wording = Lock()  # whoever comes while that is done waits for it


def make_ready():
    """Word all sources of the evidence at once: each run of pandoc takes as long as forty of them."""
    references([csl(source) for source in read("sources")])


def references(items):
    """Id -> Markdown of each CSL item: 'Author, “Title”, Publisher, date. Reliability B.', the title a link."""
    keys = {item["id"]: json.dumps({**item, "id": ""}, sort_keys=True) for item in items}
    with _wording:
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
        f"--csl={_STYLE}",
    ]
    source = json.dumps([_for_style(item) for item in items]).encode()
    made_of = [source, _STYLE.read_bytes(), version("pypandoc_binary")]
    made = kept_for_all(
        "references",
        fingerprint(made_of),
        lambda: subprocess.run(command, input=source, capture_output=True, check=True).stdout,
    ).decode()
    return _SPAN.sub("", made).translate({ord(mark): f"\\{sign}" for sign, mark in _MARKUP.items()})


def _for_style(item):
    """The item as our style wants it: a description or a redacted source has a type without quotes.

    Its text is data. Its address is a link where it is one of the web, in signs that Markdown cannot misread.
    """
    if item["title"] == REDACTED:
        return {"id": item["id"], "type": "document", "title": item["title"], "note": item["note"]}
    address = item.get("URL", "")
    item = {name: _as_data(value) for name, value in item.items() if name != "URL"}
    if _WEB.match(address):
        item["URL"] = quote(address, safe="%/:?#@!$&'*+,;=~")
    title = item["title"]
    described = _DESCRIPTION.fullmatch(title)
    return {**item, "type": "document", "title": described[1] + described[2]} if described else item


def _as_data(value):
    if isinstance(value, list):
        return [_as_data(part) for part in value]
    if isinstance(value, dict):
        return {name: _as_data(part) for name, part in value.items()}
    return value.translate(str.maketrans(_MARKUP)) if isinstance(value, str) else value
