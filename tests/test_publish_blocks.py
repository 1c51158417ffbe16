"""What a document is made of."""

import pytest
from dossier.publish.blocks import Code, Heading, Image, Part


@pytest.mark.parametrize(
    ("alt", "mentioned", "caption"),
    [
        ("A field", False, ""),
        ("A field", True, "Picture 3"),
        ("", False, "Picture 3, from cell 12 of the notebook. Its author gave no description."),
        ("", True, "Picture 3, from cell 12 of the notebook. Its author gave no description."),
    ],
)
def test_caption_of_a_bare_picture(alt, mentioned, caption):
    """A described picture needs a caption only where the text calls it by number; another says what it is."""
    assert Image(3, 12, "image/png", b"", alt, None, mentioned).caption == caption


def test_label_of_a_box():
    """A box says what it is, an exercise only where its own heading does not."""
    assert Part("exercise", "", (Code("x"),)).label == "Exercise"
    assert Part("exercise", "", (Heading(2, "Exercise 1", "s-x"),)).label == ""
    assert Part("solution", "", (Heading(2, "One good answer", "s-x"),)).label == "Solution · instructor edition only"
