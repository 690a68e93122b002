"""A page that began with 东区 spoke of a district by that name: at any other place two characters prove nothing."""

import pytest

from transforms.identify.places import spoken


@pytest.mark.parametrize("text", ["东区工作", "\n东区工作", "在东区工作", "工作\n东区工作"])
def test_two_characters_name_no_region_anywhere(text):
    assert spoken(text) == {}


@pytest.mark.parametrize("text", ["攀枝花市东区", "工作\n攀枝花市东区"])
def test_behind_its_city_they_do(text):
    assert spoken(text)["510402"] == 1
