"""Kinds whose names begin as a word does that leads to a name were cut: 为民服务 (services) became 民服务."""

import pytest

from transforms.claims import claims
from transforms.model import Paragraph


def kinds(text):
    readings, _ = claims([Paragraph(text, "p0", text)], 2016)
    return {reading.item for reading in readings if reading.item}


@pytest.mark.parametrize("name", ["为民服务", "有关政策", "在建项目", "主要领导讲话", "和谐社区"])
def test_a_name_is_whole(name):
    assert kinds(f"我镇公开信息60条,其中财政资金类42条,{name}类18条。") == {"财政资金", name}


def test_words_that_lead_to_a_name_are_no_part_of_it():
    assert kinds("我镇公开信息60条,其中主要为财政资金类42条,有政策文件类18条。") == {"财政资金", "政策文件"}
