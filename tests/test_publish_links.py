"""Tests of dossier.publish.links."""

from dossier.publish.links import linked

PDF = (
    b"<</Type/Pages/Count 2/Kids[31 0 R 32 0 R]>><</MediaBox[0 0 595.2756 841.8898]>>"
    b"<</Border[0 0 0]/A<</Type/Action/S/URI/URI(source:2)>>/F 4/Contents(source:2)>>"
    b"<</Border[0 0 0]/A<</Type/Action/S/URI/URI(https://a.example)>>/F 4/Contents(https://a.example)>>"
)


def test_note_goes_to_its_reference():
    """A link to a source goes to its page, from the top of the paper, and says where it goes."""
    pdf = linked(PDF, [(1, 50, 700), (2, 53.86, 210)])
    assert b"/Border[0 0 0]/Dest[32 0 R/XYZ 53.9 641.9 0]" in pdf
    assert b"/Contents(source 2)" in pdf and b"source:" not in pdf


def test_place_near_the_edge_stays_on_the_paper():
    """A place nearer to the upper edge than what is shown above it is shown from that edge on."""
    assert b"/Dest[31 0 R/XYZ 50.0 841.9 0]" in linked(PDF, [(2, 0, 0), (1, 50, 4)])


def test_nothing_moves():
    """The file keeps its length, and each byte after a link its place."""
    pdf = linked(PDF, [(1, 50, 700), (2, 53.86, 210)])
    assert len(pdf) == len(PDF) and pdf.find(b"/F 4") == PDF.find(b"/F 4")


def test_other_links_stay():
    """A link to the web is not touched, nor is the paper of a notebook without references."""
    assert b"URI(https://a.example)" in linked(PDF, [(1, 50, 700), (2, 53.86, 210)])
    assert linked(PDF, []) == PDF
