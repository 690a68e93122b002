"""A sheet of one value a row, printed without rulings, was no table, and its report was published without a word."""

from tests.corpus.grids import Box
from tests.corpus.pdf import Style, as_pdf
from tests.transforms.printing import found, table_of
from transforms.read.pdf import read_pdf


def test_it_is_read_with_the_end_of_its_last_label():
    rows = table_of("sheet_2008", "sheet").rows[:30]
    grid = [tuple(map(Box, ("指标", "单位", "本年累计")))]
    grid += [(Box(row.labels[0]), Box("条"), Box(str(7 * at % 31), key=(row.key, ""))) for at, row in enumerate(rows)]
    document = read_pdf(as_pdf(["某县统计表", tuple(grid)], Style(rulings="none", columns={3: (1, 1, 1)})))
    readings, _ = found(document, 2012)
    printed = [readings[row.key, ""].printed for row in rows]
    assert printed == [str(7 * at % 31) for at in range(30)]
