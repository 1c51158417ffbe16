"""HTML tables."""

import pandas
import pytest
from dossier.publish.tables import read_tables, take_columns
from foreign import FRAME


def grid(html):
    """(head, body) of the one table, cells as text with their scope, spans and alignment where there are any."""
    (table,) = read_tables(html)
    return [[[_short(cell) for cell in row] for row in part] for part in (table.head, table.body)]


def _short(cell):
    spans = f" {cell.rowspan}x{cell.colspan}" if (cell.rowspan, cell.colspan) != (1, 1) else ""
    return f"{cell.scope}:{cell.text}{spans}{' >' * cell.right}"


def test_frame():
    """Headers head columns or rows, the empty corner heads nothing, figures stand to the right, markup is text."""
    head, body = grid(FRAME.to_html(escape=True))
    assert head == [[":", "col:people >", "col:name"]]
    assert body == [["row:one", ":39904 >", ":al-Hol"], ["row:two", ":35 >", ":<b>Roj</b>"]]


def test_name_of_the_index_stands_over_it():
    """pandas puts the names of index and columns in two rows; they are one."""
    assert grid(FRAME.rename_axis("camp").to_html())[0] == [["col:camp", "col:people >", "col:name"]]


def test_several_levels():
    """Levels of index and columns keep their spans and scopes."""
    rows = pandas.MultiIndex.from_tuples([("A", "x"), ("A", "y")])
    columns = pandas.MultiIndex.from_product([["P"], ["q", "r"]])
    head, body = grid(pandas.DataFrame([[1, 2], [3, 4]], rows, columns).to_html())
    assert head == [[":", ":", "col:P 1x2"], [":", ":", "col:q >", "col:r >"]]
    assert body == [["row:A 2x1", "row:x", ":1 >", ":2 >"], ["row:y", ":3 >", ":4 >"]]


def test_shortened_frame_keeps_its_figures_to_the_right():
    """The dots of a frame that is too long are no word."""
    html = pandas.DataFrame({"a": range(100)}).to_html(max_rows=4)
    assert grid(html)[1][2] == ["row:...", ":... >"]


def test_table_without_header():
    """Where the author marked no header there is none."""
    assert grid("<table><tr><td>a<td>b</tr></table>") == [[], [[":a", ":b"]]]


def test_holes_are_filled_and_spans_end_with_the_table():
    """Every row is whole: no cell slides into another row, no span reaches out of the table."""
    html = "<table><tr><th>a</th><th>b</th></tr><tr><td rowspan=9 colspan=9>x</td></tr></table>"
    assert grid(html) == [[["col:a", "col:b"]], [[":x 1x2"]]]
    spanned = "<table><tr><td rowspan=0>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
    assert grid(spanned)[1] == [[":a 2x1", ":b"], [":c"]]
    assert grid("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>")[1][1] == [":c", ":"]


def test_text_beside_a_table_is_kept_as_text():
    """Caption, words before and after, and line breaks are kept; signs of Markdown show as they are."""
    html = "<p>Two *stars*</p><table><caption>Camps</caption><tr><td>a<br>b</td></tr></table>3 rows<br>1 column"
    before, table, after = read_tables(html)
    assert before.markdown == r"Two \*stars\*" and after.markdown == "3 rows\\\n1 column"
    assert (table.caption, table.body[0][0].text) == ("Camps", "a b")


@pytest.mark.parametrize(
    "html",
    [
        "<p>no table</p>",
        "<table></table>",
        "<table><tr><td>x<script>alert(1)</script></td></tr></table>",
        "<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>",
        "<table><tr><td><input type=checkbox>x</td></tr></table>",
        "<div><svg></svg><table><tr><td>x</td></tr></table></div>",
    ],
)
def test_more_than_tables_and_text_is_none(html):
    """Scripts, controls, drawings and tables inside of tables are not taken for a table."""
    assert read_tables(html) == []


def test_style_sheet_is_no_text():
    """The style sheet that pandas writes beside a frame is not shown."""
    assert len(read_tables(f"<style>.x {{}}</style>{FRAME.to_html()}")) == 1


def test_longest_words():
    """The length of the longest word of each column is known, for the width on paper."""
    (table,) = read_tables(FRAME.to_html())
    assert table.widths == (3, 6, 10)


def test_part_of_a_table():
    """Columns taken out of a table keep the heads of its rows; spans are cut to what is taken."""
    rows = pandas.MultiIndex.from_tuples([("A", "x"), ("A", "y")])
    columns = pandas.MultiIndex.from_product([["P", "Q"], ["q", "r"]])
    (table,) = read_tables(pandas.DataFrame([[1, 2, 3, 4], [5, 6, 7, 8]], rows, columns).to_html())
    part = take_columns(table, 3, 5, 2)
    assert [[_short(cell) for cell in row] for row in part.head] == [
        [":", ":", "col:P", "col:Q"],
        [":", ":", "col:r >", "col:q >"],
    ]
    assert [[_short(cell) for cell in row] for row in part.body] == [
        ["row:A 2x1", "row:x", ":2 >", ":3 >"],
        ["row:y", ":6 >", ":7 >"],
    ]
    assert part.widths == (1, 1, 1, 1)
