"""The document behind HTML and PDF; the executed notebook that all tests of the publishing room share."""

from collections import namedtuple
from datetime import date

import nbformat
import pytest
from dossier.figure import Figure, look
from dossier.prose import headline, say
from dossier.publish.document import Document

Source = namedtuple("Source", "id publisher title author url published reliability")
Event = namedtuple("Event", "id name credibility sources")

CAMP = Source("camp", "Camp Office", "Camp count", "", "https://example.org/camp", "2024-11-01", "A")
PAPER = Source("paper", "Daily Paper", "[A report on a visit]", "A. Writer", "", "2024-12", "B")
LATE = Source("late", "", "Reported after the cut-off", "", "", "", "C")
RADIO = Source("radio", "Radio", "The talk", "", "https://example.org/talk", "2024-12-03", "C")
COUNT, VISIT = Event("count", "The count", 2, (CAMP,)), Event("visit", "The visit", 1, (PAPER, LATE))
TALK = Event("talk", "The talk", 3, (RADIO,))

PARAMETERS = {
    "as_of": "2024-12-10",
    "since": "2024-11-27",
    "focus": "all",
    "actors": [],
    "grade": "F",
    "counting": "all",
}
ROWS = (("2024-11", 40000), ("2024-12", None))


def markdown(source, *tags, **dossier):
    """A Markdown cell."""
    return nbformat.v4.new_markdown_cell(source, metadata={"tags": list(tags), "dossier": dossier})


def code(source, value=None, *tags, hidden=True, text=None, **dossier):
    """An executed code cell that shows a `Prose`, a `Figure` or printed text."""
    metadata = {"tags": list(tags), "dossier": dossier, "jupyter": {"source_hidden": hidden}}
    outputs = [nbformat.v4.new_output("display_data", data=value._repr_mimebundle_())] if value else []
    outputs += [nbformat.v4.new_output("stream", text=text)] if text else []
    return nbformat.v4.new_code_cell(source, metadata=metadata, outputs=outputs)


def figure(name="camp-line", title="The camp shrinks", sources=(CAMP, RADIO), rows=ROWS, height=2):
    """A small figure."""
    from matplotlib.figure import Figure as Picture

    with look():
        picture = Picture(figsize=(6.75, height))
        picture.add_subplot().plot([3, 2, 1])
    alt, columns, used = f"A line that falls: {title}", ("Month", "People"), {source.id: source for source in sources}
    return Figure(lambda: picture, name, title, alt, "Source: Camp Office (A)", columns, rows, used)


def sample(*more):
    """An executed notebook with every kind of cell, and `more` cells before its references."""
    rows = [
        "| Date | Event | Grade |",
        "| :-- | :-- | --: |",
        "| {day} | {visit} [@visit] | B1 |",
        "| {day} | {count} [@count] | A2 |",
    ]
    bottom_line = say("The camp (الهول) holds {n} [@visit].", n=40000, visit=VISIT)
    day = date(2024, 12, 3)
    return nbformat.v4.new_notebook(
        cells=[
            markdown("# What next for the camp?\n\nFor a seminar: 50 minutes."),
            code("import secret_import", None, "setup"),
            code('as_of = "2024-12-10"', None, "parameters"),
            code("headline('...')", headline("The camp shrinks to {n}", n=40000), "brief", section="headline"),
            code(
                "cut_off_block()", say("Cut-off **{day}** · Iraq", day=date(2024, 12, 10)), "brief", section="cut-off"
            ),
            markdown("## The bottom line"),
            code("say('...')", bottom_line, "brief", section="bottom-line"),
            code("draw()", figure(), "brief", hidden=False, section="chart"),
            markdown("## The evidence"),
            code("table()", say("\n".join(rows), day=day, visit=VISIT, count=COUNT), "brief", section="evidence"),
            markdown("### Exercise 1\n\nCount them.", "exercise"),
            code("len(view)", None, "exercise", hidden=False, text="42\n"),
            markdown("The solution is forty-two.", "solution"),
            markdown("Ask the quiet ones first.", "instructor"),
            code("explore(view)", None, "interactive"),
            *more,
            markdown("## Sources"),
            code("references(view)", say("- a list for Lab"), "brief", section="references"),
        ]
    )


def read(edition, *more, notebook=None, parameters=PARAMETERS):
    """The document of an edition of the sample."""
    notebook = notebook or sample(*more)
    command = f"dossier build isis-threat --edition {edition}"
    return Document.read(notebook, edition, "ISIS threat", parameters, command, "9.9")


def everything(document):
    """All text of a document."""
    return str([document.title, document.lead, document.scope, document.blocks])


def test_brief_has_its_sections_and_nothing_else():
    """A brief is its tagged cells under the headings that SECTIONS gives, without code."""
    document = read("brief")
    assert document.title == "The camp shrinks to 40,000"
    assert [part.section for part in document.parts] == ["bottom-line", "chart", "evidence"]
    assert [block.markdown for block in document.blocks if block.kind == "heading"] == ["Bottom line", "Evidence"]
    assert not [block for block in document.blocks if block.kind in ("code", "output")]


def test_lesson_has_its_own_title_and_the_finding_as_lead():
    """A lesson takes its title from the `#` line; the headline of the brief leads it."""
    document = read("student")
    assert (document.title, document.lead) == ("What next for the camp?", "The camp shrinks to 40,000")
    assert document.blocks[0].markdown == "For a seminar: 50 minutes."


@pytest.mark.parametrize("edition", ["brief", "student"])
def test_reader_gets_no_solution(edition):
    """Solutions, instructor notes, explorers, setup and parameters are in no part of a reader's document."""
    text = everything(read(edition))
    for secret in ("forty-two", "quiet ones", "explore(view)", "secret_import"):
        assert secret not in text


def test_instructor_gets_labelled_boxes():
    """The instructor edition has solution and note, each saying what it is; cells of one exercise share a box."""
    document = read("instructor")
    assert [(part.role, part.label) for part in document.parts if part.role] == [
        ("exercise", ""),
        ("solution", "Solution · instructor edition only"),
        ("instructor", "Instructor note · instructor edition only"),
    ]
    exercise = next(part for part in document.parts if part.role == "exercise")
    assert [block.kind for block in exercise.blocks] == ["heading", "text", "code", "output"]


def test_exercise_without_heading_is_labelled():
    """An exercise that starts with text says that it is one."""
    notebook = sample()
    notebook.cells = [notebook.cells[0], markdown("Count them.", "exercise")]
    assert read("student", notebook=notebook).parts[-1].label == "Exercise"


def test_notes_are_numbered_by_first_use():
    """Numbers follow first use in this edition, and in a lesson a figure that is first to use a source numbers it."""
    assert read("student").notes == {"paper": 1, "late": 2, "camp": 3, "radio": 4}


def test_figure_of_a_brief_numbers_no_note():
    """The list of a brief holds what its text and its evidence cite; the sources of a figure are in its data."""
    document = read("brief")
    assert document.notes == {"paper": 1, "late": 2, "camp": 3}
    (drawn,) = (block for block in document.blocks if block.kind == "figure")
    assert document.numbers(drawn) == [] and len(document.references) == 3
    (drawn,) = (block for block in read("student").blocks if block.kind == "figure")
    assert read("student").numbers(drawn) == [3, 4]


def test_another_edition_numbers_its_own_notes():
    """A source used first in a lesson has number one there and another number in the brief."""
    early = code("say()", say("Counted [@count].", count=COUNT))
    notebook = sample()
    notebook.cells.insert(1, early)
    assert read("student", notebook=notebook).notes["camp"] == 1
    assert read("brief", notebook=notebook).notes["camp"] == 3


def test_references_come_in_the_order_of_notes():
    """The list has one entry for each note, in that order."""
    references = read("student").references
    assert [next(word for word in ("visit", "cut-off", "count", "talk") if word in text) for text in references] == [
        "visit",
        "cut-off",
        "count",
        "talk",
    ]


def test_citation_without_source_is_refused():
    """A citation typed into plain Markdown has no source, and is no citation."""
    with pytest.raises(ValueError, match="cited without a source: ghost"):
        _ = read("student", markdown("As seen [@ghost].")).references


def test_source_open_today_is_not_redacted_by_an_earlier_view():
    """Where a lesson shows an earlier day too, a source known by now keeps its title."""
    known = VISIT._replace(sources=(LATE._replace(title="Now known", publisher="Paper"),))
    for first, second in ((VISIT, known), (known, VISIT)):
        cells = [code("say()", say("Then [@visit].", visit=event)) for event in (first, second)]
        assert read("student", *cells).items["late"]["title"] == "Now known"


def test_heading_levels_are_closed():
    """A level that an author skips is closed up, and a second `#` is a section."""
    document = read("student", markdown("# Again\n\n#### Deep\n\n```\n# no heading\n```"))
    levels = [(block.level, block.markdown) for block in document.blocks if block.kind == "heading"]
    assert levels[-2:] == [(2, "Again"), (3, "Deep")]
    assert "# no heading" in document.blocks[-1].markdown


def test_anchors_are_unique():
    """Two headings of the same wording have two anchors."""
    document = read("student", markdown("## Twice\n\n## Twice"))
    assert [block.anchor for block in document.contents][-2:] == ["s-twice", "s-twice-2"]


def test_heading_over_the_references_is_not_left_alone():
    """The notebook's heading over `references` goes: the list that is numbered here has its own."""
    assert "Sources" not in [block.markdown for block in read("student").contents]


def test_text_that_presupposes_later_events_is_left_out():
    """A Markdown cell known only after the cut-off is in no document before that day."""
    cell = markdown("After the summit.", known_from="2025-05-17")
    assert "After the summit" not in everything(read("student", cell))
    later = {**PARAMETERS, "as_of": "2025-05-31"}
    assert "After the summit" in everything(read("student", cell, parameters=later))


def test_picture_without_description_is_refused():
    """A bare picture has no title and no alt text, so it cannot be published."""
    bare = code("plt.plot()")
    bare.outputs = [nbformat.v4.new_output("display_data", data={"image/png": "AAAA", "text/plain": "<Figure>"})]
    with pytest.raises(ValueError, match="without title and description"):
        read("student", bare)


def test_edition_without_title_is_refused():
    """A brief needs its headline."""
    with pytest.raises(ValueError, match="section headline"):
        read("brief", notebook=nbformat.v4.new_notebook(cells=[markdown("# Only a lesson")]))


def test_content_cannot_forge_a_note():
    """The signs that carry notes through a parser are spelled out in all content."""
    drawn = code("draw()", figure("x", "A \ue0011\ue002 title"))
    document = read("student", markdown("Forged \ue0011\ue002 note"), drawn)
    titles = [block.record["title"] for block in document.blocks if block.kind == "figure"]
    texts = [block.markdown for block in document.blocks if block.kind == "text"]
    assert "A [U+E001]1[U+E002] title" in titles and "Forged [U+E001]1[U+E002] note" in texts
