"""What `jupyter nbconvert` calls; the command itself on notebooks from elsewhere."""

import io
import os
import re
import subprocess
import sys

import nbformat
import pypdf
import pytest
from dossier.publish.exporters import PaperExporter
from dossier.publish.html import PageExporter
from foreign import described, undescribed
from nbconvert.exporters import get_export_names, get_exporter
from nbconvert.utils.exceptions import ConversionException
from test_publish_at_hand import ours
from test_publish_pdf import standards, text
from traitlets import TraitError

NAME = {"metadata": {"name": "isis-threat", "path": ""}}


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """(folder, stderr) after `jupyter nbconvert` wrote three notebooks as page and as PDF."""
    folder, said = tmp_path_factory.mktemp("elsewhere"), ""
    for name, made in (("described", described()), ("undescribed", undescribed()), ("isis-threat", ours())):
        nbformat.write(made, folder / f"{name}.ipynb")
    for format in ("dossier-html", "dossier-pdf"):
        command = [sys.executable, "-m", "nbconvert", "--to", format, *sorted(folder.glob("*.ipynb"))]
        env = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder), "SOURCE_DATE_EPOCH": ""}
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        said += f"== {format}\n{done.stderr}"
    return folder, said


def test_command_writes_page_and_paper(converted):
    """Each notebook has its page and its PDF, with its title and its results."""
    folder, _ = converted
    page = (folder / "described.html").read_text(encoding="utf-8")
    assert "<h1>A study of camps</h1>" in page and '<th scope="col" class="right">people</th>' in page
    assert [int(level) for level in re.findall(r"<h(\d)", page)] == [1, 2, 3]
    paper = (folder / "described.pdf").read_bytes()
    assert "A study of camps" in text(paper) and standards(paper) == {"pdfaid", "pdfuaid"}
    assert standards((folder / "undescribed.pdf").read_bytes()) == {"pdfaid"}


def test_command_warns_once_for_each_bare_picture(converted):
    """Two pictures without description are two warnings in each run, each with notebook and cell; nothing else is said."""
    page, paper = converted[1].split("== dossier-pdf")
    for said in (page, paper):
        warnings = [line.partition("WARNING | ")[2] for line in said.splitlines() if "WARNING" in line]
        assert warnings == [
            f"undescribed.ipynb, cell {cell}: a picture without a description (alt text)" for cell in (2, 3)
        ]


def test_command_knows_a_notebook_of_ours(converted):
    """A copy run without papermill carries the cut-off of its parameters cell, on page and paper."""
    folder, _ = converted
    page = (folder / "isis-threat.html").read_text(encoding="utf-8")
    assert "<p>Information cut-off 10 December 2024</p>" in page and "forty-two" not in page
    assert "<code>jupyter nbconvert --to dossier-html isis-threat.ipynb</code>" in page
    assert pypdf.PdfReader(folder / "isis-threat.pdf").metadata["/CreationDate"].startswith("D:20241210")


@pytest.mark.parametrize(
    ("name", "exporter", "mimetype", "ending"),
    [("dossier-html", PageExporter, "text/html", ".html"), ("dossier-pdf", PaperExporter, "application/pdf", ".pdf")],
)
def test_both_are_listed(name, exporter, mimetype, ending):
    """nbconvert knows both by name, and front ends are told that they may offer them."""
    assert name in get_export_names() and get_exporter(name) is exporter and exporter.format == name
    assert exporter.export_from_notebook and exporter.output_mimetype == mimetype
    assert exporter().file_extension == ending


def test_edition_and_paper():
    """The edition and the paper can be chosen; the command that is printed repeats the choice."""
    page, _ = PageExporter(edition="instructor").from_notebook_node(ours(), NAME)
    assert "forty-two" in page
    assert "jupyter nbconvert --to dossier-html --PageExporter.edition=instructor isis-threat.ipynb" in page
    paper, resources = PaperExporter(edition="brief", paper="letter").from_notebook_node(ours(), NAME)
    assert resources["output_extension"] == ".pdf" and "The camp shrinks to 40,000" in text(paper)
    assert round(float(pypdf.PdfReader(io.BytesIO(paper)).pages[0].mediabox[2])) == 612


@pytest.mark.parametrize(("wrong", "right"), [({"edition": "teacher"}, "instructor"), ({"paper": "a3"}, "letter")])
def test_unknown_choice_is_refused(wrong, right):
    """Another edition or paper is an error that lists the valid ones."""
    with pytest.raises(TraitError, match=right):
        PaperExporter(**wrong)


def test_refusal_names_the_notebook():
    """nbconvert and JupyterLab show what is wrong and what would be right."""
    made = ours(as_of="2024-11-30")
    with pytest.raises(ConversionException, match=r"^isis-threat\.ipynb: it was run for .*\nright: Run All Cells"):
        PageExporter().from_notebook_node(made, NAME)
    made.cells[2].source = "as_of = date"
    with pytest.raises(ConversionException, match=r"^isis-threat\.ipynb: parameters cell: 'as_of = date'"):
        PageExporter().from_notebook_node(made, NAME)


def test_language_of_a_notebook_from_elsewhere():
    """A page in another language says so; one of ours is English whatever is asked."""
    made = PageExporter(language_code="de").from_notebook_node(described(), {"metadata": {"name": "any"}})[0]
    assert '<html lang="de">' in made
    assert '<html lang="en">' in PageExporter(language_code="de").from_notebook_node(ours(), NAME)[0]
    paper, _ = PaperExporter(language_code="de").from_notebook_node(described(), {"metadata": {"name": "any"}})
    assert pypdf.PdfReader(io.BytesIO(paper)).trailer["/Root"]["/Lang"] == "de"


def test_preprocessors_of_nbconvert_run_first():
    """What a user asks of nbconvert itself, such as --execute or --clear-output, is done before the page is made."""
    from traitlets.config import Config

    config = Config({"ClearOutputPreprocessor": {"enabled": True}})
    page, _ = PageExporter(config=config).from_notebook_node(described(), {"metadata": {"name": "any"}})
    assert "hidden result" not in page and "A study of camps" in page


def test_letters_without_a_font_are_a_warning(caplog):
    """What paper cannot show is said once, with the name of the notebook."""
    made = described()
    made.cells[0].source += " 🚀"
    PaperExporter().from_notebook_node(made, {"metadata": {"name": "any"}})
    (warning,) = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert warning == "any.ipynb, letters that no font of the PDF has are named: ‹rocket›"
