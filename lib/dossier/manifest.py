"""The manifest: an entry for each (edition, format) of each briefing of a build."""

import json


def entry(briefing, item, status="failed", digests=None, size=None, error=None):
    """The entry of one (edition, format); `digests`: file name -> sha256 of what was made of it; `size`: in bytes."""
    edition, format = item
    return {
        "theme": briefing.theme,
        "parameters": briefing.values,
        "edition": edition,
        "format": format,
        "path": digests and briefing.path(*item),
        "sha256": digests and digests[briefing.name(*item)],
        "bytes": size,
        "status": status,
        "error": error,
    }


def in_order(entries):
    """The entries by theme, cut-off, other parameters, edition and format."""
    return sorted(entries, key=_place)


def _place(entry):
    parameters = entry["parameters"]
    return (entry["theme"], parameters["as_of"], json.dumps(parameters), entry["edition"], entry["format"])


def failures(entries):
    """The entries of what failed."""
    return [entry for entry in entries if entry["status"] == "failed"]


def text(entries):
    """The manifest as it is written, JSON."""
    return json.dumps({"items": entries}, indent=1, ensure_ascii=False) + "\n"
