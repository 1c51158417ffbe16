"""Pictures as a notebook holds them."""

import base64

import pytest
from dossier.publish.bare_pictures import attributes, in_markdown, in_output
from foreign import SVG, code, picture, shown

PLACEHOLDER = "No description has been provided for this image"


def found(output, *others, **metadata):
    """The picture of the first output of a cell."""
    return in_output(output, code("x", output, *others, **metadata))


@pytest.mark.parametrize(
    ("metadata", "alt", "width"),
    [
        ({"image/png": {"alt": "Own", "width": 30}, "alt": "Of the output"}, "Own", 30),
        ({"alt": "Of the output", "width": 20}, "Of the output", 20),
        ({}, "Of the cell", 60),
        ({"image/png": {"alt": 5, "width": "50%"}}, "Of the cell", 60),
    ],
)
def test_description_and_width(metadata, alt, width):
    """The nearest description counts; without a width in numbers the picture is as wide as its pixels."""
    seen = found(shown(metadata, png=picture()), alt="Of the cell")
    assert (seen.kind, seen.alt, seen.width) == ("image/png", alt, width)


def test_description_of_a_cell_is_for_its_only_picture():
    """Where a cell shows two pictures nobody knows which one it describes."""
    assert found(shown(png=picture()), shown(png=picture()), alt="Of the cell").alt == ""


@pytest.mark.parametrize("alt", [PLACEHOLDER, "  ", "\x00"])
def test_placeholder_is_no_description(alt):
    """What a tool writes where there is nothing describes nothing."""
    assert found(shown({"alt": alt}, png=picture())).alt == ""


def test_png_before_svg():
    """Where a picture is there in both, it is the one that every reader shows alike."""
    assert found(shown(svg=SVG, png=picture())).kind == "image/png"
    assert found(shown(svg=SVG)).content.startswith(b"<svg")


@pytest.mark.parametrize("data", [{"png": "not base64!"}, {"png": base64.b64encode(b"text").decode()}, {"svg": "<p>"}])
def test_what_is_no_picture_is_none(data):
    """Broken data is left to what else the output holds."""
    assert found(shown(**data)) is None


def test_kind_is_that_of_the_bytes():
    """A JPEG under the name of a PNG is a JPEG."""
    assert found(shown(png=picture("JPEG"))).kind == "image/jpeg"


def test_picture_in_markdown(tmp_path):
    """Attachments, data addresses and files beside the notebook are found; a file name is no description."""
    (tmp_path / "my map.png").write_bytes(base64.b64decode(picture()))
    attachments = {"a b.png": {"image/png": picture()}}
    for target in ("attachment:a%20b.png", f"data:image/png;base64,{picture()}", "my%20map.png"):
        seen = in_markdown(target, "A map", "30px", attachments, tmp_path)
        assert (seen.kind, seen.alt, seen.width) == ("image/png", "A map", 30)
    assert in_markdown("attachment:a%20b.png", "a b.png", "", attachments, tmp_path).alt == ""
    assert in_markdown("my%20map.png", "my map.png", "", {}, tmp_path).alt == ""


def test_no_file_outside_of_the_folder(tmp_path):
    """A notebook gets at no file elsewhere, by no path and no link, and at none that is no picture."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    outside = tmp_path / "secret.png"
    outside.write_bytes(base64.b64decode(picture()))
    (folder / "link.png").symlink_to(outside)
    (folder / "text.png").write_text("secret")
    (folder / "text.txt").write_text("secret")
    for target in (
        "../secret.png",
        str(outside),
        "link.png",
        "text.png",
        "text.txt",
        "no.png",
        "file://x",
        "https://x",
    ):
        assert in_markdown(target, "", "", {}, folder) is None, target
    assert in_markdown("secret.png", "", "", {}, None) is None


def test_attributes_of_a_tag():
    """Source, description and width of an img tag, however they are quoted."""
    assert attributes(" SRC='a.png' alt=\"x > y\" width=40 onerror=z") == ("a.png", "x > y", "40")
    assert attributes("") == ("", "", "")
