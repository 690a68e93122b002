"""A title with a bracket of full width, once in the head and once in the page, was two titles and no report."""

import pytest

from flows.reading import read_one

PAGE = (
    "<html><head><title>{title}</title></head><body><h1>{title}</h1><p>统计期限自2016年1月1日起至2016年12月31日止。</p>"
    "<p>一、主动公开情况</p><p>本局主动公开政府信息33条。</p><p>二、依申请公开情况</p>"
    "<p>收到政府信息公开申请4件，均已办结。本局做了很多工作，没有收取费用，没有发生复议和诉讼。</p></body></html>"
)


@pytest.mark.parametrize("whose", ["海盐县档案局（馆）", "海盐县统计局（海盐县调查队）"])
def test_it_is_one_report(whose):
    read = read_one(PAGE.format(title=f"{whose}2016年政府信息公开工作年度报告").encode(), "a.html")
    assert read.identification.agency == whose.replace("（", "(").replace("）", ")")
    assert ("proactive_items", 33) in {(one.metric, one.value) for one in read.readings}
