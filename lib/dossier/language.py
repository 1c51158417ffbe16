"""Likelihood in words: the scales of ICD 203 and of the UK Professional Head of Intelligence Assessment."""

from .prose import say

# Wording -> band in per cent. ICD 203: Analytic Standards (US ODNI); PHIA yardstick (GOV.UK, 24 March 2025).
SCALES = {
    "icd203": {
        "almost no chance": (1, 5),
        "very unlikely": (5, 20),
        "unlikely": (20, 45),
        "roughly even chance": (45, 55),
        "likely": (55, 80),
        "very likely": (80, 95),
        "almost certain": (95, 99),
    },
    "phia": {
        "remote chance": (0, 5),
        "highly unlikely": (10, 20),
        "unlikely": (25, 35),
        "realistic possibility": (40, 50),
        "likely or probable": (55, 75),
        "highly likely": (80, 90),
        "almost certain": (95, 100),
    },
}
TITLES = {"icd203": "ICD 203", "phia": "PHIA yardstick"}


def scale_box(scale):
    """The wording of a likelihood scale beside its bands, as a `Prose` table."""
    rows = [f"| {words} | {low} to {high} % |" for words, (low, high) in SCALES[scale].items()]
    return say("\n".join([f"| {TITLES[scale]} | Chance |", "| :--- | ---: |", *rows]))
