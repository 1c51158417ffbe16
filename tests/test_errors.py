"""Refusals."""

from dossier.errors import listed, nearest, unknown


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
