"""The store of finished exports."""

import hashlib
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from dossier import cache


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    """A store of its own for each test."""
    monkeypatch.setenv("DOSSIER_CACHE", str(tmp_path / "store"))
    return tmp_path / "store"


def kept_files(store):
    """All files in the store."""
    return [path for path in store.rglob("*") if path.is_file()]


def test_what_was_put_comes_back():
    """Values are found under their key and kind, and under no other."""
    cache.put("item", "k1", {"a.html": "12"})
    assert cache.get("item", "k1") == {"a.html": "12"}
    assert cache.get("item", "k2") is None and cache.get("reads", "k1") is None


def test_file_comes_back_by_its_content():
    """The same bytes are kept once, whoever puts them."""
    digest = cache.put_file(b"page")
    assert digest == hashlib.sha256(b"page").hexdigest() == cache.put_file(b"page")
    assert cache.get_file(digest) == b"page" and cache.get_file("0" * 64) is None


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"key": "other", "value": 1}', b"\xff\xfe"])
def test_damaged_entry_is_as_if_it_were_not_there(damage, store):
    """An entry that was cut short, overwritten or belongs to another key is not believed."""
    cache.put("item", "k1", 1)
    [path] = kept_files(store)
    path.write_bytes(damage)
    assert cache.get("item", "k1") is None
    cache.put("item", "k1", 2)
    assert cache.get("item", "k1") == 2


def test_damaged_file_is_found_and_replaced(store):
    """One flipped bit in a kept page is noticed before a reader gets it."""
    digest = cache.put_file(b"page")
    [path] = kept_files(store)
    path.write_bytes(b"pagf")
    assert cache.get_file(digest) is None
    cache.put_file(b"page")
    assert cache.get_file(digest) == b"page"


def test_what_is_kept_is_made_once(store):
    """Bytes are made for a key that has none, for another one, and where they were damaged."""
    made = []
    make = lambda: made.append(1) or b"page"  # noqa: E731
    assert cache.kept("pages", "k1", make) == cache.kept("pages", "k1", make) == b"page" and len(made) == 1
    assert cache.kept("pages", "k2", make) == b"page" and len(made) == 2
    for path in (store / "dossier-store" / "files").rglob("*"):
        path.is_file() and path.write_bytes(b"pagf")
    assert cache.kept("pages", "k1", make) == b"page" and len(made) == 3


def test_what_cannot_be_kept_is_made(monkeypatch):
    """Where the store is no folder that can be written to, who asks gets it all the same."""
    monkeypatch.setenv("DOSSIER_CACHE", os.devnull)
    assert cache.kept("pages", "k1", lambda: b"page") == b"page"


def _make_slowly(path):
    def make():
        with open(path, "a") as file:
            file.write("made\n")
        time.sleep(0.3)
        return b"page"

    return cache.kept_for_all("pages", "k1", make)


def test_one_process_makes_for_all(tmp_path):
    """Of two that want the same at the same time, one waits and finds it."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, context, cache.take_turns, (context.Lock(),)) as pool:
        assert list(pool.map(_make_slowly, [tmp_path / "made"] * 2)) == [b"page"] * 2
    assert (tmp_path / "made").read_text() == "made\n"


def test_clear_removes_every_entry(store):
    """After clearing nothing is found, and clearing twice is no error."""
    digest = cache.put_file(b"page")
    cache.put("item", "k1", 1)
    cache.clear()
    cache.clear()
    assert cache.get("item", "k1") is None and cache.get_file(digest) is None and not kept_files(store)


def test_files_of_others_are_left_alone(store):
    """In a folder that holds other work, clearing and pruning touch what the store has put there, and nothing else."""
    store.mkdir()
    (store / "thesis.txt").write_text("years of work")
    cache.put("item", "k1", 1)
    cache.prune(0)
    assert cache.get("item", "k1") is None
    cache.clear()
    assert [path.name for path in kept_files(store)] == ["thesis.txt"]


def test_pruning_beside_a_build_that_clears_is_no_error(monkeypatch):
    """A file that is gone between being found and being looked at is passed over."""
    digest = cache.put_file(b"page")
    stat = Path.stat
    monkeypatch.setattr(Path, "stat", lambda path, **how: _gone(path) if path.name == digest else stat(path, **how))
    monkeypatch.setattr(Path, "is_file", lambda path: path.name == digest)
    cache.prune(0)


def _gone(path):
    raise FileNotFoundError(path)


def test_what_was_not_used_longest_goes_first(store):
    """The store is bounded; reading counts as use."""
    digests = [cache.put_file(bytes([n]) * 1000) for n in range(4)]
    for age, path in enumerate(sorted(kept_files(store), key=lambda path: digests.index(path.name))):
        os.utime(path, (time.time() - 1000 + age, time.time() - 1000 + age))
    assert cache.get_file(digests[0])
    cache.prune(2500)
    assert [bool(cache.get_file(digest)) for digest in digests] == [True, False, False, True]


def test_store_within_its_bound_is_left_alone():
    """Pruning touches nothing as long as there is room."""
    digest = cache.put_file(b"page")
    cache.prune()
    assert cache.get_file(digest) == b"page"
