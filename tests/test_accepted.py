"""Tests of dossier.accepted."""

import pytest
from dossier import accepted
from dossier.errors import RequestError


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """The questions that came to be checked; a test says what hash the tables have."""
    monkeypatch.setenv("DOSSIER_CACHE", str(tmp_path))
    monkeypatch.setattr(accepted, "tables_digest", lambda: "as they are")
    accepted._state.cache_clear()
    yield []
    accepted._state.cache_clear()


def test_right_question_is_asked_once(asked):
    """What has passed is not checked again; another question is."""
    for question in ("2025-01-01", "2025-01-01", "2025-01-02"):
        accepted.once(lambda question=question: asked.append(question), question)
    assert asked == ["2025-01-01", "2025-01-02"]


def test_changed_table_is_asked_again(asked, monkeypatch):
    """With a changed table the same question is checked again."""
    accepted.once(lambda: asked.append("before"), "2025-01-01")
    monkeypatch.setattr(accepted, "tables_digest", lambda: "changed")
    accepted._state.cache_clear()
    accepted.once(lambda: asked.append("after"), "2025-01-01")
    assert asked == ["before", "after"]


def test_refusal_is_not_remembered(asked):
    """What was refused is refused again."""

    def refuse():
        raise RequestError("no")

    for _ in range(2):
        with pytest.raises(RequestError):
            accepted.once(refuse, "2023-01-01")
