"""How a document was made: its parameters in words, how to cite it, what may be done with it."""

from ..dates import parse_day, spell_day
from ..language import TITLES
from ..prose import listing
from ..reads import rows_fingerprint
from ..view import COUNTING

AUTHOR = "Iraq Dossier contributors"
DIGITS = 16  # of a hash: enough to tell one state from another on paper
PURPOSE = "A teaching collection from open sources; nobody's official assessment."
GRADES = (
    "Grades: the letter is for the source, A (reliable) to F (cannot be judged); "
    "the digit for what it says, 1 (confirmed) to 6 (cannot be judged)."
)

_LABELS = {
    "as_of": "Information cut-off",
    "since": "Recent means since",
    "focus": "Focus",
    "scale": "Likelihood scale",
    "actors": "Actors chosen",
    "places": "Places chosen",
    "grade": "Worst source shown",
    "counting": "Counting rule",
}


def parameter_table(parameters):
    """(label, value) of each parameter, in words."""
    return tuple((_LABELS.get(name, name), _worded(name, value)) for name, value in parameters.items())


def how_made(document):
    """(label, text) pairs for the section 'How this was made'; none for a document that is not of this collection."""
    if not document.ours:
        return ()
    day = spell_day(document.as_of)
    return (
        ("Purpose", PURPOSE),
        (
            "Method",
            f"Text, figures and tables are computed from the evidence that was public on {day}. Where a row "
            "rests on a source printed later, that source is listed without title, author or date."
            + ("" if document.at_hand else _DATA_BESIDE),
        ),
        ("How to cite", _cited(document, day)),
        *([("Provenance", document.provenance)] if document.provenance else []),
        ("Licence", f"{_licensed(document)} CC BY 4.0, unless a figure says otherwise; code BSD-3-Clause."),
    )


def provenance(rows, version, code):
    """What a document is made from, in words: rows read ([kind, id, hash] lists) and code; '' where no record is."""
    if not rows:
        return ""
    return (
        f"{len(rows)} rows of evidence read, sha256 {rows_fingerprint(rows)[:DIGITS]}; "
        f"version {version}, sha256 of the code {code[:DIGITS]}."
    )


_DATA_BESIDE = (
    " The data behind each figure, with the sources of each row, is a CSV file in the folder figures "
    "beside this document."
)


def _licensed(document):
    return "Text, figures and tables" + (" of Iraq Dossier" if document.at_hand else "")


def _cited(document, day):
    cut_off = f"information cut-off {day}, version {document.version}."
    if document.at_hand:
        return (
            f"“{document.title}”, from a copy of a notebook of Iraq Dossier: {document.theme}, {cut_off} "
            f"What the owner of the copy wrote or changed is not by the {AUTHOR}."
        )
    return f"{AUTHOR}, “{document.title}”, Iraq Dossier: {document.theme}, {document.edition} edition, {cut_off}"


def _worded(name, value):
    if name in ("as_of", "since"):
        return spell_day(parse_day(str(value)))
    if name == "counting" and value in COUNTING:
        return COUNTING[value].words
    if name == "grade":
        return "F (all are shown)" if value == "F" else str(value)
    if isinstance(value, (list, tuple)):
        return listing(map(str, value)) or "those of the focus"
    return TITLES.get(value, value) if name == "scale" else str(value)
