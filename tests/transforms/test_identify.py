"""Identification on tables of examples: titles, agencies, regions, years, dates, scopes and their conflicts."""

import csv
import re
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.body import body
from transforms.identify import identify
from transforms.model import Cell, Document, Identification, Paragraph, Table
from transforms.normalise import normalise_document
from transforms.read.reader import read

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
BODY = "一、总体情况\n本机关认真推进各项工作。\n六、其他需要报告的事项\n无。"


def document(text: str, **more: str) -> Document:
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    blocks = tuple(Paragraph(line, f"c{start}", line) for line, start in zip(lines, starts, strict=False) if line)
    return Document(blocks, text, "text", metadata=tuple(more.items()))


def identified(text: str, chrome: str = "", source: str = "x.txt", **metadata: str) -> Identification:
    furniture = tuple(Paragraph(line, f"c{9000 + n}", line) for n, line in enumerate(chrome.split("\n")) if line)
    return identify(document(text, **metadata), furniture, source)


def codes(result: Identification) -> set[str]:
    return {note.code for note in result.notes}


# title, agency in full, region, year, level
TITLES = [
    ("诸暨市人民政府办公室2023年政府信息公开工作年度报告", "诸暨市人民政府办公室", "330681", 2023, "county"),
    ("2022年度诸暨市人民政府办公室政府信息公开工作年度报告", "诸暨市人民政府办公室", "330681", 2022, "county"),
    ("诸暨市财政局二〇一二年度政府信息公开工作年度报告", "诸暨市财政局", "330681", 2012, "county"),
    ("诸暨市财政局二0一二年政府信息公开年度报告", "诸暨市财政局", "330681", 2012, "county"),
    ("二○一〇年诸暨市财政局政府信息公开年度报告", "诸暨市财政局", "330681", 2010, "county"),
    ("诸暨市财政局关于2016年度政府信息公开工作情况的报告", "诸暨市财政局", "330681", 2016, "county"),
    ("诸暨市财政局政府信息公开2015年度报告", "诸暨市财政局", "330681", 2015, "county"),
    ("诸暨市财政局政府信息公开工作年度报告(2021年)", "诸暨市财政局", "330681", 2021, "county"),
    ("《诸暨市财政局2019年政府信息公开工作年度报告》", "诸暨市财政局", "330681", 2019, "county"),
    ("诸暨市财政局2019年政府信息公开工作年度报告全文", "诸暨市财政局", "330681", 2019, "county"),
    ("浙江省诸暨市财政局2019年政府信息公开年报", "诸暨市财政局", "330681", 2019, "county"),
    ("诸暨市2020年政府信息公开工作年度报告", "诸暨市人民政府", "330681", 2020, "county"),
    ("诸暨市市场监管局2020年政府信息公开工作年度报告", "诸暨市市场监督管理局", "330681", 2020, "county"),
    ("诸暨市发改局2020年度政务公开工作报告", "诸暨市发展和改革局", "330681", 2020, "county"),
    ("诸暨市枫桥镇2018年政府信息公开工作年度报告", "诸暨市枫桥镇人民政府", "330681", 2018, "township"),
    ("诸暨市枫桥镇人民政府2018年政府信息公开工作年度报告", "诸暨市枫桥镇人民政府", "330681", 2018, "township"),
    ("诸暨市陶朱街道办事处2018年政府信息公开工作年度报告", "诸暨市陶朱街道办事处", "330681", 2018, "township"),
    ("绍兴市柯桥区水利局2023年政府信息公开工作年度报告", "绍兴市柯桥区水利局", "330603", 2023, "county"),
    ("柯桥区水利局2023年政府信息公开工作年度报告", "绍兴市柯桥区水利局", "330603", 2023, "county"),
    ("绍兴市住建局2023年政府信息公开工作年度报告", "绍兴市住房和城乡建设局", "330600", 2023, "prefecture"),
    ("浙江省民政厅2023年政府信息公开工作年度报告", "浙江省民政厅", "330000", 2023, "province"),
    ("北京市人民政府办公厅2023年政府信息公开工作年度报告", "北京市人民政府办公厅", "110000", 2023, "province"),
    ("北京市朝阳区司法局2023年政府信息公开工作年度报告", "北京市朝阳区司法局", "110105", 2023, "county"),
    ("长春市朝阳区司法局2023年政府信息公开工作年度报告", "长春市朝阳区司法局", "220104", 2023, "county"),
    ("吉林省吉林市审计局2023年政府信息公开工作年度报告", "吉林市审计局", "220200", 2023, "prefecture"),
    (
        "恩施土家族苗族自治州教育局2023年政府信息公开工作年度报告",
        "恩施土家族苗族自治州教育局",
        "422800",
        2023,
        "prefecture",
    ),
    ("恩施州教育局2023年政府信息公开工作年度报告", "恩施土家族苗族自治州教育局", "422800", 2023, "prefecture"),
    ("长阳县林业局2023年政府信息公开工作年度报告", "长阳土家族自治县林业局", "420528", 2023, "county"),
    ("内蒙古自治区审计厅2022年政府信息公开工作年度报告", "内蒙古自治区审计厅", "150000", 2022, "province"),
    ("鄂托克前旗水利局2022年政府信息公开工作年度报告", "鄂托克前旗水利局", "150623", 2022, "county"),
    ("锡林郭勒盟财政局2022年政府信息公开工作年度报告", "锡林郭勒盟财政局", "152500", 2022, "prefecture"),
    ("上海市浦东新区文旅局2022年政府信息公开工作年度报告", "上海市浦东新区文化和旅游局", "310115", 2022, "county"),
    ("江干区民政局2015年政府信息公开工作年度报告", "杭州市江干区民政局", "330104", 2015, "county"),  # abolished in 2021
    ("宁波高新区(江北)建设局2016年信息公开工作年度报告", "宁波高新区(江北)建设局", "330205", 2016, "county"),
    ("绍兴市滨海新区管委会2022年政府信息公开工作年度报告", "绍兴市滨海新区管理委员会", "330600", 2022, ""),
    ("国家税务总局诸暨市税务局2022年政府信息公开工作年度报告", "国家税务总局诸暨市税务局", "330681", 2022, "county"),
    ("国家统计局绍兴调查队2022年政府信息公开工作年度报告", "国家统计局绍兴调查队", "330600", 2022, "prefecture"),
    ("国家邮政局2022年政府信息公开工作年度报告", "国家邮政局", "", 2022, "national"),
    ("水利部2022年政府信息公开工作年度报告", "水利部", "", 2022, "national"),
    ("中国气象局政府信息公开工作2014年度报告", "中国气象局", "", 2014, "national"),
    ("诸暨市农业农村局(林业局)2022年政府信息公开工作年度报告", "诸暨市农业农村局(林业局)", "330681", 2022, "county"),
    ("诸暨市供销合作社联合社2022年政府信息公开工作年度报告", "诸暨市供销合作社联合社", "330681", 2022, "county"),
    ("附件1:诸暨市司法局2022年政府信息公开工作年度报告", "诸暨市司法局", "330681", 2022, "county"),
    ("2022年政府信息公开工作年度报告(诸暨市司法局)", "诸暨市司法局", "330681", 2022, "county"),
    ("诸暨市司法局 2012 年 政府信息 公开 年度报告", "诸暨市司法局", "330681", 2012, "county"),
    ("诸暨市店口镇人民政府政府信息公开2019年度报告", "诸暨市店口镇人民政府", "330681", 2019, "township"),
    (
        "东莞市石排镇2019年政府信息公开年度报告",
        "东莞市石排镇人民政府",
        "441900",
        2019,
        "township",
    ),  # a city without counties
    ("苏州工业园区管委会2020年政府信息公开工作年度报告", "苏州工业园区管理委员会", "320500", 2020, ""),
    ("安徽滁州经开区2020年政府信息公开工作年度报告", "安徽滁州经开区", "341100", 2020, ""),
    ("杭州市公安局西湖区分局2019年政府信息公开年度报告", "杭州市公安局西湖区分局", "330106", 2019, "county"),
    ("上海海关2020年政府信息公开工作年度报告", "上海海关", "310000", 2020, "province"),
    ("中共诸暨市委办公室2023年政府信息公开工作年度报告", "中共诸暨市委办公室", "330681", 2023, "county"),
    ("神农架林区财政局2020年政府信息公开工作年度报告", "神农架林区财政局", "429021", 2020, "county"),
    ("某县人民政府2019年政府信息公开工作报告", "", "", 2019, ""),  # nobody's name
    ("诸暨市委、市政府2023年政府信息公开工作年度报告", "", "", 2023, ""),  # two organs
    ("西湖区2023年政府信息公开工作年度报告", "西湖区人民政府", "", 2023, ""),  # several cities have one
]


@pytest.mark.parametrize(("title", "agency", "region", "year", "level"), TITLES)
def test_title_alone_identifies(title: str, agency: str, region: str, year: int, level: str) -> None:
    result = identified(f"{title}\n{BODY}")
    assert (result.agency, result.region_code, result.fiscal_year, result.level) == (agency, region, year, level)
    assert result.signals if agency else "agency_unknown" in codes(result)


def test_title_broken_over_two_lines() -> None:
    result = identified(f"诸暨市司法局2014年度\n政府信息公开工作年度报告\n{BODY}")
    assert (result.agency, result.fiscal_year) == ("诸暨市司法局", 2014)
    assert result.title == "诸暨市司法局2014年度政府信息公开工作年度报告"


@pytest.mark.parametrize("first", ["安化县林业局", "公报标题安化县林业局"])
def test_the_agency_stands_on_the_line_before_the_year(first: str) -> None:
    result = identified(f"{first}\n2021年政府信息公开工作年度报告\n一、总体情况")
    assert (result.agency, result.region_code, result.fiscal_year) == ("安化县林业局", "430923", 2021)


SPOKEN = [
    ("现将安化县林业局2021年度政府信息公开工作报告如下:", "安化县林业局"),
    ("现向社会公布2021年安化县林业局政府信息公开工作年度报告。", "安化县林业局"),
    ("特向社会公布2021年安化县人民政府信息公开工作情况报告。", "安化县人民政府"),
    ("现将我局2021年度政府信息公开工作报告如下:", ""),
    ("现公布2021年度政府信息公开工作年度报告。", ""),
]


@pytest.mark.parametrize(("text", "agency"), SPOKEN)
def test_the_first_sentence_says_whose_report_it_is(text: str, agency: str) -> None:
    assert identified(f"{text}\n一、总体情况").agency == agency


def test_title_and_text_in_one_line() -> None:
    result = identified("诸暨市司法局2014年度政府信息公开工作年度报告 根据有关要求,现公布如下。一、概述 本局做了工作。")
    assert (result.agency, result.fiscal_year) == ("诸暨市司法局", 2014)


# what the page says beside a title without region, the region that follows
SHORT = [
    ("区经信局", "柯桥区经济和信息化局到义乌学习。", "", "", "区经济和信息化局"),  # named once: may be another's
    ("区经信局", "柯桥区经济和信息化局召开会议。柯桥区验收。", "", "330603", "绍兴市柯桥区经济和信息化局"),
    ("市府办", "", "网站标识码3306810001", "330681", "诸暨市人民政府办公室"),
    ("市府办", "", "浙公网安备 33060302000001号", "330600", "绍兴市人民政府办公室"),  # a city's site in a district
    ("财政局", "", "浙公网安备 33060302000001号", "", "财政局"),  # the filing may be of a part
    ("县水利局", "", "网站标识码3306810001", "", "县水利局"),  # 诸暨 is no county
    ("枫桥镇", "诸暨市工作要求。诸暨市检查组到场。", "", "330681", "诸暨市枫桥镇人民政府"),
    ("枫桥镇", "诸暨市工作要求。", "", "", "枫桥镇人民政府"),  # named once is not enough
    ("区司法局", "朝阳区司法局召开会议。", "", "", "区司法局"),  # two cities have a 朝阳区
    ("西湖区水利局", "", "网站标识码1101050001", "", "西湖区水利局"),  # 北京 has none
    ("西湖区水利局", "", "网站标识码3601000001", "360103", "南昌市西湖区水利局"),
    ("区司法局", "北京市朝阳区司法局召开会议。", "网站标识码1101050001", "110105", "北京市朝阳区司法局"),
]


@pytest.mark.parametrize(("name", "text", "chrome", "region", "agency"), SHORT)
def test_short_name_takes_its_region_from_the_page(name: str, text: str, chrome: str, region: str, agency: str) -> None:
    result = identified(f"2022年{name}政府信息公开工作年度报告\n{text}\n{BODY}", chrome)
    assert (result.region_code, result.agency, result.agency_printed) == (region, agency, name)
    assert ("region_unknown" in codes(result)) == (not region)
    assert bool(result.agency_id) == bool(region)


def test_area_of_the_address_gives_the_region() -> None:
    result = identified(
        f"2017年市财政局政府信息公开工作年度报告\n{BODY}", source="http://h/x.jsp?area=11330681001&fbtime=2017"
    )
    assert result.region_code == "330681"


def test_regions_that_lie_apart_give_none() -> None:
    result = identified(f"诸暨市司法局2022年政府信息公开工作年度报告\n{BODY}", "网站标识码3702120001")
    assert result.region_code == "" and result.agency_id == ""
    assert "region_conflict" in codes(result)


def test_host_proves_nothing() -> None:
    result = identified(f"2022年市财政局政府信息公开工作年度报告\n{BODY}", source="http://www.zhuji.gov.cn/a.html")
    assert result.region_code == ""
    assert ("region_code", "host", "www.zhuji.gov.cn", "") in result.signals


def test_district_in_brackets_only_behind_its_own_city() -> None:
    result = identified(f"宁波高新区(滨江)商务局2016年政府信息公开年度报告\n{BODY}")
    assert result.region_code == "330200"  # 滨江 is no district of 宁波


# where the agency stands when the title has none, the agency, whether a note warns
PLACES = [
    ("", "本年度报告由诸暨市司法局根据有关规定编制。", "诸暨市司法局", False),
    ("", "现公布诸暨市司法局2022年度报告。", "诸暨市司法局", False),
    ("", "结合诸暨市司法局政府信息公开工作实际编写。", "诸暨市司法局", False),
    ("", "结合2022年度诸暨市司法局政府信息公开工作实际编写。", "诸暨市司法局", False),
    ("", "本年度报告根据有关规定要求,由诸暨市司法局编制。", "诸暨市司法局", False),
    ("", "本报告是根据《条例》(以下简称《条例》)要求,由柯桥区司法局编制的2022年度报告。", "绍兴市柯桥区司法局", False),
    ("", "本报告由诸暨市人民政府信息公开工作领导小组办公室根据《条例》编制。", "诸暨市人民政府", False),
    ("", "本报告根据《条例》,由诸暨市枫桥镇人民政府党政办公室编制。", "诸暨市枫桥镇人民政府", False),
    ("", "现将诸暨市司法局2022年政府信息公开工作年度报告予以公开。", "诸暨市司法局", False),
    ("", "现公开诸暨市陶朱街道办事处2022年政府信息公开工作年度报告。", "诸暨市陶朱街道办事处", False),
    ("", "根据《条例》规定,编制诸暨市司法局政府信息公开工作2022年度报告。", "诸暨市司法局", False),
    ("", "现公布2022年度诸暨市司法局信息公开工作年报。", "诸暨市司法局", False),
    ("", "根据《条例》要求,诸暨市枫桥镇政府编制2022年政府信息公开年度报告。", "诸暨市枫桥镇人民政府", False),
    ("", "编制2022年度政府信息公开工作年度报告。我局编制了2022年度政府信息公开年度报告。", "", True),
    ("", "如有疑问,请与诸暨市司法局办公室联系(电话:87010000)。我局做了工作。", "诸暨市司法局", True),
    ("", "如有疑问,请联系诸暨市陶朱街道办事处(地址:某路)。陶朱街道办事处做了工作。", "诸暨市陶朱街道办事处", True),
    ("", "如有疑问,请与诸暨市大数据局(电话:87010000)联系。我县做了工作。", "", True),  # asks for another
    ("", "如有疑问,请与诸暨市人民政府办公室联系。我市做了工作。", "", True),  # the office or the government
    ("发布机构:诸暨市司法局", "", "诸暨市司法局", True),
    ("发布机构\n诸暨市司法局", "", "诸暨市司法局", True),
    ("首页 > 政务公开 > 诸暨市司法局 > 政府信息公开年报", "", "诸暨市司法局", True),
    ("", "诸暨市司法局\n2023年1月12日", "诸暨市司法局", False),
    ("", "我局做了工作。各部门配合。", "", True),
]


@pytest.mark.parametrize(("chrome", "text", "agency", "warned"), PLACES)
def test_agency_outside_the_title(chrome: str, text: str, agency: str, warned: bool) -> None:
    result = identified(f"2022年政府信息公开工作年度报告\n{text}\n{BODY}", chrome)
    assert result.agency == agency
    assert bool(codes(result) & {"agency_weak", "agency_unknown"}) == warned


def test_agency_on_the_line_above_its_title() -> None:
    result = identified(f"诸暨市司法局\n2022年政府信息公开工作年度报告\n{BODY}")
    assert (result.agency, result.fiscal_year, result.notes) == ("诸暨市司法局", 2022, ())
    assert identified(f"2022年政府信息公开工作年度报告\n{BODY}", "诸暨市司法局").agency == ""  # the site's own header


@pytest.mark.parametrize("before", ["第一篇:", "- 名称:", "附件2:"])
def test_what_stands_before_a_colon_is_no_part_of_the_name(before: str) -> None:
    result = identified(f"{before}诸暨市司法局2022年政府信息公开工作年度报告\n{BODY}")
    assert (result.agency, result.agency_id) == ("诸暨市司法局", "330681/司法局")


def test_subject_of_a_catalogue_is_no_title() -> None:
    result = identified(f"主题分类:综合政务/公报公示/政府信息公开年报\n{BODY}")
    assert (result.title, result.agency) == ("", "")


def test_district_without_its_class_word_is_no_part_of_the_name() -> None:
    title = "柯桥湖塘街道办事处2022年政府信息公开工作年度报告"
    assert identified(f"{title}\n{BODY}", "发布机构:柯桥区湖塘街道办事处").agency == "绍兴市柯桥区湖塘街道办事处"
    assert identified(f"{title}\n{BODY}").agency == "柯桥湖塘街道办事处"  # nothing tells that it is not its name


@pytest.mark.parametrize(
    "title", ["诸暨市司法局2022年政府\n信息公开工作年度报告", "诸暨市司法局2022年度\n政府信息公开年报"]
)
def test_title_broken_anywhere(title: str) -> None:
    result = identified(f"{title}\n{BODY}")
    assert (result.agency, result.fiscal_year) == ("诸暨市司法局", 2022)


def test_government_is_not_the_subject_of_its_report() -> None:
    assert identified(f"诸暨市人民政府信息公开工作年度报告\n{BODY}").agency == "诸暨市人民政府"


def test_title_that_runs_into_a_sentence_is_none() -> None:
    result = identified(
        f"绍兴市政府信息公开工作年度报告本报告由我单位编制。\n{BODY}"
    )  # of whom it is, the sentence says
    assert (result.title, result.agency) == ("", "")


def test_county_whose_name_ends_like_a_zone_is_none() -> None:
    result = identified(f"长春市绿园区司法局2022年政府信息公开工作年度报告\n{BODY}")
    assert (result.agency, result.region_code, result.notes) == ("长春市绿园区司法局", "220106", ())


def test_title_and_text_of_different_organs_give_no_agency() -> None:
    text = "本年度报告由诸暨市民政局根据有关规定编制。诸暨市民政局做了工作。"
    result = identified(f"诸暨市司法局2022年政府信息公开工作年度报告\n{text}\n{BODY}")
    assert (result.agency, result.agency_id) == ("", "")
    assert "agency_conflict" in codes(result)


def test_office_that_writes_for_its_government_is_no_conflict() -> None:
    text = "本年度报告由诸暨市人民政府办公室根据有关规定编制。诸暨市人民政府办公室做了工作。"
    result = identified(f"诸暨市人民政府2022年政府信息公开工作年度报告\n{text}\n{BODY}")
    assert result.agency == "诸暨市人民政府"


def test_name_overwritten_by_advertising_is_not_taken() -> None:
    result = identified(f"天天彩票平台民政局2022年政府信息公开工作年度报告\n{BODY}")
    assert result.agency == ""
    assert "agency_overwritten" in codes(result)


# title, text, year, the note about it
YEARS = [
    ("诸暨市司法局政府信息公开年度报告", "统计期限自2017年1月1日起至2017年12月31日止。", 2017, None),
    ("诸暨市司法局政府信息公开年度报告", "统计期限为201911日至20191231日。", 2019, None),  # 年月日 lost
    ("诸暨市司法局政府信息公开年度报告", "本报告数据统计时限为2008年5月1日至12月31日。", 2008, None),
    ("2018年诸暨市司法局政府信息公开年度报告", "统计期限自2017年1月1日起至2017年12月31日止。", None, "year_conflict"),
    ("2018年诸暨市司法局政府信息公开年度报告", "统计期限自2017年1月1日起至2018年12月31日止。", 2018, "period_odd"),
    ("诸暨市司法局政府信息公开年度报告", "统计期限自2017年1月1日起至2018年12月31日止。", None, "year_conflict"),
    ("2018年诸暨市司法局政府信息公开年度报告", "2017年做甲。2017年做乙。2017年做丙。", None, "year_conflict"),
    ("2018年诸暨市司法局政府信息公开年度报告", "2018年做甲。2017年做乙。2017年做丙。2017年做丁。", 2018, None),
    ("诸暨市司法局政府信息公开年度报告", "2016年做甲。2016年做乙。2016年做丙。2017年计划。", 2016, "year_from_body"),
    ("诸暨市司法局政府信息公开年度报告", "2016年做甲。2017年计划。", None, "year_unknown"),
    ("诸暨市司法局政府信息公开年度报告", "现公布本局2016年政府信息公开年度报告。2017年计划。", 2016, "year_from_body"),
    ("诸暨市司法局政府信息公开年度报告", "现公布2016年年报。2017年甲。2017年乙。2017年丙。", None, "year_conflict"),
    ("诸暨市司法局政府信息公开年度报告", "2016年甲。" * 200 + "现公布2017年预算报告。", 2016, "year_from_body"),
    ("诸暨市司法局政府信息公开年度报告", "按照《关于做好2016年年度报告编制的通知》要求。", None, "year_unknown"),
    ("诸暨市司法局政府信息公开年度报告", "依据〔2021〕30号、〔2021〕31号和(2021)32号文件。", None, "year_unknown"),
    ("诸暨市司法局2022年政府信息公开年度报告", "依据〔2021〕30号文件和2021年的要求。", 2022, None),
]


@pytest.mark.parametrize(("title", "text", "year", "note"), YEARS)
def test_year(title: str, text: str, year: int | None, note: str | None) -> None:
    result = identified(f"{title}\n{text}\n{BODY}")
    assert result.fiscal_year == year
    assert {code for code in codes(result) if code.startswith(("year", "period"))} == ({note} if note else set())


HINTS = [
    ("http://h/a?fbtime=2017", "发布日期:2018-03-02", 2017, "year_inferred"),
    ("http://h/2010nb/a.html", "索引号:014416330/2011-00021", 2010, "year_inferred"),
    ("x.txt", "发布日期:2018-03-02", None, "year_unknown"),  # re-dated by migrations: alone it says nothing
    (
        "x.txt",
        "发布日期:2020-12-25\n索引号:014416330/2021-00021",
        None,
        "year_unknown",
    ),  # one move of the site dates both
    ("http://h/2020nb/a.html", "发布日期:2020-12-25", 2020, "year_inferred"),  # December is of the same year
    ("http://h/2010nb/a.html", "发布日期:2018-03-02", None, "year_unknown"),
    ("http://h/2018/a.html", "", None, "year_unknown"),
]


@pytest.mark.parametrize(("source", "chrome", "year", "note"), HINTS)
def test_hints_count_only_together(source: str, chrome: str, year: int | None, note: str) -> None:
    result = identified(f"诸暨市司法局政府信息公开年度报告\n{BODY}", chrome, source)
    assert result.fiscal_year == year
    assert note in codes(result)


def test_a_year_spoken_of_once_counts_as_a_hint() -> None:
    result = identified(f"诸暨市司法局政府信息公开年度报告\n2016年做甲。\n{BODY}", "发布日期:2017-01-09")
    assert result.fiscal_year == 2016 and "year_inferred" in codes(result)


def test_hints_never_override() -> None:
    result = identified(f"诸暨市司法局2012年政府信息公开年度报告\n{BODY}", "发布日期:2022-04-01", "http://h/2021nb/a")
    assert result.fiscal_year == 2012 and not codes(result)


# where, published, document date, index number
DATES = [
    ("发布日期:2023-01-09", "", "2023-01-09", "", ""),
    ("发布时间: 2023年1月9日 10:00", "", "2023-01-09", "", ""),
    ("发文日期\n2023/01/09", "", "2023-01-09", "", ""),
    ("成文日期:2023-01-05\n发布日期:2023-01-09", "", "2023-01-09", "2023-01-05", ""),
    ("", "诸暨市司法局\n2023年1月5日", "", "2023-01-05", ""),
    ("", "二〇二三年一月十五日", "", "2023-01-15", ""),
    ("", "二0二三年三月三十日", "", "2023-03-30", ""),
    ("", "诸暨市司法局 2023年1月5日印发", "", "2023-01-05", ""),
    ("索 引 号:01234567X/2023-00021", "", "", "", "01234567X/2023-00021"),
    ("索引号\n01234567X/2023-00021", "", "", "", "01234567X/2023-00021"),
    ("索引号:\n发布机构:司法局", "", "", "", ""),
    ("发布日期:2023-13-41", "", "", "", ""),
    ("", "来源:司法局 时间:2023-01-09 10:00", "2023-01-09", "", ""),
    ("信息提供日期 : 2023-01-09 10:00来源 : 司法局", "", "2023-01-09", "", ""),
    ("", "日期:2023-01-09", "2023-01-09", "", ""),
    ("", "会议时间:2023-01-09", "", "", ""),
    ("发布日期:2023-01-09\n发布日期:2023-02-09", "", "", "", ""),
    ("", "会议于2023年1月5日召开。", "", "", ""),
]


@pytest.mark.parametrize(("chrome", "text", "published", "documented", "index"), DATES)
def test_dates(chrome: str, text: str, published: str, documented: str, index: str) -> None:
    result = identified(f"诸暨市司法局2022年政府信息公开年度报告\n{text}\n{BODY}", chrome)
    assert (result.published_on, result.document_date, result.index_number) == (published, documented, index)


def test_metadata_of_the_container() -> None:
    result = identified(
        f"政府信息公开年度报告\n{BODY}",
        ArticleTitle="诸暨市司法局2022年政府信息公开工作年度报告",
        PubDate="2023-01-09 10:00:00",
        SiteIDCode="3306810001",
    )
    assert (result.agency, result.fiscal_year) == ("诸暨市司法局", 2022)
    assert (result.published_on, result.region_code) == ("2023-01-09", "330681")


def test_html_title_without_its_site() -> None:
    result = identified(BODY, title="诸暨市司法局2022年政府信息公开工作年度报告_诸暨市人民政府")
    assert result.title == "诸暨市司法局2022年政府信息公开工作年度报告"


def test_metadata_block_in_a_table() -> None:
    cells = ["索引号", "01234567X/2023-00021", "发布机构", "诸暨市司法局", "发布日期", "2023-01-09"]
    row = tuple(Cell(text, f"t0/r0/c{n}", text) for n, text in enumerate(cells))
    text = document(f"2022年政府信息公开工作年度报告\n{BODY}")
    result = identify(Document((Table((row,), "t0"), *text.blocks), text.text, "html"), (), "x.html")
    assert (result.index_number, result.published_on, result.agency) == (cells[1], cells[5], cells[3])
    assert ("published_on", "label", "2023-01-09", "t0/r0/c5") in result.signals


SCOPES = [
    ("本报告由市政府办公室综合各县区、各部门年度报告编制而成。", "aggregate"),
    ("所列数据为全市各级行政机关汇总数据。", "aggregate"),
    ("本报告由市政府办公室汇总各乡镇、街道、各部门情况形成。", "aggregate"),
    ("本报告由市公开办汇总全市政府信息公开情况编制。", "aggregate"),
    ("本报告根据《条例》和各县区、各委办局的政府信息公开年度报告编制。", "aggregate"),
    ("本报告由本局汇总全市人民关心的事项编制。", "own"),
    ("本报告由本局编制。", "own"),
    ("", "own"),
    ("汇总各部门数据形成,但表格仅反映本机关情况。", "mixed"),
]


@pytest.mark.parametrize(("text", "scope"), SCOPES)
def test_scope(text: str, scope: str) -> None:
    assert identified(f"诸暨市人民政府办公室2022年政府信息公开年度报告\n{text}\n{BODY}").scope == scope


def test_locators_point_into_the_text() -> None:
    text = f"诸暨市司法局政府信息公开年度报告\n统计期限自2017年1月1日起。\n{BODY}"
    for field, source, value, at in identified(text).signals:
        span = re.fullmatch(r"c(\d+)-(\d+)", at)
        if span and (field, source) != ("fiscal_year", "title") and source != "agency":
            assert value in text[int(span[1]) : int(span[2])]


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_gives_an_identification(text: str, chrome: str) -> None:
    """Whatever the page, a field is either stated or empty with a note."""
    result = identified(text, chrome)
    assert result.agency or codes(result) & {"agency_unknown", "agency_overwritten", "agency_conflict"}
    assert result.fiscal_year is not None or codes(result) & {"year_unknown", "year_conflict"}


@given(st.sampled_from([case for case in TITLES if case[1]]), st.integers(2008, 2025))
def test_the_year_of_the_title_is_the_year(case: tuple[str, str, str, int, str], year: int) -> None:
    title = re.sub(r"20\d\d|二.{3}(?=年)", str(year), case[0])
    assert identified(f"{title}\n{BODY}").fiscal_year == year


def seeds() -> list[dict[str, str]]:
    table = SHARED / "seeds" / "reports.csv"
    return list(csv.DictReader(table.open(encoding="utf-8"))) if table.exists() else []


@pytest.mark.skipif(not seeds(), reason="the five real reports (../shared/seeds) are not here")
@pytest.mark.parametrize("row", seeds(), ids=lambda row: row["file"][:3])
def test_seeds(row: dict[str, str]) -> None:
    plain, _ = normalise_document(read((SHARED / "seeds" / row["file"]).read_bytes(), row["file"]))
    report, chrome = body(plain)
    result = identify(report, chrome, row["file"])
    fields = ("agency", "region_code", "fiscal_year", "published_on", "document_date", "index_number")
    assert {field: str(getattr(result, field) or "") for field in fields} == {field: row[field] for field in fields}
    assert not [note for note in result.notes if note.code != "region_zone"]
