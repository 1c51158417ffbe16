"""Likelihood scales."""

import pytest
from dossier.language import SCALES, scale_box


@pytest.mark.parametrize("scale", SCALES)
def test_scale_rises_without_overlap(scale):
    """The bands of a scale follow each other upwards and never overlap."""
    bands = list(SCALES[scale].values())
    assert all(low < high for low, high in bands)
    assert all(before[1] <= after[0] for before, after in zip(bands, bands[1:], strict=False))


def test_scales_differ_where_it_matters():
    """The same word is not the same band: unlikely ends at 45 per cent in one scale, at 35 in the other."""
    assert SCALES["icd203"]["unlikely"] == (20, 45) and SCALES["phia"]["unlikely"] == (25, 35)


def test_box_prints_every_wording():
    """The box names the scale and each wording with its band."""
    assert "| PHIA yardstick | Chance |" in scale_box("phia").markdown
    assert "| realistic possibility | 40 to 50 % |" in scale_box("phia").markdown
