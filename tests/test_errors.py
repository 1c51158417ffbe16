"""Refusals."""

from dossier.errors import RequestError, listed, nearest, unknown


def test_nearest_names_a_close_choice_only():
    """A slip of the pen is answered with the nearest name, anything else with none."""
    assert nearest("focuss", ["focus", "grade"]) == " Did you mean 'focus'?"
    assert nearest("xyz", ["focus", "grade"]) == ""


def test_long_lists_are_cut():
    """A list of choices stays one line."""
    assert listed(range(15), most=3) == "0, 1, 2 and 12 more"


def test_unknown_says_what_where_and_what_is_valid():
    """The refusal names the kind of thing, the value given and the valid ones."""
    assert str(unknown("theme", "isis", ["isis-threat"])) == (
        "unknown theme 'isis'. Did you mean 'isis-threat'?\nvalid: isis-threat"
    )


def test_refusal_is_short_and_harmless():
    """Whatever a user gave, a refusal has six lines, none without end, and nothing that a terminal obeys."""
    given = "\x1b[31m\u202e" + "W" * 100_000 + "\n" * 50
    message = str(RequestError(f"unknown focus {given}\nvalid: all"))
    assert message.startswith("unknown focus [U+001B][31m[U+202E]WWW") and "WWW … WWW" in message
    assert len(message.split("\n")) == 6 and len(message) < 1000


def test_end_of_a_long_line_is_kept():
    """What would be right stands at the end of a line: it is cut in the middle."""
    assert str(unknown("focus", "focus" * 100, ["focus" * 99])).split("\n")[0].endswith("focus'?")
