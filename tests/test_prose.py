"""Computed prose."""

import pytest
from dossier.data import load
from dossier.dates import When
from dossier.prose import MIME, escape, fill, headline, say


@pytest.fixture
def view(evidence_folder):
    """What was known on 10 December 2024."""
    return load("2024-12-10", evidence_folder).view("isis-threat")


def test_values_are_worded(view):
    """Numbers, ranges, dates and rows read as an author would write them."""
    first, last = view.series("people").points
    prose = say("{a} then {b} ({b:date}), {n} camps, {who}", a=first, b=last, n=1500, who=[*view.events[1].actors, "X"])
    assert (
        prose.markdown
        == r"40,000 then 38,000 to 39,500 (20 November 2024), 1,500 camps, Mohammed Shia al\-Sudani and X"
    )


def test_markup_in_a_value_is_text(view):
    """What looks like markup in the evidence is escaped, so that it shows letter for letter."""
    call = view.evidence.find("events", "call")
    assert say("{call}", call=call).markdown == r"Al\-Sudani warned \<b\>everybody\</b\> on the \*phone\*\."


@pytest.mark.parametrize("text", ["[@camp-page]", "a | b", "$x$", "{{ x }}", "`code`", "# h", "http://x.y"])
def test_escape_leaves_no_markup(text):
    """No character that Markdown could take for markup stays without its backslash."""
    import re

    assert not re.search(r"(?<!\\)[\[\]|${}`#:@]", escape(text))


def test_citation_opens_to_the_sources_of_its_row(view):
    """`[@name]` becomes the ids of the row's sources, with the grade of the row."""
    prose = say("So it was [@call].", call=view.evidence.find("events", "call"))
    assert prose.markdown == "So it was [@late-page]."
    assert list(prose.sources) == ["late-page"]
    assert prose.lab_markdown == r"So it was (Reported after the cut\-off, C2)."


def test_grade_in_lab_is_that_of_each_row(evidence_folder):
    """One source carries two rows of different credibility: each citation shows its own grade."""
    evidence = load("2025-05-31", evidence_folder)
    call, point = evidence.find("events", "count"), evidence.find("series", "people-1")
    prose = say("A [@call] and B [@point].", call=call, point=point)
    assert prose.lab_markdown == r"A (Camp Office, 2024\-11\-01, B3) and B (Camp Office, 2024\-11\-01, B)."


def test_statement_carries_its_own_date_and_note(view):
    """`:dated` puts date, sentence and note together, `:told` leaves the date out; of a list what is not known falls away."""
    count, call = view.events
    prose = say("{a:dated} {b:told} End.", a=[None, call], b=count)
    assert prose.markdown == (
        r"3 December 2024: Al\-Sudani warned \<b\>everybody\</b\> on the \*phone\*\. [@late-page] "
        r"The camp was counted\. [@camp-page] End."
    )
    assert say("So: {a:dated}", a=[None]).markdown == "So:"
    assert say("{a:dated}", a=None, otherwise="Nothing.").markdown == "Nothing."


def test_date_begins_a_statement_with_a_capital(view):
    """A date that is about begins its sentence like any other word."""
    about = view.events[0]._replace(date=When.read("2024-11", precision="approximate"))
    assert say("{a:dated}", a=about).markdown.startswith("About November 2024: ")


def test_prose_knows_the_rows_that_it_names(view):
    """Rows that a text names, cited or not, can be asked for; those of what is not said are not among them."""
    count, call = view.events
    assert say("{a:dated} {b:label}", a=[None, call], b=count).rows == (count, call)
    assert say("{a} {b}", a=None, b=count, otherwise=say("{b}", b=call)).rows == (call,)


def test_unknown_citation_is_refused():
    """A citation of nothing fails at once."""
    with pytest.raises(ValueError, match="nobody"):
        say("So it was [@nobody].")


def test_missing_value_is_never_shown(view):
    """A value that was not known on the day needs other words; without them it fails and is named."""
    assert say("{n} of them", n=None, otherwise="No count.").markdown == "No count."
    with pytest.raises(ValueError, match="n is not known"):
        say("{n} of them", n=None)


def test_record_keeps_template_and_values(view):
    """The output carries what an export is made from."""
    record = say("{n} camps", n=1500)._repr_mimebundle_()[MIME]
    assert (record["template"], record["values"]) == ("{n} camps", {"n": "1,500"})


def test_record_of_a_later_source_names_nothing(view):
    """The hidden record of a citation does not give away a page published later."""
    record = say("So [@call].", call=view.evidence.find("events", "call"))._repr_mimebundle_()
    assert "Writer" not in str(record) and "Later Review" not in str(record) and "hindsight" not in str(record)


def test_headline_is_one_line_without_notes(view):
    """The title of a brief carries no note."""
    with pytest.raises(ValueError, match="one line"):
        headline("So it was [@call]", call=view.events[0])


def test_fill_words_values_without_markup(view):
    """Titles of figures use the same wording, as plain text."""
    assert fill("{people} people", people=view.series("people").last) == "38,000 to 39,500 people"


def test_odd_value_is_refused():
    """A value that has no wording is named instead of being shown as Python writes it."""
    with pytest.raises(TypeError, match="dict"):
        say("{x}", x={})
