"""The manifest, on which scripts rely."""

import json

from dossier.manifest import entry, failures, in_order, text
from dossier.request import Briefing


def briefing(theme="isis-threat", day="2024-12-10", focus="all"):
    """A briefing of one page."""
    return Briefing(theme, (("as_of", day), ("focus", focus)), (("brief", "html"),))


def test_entry_tells_what_was_made_and_where():
    """What was built has path, hash and size; what failed has none of them, and the reason."""
    one, item = briefing(), ("brief", "html")
    name = one.name(*item)
    built = entry(one, item, "built", {name: "12ab", "figures/map.csv": "34cd"}, 17)
    assert built["path"] == f"isis-threat/2024-12-10/{name}" and (built["sha256"], built["bytes"]) == ("12ab", 17)
    assert built["parameters"] == {"as_of": "2024-12-10", "focus": "all"} and built["error"] is None
    failed = entry(one, item, error="no kernel")
    assert [failed[key] for key in ("status", "path", "sha256", "bytes", "error")] == [
        "failed",
        None,
        None,
        None,
        "no kernel",
    ]
    assert failures([built, failed]) == [failed]


def test_order_does_not_hang_on_who_was_ready_first():
    """Entries are sorted by theme and day, then by other parameters."""
    ones = [briefing("pmu-debate"), briefing(day="2025-01-01"), briefing(focus="camps"), briefing()]
    entries = in_order([entry(one, ("brief", "html"), error="-") for one in ones])
    said = [(e["theme"], e["parameters"]["as_of"], e["parameters"]["focus"]) for e in entries]
    assert said == [
        ("isis-threat", "2024-12-10", "all"),
        ("isis-threat", "2024-12-10", "camps"),
        ("isis-threat", "2025-01-01", "all"),
        ("pmu-debate", "2024-12-10", "all"),
    ]


def test_text_is_json_that_keeps_letters():
    """The file is JSON under `items`, ends with a line end, and Arabic letters stay readable."""
    entries = [entry(briefing(focus="الحدود"), ("brief", "html"), error="-")]
    assert json.loads(text(entries)) == {"items": entries} and "الحدود" in text(entries) and text(entries)[-1] == "\n"
