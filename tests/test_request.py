"""From a command line or a batch file to briefings."""

import pytest
from dossier.errors import RequestError
from dossier.project import ROOT, THEMES
from dossier.request import from_batch, from_command_line, mark


def ask(themes=(), dates=(), pairs=(), editions=(), formats=()):
    """Briefings for a command line."""
    return from_command_line(list(themes), list(dates), list(pairs), list(editions), list(formats))


def batch(folder, text):
    """Briefings for a batch file with this text."""
    path = folder / "batch.yml"
    path.write_text(text, encoding="utf-8")
    return from_batch(path)


def test_bare_request_is_the_shipped_batch():
    """Without arguments: four themes, two editions, two formats, as batch.yml says."""
    briefings = ask()
    assert briefings == from_batch(ROOT / "batch.yml")
    assert [b.theme for b in briefings] == list(THEMES)
    assert all(
        b.items == (("brief", "html"), ("brief", "pdf"), ("student", "html"), ("student", "pdf")) for b in briefings
    )


def test_every_combination_is_a_briefing():
    """Themes and dates multiply; a repeat is the same briefing."""
    found = ask(["isis-threat", "pmu-debate"], ["2024-12-10", "2025-05-31", "2024-12-10"])
    assert [(b.theme, b.as_of) for b in found] == [
        ("isis-threat", "2024-12-10"),
        ("isis-threat", "2025-05-31"),
        ("pmu-debate", "2024-12-10"),
        ("pmu-debate", "2025-05-31"),
    ]


def test_path_has_eight_digits_only_for_other_parameters():
    """A path is theme and cut-off; other parameters that differ from the defaults add a hash."""
    (plain,) = ask(["isis-threat"], ["2024-12-10"], ["focus=all"])
    assert plain.path("brief", "pdf") == "isis-threat/2024-12-10/isis-threat_2024-12-10_brief.pdf"
    (other,) = ask(["isis-threat"], ["2024-12-10"], ["grade=C"])
    folder = other.path("brief", "pdf").split("/")[1]
    assert folder.startswith("2024-12-10-") and len(folder) == len("2024-12-10-") + 8


def test_mark_is_of_the_values_in_any_order():
    """The digits stay what they were, as folders bear them: of sorted names and of letters as they are."""
    assert mark({"grade": "B", "focus": "ص"}) == mark({"focus": "ص", "grade": "B"}) == "-0e0afd91"
    assert mark({"grade": "C"}) == "-67f09f90" and mark({}) == ""


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (dict(themes=["isis"]), "Did you mean 'isis-threat'"),
        (dict(editions=["briefs"]), "Did you mean 'brief'"),
        (dict(formats=["docx"]), "valid: html, pdf, ipynb"),
        (dict(pairs=["focus"]), "right: -p NAME=VALUE"),
        (dict(pairs=["focus=a", "focus=b"]), "given twice"),
        (dict(pairs=["as_of=2025-01-01"], dates=["2025-01-01"]), "given twice"),
        (dict(pairs=["focuss=x"]), "unknown parameter 'focuss'"),
    ],
)
def test_wrong_command_line_is_refused(request_, words):
    """Each fault of a command line is named with what would be right."""
    with pytest.raises(RequestError) as refusal:
        ask(**request_)
    assert words in str(refusal.value)


def test_batch_reads_dates_with_and_without_quotes(tmp_path):
    """YAML turns a bare date into an object; both writings mean the same day."""
    found = batch(
        tmp_path,
        'briefings: [{theme: isis-threat, as_of: [2024-12-10, "2025-05-31"], parameters: {since: 2024-12-01}}]',
    )
    assert [b.as_of for b in found] == ["2024-12-10", "2025-05-31"]
    assert found[0].values["since"] == "2024-12-01"


def test_batch_entries_do_not_multiply_each_other(tmp_path):
    """Two entries for one execution ask for their own items, not for every combination of both."""
    (found,) = batch(
        tmp_path,
        """
briefings:
  - {theme: isis-threat, editions: [brief], formats: [html]}
  - {theme: isis-threat, editions: [student], formats: [pdf]}
""",
    )
    assert found.items == (("brief", "html"), ("student", "pdf"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("briefings: [{theme: isis-threat, editon: brief}]", "unknown key 'editon'. Did you mean 'editions'"),
        ("briefings: [{theme: isis}]", "briefing 1: unknown theme 'isis'"),
        ("briefings: [{editions: brief}]", "no theme"),
        ("briefings: []", "is empty"),
        ("briefings: [isis-threat]", "is not a mapping"),
        ("briefing: []", "has no list `briefings:`"),
        ("briefings: [{theme: all, parameters: [x]}]", "right: a mapping"),
        ("briefings: [{theme: all, as_of: 2025-01-01, parameters: {as_of: 2025-01-01}}]", "given twice"),
        ("briefings: [{theme: all, as_of: soon}]", "YYYY-MM-DD"),
        ("briefings: [{theme: [", "not YAML"),
        ("briefings: [{theme: isis-threat, as_of: 2024-11-31}]", "2024-11-31' is not a day of the calendar"),
        ("briefings: [{theme: isis-threat, theme: pmu-debate}]", "line 1: 'theme' is given twice; right: one value"),
        ("briefings: &all [{theme: *all}]", "not YAML"),
        ("briefings: [{theme: !!set {isis-threat}}]", "not YAML"),
        ("- a\n- b", "has no list"),
        ("", "has no list"),
    ],
)
def test_wrong_batch_file_is_refused(text, words, tmp_path):
    """Each fault of a batch file is named with its entry and what would be right."""
    with pytest.raises(RequestError) as refusal:
        batch(tmp_path, text)
    assert words in str(refusal.value) and "batch.yml" in str(refusal.value)
    assert len(str(refusal.value).splitlines()) <= 6


def test_batch_entry_may_build_on_another(tmp_path):
    """What YAML brings in from an entry may be said anew, as its own keys may not."""
    text = "briefings: [&one {theme: isis-threat, formats: html}, {<<: *one, theme: pmu-debate}]"
    assert [(b.theme, b.items[0][1]) for b in batch(tmp_path, text)] == [
        ("isis-threat", "html"),
        ("pmu-debate", "html"),
    ]


def test_missing_batch_file_is_refused(tmp_path):
    """A batch file that is not there is named."""
    with pytest.raises(RequestError, match=r"nowhere\.yml: cannot be read: No such file"):
        from_batch(tmp_path / "nowhere.yml")
