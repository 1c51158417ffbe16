"""Iraq Dossier: the names that notebooks use, loaded when first used (PEP 562)."""

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "load": "data",
    "say": "prose",
    "headline": "prose",
    "cut_off_block": "sections",
    "changed": "sections",
    "key_evidence": "sections",
    "evidence_table": "sections",
    "glossary": "sections",
    "references": "sections",
    "scale_box": "language",
    "draw_timeline": "charts.timeline",
    "draw_stances": "charts.stances",
    "draw_network": "charts.network",
    "draw_map": "charts.map",
    "draw_series": "charts.series",
    "draw_ranges": "charts.ranges",
    "draw_disagreement": "charts.disagreement",
    "explore": "explorers",
    "frame": "frames",
}
__all__ = list(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"dossier has no {name!r}; it has {', '.join(_HOME)}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)


def __dir__():
    return __all__
