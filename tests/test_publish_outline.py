"""Headings and the text between them."""

from dossier.publish.outline import Outline, anchor


def read(*pieces, titled=True):
    """(title, blocks as (level, anchor) or text) of pieces of Markdown."""
    outline = Outline(titled)
    blocks = [block for piece in pieces for block in outline.blocks(piece)]
    return outline.title, [(b.level, b.anchor) if b.kind == "heading" else b.markdown for b in blocks]


def test_first_title_wherever_it_stands():
    """Text may come before the title; a second one is a section."""
    assert read("Before.\n\n# One\n\nText", "# Two") == ("One", ["Before.", "Text", (2, "s-two")])


def test_levels_are_closed_up():
    """No level is left out, whatever the author skipped."""
    assert [level for level, _ in read("#### a\n\n###### b\n\n## c\n\n### d")[1]] == [2, 3, 2, 3]


def test_brief_has_no_title_of_its_own():
    """Without a title to look for, a `# ` is a section."""
    assert read("# One", titled=False) == ("", [(2, "s-one")])


def test_fence_ends_with_its_own_kind():
    """A shorter fence, or one with a word after it, ends no code; what stands inside is no heading."""
    for code in ("````\n```\n# no\n````", "```\n```python\n# no\n```", "~~~\n```\n# no\n~~~"):
        assert read(f"{code}\n# Yes") == ("Yes", [code])


def test_heading_without_words_is_none():
    """Signs alone head nothing."""
    assert read("# \n\n## ** **\n\n#   #\n\ntext")[1][-1] == "text" and not read("## #")[1]


def test_anchors():
    """Anchors are plain, each once."""
    assert read("## Two words!\n\n## Two words")[1] == [(2, "s-two-words"), (2, "s-two-words-2")]
    assert anchor("عربي") == "s-section"
