"""The base of the map."""

import numpy as np
from dossier.charts.basemap import extent, governorate, read_base, whole
from dossier.project import DATA


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
