"""Local branches were national bodies, zones of counties were their province's, and a branch's office was cut off."""

import pytest

from tests.transforms.test_identify import codes, identified

TITLE = "2022年政府信息公开工作年度报告"
BODY = "一、总体情况\n无。"
BRANCHES = [
    ("国家统计局海盐调查队", "330424", "county"),
    ("中国人民银行诸暨支行", "330681", "county"),
    ("国家金融监督管理总局海盐监管支局", "330424", "county"),
    ("国家能源局浙江监管办公室", "330000", "province"),
    ("国家统计局鼓楼调查队", "", ""),
    ("国家烟草专卖局", "", "national"),
    ("水利部太湖流域管理局", "", "national"),
]


@pytest.mark.parametrize(("whose", "region", "level"), BRANCHES)
def test_branches(whose, region, level):
    result = identified(f"{whose}{TITLE}\n{BODY}")
    assert (result.agency, result.region_code, result.level) == (whose, region, level)


@pytest.mark.parametrize(
    ("whose", "region"),
    [
        ("浙江海盐经济开发区管理委员会", "330424"),
        ("江苏昆山高新技术产业开发区管理委员会", "320583"),
        ("福建平潭综合实验区管理委员会", "350128"),
        ("四川天府新区管理委员会", "510000"),
        ("北京经济技术开发区管理委员会", "110000"),
        ("杭州钱塘新区管理委员会", "330100"),
    ],
)
def test_zones(whose, region):
    result = identified(f"{whose}{TITLE}\n{BODY}")
    assert (result.agency, result.region_code, codes(result) >= {"region_zone"}) == (whose, region, True)


@pytest.mark.parametrize(("chrome", "region"), [("", ""), ("网站标识码:3301100001", "330110")])
def test_a_zone_of_no_known_place(chrome, region):
    result = identified(f"浙江钱江经济开发区管理委员会{TITLE}\n{BODY}", chrome)
    assert (result.region_code, "region_unknown" in codes(result)) == (region, not region)
