"""The PDF."""

import io
from functools import cache

import pandas
import pypdf
import pytest
from dossier.prose import say
from dossier.publish import layout, pdf
from dossier.publish.at_hand import open_notebook
from foreign import code as code_from_elsewhere
from foreign import described, notebook, picture, shown, undescribed
from test_publish_document import PARAMETERS, VISIT, code, figure, markdown, read, sample
from test_publish_markdown import HOSTILE


@cache
def paper(edition):
    """The PDF of an edition of the sample."""
    return pdf.to_pdf(read(edition))


def reader(content):
    """A pypdf reader of PDF bytes."""
    return pypdf.PdfReader(io.BytesIO(content))


def text(content):
    """All text of a PDF, spaces made one."""
    return " ".join(" ".join(page.extract_text() for page in reader(content).pages).split())


def structure(content):
    """(kind, alternative text) of every tagged element of a PDF."""
    found, waiting = [], [reader(content).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found.append((node.get("/S"), node.get("/Alt")))
            waiting += [node["/K"]] if "/K" in node else []
    return found


def pages(content):
    """The text of each page of a PDF."""
    return [page.extract_text() for page in reader(content).pages]


def test_brief_has_its_parts():
    """Header, finding, notes and page numbers are on the brief."""
    words = text(paper("brief"))
    for part in (
        "IRAQ DOSSIER",
        "Information cut-off 10 December 2024",
        "40,000",
        "1 of 1",
        "BOTTOM LINE",
        "9.9",
        "Reported after the cut-off. Reliability C.",
        "dossier build isis-threat --edition brief",
    ):
        assert part in words.replace("\u00a0", " ")


def test_brief_that_fits_one_page_is_one_page():
    """Nothing is sent to a second page that has room on the first."""
    assert len(pages(paper("brief"))) == 1


def test_evidence_goes_on_over_the_page():
    """Where some rows fit on page one the evidence opens there, head and all."""
    first, second = pages(pdf.to_pdf(brief(30, 4)))
    assert "EVIDENCE" in first and "EVIDENCE" not in second
    assert first.count("An event happened") >= 4 and "An event happened" in second


@pytest.mark.parametrize("height", [5.9, 6.1, 6.3, 6.5, 6.7, 6.9, 7.1])
def test_evidence_opens_with_four_rows_or_on_the_next_page(height):
    """However much room page one has left, it never ends with the heading or a few rows of the table."""
    first, second = pages(pdf.to_pdf(brief(10, height)))
    assert first.count("An event happened") not in (1, 2, 3)
    assert ("EVIDENCE" in first) == ("An event happened" in first)
    assert "EVIDENCE" in first + second


def test_brief_of_three_pages_is_refused():
    """Too much evidence for two pages is an error that says so, not a third page."""
    rows = "\n".join(f"| {n} | {'many words ' * 20} | B1 |" for n in range(60))
    notebook = sample()
    notebook.cells.append(code("x", say(f"| A | B | C |\n| - | - | - |\n{rows}"), "brief", section="evidence"))
    with pytest.raises(ValueError, match="pages; two is what a brief may have"):
        pdf.to_pdf(read("brief", notebook=notebook))


def brief(rows, height, words=0):
    """The sample's brief with a longer evidence table, a higher chart and more words in the bottom line."""
    table = "\n".join(["| Date | Event | Grade |", "| - | - | - |"] + ["| 1 May | An event happened. | B1 |"] * rows)
    notebook = sample()
    for n, cell in enumerate(notebook.cells):
        name = cell.metadata.get("dossier", {}).get("section")
        if name == "evidence":
            notebook.cells[n] = code("x", say(table), "brief", section=name)
        elif name == "chart":
            notebook.cells[n] = code("x", figure(height=height), "brief", section=name)
        elif name == "bottom-line":
            notebook.cells[n] = code("x", say("Word. " * words + "[@visit]", visit=VISIT), "brief", section=name)
    return read("brief", notebook=notebook)


@pytest.mark.parametrize(("rows", "height", "words", "steps"), [(80, 2, 0, 2), (5, 7, 220, 3), (92, 2, 0, 4)])
def test_brief_a_little_too_long_is_set_closer(rows, height, words, steps, monkeypatch):
    """A brief that runs over is set closer, then with a smaller chart, no further than it needs to be."""
    document, closer = brief(rows, height, words), layout.CLOSER
    monkeypatch.setattr(layout, "CLOSER", closer[:steps])
    assert len(reader(pdf.to_pdf(document)).pages) == 2
    monkeypatch.setattr(layout, "CLOSER", closer[: steps - 1])
    with pytest.raises(ValueError, match="pages; two"):
        pdf.to_pdf(document)


def test_figure_has_its_description():
    """The figure is tagged with its real description, and the headings with their levels."""
    found = structure(paper("brief"))
    assert ("/Figure", "A line that falls: The camp shrinks") in found
    kinds = [kind for kind, _ in found]
    assert "/H1" in kinds and "/H2" in kinds and "/TH" in kinds


def test_fonts_are_the_ones_of_the_look_and_embedded():
    """Every font is one that the project ships, and is inside the file."""
    fonts = {}
    for page in reader(paper("instructor")).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[inner["/BaseFont"].partition("+")[2]] = inner["/FontDescriptor"]
    assert set(fonts) <= {
        "IBMPlexSans",
        "IBMPlexSans-Bold",
        "IBMPlexSans-Italic",
        "IBMPlexSerif-Bold",
        "IBMPlexSansArabic",
        "IBMPlexSansArabic-Bold",
        "DejaVuSansMono",
    }
    assert {"IBMPlexSans", "IBMPlexSerif-Bold", "IBMPlexSansArabic"} <= set(fonts)
    assert all("/FontFile2" in descriptor or "/FontFile3" in descriptor for descriptor in fonts.values())


def test_unknown_font_is_an_error(monkeypatch):
    """A face that is not there is a fault, not another face."""
    files = pdf._files(read("brief"), "a4")
    files["main.typ"] = files["main.typ"].replace(b'"IBM Plex Serif"', b'"No Such Face"')
    monkeypatch.setattr(pdf, "_files", lambda document, paper: files)
    with pytest.raises(ValueError, match="unknown font family: no such face"):
        pdf.to_pdf(read("brief"))


@pytest.mark.parametrize("edition", ["brief", "student"])
def test_reader_gets_no_solution(edition):
    """Nothing of the instructor reaches another reader's paper."""
    words = text(paper(edition)).lower()
    for secret in ("forty-two", "quiet ones", "explore(view)", "secret_import"):
        assert secret not in words


def test_instructor_paper_has_labelled_solution():
    """The instructor edition shows the solution and says that it is one."""
    words = text(paper("instructor"))
    assert "SOLUTION · INSTRUCTOR EDITION ONLY" in words and "forty-two" in words


def test_hostile_content_is_text():
    """Markup in values, titles, code and parameters is printed letter for letter."""
    typst = '#panic("x") $a$ ] [ */ // @ref <l> `=x`{=typst} \\'
    cells = [
        code("say()", say("{html} {typst}", html=HOSTILE, typst=typst)),
        code(typst, figure("f", typst), hidden=False, text=typst),
        markdown("## #panic(1) and ] [ more"),
    ]
    words = text(pdf.to_pdf(read("student", *cells, parameters={**PARAMETERS, "focus": typst})))
    assert words.count('#panic("x") $a$ ] [ */ // @ref <l>') == 5
    assert "<script>alert(1)</script>" in words and "#panic(1) and ] [ more" in words


def test_arabic_is_extracted_whole():
    """A reader that takes the text out of the PDF finds the Arabic word with all its letters."""
    assert "الهول" in text(paper("brief"))


def test_date_is_the_cut_off(monkeypatch):
    """The file is dated by its cut-off, or by SOURCE_DATE_EPOCH where that is set."""
    assert reader(paper("brief")).metadata["/CreationDate"].startswith("D:20241210000000")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert reader(pdf.to_pdf(read("brief"))).metadata["/CreationDate"].startswith("D:19700102000000")


def test_standards_are_declared():
    """The file says that it is PDF/UA-1 and PDF/A-2b; Typst has enforced both."""
    metadata = reader(paper("brief")).trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1<" in metadata and "<pdfaid:part>2<" in metadata


def test_bookmarks():
    """The outline names the sections."""
    title, sections = reader(paper("student")).outline
    assert title.title == "What next for the camp?"
    assert [entry.title for entry in sections if hasattr(entry, "title")] == [
        "The bottom line",
        "The evidence",
        "Sources",
        "How this was made",
    ]


def test_letter_paper():
    """Letter is another page size."""
    page = reader(pdf.to_pdf(read("brief"), paper="letter")).pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == [612, 792]


def test_no_lesson_page_ends_half_empty():
    """A tall figure that does not fit opens the next page, and the text after it goes on before it."""
    words = " ".join(["Words to fill the page."] * 260)
    cells = [markdown(words), code("draw()", figure("tall", "Tall", height=6)), markdown("Right after the figure.")]
    found = pages(pdf.to_pdf(read("student", *cells)))
    figure_on = next(n for n, page in enumerate(found) if "Tall" in page)
    assert "Right after the figure." in found[figure_on - 1]


def test_picture_put_off_in_vain_stands_in_its_place(monkeypatch):
    """Whatever is guessed, a picture for which there is room stands after its heading, not above it."""
    words = " ".join(["Words to fill the page."] * 172)
    cells = [markdown(words), code("draw()", figure("tall", "Tall", height=6))]
    cells += [markdown("## Under this heading\n\nWords."), code("draw()", figure("last", "Low", height=5.5))]
    document = read("student", *cells)
    made = pdf.to_pdf(document)
    monkeypatch.setattr(layout, "_guess", lambda start, placing, seen: [layout.NEXT_PAGE] * (len(placing) - start - 1))
    assert pdf.to_pdf(document) == made


def test_note_leads_to_its_reference():
    """Each note is a link to the place of its reference: on the page of the list, one below the other."""
    notebook = reader(paper("instructor"))
    links = [a.get_object() for page in notebook.pages for a in page.get("/Annots", [])]
    places = {link["/Dest"][0].get_object()["/StructParents"]: set() for link in links if "/Dest" in link}
    for link in links:
        if "/Dest" in link:
            places[link["/Dest"][0].get_object()["/StructParents"]].add(float(link["/Dest"][3]))
    assert not [link for link in links if str(link.get("/A", {}).get("/URI", "")).startswith("source:")]
    (page,) = places
    listing = next(p for p in notebook.pages if "Camp count" in p.extract_text())
    assert listing["/StructParents"] == page and len(places[page]) == 4


def test_blocks_are_paragraphs_of_their_own():
    """Two cells of text never run into one line."""
    cells = [markdown("One ends."), code("say()", say("Two starts [@visit].", visit=VISIT))]
    assert "One ends. Two starts" in text(pdf.to_pdf(read("student", *cells)))


def test_two_runs_give_the_same_bytes():
    """The PDF of an executed notebook is the same each time."""
    assert pdf.to_pdf(read("instructor")) == paper("instructor")


def from_elsewhere(made):
    """The PDF of a notebook from elsewhere."""
    return pdf.to_pdf(open_notebook(made, "student", "any"))


def standards(content):
    """The standards that a PDF claims in its metadata."""
    metadata = reader(content).trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    return {name for name in ("pdfaid", "pdfuaid") if f"<{name}:part>" in metadata}


def test_paper_from_elsewhere():
    """Title, author, table with heads, streams, formulas and pictures are on it, with nothing of this collection."""
    content = from_elsewhere(described())
    words, found = text(content), structure(content)
    for part in (
        "A study of camps",
        "Ada Author",
        "39904",
        "a warning",
        "ZeroDivisionError",
        "hidden result",
        "Figure(1)",
    ):
        assert part in words, part
    for part in ("Dossier", "DOSSIER", "cut-off", "CC BY", "hidden = 1", "raw words", "alert(2)"):
        assert part not in words.replace("<img src=x onerror=alert(1)>", ""), part
    assert ("/Figure", "A blue field") in found and ("/Formula", "a^2") in found and ("/Formula", "\\sqrt{2}") in found
    kinds = [kind for kind, _ in found]
    assert kinds.count("/TH") == 3 and [kind for kind in kinds[::-1] if kind in ("/H1", "/H2", "/H3")] == [
        "/H1",
        "/H2",
        "/H3",
    ]
    info = reader(content).metadata
    assert (info["/Title"], info["/Author"]) == ("A study of camps", "Ada Author")


def test_paper_from_elsewhere_claims_what_it_keeps():
    """PDF/UA is claimed where all pictures are described, PDF/A always."""
    assert standards(from_elsewhere(described())) == {"pdfaid", "pdfuaid"}
    content = from_elsewhere(undescribed())
    assert standards(content) == {"pdfaid"}
    assert "Picture 2, from cell 3 of the notebook. Its author gave no description." in text(content)
    assert [alt for kind, alt in structure(content) if kind == "/Figure"] == ["Blue", None, None]


def test_paper_from_elsewhere_has_the_same_bytes_each_day(monkeypatch):
    """Without a cut-off the date is fixed, or that of SOURCE_DATE_EPOCH."""
    first = from_elsewhere(undescribed())
    assert first == from_elsewhere(undescribed())
    assert reader(first).metadata["/CreationDate"].startswith("D:19700101000000")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert reader(from_elsewhere(undescribed())).metadata["/CreationDate"].startswith("D:19700102000000")


def test_nothing_runs_off_the_page():
    """Long words in code and in a table are broken before the margin."""
    frame = pandas.DataFrame({"word": ["w" * 250], "n": [1]})
    cells = [code_from_elsewhere("y = '" + "z" * 300 + "'"), code_from_elsewhere("", shown(text_html=frame.to_html()))]
    lines = text_lines(from_elsewhere(notebook("# T", *cells)))
    assert sum(line.count("z") for line in lines) == 300 and max(line.count("z") for line in lines) <= 104
    assert sum(line.count("w") for line in lines) == 251 and max(line.count("w") for line in lines) <= 120


def text_lines(content):
    """The lines of a PDF."""
    return "\n".join(pages(content)).splitlines()


def test_hostile_notebook_is_text():
    """Typst markup in code, tables, formulas, descriptions and titles is printed letter for letter."""
    typst = '#panic("x") ] [ */ @ref'
    cells = [
        code_from_elsewhere(typst, shown({"alt": typst}, png=picture())),
        code_from_elsewhere("", shown(text_html=f"<table><caption>{typst}</caption><tr><td>{typst}</td></tr></table>")),
        f"${typst}$ and [{typst}](https://example.org/{typst.replace(' ', '')})",
    ]
    content = from_elsewhere(notebook(*cells, title=typst, authors=[typst]))
    assert text(content).count(typst) >= 6 and ("/Figure", typst) in structure(content)


def test_fault_names_what_is_wrong():
    """Typst's own words, in one line; nothing where nothing is wrong."""
    assert pdf.fault("fine", {}) == ""
    assert "alt text" in pdf.fault("$x$", {}) and "unclosed" in pdf.fault("#f(", {})
