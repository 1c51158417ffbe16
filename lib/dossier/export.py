"""Turns one briefing into the files of its editions and formats."""

import json
from contextlib import suppress
from functools import cached_property
from threading import Thread

import nbformat

from . import __version__
from .cells import as_node, parsed, place
from .editions import cut_source, public, tags
from .errors import RequestError
from .execute import ExecutionError, execute
from .parameters import declared
from .project import THEMES


class ExportError(Exception):
    """An export could not be made; the message is one line that names what failed where."""


def prepare():
    """Make page, paper and references ready with the first briefing of a process.

    In a thread: while a kernel starts and computes, this process only waits.
    """
    with suppress(IndexError):  # all is ready, or about to be
        Thread(target=_unprepared.pop(), daemon=True).start()


def _make_ready():
    with suppress(Exception):  # what cannot be had is missed, and said, where it is needed
        from .publish import citations, html, pdf

        html.make_ready()
        pdf.make_ready()
        citations.make_ready()


_unprepared = [_make_ready]


class Exporter:
    """The files of one briefing; its notebook is executed at most once, and only if a format needs that."""

    def __init__(self, briefing, source, paper="a4", timeout=None, code="", keep=False):
        self._briefing, self._source, self._paper, self._timeout = briefing, source, paper, timeout
        self._code, self._keep = code, keep
        self._documents, self._files_beside = {}, {}  # of each edition

    def files(self, edition, format):
        """File name -> bytes of one export: the export and, for pages, the data of its figures and how to cite it."""
        name = self._briefing.name(edition, format)
        try:
            if format == "ipynb":
                return {name: self._runnable(edition)}
            document = self._document(edition)
            return {name: _WRITERS[format](document, self._paper), **self._beside(document)}
        except (ExecutionError, RequestError) as error:  # both name notebook and cell
            raise ExportError(str(error).replace("\n", "; ")) from None
        except Exception as error:
            what = " ".join(str(error).split())
            raise ExportError(f"{name}: {type(error).__name__}: {what}") from error

    @property
    def record(self):
        """(questions, rows) of the execution, see `reads.read_record`; None where no export needed one that ended well."""
        outcome = self.__dict__.get("_outcome")
        return tuple(outcome.metadata["dossier"].values()) if outcome and hasattr(outcome, "metadata") else None

    @cached_property
    def _notebook(self):
        return as_node(self._source, f"{self._briefing.theme}.ipynb")

    @property
    def _executed(self):
        if isinstance(self._outcome, ExecutionError):
            raise self._outcome
        return self._outcome

    @cached_property
    def _outcome(self):
        # A failure is an outcome too: it is not tried again for the next format.
        try:
            return execute(self._notebook, self._briefing.theme, self._briefing.values, self._timeout, self._keep)
        except ExecutionError as error:
            return error

    def _document(self, edition):
        if edition not in self._documents:  # page and paper are two forms of one
            self._documents[edition] = self._read(edition)
        return self._documents[edition]

    def _read(self, edition):
        from .publish.document import Document

        briefing = self._briefing
        label, command = THEMES[briefing.theme], command_line(briefing, edition, self._paper)
        return Document.read(self._executed, edition, label, briefing.values, command, __version__, self._code)

    def _beside(self, document):
        """The files that stand beside page and paper of an edition."""
        if document.edition not in self._files_beside:
            self._files_beside[document.edition] = {
                name: text.encode()
                for name, text in {**self._figure_tables(document), **self._citations(document)}.items()
            }
        return self._files_beside[document.edition]

    def _figure_tables(self, document):
        from .publish.figures import figure_tables

        tables = figure_tables(self._executed, document.edition)
        return {f"figures/{name}.csv": text for name, text in tables.items()}

    def _citations(self, document):
        from .publish.cite import to_bibtex, to_csl

        stem = self._briefing.name(document.edition, "")
        return {f"cite/{stem}bib": to_bibtex(document), f"cite/{stem}json": to_csl(document)}

    def _runnable(self, edition):
        book = f"{self._briefing.theme}.ipynb"
        _check_code(self._notebook, book)
        notebook = cut_source(self._notebook, edition)
        notebook.cells = public(notebook.cells, self._briefing.as_of)
        cell = next(cell for cell in notebook.cells if "parameters" in tags(cell))
        cell.source = "\n".join(
            f"{p.name}: {p.type} = {self._briefing.values[p.name]!r}  # {p.help}"
            for p in declared(self._notebook, book).values()
        )
        return (nbformat.writes(notebook, version=4) + "\n").encode()


def _check_code(notebook, book):
    """RequestError where a cell is not Python: what cannot run is not handed out as a notebook that runs."""
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code":
            parsed(cell.source, place(book, number, cell))


def command_line(briefing, edition, paper="a4"):
    """The command that makes an edition of a briefing again."""
    given = [f"-p {name}={_quoted(value)}" for name, value in briefing.others.items()]
    paper_given = [f"--paper {paper}"] if paper != "a4" else []
    return " ".join(
        ["dossier build", briefing.theme, f"--as-of {briefing.as_of}", *given, f"--edition {edition}", *paper_given]
    )


def _quoted(value):
    import shlex

    return shlex.quote(value if isinstance(value, str) else json.dumps(value))


def _html(document, paper):
    from .publish.html import to_html

    return to_html(document).encode()


def _pdf(document, paper):
    from .publish.pdf import to_pdf

    return to_pdf(document, paper)


_WRITERS = {"html": _html, "pdf": _pdf}
