"""The row below a rowspan that ran over was placed by its sums alone: with a blank in it, it was not placed at all."""

from tests.transforms.printing import found
from transforms.read.html import read_html

NAMES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def test_it_is_placed_by_the_count_of_its_cells():
    header = "<td colspan=2></td>" + "".join(f"<td>{name}</td>" for name in NAMES)
    granted = "<td rowspan=9>三、本年度办理结果</td><td>（一）予以公开</td>" + "<td>1</td>" * 6 + "<td>6</td>"
    out = (
        "<td colspan=2>四、结转下年度继续办理</td><td>4</td><td>5</td><td></td><td>7</td><td>8</td><td>9</td><td></td>"
    )
    readings, codes = found(read_html(f"<table><tr>{header}</tr><tr>{granted}</tr><tr>{out}</tr></table>"))
    own = [r.printed for (metric, _), r in readings.items() if metric == "requests_carried_out"]
    assert own == ["4", "5", "", "7", "8", "9", ""]
    assert "numbers_unplaced" not in codes
