"""From a command line or a batch file to briefings: every value checked before anything starts."""

import hashlib
import itertools
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .editions import EDITIONS, FORMATS
from .errors import RequestError, listed, nearest, unknown
from .parameters import from_text, resolve, stored
from .project import THEMES

DEFAULT_EDITIONS = ("brief", "student")
DEFAULT_FORMATS = ("html", "pdf")
_BATCH_KEYS = ("theme", "as_of", "parameters", "editions", "formats")


@dataclass(frozen=True)
class Briefing:
    """One theme with one set of parameters, executed once, and the (edition, format) pairs asked for."""

    theme: str
    parameters: tuple
    items: tuple

    @property
    def values(self):
        """The parameters as a dict, in the order in which the notebook declares them."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self.parameters}

    @property
    def as_of(self):
        """The information cut-off, YYYY-MM-DD."""
        return self.values["as_of"]

    @cached_property
    def others(self):
        """Parameters besides `as_of` that differ from the notebook's defaults."""
        defaults = stored(self.theme)
        return {k: v for k, v in self.values.items() if k != "as_of" and v != defaults[k].default}

    @cached_property
    def folder(self):
        """Where the briefing goes below OUT: theme/as_of, with 8 hex digits when other parameters are set."""
        return f"{self.theme}/{self.as_of}{mark(self.others)}"

    def name(self, edition, format):
        """The file name of one export."""
        return f"{self.theme}_{self.as_of}_{edition}.{format}"

    def path(self, edition, format):
        """Where one export goes below OUT, with forward slashes."""
        return f"{self.folder}/{self.name(edition, format)}"


def mark(others):
    """What tells a briefing with other parameters (name -> value) than the defaults from the one at them: '-' and 8 hex
    digits, whatever their order; '' without any."""
    text = json.dumps(others, sort_keys=True, ensure_ascii=False)
    return f"-{hashlib.sha256(text.encode()).hexdigest()[:8]}" if others else ""


def from_command_line(themes, dates, pairs, editions, formats):
    """Briefings from the arguments of `dossier build`; without any, all themes at their defaults."""
    themes = themes or list(THEMES)
    for theme in themes:
        if theme not in THEMES:
            raise unknown("theme", theme, THEMES)
    given = _pairs(pairs)
    if "as_of" in given and dates:
        raise RequestError("as_of is given twice: with -p and with --as-of\nright: one of the two")
    editions, formats = editions or DEFAULT_EDITIONS, formats or DEFAULT_FORMATS
    days = [{"as_of": day} for day in dates] or [{}]
    briefings = (
        _briefing(theme, {**_typed(theme, given), **day}, editions, formats)
        for theme, day in itertools.product(themes, days)
    )
    return _merged(briefings)


def _pairs(pairs):
    given = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise RequestError(f"-p {pair!r}: no value\nright: -p NAME=VALUE")
        if name in given:
            raise RequestError(
                f"-p {name!r} is given twice: {given[name]!r} and {text!r}\nright: one value for each name"
            )
        given[name] = text
    return given


def _typed(theme, given):
    parameters = stored(theme)
    return {name: from_text(parameters[name], text) if name in parameters else text for name, text in given.items()}


def from_batch(path):
    """Briefings from a batch file (YAML): every combination of each entry."""
    import yaml  # for batch files alone

    where = Path(path).name
    try:
        content = yaml.load(Path(path).read_text(encoding="utf-8"), _loader())
        json.dumps(content)  # ValueError for a list that holds itself, TypeError for a set and the like
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise RequestError(f"{where}: not YAML: {' '.join(str(error).split())[:200]}") from None
    if not isinstance(content, dict) or list(content) != ["briefings"] or not isinstance(content["briefings"], list):
        raise RequestError(f"{where}: has no list `briefings:`\nright: briefings: [{{theme: isis-threat}}, ...]")
    if not content["briefings"]:
        raise RequestError(f"{where}: `briefings:` is empty\nright: one entry or more, such as {{theme: all}}")
    entries = enumerate(content["briefings"], start=1)
    return _merged(b for n, entry in entries for b in _from_entry(entry, f"{where}: briefing {n}"))


def _loader():
    """A YAML loader that leaves days as they are written, and refuses a key that stands twice in a mapping."""
    import yaml

    class Loader(yaml.SafeLoader):
        def compose_mapping_node(self, anchor):
            node = super().compose_mapping_node(anchor)  # as it is written, before `<<` brings in another one
            names = [key.value for key, _ in node.value]
            for twice in (name for name in names if names.count(name) > 1):
                raise yaml.YAMLError(f"line {node.start_mark.line + 1}: {twice!r} is given twice; right: one value")
            return node

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Loader


def _from_entry(entry, where):
    if not isinstance(entry, dict):
        raise RequestError(f"{where}: {entry!r} is not a mapping\nvalid keys: {listed(_BATCH_KEYS)}")
    for key in entry:
        if key not in _BATCH_KEYS:
            raise RequestError(
                f"{where}: unknown key {key!r}.{nearest(key, _BATCH_KEYS)}\nvalid: {listed(_BATCH_KEYS)}"
            )
    given = entry.get("parameters") or {}
    if not isinstance(given, dict):
        raise RequestError(f"{where}: parameters is {given!r}\nright: a mapping of names to values")
    if "as_of" in given and "as_of" in entry:
        raise RequestError(f"{where}: as_of is given twice: in parameters and beside them\nright: one of the two")
    days = [{"as_of": day} for day in _several(entry, "as_of", ())] or [{}]
    editions = _several(entry, "editions", DEFAULT_EDITIONS)
    formats = _several(entry, "formats", DEFAULT_FORMATS)
    try:
        return [_briefing(t, {**given, **day}, editions, formats) for t in _themes(entry) for day in days]
    except RequestError as error:
        raise RequestError(f"{where}: {error}") from None


def _themes(entry):
    themes = _several(entry, "theme", ())
    if not themes:
        raise RequestError(f"no theme\nright: theme: all, or one or more of {listed(THEMES)}")
    for theme in themes:
        if theme not in (*THEMES, "all"):
            raise unknown("theme", theme, (*THEMES, "all"))
    return list(THEMES) if "all" in themes else themes


def _several(entry, key, default):
    value = entry.get(key)
    if value is None or value == []:
        return list(default)
    return value if isinstance(value, list) else [value]


def _briefing(theme, given, editions, formats):
    for what, chosen, valid in (("edition", editions, EDITIONS), ("format", formats, FORMATS)):
        for name in chosen:
            if name not in valid:
                raise unknown(what, name, valid)
    values = resolve(theme, given)
    frozen = tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in values.items())
    return Briefing(theme, frozen, tuple(dict.fromkeys(itertools.product(editions, formats))))


def _merged(briefings):
    """The briefings without repeats: the same theme and parameters are one execution."""
    items = {}
    for briefing in briefings:
        items.setdefault((briefing.theme, briefing.parameters), {}).update(dict.fromkeys(briefing.items))
    return [Briefing(theme, parameters, tuple(wanted)) for (theme, parameters), wanted in items.items()]
