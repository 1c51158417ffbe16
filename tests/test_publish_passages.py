"""Addresses of the passages of a page."""

import re

import pytest
from dossier.publish.html import to_html
from dossier.publish.passages import Passages
from test_publish_document import code, figure, markdown, read
from test_publish_html import Elements


def addresses(*more, edition="student"):
    """Id -> first words of each passage of the sample, with more cells before its references."""
    found = {}
    for id, html in re.findall(r'(?s)<li><a href="#([pf]-[\w-]+)">(.*?)</a></li>', to_html(read(edition, *more))):
        found[id] = Elements(f"<a>{html}").text
    return found


def test_address_is_that_of_the_words():
    """The same words have the same address, whatever white space the file has; a second time they have another."""
    passages = Passages()
    assert passages.text("<p>a b</p>", "a b") == Passages().text("<p>a b</p>", "a\n b")
    passages.text("<p>a b</p>", "a b")
    first, second = passages.found
    assert re.fullmatch("p-[0-9a-f]{8}", first) and second == f"{first}-2"


def test_passages_keep_their_address_when_others_change():
    """A paragraph more, before or after, and the numbers of notes that it shifts, move no address."""
    before = addresses()
    after = addresses(markdown("A paragraph.\n\n- a list\n- of two"), code("draw()", figure("another", "Another")))
    assert before.items() <= after.items() and len(after) == len(before) + 3


def test_address_is_the_same_in_each_edition():
    """Whoever cites a brief and whoever has the lesson mean the same passage by the same address."""
    brief, student, instructor = (addresses(edition=edition) for edition in ("brief", "student", "instructor"))
    assert student.items() <= instructor.items()
    assert len(set(brief) & set(student)) >= 3


def test_every_kind_of_passage_has_an_address():
    """Paragraph, list, table and figure; what the list shows are its first words."""
    found = list(addresses().values())
    assert any(words.startswith("The camp (الهول) holds 40,000") for words in found)
    assert any(words.startswith("Date Event Grade 3 December 2024") and words.endswith(" …") for words in found)
    assert "Figure: The camp shrinks" in found
    assert "a list of two" in addresses(markdown("- a list\n- of two")).values()


@pytest.mark.parametrize("edition", ["brief", "student"])
def test_sign_is_no_part_of_the_text(edition):
    """Each passage has one empty link to itself, which neither the keyboard nor a screen reader stops at."""
    page = to_html(read(edition))
    signs = re.findall(
        r'id="([pf]-[\w-]+)">\s*<a class="sign" href="#([\w-]+)" tabindex="-1" aria-hidden="true"></a>', page
    )
    assert signs and all(id == target for id, target in signs)
    assert [id for id, _ in signs] == list(addresses(edition=edition))


def test_name_of_a_figure_makes_a_plain_id():
    """Whatever a figure is called, its address is one word."""
    assert Passages().figure('stances-"x y>', "Title") == "f-stances-x-y-"
