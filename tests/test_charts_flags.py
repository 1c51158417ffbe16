"""Labels on poles."""

from dossier.charts.flags import GAP, hang, spread, width
from dossier.figure import look


def test_flags_that_would_touch_hang_on_different_levels():
    """Two labels side by side share a level; two that would overlap do not."""
    assert {level for level, _ in hang([0, 100], [50, 50], 200)} == {1}
    assert sorted(level for level, _ in hang([0, 10], [50, 50], 200)) == [1, 2]


def test_no_flag_leaves_the_room():
    """A label near the right edge flies to the left; one that fits nowhere is refused."""
    assert hang([190], [50], 200) == [(1, -1)]
    assert hang([100], [300], 200) is None


def test_spread_keeps_order_and_distance():
    """Labels at line ends move apart, in their order, and stay within the picture."""
    placed = spread([10, 11, 12], [10, 10, 10], 0, 100)
    assert placed == sorted(placed)
    assert all(after - before >= 10 for before, after in zip(placed, placed[1:], strict=False))
    assert min(placed) >= 5 and max(placed) <= 95


def test_pole_is_never_cut():
    """A flag hangs above those whose poles stand in its span; of two on one spot the first hangs higher."""
    assert hang([0, 10, 20], [5, 5, 5], 25) == [(3, 1), (2, 1), (1, 1)]
    assert hang([0, 0], [5, 5], 40) == hang([0, 5 + GAP], [5, 5], 40) == [(2, 1), (1, 1)]


def test_width_is_that_of_the_shared_look():
    """A text measured before there is a picture is as wide as in the picture, not as wide as in another font."""
    width.cache_clear()
    before = width("Rabia crossing reopens", 9)
    width.cache_clear()
    with look():
        assert width("Rabia crossing reopens", 9) == before
