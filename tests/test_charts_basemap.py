"""The base of the map."""

import numpy as np
from dossier.charts.basemap import clipped, extent, governorate, read_base, whole
from dossier.project import DATA
from matplotlib.transforms import Bbox


def test_layers_are_read_as_outlines():
    """Countries, governorates and rivers come as arrays of longitude and latitude."""
    base = read_base(DATA)
    assert set(base) == {"countries", "admin1", "rivers"}
    assert {"IRQ", "SYR"} <= {properties["iso"] for properties, _ in base["countries"]}
    assert all(outline.shape[1] == 2 for layer in base.values() for _, outlines in layer for outline in outlines)


def test_a_governorate_is_found_by_its_name():
    """Anbar has an outline inside the base; a name that is not there has none."""
    base = read_base(DATA)
    inside = extent(governorate(base, "Anbar"))
    assert whole(base).contains(*inside.min) and whole(base).contains(*inside.max)
    assert governorate(base, "Atlantis") == []


def test_extent_is_the_box_around_outlines():
    """The box reaches from the smallest to the largest coordinate."""
    box = extent([np.array([(1, 5), (3, 2)]), np.array([(2, 9)])])
    assert box.extents.tolist() == [1, 2, 3, 9]


def test_clipping_keeps_every_point_inside_and_nothing_far_outside():
    """A frame of the base has the same points within it, whole rivers, and no governorate that it does not show."""
    base, frame = read_base(DATA), Bbox([(40, 33), (43, 36)])
    part = clipped(base, frame)
    for layer in ("countries", "admin1"):
        before, after = (
            {
                tuple(at)
                for _, outlines in layers[layer]
                for outline in outlines
                for at in outline
                if frame.contains(*at)
            }
            for layers in (base, part)
        )
        assert before and before <= after
    names = [properties["name"] for properties, _ in part["admin1"]]
    assert "Anbar" in names and "Basra" not in names and len(names) < len(base["admin1"])
    assert part["rivers"] == base["rivers"]
