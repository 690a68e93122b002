"""Generated pages holding the official request table (25 rows of 7 values), in four shapes seen in the wild.

In: rows of values. Out: HTML text. `printed` shapes: word-pasted, layout tables, broken markup, nested tables.
"""

from collections.abc import Sequence

GROUPS = (
    ("三、本年度办理结果", "（一）予以公开", ""),
    ("三、本年度办理结果", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ""),
    *(("三、本年度办理结果", "（三）不予公开", f"{n}.不予公开的第{n}种情形") for n in range(1, 9)),
    *(("三、本年度办理结果", "（四）无法提供", f"{n}.无法提供的第{n}种情形") for n in range(1, 4)),
    *(("三、本年度办理结果", "（五）不予处理", f"{n}.不予处理的第{n}种情形") for n in range(1, 6)),
    *(("三、本年度办理结果", "（六）其他处理", f"{n}.其他处理的第{n}种情形") for n in range(1, 4)),
    ("三、本年度办理结果", "（七）总计", ""),
)
TOP = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量")
LAST = "四、结转下年度继续办理"
COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
FILLER = "本机关按照条例要求做好各项公开工作，完善制度，规范流程，回应群众关切。" * 6

Rows = Sequence[Sequence[str]]
VALUES = tuple(tuple(str(row * 7 + column) for column in range(7)) for row in range(25))


def cell(text: str, tag: str = "td", **spans: int) -> str:
    """One table cell with its spans."""
    attributes = "".join(f" {name}={count}" for name, count in spans.items())
    return f"<{tag}{attributes}>{text}</{tag}>"


def head(tag: str = "td") -> str:
    """The three header rows of table 3."""
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    first = cell(note, tag, rowspan=3, colspan=3) + cell("申请人情况", tag, colspan=7)
    second = cell(COLUMNS[0], tag, rowspan=2) + cell("法人或其他组织", tag, colspan=5) + cell("总计", tag, rowspan=2)
    third = "".join(cell(name, tag) for name in COLUMNS[1:6])
    return "".join(f"<tr>{row}</tr>" for row in (first, second, third))


def labels(index: int) -> str:
    """The label cells of data row `index` (0 to 24), with their row and column spans."""
    if index in (0, 1, 24):
        return cell((*TOP, LAST)[min(2, index)], colspan=3)
    group, part, leaf = GROUPS[index - 2]
    opening = cell(group, rowspan=len(GROUPS)) if index == 2 else ""
    if not leaf:
        return opening + cell(part, colspan=2)
    size = sum(other[1] == part for other in GROUPS)
    first = GROUPS[index - 3][1] != part
    return opening + (cell(part, rowspan=size) if first else "") + cell(leaf)


def table(values: Rows = VALUES, wrap: str = "{}", tag: str = "td") -> str:
    """Table 3 with each value put into `wrap`."""
    rows = (
        f"<tr>{labels(index)}{''.join(cell(wrap.format(value)) for value in row)}</tr>"
        for index, row in enumerate(values)
    )
    return f"<table>{head(tag)}{''.join(rows)}</table>"


def page(body: str, title: str = "某局2023年度政府信息公开工作年度报告") -> str:
    """A whole page around `body`."""
    meta = '<meta charset="utf-8"><meta name="PubDate" content="2024-01-20">'
    return f"<!DOCTYPE html><html><head><title>{title}</title>{meta}</head><body>{body}</body></html>"


def word_pasted(values: Rows = VALUES) -> str:
    """Kind A: every value wrapped in what a word processor leaves behind."""
    style = "font-family:宋体;mso-bidi-font-size:10.5000pt;mso-font-kerning:1.0000pt;line-height:150%"
    wrap = (
        f'<p class=MsoNormal align=center style="text-align:center;{style}"><span style="{style}"><font face="宋体">'
        f'<span lang=EN-US style="{style}">{{}}<o:p></o:p></span></font></span></p>'
    )
    prose = "".join(f'<p class=MsoNormal style="{style}"><span style="{style}">{FILLER}</span></p>' for _ in range(20))
    return page(prose + table(values, wrap) + prose)


def layout_tables(values: Rows = VALUES) -> str:
    """Kind B: the page laid out by tables, with hidden cells and rows inside the data table."""
    inner = table(values, "<div>&nbsp;{}<br></div>", "th")
    inner = inner.replace("</tr>", '<td style="display: none">99</td></tr><tr style="DISPLAY:NONE"><td>77</td></tr>')
    menu = "<table><tr>" + "".join(cell(f"栏目{n}") for n in range(12)) + "</tr></table>"
    filler = "".join(f"<p>{FILLER}</p>" for _ in range(20))
    frame = f"<table><tr><td>{menu}</td></tr><tr><td>{filler}{inner}{filler}</td></tr></table>"
    return page(f"<script>{'var a = 1; ' * 800}</script>{frame}")


def broken(values: Rows = VALUES) -> str:
    """Kind C: unclosed cells, a row span past the end, a span with a unit, stray ends."""
    text = table(values, "<p><font><b>{}").replace("</td>", "").replace("</tr>", "</tr></tr>")
    text = text.replace("rowspan=3>（六）", "rowspan=40>（六）").replace("rowspan=8>", "rowspan=8px>")
    return page("".join(f"<p><font>{FILLER}" for _ in range(20)) + text)


def nested(values: Rows = VALUES) -> str:
    """Kind D: a table of one cell inside each value cell."""
    wrap = "<!--[if !mso]>x<![endif]--><table border=0 cellspacing=0><tbody><tr><td><p>{}</p></td></tr></tbody></table>"
    return page(f"<p>{FILLER}</p>" * 30 + table(values, wrap))


KINDS = {"word_pasted": word_pasted, "layout_tables": layout_tables, "broken": broken, "nested": nested}
