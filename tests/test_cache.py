"""The store of finished exports."""

from dossier import cache


def test_entry_comes_back_whole(tmp_path, monkeypatch):
    """What was kept under a key is found again, folders included; another key is not."""
    monkeypatch.setenv("DOSSIER_CACHE", str(tmp_path))
    files = {"a.html": b"page", "figures/map.csv": b"x\n"}
    cache.put("k1", files)
    cache.put("k1", files)
    assert cache.get("k1") == files
    assert cache.get("k2") is None


def test_clear_removes_every_entry(tmp_path, monkeypatch):
    """After clearing nothing is found."""
    monkeypatch.setenv("DOSSIER_CACHE", str(tmp_path / "store"))
    cache.put("k1", {"a": b"1"})
    cache.clear()
    assert cache.get("k1") is None


def test_key_depends_on_every_input():
    """Data, notebook, parameters, edition and format each change the key."""
    base = ("data", b"notebook", (("as_of", "2025-05-31"),), "brief", "pdf")
    others = [
        ("other", *base[1:]),
        (base[0], b"other", *base[2:]),
        (*base[:2], (("as_of", "2024-12-10"),), *base[3:]),
        (*base[:3], "student", "pdf"),
        (*base[:4], "html"),
    ]
    keys = {cache.key(*inputs) for inputs in (base, *others)}
    assert len(keys) == 6 and cache.key(*base) in keys
