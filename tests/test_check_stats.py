"""What `dossier check --stats` counts."""

from dossier.check.record import read
from dossier.check.stats import lines
from samples import sound_rows, write_package


def test_counts_are_those_of_the_tables(tmp_path):
    """Rows, themes, grades and days of the tiny package."""
    assert lines(read(write_package(tmp_path, sound_rows()))) == [
        "rows: sources 2, places 1, names 1, actors 2, offices 3, issues 2, measures 2, events 3, positions 2, "
        "ties 1, series 3, regimes 0, presets 16, glossary 1, judgements 0, indicators 0, hypotheses 0, ratings 0",
        "actors with positions: 2",
        "issues: 2",
        "events by theme: baathist-legacy 0, border-security 0, pmu-debate 0, isis-threat 3",
        "events by credibility: 2 2, 3 1",
        "series points: 3",
        "regimes points: 0",
        "measures with points: 2",
        "places with coordinates: 1",
        "sources by reliability: B 1, C 1",
        "known_from: 2024-11-01 to 2025-01-31",
    ]
