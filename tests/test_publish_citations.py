"""References as pandoc's citeproc words them."""

import pytest
from dossier.data import REDACTED, load
from dossier.prose import csl
from dossier.publish import citations, markdown
from test_publish_document import CAMP, LATE, PAPER


def worded(source, **changes):
    """The reference of one source."""
    return citations.references([csl(source._replace(**changes))])[source.id].replace("\u00a0", " ")


def test_title_is_quoted_and_linked():
    """A title stands in quotes and is the link; the reliability ends the reference."""
    assert worded(CAMP) == "“[Camp count](https://example.org/camp)”, Camp Office, 1 November 2024. Reliability A."


def test_description_is_not_quoted():
    """A title in brackets describes the page: it is set without quotes and brackets."""
    assert worded(PAPER) == "A. Writer, A report on a visit, Daily Paper, December 2024. Reliability B."
    assert worded(PAPER, title="[A visit] (Arabic)").startswith("A. Writer, A visit (Arabic), Daily")


def test_redacted_source_leaks_nothing():
    """A source reported later reads so, with its grade, even if a row still carries more."""
    assert worded(LATE) == "Reported after the cut-off. Reliability C."
    assert worded(LATE, publisher="Leak", author="Leak", url="https://leak.org", published="2025-01") == worded(LATE)


def test_markup_in_a_title_stays_text():
    """Signs of Markdown and citations in a title are escaped."""
    assert r"\*not\* \[\@camp\]" in worded(CAMP, title="Is *not* [@camp]", url="")


@pytest.mark.parametrize("name", ["title", "author", "publisher"])
def test_tags_and_entities_are_text(name):
    """What citeproc would take for italics, an entity or a citation is shown as it is; no tag of pandoc is left."""
    text = r"a <i>b</i> &lt;c&gt; [@d] <span class=e>"
    assert markdown.plain(worded(CAMP, **{name: text})).count(text) == 1


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "example.org/x", "//example.org", "file:///x"]
)
def test_address_that_is_none_of_the_web_is_no_link(address):
    """Only http and https are linked; nothing is put before another address."""
    assert worded(CAMP, url=address).startswith("“Camp count”, Camp Office")


def test_signs_in_an_address_cannot_end_the_link():
    """Blanks, brackets and quotes of an address are encoded."""
    assert "](https://example.org/a%20%28b%29%5D%3Cc%3E?d=1&e)" in worded(
        CAMP, url="https://example.org/a (b)]<c>?d=1&e"
    )


def test_one_run_of_pandoc_for_all(monkeypatch):
    """All sources that are new go through one run, and none goes twice."""
    runs = []
    whole = citations._citeproc
    monkeypatch.setattr(citations, "_citeproc", lambda items: runs.append(len(items)) or whole(items))
    items = [csl(CAMP._replace(id=f"only-here-{n}", title=f"Page {n}")) for n in range(3)]
    assert list(citations.references(items)) == [item["id"] for item in items]
    again = citations.references([{**items[1], "id": "of-another-name"}])
    assert "Page 1" in again["of-another-name"]
    assert runs == [3]


def test_sources_of_the_evidence_are_worded_at_once(monkeypatch):
    """Once references are ready no briefing runs pandoc for a source that it knows."""
    citations.make_ready()
    monkeypatch.setattr(citations, "_citeproc", None)
    sources = [source for source in load("2025-06-01").sources if source.title != REDACTED]
    assert len(citations.references([csl(source) for source in sources])) == len(sources) > 100


def test_references_are_worded_once_for_all_processes(monkeypatch):
    """Another process finds them in the store, unless it would word them otherwise."""
    items = [csl(CAMP._replace(id="found-in-the-store", title="Kept"))]
    first = citations.references(items)
    monkeypatch.setattr(citations.subprocess, "run", None)
    citations._worded.clear()
    assert citations.references(items) == first
    citations._worded.clear()
    monkeypatch.setattr(citations, "version", lambda name: "another pandoc")
    with pytest.raises(TypeError):
        citations.references(items)
