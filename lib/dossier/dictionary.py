"""`python -m dossier.dictionary`: what can be computed in data/ is: hash and size of each file, and the data dictionary.

datapackage.json is written by hand, a field a line; only its hashes change here. data/README.md is made from it.
"""

import hashlib
import json
import re
from pathlib import Path

from .errors import RequestError
from .files import write
from .project import DATA

_STATED = r'("path": "{}"), "hash": "[^"]*", "bytes": \d+'
HEAD = """\
<!-- Made from datapackage.json by `make data`. -->
# The evidence

{description} One CSV per table, described by `datapackage.json` (Data Package v2). UTF-8, LF; a list is
separated by `;`. `load(as_of)` in `lib/dossier/data.py` is the door for all who show rows. After a change to a
table, `make data` writes its hash and this page anew; `dossier check` names what is wrong.

| Table | One row is |
| --- | --- |
"""


def refresh(folder=DATA):
    """Write the hash and size of each file into datapackage.json, and README.md beside it."""
    folder = Path(folder)
    path = folder / "datapackage.json"
    text = with_hashes(path.read_text(encoding="utf-8"), folder)
    write(path, text.encode())
    write(folder / "README.md", dictionary(json.loads(text)).encode())


def with_hashes(text, folder):
    """The text of a datapackage.json with sha256 and size of each file as they are in `folder`."""
    for resource in json.loads(text)["resources"]:
        content = (Path(folder) / resource["path"]).read_bytes()
        stated = rf'\1, "hash": "sha256:{hashlib.sha256(content).hexdigest()}", "bytes": {len(content)}'
        text, found = re.subn(_STATED.format(re.escape(resource["path"])), stated, text)
        if not found:
            raise RequestError(
                f'datapackage.json: {resource["path"]} has no place for its hash\nright: "path": ..., '
                '"hash": "", "bytes": 0, in one line'
            )
    return text


def dictionary(package):
    """data/README.md: tables, rules, grades and every column, as Markdown."""
    tables = [resource for resource in package["resources"] if "schema" in resource]
    lines = [HEAD.format(**package).rstrip("\n")]
    lines += [f"| `{table['name']}` | {table['description']} |" for table in tables]
    for rule in package["rules"]:
        lines += ["", f"## {rule['title']}", "", *rule["text"]]
    lines += ["", "## Grades and other scales"]
    for table, field in _graded(tables):
        lines += ["", f"`{field['name']}` in `{table['name']}`. {field['description']}", "", "| | |", "| --- | --- |"]
        lines += [f"| {category['value']} | {category['label']} |" for category in field["categories"]]
    lines += ["", "## Columns"]
    for table in tables:
        lines += ["", f"### `{table['name']}`", "", "| Column | Is | |", "| --- | --- | --- |"]
        lines += [_column(field, table["schema"]) for field in table["schema"]["fields"]]
    return "\n".join(lines) + "\n"


def _graded(tables):
    return [(table, field) for table in tables for field in table["schema"]["fields"] if "categories" in field]


def _column(field, schema):
    rules = field.get("constraints", {})
    values = ", ".join(map(str, rules.get("enum", ())))
    bounds = [f"{word} {rules[name]}" for name, word in (("minimum", "from"), ("maximum", "to")) if name in rules]
    pattern = [f"as `{rules['pattern']}`"] if "pattern" in rules else []
    homes = [
        f"a row of {key['reference']['resource']}"
        for key in schema.get("foreignKeys", ())
        if key["fields"] == [field["name"]]
    ]
    kind = "; ".join(
        filter(None, [field["type"], values, " ".join(bounds), *pattern, *homes, "required" * rules.get("required", 0)])
    )
    return f"| `{field['name']}` | {kind} | {field['description']} |"


if __name__ == "__main__":
    refresh()
