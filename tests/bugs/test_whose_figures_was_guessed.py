"""Reports of whole areas that said so in other words were the government's own; a bureau with sections was an area."""

import pytest

from tests.transforms.test_identify import codes, identified

TITLE = "2022年政府信息公开工作年度报告"
OF_ALL = [
    "本报告系根据全县各行政机关年度报告汇总而成。",
    "本年度报告由海盐县政府办公室根据县政府各工作部门、各乡镇人民政府提供的信息综合编制。",
    "报告中的数据包括县政府及其组成部门、各镇政府。",
    "本报告所列数据为全县汇总数据。",
    "报告数据涵盖全县9个镇(街道)和28个县级部门。",
    "本报告根据全县56家单位的政府信息公开年度报告编制。",
    "本报告根据各镇(街道)、县级各部门年度报告综合编制。",
    "2022年,全县主动公开政府信息146条。",
    "2022年,海盐县各级行政机关公开信息146条。",
    "我县2022年共收到申请198件。",
]
OF_ONE = [
    "本报告由海盐县人民政府办公室编制,数据仅为县政府本级。",
    "本报告数据不包括各镇、各部门。",
    "本报告为县政府办公室本机关的年度报告,各部门报告另行公布。",
]


@pytest.mark.parametrize("said", OF_ALL)
def test_a_government_that_speaks_for_its_area(said):
    assert identified(f"海盐县{TITLE}\n{said}\n一、概述").scope == "aggregate"


@pytest.mark.parametrize("said", OF_ONE)
def test_a_government_that_speaks_for_itself(said):
    assert identified(f"海盐县人民政府{TITLE}\n{said}\n一、概述").scope == "own"


@pytest.mark.parametrize("whose", ["海盐县", "海盐县人民政府", "苏州工业园区管理委员会"])
def test_a_government_that_does_not_say(whose):
    result = identified(f"{whose}{TITLE}\n本报告由办公室根据《条例》编制。\n一、概述")
    assert (result.scope, "scope_unknown" in codes(result)) == ("", True)


@pytest.mark.parametrize(
    ("whose", "said"),
    [
        ("海盐县教育局", "本报告由海盐县教育局综合局机关各科室、直属单位的情况编制而成。"),
        ("海盐县民政局", "根据《条例》和县政府办公室关于汇总全县各部门年度报告的通知要求,编制本报告。"),
        ("海盐县百步镇人民政府", "本报告由镇党政办汇总各部门、各村情况编制。"),
        ("海盐县民政局", ""),
        ("海盐县公安局", "本报告由县公安局汇总各派出所、各部门数据编制。"),
    ],
)
def test_an_organ_and_its_parts_are_one(whose, said):
    assert identified(f"{whose}{TITLE}\n{said}\n一、概述").scope == "own"


@pytest.mark.parametrize(
    ("said", "scope"), [("全县新收申请198件。", ""), ("推进全县政务公开,本机关新收申请8件。", "own")]
)
def test_an_office_that_counts_for_its_area(said, scope):
    result = identified(f"海盐县人民政府办公室{TITLE}\n一、概述\n{said}")
    assert (result.scope, "scope_unknown" in codes(result)) == (scope, not scope)


@pytest.mark.parametrize(("bracket", "scope"), [("(汇总)", "aggregate"), ("(本级)", "own")])
def test_a_bracket_behind_the_title(bracket, scope):
    assert identified(f"海盐县{TITLE}{bracket}\n一、概述").scope == scope
