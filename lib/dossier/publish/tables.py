"""HTML tables, such as data frames, as tables of this room: headers with a scope, spans, no hole, no markup."""

import re

from ..prose import escape
from .blocks import Cell, Table, Text

# What makes HTML more than tables and text; it is then shown by its plain text.
_ACTIVE = ["script", "iframe", "object", "embed", "canvas", "svg", "form", "input", "button", "select"]
_WIDEST = 1000  # columns and rows that a cell can span
_NUMBER = re.compile(r"[-+−]?[$€£]?\d[\d.,\u202f\u00a0 ]*([eE][-+]?\d+)?\s?%?|[-–…]|\.{3}|NaN|nan|None|<NA>|NaT|-?inf")


def read_tables(html):
    """The tables of HTML and the text beside them, as blocks in order; tables are not numbered yet.

    [] where there is no table, or more than tables and text: scripts, controls, tables inside of tables.
    """
    if "<table" not in html.lower():
        return []
    from bs4 import BeautifulSoup  # ~100 ms that a notebook without tables does not need

    page = BeautifulSoup(html, "html.parser")
    if page.find(_ACTIVE) or page.select("table table"):
        return []
    for node in page.find_all(["style", "template"]):
        node.decompose()
    for node in page.find_all("br"):
        node.replace_with("\n")
    return [block for node in _split(page) for block in _block(node)]


def take_columns(table, first, end, heads):
    """The table with its first `heads` columns and those from `first` to before `end`."""
    kept = {*range(heads), *range(first, end)}
    parts = (tuple(_cut(rows, kept)) for rows in (table.head, table.body))
    return Table(table.number, table.caption, tuple(table.widths[x] for x in sorted(kept)), *parts)


def _cut(rows, kept):
    taken = set()
    for y, row in enumerate(rows):
        x, left = 0, []
        for cell in row:
            while (y, x) in taken:
                x += 1
            reach = range(x, x + cell.colspan)
            taken |= {(y + n, at) for n in range(cell.rowspan) for at in reach}
            across = len(kept.intersection(reach))
            left += [cell._replace(colspan=across)] if across else []
        yield tuple(left)


def _split(page):
    """Tables, and as text what stands between them."""
    text = ""
    for node in page.descendants:
        if node.name == "table":
            yield text
            yield node
            text = ""
        elif type(node).__name__ == "NavigableString" and not node.find_parent("table"):
            text += node
    yield text


def _block(node):
    if isinstance(node, str):
        lines = [escape(line) for line in node.splitlines() if line.strip()]
        return [Text("\\\n".join(lines))] if lines else []
    rows = [row for row in node.find_all("tr") if row.find(["td", "th"])]
    heads = next((n for n, row in enumerate(rows) if not _is_head(row)), len(rows))
    head, body = _placed(rows[:heads], "col"), _placed(rows[heads:], "row")
    width = max((x + 1 for places in (head, body) for (_, x), cell in places.items() if cell), default=0)
    figures = {x for x in range(width) if _is_figures(_column(body, x))}
    widths = tuple(max(map(_longest, _column(head, x) + _column(body, x)), default=0) for x in range(width))
    head, body = (_rows(places, width, figures) for places in (head, body))
    caption = _text(node.caption) if node.caption else ""
    return [Table(0, caption, widths, _closed(head), body)] if width else []


def _is_head(row):
    return bool(row.find_parent("thead")) or not row.find("td")


def _placed(rows, scope):
    """(row, column) -> the cell that starts there, or None where one only reaches to; `scope` is that of a header."""
    places = {}
    for y, row in enumerate(rows):
        x = 0
        for node in row.find_all(["td", "th"]):
            while (y, x) in places:
                x += 1
            down = min(_span(node, "rowspan"), len(rows) - y)
            across = next((n for n in range(1, _span(node, "colspan")) if (y, x + n) in places), _span(node, "colspan"))
            places |= {(y + n, x + m): None for n in range(down) for m in range(across)}
            text = _text(node)
            # A header without words heads nothing: pandas leaves its corner empty.
            places[y, x] = Cell(text, scope if node.name == "th" and text else "", down, across)
            x += across
    return places


def _column(places, x):
    return [cell for (_, at), cell in places.items() if cell and at == x and cell.colspan == 1]


def _longest(cell):
    return max(map(len, cell.text.split()), default=0)


def _rows(places, width, figures):
    """Whole rows: spans end with the table, and where no cell is, an empty one is."""
    height = max((y + 1 for y, _ in places), default=0)
    rows = ([(x, places.get((y, x), Cell(""))) for x in range(width)] for y in range(height))
    return tuple(tuple(_finished(cell, width - x, x in figures) for x, cell in row if cell) for row in rows)


def _closed(head):
    """The head without a row of its own for the names of the index, which pandas puts below those of the columns."""
    *first, upper, lower = head if len(head) > 1 else ((), ())
    single = len(upper) == len(lower) and all(cell.rowspan == cell.colspan == 1 for cell in (*upper, *lower))
    if not upper or not single or any(over.text and under.text for over, under in zip(upper, lower, strict=True)):
        return head
    return (*first, tuple(over if over.text else under for over, under in zip(upper, lower, strict=True)))


def _finished(cell, room, figures):
    return cell._replace(colspan=min(cell.colspan, room), right=figures and cell.colspan == 1 and cell.scope != "row")


def _span(node, name):
    given = re.match(r"\s*\d+", node.get(name, ""))
    number = int(given[0]) if given else 1
    return min(number or _WIDEST, _WIDEST)  # 0 is: to the end


def _is_figures(cells):
    shown = [cell.text for cell in cells if cell.text]
    return bool(shown) and all(_NUMBER.fullmatch(text) for text in shown)


def _text(node):
    """The words of a cell in one line, those of its pictures too, and none of a cell that HTML left open before it."""
    parts = (part for part in node.descendants if part.find_parent(["td", "th", "caption"]) is node)
    words = (part.get("alt", "") if part.name == "img" else part for part in parts if part.name in (None, "img"))
    return " ".join(" ".join(words).split())
