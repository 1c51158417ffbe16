"""What a cell printed, as blocks."""

import pytest
from dossier.publish.outputs import merged, on_screen, output_blocks, tidy
from foreign import FRAME, printed, raised, shown


def text_of(output):
    """(kind, text) of the one block of an output."""
    (block,) = output_blocks(output)
    return block.kind, block.text


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        ("\x1b[1;31mred\x1b[0m and \x1b]0;title\x07plain", "red and plain"),
        ("1/3\r2/3\r3/3\ndone", "3/3\ndone"),
        ("line\r\nline", "line\nline"),
        ("abc\x08\x08x", "ax"),
        ("bell\x07 null\x00", "bell null"),
    ],
)
def test_text_is_what_the_screen_showed(printed, seen):
    """Colours, overwritten and erased text and control signs are gone."""
    assert on_screen(printed) == seen


def test_no_sign_of_this_room_and_no_broken_letter_comes_in():
    """Private signs are taken out, half a surrogate pair becomes a replacement sign, a whole one its letter."""
    assert tidy("a\ue0011\ue002b") == "a[U+E001]1[U+E002]b"
    assert tidy("x\ud83d") == "x\ufffd" and tidy("\ud83d\ude80") == "🚀"


def test_a_stream_cut_in_pieces_is_one():
    """Pieces of one stream are joined, those of another stand between them."""
    found = merged([printed("a"), printed("b"), printed("w", "stderr"), printed("c")])
    assert [output["text"] for output in found] == ["ab", "w", "c"]


def test_streams_are_told_apart():
    """Standard error is a kind of its own."""
    assert text_of(printed("x\n")) == ("output", "x") and text_of(printed("x\n", "stderr")) == ("stderr", "x")


def test_error_keeps_its_traceback_without_colours():
    """An error shows the lines of its traceback."""
    assert text_of(raised()) == ("error", "----\nZeroDivisionError  Traceback\nZeroDivisionError: division by zero")
    bare = raised()
    bare["traceback"] = []
    assert text_of(bare) == ("error", "ZeroDivisionError: division by zero")


def test_frame_is_a_table():
    """The HTML of a data frame goes before its text."""
    (block,) = output_blocks(shown(text_html=FRAME.to_html(), text_plain="text"))
    assert block.kind == "table" and block.head[0][1].text == "people"


def test_other_html_is_its_plain_text():
    """HTML that is no table is never shown; what stands beside it is."""
    html = "<div onclick=x>a</div><script>alert(1)</script>"
    assert text_of(shown(text_html=html, text_plain="Plot(3)")) == ("output", "Plot(3)")
    _, text = text_of(shown(text_html=html))
    assert "alert" not in text and "text/html, which a document cannot show" in text


def test_json_is_readable():
    """JSON is set line by line, Arabic as it is."""
    assert text_of(shown(json={"a": "ع"}, text_plain="<JSON object>")) == ("output", '{\n  "a": "ع"\n}')


def test_nothing_is_no_block():
    """A result without words leaves nothing."""
    assert output_blocks(shown(text_plain="\n")) == [] and output_blocks(printed("")) == []
