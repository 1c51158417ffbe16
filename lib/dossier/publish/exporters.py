"""What `jupyter nbconvert` and JupyterLab's export menu list: any executed notebook in, a page or paper out."""

import shlex

from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException
from traitlets import Enum, Unicode, default

from ..editions import EDITIONS
from ..errors import RequestError
from .at_hand import open_notebook


class DocumentExporter(Exporter):
    """Reads a notebook as a document; a subclass says under which `format` it goes and how a document is `written`."""

    format = ""
    edition = Enum(EDITIONS, "student", help="The edition to write.").tag(config=True)
    language_code = Unicode("en", help="The language of a notebook from elsewhere, such as ar.").tag(config=True)

    def from_notebook_node(self, nb, resources=None, **kw):
        """(content, resources); a warning for each picture without a description.

        ConversionException where the notebook cannot be set: what is wrong, and what would be right.
        """
        # nbconvert's own beginning, with what the user asked of it (--execute), and nothing of its templates.
        nb, resources = Exporter.from_notebook_node(self, nb, resources, **kw)
        name, folder = resources["metadata"]["name"] or "notebook", resources["metadata"].get("path")
        try:
            document = open_notebook(nb, self.edition, name, folder, self._command(name), self.language_code)
            for image in document.undescribed:
                self.log.warning("%s.ipynb, cell %s: a picture without a description (alt text)", name, image.cell)
            return self.written(document, name), resources
        except (RequestError, ValueError) as error:
            where = f"{name}.ipynb: "
            raise ConversionException(where + str(error).removeprefix(where)) from None

    def written(self, document, name):
        """The content of the file that is made of a document."""
        raise NotImplementedError

    def _command(self, name):
        edition = [] if self.edition == "student" else [f"--{type(self).__name__}.edition={self.edition}"]
        return shlex.join(["jupyter", "nbconvert", "--to", self.format, *edition, f"{name}.ipynb"])


class PaperExporter(DocumentExporter):
    """The PDF."""

    format = "dossier-pdf"
    export_from_notebook = "Iraq Dossier PDF"
    output_mimetype = "application/pdf"
    paper = Enum(("a4", "letter"), "a4", help="The paper of the PDF.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self):
        return ".pdf"

    def written(self, document, name):
        """PDF bytes; a warning for what cannot stand on paper and is replaced."""
        from .paper import for_paper
        from .pdf import to_pdf

        document, complaints = for_paper(document)
        for complaint in complaints:
            self.log.warning("%s.ipynb, %s", name, complaint)
        return to_pdf(document, self.paper)
