"""A title whose report another organ signs, a path beside a signature, and units and newsrooms were the agency."""

import pytest

from tests.transforms.test_identify import codes, identified

TITLE = "2022年政府信息公开工作年度报告"
TEXT = "统计期限自2022年1月1日起。\n一、概述\n做了很多工作,全年无申请。\n六、其他需要报告的事项\n无。"


def read(title: str, text: str, chrome: str = "") -> tuple[str, set[str]]:
    result = identified(f"{title}{TITLE}\n{text}", chrome)
    return result.agency, {code for code in codes(result) if code.startswith("agency")}


@pytest.mark.parametrize("signer", ["海盐县财政局", "嘉善县民政局"])
def test_another_organ_signs(signer):
    assert read("海盐县民政局", f"{TEXT}\n{signer}\n2023年1月10日") == ("", {"agency_conflict"})


@pytest.mark.parametrize(
    ("title", "signer", "agency"),
    [
        ("海盐县教育和体育局", "县教体局", "海盐县教育和体育局"),
        ("海盐县民政局", "海盐县人民政府", "海盐县民政局"),
        ("海盐县百步镇", "百步镇党政综合办公室", "海盐县百步镇人民政府"),
        ("海盐县", "海盐县行政审批局", "海盐县人民政府"),
    ],
)
def test_who_may_sign_for_it(title, signer, agency):
    assert read(title, f"{TEXT}\n{signer}\n2023年1月10日") == (agency, set())


def test_who_compiles_confirms_the_title():
    text = f"本报告由海盐县民政局编制。\n{TEXT}\n海盐县财政局\n2023年1月10日"
    assert read("海盐县民政局", text) == ("海盐县民政局", set())


@pytest.mark.parametrize(
    ("chrome", "text"),
    [
        ("首页 > 海盐县财政局 > 年报", f"{TEXT}\n海盐县民政局"),
        ("发布机构:海盐县人民政府办公室 发布日期:2023-01-19", f"我局编制。\n{TEXT}"),
        ("首页 > 海盐县民政局 > 年报\n发布机构:海盐县财政局", TEXT),
    ],
)
def test_weak_places_that_disagree(chrome, text):
    assert read("", text, chrome) == ("", {"agency_conflict"})


@pytest.mark.parametrize("publisher", ["办公室", "局办公室", "综合处", "省厅", "本站", "海盐县融媒体中心", "信息中心"])
def test_units_and_newsrooms_report_on_nothing(publisher):
    assert read("", TEXT, f"发布日期:2023-01-19 来源:{publisher}") == ("", {"agency_unknown"})


def test_a_publisher_before_another_field():
    chrome = "发布机构:海盐县民政局 发布日期:2023-01-19"
    assert read("", TEXT, chrome) == ("海盐县民政局", {"agency_weak"})


def test_a_short_publisher_and_an_undated_signature():
    result = identified(f"{TITLE}\n{TEXT}\n丽水市卫生健康委员会", "信息来源:市卫健委")
    assert (result.agency, result.region_code) == ("丽水市卫生健康委员会", "331100")


@pytest.mark.parametrize(
    ("path", "text", "agency"),
    [
        ("首页 > 海盐县 > 政府信息公开年报", TEXT, ""),
        ("首页 » 海盐县民政局 » 政府信息公开年报", TEXT, "海盐县民政局"),
        ("首页 > 海盐县 > 政府信息公开年报", f"全县共收到8件。{TEXT}", "海盐县人民政府"),
        ("首页 > 乡镇 > 年报", TEXT, ""),
        ("首页 > 委办局 > 年报", TEXT, ""),
        ("首页 > 海盐县人民政府门户网站 > 年报", TEXT, ""),
    ],
)
def test_the_way_to_a_page_is_no_title(path, text, agency):
    found, said = read("", text, path)
    assert (found, "agency_weak" in said) == (agency, bool(agency))
