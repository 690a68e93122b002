"""Numbers with 條 or 個 behind them were taken for labels: two rows on both sides of a page break became one."""

import pytest

from transforms.read.flat import is_value


@pytest.mark.parametrize("printed", ["8條", "8条", "3個", "105萬", "12項", "260餘"])
def test_a_number_with_its_unit_is_a_value(printed):
    assert is_value(printed)
