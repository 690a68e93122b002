"""A title without a name took the site's name above it, whoever signed; words beside a title got into the name."""

import pytest

from tests.transforms.test_identify import codes, identified

TITLE = "2022年政府信息公开工作年度报告"
ABOVE = [
    ("", "诸暨市司法局\n2023年1月10日", "诸暨市司法局"),
    ("", "发布机构:诸暨市司法局\n我局做了工作。", "诸暨市司法局"),
    ("", "我市做了工作。\n诸暨市人民政府办公室\n2023年1月10日", "诸暨市人民政府"),
    ("", "我市做了工作。", "诸暨市人民政府"),
    ("", "我局做了工作。", ""),
    ("", "发布机构:诸暨市司法局", ""),
]


@pytest.mark.parametrize(("chrome", "text", "agency"), ABOVE)
def test_the_line_above_may_be_the_name_of_the_site(chrome, text, agency):
    result = identified(f"诸暨市人民政府\n{TITLE}\n一、概述\n{text}", chrome)
    assert result.agency == agency
    assert ("agency_conflict" in codes(result)) == (not agency)


@pytest.mark.parametrize("place", ["中共诸暨市委机构编制委员会办公室", "中共诸暨市委机构编制委员会"])
def test_an_office_of_posts_is_not_compiled(place):
    assert identified(f"{place}{TITLE}\n一、概述\n无。").agency == place


@pytest.mark.parametrize("beside", ["2", "12", "2 ", "样稿"])
def test_a_number_or_word_beside_the_title_is_no_part_of_the_name(beside):
    assert identified(f"{beside}诸暨市司法局{TITLE}\n一、概述\n无。").agency == "诸暨市司法局"


def test_a_name_of_two_places_is_of_neither():
    result = identified(f"常熟市肥西县气象局{TITLE}\n一、概述\n无。")
    assert (result.agency, "agency_conflict" in codes(result)) == ("", True)
