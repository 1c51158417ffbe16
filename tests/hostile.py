"""Content that tries to be more than content: payloads in every text column that can reach a page, built once."""

from itertools import cycle, islice

import nbformat
from dossier.project import THEMES
from dossier.tables import fields, homes, resource, tables
from samples import ProjectCopy, small_notebook, write_package

BEACON = "https://beacon.example"  # what a payload would ask for, if it could

# Name -> text of a cell of a CSV table. One that runs sets window.hit or asks for BEACON.
PAYLOADS = {
    "tags": '<b onmouseover="window.hit=1">bold</b> <h1>head</h1> <i>it</i> <sub>2</sub> <u>',
    "script": f"<script>window.hit=1</script><img src=x onerror=\"fetch('{BEACON}')\">",
    "attribute": "x\" onfocus=\"window.hit=1\" autofocus='' style='color:red",
    "breakout": "'/></title></style></textarea></svg><svg onload=window.hit=1>",
    "entities": "&lt;b&gt; &amp;amp; &#60;i&#62; &nbsp; &copy",
    "emphasis": "# head *a* **b** __c__ `d` ~~e~~ | f \\ g > h - i + j 1. k",
    "links": f"[a]({BEACON}/a) ![b]({BEACON}/b.png) [^1] [c]: {BEACON}/c <{BEACON}/d>",
    "comment": "<!-- hidden --> ]]> <![CDATA[x]]> <?php y ?> -- z",
    "javascript": "[go](javascript:window.hit=1) <javascript:window.hit=1> javascript:window.hit=1",
    "data-link": "[go](data:text/html,<script>window.hit=1</script>) data:text/html;base64,PHNjcmlwdD4=",
    "citation": "[@tags] [@ghost; @tags] @source-1 <source-1>",
    "typst": "= head *a* _b_ #text(red)[c] $x^2$ `d` <e> @f ~ -- --- // g /* h */ \\u{41}",
    "typst-term": "/ term: words - x + y 1. z == w",
    "typst-code": '#import "marks.typ": * #read("/etc/hostname") #link("javascript:window.hit=1")[a] #sys.version',
    "latex": "\\input{/etc/hostname} $\\frac{1}{0}$ $\\alpha_{$ \\begin{x} % end",
    "jinja": "{{ 7*7 }} {% include 'page.css' %} {# c #} {{ document.__class__ }}",
    "braces": "{} {0} {day} {day.__class__} {{x}} {n!r:>9} %s %(a)d ${HOME}",
    "formula": f'=HYPERLINK("{BEACON}","x")+1',
    "control": "a\x00b\x07c \x1b[31mred\x1b[0m d\x7fe\x9bf g\u202ehij\u202c k\u2066l\u2069 m",
    "private": "a\ue000b \ue0011\ue002 c\uf8ffd \U000f0000e",
    "invisible": "a\u200bb\u2060c\ufeffd \u00ade \U000e0041f g\u200dh",
    "long-word": "W" * 120,
    "right-to-left": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u0627\u0644\u0647\u0648\u0644 123 (x) \u200f!",
    "rare": "\U0001f600 \U0001f468\u200d\U0001f469 \u6f22\u5b57 \U0001d518 \u16a0 \ufffd \uffff",
}
THEME, DAY = "isis-threat", "2025-05-31"
CODES = {"id", "theme", "country", "governorate", "supersedes"}  # text that is a key or a code, not words

_DATED = dict(date="2024-12-01", precision="day")
# Table -> the cells of a row that are no words; {id} is the name of the payload, the same in every table.
_CELLS = {
    "sources": dict(published="2024-12-01", kind="press", reliability="B", licence="press: facts only"),
    "places": dict(kind="city", country="IRQ"),
    "actors": dict(kind="person", side="baghdad", country="IRQ"),
    "names": dict(actor="{id}", language="ar", kind="arabic"),
    "offices": dict(actor="{id}"),
    "issues": dict(themes=THEME),
    "measures": dict(themes=THEME, kind="stock"),
    "events": dict(
        _DATED, themes=THEME, countries="IRQ", place="{id}", actors="{id}", kind="statement", credibility="2"
    ),
    "positions": dict(_DATED, actor="{id}", issue="{id}", stance="1"),
    "ties": dict(source_actor="{id}", sign="1", kind="talks"),
    "series": dict(_DATED, measure="{id}", best="5"),
    "regimes": dict(_DATED, measure="{id}", best="5"),
    "presets": dict(theme=THEME),
    "glossary": dict(themes=THEME),
    "judgements": dict(theme=THEME, band="55-80", confidence="low", resolves_on="2025-12-31"),
    "indicators": dict(_DATED, judgement="{id}", state="quiet"),
    "hypotheses": dict(judgement="{id}"),
    "ratings": dict(hypothesis="{id}", event="{id}", rating="C"),
}


def words(table):
    """The columns of a table that hold words."""
    keys = CODES | set(homes(resource(table)))
    free = (field for field in fields(table).values() if field["type"] == "string" and field["name"] not in keys)
    return [field["name"] for field in free if not {"enum", "pattern"} & set(field.get("constraints", ()))]


def rows():
    """The tables of an evidence package: each payload in every column that holds words."""
    made = {table: [_row(table, id, text) for id, text in PAYLOADS.items()] for table in tables()}
    for number, (id, event, place, tie) in enumerate(
        zip(PAYLOADS, made["events"], made["places"], made["ties"], strict=True)
    ):
        event.update(date=f"2025-0{1 + number % 4}-{10 + number // 4}", importance="3" if id == "long-word" else "1")
        place.update(lat=str(33 + number % 6 * 0.7), lon=str(38 + number // 6 * 1.7))
        tie.update(target_actor="script" if id == "tags" else "tags")
    made["presets"] += [dict(theme=theme, id="all", label=PAYLOADS["script"]) for theme in THEMES]
    _mix(made)
    return made


def _row(table, id, text):
    cells = dict.fromkeys(words(table), text) | {name: cell.format(id=id) for name, cell in _CELLS[table].items()}
    rest = dict(id=id, sources="" if table == "sources" else id, known_from="2024-12-01", derived="no")
    return {name: cell for name, cell in {**rest, **cells}.items() if name in fields(table)}


def _mix(made):
    """Add issues and measures with a payload for each of their words: a figure for each alone would take minutes."""
    for number, mixed in enumerate(_batches("issues")):
        made["issues"].append({**mixed, "id": f"mixed-{number}", "themes": THEME})
        some = made["positions"][8 * number : 8 * number + 8]
        made["positions"] += [{**row, "id": f"{row['id']}-{number}", "issue": f"mixed-{number}"} for row in some]
    for number, mixed in enumerate(_batches("measures")):
        made["measures"].append({**mixed, "id": f"mixed-{number}", "themes": THEME, "kind": "stock"})
        all_points = made["series"][: len(PAYLOADS)]
        made["series"] += [{**row, "id": f"{row['id']}-{number}", "measure": f"mixed-{number}"} for row in all_points]


def _batches(table):
    """The payloads, as many as a table has columns of words at a time; the last group begins again where none are left."""
    columns, texts = words(table), cycle(PAYLOADS.values())
    return [
        dict(zip(columns, islice(texts, len(columns)), strict=True)) for _ in range(-(-len(PAYLOADS) // len(columns)))
    ]


def notebook():
    """A notebook that says and draws all of it."""
    said = "\n".join(
        f"- {table}: {' ¦ '.join(f'{{{table}:{column}}}' for column in words(table))}" for table in tables()
    )
    rows = "rows = {{table: getattr(view.evidence, table)[{}] for table in {}}}\nsay({!r}, **rows)"
    cells = [(f"said-{id}", rows.format(n, tables(), f"{said} [@events]")) for n, id in enumerate(PAYLOADS)]
    cells += [("cut-off", "cut_off_block(view, leaves_out=view.focus.label)")]
    cells += [(verb, f"{verb}(view)") for verb in ("changed", "evidence_table", "glossary", "references")]
    cells += [
        ("timeline", "draw_timeline(view, most=40)"),
        ("map", "draw_map(view, most=40)"),
        ("network", "draw_network(view)"),
    ]
    cells += [(f"stances-{n}", f"draw_stances(view, 'mixed-{n}')") for n in range(len(_batches("issues")))]
    cells += [(f"series-{n}", f"draw_series(view, 'mixed-{n}')") for n in range(len(_batches("measures")))]
    cells += [(verb, f"{verb}(view, 'mixed-0')") for verb in ("draw_ranges", "draw_disagreement")]
    cells += [("printed", "print(*[event.summary for event in view.events], sep='\\n')")]
    made = small_notebook(THEME, *cells)
    made.cells[1].source = "from dossier import *"
    made.cells[4].source = "headline('{e:label}', e=view.events[1])"
    return made


def build(folder):
    """The exports of the hostile evidence, student edition, as HTML, PDF and ipynb: the folder that holds them."""
    project = ProjectCopy(folder)
    write_package(folder / "data", rows())
    nbformat.write(notebook(), folder / "notebooks" / f"{THEME}.ipynb")
    formats = [option for format in ("html", "pdf", "ipynb") for option in ("--format", format)]
    run = project.run("build", THEME, "--edition", "student", *formats)
    assert run.returncode == 0, run.stderr
    return folder / "exports" / THEME / DAY
