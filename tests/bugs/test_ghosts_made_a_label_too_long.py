"""A label with the pinyin of every hanzi behind it was too long for one, and cut the table in which it stood in two."""

from transforms.model import Table
from transforms.read.text import read_text

LABELS = ("機(jī)構(gòu)數(shù)", "經(jīng)費(fèi)" * 20, "會(huì)議(yì)")


def test_only_its_hanzi_count():
    lines = [line for label in LABELS for line in (label, "|", "", "|", "7", "|")]
    (table,) = read_text("\n".join(lines)).blocks
    assert isinstance(table, Table)
    assert [row[0].text for row in table.rows] == list(LABELS)
