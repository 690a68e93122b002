"""Figures that a red team found published as the reporter's: of bodies below it, other places, part of a year."""

import pytest

from transforms.claims import claims
from transforms.model import Paragraph

TITLE = "{}2022年政府信息公开工作年度报告"


def told(reporter, text):
    lines = [TITLE.format(reporter), "一、概述", text]
    readings, _ = claims([Paragraph(line, f"p{i}", line) for i, line in enumerate(lines)], 2022)
    return {reading.metric: reading.value for reading in readings}


OTHERS = [
    ("甲县司法局", "县水文站、河道所分别收到政府信息公开申请37件、5件。"),
    ("甲县司法局", "县公共资源交易中心收到政府信息公开申请37件。"),
    ("甲县司法局", "据通报,乙丙市收到政府信息公开申请4321件,数量居首。"),
    ("甲县人民政府", "县政府办公室全年收到政府信息公开申请37件。"),
    ("甲县人民政府", "申请量居前的部门有:自然资源局收到政府信息公开申请37件。"),
    ("甲县审计局", "主动公开政府信息345条,更正为346条。"),
    ("甲县审计局", "主动公开政府信息345条/346条。"),
    ("甲县审计局", "截至2022年10月31日,收到申请37件。"),
    ("甲县审计局", "主动公开政府信息37条的目标顺利完成。"),
    ("甲县审计局", "行政复议37件,行政诉讼5件,均为上年度案件。"),
    ("甲县审计局", "同期收到申请97件。"),
]
OWN = [
    ("甲县民政局", "甲县民政局全年收到政府信息公开申请37件。"),
    ("甲县人民政府", "县政府全年收到政府信息公开申请37件。"),
    ("甲县人民政府办公室", "县政府办公室全年收到政府信息公开申请37件。"),
    ("甲县经济和信息化局", "截至2022年12月31日甲县经济和信息化局收到政府信息公开申请37件。"),
    ("甲市公安局乙区分局", "分局全年收到政府信息公开申请37件。"),
]


@pytest.mark.parametrize(("reporter", "text"), OTHERS)
def test_nothing_is_told_of_the_reporter(reporter, text):
    assert told(reporter, text) == {}


@pytest.mark.parametrize(("reporter", "text"), OWN)
def test_the_reporters_own_figure_is_told(reporter, text):
    assert told(reporter, text) == {"requests_received": 37}
