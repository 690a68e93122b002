"""Setting up a unit of one's own was listed among the words for not setting one up, and read as none at all."""

import pytest

from tests.transforms.test_claims import said, told
from transforms.claims.lexicon import lexicon
from transforms.claims.zeros import negations

_NOT = frozenset("未没无不")


@pytest.mark.parametrize("verb", ["专门设立", "专门配备", "开设", "牵头组织"])
def test_what_is_set_up_is_not_nought(verb: str) -> None:
    readings, _ = told(f"我局{verb}政府信息查阅点、专职人员和政务公开培训,全年公开政府信息30条。", 2015)
    assert said(readings) == {"proactive_items": 30}


def test_every_negation_negates() -> None:
    words = [word for word, code in lexicon().meaning.items() if code in negations()]
    assert words and all(_NOT & set(word) for word in words)
