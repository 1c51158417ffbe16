"""What the collection assesses: each rule of judgements and what hangs on them finds its fault."""

import pytest
from samples import sound_rows, write_package
from test_check_tables import found

ASSESSED = {
    "judgements": dict(
        id="talks-go-on",
        theme="isis-threat",
        statement="It is likely that the talks go on.",
        wording="likely",
        band="55-80",
        confidence="low",
        confidence_why="One call is little to go by.",
        events="call",
        resolves_on="2025-06-30",
        sources="late-page",
        known_from="2025-01-20",
        derived="no",
    ),
    "indicators": dict(
        id="a-second-call",
        judgement="talks-go-on",
        label="A second call",
        watch="They call again.",
        state="quiet",
        date="2025-01",
        precision="month",
        events="speech",
        sources="late-page",
        known_from="2025-01-31",
        derived="yes",
    ),
    "hypotheses": dict(
        id="out-of-need",
        judgement="talks-go-on",
        label="Out of need",
        statement="They talk because they must.",
        sources="late-page",
        known_from="2025-01-20",
        derived="no",
    ),
    "ratings": dict(
        id="need-call",
        hypothesis="out-of-need",
        event="call",
        rating="C",
        why="It was he who called.",
        sources="late-page",
        known_from="2025-01-20",
        derived="no",
    ),
}


@pytest.mark.parametrize(
    ("table", "changes", "expected"),
    [
        ("judgements", {}, None),
        ("judgements", {"statement": "It is unlikely.", "wording": "unlikely", "band": "25-35"}, None),
        ("judgements", {"band": "40-90"}, "band 40-90 is not that of 'likely'; right: 55-80"),
        (
            "judgements",
            {"statement": "It is unlikely.", "wording": "unlikely", "band": "1-99"},
            "band 1-99 is not that of 'unlikely'; right: 20-45 or 25-35",
        ),
        (
            "judgements",
            {"statement": "It is probable.", "wording": "probable", "band": "55-75"},
            "wording 'probable' is on no scale; right: one of almost no chance, very unlikely",
        ),
        (
            "judgements",
            {"statement": "It will be."},
            "statement does not hold its wording 'likely'; right: the wording",
        ),
        ("judgements", {"events": ""}, "rests on no evidence; right: ids in events, positions, series"),
        (
            "judgements",
            {"events": "cal"},
            "events: 'cal' is not in events.csv; right: an id of events.csv, such as call",
        ),
        (
            "judgements",
            {"known_from": "2025-01-19"},
            None,
        ),
        (
            "judgements",
            {"events": "speech", "known_from": "2025-01-19"},
            "rests on events known from 2025-01-20; right: known_from 2025-01-20 or later, or other evidence",
        ),
        (
            "judgements",
            {"confidence": "medium"},
            "confidence 'medium' is not a category; right: one of low, moderate, high",
        ),
        (
            "judgements",
            {"resolves_on": "2025-01-20"},
            "resolves_on 2025-01-20 is not after known_from; right: a day after",
        ),
        ("indicators", {"state": "risen"}, "state 'risen' is not a category; right: one of quiet, stirring, raised"),
        ("indicators", {"judgement": "talks"}, "judgement: 'talks' is not in judgements.csv; right: an id of"),
        ("hypotheses", {"statement": ""}, "statement is blank; right: a string"),
        ("ratings", {"rating": "X"}, "rating 'X' is not a category; right: one of CC, C, N, I, II"),
        ("ratings", {"hypothesis": "need"}, "hypothesis: 'need' is not in hypotheses.csv; right: an id of"),
        (
            "ratings",
            {"event": "speech", "known_from": "2025-01-19"},
            "rests on events known from 2025-01-20; right: known_from",
        ),
    ],
)
def test_what_we_assess_keeps_its_rules(table, changes, expected, tmp_path):
    """A judgement is on its scale, rests on evidence of its day and resolves later; its tables fit together."""
    rows = {**sound_rows(), **{name: [dict(row)] for name, row in ASSESSED.items()}}
    rows[table][0].update(changes)
    lines = found(write_package(tmp_path / "data", rows))
    assert len(lines) == (expected is not None), lines
    for line in lines:
        assert line.startswith(f"{table}.csv:2 ({rows[table][0]['id']}): {expected}")
